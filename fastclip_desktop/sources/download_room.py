"""A folder that takes every half-written part of a download with it, whatever happens."""

from __future__ import annotations

import errno
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

_BEGIN = "download-"
_FORGOTTEN_SECONDS = 24 * 3600

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def download_room(folder: Path) -> Iterator[Path]:
    """A fresh folder inside ``folder``; what is worth keeping is moved out of it before it ends.

    Raises:
        InputError: ``disk_full`` or ``output_not_writable``.
    """
    try:
        # On Windows a file that is still open stays; the job's own folder takes it along later.
        with tempfile.TemporaryDirectory(prefix=_BEGIN, dir=folder, ignore_cleanup_errors=True) as room:
            yield Path(room)
    except OSError as error:
        raise _storage_error(error, folder) from error


def sweep_forgotten(folder: Path) -> None:
    """Remove what downloads into a folder left that were killed long ago."""
    with suppress(OSError):  # whoever writes there next says what is the matter
        for room in list(folder.iterdir()):
            if is_forgotten(room):
                # What another process still reads stays on Windows; the next sweep takes it along.
                shutil.rmtree(room, ignore_errors=True)


def is_forgotten(room: Path) -> bool:
    """Whether a download was killed here long ago; a younger one may still be going on."""
    with suppress(OSError):  # somebody else swept it meanwhile
        return room.name.startswith(_BEGIN) and time.time() - room.stat().st_mtime > _FORGOTTEN_SECONDS
    return False


def is_disk_full(error: BaseException) -> bool:
    """Whether the disk, or the person's share of it, is used up."""
    return isinstance(error, OSError) and error.errno in _FULL


def _storage_error(error: OSError, folder: Path) -> InputError:
    if is_disk_full(error):
        return InputError(
            ErrorCode.DISK_FULL,
            f"The disk that holds {folder} is full.",
            "Free some space, or set FASTCLIP_HOME to a folder on another disk.",
        )
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"Nothing can be written to {folder}: {error.strerror or error}.",
        "Set FASTCLIP_HOME to a folder of yours.",
    )
