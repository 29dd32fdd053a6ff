"""A file of which only some bytes are here: a remote source as far as it was fetched.

It lies under its own name, as large as the whole, and a map beside it says which bytes are real. Reading what isn't
there never gives zeros: either somebody brings the bytes at that moment, or the reading ends with a typed error.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from fastclip_desktop.domain.byte_ranges import MAP_HEAD, MAP_SUFFIX, ByteRanges, read_map
from fastclip_desktop.domain.errors import BytesNotFetched, ErrorCode

Fill = Callable[[int, int], None]
"""Brings at least the first of the bytes ``start <= byte < end`` and writes them into file and map, or raises."""

_MOST_AT_ONCE = 1024 * 1024


def map_of(path: Path) -> tuple[int, ByteRanges] | None:
    """The size of the whole file and what is here of it; ``None`` for a file without a map, which is whole."""
    beside = path.with_name(path.name + MAP_SUFFIX)
    try:
        with beside.open("rb") as file:
            if not file.read(len(MAP_HEAD)).startswith(MAP_HEAD):
                return None
            file.seek(0)
            return read_map(file.read())
    except OSError:
        return None


class PartialFile:
    """Reads a partly present file for FFmpeg.

    Args:
        path: the file; its map lies beside it.
        fill: brings what is missing; without it a hole ends the reading.
    """

    def __init__(self, path: Path, fill: Fill | None = None) -> None:
        size, present = map_of(path) or (path.stat().st_size, ByteRanges([(0, path.stat().st_size)]))
        self._path = path
        self._fill = fill
        self._size = size
        self._present = present
        self._at = 0

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self._size

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte and say which."""
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("That is before the beginning of the file.")
        self._at = start + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Some of the next bytes, at most ``size``; none at the end. It stops before a hole and does not reach over.

        Raises:
            BytesNotFetched: the next byte is not here and nobody brings it.
        """
        left = max(0, self._size - self._at)
        wanted = min(left, _MOST_AT_ONCE if size < 0 else size)
        if wanted == 0:
            return b""
        here = min(wanted, self._run(wanted))
        # Opened for each read: FFmpeg's containers don't close what they are given, and 20 µs are not worth a leak.
        with self._path.open("rb", buffering=0) as file:
            file.seek(self._at)
            data = file.read(here)
        self._at += len(data)
        return data

    def _run(self, wanted: int) -> int:
        run = self._present.run(self._at)
        if run == 0 and self._fill is not None:
            self._fill(self._at, self._at + wanted)
            known = map_of(self._path)
            self._present = known[1] if known else ByteRanges([(0, self._size)])
            run = self._present.run(self._at)
        if run == 0:
            raise BytesNotFetched(
                ErrorCode.INTERNAL, f"Byte {self._at} of {self._path.name} is needed and was not fetched."
            )
        return run
