"""What can be heard beside words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fastclip_desktop.domain.timecode import TimeRange


class SoundKind(StrEnum):
    """Sounds that a query can ask for."""

    LAUGHTER = "laughter"
    APPLAUSE = "applause"
    MUSIC = "music"
    SILENCE = "silence"
    LOUD = "loud"
    """Much louder than the recording is most of the time: cheering, shouting, a bang."""


BY_SIGNAL = frozenset({SoundKind.SILENCE, SoundKind.LOUD})
"""The kinds that can be told without a model."""


@dataclass(frozen=True, slots=True)
class Sound:
    """One stretch of a sound.

    Attributes:
        kind: what it is.
        span: in seconds of the source.
        strength: 0..1, how sure whoever named it was.
    """

    kind: SoundKind
    span: TimeRange
    strength: float
