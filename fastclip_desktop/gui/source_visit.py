"""Opens a source at a place, wherever that place was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, SignalInstance, Slot

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange

if TYPE_CHECKING:
    from fastclip_desktop.gui.cut_history import CutHistory
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.library.room import LibraryRoom
    from fastclip_desktop.gui.project_desk import ProjectDesk


class VisitingWindow(Protocol):
    """What sources are opened in; the window itself knows visits, and so must not be known here."""

    history: CutHistory
    library: LibraryRoom
    projects: ProjectDesk | None

    @property
    def source_opened(self) -> SignalInstance:
        """Has the ``MediaFile``."""
        ...

    @property
    def is_empty(self) -> bool:
        """Whether no source is open or on its way."""
        ...

    @property
    def editor(self) -> Editor:
        """Player and timeline."""
        ...

    def open_source(self, source: str) -> None:
        """Look a link or a file up."""
        ...


@dataclass(frozen=True, slots=True)
class _Place:
    location: str
    span: TimeRange
    marks: bool


class SourceVisit(QObject):
    """Waits until the source is open and what was done to it before is back; then it shows the place."""

    def __init__(self, window: VisitingWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._coming: _Place | None = None
        if window.projects is None:
            window.source_opened.connect(self._arrive)
        else:
            window.projects.settled.connect(self._arrive)

    @Slot(str, object)
    def see(self, location: str, span: TimeRange) -> None:
        """Go to a span of a source."""
        self._go(_Place(location, span, marks=False))

    @Slot(str, object)
    def mark(self, location: str, span: TimeRange) -> None:
        """Go to a span of a source, which is a clip on the timeline from now on; it can be undone."""
        self._go(_Place(location, span, marks=True))

    @Slot()
    def forget(self) -> None:
        """The source is not to be had; whoever opens it later wants it as it is."""
        self._coming = None

    def _go(self, place: _Place) -> None:
        self._window.library.leave()
        media = None if self._window.is_empty else self._window.editor.media
        if media is not None and _is_of(media, place.location):
            self._show(place)
        else:
            self._coming = place
            self._window.open_source(place.location)

    @Slot(object)
    def _arrive(self, media: MediaFile) -> None:
        place, self._coming = self._coming, None
        if place is not None and _is_of(media, place.location):
            self._show(place)

    def _show(self, place: _Place) -> None:
        editor, cuts = self._window.editor, self._window.history.cuts
        known = next((cut for cut in cuts if cut.span == place.span), None)
        if place.marks and known is None:
            editor.add(place.span, self.tr("Mark the clip"))
        elif known is not None:
            editor.show_cut(known.id)
        editor.player.seek(place.span.start)
        editor.timeline.setFocus()


def _is_of(media: MediaFile, location: str) -> bool:
    names = {media.source, media.page_url, str(media.path.absolute()) if media.path is not None else ""}
    return location in names - {""}
