"""A button with a menu of which one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from fastclip_desktop.gui.style import of_kind, restyle

_ICON = 20


class ChoiceButton(QToolButton):
    """Opens its menu when it is pressed; is not there while there is nothing to choose.

    Signals:
        chosen: the index of what was newly taken.
    """

    chosen = Signal(int)

    def __init__(self, name: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "choice")
        self._group = QActionGroup(self)
        self._names: tuple[str, ...] = ()
        menu = QMenu(self)
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({keys})" if keys else name)
        self._group.triggered.connect(self._tell)
        self.hide()

    @property
    def offered(self) -> tuple[str, ...]:
        """What can be chosen."""
        return self._names

    @property
    def index(self) -> int:
        """What is taken; -1 for nothing."""
        return next((place for place, action in enumerate(self._group.actions()) if action.isChecked()), -1)

    def offer(self, names: Sequence[str], index: int) -> None:
        """Offer other choices, of which one is taken."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            for action in self._group.actions():
                self._group.removeAction(action)
                action.deleteLater()
            for name in names:
                action = QAction(name, self._group)
                action.setCheckable(True)
                self.menu().addAction(action)
        if 0 <= index < len(self._names):
            self._group.actions()[index].setChecked(True)
        self.setAccessibleDescription(self._names[index] if 0 <= index < len(self._names) else "")
        self.setVisible(bool(self._names))

    def show_on(self, *, on: bool) -> None:
        """Look as if what it stands for is to be seen now."""
        self.setProperty("on", on)
        restyle(self)

    def _tell(self, action: QAction) -> None:
        self.setAccessibleDescription(action.text())
        self.chosen.emit(self._group.actions().index(action))
