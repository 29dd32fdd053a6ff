"""Text set into lines: where each word's letters stand, in the order of its script.

A line is laid out as one text, so that letters join, stack and turn round as they do in running text; only then are the
glyphs of each word taken apart, so that one word can have another colour without changing its neighbours.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QGlyphRun,
    QPainterPath,
    QRawFont,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from fastclip_desktop.typography.fonts import OWN_FAMILY, emoji_font, emoji_in

_LEADING = 1.16
"""Distance of two baselines, in sizes of the letters, where the script needs no more."""

_ASCENT, _DESCENT = 0.78, 0.24
"""What a line takes above and below its baseline at least, in sizes; so boxes of all lines are equally high."""

_of_thread = threading.local()
"""Keeps fonts that were asked for letters; one must not be used on another thread than its own."""

_COLOURED = ("CBDT", "COLR", "sbix", "SVG ")
"""Tables of fonts whose glyphs are pictures."""


@dataclass(frozen=True, slots=True)
class LaidWord:
    """The letters of a word, in pixels from the top left corner of the text.

    Attributes:
        letters: their shapes.
        pictures: glyphs that are pictures, such as emoji.
        shift: where those are drawn.
        box: what the word takes.
    """

    letters: QPainterPath
    pictures: tuple[QGlyphRun, ...]
    shift: QPointF
    box: QRectF


@dataclass(frozen=True)
class LaidText:
    """Lines of words, centred over one another.

    Attributes:
        size: pixels of the letters.
        lines: the words of each, in the order of speaking.
        boxes: what each line takes.
    """

    size: float
    lines: tuple[tuple[LaidWord, ...], ...]
    boxes: tuple[QRectF, ...]

    @cached_property
    def words(self) -> tuple[LaidWord, ...]:
        """All words, in the order of speaking."""
        return tuple(word for line in self.lines for word in line)

    @cached_property
    def letters(self) -> QPainterPath:
        """The shapes of all letters."""
        whole = _path()
        for word in self.words:
            whole.addPath(word.letters)
        return whole

    @cached_property
    def box(self) -> QRectF:
        """What all lines take."""
        return united(self.boxes)


@dataclass(slots=True)
class _Line:
    """A line of running text before it is taken apart."""

    text: str
    words: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, words: Sequence[str], between: str) -> _Line:
        line = cls("")
        for number, word in enumerate(words):
            line.text += between if number else ""
            line.words.append((len(line.text), len(line.text) + len(word)))
            line.text += word
        return line


def lay(lines: Sequence[Sequence[str]], between: str, font: QFont) -> LaidText:
    """Set words into lines as they are given.

    Args:
        lines: the words of each.
        between: what stands between two words.
        font: of all of it; what it lacks comes from others of this machine.
    """
    size = float(font.pixelSize())
    rtl = reads_from_right("".join(word for line in lines for word in line))
    laid: list[tuple[LaidWord, ...]] = []
    boxes: list[QRectF] = []
    baseline = 0.0
    for number, words in enumerate(lines):
        line = _Line.of(words, between)
        layout = set_text(line.text, font, rtl=rtl)
        text_line = layout.lineAt(0)
        ascent = max(_ASCENT * size, text_line.ascent() if _is_tall(line.text) else 0.0)
        if number:
            baseline += max(_LEADING * size, ascent + _DESCENT * size, text_line.height() if _is_tall(line.text) else 0)
        shift = QPointF(-text_line.naturalTextWidth() / 2, baseline - text_line.ascent())
        laid.append(tuple(_word(layout, line.text, span, shift) for span in line.words))
        ink = united([word.box for word in laid[-1]])
        height = QRectF(ink.left(), baseline - _ASCENT * size, max(ink.width(), 1), (_ASCENT + _DESCENT) * size)
        boxes.append(height.united(ink) if not ink.isEmpty() else height)
    return _at_origin(LaidText(size, tuple(laid), tuple(boxes)))


def set_text(text: str, font: QFont, *, rtl: bool, width: float | None = None) -> QTextLayout:
    """Running text in one line, or in as many as a width asks for.

    Args:
        text: one paragraph.
        font: of all but the emoji in it.
        rtl: whether it reads from the right.
        width: pixels of a line; ``None`` for one line as long as it takes.
    """
    layout = QTextLayout(text, font)
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    wrap = QTextOption.WrapMode.NoWrap if width is None else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
    option.setWrapMode(wrap)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    emoji = [_format(text, run, emoji_font(font)) for run in emoji_in(text)]
    layout.setFormats([*_of_one_piece(text, font), *emoji])
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        _set_line(line, width)
        line = layout.createLine()
    layout.endLayout()
    return layout


def units(text: str) -> int:
    """How many of Qt's characters a text has: those of UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)


def reads_from_right(text: str) -> bool:
    """Whether the first letter with a direction has that of Arabic or Hebrew."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((direction in ("R", "AL") for direction in directions if direction in ("L", "R", "AL")), False)


def united(boxes: Sequence[QRectF]) -> QRectF:
    """The smallest rectangle around all."""
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    return whole


def is_missing(font: QRawFont, glyphs: Sequence[int]) -> bool:
    """Whether glyphs of a run stand for characters that no font has.

    A run in no font at all is one in a nameless font that has a box for everything; asking it for its name or its
    tables ends the process, but its size is none.
    """
    return font.pixelSize() <= 0 or 0 in glyphs


def is_coloured(font: QRawFont) -> bool:
    """Whether the glyphs of a font are pictures."""
    return font.pixelSize() > 0 and any(font.fontTable(table).size() for table in _COLOURED)


def _set_line(line: QTextLine, width: float | None) -> None:
    line.setLineWidth(width if width is not None else 1e7)


def _of_one_piece(text: str, font: QFont) -> list[QTextLayout.FormatRange]:
    """Formats for words that the first font does not have all letters of: another one is to have the whole word.

    Many fonts have the Greek letters of mathematics; a Greek word would be patched together from two of them. And where
    Qt once looked for letters behind a font, it goes on to look in the same order, whatever is asked for later; it
    looks anew behind another font.
    """
    families = font.families()
    formats = []
    for start, end in _words_in(text):
        letters = frozenset(text[start:end])
        if _has(families[0], font, letters):
            continue
        better = next((family for family in families[1:] if _has(family, font, letters)), None)
        if better is not None:
            formats.append(_format(text, (start, end), _with_families(font, [better, *families])))
        elif any(_has(families[0], font, frozenset(letter)) for letter in letters):
            rest = [family for family in families[1:] if family != OWN_FAMILY]
            if rest:
                formats.append(_format(text, (start, end), _with_families(font, rest)))
    return formats


def _words_in(text: str) -> list[tuple[int, int]]:
    """Where letters stand side by side, with their marks and with the punctuation of Chinese and Japanese."""
    words: list[tuple[int, int]] = []
    for place, char in enumerate(text):
        if unicodedata.category(char)[0] not in "LM" and not (
            "\u3001" <= char <= "\u303f" or "\uff01" <= char <= "\uff65"
        ):
            continue
        if words and words[-1][1] == place:
            words[-1] = (words[-1][0], place + 1)
        else:
            words.append((place, place + 1))
    return words


def _with_families(font: QFont, families: list[str]) -> QFont:
    other = QFont(font)
    other.setFamilies(families)
    return other


def _has(family: str, font: QFont, letters: frozenset[str]) -> bool:
    """Whether a font of this machine has letters."""
    known: dict[tuple[str, int, bool], QRawFont | None] | None = getattr(_of_thread, "known", None)
    if known is None:
        known = _of_thread.known = {}
    key = (family, font.weight(), font.italic())
    if key not in known:
        raw = QRawFont.fromFont(_with_families(font, [family]))
        known[key] = raw if raw.pixelSize() > 0 and raw.familyName().casefold() == family.casefold() else None
    found = known[key]
    return found is not None and all(found.supportsCharacter(ord(letter)) for letter in letters)


def _format(text: str, run: tuple[int, int], font: QFont) -> QTextLayout.FormatRange:
    written = QTextLayout.FormatRange()
    written.start, written.length = units(text[: run[0]]), units(text[run[0] : run[1]])
    look = QTextCharFormat()
    look.setFont(font)
    written.format = look
    return written


def _word(layout: QTextLayout, text: str, span: tuple[int, int], shift: QPointF) -> LaidWord:
    letters = _path()
    pictures: list[QGlyphRun] = []
    box = QRectF()
    for run in layout.glyphRuns(units(text[: span[0]]), units(text[span[0] : span[1]])):
        font = run.rawFont()
        if is_coloured(font):
            pictures.append(run)
            box = box.united(run.boundingRect().translated(shift))
            continue
        for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
            letters.addPath(font.pathForGlyph(glyph).translated(place + shift))
    return LaidWord(letters, tuple(pictures), shift, box.united(letters.boundingRect()))


def _at_origin(text: LaidText) -> LaidText:
    """The same with its top left corner at 0, 0."""
    corner = -text.box.topLeft()
    lines = tuple(
        tuple(
            LaidWord(word.letters.translated(corner), word.pictures, word.shift + corner, word.box.translated(corner))
            for word in line
        )
        for line in text.lines
    )
    return LaidText(text.size, lines, tuple(box.translated(corner) for box in text.boxes))


def _is_tall(text: str) -> bool:
    """Whether letters of the text stand higher or lower than Latin ones do: those of South and Southeast Asia."""
    return any("\u0900" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" for char in text)


def _path() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)  # letters that join lie over one another
    return path
