"""Shorts: finished clips in another shape, with captions, a hook, a call to action and an even loudness."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.caption import OverlayTrack
from fastclip_desktop.domain.framing import CameraPath
from fastclip_desktop.domain.short_look import SHORT_LOUDNESS, Framing
from fastclip_desktop.domain.timecode import TimeRange

MONTAGE_GAP = Fraction(4, 5)
"""Seconds of the cross-fade between two shorts of a montage."""


@dataclass(frozen=True, slots=True)
class ShortPlan:
    """One short, exactly.

    Attributes:
        pieces: seconds of the source that it holds, in order, none overlapping another; joined without a sound of the
            joint.
        width: pixels, even.
        height: likewise.
        framing: how what the camera shows as a whole is surrounded.
        path: what the frame shows, in seconds of the source; covers all pieces.
        overlays: painted text, in seconds of the short.
        loudness: LUFS; ``None`` leaves it as it is.
    """

    pieces: tuple[TimeRange, ...]
    width: int
    height: int
    framing: Framing
    path: CameraPath
    overlays: tuple[OverlayTrack, ...] = ()
    loudness: float | None = SHORT_LOUDNESS

    @property
    def duration(self) -> Fraction:
        """Seconds that it lasts."""
        return sum((piece.duration for piece in self.pieces), Fraction(0))
