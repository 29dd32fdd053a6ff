"""Where in all that was ever said the words are that somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from fastclip_desktop.domain.spoken import FoundPassage, FoundSource
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.finding.marked_text import MarkedText
from fastclip_desktop.gui.style import of_kind

WIDTH = 300
"""Pixels."""

_LINES = 3


class PassageRow(QFrame):
    """One place.

    Signals:
        opened: it is to be seen.
    """

    opened = Signal()

    def __init__(self, title: str, passage: FoundPassage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "hit")
        self.passage = passage
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        time = format_timecode(passage.span.start).partition(".")[0]
        self.time = of_kind(
            QLabel(self.tr("{0} · same meaning").format(time) if passage.by_meaning else time), "caption"
        )
        self.words = MarkedText(_LINES, fixed=False)
        self.words.show_text(passage.excerpt, passage.marks)
        self.setAccessibleName(self.tr("Open {0} at {1}: {2}").format(title, time, passage.excerpt))
        self.setToolTip(self.tr("Open the source here (Enter)"))
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.SMALL, tokens.TIGHT, tokens.SMALL, tokens.TIGHT)
        column.setSpacing(0)
        column.addWidget(self.time)
        column.addWidget(self.words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Be seen."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Be seen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class SpokenPane(QWidget):
    """The sources in which something is said, each with its best places; hidden while there are none.

    Signals:
        opened: the location of a source and the ``TimeRange`` that is to be seen in it.

    Attributes:
        rows: the places.
    """

    opened = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.rows: list[PassageRow] = []
        self.title = of_kind(QLabel(), "name")
        self._content: QWidget | None = None
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.area, 1)
        self.hide()

    def show_sources(self, sources: Sequence[FoundSource]) -> None:
        """Show where it is said."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, tokens.SMALL, 0)
        column.setSpacing(2)
        self.rows = []
        for source in sources:
            name = of_kind(ElidedLabel(), "name")
            name.set_whole(source.title or source.location)
            name.setContentsMargins(tokens.SMALL, tokens.SMALL, 0, 0)
            column.addWidget(name)
            for passage in source.passages:
                row = PassageRow(source.title, passage)
                row.opened.connect(lambda location=source.location, span=passage.span: self.opened.emit(location, span))
                self.rows.append(row)
                column.addWidget(row)
        column.addStretch()
        self.area.setWidget(content)
        self.title.setText(self.tr("Said in %n sources", "", len(sources)))
        self.setVisible(bool(sources))
