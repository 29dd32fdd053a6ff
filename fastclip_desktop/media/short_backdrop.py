"""A whole picture over a blurred, darker copy of itself that fills the frame.

The copy is blurred at an eighth of its size, where that costs nothing, and scaled up, which blurs it once more. Only
what shows of it is made: the bands beside the picture.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from av.filter import Graph

from fastclip_desktop.domain.framing import Window
from fastclip_desktop.domain.surroundings import BLUR, DIMMED
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.short_graph import add_entry, fitted_size, scaler, through

if TYPE_CHECKING:
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_SMALLER = 8
_DIMMED = f"16+(val-16)*{DIMMED}"
"""Luma in limited range."""


class BlurredView:
    """A picture over its blurred copy.

    Args:
        source: what pictures have in common.
        width: pixels of the frame, even.
        height: likewise.
        rate: pictures a second.
    """

    def __init__(self, source: Frame, width: int, height: int, rate: Fraction) -> None:
        inner_width, inner_height = fitted_size(source, width, height)
        graph = self._graph = Graph()
        self._entry = add_entry(graph, source, rate)
        scale = graph.add("scale", w=str(inner_width), h=str(inner_height), flags=scaler(source.width, inner_width))
        fork = graph.add("split", outputs="2")
        graph.link_nodes(self._entry, scale, fork)
        stands = inner_height < height
        room = height - inner_height if stands else width - inner_width
        first = room // 4 * 2
        bands = [band for band in (first, room - first) if band]
        small = self._small_copy(fork, (inner_width, inner_height), (width, height), len(bands))
        stack = graph.add("vstack" if stands else "hstack", inputs=str(1 + len(bands)))
        places = [0, 2] if first else [1]
        fork.link_to(stack, 0, 1 if first else 0)
        for number, (band, place) in enumerate(zip(bands, places, strict=True)):
            self._add_band(small, number, band, (width, height), stands=stands, last=place != 0).link_to(
                stack, 0, place
            )
        self._exit = graph.add("buffersink")
        stack.link_to(self._exit)
        graph.configure()

    def show(self, frame: VideoFrame, _windows: tuple[Window, ...]) -> VideoFrame:
        """The whole of a picture over its copy."""
        return through(self._entry, self._exit, frame)

    def _small_copy(
        self, fork: FilterContext, inner: tuple[int, int], outer: tuple[int, int], count: int
    ) -> FilterContext:
        """What fills the frame, an eighth as large, blurred and dimmed, as often as it is wanted."""
        graph = self._graph
        width, height = outer
        factor = max(Fraction(width, inner[0]), Fraction(height, inner[1]))
        taken = tuple(max(2, int(side / factor) // 2 * 2) for side in outer)
        small = _small(width), _small(height)
        steps = [
            graph.add("crop", w=str(taken[0]), h=str(taken[1])),
            graph.add("scale", w=str(small[0]), h=str(small[1]), flags="bilinear"),
            graph.add("gblur", sigma=str(BLUR / _SMALLER * min(outer)), steps="2"),
            graph.add("lutyuv", y=_DIMMED),
            graph.add("split", outputs=str(count)),
        ]
        fork.link_to(steps[0], 1, 0)
        graph.link_nodes(*steps)
        return steps[-1]

    def _add_band(
        self, small: FilterContext, number: int, band: int, outer: tuple[int, int], *, stands: bool, last: bool
    ) -> FilterContext:
        """One of the bands beside the picture, from the small copy."""
        graph = self._graph
        width, height = outer
        across, down = _small(width), _small(height)
        if stands:
            part = max(2, round(band * down / height / 2) * 2)
            x, y, w, h, size = 0, down - part if last else 0, across, part, (width, band)
        else:
            part = max(2, round(band * across / width / 2) * 2)
            x, y, w, h, size = across - part if last else 0, 0, part, down, (band, height)
        crop = graph.add("crop", w=str(w), h=str(h), x=str(x), y=str(y))
        grow = graph.add("scale", w=str(size[0]), h=str(size[1]), flags="bicubic")
        small.link_to(crop, number, 0)
        crop.link_to(grow)
        return grow


def _small(side: int) -> int:
    return max(16, side // _SMALLER // 2 * 2)
