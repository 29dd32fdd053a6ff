"""The folder that the application and every worker of a cluster share.

Either a folder that each machine has mounted at the same path, whose files are then used where they lie, or any URL
that fsspec knows, such as ``s3://bucket/folder``; a worker then copies what it needs. What lies there::

    sources/<fingerprint>/<name>          files to read, kept for the next stage that reads them
    tickets/<ticket>/<attempt>/…          what one try of one stage writes, gone with the stage
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import shutil
import socket
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.store.fingerprint import fingerprint

SOURCES = "sources"
TICKETS = "tickets"

_KEPT = 7 * 24 * 3600.0
"""Seconds after which what nobody used goes: sources, and the rest of stages whose application was killed."""

_PIECE = 4 * 1024**2
"""Bytes between two looks at whether to go on; a fraction of a second on any network that carries video."""

_FULL = (errno.ENOSPC, errno.EDQUOT)

_log = logging.getLogger(__name__)


class Shelf:
    """The shared folder, under names with slashes; may be used from several threads.

    Attributes:
        address: the absolute path or the URL.
        folder: the folder on this machine; ``None`` for a URL.

    Raises:
        InputError: ``output_not_writable`` if the folder is not there, or the URL is none that fsspec knows.
    """

    def __init__(self, address: str) -> None:
        import fsspec  # type: ignore[import-untyped]  # it has no types; what is used of it is in this class
        from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]  # likewise

        self.address = address if "://" in address else str(Path(address).absolute())
        with _typed(self.address):
            self._files, root = fsspec.url_to_fs(self.address)
        self._root = str(root).rstrip("/")
        self.folder = Path(self._root) if isinstance(self._files, LocalFileSystem) else None
        if self.folder is not None and not self.folder.is_dir():  # a share that is not mounted, or a slip of the pen
            raise InputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"There is no folder {self.folder} on {socket.gethostname()}.",
                "Have the shared folder at the same path on this machine and on every worker.",
            )

    def holds(self, path: Path) -> bool:
        """Whether a file or folder of this machine lies in it, so that a worker can use it where it is."""
        if self.folder is None:
            return False
        return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder))

    def keep(self, path: Path, check: Callable[[], None]) -> str:
        """Put a source there unless it is there, and give its name.

        Args:
            path: the source.
            check: called every now and then; raises to stop the copying.

        Raises:
            InputError: ``source_unreadable``, or the folder cannot be used.
        """
        mark = fingerprint(path)
        if mark is None:
            raise InputError(ErrorCode.SOURCE_UNREADABLE, f"{path} cannot be read.", "Check who may read it.")
        name = f"{SOURCES}/{mark}/{path.name}"
        with _typed(self.address):
            if not self._files.exists(self._at(name)):
                self._put(path, name, check)
            elif self.folder is not None:
                os.utime(self.folder / SOURCES / mark)  # so that it is kept
        return name

    def put(self, path: Path, name: str) -> None:
        """Copy a file there; it has its name when it is whole.

        Raises:
            InputError: the folder cannot be used.
        """
        with _typed(self.address):
            self._put(path, name, lambda: None)

    def get(self, name: str, path: Path) -> None:
        """Bring a file here; it has its name when it is whole.

        Raises:
            InputError: the folder cannot be used, or there is no room here.
        """
        part = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.part")
        with _typed(self.address):
            try:
                if self.folder is not None:
                    shutil.move(self.folder / name, part)
                else:
                    self._files.get_file(self._at(name), str(part))
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def write(self, name: str, data: bytes) -> None:
        """Put a small file there.

        Raises:
            InputError: the folder cannot be used.
        """
        with _typed(self.address):
            self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(self._at(name), data)

    def read(self, name: str) -> bytes:
        """The content of a small file.

        Raises:
            InputError: the folder cannot be used.
        """
        with _typed(self.address):
            return bytes(self._files.cat_file(self._at(name)))

    def remove(self, name: str) -> None:
        """Remove a folder with all that is in it; what cannot be removed is left to the sweep."""
        try:
            self._files.rm(self._at(name), recursive=True)
        except FileNotFoundError:
            pass
        except Exception as error:  # noqa: BLE001 - every store behind fsspec has errors of its own
            _log.info("%s cannot be removed from %s: %s", name, self.address, error)

    def sweep(self) -> None:
        """Remove what nobody used for a week; only in a folder, for most stores do not say when something was used."""
        if self.folder is None:
            return
        for each in (*self.folder.glob(f"{SOURCES}/*"), *self.folder.glob(f"{TICKETS}/*")):
            with contextlib.suppress(OSError):
                if each.stat().st_mtime < time.time() - _KEPT:
                    shutil.rmtree(each)

    def _put(self, path: Path, name: str, check: Callable[[], None]) -> None:
        part = f"{name}.{uuid.uuid4().hex[:8]}.part"
        self._files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
        try:
            with path.open("rb") as source, self._files.open(self._at(part), "wb") as copy:
                while piece := source.read(_PIECE):
                    check()
                    copy.write(piece)
            self._files.mv(self._at(part), self._at(name))
        except BaseException:
            with contextlib.suppress(Exception):
                self._files.rm(self._at(part))
            raise

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"


@contextmanager
def _typed(address: str) -> Iterator[None]:
    try:
        yield
    except FastClipError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            raise InputError(ErrorCode.DISK_FULL, f"There is no room in {address}.", "Free some space.") from error
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The shared folder {address} cannot be used: {error}.",
            "Check that this machine and all workers may write there.",
        ) from error
