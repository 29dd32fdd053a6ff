"""What is said, over the picture: which of the source's captions, and what of them at an instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.languages import language_name
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.timeline.contents import SpokenWord

"""Of languages that Qt calls by a country where the tag names none."""

_LINGERS = 1.5
"""Seconds that a caption stays after it was said, if no other comes."""


@dataclass(frozen=True, slots=True)
class CaptionOffer:
    """Captions that can be shown.

    Attributes:
        name: for a person.
        language: a BCP 47 tag of a track of the source; empty for the words that the window goes by, wherever they
            come from.
    """

    name: str
    language: str = ""


class Captions(QObject):
    """The captions of one source, shown or not.

    Signals:
        changed: what is offered, chosen or known is another.
        failed: the ``FastClipError`` for which a track cannot be shown.

    Args:
        bridge: reads other tracks than the one that the window goes by.
        known: gives the words that the window goes by, in order, as far as they are known.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, bridge: EngineBridge, known: Callable[[], Sequence[SpokenWord]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._known = known
        self._media: MediaFile | None = None
        self._read: dict[str, tuple[SpokenWord, ...]] = {}
        self._reading: Reading | None = None
        self.chosen: CaptionOffer | None = None
        self.last_chosen: CaptionOffer | None = None

    def open(self, media: MediaFile | None) -> None:
        """Turn to another source; captions that were shown stay shown where it has the same."""
        self._stop()
        self._media = media
        self._read.clear()
        if self.chosen is not None and self.chosen.language:
            self.chosen = next((offer for offer in self.offers if offer.language == self.chosen.language), None)
            self._begin()
        self.changed.emit()

    @property
    def offers(self) -> tuple[CaptionOffer, ...]:
        """What can be shown of the source that is open."""
        if self._media is None:
            return ()
        languages = list(dict.fromkeys(track.language for track in self._media.captions if track.language))
        others = tuple(CaptionOffer(language_name(each), each) for each in languages)
        return (CaptionOffer(self.tr("What is said")), *(others if len(others) > 1 else ()))

    def choose(self, offer: CaptionOffer | None) -> None:
        """Show captions, or none."""
        self._stop()
        self.chosen = offer
        if offer is not None:
            self.last_chosen = offer
        self._begin()
        self.changed.emit()

    def toggle(self) -> None:
        """Show the captions that were shown last, or show none any more."""
        if self.chosen is not None:
            self.choose(None)
        elif self.offers:
            self.choose(self.last_chosen if self.last_chosen in self.offers else self.offers[0])

    def at(self, instant: Fraction) -> str:
        """What is to stand over the picture at an instant; empty where nothing is said."""
        if self.chosen is None:
            return ""
        captions = self._read.get(self.chosen.language, ()) if self.chosen.language else self._known()
        place = bisect_right(captions, float(instant), key=lambda each: each.start) - 1
        if place < 0:
            return ""
        caption = captions[place]
        return caption.text if instant < caption.end + _LINGERS else ""

    def _begin(self) -> None:
        media, offer = self._media, self.chosen
        if media is None or offer is None or not offer.language or offer.language in self._read:
            return
        source, language = media.source, offer.language

        def take(found: tuple[MediaFile, Transcript]) -> None:
            self._reading = None
            self._read[language] = tuple(
                SpokenWord(float(each.span.start), float(each.span.end), " ".join(each.text.split()))
                for each in found[1].segments
            )
            self.changed.emit()

        def fail(error: FastClipError | None) -> None:
            self._reading = None
            if error is not None:
                self.chosen = None
                self.failed.emit(error)
                self.changed.emit()

        self._reading = self._bridge.begin_reading(
            self,
            lambda engine, cancel, _: engine.transcript(source, language, cancel=cancel),
            lambda _: None,
            take,
            fail,
        )

    def _stop(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._reading = None
