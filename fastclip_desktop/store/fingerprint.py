"""Tells whether a file is the one that was looked at before, wherever it lies now.

Size and time of last change alone would do for one path, as they do for ``make`` and git. A cache that forgets the
path needs more: files of one recording in pieces often have the same size and come from an archive with the same time.
Their first and last 64 KiB differ, since a container keeps its index, its times and its title there. The whole file is
not read: an hour of video would take longer to read than to show. So a change in the middle that keeps size, time and
both ends goes unseen; it takes a tool made for that.
"""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

_END = 64 * 1024
"""Bytes at either end that count."""


def fingerprint(path: Path) -> str | None:
    """A text that is the same for the same content, size and time of last change.

    ``None`` where the file cannot be read or is none; why not is for whoever opens it next to say.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None  # opening a pipe would wait for somebody to write into it
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            head = file.read(_END)
            file.seek(max(0, status.st_size - _END))
            tail = file.read(_END)
    except (OSError, ValueError):  # ValueError: a zero byte in the name
        return None
    facts = f"{status.st_size} {status.st_mtime_ns} ".encode()
    return hashlib.blake2b(facts + head + tail, digest_size=16).hexdigest()
