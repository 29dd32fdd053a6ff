"""What holds the words while they are still being typed: a few places, none of which is a cut yet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.finding.marked_text import MarkedText
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import LIGHT, Palette

_SHOWN = 3


class QuickHit(QFrame):
    """One place.

    Signals:
        opened: it is to be seen.
        kept: it is to become a cut.
    """

    opened = Signal()
    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "hit")
        self.hit: MarkedMoment | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.time = of_kind(QLabel(), "caption")
        self.words = MarkedText(1, fixed=True)
        self.keep = QToolButton()
        self.keep.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.keep.clicked.connect(self.kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.SMALL, 0, tokens.TIGHT, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.time)
        row.addWidget(self.words, 1)
        row.addWidget(self.keep)

    def show_hit(self, hit: MarkedMoment) -> None:
        """Show another place."""
        self.hit = hit
        time = format_timecode(hit.moment.span.start).partition(".")[0]
        self.time.setText(time)
        self.words.show_text(hit.moment.excerpt, hit.marks)
        self.setAccessibleName(self.tr("Go to {0}: {1}").format(time, hit.moment.excerpt))
        self.setToolTip(self.tr("Go there (Enter)"))
        self.keep.setAccessibleName(self.tr("Make a clip of {0}").format(time))
        self.keep.setToolTip(self.tr("Make a clip of it"))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Be seen."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Be seen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class QuickHits(QWidget):
    """The likeliest of them, best first.

    Signals:
        opened: the ``Moment`` that is to be seen.
        kept: the ``MarkedMoment`` that is to become a cut.
    """

    opened = Signal(object)
    kept = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self.setVisible(False)
        self.sum = of_kind(QLabel(), "caption")
        self.rows = [QuickHit() for _ in range(_SHOWN)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.sum)
        for row in self.rows:
            row.hide()
            row.opened.connect(lambda row=row: self.opened.emit(row.hit.moment if row.hit else None))
            row.kept.connect(lambda row=row: self.kept.emit(row.hit))
            column.addWidget(row)

    def show_hits(self, hits: tuple[MarkedMoment, ...]) -> None:
        """Show what holds the words."""
        self.sum.setText(self.tr("%n places hold these words. Enter looks deeper.", "", len(hits)))
        for row, hit in zip(self.rows, hits, strict=False):
            row.show_hit(hit)
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(hits))

    def wear(self, palette: Palette) -> None:
        """Paint the icons in a palette's colour."""
        for row in self.rows:
            row.keep.setIcon(icon("add", palette.muted, 16))
