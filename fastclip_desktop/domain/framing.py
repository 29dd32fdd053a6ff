"""What part of a source's picture a clip shows, over time.

Places are shares of the source's upright picture as it is displayed: 0, 0 is its top left corner and 1, 1 the bottom
right one. Times are seconds of the source.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the picture.

    Attributes:
        x: its left side.
        y: its top.
        width: as a share of the picture's width.
        height: as a share of its height.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def center(self) -> tuple[float, float]:
        """The middle, across and down."""
        return self.x + self.width / 2, self.y + self.height / 2

    def toward(self, other: Window, share: float) -> Window:
        """The window this part of the way to another one, 0..1."""
        return Window(
            self.x + share * (other.x - self.x),
            self.y + share * (other.y - self.y),
            self.width + share * (other.width - self.width),
            self.height + share * (other.height - self.height),
        )


@dataclass(frozen=True, slots=True)
class Face:
    """A face that was seen.

    Attributes:
        place: the box around it.
        score: 0..1, how sure it is that there is one.
        mouth: how much its mouth moved since the picture before, 0 for not at all or not known.
    """

    place: Window
    score: float
    mouth: float = 0.0


@dataclass(frozen=True, slots=True)
class SeenFaces:
    """The faces in the picture of one time."""

    time: Fraction
    faces: tuple[Face, ...]


@dataclass(frozen=True, slots=True)
class FaceFindings:
    """The faces in a span of a source.

    Attributes:
        span: seconds that were looked through.
        width: display pixels of the picture.
        height: likewise.
        seen: pictures that were looked at, in order of time, with those that show nobody.
        shots: times of the first picture after each hard cut within the span.
    """

    span: TimeRange
    width: int
    height: int
    seen: tuple[SeenFaces, ...]
    shots: tuple[Fraction, ...] = ()


class Layout(StrEnum):
    """What fills the frame."""

    WINDOW = "window"
    """One window of the picture."""

    STACK = "stack"
    """Two windows, one above the other, each half of the frame."""

    WHOLE = "whole"
    """All of the picture, over a blurred copy or in a gradient."""


@dataclass(frozen=True, slots=True)
class CameraPoint:
    """Where the windows are at a time: one, two for :attr:`Layout.STACK`, none for :attr:`Layout.WHOLE`."""

    time: Fraction
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class CameraStretch:
    """A time through which the camera moves without a cut; between two points it moves evenly.

    Attributes:
        span: seconds of the source; stretches of a path follow one another without a gap.
        layout: what fills the frame.
        points: in order of time, at least one; before the first and after the last the camera stands still.
    """

    span: TimeRange
    layout: Layout
    points: tuple[CameraPoint, ...] = ()

    def windows_at(self, time: Fraction) -> tuple[Window, ...]:
        """Where the windows are at an instant, in seconds of the source."""
        number = bisect_right(self.points, time, key=lambda point: point.time)
        if not 0 < number < len(self.points):
            return self.points[max(0, number - 1)].windows if self.points else ()
        before, after = self.points[number - 1], self.points[number]
        share = float((time - before.time) / (after.time - before.time))
        return tuple(one.toward(other, share) for one, other in zip(before.windows, after.windows, strict=True))


@dataclass(frozen=True, slots=True)
class View:
    """What the frame shows at one instant.

    Attributes:
        layout: what fills it.
        windows: one, two or none, as the layout says.
    """

    layout: Layout
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class CameraPath:
    """What the frame shows through a whole clip.

    Attributes:
        stretches: in order of time; the picture is cut hard from one to the next.
        notes: what a person should know, such as faces that nobody looked for because the model is missing.
    """

    stretches: tuple[CameraStretch, ...]
    notes: tuple[str, ...] = ()

    def at(self, time: Fraction) -> View:
        """What the frame shows at an instant; before the path's beginning what it begins with, and likewise behind it.

        Args:
            time: seconds of the source.
        """
        if not self.stretches:
            return View(Layout.WHOLE)
        number = bisect_right(self.stretches, time, key=lambda stretch: stretch.span.start)
        stretch = self.stretches[max(0, number - 1)]
        return View(stretch.layout, stretch.windows_at(time))
