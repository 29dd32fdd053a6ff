"""How long clips are kept, and how much of the disk they may take."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import ErrorCode, InputError, Refused
from fastclip_desktop.domain.events import ClipChanged, ClipRemoved
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from tests.unit.engine.small_jobs import PATIENCE
from tests.unit.engine.small_library import DAY, KEY, Shelf


def test_a_persons_clip_is_born_pinned_and_a_scripts_lives_a_day(shelf: Shelf) -> None:
    person, script = shelf.add(title="P"), shelf.add(title="S", key=KEY)
    assert person.pinned
    assert script.expires == shelf.clock.now() + DAY
    shelf.clock.let_pass(DAY - 1)
    shelf.library.expire()
    assert shelf.library.get(script.id) == script
    shelf.clock.let_pass(1)
    shelf.library.expire()
    assert not script.path.exists()
    assert shelf.library.find().clips == (person,)
    assert shelf.events == [ClipRemoved(script.id)]


@pytest.mark.parametrize("jump", [DAY, -DAY, 365 * DAY])
def test_a_clock_that_is_set_never_makes_a_clip_expire_early(shelf: Shelf, jump: float) -> None:
    clip = shelf.add(key=KEY)
    shelf.clock.wall_time += jump
    shelf.clock.let_pass(DAY - 1)
    shelf.library.expire()
    assert clip.path.is_file()
    assert shelf.library.get(clip.id) == clip
    shelf.clock.wall_time -= jump
    shelf.clock.let_pass(1)
    shelf.library.expire()
    assert not clip.path.exists()


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_a_clip_that_is_made_while_the_clock_is_wrong_lives_as_long_once_it_is_right(shelf: Shelf, jump: float) -> None:
    shelf.clock.wall_time += jump
    clip = shelf.add(key=KEY)
    shelf.clock.wall_time -= jump
    shelf.clock.let_pass(DAY - 1)
    shelf.library.expire()
    assert clip.path.is_file()


def test_a_clip_whose_time_has_come_is_neither_found_nor_changed_even_before_it_is_removed(shelf: Shelf) -> None:
    clip = shelf.add(key=KEY)
    shelf.clock.let_pass(DAY)
    assert clip.path.is_file()
    assert shelf.library.find().total == 0
    for call in (shelf.library.get, shelf.library.delete):
        with pytest.raises(InputError) as caught:
            call(clip.id)
        assert caught.value.code is ErrorCode.UNKNOWN_CLIP
    with pytest.raises(InputError):
        shelf.library.pin(clip.id, LOCAL)


def test_an_expired_clip_on_a_disk_that_is_away_is_removed_when_the_disk_is_back(shelf: Shelf, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    clip = shelf.add(key=KEY, folder=disk)
    disk.rename(tmp_path / "away")
    shelf.clock.let_pass(DAY)
    shelf.library.expire()
    (tmp_path / "away").rename(disk)
    assert clip.path.is_file()
    shelf.library.expire()
    assert not clip.path.exists()


def test_unpinned_a_clip_has_a_new_lifetime_and_pinned_none(shelf: Shelf) -> None:
    clip = shelf.add()
    shelf.clock.let_pass(100 * DAY)
    unpinned = shelf.library.unpin(clip.id, LOCAL)
    assert unpinned.expires == shelf.clock.now() + DAY
    shelf.clock.let_pass(10)
    assert shelf.library.unpin(clip.id, LOCAL) == unpinned  # keeps its time
    assert shelf.library.pin(clip.id, LOCAL) == clip
    shelf.clock.let_pass(100 * DAY)
    shelf.library.expire()
    assert clip.path.is_file()
    assert shelf.events == [ClipChanged(unpinned), ClipChanged(clip)]


def test_a_clip_that_is_pinned_in_the_moment_of_its_expiry_stays(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = shelf.add(key=KEY)
    shelf.clock.let_pass(DAY - 1)
    is_dir = Path.is_dir

    def pin_first(path: Path) -> bool:
        monkeypatch.undo()
        shelf.clock.let_pass(-1)
        shelf.library.pin(clip.id, LOCAL)
        shelf.clock.let_pass(1)
        return is_dir(path)

    shelf.clock.let_pass(1)
    monkeypatch.setattr(Path, "is_dir", pin_first)
    shelf.library.expire()
    assert clip.path.is_file()
    assert shelf.library.get(clip.id).pinned


def test_a_new_name_does_not_undo_a_pin(shelf: Shelf) -> None:
    """Two people at once: whoever comes second changes what the first one left."""
    clip = shelf.add(key=KEY)
    threads = [
        threading.Thread(target=lambda: [shelf.library.rename(clip.id, f"name {n}", LOCAL) for n in range(60)]),
        threading.Thread(
            target=lambda: [(shelf.library.unpin(clip.id, LOCAL), shelf.library.pin(clip.id, LOCAL)) for _ in range(30)]
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    last = shelf.library.get(clip.id)
    assert (last.name, last.pinned) == ("name 59", True)
    assert shelf.events[-1] == ClipChanged(last)


# Storage


def test_pinned_clips_have_a_quota_and_only_they(shelf: Shelf) -> None:
    policy = dataclasses.replace(HOSTED, pinned_storage=10)
    first, second = (shelf.add(b"12345678", key=KEY, title=title) for title in "AB")
    assert shelf.library.storage(policy) == dataclasses.replace(shelf.library.storage(policy), pinned=0, passing=16)
    shelf.library.pin(first.id, policy)
    storage = shelf.library.storage(policy)
    assert (storage.pinned, storage.passing, storage.quota, storage.free) == (8, 8, 10, 2)
    with pytest.raises(Refused) as caught:
        shelf.library.pin(second.id, policy)
    assert caught.value.code is ErrorCode.STORAGE_FULL
    assert shelf.library.pin(first.id, policy).pinned  # pinned it is already
    shelf.library.unpin(first.id, policy)
    assert shelf.library.pin(second.id, policy).pinned


def test_two_pins_at_once_do_not_exceed_the_quota(shelf: Shelf) -> None:
    policy = dataclasses.replace(HOSTED, pinned_storage=10)
    clips = [shelf.add(b"123456", key=KEY, title=str(number)) for number in range(8)]
    refused: list[Refused] = []

    def pin(clip: Clip) -> None:
        try:
            shelf.library.pin(clip.id, policy)
        except Refused as error:
            refused.append(error)

    threads = [threading.Thread(target=pin, args=(clip,)) for clip in clips]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(refused) == 7
    assert shelf.library.storage(policy).pinned == 6


def test_without_a_quota_the_disk_is_the_limit_but_for_its_reserve(shelf: Shelf) -> None:
    import shutil

    shelf.add(b"12345678")
    free = shutil.disk_usage(shelf.folder).free
    storage = shelf.library.storage(dataclasses.replace(LOCAL, disk_reserve=0))
    assert storage.pinned == 8
    assert storage.quota == pytest.approx(free + 8, rel=0.01)
    nothing_left = shelf.library.storage(dataclasses.replace(LOCAL, disk_reserve=2**62))
    assert (nothing_left.quota, nothing_left.free) == (8, 0)
    assert nothing_left.disk_free == pytest.approx(free, rel=0.01)
