"""What every page of the settings is built of: a title, cards, and rows in them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.steady_scroll import SteadyScroll
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_WIDEST = 760

_LOOK_AGAIN = 3000
"""Milliseconds."""


def words(text: str, kind: str = "caption") -> QLabel:
    """Text that wraps and is never read as markup."""
    label = of_kind(QLabel(text), kind)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


class Section(QFrame):
    """A card of rows that belong together."""

    def __init__(self, name: str, explanation: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "card")
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.LARGE)
        self._column.setSpacing(tokens.MEDIUM)
        head = QVBoxLayout()
        head.setSpacing(tokens.TIGHT)
        self._name = of_kind(QLabel(name), "lead")
        head.addWidget(self._name)
        if explanation:
            head.addWidget(words(explanation, "muted"))
        self._column.addLayout(head)

    def be_plain(self) -> None:
        """Hold rows on a card of somebody else's: without a name, and without room around them."""
        self._name.hide()
        self._column.setContentsMargins(0, 0, 0, 0)

    def set_name(self, name: str) -> None:
        """Call it so."""
        self._name.setText(name)
        self.setAccessibleName(name)

    def add(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self._column.addWidget(widget)

    def add_row(self, name: str, *controls: QWidget, explanation: str = "", below: QWidget | None = None) -> QLabel:
        """Add a name with what is set on its right.

        Args:
            name: what is set.
            controls: by which it is set; their names are the row's unless they have their own.
            explanation: what it means, below the name.
            below: something else below the name.

        Returns:
            The label of what it means.
        """
        label = QLabel(name)
        label.setBuddy(controls[0])
        if not controls[0].accessibleName():
            controls[0].setAccessibleName(name)
        meaning = words(explanation)
        meaning.setVisible(bool(explanation))
        if explanation:
            controls[0].setAccessibleDescription(explanation)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(label)
        left.addWidget(meaning)
        if below is not None:
            left.addWidget(below)
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addLayout(left, 1)
        row.addSpacing(tokens.SMALL)
        for control in controls:
            row.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)
        return meaning

    def add_fold(self, fold: QWidget, name: str, *controls: QWidget, below: QWidget | None = None) -> None:
        """Add a row that can be hidden as a whole.

        Args:
            fold: is made the row's place; hide it and the row is gone.
            name: what is set.
            controls: by which it is set.
            below: something else below the name.
        """
        left = QVBoxLayout()
        left.setSpacing(2)
        label = QLabel(name)
        label.setBuddy(controls[0])
        left.addWidget(label)
        if below is not None:
            left.addWidget(below)
        row = QHBoxLayout(fold)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addLayout(left, 1)
        for control in controls:
            row.addWidget(control, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._column.addWidget(fold)


class Page(SteadyScroll):
    """One page of the settings.

    A page is told when it is shown and when the palette changes, and does nothing in between but on its controls' word;
    unless it shows what changes elsewhere, and looks again and again while it is seen.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tokens.MEDIUM, parent)
        self._title = of_kind(QLabel(), "title")
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(tokens.WIDE, tokens.LARGE, tokens.WIDE, tokens.WIDE)
        self._column.setSpacing(tokens.MEDIUM)
        self._column.addWidget(self._title)
        self._column.addStretch()
        self.setWidget(content)
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOK_AGAIN)
        self._looks.timeout.connect(self.refresh)
        self._keeps_looking = False

    def keep_looking(self) -> None:
        """Refresh every few seconds while the page is seen."""
        self._keeps_looking = True

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """It is seen."""
        super().showEvent(event)
        if self._keeps_looking:
            self._looks.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """It is seen no more."""
        super().hideEvent(event)
        self._looks.stop()

    @property
    def title(self) -> str:
        """What it is called in the list of pages."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Call it so."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def add(self, widget: QWidget) -> None:
        """Add something below what is there."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_section(self, name: str, explanation: str = "") -> Section:
        """Add a card."""
        section = Section(name, explanation)
        self.add(section)
        return section

    def refresh(self) -> None:
        """The page is about to be seen: look again at what may have changed elsewhere."""

    def leave(self) -> None:
        """The settings are closed."""

    def wear(self, palette: Palette) -> None:
        """Repaint what no style sheet reaches in a palette's colours."""
