"""What a person asked of their shorts last, in a small file of their own.

One that is missing or makes no sense is like what the program comes with: nobody's shorts wait for what was typed last
week.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.short_look import ShortsWish
from fastclip_desktop.settings.readable import NonsenseError, from_json, to_json
from fastclip_desktop.settings.whole_file import replace_file

FILE = "shorts.json"
"""Its name in the folder of settings."""

_MOST_BYTES = 256 * 1024


def read_shorts_wish(folder: Path) -> ShortsWish | None:
    """What was asked for last; ``None`` where nobody asked yet."""
    try:
        with (folder / FILE).open("rb") as file:
            return from_json(ShortsWish, json.loads(file.read(_MOST_BYTES + 1)[:_MOST_BYTES]))
    except (OSError, NonsenseError, ValueError, RecursionError):
        return None


def write_shorts_wish(folder: Path, wish: ShortsWish) -> None:
    """Keep what is asked for, but for what holds for one source alone: where the frame is, and what is written.

    Raises:
        InputError: ``output_not_writable``.
    """
    general = replace(wish, hook="", call_to_action="", about="", look=replace(wish.look, holds=()))
    try:
        replace_file(folder / FILE, (json.dumps(to_json(general), indent=1) + "\n").encode())
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"What shorts are to be cannot be kept in {folder}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error
