"""Makes small upright pictures of decoded frames, one after the other."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.media.graph import Shape, build_graph, shape_of
from fastclip_desktop.media.miniature import SCREEN, miniature_plan
from fastclip_desktop.media.orientation import Orientation

if TYPE_CHECKING:
    from av.filter import Graph
    from av.video.frame import VideoFrame

_BASE = Fraction(1, 25)


class Easel:
    """Turns and scales frames; keeps what it needs for those that are alike.

    Args:
        orientation: how they have to be turned.
        pixel_format: see :func:`~fastclip_desktop.media.miniature.miniature_plan`.
    """

    def __init__(self, orientation: Orientation, pixel_format: str = SCREEN) -> None:
        self._orientation = orientation
        self._format = pixel_format
        self._graphs: dict[tuple[Shape, tuple[int, int]], Graph] = {}
        self._count = 0

    def draw(self, frame: VideoFrame, size: tuple[int, int]) -> VideoFrame:
        """A frame, upright and of a size; the given one stays as it is."""
        key = (shape_of(frame), size)
        if key not in self._graphs:
            self._graphs.clear()  # one is used for long, then another
            plan = miniature_plan(key[0], self._orientation, size, self._format)
            self._graphs[key] = build_graph(plan, key[0], _BASE)
        pts, base = frame.pts, frame.time_base
        self._count += 1
        frame.pts, frame.time_base = self._count, _BASE
        self._graphs[key].vpush(frame)
        frame.pts, frame.time_base = pts, base
        return self._graphs[key].vpull()

    def paint(self, frame: VideoFrame, size: tuple[int, int]) -> bytes:
        """The pixels of :meth:`draw`, row by row."""
        return self.draw(frame, size).to_ndarray(format=self._format).tobytes()
