"""A remote file's bytes on this disk, at the places that they have there, and the map of those that are here.

Data is on the disk before the map speaks of it, and the map is only appended to: whatever kills the writer, what was
mapped stays usable. Several processes may write the same file, for each writes the same bytes. If the file is removed
and made anew by somebody else, whoever used the old one fails: what they brought is not in the new one.
"""

from __future__ import annotations

import errno
import os
import secrets
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from fastclip_desktop.domain.byte_ranges import MAP_SUFFIX, ByteRanges, map_head, map_line, read_map

_COPIED_AT_ONCE = 1024 * 1024


class SparseFile:
    """Bytes by place; may be written from several threads.

    Args:
        path: the file; the map is kept beside it.
        size: bytes of the whole.

    Raises:
        OSError: if it cannot be made or read.
    """

    def __init__(self, path: Path, size: int) -> None:
        self.path = path
        self.size = size
        self._lock = threading.Lock()
        written = self.map_path.read_bytes() if self.map_path.exists() else b""
        known = read_map(written)
        if known is None or known[0] != size or not path.exists() or path.stat().st_size != size:
            self._begin()
            known = (size, ByteRanges())
        elif not written.endswith(b"\n"):  # its writer died over a line: that one alone is lost
            with self.map_path.open("ab") as file:
                file.write(b"\n")
        self._present = known[1]
        with self.map_path.open("rb") as file:
            self._edition = file.readline()

    @property
    def map_path(self) -> Path:
        """Where the map lies."""
        return self.path.with_name(self.path.name + MAP_SUFFIX)

    @property
    def is_whole(self) -> bool:
        """Whether every byte is here."""
        return self._present.run(0) >= self.size

    def missing(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of ``start <= byte < end`` that are not here."""
        with self._lock:
            return self._present.missing(max(0, start), min(end, self.size))

    def run(self, start: int) -> int:
        """How many bytes are here from ``start`` on without a gap."""
        with self._lock:
            return self._present.run(start)

    @contextmanager
    def writer(self, at: int) -> Iterator[SparseWriter]:
        """Write from a byte on; what was written counts as here from each ``keep`` on and at the end."""
        with self.path.open("r+b", buffering=0) as file:
            self._check()
            writer = SparseWriter(self, file, at)
            try:
                yield writer
            finally:
                writer.keep()

    def mark(self, start: int, end: int) -> None:
        """Say that a span is on the disk."""
        if start >= end:
            return
        with self._lock:
            with self.map_path.open("a+b") as file:
                file.seek(0)
                self._check(file.readline())
                file.write(map_line(start, end))
            self._present.add(start, end)

    def lay_out(self, path: Path) -> None:
        """Give the file another name with a map of its own; a whole file gets none.

        It is the same file under both names where the disk can do that, so what is removed from a cache stays with
        whoever is reading it.
        """
        path.unlink(missing_ok=True)
        beside = path.with_name(path.name + MAP_SUFFIX)
        with self._lock:
            spans = tuple(self._present)
        if not self.is_whole:
            beside.write_bytes(map_head(self.size) + b"".join(map_line(*span) for span in spans))
        try:
            os.link(self.path, path)
        except OSError:
            with self.path.open("rb") as file:
                _copy(file, path, self.size, spans)
        self._check()

    def _check(self, edition: bytes | None = None) -> None:
        """Refuse a file that was made anew in this one's place, after something in its folder was opened."""
        if edition is None:
            with self.map_path.open("rb") as file:
                edition = file.readline()
        if edition != self._edition:
            raise FileNotFoundError(errno.ENOENT, "somebody removed the file from the cache", str(self.path))

    def _begin(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.map_path.unlink(missing_ok=True)
        _make_sparse(self.path, self.size)
        self.map_path.write_bytes(map_head(self.size, secrets.token_hex(16)))


class SparseWriter:
    """Writes one run of bytes; see :meth:`SparseFile.writer`."""

    def __init__(self, sparse: SparseFile, file: BinaryIO, at: int) -> None:
        self._sparse = sparse
        self._file = file
        self._kept = at
        self.at = at
        file.seek(at)

    def write(self, data: bytes) -> None:
        """Write the next bytes.

        Raises:
            OSError: if the disk is full.
        """
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self.at += len(data)

    def keep(self) -> None:
        """Bring what was written to the disk and map it."""
        if self.at > self._kept:
            os.fsync(self._file.fileno())
            self._sparse.mark(self._kept, self.at)
            self._kept = self.at


def _make_sparse(path: Path, size: int) -> None:
    # A new file, never the old one emptied: somebody may be reading that under another name.
    path.unlink(missing_ok=True)
    with path.open("xb") as file:
        if sys.platform == "win32":
            _set_sparse(file)
        file.truncate(size)


def _copy(reading: IO[bytes], target: Path, size: int, spans: tuple[tuple[int, int], ...]) -> None:
    _make_sparse(target, size)
    with target.open("r+b") as writing:
        for start, end in spans:
            reading.seek(start)
            writing.seek(start)
            for at in range(start, end, _COPIED_AT_ONCE):
                writing.write(reading.read(min(_COPIED_AT_ONCE, end - at)))


if sys.platform == "win32":
    import ctypes
    import msvcrt

    _FSCTL_SET_SPARSE = 0x000900C4

    def _set_sparse(file: BinaryIO) -> None:
        """Let holes take no room; where the disk cannot do it, they take some."""
        handle = msvcrt.get_osfhandle(file.fileno())
        returned = ctypes.c_ulong()
        ctypes.windll.kernel32.DeviceIoControl(
            ctypes.c_void_p(handle), _FSCTL_SET_SPARSE, None, 0, None, 0, ctypes.byref(returned), None
        )
