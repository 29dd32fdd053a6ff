"""A few choices side by side, one of them taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.style import of_kind


class Segments(QFrame):
    """Exclusive buttons; the arrow keys move among them.

    Signals:
        changed: the index of the newly taken choice.
    """

    changed = Signal(int)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``choices`` are labels with their tool tips; the first is taken."""
        super().__init__(parent)
        of_kind(self, "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, (label, tip) in enumerate(choices):
            button = QPushButton(label)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleDescription(name)
            self._group.addButton(button, index)
            row.addWidget(button, 1)
        self._group.button(0).setChecked(True)
        self._group.idToggled.connect(self._announce)

    @property
    def index(self) -> int:
        """The taken choice."""
        return self._group.checkedId()

    def take(self, index: int) -> None:
        """Take a choice."""
        self._group.button(index).setChecked(True)

    def show_choice(self, index: int, *, on: bool) -> None:
        """Offer a choice, or keep it to oneself as long as there is nothing behind it."""
        self._group.button(index).setVisible(on)

    def event(self, event: QEvent) -> bool:
        """Give room to the words as soon as it is known how they are written."""
        if event.type() in (QEvent.Type.Polish, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._give_room()
        return super().event(event)

    def _give_room(self) -> None:
        """As wide as each is when taken and bold, so that no word touches its edge and none moves when one is taken."""
        for button in self._group.buttons():
            button.ensurePolished()
            font = QFont(button.font())
            font.setWeight(QFont.Weight.DemiBold)
            button.setMinimumWidth(QFontMetrics(font).horizontalAdvance(button.text()) + 2 * (tokens.SMALL + 2))

    def _announce(self, index: int, taken: bool) -> None:  # noqa: FBT001 - Qt's signal
        if taken:
            self.changed.emit(index)
