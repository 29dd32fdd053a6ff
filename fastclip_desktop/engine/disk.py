"""What is kept on the disk: how much, where, and how it goes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from fastclip_desktop.domain.disk_use import MOST_FETCHED, DiskUse, Kept, Store
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.media_cache import MediaCache

_BLOCK = 512
"""Bytes that ``st_blocks`` counts in, by POSIX."""


class Disk:
    """Counts and clears what is kept; may be called from several threads.

    Args:
        paths: the application's folders.
        caches: files of what was made of sources.
        clips: gives the bytes of the library's clips, wherever they lie.
        is_busy: whether jobs are under way, which read what was fetched.
        sweep: removes what ended jobs left.
    """

    def __init__(
        self,
        paths: Paths,
        caches: Mapping[Store, MediaCache],
        clips: Callable[[], int],
        is_busy: Callable[[], bool],
        sweep: Callable[[], None],
    ) -> None:
        self._paths = paths
        self._caches = caches
        self._clips = clips
        self._is_busy = is_busy
        self._sweep = sweep
        self._places = {
            Store.CLIPS: paths.clips,
            Store.MODELS: paths.models,
            Store.FETCHED: paths.fetched,
            Store.PREVIEWS: paths.previews.parent,
            Store.STAND_INS: paths.stand_ins.parent,
            Store.INSIGHTS: paths.insights.parent,
            Store.WORK: paths.work,
            Store.UPLOADS: paths.uploads,
            Store.DATABASE: paths.database.parent,
            Store.LOGS: paths.logs,
        }

    def look(self) -> DiskUse:
        """How much there is of everything; takes as long as the disk takes to list the folders."""
        existing = next(folder for folder in (self._paths.data, *self._paths.data.parents) if folder.exists())
        kept = tuple(Kept(store, self._size(store), self._places[store], self._limit(store)) for store in Store)
        return DiskUse(kept, shutil.disk_usage(existing).free, self._paths.data, self._paths.cache)

    def clear(self, store: Store) -> int:
        """Remove all of something that can be had again.

        Returns:
            bytes that are free again.

        Raises:
            UnavailableError: ``data_in_use`` while jobs read what was fetched.
            InputError: ``output_not_writable`` where it does not go.
        """
        if not store.is_clearable:
            raise ValueError(f"{store} is not for clearing")
        before = self._size(store)
        if store in self._caches:
            self._caches[store].clear()
        elif store is Store.WORK:
            self._sweep()
        else:
            if store is Store.FETCHED and self._is_busy():
                raise UnavailableError(
                    ErrorCode.DATA_IN_USE,
                    "Jobs are under way that read what was fetched.",
                    "Wait for their end, or cancel them, and clear it then.",
                )
            _empty(self._places[store])
        return max(0, before - self._size(store))

    def _size(self, store: Store) -> int:
        paths = self._paths
        match store:
            case Store.CLIPS:
                return self._clips()
            case Store.PREVIEWS:
                return _bytes_of([paths.previews])
            case Store.STAND_INS:
                return _bytes_of([paths.stand_ins])
            case Store.INSIGHTS:
                return _bytes_of([paths.insights])
            case Store.DATABASE:
                name = paths.database.name
                return _bytes_of(_listed(paths.database.parent, lambda path: path.name.startswith(name)))
            case _:
                return _bytes_below(self._places[store])

    def _limit(self, store: Store) -> int | None:
        if store is Store.FETCHED:
            return MOST_FETCHED
        return self._caches[store].limit if store in self._caches else None


def _listed(folder: Path, wanted: Callable[[Path], bool]) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if wanted(path)]
    except OSError:
        return []


def _bytes_of(paths: Iterable[Path]) -> int:
    total = 0
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            continue
        # A sparse file takes less than its length.
        total += getattr(status, "st_blocks", -(-status.st_size // _BLOCK)) * _BLOCK
    return total


def _bytes_below(folder: Path) -> int:
    return sum(_bytes_of(Path(at, name) for name in names) for at, _, names in os.walk(folder))


def _empty(folder: Path) -> None:
    """Remove what lies in a folder; log files that are being written stay, with nothing in them."""
    try:
        for path in list(folder.iterdir()) if folder.is_dir() else ():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path.suffix == ".log":
                os.truncate(path, 0)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Not all of {folder} can be removed: {error.strerror or error}.",
            "Close what has it open, and try again.",
        ) from error
