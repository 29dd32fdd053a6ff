"""Publications that were cut short at one exact point, and chosen names that several want."""

from __future__ import annotations

import hashlib
import os
import threading
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import Clip, Receipt, RenderedFile
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.events import ClipRemoved, Event
from fastclip_desktop.domain.job import ClipRequest, Destination, Job
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.origin import Origin
from fastclip_desktop.engine.publishing import give_name, seal, temporary_path
from fastclip_desktop.store.clips import ClipTable, Publication
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.jobs import JobTable

SPAN = TimeRange(Fraction(1), Fraction(2))
CHOSEN = "chosen.mp4"


class Shelf:
    """A library, and a folder that clips go to."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder = folder
        self.database = database
        self.events: list[Event] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.library = Library(database, Clock(), bus, folder)

    def rendered(self, job: str, content: bytes) -> RenderedFile:
        path = temporary_path(self.folder, job, 1)
        path.write_bytes(content)
        return RenderedFile(path, OutputFormat.MP4, SPAN, SPAN.duration, 96, 64, Receipt("smart"))

    def shelve(self, job: str, content: bytes, name: str | None = None) -> Clip:
        rendered = self.rendered(job, content)
        return self.library.shelve(rendered, Destination(self.folder, name), origin(job), lambda _: None)

    def announce(self, job: str, content: bytes, name: str) -> Publication:
        """Come as far as the row of a clip that is about to get its name."""
        rendered = self.rendered(job, content)
        size, digest = seal(rendered.path)
        clip = origin(job).clip(rendered, self.folder / name, size, digest, Clock())
        publication = Publication(clip, 1, rendered.path)
        with self.database.transaction() as connection:
            ClipTable(connection).announce(publication, None)
        return publication

    def listed(self) -> tuple[Clip, ...]:
        return self.library.find(most=100).clips

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def sweep(self, *running: str) -> None:
        self.library.sweep(running, lambda _: True)

    def check(self) -> None:
        """Rows and files say the same."""
        assert {clip.path.name: clip.sha256 for clip in self.listed()} == {
            name: hashlib.sha256(content).hexdigest() for name, content in self.files().items()
        }


def origin(job: str) -> Origin:
    return Origin(None, "Talk", job, 1, "", LOCAL)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    folder = tmp_path / "out"
    folder.mkdir()
    return Shelf(folder, Database.in_memory())


def test_a_clip_does_not_take_the_file_of_another_with_the_same_bytes_for_its_own(shelf: Shelf) -> None:
    first = shelf.shelve("a", b"same")
    shelf.announce("b", b"same", first.path.name)
    assert shelf.library.resume("b", 1, lambda _: None) is None
    assert shelf.listed() == (first,)
    shelf.check()


def test_a_sweep_leaves_a_file_alone_that_another_clip_has_by_now(shelf: Shelf) -> None:
    first = shelf.shelve("a", b"same")
    shelf.announce("b", b"same", first.path.name)
    shelf.sweep()
    assert shelf.listed() == (first,)
    shelf.check()


@pytest.mark.parametrize("content", [b"new", b"old"])
def test_an_older_file_comes_back_when_the_job_turns_out_to_be_cancelled(shelf: Shelf, content: bytes) -> None:
    older = shelf.shelve("a", b"old", CHOSEN)

    def refuse(_clip: Clip) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        shelf.library.shelve(shelf.rendered("b", content), Destination(shelf.folder, CHOSEN), origin("b"), refuse)
    assert shelf.listed() == (older,)
    assert shelf.files() == {CHOSEN: b"old"}
    shelf.check()


def test_an_older_file_comes_back_when_the_job_is_gone_after_a_crash(shelf: Shelf) -> None:
    older = shelf.shelve("a", b"old", CHOSEN)
    publication = shelf.announce("b", b"new", CHOSEN)
    give_name(publication.temporary, publication.clip.path, replace=True)
    assert shelf.files()[CHOSEN] == b"new"
    shelf.sweep()
    assert shelf.listed() == (older,)
    shelf.check()


def test_an_older_file_goes_when_the_job_goes_on_after_a_crash(shelf: Shelf) -> None:
    older = shelf.shelve("a", b"old", CHOSEN)
    publication = shelf.announce("b", b"new", CHOSEN)
    give_name(publication.temporary, publication.clip.path, replace=True)
    shelf.sweep("b")
    assert shelf.library.resume("b", 1, lambda _: None) == publication.clip
    assert shelf.listed() == (publication.clip,)
    assert ClipRemoved(older.id) in shelf.events
    shelf.check()


def test_a_row_that_could_not_go_does_not_take_the_older_file_along_later(shelf: Shelf) -> None:
    older = shelf.shelve("a", b"same", CHOSEN)
    publication = shelf.announce("b", b"same", CHOSEN)
    publication.temporary.unlink()  # the file was taken back, and then the disk was too full to forget the row
    shelf.sweep()
    assert shelf.listed() == (older,)
    shelf.check()


def test_what_a_listed_clip_was_rendered_to_goes_when_its_job_goes_on(shelf: Shelf) -> None:
    clip = shelf.shelve("a", b"first of two")
    os.link(clip.path, temporary_path(shelf.folder, "a", 1))
    assert shelf.library.resume("a", 1, lambda _: None) == clip
    shelf.check()


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_half_rendered_file_goes_from_a_folder_that_no_clip_ever_came_to(shelf: Shelf, *, cancelled: bool) -> None:
    job = Job(ClipRequest("talk.mp4", SPAN, OutputSpec(), Destination(shelf.folder)))
    with shelf.database.transaction() as connection:
        JobTable(connection).insert(job, None)
        if cancelled:
            connection.execute("UPDATE jobs SET state = 'cancelled', ended = 1")
    shelf.rendered(job.id, b"ha")
    shelf.sweep(*(() if cancelled else (job.id,)))
    assert shelf.files() == {}


def test_a_row_without_its_file_goes_and_one_on_a_disk_that_is_away_stays(shelf: Shelf) -> None:
    gone, away = shelf.shelve("a", b"one"), shelf.shelve("b", b"two")
    gone.path.unlink()
    with shelf.database.transaction() as connection:
        elsewhere = str(shelf.folder.parent / "unplugged" / "two.mp4")
        connection.execute("UPDATE clips SET path = ? WHERE id = ?", (elsewhere, away.id))
    shelf.sweep()
    assert [clip.id for clip in shelf.listed()] == [away.id]


def test_a_chosen_name_that_two_want_at_once_has_one_row_that_fits_its_file(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_is_named, second_is_done = threading.Event(), threading.Event()

    def give_name_and_let_the_other_go(temporary: Path, path: Path, *, replace: bool) -> bool:
        given = give_name(temporary, path, replace=replace)
        if not first_is_named.is_set():
            first_is_named.set()
            second_is_done.wait(0.3)  # long enough for the other, unless it is kept waiting
        return given

    monkeypatch.setattr("fastclip_desktop.engine.library.give_name", give_name_and_let_the_other_go)
    first = threading.Thread(target=shelf.shelve, args=("a", b"first", CHOSEN))
    first.start()
    assert first_is_named.wait(10)
    second = shelf.shelve("b", b"second", CHOSEN)
    second_is_done.set()
    first.join()
    assert shelf.listed() == (second,)
    shelf.check()
