"""Moments while somebody is still typing, from words that are already known.

A transcript is made ready once, which takes some tenths of a second for eight hours of speech; each further query takes
some hundredths. The work is done in this process, as the way to a child and back would take longer than the rest.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript

if TYPE_CHECKING:  # numpy is imported with the first search, not with the engine
    from fastclip_desktop.selection.select import MomentIndex

_KEPT = 3
"""Transcripts that stay ready; each takes some tens of megabytes at most."""

MOST_QUICK = 12
"""Moments that are shown while somebody types."""


class QuickFinder:
    """Answers from one transcript or a few at a time; may be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ready: deque[tuple[Transcript, MomentIndex]] = deque(maxlen=_KEPT)

    def find(self, transcript: Transcript, query: str, most: int = MOST_QUICK) -> tuple[MarkedMoment, ...]:
        """The moments that hold the words of a query, best first, none overlapping another.

        Args:
            transcript: what is said; told apart from others by identity, so hand in the same one again.
            query: as far as it was typed; the last word may be cut short.
            most: how many at most.
        """
        if not query.strip() or not transcript.segments:
            return ()
        return self._index_of(transcript).quick(query, most)

    def marks(
        self, transcript: Transcript, query: str, texts: Sequence[str]
    ) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Which characters of texts of a transcript are words that a query asks for; see :meth:`find`."""
        if not query.strip() or not transcript.segments:
            return ((),) * len(texts)
        return self._index_of(transcript).marks(query, texts)

    def sentences(self, transcript: Transcript) -> tuple[TimeRange, ...]:
        """When each sentence of a transcript is said, in order."""
        return self._index_of(transcript).sentences() if transcript.segments else ()

    def make_ready(self, transcript: Transcript) -> None:
        """Have a transcript ready for the first letter that is typed."""
        if transcript.segments:
            self._index_of(transcript).get_ready()

    def _index_of(self, transcript: Transcript) -> MomentIndex:
        from fastclip_desktop.selection.select import MomentIndex

        with self._lock:  # whoever asks for the same in the meantime waits for it
            for known, index in self._ready:
                if known is transcript:
                    return index
            index = MomentIndex(transcript)
            self._ready.append((transcript, index))
            return index
