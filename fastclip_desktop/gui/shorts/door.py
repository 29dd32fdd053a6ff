"""The place of shorts in a window; what stands behind it is brought in when it is wanted for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.short_look import ShortsWish
from fastclip_desktop.gui.side_panel import SHORTS

if TYPE_CHECKING:
    from fastclip_desktop.gui.shorts.desk import ShortsDesk
    from fastclip_desktop.gui.shorts.place import ShortsPlace


class ShortsDoor(QObject):
    """Makes the desk of shorts when its tab is turned to, and knows of the source meanwhile.

    Signals:
        changed: what is asked of the shorts of this source is another.
        captions_wanted: a file with what is said is to be chosen.
    """

    changed = Signal()
    captions_wanted = Signal()

    def __init__(self, place: ShortsPlace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._desk: ShortsDesk | None = None
        self._media: MediaFile | None = None
        self._kept: ShortsWish | None = None
        place.panel.tabs.changed.connect(self._turn)

    @property
    def desk(self) -> ShortsDesk:
        """Where shorts are asked for; made when it is first needed."""
        if self._desk is None:
            from fastclip_desktop.gui.shorts.desk import ShortsDesk

            self._desk = desk = ShortsDesk(self._place, self)
            self._place.panel.add_shorts(desk.pane)
            desk.wish_changed.connect(self._keep)
            desk.captions_wanted.connect(self.captions_wanted)
            desk.show_source(self._media)
            if self._kept is not None:
                desk.take(self._kept)
        return self._desk

    @property
    def wish(self) -> ShortsWish | None:
        """What is asked of the shorts of this source; ``None`` where nobody asked anything."""
        return self._kept

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to make shorts of."""
        self._media = media
        self._kept = None
        if self._desk is not None:
            self._desk.show_source(media)

    def take(self, wish: ShortsWish | None) -> None:
        """Go on with what was asked of the shorts of this source at another time."""
        self._kept = wish
        if self._desk is not None and wish is not None:
            self._desk.take(wish)

    @Slot(int)
    def _turn(self, tab: int) -> None:
        if tab == SHORTS:
            self.desk.begin()
        elif self._desk is not None:
            self._desk.rest()

    @Slot(object)
    def _keep(self, wish: ShortsWish) -> None:
        self._kept = wish
        self.changed.emit()
