"""What can be done with the chosen card."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette


class CardTools(QWidget):
    """A row of buttons.

    Signals:
        more_wanted: moments that are like this one.
        rename_wanted: a person wants to call it something.
        move_wanted: by how many places; negative for up.
        removed: the cut is to go.
    """

    more_wanted = Signal()
    rename_wanted = Signal()
    move_wanted = Signal(int)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.more = of_kind(QPushButton(self.tr("More like this")), "quiet")
        self.more.setToolTip(self.tr("Find other moments in which the same is said"))
        self.more.clicked.connect(self.more_wanted)
        self._icons: dict[QToolButton, str] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, tokens.TIGHT, 0, 0)
        row.setSpacing(tokens.TIGHT)
        row.addWidget(self.more)
        row.addStretch()
        self.up = self._button("up", self.tr("Earlier in the order"), "Alt+Up")
        self.down = self._button("down", self.tr("Later in the order"), "Alt+Down")
        self.pen = self._button("pen", self.tr("Rename"), "F2")
        self.bin = self._button("bin", self.tr("Remove"), "Del")
        self.up.clicked.connect(lambda: self.move_wanted.emit(-1))
        self.down.clicked.connect(lambda: self.move_wanted.emit(1))
        self.pen.clicked.connect(self.rename_wanted)
        self.bin.clicked.connect(self.removed)
        for button in (self.up, self.down, self.pen, self.bin):
            row.addWidget(button)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in its order."""
        return (self.more, self.up, self.down, self.pen, self.bin)

    def wear(self, palette: Palette) -> None:
        """Paint the icons in a palette's colour."""
        for button, name in self._icons.items():
            button.setIcon(icon(name, palette.muted, 16))

    def _button(self, name: str, words: str, keys: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(words)
        button.setToolTip(self.tr("{0} ({1})").format(words, keys))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._icons[button] = name
        return button
