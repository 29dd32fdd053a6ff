"""What is said, in as many lines as there is room for, with the words that were looked for in bold."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

Marks = Sequence[tuple[int, int]]

_AHEAD = 24
"""Characters that are left before the first marked word where the text before it has no room."""
_IN_SIGHT = 60
"""Characters; a marked word that stands no farther from the beginning is seen without leaving anything out."""
_GAP = "… "
_REST = " …"


class MarkedText(QLabel):
    """A few lines of a text; what is left out at either end is shown as dots.

    Args:
        lines: how many at most; ``fixed`` keeps their height even if the text has fewer.
    """

    def __init__(self, lines: int, *, fixed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._fixed = lines, fixed
        self._shown = ""
        self._marks: Marks = ()
        self._layout: QTextLayout | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, marks: Marks = (), *, lines: int | None = None) -> None:
        """Show a text in which some stretches of characters are marked, as first and last + 1 of each."""
        if lines is not None:
            self._lines = lines
        self._shown, self._marks = text, tuple(marks)
        self.setText(text)
        self._layout = None
        self.updateGeometry()
        self.update()

    def set_fixed(self, *, fixed: bool) -> None:
        """Keep the height of all lines even if the text has fewer, or don't."""
        if fixed != self._fixed:
            self._fixed = fixed
            self.updateGeometry()

    @property
    def marks(self) -> Marks:
        """Which characters are marked."""
        return self._marks

    @property
    def marked(self) -> list[str]:
        """The stretches in bold."""
        return [self._shown[first:last] for first, last in self._marks]

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its lines."""
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """What its lines take in a width."""
        spacing = QFontMetricsF(self.font()).lineSpacing()
        lines = self._lines if self._fixed else self._laid_out(max(1, width))[0].lineCount()
        return ceil(spacing * lines)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Part the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._layout = None
            if not self._fixed:
                self.updateGeometry()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the lines."""
        if self._layout is None:
            self._layout = self._laid_out(self.width())[0]
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            self._layout.draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The lines of as much of the text as fits, and how many of its characters these are."""
        start = self._first_character()
        whole = self._lines_of(start, len(self._shown), width)
        if whole.lineCount() <= self._lines:
            return whole, len(self._shown)
        # The longest part that leaves room for the dots.
        fits, too_long = (
            start,
            start + whole.lineAt(self._lines - 1).textStart() + whole.lineAt(self._lines - 1).textLength(),
        )
        too_long = min(len(self._shown), too_long)
        while fits + 1 < too_long:
            middle = (fits + too_long) // 2
            if self._lines_of(start, middle, width).lineCount() <= self._lines:
                fits = middle
            else:
                too_long = middle
        return self._lines_of(start, self._word_end(start, fits), width), fits

    def _word_end(self, start: int, end: int) -> int:
        """The end of the last whole word, where the text has spaces."""
        space = self._shown.rfind(" ", start, end + 1)
        return space if space > start and end - space < _AHEAD else end

    def _first_character(self) -> int:
        if not self._marks or self._marks[0][0] <= _IN_SIGHT or self._lines > 3:
            return 0
        wanted = self._marks[0][0] - _AHEAD
        space = self._shown.find(" ", wanted, self._marks[0][0])
        return space + 1 if space >= 0 else wanted

    def _lines_of(self, start: int, end: int, width: int) -> QTextLayout:
        before = _GAP if start else ""
        after = _REST if end < len(self._shown) else ""
        layout = QTextLayout(before + self._shown[start:end] + after, self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.setFormats(
            [_bold(len(before) + first - start, last - first) for first, last in self._marks if last <= end]
        )
        layout.setCacheEnabled(True)
        layout.beginLayout()
        top, spacing = 0.0, QFontMetricsF(self.font()).lineSpacing()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += spacing
            if layout.lineCount() > self._lines:
                break
        layout.endLayout()
        return layout


def _bold(start: int, length: int) -> QTextLayout.FormatRange:
    stretch = QTextLayout.FormatRange()
    stretch.start, stretch.length = max(0, start), length
    form = QTextCharFormat()
    form.setFontWeight(QFont.Weight.Bold)
    stretch.format = form
    return stretch
