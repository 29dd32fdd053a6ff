"""Cards of what was open before, as many as there is room for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.recents import Recents
from fastclip_desktop.gui.start.recent_card import CARD, RecentCard
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.settings.recent import Recent

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail

_MOST = 12


class RecentGrid(QWidget):
    """The latest first, in rows from the leading edge.

    Signals:
        wanted: the location of one that is there.
        search_wanted: the location of one that is not where it was.

    Attributes:
        cards: all of them, be there room or not.
    """

    wanted = Signal(str)
    search_wanted = Signal(str)

    def __init__(self, recents: Recents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recents = recents
        self._palette = tokens.LIGHT
        self.cards: list[RecentCard] = []
        self._posters: dict[str, Thumbnail] = {}
        self.setAccessibleName(self.tr("What was open before"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        recents.changed.connect(self._fill)
        self._fill()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One card."""
        return CARD

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for all of them in its width."""
        rows = -(-max(1, len(self.cards)) // self._columns)
        return QSize(CARD.width(), rows * (CARD.height() + tokens.MEDIUM) - tokens.MEDIUM)

    @property
    def without_poster(self) -> tuple[Recent, ...]:
        """Those that may have a picture, while none is known."""
        items = (card.recent for card in self.cards if not card.is_missing and not card.recent.project)
        return tuple(
            each for each in items if (each.path is not None or each.picture) and each.location not in self._posters
        )

    def show_posters(self, posters: Mapping[str, Thumbnail]) -> None:
        """Show pictures, by the locations of the files."""
        self._posters |= posters
        for card in self.cards:
            if card.recent.location in posters:
                card.show_poster(posters[card.recent.location])

    def wear(self, palette: Palette) -> None:
        """Repaint in a palette's colours."""
        self._palette = palette
        for card in self.cards:
            card.wear(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what has no room."""
        super().resizeEvent(event)
        self._place()

    @Slot()
    def _fill(self) -> None:
        focused = next((place for place, card in enumerate(self.cards) if card.hasFocus()), None)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for recent in self._recents.items[:_MOST]:
            missing = recent.location in self._recents.missing
            card = RecentCard(recent, missing=missing, parent=self)
            card.wear(self._palette)
            if recent.location in self._posters:
                card.show_poster(self._posters[recent.location])
            wanted = self.search_wanted if missing else self.wanted
            card.wanted.connect(lambda wanted=wanted, location=recent.location: wanted.emit(location))
            card.unwanted.connect(lambda location=recent.location: self._recents.forget(location))
            self.cards.append(card)
        self._place()
        if focused is not None and self.cards:
            self.cards[min(focused, len(self.cards) - 1)].setFocus()

    @property
    def _columns(self) -> int:
        return max(1, (self.width() + tokens.MEDIUM) // (CARD.width() + tokens.MEDIUM))

    def _place(self) -> None:
        wide, high = CARD.width() + tokens.MEDIUM, CARD.height() + tokens.MEDIUM
        columns = self._columns
        rows = max(1, (self.height() + tokens.MEDIUM) // high)
        is_mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for place, card in enumerate(self.cards):
            row, column = divmod(place, columns)
            left = column * wide
            card.move(self.width() - left - CARD.width() if is_mirrored else left, row * high)
            card.setVisible(row < rows)
        self.updateGeometry()  # another width needs another height
