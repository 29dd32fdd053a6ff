"""Files that are there whole or not at all, whenever the machine stops."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in the place of an older one: written beside it, on the disk, then renamed.

    The folder is made where it is missing. A link is followed, so that the file it leads to is replaced and not the
    link; what others may read stays as it was.

    Raises:
        OSError: nothing was replaced.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _allow_as(path, Path(name))
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    _settle(path.parent)


def with_ending(path: Path, ending: str) -> Path:
    """A file that a person named, with its ending if they left that out.

    They were asked about the file that they typed the name of; so where the ending leads to another, that one stays.

    Args:
        path: as it was typed.
        ending: with its full stop, such as ``.srt``.
    """
    if path.suffix.lower() == ending:
        return path
    whole = path.with_name(path.name + ending)
    number = 2
    while whole.exists():
        whole = path.with_name(f"{path.name} ({number}){ending}")
        number += 1
    return whole


def _allow_as(older: Path, newer: Path) -> None:
    try:
        mode = older.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    newer.chmod(mode)


def _settle(folder: Path) -> None:
    """Have the new name itself on the disk, where the system has a way to ask for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
