"""A folder that takes every half-written part of a download with it, whatever happens."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def download_room(folder: Path) -> Iterator[Path]:
    """A fresh folder inside ``folder``; what is worth keeping is moved out of it before it ends.

    Raises:
        InputError: ``disk_full`` or ``output_not_writable``.
    """
    try:
        # On Windows a file that is still open stays; the job's own folder takes it along later.
        with tempfile.TemporaryDirectory(prefix="download-", dir=folder, ignore_cleanup_errors=True) as room:
            yield Path(room)
    except OSError as error:
        raise _storage_error(error, folder) from error


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
