"""What was said and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fastclip_desktop.domain.timecode import TimeRange


class TranscriptOrigin(StrEnum):
    """Who wrote the transcript."""

    GIVEN = "given"
    SIDECAR = "sidecar"
    EMBEDDED = "embedded"
    CAPTIONS = "captions"
    AUTOMATIC_CAPTIONS = "automatic_captions"
    SPEECH_RECOGNITION = "speech_recognition"
    EDITED = "edited"
    """A person corrected it."""


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word with its own span."""

    text: str
    span: TimeRange


@dataclass(frozen=True, slots=True)
class Segment:
    """A cue: one piece of text with its span.

    Attributes:
        text: as it is shown.
        span: when.
        words: empty where only the cue has times.
        speaker: who says it, as the transcript names them; empty where nobody says.
    """

    text: str
    span: TimeRange
    words: tuple[Word, ...] = ()
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything said in a source, in time order.

    Attributes:
        segments: cues ordered by start.
        language: a BCP 47 tag, or empty where nobody says.
        origin: who wrote it.
        notes: what a person should know about how it was made, such as a device that could not be used.
    """

    segments: tuple[Segment, ...]
    language: str
    origin: TranscriptOrigin
    notes: tuple[str, ...] = ()
