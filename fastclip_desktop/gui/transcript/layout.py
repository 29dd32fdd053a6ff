"""Where the paragraphs of a script lie below each other, for as many as there are.

A paragraph is laid out when it is looked at; until then its height is guessed by its letters. The others are measured
bit by bit when there is time, so that the scroll bar soon tells the truth. Whoever scrolls holds on to a paragraph and
not to a number of pixels: nothing jumps when a guess was wrong.
"""

from __future__ import annotations

import time
import unicodedata
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.transcript.script import Script

_KEPT = 80
"""Paragraphs whose lines stay ready to be painted."""

_LETTER = 0.52
"""Width of a letter as a share of the line height, on average over scripts; for the guess."""


class ScriptLayout:
    """The lines of a script at a width."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._script = Script(())
        self._width = 1.0
        self._heights: list[float] = []
        self._tops: list[float] | None = None
        self._unmeasured = 0
        self._measured: list[bool] = []
        self._ready: OrderedDict[int, QTextLayout] = OrderedDict()
        self._set_metrics()

    def set_font(self, font: QFont) -> None:
        """Write in another font."""
        self._font = font
        self._set_metrics()
        self.refresh()

    def set_script(self, script: Script) -> None:
        """Lay out other words."""
        self._script = script
        self.refresh()

    def set_width(self, width: float) -> None:
        """Lay out in another width, in pixels."""
        if width != self._width:
            self._width = max(1.0, width)
            self.refresh()

    def refresh(self, first: int = 0, last: int | None = None) -> None:
        """Look again at the paragraphs of which something changed, the last one included; ``None`` for all from one."""
        count = len(self._script)
        if last is None or count != len(self._heights):
            last = count - 1
        del self._heights[count:], self._measured[count:]
        for number in range(first, last + 1):
            guess = self._guess(number)
            if number < len(self._heights):
                self._heights[number], self._measured[number] = guess, False
            else:
                self._heights.append(guess)
                self._measured.append(False)
        for number in [number for number in self._ready if first <= number <= last or number >= count]:
            del self._ready[number]
        self._tops = None
        self._unmeasured = min(self._unmeasured, first)

    @property
    def header(self) -> float:
        """Height of the line with the time above each paragraph."""
        return self._header

    @property
    def ready_count(self) -> int:
        """How many paragraphs are laid out just now."""
        return len(self._ready)

    @property
    def height(self) -> float:
        """Of all paragraphs, as far as it is known."""
        return self._all_tops[-1]

    def top(self, number: int) -> float:
        """Where a paragraph begins."""
        return self._all_tops[number]

    def paragraph_at(self, y: float) -> int:
        """The paragraph at a height; the nearest one outside."""
        return max(0, min(bisect_right(self._all_tops, y) - 1, len(self._heights) - 1))

    def lines(self, number: int) -> QTextLayout:
        """A paragraph's lines, ready to be painted; its height is known then."""
        ready = self._ready.get(number)
        if ready is None:
            ready = self._ready[number] = self._lay_out(number)
            while len(self._ready) > _KEPT:
                self._ready.popitem(last=False)
            self._learn(number, ready)
        self._ready.move_to_end(number)
        return ready

    def measure(self, seconds: float) -> bool:
        """Measure for so long, and give whether there is more to measure."""
        until = time.perf_counter() + seconds
        while self._unmeasured < len(self._measured):
            number = self._unmeasured
            self._unmeasured += 1
            if not self._measured[number]:
                self._learn(number, self._lay_out(number))
                if time.perf_counter() >= until:
                    break
        return self._unmeasured < len(self._measured)

    def boxes(self, number: int, start: int, end: int) -> list[QRectF]:
        """Where some characters of a paragraph stand, one box a line, from the paragraph's own top left corner."""
        lines = self.lines(number)
        boxes = []
        for index in range(lines.lineCount()):
            line = lines.lineAt(index)
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                here, there = _x_of(line, first), _x_of(line, last)
                left, right = min(here, there), max(here, there)
                boxes.append(QRectF(left, self._header + line.y(), right - left, line.height()))
        return boxes

    def is_right_to_left(self, number: int) -> bool:
        """Whether a paragraph is read from right to left."""
        return self.lines(number).textOption().textDirection() is Qt.LayoutDirection.RightToLeft

    def character_at(self, number: int, x: float, y: float) -> int:
        """The character of a paragraph at a place, from its own top left corner."""
        lines = self.lines(number)
        if not lines.lineCount():
            return 0
        places = [self._header + lines.lineAt(index).y() for index in range(lines.lineCount())]
        line = lines.lineAt(max(0, bisect_right(places, y) - 1))
        return int(line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter))

    @property
    def _all_tops(self) -> list[float]:
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=float(tokens.SMALL)))
        return self._tops

    def _set_metrics(self) -> None:
        small = QFont(self._font)
        small.setPixelSize(tokens.CAPTION_TYPE)
        self._header = QFontMetricsF(small).height() + 2
        self._line = QFontMetricsF(self._font).lineSpacing() + 2

    def _guess(self, number: int) -> float:
        lines = 1 + int(self._script.letters(number) * self._line * _LETTER / self._width)
        return self._header + lines * self._line + tokens.MEDIUM

    def _learn(self, number: int, lines: QTextLayout) -> None:
        height = self._header + lines.boundingRect().height() + tokens.MEDIUM
        self._measured[number] = True
        if height != self._heights[number]:
            self._heights[number] = height
            self._tops = None

    def _lay_out(self, number: int) -> QTextLayout:
        layout = QTextLayout(self._script.text(number), self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        right_to_left = _is_right_to_left(layout.text())
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, y))
            y += self._line
        layout.endLayout()
        return layout


def _is_right_to_left(text: str) -> bool:
    """By the first letter that says so, as Unicode has it."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"


def _x_of(line: QTextLine, character: int) -> float:
    x: float | tuple[float, int] = line.cursorToX(character)  # type: ignore[assignment] # Qt's two answers in one
    return x[0] if isinstance(x, tuple) else x
