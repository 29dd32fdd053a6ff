from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.engine.uploads import LIFETIME, Uploads
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.uploads import Upload
from tests.unit.engine.small_jobs import SetClock


class Room:
    """Uploads over a database in memory, and what time it is."""

    def __init__(self, folder: Path) -> None:
        self.clock = SetClock()
        self.database = Database.in_memory()
        self.uploads = Uploads(self.database, self.clock, folder)

    def announced(self, size: int = 4) -> Upload:
        return self.uploads.announce("talk.mp4", "video/mp4", size, "key", LOCAL)

    def received(self, upload: Upload) -> int:
        found = self.uploads.find(upload.id)
        assert found is not None
        return found.received

    def is_ready(self, upload: Upload) -> bool:
        found = self.uploads.find(upload.id)
        return found is not None and found.is_ready


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = Room(tmp_path / "uploads")
    with room.database:
        yield room
        room.uploads.close()


def test_a_file_is_ready_when_all_of_it_is_there(room: Room) -> None:
    upload = room.announced()
    first = room.uploads.begin(upload, anew=True)
    assert first is not None
    assert first.write(b"ab")
    room.uploads.end(first)
    assert (room.received(upload), room.is_ready(upload)) == (2, False)
    second = room.uploads.begin(upload, anew=False)
    assert second is not None
    assert second.write(b"cd")
    assert room.uploads.end(second).is_ready
    assert upload.path.read_bytes() == b"abcd"
    assert room.uploads.begin(upload, anew=True) is None


def test_who_was_sending_before_neither_writes_nor_finishes(room: Room) -> None:
    upload = room.announced()
    older = room.uploads.begin(upload, anew=True)
    assert older is not None
    assert older.write(b"abcd")
    newer = room.uploads.begin(upload, anew=True)
    assert newer is not None
    assert not older.write(b"e")
    older.cut_back(1)
    assert not room.uploads.end(older).is_ready
    assert newer.write(b"wxyz")
    assert room.uploads.end(newer).is_ready
    assert upload.path.read_bytes() == b"wxyz"


def test_a_file_on_its_way_expires_too(room: Room) -> None:
    upload = room.announced()
    reception = room.uploads.begin(upload, anew=True)
    assert reception is not None
    assert reception.write(b"ab")
    room.clock.let_pass(LIFETIME)
    room.uploads.expire()
    assert not reception.write(b"cd")
    assert not upload.path.parent.exists()
    room.uploads.end(reception)
    assert room.uploads.find(upload.id) is None


def test_one_that_never_came_expires_without_a_trace(room: Room) -> None:
    upload = room.announced()
    room.clock.let_pass(LIFETIME - 1)
    room.uploads.expire()
    assert room.uploads.find(upload.id) is not None
    room.clock.let_pass(1)
    room.uploads.expire()
    assert room.uploads.find(upload.id) is None
    with room.database.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM uploads").fetchone()[0] == 0


def test_a_clock_that_is_set_forward_removes_nothing(room: Room) -> None:
    upload = room.announced()
    room.clock.wall_time += 2 * LIFETIME
    room.uploads.expire()
    assert room.uploads.find(upload.id) is not None


def test_what_was_cut_back_can_be_written_again(room: Room) -> None:
    upload = room.announced()
    reception = room.uploads.begin(upload, anew=True)
    assert reception is not None
    assert reception.write(b"abc")
    reception.cut_back(1)
    assert reception.write(b"xyz")
    assert room.uploads.end(reception).is_ready
    assert upload.path.read_bytes() == b"axyz"
