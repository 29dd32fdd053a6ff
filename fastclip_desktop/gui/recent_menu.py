"""What was open before, as a menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QMenu

from fastclip_desktop.gui.recents import Recents

_SHOWN = 12
_WIDEST = 360


class RecentMenu(QObject):
    """Fills a menu each time before it opens.

    Signals:
        chosen: the location of what the person wants to open.
    """

    chosen = Signal(str)

    def __init__(self, recents: Recents, menu: QMenu) -> None:
        super().__init__(menu)
        self._recents = recents
        self._menu = menu
        menu.aboutToShow.connect(self._fill)
        menu.setToolTipsVisible(True)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        metrics = QFontMetrics(menu.font())
        for each in self._recents.items[:_SHOWN]:
            title = metrics.elidedText(each.title, Qt.TextElideMode.ElideMiddle, _WIDEST)
            action = QAction(title.replace("&", "&&"), menu)
            action.setToolTip(each.location)
            action.setEnabled(each.location not in self._recents.missing)
            action.triggered.connect(lambda *_, location=each.location: self.chosen.emit(location))
            menu.addAction(action)
        if not self._recents.items:
            nothing = menu.addAction(self.tr("Nothing was open yet"))
            nothing.setEnabled(False)
            return
        menu.addSeparator()
        clear = menu.addAction(self.tr("Clear this list"))
        clear.triggered.connect(self._recents.clear)
