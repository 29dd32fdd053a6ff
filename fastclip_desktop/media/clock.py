"""The common zero of a source whose picture and sound may lie in two files."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.media import MediaInfo

_SHARED_CLOCK = Fraction(1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a source's zero lies on its containers' clocks.

    Attributes:
        picture: seconds on the clock of the file with the picture.
        sound: seconds on the clock of the file with the sound.
        duration: seconds from the zero to the last presented instant of either, as the containers claim.
    """

    picture: Fraction
    sound: Fraction
    duration: Fraction


def common_clock(picture: MediaInfo | None, sound: MediaInfo | None) -> Clock:
    """Find the zero that two files share; give the same value twice, or ``None`` for one, where there is one file.

    Sites store picture and sound as two files of one presentation: both count from its zero, and the picture's first
    time stamp is later by its reordering delay (67 ms is common). So two files that both begin within the first second
    share a clock, and its zero is the earlier beginning. Files that begin elsewhere were cut or remuxed on their own;
    each then counts from its own beginning.
    """
    if picture is None or sound is None or picture == sound:
        info = picture or sound
        if info is None:
            return Clock(Fraction(0), Fraction(0), Fraction(0))
        return Clock(info.origin, info.origin, info.duration)
    if abs(picture.origin) < _SHARED_CLOCK and abs(sound.origin) < _SHARED_CLOCK:
        zero = min(picture.origin, sound.origin)
        end = max(picture.origin + picture.duration, sound.origin + sound.duration)
        return Clock(zero, zero, end - zero)
    return Clock(picture.origin, sound.origin, max(picture.duration, sound.duration))
