"""What a person or a script chooses for their shorts, and what is told of finished ones.

Colours are ``#rrggbb`` or ``#rrggbbaa``, empty for none. Lengths are shares: of the frame's shorter side for the size
of letters, of that size for outlines, shadows and boxes. Every request and result can hold these, so that they are
apart from what only the stages of a short speak of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange


class Aspect(StrEnum):
    """The shapes that a short can have."""

    SOURCE = "source"
    PORTRAIT = "portrait"
    SQUARE = "square"
    FEED = "4:5"
    WIDE = "16:9"

    @property
    def ratio(self) -> Fraction | None:
        """Width over height; ``None`` for that of the source."""
        return {
            Aspect.SOURCE: None,
            Aspect.PORTRAIT: Fraction(9, 16),
            Aspect.SQUARE: Fraction(1),
            Aspect.FEED: Fraction(4, 5),
            Aspect.WIDE: Fraction(16, 9),
        }[self]


class Framing(StrEnum):
    """How a picture of another shape gets into the short's."""

    CROP = "crop"
    """The middle of the picture fills the frame."""

    BLUR = "blur"
    """The whole picture stands over a blurred copy of itself that fills the frame."""

    FACES = "faces"
    """The frame follows whoever speaks."""

    AURA = "aura"
    """The whole picture stands, with round corners, in a soft gradient that moves slowly."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Where a person put the frame: its middle from a time on, until the next one.

    Attributes:
        time: seconds of the source.
        x: the middle of the frame, across.
        y: down.
    """

    time: Fraction
    x: float
    y: float = 0.5


class Spoken(StrEnum):
    """How the word shows that is being said."""

    PLAIN = "plain"
    """Not at all."""

    HIGHLIGHT = "highlight"
    """In a colour of its own."""

    POP = "pop"
    """In a colour of its own, springing up as it comes."""

    KARAOKE = "karaoke"
    """With all words of the cue before it, in a colour of its own."""

    GLOW = "glow"
    """With light around it."""

    BOX = "box"
    """On a box of its own."""


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """The look of captions.

    Attributes:
        name: what a person calls it.
        families: fonts, the one to take first; whatever they lack comes from other fonts of this machine.
        size: of the letters.
        weight: 100..900.
        italic: whether they lean.
        uppercase: whether small letters become large ones, where the script has both.
        color: of the letters.
        spoken: how the word shows that is being said.
        spoken_color: of that word, its light or its box.
        outline_color: around the letters.
        outline: its width.
        shadow_color: behind the letters.
        shadow: its distance down.
        shadow_blur: how soft it is.
        box_color: behind each line.
        box_padding: between letters and the box's sides.
        box_radius: of its corners.
        position: the middle of the text down the frame, 0..1.
        width: of the text, at most, as a share of the frame's width.
        line_length: characters of a line, at most; a wide character of Chinese, Japanese or Korean counts as two.
        lines: of a cue, at most.
    """

    name: str = "bold"
    families: tuple[str, ...] = ()
    size: float = 0.068
    weight: int = 800
    italic: bool = False
    uppercase: bool = False
    color: str = "#ffffff"
    spoken: Spoken = Spoken.HIGHLIGHT
    spoken_color: str = "#ffd84d"
    outline_color: str = "#000000"
    outline: float = 0.12
    shadow_color: str = "#00000099"
    shadow: float = 0.05
    shadow_blur: float = 0.12
    box_color: str = ""
    box_padding: float = 0.3
    box_radius: float = 0.25
    position: float = 0.72
    width: float = 0.86
    line_length: int = 18
    lines: int = 2


SHORT_LOUDNESS = -14.0
"""LUFS (EBU R 128, integrated) of a finished short: what YouTube, TikTok and Instagram turn louder ones down to."""


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
