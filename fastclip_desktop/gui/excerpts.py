"""What is said, as much of it as a card has room for."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QLocale

from fastclip_desktop.gui.translation import LANGUAGES

_MOST = 150
"""Letters."""


def quoted(excerpt: str) -> str:
    """The beginning of an excerpt between quotation marks, cut at a word where it has any."""
    words = " ".join(excerpt.split())
    if len(words) > _MOST:
        beginning = words[:_MOST]
        whole, _, part = beginning.rpartition(" ")
        # Languages that are written without spaces have no better place.
        words = (whole if whole and len(part) < _MOST // 4 else beginning) + " …"
    return in_quotes(words)


def in_quotes(words: str) -> str:
    """Words between the quotation marks of the window's language, whatever theirs is."""
    local = QLocale()
    return (local if local.name().partition("_")[0] in LANGUAGES else QLocale("en")).quoteString(words)


def as_tip(*lines: str) -> str:
    """A tool tip of plain lines: Qt guesses whether it is markup, and a stranger's words must stay text."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)
