"""The top of the library: the way back, a field to search, and which clips in which order."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from fastclip_desktop.domain.clip_choice import ClipChoice, ClipKind, ClipOrder
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_REST = 200
"""Milliseconds after the last letter until it is searched for."""


class SearchField(QLineEdit):
    """Words to look for; Esc clears it before it means anything else.

    Signals:
        left_downwards: the person goes on to what was found.
    """

    left_downwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The arrow leads to the clips."""
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)


class Head(QWidget):
    """What is to be seen.

    Signals:
        typed: the words have changed, and more of them may come.
        asked: the person is done, or wants to see other clips.
        back_wanted: the library is to be left.

    Attributes:
        field: the words.
        kind, format, order: the choice.
    """

    typed = Signal()
    asked = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QToolButton()
        self.back.setAccessibleName(self.tr("Back"))
        self.back.setToolTip(self.tr("Back to the source (Esc)"))
        self.back.clicked.connect(self.back_wanted)
        title = of_kind(QLabel(self.tr("Library")), "title")
        self.field = SearchField()
        self.field.setPlaceholderText(self.tr("Search names and everything that was said …"))
        self.field.setAccessibleName(self.tr("Search the library"))
        keys = QKeySequence("Ctrl+F").toString(QKeySequence.SequenceFormat.NativeText)
        self.field.setToolTip(self.tr("Finds clips, and every source in which the words are said ({0})").format(keys))
        self.field.setClearButtonEnabled(True)
        self._mark = QAction(self)
        self.field.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self.kind = self._box(self.tr("Which clips"))
        for kind, name in (
            (ClipKind.ALL, self.tr("All clips")),
            (ClipKind.PINNED, self.tr("Pinned")),
            (ClipKind.EXPIRING, self.tr("Expiring")),
            (ClipKind.BY_SCRIPTS, self.tr("From scripts")),
        ):
            self.kind.addItem(name, kind)
        self.format = self._box(self.tr("Format of the clips"))
        self.format.addItem(self.tr("All formats"), None)
        for form in OutputFormat:
            self.format.addItem(str(form).upper(), form)
        self.order = self._box(self.tr("Order of the clips"))
        for order, name in (
            (ClipOrder.NEWEST, self.tr("Newest first")),
            (ClipOrder.OLDEST, self.tr("Oldest first")),
            (ClipOrder.NAME, self.tr("By name")),
            (ClipOrder.LONGEST, self.tr("Longest first")),
            (ClipOrder.LARGEST, self.tr("Largest first")),
        ):
            self.order.addItem(name, order)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.typed)
        self.field.textChanged.connect(self._wait)
        self.field.returnPressed.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.back)
        row.addWidget(title)
        row.addSpacing(tokens.SMALL)
        row.addWidget(self.field, 1)
        for box in (self.kind, self.format, self.order):
            box.currentIndexChanged.connect(self._ask)
            row.addWidget(box)

    @property
    def words(self) -> str:
        """What is looked for."""
        return " ".join(self.field.text().split())

    @property
    def choice(self) -> ClipChoice:
        """Which clips, in which order."""
        return ClipChoice(self.kind.currentData(), self.format.currentData(), self.order.currentData())

    @property
    def is_narrowed(self) -> bool:
        """Whether clips may be left out."""
        return bool(self.words) or ClipChoice(order=self.choice.order) != self.choice

    def show_all(self) -> None:
        """Leave nothing out."""
        self._rest.stop()
        for each in (self.field, self.kind, self.format):
            each.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.field.clear()
        self.kind.setCurrentIndex(0)
        self.format.setCurrentIndex(0)
        for each in (self.field, self.kind, self.format):
            each.blockSignals(False)  # noqa: FBT003 - Qt's own signature
        self._ask()

    def wear(self, palette: Palette) -> None:
        """Repaint the icons in a palette's colours."""
        self.back.setIcon(icon("arrow-back", palette.muted))
        self._mark.setIcon(icon("search", palette.muted))

    @Slot()
    def _wait(self) -> None:
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        self._rest.stop()
        self.asked.emit()

    def _box(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        return box
