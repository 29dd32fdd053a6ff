"""Titles as file names that every system takes, and clips' names by a person's template.

A title comes from a web page or a stranger's file: it may try to climb out of its folder, to hide its real extension
behind a right-to-left mark, or be a name that Windows keeps for a device.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pathvalidate import sanitize_filename

from fastclip_desktop.domain.job import DEFAULT_NAME_TEMPLATE
from fastclip_desktop.domain.name_template import check_name_template

MAX_NAME_BYTES = 200
"""Bytes of UTF-8 of a clip's whole name: file systems stop at 255, and whoever sends a clip on adds to its name."""

_LEAST_OF_A_TITLE = 12

MAX_BYTES = 180
"""Bytes of UTF-8 of a title alone; times, a number and an extension still have to fit behind it."""

_NAMELESS = "clip"
_READABLE = str.maketrans({"?": None, "*": None, "<": None, ">": None, '"': "'"})
_STUCK_TO_THE_LAST = ("\u200d", "\u200c", "\ufe0e", "\ufe0f")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """How clips are called: text with ``{title}``, ``{start}`` and ``{end}`` in it.

    Times have hyphens of their own, so that ``{start}_{end}`` reads better than ``{start}-{end}``.

    Raises:
        UsageError: ``bad_usage`` for another field, a lone brace, or a template without any field.
    """

    text: str = DEFAULT_NAME_TEMPLATE

    def __post_init__(self) -> None:
        """Refuse what can't be filled in, and what would reach into Python's own objects."""
        check_name_template(self.text)

    def fill(self, title: str, start: str, end: str, extension: str, number: int = 1) -> str:
        """A clip's name with its extension, at most :data:`MAX_NAME_BYTES` bytes and as safe as a title's.

        Args:
            title: the source's, as it is.
            start: a time fit for a file name.
            end: likewise.
            extension: without a dot.
            number: from 2 on it is put behind, for clips that would be called alike.
        """
        tail = (f" ({number})" if number > 1 else "") + f".{extension}"
        room = MAX_NAME_BYTES - len(tail.encode())
        around = len(self.text.format(title="", start=start, end=end).encode())
        short = safe_file_name(title, max(_LEAST_OF_A_TITLE, min(MAX_BYTES, room - around)))
        return safe_file_name(self.text.format(title=short, start=start, end=end), room) + tail


def safe_file_name(title: str, most: int = MAX_BYTES) -> str:
    """Make a title into a file name, without an extension, that is safe on Windows, macOS and Linux.

    The answer is never empty, at most ``most`` bytes of UTF-8 and ends between two characters as a reader sees them.
    It names no folder and no device, is not hidden, cannot be taken for an option of a command, and has neither
    control characters nor marks that turn the direction of writing.
    """
    visible = "".join(_visible(character) for character in title)
    readable = " ".join(visible.split()).replace(": ", " - ").translate(_READABLE)
    # Last, as what was taken out may have stood between two spaces, or between a letter and its accent.
    tight = unicodedata.normalize("NFC", " ".join(readable.split()))
    name = sanitize_filename(tight, replacement_text="-", platform="universal", max_len=None)
    name = _spare_devices(name.lstrip(" .-~$").rstrip(" ."))
    return _cut(name, most).rstrip(" .") or _NAMELESS


def _spare_devices(name: str) -> str:
    # Windows looks only at what comes before the first dot, and takes spaces before that dot for nothing.
    head, dot, tail = name.partition(".")
    spared = sanitize_filename(
        head.rstrip(), platform="universal", max_len=None, additional_reserved_names=["CONIN$", "CONOUT$"]
    )
    return name if spared == head.rstrip() else f"{spared}{dot}{tail}"


def _visible(character: str) -> str:
    if character in _STUCK_TO_THE_LAST:
        # Joiners are letters' and emoji's own: families and Persian words need them.
        return character
    if unicodedata.category(character) in _INVISIBLE:
        return " " if character.isspace() or unicodedata.category(character) == "Cc" else ""
    return character


def _cut(name: str, most: int) -> str:
    kept = name.encode()[:most].decode(errors="ignore")
    if len(kept) == len(name):
        return name
    # The first character that was left off may belong to the last one that was kept: an accent, half of a family.
    while kept and (_belongs_to_the_one_before(name[len(kept)]) or kept[-1] == "\u200d"):
        kept = kept[:-1]
    return kept


def _belongs_to_the_one_before(character: str) -> bool:
    return (
        character in _STUCK_TO_THE_LAST
        or unicodedata.category(character).startswith("M")
        or _SKIN_TONES[0] <= character <= _SKIN_TONES[1]
    )
