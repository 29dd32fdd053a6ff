"""Where the camera is: from the faces of a span, the shape of the frame and what a person held to a path.

Each shot is framed by itself, and the picture is cut hard where it begins. Within a shot the camera goes smoothly (see
:mod:`~fastclip_desktop.editing.camera_moves`), except to somebody who is too far for that: then it cuts, too. A shot
with nobody in it shows its middle, or goes on with what was shown before if it is over at once.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.framing import (
    CameraPath,
    CameraPoint,
    CameraStretch,
    FaceFindings,
    Layout,
    SeenFaces,
    Window,
)
from fastclip_desktop.domain.short_look import Aspect, Framing, Hold
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.camera_moves import RATE, follow
from fastclip_desktop.editing.face_tracks import Numbers, Person, people
from fastclip_desktop.editing.subjects import Room, Take, edges, takes

NO_MODEL = (
    "No model for finding faces is installed, so the camera stands in the middle of the picture. "
    "`fastclip models fetch yunet` gets one."
)
NO_FACES = "No face was found, so the camera stands in the middle of the picture."

_MIDDLE = 0.5
_DEAD_ZONE = 0.16
"""The share of the frame's width or height through which somebody may move on either side before the camera does."""

_WIDEST_FOR_THAT = 0.4
"""The share of the picture beyond which a frame's side does not widen that: the camera would go too far at a time."""

_CUT = 0.5
"""The share of the frame from which on the camera cuts to somebody else in the same shot."""

_EYES = 1 / 3
"""Where eyes belong, down the frame."""

_EYES_IN_FACE = 0.42
"""Where they are, down the box around a face."""

_BESIDE, _ABOVE, _BELOW = 0.15, 0.35, 0.1
"""Widths and heights of a face around its box that have to be in the frame: hair and chin."""

_HEAD_IN_HALF = 0.36
"""How much of a half of a stack a face takes of its height."""

_LOWEST_HALF = 0.4
"""The least share of the picture's height that fills a half of a stack; what is smaller gets soft."""

_ALIKE = 0.98
"""The share of the picture that a window shows from which on it does not matter where it is."""

_BLINK = Fraction(1)
"""Seconds of a shot with nobody in it through which the camera stays where it was."""

_EASE = Fraction(3, 5)
"""Seconds of the way to a hold, at its end the frame is there."""

_STRAIGHT = 0.0003
"""Shares of the picture by which a path may be off where points are left out."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The shape of the short's frame over that of the picture.

    Attributes:
        width: of the largest window of that shape, a share of the picture's.
        height: likewise; one of the two is 1.
        stacks: the frame is so tall that two windows fit one above the other.
    """

    width: float
    height: float
    stacks: bool

    @classmethod
    def over(cls, size: tuple[int, int], aspect: Aspect) -> Frame:
        """The frame of a shape over a picture of this display size in pixels."""
        if aspect.ratio is None:
            return cls(1.0, 1.0, stacks=False)
        share = float(aspect.ratio * max(1, size[1]) / max(1, size[0]))
        return cls(min(1.0, share), min(1.0, 1 / share), stacks=aspect.ratio < Fraction(3, 4))

    def window(self, x: float, y: float, zoom: float = 1.0) -> Window:
        """The window around a place, moved into the picture; ``zoom`` is its share of the largest one."""
        width, height = self.width * zoom, self.height * zoom
        left = min(max(x - width / 2, 0.0), 1.0 - width)
        top = min(max(y - height / 2, 0.0), 1.0 - height)
        return Window(left, top, width, height)

    def half(self) -> Frame:
        """Of half the height: one of the two windows of a stack."""
        share = 2 * self.width / self.height
        return Frame(min(1.0, share), min(1.0, 1 / share), stacks=False)


def plan_camera(
    span: TimeRange,
    size: tuple[int, int],
    aspect: Aspect,
    framing: Framing,
    findings: FaceFindings | None = None,
    holds: tuple[Hold, ...] = (),
) -> CameraPath:
    """What the frame shows through a span.

    Args:
        span: seconds of the source.
        size: width and height of the source's upright picture in display pixels.
        aspect: the frame's shape.
        framing: how the picture gets into it.
        findings: faces, for :attr:`Framing.FACES`; ``None`` where nobody could look for them.
        holds: where a person put the frame; from the first one's time on they overrule the rest.
    """
    frame = Frame.over(size, aspect)
    notes: tuple[str, ...] = ()
    shots: tuple[Fraction, ...] = findings.shots if findings is not None else ()
    middle = frame.window(_MIDDLE, _MIDDLE)
    if framing in (Framing.BLUR, Framing.AURA):
        stretches = [CameraStretch(span, Layout.WHOLE)]
    elif framing is Framing.CROP or findings is None or min(frame.width, frame.height) >= _ALIKE:
        stretches = [_still(span, middle)]
        if framing is Framing.FACES and findings is None and min(frame.width, frame.height) < _ALIKE:
            notes = (NO_MODEL,)
    else:
        stretches, has_faces = _followed(span, frame, findings)
        notes = () if has_faces else (NO_FACES,)
    return hold_camera(CameraPath(tuple(stretches), notes), span, size, aspect, holds, shots)


def hold_camera(
    path: CameraPath,
    span: TimeRange,
    size: tuple[int, int],
    aspect: Aspect,
    holds: tuple[Hold, ...],
    shots: tuple[Fraction, ...] = (),
) -> CameraPath:
    """The same path with the frame where a person put it.

    Args:
        path: through the span, without any holds.
        span: seconds of the source.
        size: width and height of the source's upright picture in display pixels.
        aspect: the frame's shape.
        holds: where a person put the frame; from the first one's time on they overrule the path.
        shots: times of the first picture after each hard cut.
    """
    frame = Frame.over(size, aspect)
    return CameraPath(tuple(_held(list(path.stretches), span, frame, holds, shots)), path.notes)


def _followed(span: TimeRange, frame: Frame, findings: FaceFindings) -> tuple[list[CameraStretch], bool]:
    """The stretches of a span in which faces are followed, and whether there are any."""
    stretches: list[CameraStretch] = []
    has_faces = False
    cuts = [shot for shot in findings.shots if span.start < shot < span.end]
    for start, end in itertools.pairwise([span.start, *cuts, span.end]):
        shot = TimeRange(start, end)
        seen = _seen_in(findings.seen, shot)
        who = people(seen, findings.height / findings.width)
        has_faces = has_faces or bool(who)
        if not who:
            stays = stretches and shot.duration < _BLINK and stretches[-1].layout is Layout.WINDOW
            window = stretches[-1].windows_at(start)[0] if stays else frame.window(_MIDDLE, _MIDDLE)
            stretches.append(_still(shot, window))
        else:
            stretches += _shot(shot, seen, who, frame)
    return stretches, has_faces


def _seen_in(seen: tuple[SeenFaces, ...], shot: TimeRange) -> tuple[SeenFaces, ...]:
    first = bisect_left(seen, shot.start, key=lambda each: each.time)
    end = bisect_left(seen, shot.end, key=lambda each: each.time)
    return seen[first:end]


def _shot(shot: TimeRange, seen: tuple[SeenFaces, ...], who: tuple[Person, ...], frame: Frame) -> list[CameraStretch]:
    """The stretches of one shot that shows somebody."""
    times = np.array([float(each.time) for each in seen])
    grid = _grid(shot)
    stretches: list[CameraStretch] = []
    waiting: list[Take] = []
    for take in takes(who, times, Room(frame.width, frame.height, frame.stacks)):
        if waiting and not _goes_on(waiting[-1], take, frame):
            stretches.append(_stretch(_span(shot, seen, waiting), grid, times, waiting, frame))
            waiting = []
        waiting.append(take)
    stretches.append(_stretch(_span(shot, seen, waiting), grid, times, waiting, frame))
    return stretches


def _grid(shot: TimeRange) -> list[Fraction]:
    """The instants, :data:`RATE` a second, that the path of a shot is made for."""
    count = int(shot.duration * RATE) + 1
    return [shot.start + Fraction(number, RATE) for number in range(count)]


def _span(shot: TimeRange, seen: tuple[SeenFaces, ...], some: Sequence[Take]) -> TimeRange:
    start = shot.start if some[0].first == 0 else seen[some[0].first].time
    return TimeRange(start, shot.end if some[-1].end == len(seen) else seen[some[-1].end].time)


def _goes_on(before: Take, after: Take, frame: Frame) -> bool:
    """Whether the camera goes from one to the other without a cut."""
    if before.layout is not Layout.WINDOW or after.layout is not Layout.WINDOW:
        return False
    (x, y), (later_x, later_y) = (
        (float(_across(take.people, frame)[0][number]), float(_down(take.people, frame)[0][number]))
        for take, number in ((before, before.end - 1), (after, after.first))
    )
    return abs(later_x - x) <= _CUT * frame.width and abs(later_y - y) <= _CUT * frame.height


def _stretch(
    span: TimeRange, grid: list[Fraction], times: Numbers, some: Sequence[Take], frame: Frame
) -> CameraStretch:
    """One stretch for takes that go over into one another."""
    layout = some[0].layout
    if layout is Layout.WHOLE:
        return CameraStretch(span, layout)
    instants = grid[bisect_left(grid, span.start) : bisect_left(grid, span.end)] or [span.start]
    if layout is Layout.STACK:
        half = frame.half()
        one, other = some[0].people
        part = slice(some[0].first, some[0].end)
        paths = [
            _windows(instants, times, [(some[0], (person,))], half, _zoom(person, rival, part, half))
            for person, rival in ((one, other), (other, one))
        ]
    else:
        paths = [_windows(instants, times, [(take, take.people) for take in some], frame, 1.0)]
    points = [CameraPoint(instant, each) for instant, each in zip(instants, zip(*paths, strict=True), strict=True)]
    return CameraStretch(span, layout, tuple(_fewer(points)))


def _zoom(person: Person, rival: Person, part: slice, half: Frame) -> float:
    """The share of the largest window that holds one of two people well, and not the other."""
    wanted = float(np.median(person.height[part])) / _HEAD_IN_HALF / half.height
    distance = float(np.median(np.abs(person.x - rival.x)[part]))
    alone = 2 * (distance - (0.5 + _BESIDE) * float(np.median(rival.width[part]))) / half.width
    return float(min(1.0, max(min(wanted, alone), _LOWEST_HALF / half.height)))


def _windows(
    instants: list[Fraction],
    times: Numbers,
    some: Sequence[tuple[Take, tuple[Person, ...]]],
    frame: Frame,
    zoom: float,
) -> list[Window]:
    """Where the window is at each instant."""
    zoomed = Frame(frame.width * zoom, frame.height * zoom, stacks=False)
    ats = np.array([float(instant) for instant in instants])
    begins = times[[take.first for take, _ in some]]
    numbers = np.maximum(0, np.searchsorted(begins, ats, side="right") - 1)
    columns = []
    for measure, side in ((_across, zoomed.width), (_down, zoomed.height)):
        rows = [np.stack([np.interp(ats, times, row) for row in measure(who, zoomed)]) for _, who in some]
        wanted, lowest, highest = np.choose(numbers, np.stack(rows, axis=0))
        path = follow(wanted, lowest, highest, _DEAD_ZONE * min(side, _WIDEST_FOR_THAT))
        columns.append(path if side < 1 else np.full(len(ats), _MIDDLE))
    return [zoomed.window(float(x), float(y)) for x, y in zip(*columns, strict=True)]


def _across(who: tuple[Person, ...], frame: Frame) -> tuple[Numbers, Numbers, Numbers]:
    """The wanted middle of the window in each picture, and the least and the greatest that shows all of everybody."""
    if len(who) > 1:
        left, right, _, _ = edges(who)
        return (left + right) / 2, right - frame.width / 2, left + frame.width / 2
    person = who[0]
    reach = (0.5 + _BESIDE) * person.width
    return person.x, person.x + reach - frame.width / 2, person.x - reach + frame.width / 2


def _down(who: tuple[Person, ...], frame: Frame) -> tuple[Numbers, Numbers, Numbers]:
    """Likewise down, with the eyes in the upper third."""
    eyes = np.mean([person.y + (_EYES_IN_FACE - 0.5) * person.height for person in who], axis=0)
    chin = np.max([person.y + (0.5 + _BELOW) * person.height for person in who], axis=0)
    hair = np.min([person.y - (0.5 + _ABOVE) * person.height for person in who], axis=0)
    return eyes + (0.5 - _EYES) * frame.height, chin - frame.height / 2, hair + frame.height / 2


def _still(span: TimeRange, window: Window) -> CameraStretch:
    return CameraStretch(span, Layout.WINDOW, (CameraPoint(span.start, (window,)),))


def _fewer(points: list[CameraPoint]) -> list[CameraPoint]:
    """The points that a path needs: those are left out that the camera passes anyway."""
    places = np.array([[value for each in point.windows for value in (each.x, each.y)] for point in points])
    kept, anchor = [0], 0
    least, most = np.float64(-np.inf), np.float64(np.inf)  # slopes that pass all points since the anchor closely enough
    for number in range(1, len(points)):
        slope = (places[number] - places[anchor]) / (number - anchor)
        if (slope < least).any() or (slope > most).any():
            anchor = number - 1
            kept.append(anchor)
            least, most = np.float64(-np.inf), np.float64(np.inf)
        way, steps = places[number] - places[anchor], number - anchor
        least, most = np.maximum(least, (way - _STRAIGHT) / steps), np.minimum(most, (way + _STRAIGHT) / steps)
    if len(points) > 1 and np.abs(places[-1] - places[kept[-1]]).max() > _STRAIGHT:
        kept.append(len(points) - 1)
    return [points[number] for number in kept]


def _held(
    stretches: list[CameraStretch],
    span: TimeRange,
    frame: Frame,
    holds: tuple[Hold, ...],
    shots: tuple[Fraction, ...],
) -> list[CameraStretch]:
    """The stretches with the frame where a person put it."""
    for hold in sorted(holds, key=lambda each: each.time):
        if hold.time >= span.end:
            break
        time = max(hold.time, span.start)
        window = frame.window(hold.x, hold.y)
        stretches = _until(stretches, time)
        last = stretches[-1] if stretches else None
        begin = time - _EASE
        cut_between = any(begin < shot <= time for shot in shots)
        if last is not None and last.span.start <= begin and not cut_between and _is_near(last, begin, window):
            points = [point for point in last.points if point.time < begin]
            points += [CameraPoint(begin, last.windows_at(begin)), CameraPoint(time, (window,))]
            stretches[-1] = CameraStretch(TimeRange(last.span.start, span.end), Layout.WINDOW, tuple(points))
        else:
            stretches.append(_still(TimeRange(time, span.end), window))
    return stretches


def _until(stretches: list[CameraStretch], time: Fraction) -> list[CameraStretch]:
    """What comes before an instant."""
    before = [stretch for stretch in stretches if stretch.span.start < time]
    if before and before[-1].span.end > time:
        last = before[-1]
        before[-1] = CameraStretch(TimeRange(last.span.start, time), last.layout, last.points)
    return before


def _is_near(stretch: CameraStretch, time: Fraction, window: Window) -> bool:
    """Whether the camera goes to a window without a cut."""
    if stretch.layout is not Layout.WINDOW:
        return False
    now = stretch.windows_at(time)[0]
    return abs(now.x - window.x) <= _CUT * window.width and abs(now.y - window.y) <= _CUT * window.height
