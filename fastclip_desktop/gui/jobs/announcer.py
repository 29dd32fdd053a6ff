"""Tells the person what has ended while they are at another program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.jobs.words import JobWords


class Teller(Protocol):
    """What brings a sentence before a person's eyes, wherever they look."""

    def tell(self, title: str, sentence: str, *, failed: bool, clicked: Callable[[], None]) -> None:
        """Say something; ``clicked`` is called when they want to see more."""
        ...

    def rest(self) -> None:
        """They are here again."""
        ...


class TrayTeller:
    """The system's own notifications, by an icon that is there for as long as one is to be seen.

    Where the system has no place for such icons, nothing is said.

    Args:
        window: the icon goes with it, as nobody is there any more whom a press on it could bring back.
    """

    def __init__(self, window: QObject) -> None:
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._clicked: Callable[[], None] = _do_nothing

    def tell(self, title: str, sentence: str, *, failed: bool, clicked: Callable[[], None]) -> None:
        """Say something."""
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._tray is None:
            self._tray = tray = QSystemTrayIcon(QGuiApplication.windowIcon(), self._window)
            tray.messageClicked.connect(self._click)
            tray.activated.connect(self._click)
        self._clicked = clicked
        self._tray.setToolTip(f"{title}\n{sentence}")
        self._tray.show()
        kind = QSystemTrayIcon.MessageIcon
        self._tray.showMessage(title, sentence, kind.Warning if failed else kind.Information)

    def rest(self) -> None:
        """Put the icon away."""
        if self._tray is not None:
            self._tray.hide()

    def _click(self) -> None:
        self._clicked()


class Announcer(QObject):
    """Speaks for one window, and only while it is not in front.

    Args:
        inside: a part of the window whose work is told of, and which comes to the front when that is wanted.
        choices: whether the person wants to be told.
        teller: how.
    """

    def __init__(self, inside: QWidget, choices: Choices, teller: Teller, parent: QObject) -> None:
        super().__init__(parent)
        self._inside = inside
        self._choices = choices
        self._teller = teller
        self._words = JobWords(self)
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.focusWindowChanged.connect(self._look)

    @Slot(object)
    def tell_of(self, group: JobGroup) -> None:
        """An export has ended."""
        sentence = self._words.standing(group)
        if group.error is not None and len(group.jobs) == 1:
            sentence = group.error.message
        self._tell(self._words.title(group), sentence, failed=bool(group.failed))

    @Slot(str)
    def tell_of_search(self, sentence: str) -> None:
        """A search has ended."""
        if sentence:
            self._tell(self.tr("Find moments"), sentence, failed=False)

    @property
    def _window(self) -> QWidget:
        return self._inside.window()

    def _tell(self, title: str, sentence: str, *, failed: bool) -> None:
        if self._window.isActiveWindow() or not self._choices.now.notifications:
            return
        QApplication.alert(self._window)
        self._teller.tell(title, sentence, failed=failed, clicked=self._come)

    def _come(self) -> None:
        """Bring the window to the front."""
        if self._window.isMinimized():
            self._window.showNormal()
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._teller.rest()

    @Slot()
    def _look(self) -> None:
        if self._window.isActiveWindow():
            self._teller.rest()


def show_badge(count: int) -> None:
    """Have the program's icon say how much is being done, where the system's dock or task bar can; 0 for nothing."""
    cast("QGuiApplication", QGuiApplication.instance()).setBadgeNumber(count)


def _do_nothing() -> None:
    pass
