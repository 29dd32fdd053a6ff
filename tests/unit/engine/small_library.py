"""A library with a clock of its own, and clips of a few bytes."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import Clip, Receipt, RenderedFile
from fastclip_desktop.domain.events import Event
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.origin import Origin
from fastclip_desktop.engine.publishing import temporary_path
from fastclip_desktop.store.database import Database
from tests.unit.engine.small_jobs import SetClock

DAY = 86400.0
KEY = "k" * 16


def nothing_beside(_: Clip) -> None:
    """Nothing else is to be written with the row."""


class Shelf:
    """A library, its clock and its events, and a way to fill it."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.folder = folder
        self.database = database
        self.clock = SetClock()
        self.events: list[Event] = []
        bus = EventBus()
        bus.subscribe(self.events.append)
        self.library = Library(database, self.clock, bus, folder)
        self._jobs = 0

    def add(
        self,
        content: bytes = b"clip",
        *,
        title: str = "Talk",
        url: str = "https://a.example/talk",
        span: tuple[int, int] = (10, 20),
        key: str = "",
        name: str | None = None,
        policy: Policy = LOCAL,
        folder: Path | None = None,
    ) -> Clip:
        """Publish a clip of a job of its own."""
        self._jobs += 1
        self.clock.let_pass(1)  # each is newer than the one before
        folder = folder or self.folder
        path = temporary_path(folder, f"job{self._jobs}", 1)
        path.write_bytes(content)
        times = TimeRange(Fraction(span[0]), Fraction(span[1]))
        rendered = RenderedFile(path, OutputFormat.MP4, times, times.duration, 320, 180, Receipt("copied"))
        media = MediaFile(source=url, title=title, path=None, page_url=url)
        origin = Origin(media, title, f"job{self._jobs}", 1, key, policy)
        return self.library.shelve(rendered, Destination(folder, name), origin, nothing_beside)

    def names(self, words: str = "") -> list[str]:
        return [clip.name for clip in self.library.find(words).clips]
