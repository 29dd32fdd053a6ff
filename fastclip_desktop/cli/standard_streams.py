"""The three streams that every program has, also where whoever started this one closed some of them.

Python has none then (``sys.stderr`` is ``None``), and ``print`` takes standard output instead. Worse, the first file
that is opened gets the number of the stream that is missing: what a native library complains of would be written into
it, be it the database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

_MODES = {"stdin": "r", "stdout": "w", "stderr": "w"}
"""By the number of the descriptor."""


def fill_standard_streams() -> None:
    """Put one that says nothing and keeps nothing in the place of each that is closed; before any file is opened."""
    for number in range(len(_MODES)):  # all of them, before a file below takes the place of one
        _fill(number)
    for name, mode in _MODES.items():
        if getattr(sys, name) is None:
            setattr(sys, name, _nothing(mode))


def _fill(descriptor: int) -> None:
    try:
        os.fstat(descriptor)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened == descriptor:
            os.set_inheritable(opened, True)  # noqa: FBT003 - as standard streams are
        else:
            os.dup2(opened, descriptor)
            os.close(opened)


def _nothing(mode: str) -> IO[str]:
    # One of its own: by now a file that matters may have the stream's number.
    return Path(os.devnull).open(mode, encoding="utf-8", errors="backslashreplace")
