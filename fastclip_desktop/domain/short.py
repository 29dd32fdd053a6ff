"""Shorts: finished clips in another shape, with captions, a hook, a call to action and an even loudness."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from fastclip_desktop.domain.caption import CaptionStyle, OverlayTrack
from fastclip_desktop.domain.framing import Aspect, CameraPath, Framing, Hold
from fastclip_desktop.domain.timecode import TimeRange

SHORT_LOUDNESS = -14.0
"""LUFS (EBU R 128, integrated) of a finished short: what YouTube, TikTok and Instagram turn louder ones down to."""

MONTAGE_GAP = Fraction(4, 5)
"""Seconds of the cross-fade between two shorts of a montage."""


@dataclass(frozen=True, slots=True)
class ShortLook:
    """What a person or a script chose for their shorts.

    Attributes:
        preset: the name of the preset it came from.
        aspect: the shape.
        framing: how a picture of another shape gets into it.
        short_side: pixels; the longer side follows from the shape.
        captions: the style of captions; ``None`` for none.
        hook: the style of the line at the start.
        call_to_action: the style of the line at the end.
        loudness: LUFS; ``None`` leaves it as it is.
        cuts_pauses: leaves out long pauses.
        cuts_fillers: leaves out words that say nothing, such as "um".
        holds: where a person put the frame; they overrule ``framing`` from the first one's time on.
    """

    preset: str = "default"
    aspect: Aspect = Aspect.PORTRAIT
    framing: Framing = Framing.BLUR
    short_side: int = 1080
    captions: CaptionStyle | None = field(default_factory=CaptionStyle)
    hook: CaptionStyle = field(default_factory=CaptionStyle)
    call_to_action: CaptionStyle = field(default_factory=CaptionStyle)
    loudness: float | None = SHORT_LOUDNESS
    cuts_pauses: bool = False
    cuts_fillers: bool = False
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedShort:
    """A short by its times.

    Attributes:
        span: seconds of the source.
        hook: the line at its start; empty for none, or for one that is written for it.
        call_to_action: the line at its end, likewise.
        adds_hook: whether a missing hook is written.
        adds_call: whether a missing call to action is.
    """

    span: TimeRange
    hook: str = ""
    call_to_action: str = ""
    adds_hook: bool = False
    adds_call: bool = False


@dataclass(frozen=True, slots=True)
class ShortsWish:
    """What a person asks of their shorts beside the moments themselves.

    Attributes:
        look: how they look and sound.
        hook: the line at the start of the first one.
        call_to_action: the line at the end of each.
        adds_hooks: writes hooks that are missing.
        adds_calls: writes calls to action that are missing.
        joins: makes a montage of all besides.
        about: what to look for where they are chosen for the person.
        count: how many are chosen at most; ``None`` for as many as are good.
        preferred: seconds that a chosen one should last, roughly; ``None`` for as long as it takes.
    """

    look: ShortLook = field(default_factory=ShortLook)
    hook: str = ""
    call_to_action: str = ""
    adds_hooks: bool = False
    adds_calls: bool = False
    joins: bool = False
    about: str = ""
    count: int | None = 3
    preferred: Fraction | None = None


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


@dataclass(frozen=True, slots=True)
class ShortFacts:
    """What is told of a finished short beside its clip.

    Attributes:
        clip: the id of its clip.
        span: seconds of the source, from its first picture to its last.
        place: seconds of the montage; of itself where there is none.
        hook: the line at its start, empty for none.
        call_to_action: the line at its end, likewise.
        reason: why it was chosen; empty where a person chose it.
        score: 0..100, how well it does by itself; ``None`` where a person chose it.
    """

    clip: str
    span: TimeRange
    place: TimeRange
    hook: str = ""
    call_to_action: str = ""
    reason: str = ""
    score: int | None = None
