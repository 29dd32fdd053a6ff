"""Characters that no font of this machine has, found before anything is painted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QTextLayout

from fastclip_desktop.domain.caption_limits import sensible
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.typography.fonts import emoji_in, font_of, make_ready
from fastclip_desktop.typography.layout import is_coloured, is_missing, set_text

_EMOJI = "emoji"
_PROBE = 32
"""Pixels of letters that are only looked for."""

_NAMES = {
    "CJK": "Noto Sans CJK",
    "HIRAGANA": "Noto Sans CJK",
    "KATAKANA": "Noto Sans CJK",
    "HANGUL": "Noto Sans CJK",
    "BOPOMOFO": "Noto Sans CJK",
    "LATIN": "Noto Sans",
    "GREEK": "Noto Sans",
    "CYRILLIC": "Noto Sans",
    "TIBETAN": "Noto Serif Tibetan",
    _EMOJI: "Noto Color Emoji",
}
"""Fonts by the first word of a character's name in Unicode, where it is not "Noto Sans" and that word."""

_SCRIPTS = frozenset(
    {
        "ARABIC",
        "ARMENIAN",
        "BENGALI",
        "CHEROKEE",
        "DEVANAGARI",
        "ETHIOPIC",
        "GEORGIAN",
        "GUJARATI",
        "GURMUKHI",
        "HEBREW",
        "JAVANESE",
        "KANNADA",
        "KHMER",
        "LAO",
        "MALAYALAM",
        "MONGOLIAN",
        "MYANMAR",
        "ORIYA",
        "SINHALA",
        "SUNDANESE",
        "TAMIL",
        "TELUGU",
        "THAANA",
        "THAI",
        "TIFINAGH",
    }
)

_SHOWN = 12
"""Characters that are named in a note, at most."""


@dataclass(frozen=True, slots=True)
class MissingGlyphs:
    """What cannot be painted.

    Attributes:
        characters: each once, in order of appearance.
        fonts: that would have them, where they are known by name.
    """

    characters: tuple[str, ...]
    fonts: tuple[str, ...]

    @property
    def note(self) -> str:
        """The same as a sentence for a person."""
        shown = " ".join(self.characters[:_SHOWN])
        more = f" and {len(self.characters) - _SHOWN} more" if len(self.characters) > _SHOWN else ""
        way_out = f"Install {_listed(self.fonts)} and make the clip again." if self.fonts else "Install one that does."
        return f"No font on this machine has these characters of the captions: {shown}{more}. {way_out}"


def missing_glyphs(texts: Iterable[str], style: CaptionStyle, language: str = "") -> MissingGlyphs | None:
    """What of some texts no font of this machine has; ``None`` where all can be painted.

    Args:
        texts: what is to be painted.
        style: whose fonts are asked first.
        language: a BCP 47 tag of the texts; empty for not known.
    """
    make_ready()
    font = font_of(sensible(style), _PROBE, language)
    missing: dict[str, None] = {}
    seen: set[str] = set()
    for text in texts:
        for piece in _pieces(text):
            if piece in seen:
                continue
            seen.add(piece)
            if _is_missing(set_text(piece, font, rtl=False)):
                missing[piece] = None
    if not missing:
        return None
    fonts = dict.fromkeys(name for piece in missing for name in _fonts_for(piece))
    return MissingGlyphs(tuple(missing), tuple(fonts))


def _pieces(text: str) -> Iterable[str]:
    """Emoji whole, all else character by character: each is drawn by one font."""
    position = 0
    for start, end in [*emoji_in(text), (len(text), len(text))]:
        yield from (char for char in text[position:start] if unicodedata.category(char)[0] in "LNPSM")
        if end > start:
            yield text[start:end]
        position = end


def _is_missing(layout: QTextLayout) -> bool:
    for run in layout.glyphRuns():
        font = run.rawFont()
        if is_missing(font, run.glyphIndexes()):
            return True
        if is_coloured(font):
            # Some fonts have pictures in a form that Qt does not draw.
            image = QImage(_PROBE * 8, _PROBE * 2, QImage.Format.Format_Alpha8)
            image.fill(0)
            painter = QPainter(image)
            painter.setPen(QColor("black"))
            painter.drawGlyphRun(QPointF(4, 4), run)
            painter.end()
            if not any(bytes(image.constBits())):
                return True
    return False


def _fonts_for(piece: str) -> Iterable[str]:
    if emoji_in(piece):
        return (_NAMES[_EMOJI],)
    words = unicodedata.name(piece[0], "").split()
    script = words[0] if words else ""
    if script in _NAMES:
        return (_NAMES[script],)
    return (f"Noto Sans {script.capitalize()}",) if script in _SCRIPTS else ()


def _listed(fonts: Sequence[str]) -> str:
    quoted = [f"“{font}”" for font in fonts]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
