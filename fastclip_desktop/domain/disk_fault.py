"""What the system says when a file cannot be written, for a person."""

from __future__ import annotations

import errno
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def explain_disk_fault(error: OSError, folder: Path) -> InputError:
    """The fault of a disk that is full or does not let us write."""
    if error.errno in _FULL:
        return InputError(ErrorCode.DISK_FULL, f"There is no room left in {folder}.", "Remove models or other files.")
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"Models cannot be kept in {folder}: {error.strerror or error}.",
        "Make the folder writable.",
    )
