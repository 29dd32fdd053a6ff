"""What the frame of a short shows of each picture of its source: a window, two of them, or all over something soft.

A crop of a 4:2:0 picture falls on even pixels, and enlarged after that it jumps by three or four of them. So a crop
that is a little too large moves in even pixels of the source, is enlarged, and a second crop in single pixels of the
result takes up the difference: the camera is never more than half a pixel of the short from where it should be.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from av.filter import Graph

from fastclip_desktop.domain.framing import CameraPath, Layout, Window
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.short_aura import AuraView
from fastclip_desktop.media.short_backdrop import BlurredView
from fastclip_desktop.media.short_graph import add_entry, fitted_size, scaler, through

if TYPE_CHECKING:
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_MARGIN = 2
"""Pixels of the source by which the first crop is too large: one step."""

_FILLS = 0.985
"""How much of the frame a whole picture has to fill, across and down, to fill it altogether: a surrounding of a few
pixels looks like a fault."""

_MOST_WINDOWS = 2
_KEPT = 4
"""Views that are kept ready: two people who take turns, and what lies between."""


@dataclass(frozen=True, slots=True)
class _Crop:
    """A crop that moves: its sizes are fixed, for a filter graph has one shape for its whole life.

    Attributes:
        taken: pixels of the source that the first crop takes, even.
        scaled: what they are scaled to, even.
        given: what the second crop leaves, even.
    """

    taken: tuple[int, int]
    scaled: tuple[int, int]
    given: tuple[int, int]

    def places(self, left: float, top: float, source: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
        """The left top corners of the first crop, in pixels of the source, and of the second, in those scaled.

        Args:
            left: of the window, in pixels of the source.
            top: likewise.
            source: width and height.
        """
        first, second = [], []
        for at, size, taken, scaled, given in zip(
            (left, top), source, self.taken, self.scaled, self.given, strict=True
        ):
            begin = max(0, min(size - taken, math.floor(at) // 2 * 2))
            first.append(begin)
            second.append(max(0, min(scaled - given, round((at - begin) * scaled / taken))))
        return (first[0], first[1]), (second[0], second[1])


class _WindowsView:
    """One or two windows of the picture, one above the other."""

    def __init__(self, source: Frame, crops: tuple[_Crop, ...], rate: Fraction) -> None:
        self._size = source.width, source.height
        self._crops = crops
        self._graph = graph = Graph()
        self._entry = entry = add_entry(graph, source, rate)
        ends: list[FilterContext] = [entry]
        if len(crops) > 1:
            split = graph.add("split", outputs=str(len(crops)))
            entry.link_to(split)
            ends = [split] * len(crops)
        self._steps: list[tuple[FilterContext, FilterContext]] = []
        made: list[FilterContext] = []
        for number, (crop, end) in enumerate(zip(crops, ends, strict=True)):
            first = graph.add("crop", w=str(crop.taken[0]), h=str(crop.taken[1]), x="0", y="0")
            scale = graph.add(
                "scale", w=str(crop.scaled[0]), h=str(crop.scaled[1]), flags=scaler(crop.taken[0], crop.scaled[0])
            )
            second = graph.add("crop", w=str(crop.given[0]), h=str(crop.given[1]), x="0", y="0", exact="1")
            end.link_to(first, number if len(crops) > 1 else 0, 0)
            first.link_to(scale)
            scale.link_to(second)
            self._steps.append((first, second))
            made.append(second)
        self._exit = graph.add("buffersink")
        if len(made) > 1:
            stack = graph.add("vstack", inputs=str(len(made)))
            for number, end in enumerate(made):
                end.link_to(stack, 0, number)
            made = [stack]
        made[0].link_to(self._exit)
        graph.configure()
        self._places: list[tuple[tuple[int, int], tuple[int, int]] | None] = [None] * len(crops)

    def show(self, frame: VideoFrame, windows: tuple[Window, ...]) -> VideoFrame:
        """A picture through the windows."""
        for number, (window, crop) in enumerate(zip(windows, self._crops, strict=True)):
            places = crop.places(window.x * self._size[0], window.y * self._size[1], self._size)
            if places != self._places[number]:
                self._places[number] = places
                for step, (left, top) in zip(self._steps[number], places, strict=True):
                    step.process_command("x", str(left))
                    step.process_command("y", str(top))
        return through(self._entry, self._exit, frame)


_AnyView: TypeAlias = "_WindowsView | BlurredView | AuraView"


class Camera:
    """Shows pictures of the source in the short's frame.

    Args:
        source: what the pictures have in common.
        width: pixels of the short, even.
        height: likewise.
        framing: how what is shown as a whole is surrounded.
        path: what is shown when.
        rate: pictures a second.
    """

    def __init__(
        self, source: Frame, width: int, height: int, framing: Framing, path: CameraPath, rate: Fraction
    ) -> None:
        self._source = source
        self._size = width, height
        self._framing = framing
        self._path = path
        self._rate = rate
        self._views: dict[object, _AnyView] = {}

    def show(self, frame: VideoFrame, number: int, time: Fraction) -> VideoFrame:
        """A picture in the short's frame.

        Args:
            frame: of the source; its time stamp is changed.
            number: of the picture in the short, which becomes its time stamp.
            time: seconds of the source at which it is shown there: a hard cut of the camera falls on the picture with
                which the source cuts.
        """
        frame.pts, frame.time_base = number, 1 / self._rate
        view = self._path.at(time)
        windows = self._whole() if view.layout is Layout.WHOLE else view.windows[:_MOST_WINDOWS]
        if not windows:
            return self._view(self._framing, self._soft_view).show(frame, ())
        crops = self._crops(windows)
        return self._view(crops, lambda: _WindowsView(self._source, crops, self._rate)).show(frame, windows)

    def _whole(self) -> tuple[Window, ...]:
        """All of the picture as one window, where it fills the frame; none where something soft surrounds it."""
        width, height = self._size
        inner = fitted_size(self._source, width, height)
        across, down = inner[0] / width, inner[1] / height
        if self._framing is Framing.AURA or min(across, down) < _FILLS:
            return ()
        # What little is too much of it is cut off rather than squeezed.
        return (Window((1 - down) / 2, (1 - across) / 2, down, across),)

    def _soft_view(self) -> _AnyView:
        make = AuraView if self._framing is Framing.AURA else BlurredView
        return make(self._source, *self._size, self._rate)

    def _view(self, key: object, make: Callable[[], _AnyView]) -> _AnyView:
        view = self._views.pop(key, None)
        if view is None:
            while len(self._views) >= _KEPT:
                del self._views[next(iter(self._views))]
            view = make()
        self._views[key] = view
        return view

    def _crops(self, windows: tuple[Window, ...]) -> tuple[_Crop, ...]:
        width, height = self._size
        if len(windows) == 1:
            return (self._crop(windows[0], width, height),)
        upper = height // 4 * 2
        parts = (upper, height - upper)
        return tuple(self._crop(window, width, part) for window, part in zip(windows, parts, strict=True))

    def _crop(self, window: Window, width: int, height: int) -> _Crop:
        taken, scaled = [], []
        sides = ((window.width, self._source.width, width), (window.height, self._source.height, height))
        for share, size, given in sides:
            side = max(2.0, min(1.0, share) * size)
            whole = math.ceil(side - 1e-6)
            take = min(size, whole + whole % 2 + (_MARGIN if whole < size else 0))
            taken.append(take)
            scaled.append(max(given, 2 * round(take * given / side / 2)))
        return _Crop((taken[0], taken[1]), (scaled[0], scaled[1]), (width, height))
