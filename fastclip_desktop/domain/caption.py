"""Captions, hooks and calls to action: what is written into a picture, when, and in which style.

Colours are ``#rrggbb`` or ``#rrggbbaa``, empty for none. Lengths are shares: of the frame's shorter side for the size
of letters, of that size for outlines, shadows and boxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word


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


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at once.

    Attributes:
        span: from when to when; words may begin later and end sooner.
        lines: the words of each line, in the order of speaking. A word without a space behind it in its script stands
            without one.
        joined: whether words of a line stand side by side without spaces, as in Chinese, Japanese and Thai.
    """

    span: TimeRange
    lines: tuple[tuple[Word, ...], ...]
    joined: bool = False

    @property
    def text(self) -> str:
        """All of it, a line feed between two lines."""
        between = "" if self.joined else " "
        return "\n".join(between.join(word.text for word in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Banner:
    """A hook or a call to action: words that stand still for a while.

    Attributes:
        text: what it says.
        span: seconds of the clip.
        style: how it looks; its ``spoken`` is passed over.
    """

    text: str
    span: TimeRange
    style: CaptionStyle


@dataclass(frozen=True, slots=True)
class OverlayPicture:
    """A picture with transparency that is shown for a while.

    Attributes:
        path: a PNG as large as its track, with straight alpha; ``None`` for nothing.
        start: seconds of the clip; it is shown until the next one's.
    """

    path: Path | None
    start: Fraction


@dataclass(frozen=True, slots=True)
class OverlayTrack:
    """Pictures that stand one after another in the same place of the frame.

    Attributes:
        x: pixels of the frame to the track's left side.
        y: to its top.
        width: pixels.
        height: likewise.
        pictures: in order of time; before the first nothing is shown.
    """

    x: int
    y: int
    width: int
    height: int
    pictures: tuple[OverlayPicture, ...]


@dataclass(frozen=True, slots=True)
class PaintedText:
    """Everything that is written into a clip, painted.

    Attributes:
        tracks: to be laid over the picture, in this order.
        notes: what a person should know, such as characters that no font of this machine has.
    """

    tracks: tuple[OverlayTrack, ...]
    notes: tuple[str, ...] = ()
