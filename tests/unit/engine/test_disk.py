from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.disk_use import MOST_FETCHED, Kept, Store
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.engine.disk import Disk
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.media_cache import MediaCache


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


class Place:
    """A disk whose jobs are the test's."""

    def __init__(self, paths: Paths) -> None:
        self.busy = False
        self.sweeps = 0
        caches = {
            Store.PREVIEWS: MediaCache(paths.previews, 10**9),
            Store.STAND_INS: MediaCache(paths.stand_ins, 10**9),
            Store.INSIGHTS: MediaCache(paths.insights, 10**9),
        }
        self.caches = caches
        self.disk = Disk(paths, caches, lambda: 4321, lambda: self.busy, self._sweep)

    def _sweep(self) -> None:
        self.sweeps += 1

    def kept(self, store: Store) -> Kept:
        return next(each for each in self.disk.look().kept if each.store is store)


@pytest.fixture
def place(paths: Paths) -> Place:
    return Place(paths)


def fill(path: Path, size: int = 100_000) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(range(256)) * (size // 256))
    return path


def test_nothing_is_kept_before_anything_was_done_and_looking_makes_no_folder(place: Place, paths: Paths) -> None:
    use = place.disk.look()
    assert [each.store for each in use.kept] == list(Store)
    assert {each.size for each in use.kept if each.store is not Store.CLIPS} == {0}
    assert (place.kept(Store.CLIPS).size, place.kept(Store.FETCHED).limit) == (4321, MOST_FETCHED)
    assert use.free > 0
    assert not paths.data.exists()
    assert not paths.cache.exists()


def test_each_store_counts_its_own_files(place: Place, paths: Paths) -> None:
    fill(paths.fetched / "ab" / "data")
    fill(paths.models / "whisper" / "model.bin", 50_000)
    fill(paths.database)
    fill(paths.database.with_name("fastclip.sqlite-wal"))
    sizes = {each.store: each.size for each in place.disk.look().kept}
    assert sizes[Store.FETCHED] >= 99_000
    assert 49_000 < sizes[Store.MODELS] < 99_000
    assert sizes[Store.DATABASE] >= 199_000
    assert sizes[Store.PREVIEWS] == 0


@pytest.mark.parametrize("store", [Store.PREVIEWS, Store.STAND_INS, Store.INSIGHTS])
def test_a_cleared_cache_has_forgotten_and_gives_its_bytes_back(place: Place, store: Store) -> None:
    place.caches[store].put("key", bytes(2_000_000))
    assert place.kept(store).size > 1_900_000
    freed = place.disk.clear(store)
    assert freed > 1_800_000
    assert place.caches[store].get("key", bytes) is None
    place.caches[store].put("key", b"again")
    assert place.caches[store].get("key", bytes) == b"again"


def test_what_was_fetched_goes_unless_a_job_reads_it(place: Place, paths: Paths) -> None:
    data = fill(paths.fetched / "ab" / "data")
    place.busy = True
    with pytest.raises(UnavailableError) as refused:
        place.disk.clear(Store.FETCHED)
    assert refused.value.code is ErrorCode.DATA_IN_USE
    assert data.exists()
    place.busy = False
    assert place.disk.clear(Store.FETCHED) >= 99_000
    assert list(paths.fetched.iterdir()) == []


def test_a_log_that_is_being_written_is_emptied_and_older_ones_go(place: Place, paths: Paths) -> None:
    current, older = fill(paths.logs / "fastclip.log"), fill(paths.logs / "fastclip.log.1")
    assert place.disk.clear(Store.LOGS) >= 190_000
    assert current.read_bytes() == b""
    assert not older.exists()


def test_leftovers_of_jobs_are_swept_and_not_torn_away(place: Place, paths: Paths) -> None:
    part = fill(paths.work / "running" / "part")
    place.disk.clear(Store.WORK)
    assert place.sweeps == 1
    assert part.exists()


@pytest.mark.parametrize("store", [Store.CLIPS, Store.MODELS, Store.DATABASE, Store.UPLOADS])
def test_what_cannot_be_had_again_is_not_cleared(place: Place, paths: Paths, store: Store) -> None:
    files = [fill(paths.clips / "clip.mp4"), fill(paths.models / "m" / "model"), fill(paths.database)]
    with pytest.raises(ValueError, match="not for clearing"):
        place.disk.clear(store)
    assert all(file.exists() for file in files)


def test_what_does_not_go_is_told_of(place: Place, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(paths.fetched / "name.json")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(InputError) as failed:
        place.disk.clear(Store.FETCHED)
    assert failed.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert str(paths.fetched) in failed.value.message
