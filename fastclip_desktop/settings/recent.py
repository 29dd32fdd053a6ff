"""What was open before, the latest first, in a small file of its own.

The file is JSON. One that is missing or makes no sense is like an empty one, and an entry that makes no sense is left
out: nobody should have to mend a list of files before they can open one.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError

FILE = "recent.json"
"""Its name in the folder of settings."""

MOST_RECENT = 24
"""How many are remembered."""

_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Recent:
    """A source or a project that was open.

    Attributes:
        location: an absolute path, or a link.
        title: a human name.
        when: it was opened, in seconds since 1970.
        duration: of the source in seconds; ``None`` where unknown.
        project: it is a project rather than a source.
        picture: the address of the picture with which a site shows a link; empty where there is none.
    """

    location: str
    title: str
    when: float
    duration: Fraction | None = None
    project: bool = False
    picture: str = ""

    @property
    def path(self) -> Path | None:
        """The file; ``None`` for a link."""
        return None if "://" in self.location else Path(self.location)


def read_recent(folder: Path) -> tuple[Recent, ...]:
    """What the file in a folder of settings holds, the latest first."""
    try:
        with (folder / FILE).open("rb") as file:
            entries = json.loads(file.read(_MOST_BYTES + 1))
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(entries, list):
        return ()
    known = {each.location: each for each in map(_understood, entries) if each is not None}
    return tuple(known.values())[:MOST_RECENT]


def change_recent(folder: Path, change: Callable[[tuple[Recent, ...]], tuple[Recent, ...]]) -> tuple[Recent, ...]:
    """Change what is remembered as it stands in the file now, and give what is remembered then.

    Raises:
        InputError: ``output_not_writable``.
    """
    recent = change(read_recent(folder))[:MOST_RECENT]
    entries = [
        {
            "location": each.location,
            "title": each.title,
            "when": each.when,
            "duration": None if each.duration is None else str(each.duration),
            "project": each.project,
            "picture": each.picture,
        }
        for each in recent
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(entries, file, indent=1)
            Path(name).replace(folder / FILE)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"What was open cannot be remembered in {folder}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error
    return recent


def with_recent(known: tuple[Recent, ...], opened: Recent) -> tuple[Recent, ...]:
    """What is remembered with one more at the front; it stands there once."""
    return (opened, *(each for each in known if each.location != opened.location))


def without_recent(known: tuple[Recent, ...], location: str) -> tuple[Recent, ...]:
    """What is remembered but for one."""
    return tuple(each for each in known if each.location != location)


def _understood(entry: object) -> Recent | None:
    if not isinstance(entry, dict):
        return None
    location, title, when = entry.get("location"), entry.get("title"), entry.get("when")
    if not (isinstance(location, str) and location and isinstance(title, str) and isinstance(when, int | float)):
        return None
    duration = entry.get("duration")
    try:
        seconds = Fraction(duration) if isinstance(duration, str) else None
        picture = entry.get("picture")
        known = picture if isinstance(picture, str) and picture.startswith(("http://", "https://")) else ""
        return Recent(location, title or location, float(when), seconds, entry.get("project") is True, known)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
