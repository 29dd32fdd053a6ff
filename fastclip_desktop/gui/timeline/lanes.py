"""Where everything on the timeline lies, and all that one painting of it shows; nothing here paints."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline.contents import Contents
from fastclip_desktop.gui.timeline.scale import Scale
from fastclip_desktop.gui.tokens import Palette

RULER_HEIGHT, MATCH_HEIGHT, FILM_HEIGHT, WAVE_HEIGHT, CUT_HEIGHT, WORDS_HEIGHT, MINIMAP_HEIGHT = (
    22,
    8,
    48,
    56,
    24,
    20,
    14,
)
"""Heights in device-independent pixels."""

HANDLE = 6
"""Pixels on either side of an edge where the mouse takes hold of it."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where each lane lies, from the top; a height of 0 for one that is not there."""

    ruler: QRectF
    match: QRectF
    film: QRectF
    wave: QRectF
    cuts: QRectF
    words: QRectF
    minimap: QRectF

    @property
    def body(self) -> QRectF:
        """All between the ruler and the minimap."""
        return QRectF(self.ruler.left(), self.match.top(), self.ruler.width(), self.minimap.top() - self.match.top())


def place_lanes(width: float, height: float, contents: Contents) -> Lanes:
    """The lanes for a widget of a size: what the others leave is for the film strip and the waveform."""
    fixed = RULER_HEIGHT + MATCH_HEIGHT + CUT_HEIGHT + WORDS_HEIGHT + MINIMAP_HEIGHT + 5 * tokens.TIGHT
    room = max(0.0, height - fixed)
    share = FILM_HEIGHT / (FILM_HEIGHT + WAVE_HEIGHT) if contents.has_picture and contents.has_sound else 1.0
    film = int(room * share) if contents.has_picture else 0
    wave = int(room - film) if contents.has_sound else 0
    top = 0.0

    def lane(size: float, gap: float = 0.0) -> QRectF:
        nonlocal top
        rect = QRectF(0.0, top, width, size)
        top += size + (gap if size else 0.0)
        return rect

    return Lanes(
        lane(RULER_HEIGHT),
        lane(MATCH_HEIGHT, tokens.TIGHT),
        lane(film),
        lane(wave, tokens.TIGHT),
        lane(CUT_HEIGHT, tokens.TIGHT),
        lane(WORDS_HEIGHT, tokens.TIGHT),
        lane(MINIMAP_HEIGHT),
    )


@dataclass(frozen=True, slots=True)
class PlacedCut:
    """A cut where it is painted.

    Attributes:
        cut: what it is.
        number: its place in the order of export, from 1.
        left: the pixel of its start.
        right: the pixel of its end.
    """

    cut: Cut
    number: int
    left: float
    right: float


def place_cuts(cuts: Iterable[tuple[Cut, float, float]], scale: Scale) -> list[PlacedCut]:
    """Those in sight of the cuts, which come with their start and end in seconds."""
    start, end = scale.start, scale.end
    return [
        PlacedCut(cut, number, scale.x(begins), scale.x(ends))
        for number, (cut, begins, ends) in enumerate(cuts, start=1)
        if ends >= start and begins <= end
    ]


@dataclass(frozen=True, slots=True)
class EdgeLabel:
    """What is said beside an edge under the mouse.

    Attributes:
        x: the edge's pixel.
        lines: its time, and why it lies there.
    """

    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """All that one painting shows.

    Attributes:
        scale: which part of the source.
        lanes: where.
        contents: what is known of it.
        placed: what is to become clips, as far as it is in sight.
        selected: the ids of the chosen ones.
        playhead: seconds.
        colors: the palette.
        minimap: the whole source on a small scale.
        unread: what stands where nothing was read yet.
        unreadable: what stands where nothing can be read.
        focused: whether the keyboard is here.
        label: what is said beside an edge.
    """

    scale: Scale
    lanes: Lanes
    contents: Contents
    placed: Sequence[PlacedCut]
    selected: Collection[str]
    playhead: Fraction
    colors: Palette
    minimap: QPixmap
    unread: str = ""
    unreadable: str = ""
    focused: bool = False
    label: EdgeLabel | None = None
