"""The look that a person saved as their own: the preset ``customised``, in the window, for scripts and commands.

The file is JSON that may be edited by hand. One that makes no sense is said to make none; the first preset stands in.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from fastclip_desktop.domain.caption_limits import mistake_in
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.short_look import ShortLook
from fastclip_desktop.domain.short_presets import CUSTOMISED
from fastclip_desktop.settings.readable import NonsenseError, from_json, to_json
from fastclip_desktop.settings.whole_file import replace_file

FILE = "my-style.json"
"""Its name in the folder of settings."""

_MOST_BYTES = 256 * 1024


def read_own_look(folder: Path) -> tuple[ShortLook | None, str]:
    """The look that is kept in a folder of settings, and a sentence where it makes no sense; ``None`` without any."""
    path = folder / FILE
    try:
        with path.open("rb") as file:
            look = from_json(ShortLook, json.loads(file.read(_MOST_BYTES + 1)[:_MOST_BYTES]))
        _check(look)
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"Your style in {path} cannot be read: {error.strerror or error}. The preset default stands in."
    except (NonsenseError, ValueError, RecursionError) as error:
        return None, f"Your style in {path} makes no sense: {error}. The preset default stands in."
    return replace(look, preset=CUSTOMISED, holds=()), ""


def _check(look: ShortLook) -> None:
    """Say where a style cannot be painted as it is written.

    Raises:
        NonsenseError: the first mistake.
    """
    for where, style in (("captions", look.captions), ("hook", look.hook), ("call_to_action", look.call_to_action)):
        if style is not None and (mistake := mistake_in(style)):
            raise NonsenseError(f"{where}.{mistake}")


def write_own_look(folder: Path, look: ShortLook) -> None:
    """Keep a look as the person's own, but for where the frame was put.

    Raises:
        InputError: ``output_not_writable``.
    """
    path = folder / FILE
    kept = replace(look, preset=CUSTOMISED, holds=())
    try:
        replace_file(path, (json.dumps(to_json(kept), indent=1) + "\n").encode())
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Your style cannot be kept in {path}: {error.strerror or error}.",
            "Make the folder writable.",
        ) from error
