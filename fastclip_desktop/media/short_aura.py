"""A whole picture with round corners in a soft gradient that moves slowly.

The gradient is a few lights of different colours that wander in circles, painted at a fortieth of the frame's size, a
shadow under the picture included, and scaled up from sixteen bits a colour, so that it has no steps.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from fastclip_desktop.domain.framing import Window
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.graph import Color
from fastclip_desktop.media.short_graph import add_entry, fitted_size, scaler, through

if TYPE_CHECKING:
    from av.filter.context import FilterContext

_Picture: TypeAlias = NDArray[np.float32]

_SMALLER = 20
_WIDE, _TALL = 0.9, 0.86
"""The share of the frame that the picture may fill."""

_CORNER = 0.045
"""The radius of the picture's corners, as a share of the frame's shorter side."""

_ROUND = 24
"""Seconds in which every light comes back to where it was, so that nobody sees a beginning."""

_GROUND = (0.07, 0.05, 0.22)
_GROUND_WEIGHT = 0.12
"""What is seen where no light reaches, and how strongly it mixes with them."""

_LIGHTS: tuple[tuple[tuple[float, float, float], float, float, float, float, int], ...] = (
    ((0.42, 0.20, 0.92), 0.15, 0.12, 0.22, 0.00, 1),
    ((0.94, 0.28, 0.62), 0.90, 0.30, 0.20, 0.35, -1),
    ((0.16, 0.46, 0.98), 0.12, 0.72, 0.22, 0.60, 1),
    ((0.10, 0.78, 0.80), 0.85, 0.95, 0.20, 0.15, -1),
    ((0.98, 0.55, 0.36), 0.55, 0.02, 0.16, 0.80, 1),
)
"""Colour as red, green and blue, 0..1; the middle of its circle across and down; the circle's radius; where on it the
light begins, 0..1; which way round it goes."""

_REACH = 0.46
"""How far a light shines, as a share of the frame's longer side."""

_SHADOW = 0.42
_SHADOW_REACH, _SHADOW_DOWN = 0.11, 0.025
"""How dark the shadow is right under the picture; how far it reaches, and how much lower than the picture it lies, as
shares of the frame's shorter side."""


class AuraView:
    """A picture in a gradient.

    Args:
        source: what pictures have in common.
        width: pixels of the frame, even.
        height: likewise.
        rate: pictures a second.
    """

    def __init__(self, source: Frame, width: int, height: int, rate: Fraction) -> None:
        self._rate = rate
        inner = fitted_size(source, int(width * _WIDE) // 2 * 2, int(height * _TALL) // 2 * 2)
        left, top = (width - inner[0]) // 4 * 2, (height - inner[1]) // 4 * 2
        small = max(8, width // _SMALLER), max(8, height // _SMALLER)
        self._gradient = _Gradient(small, (width, height), inner)
        graph = self._graph = Graph()
        self._entry = add_entry(graph, source, rate)
        self._light = add_entry(graph, Frame(*small, Fraction(1), "rgb48le", Color(2, 1, 1, 0)), rate)
        mask = add_entry(graph, Frame(*inner, Fraction(1), "gray", Color(2, 1, 1, 1)), rate)
        scale = graph.add("scale", w=str(inner[0]), h=str(inner[1]), flags=scaler(source.width, inner[0]))
        merge = graph.add("alphamerge")
        grow = graph.add(
            "scale", w=str(width), h=str(height), flags="bicubic", out_color_matrix="bt709", out_range="limited"
        )
        form = graph.add("format", pix_fmts="yuv420p")
        over = graph.add("overlay", x=str(left), y=str(top), format="yuv420")
        self._exit = graph.add("buffersink")
        graph.link_nodes(self._entry, scale, merge)
        mask.link_to(merge, 0, 1)
        graph.link_nodes(self._light, grow, form, over)
        merge.link_to(over, 0, 1)
        over.link_to(self._exit)
        graph.configure()
        _give_mask(mask, inner, round(_CORNER * min(width, height)), rate)

    def show(self, frame: VideoFrame, _windows: tuple[Window, ...]) -> VideoFrame:
        """The whole of a picture in the gradient of its time."""
        light = VideoFrame.from_ndarray(self._gradient.at(float((frame.pts or 0) / self._rate)), format="rgb48le")
        light.pts, light.time_base = frame.pts, frame.time_base
        light.color_range, light.colorspace = 2, 0
        self._light.push(light)
        return through(self._entry, self._exit, frame)


class _Gradient:
    """Lights that wander, with a picture's shadow before them."""

    def __init__(self, size: tuple[int, int], frame: tuple[int, int], inner: tuple[int, int]) -> None:
        width, height = size
        longer = max(frame)
        # In shares of the frame's longer side, so that circles are round.
        self._across = ((np.arange(width) + 0.5) / width * frame[0] / longer).astype(np.float32)[None, :]
        self._down = ((np.arange(height) + 0.5) / height * frame[1] / longer).astype(np.float32)[:, None]
        self._frame = frame[0] / longer, frame[1] / longer
        far_across = np.abs(self._across - self._frame[0] / 2) - inner[0] / longer / 2
        lower = self._frame[1] / 2 + _SHADOW_DOWN * min(self._frame)
        far_down = np.abs(self._down - lower) - inner[1] / longer / 2
        away = np.hypot(np.maximum(far_across, 0), np.maximum(far_down, 0))
        reach = _SHADOW_REACH * min(self._frame)
        self._shade = (1 - _SHADOW * np.exp(-((away / reach) ** 2)))[:, :, None].astype(np.float32)

    def at(self, seconds: float) -> NDArray[np.uint16]:
        """The gradient at a time, red, green and blue, shape (height, width, 3)."""
        turn = seconds / _ROUND
        sums = np.zeros((self._down.shape[0], self._across.shape[1], 3), np.float32)
        weights = np.full((*sums.shape[:2], 1), _GROUND_WEIGHT, np.float32)
        sums += weights * np.asarray(_GROUND, np.float32)
        for color, x, y, radius, begin, way in _LIGHTS:
            angle = 2 * math.pi * (begin + way * turn)
            light = _shine(
                self._across - (x + radius * math.cos(angle)) * self._frame[0],
                self._down - (y + radius * math.sin(angle)) * self._frame[1],
            )
            sums += light * np.asarray(color, np.float32)
            weights += light
        mixed = sums / weights * self._shade
        return np.ascontiguousarray(np.clip(mixed * 65535, 0, 65535).astype(np.uint16))


def _shine(across: _Picture, down: _Picture) -> _Picture:
    light: _Picture = np.exp(-((down / (_REACH / 2)) ** 2)) * np.exp(-((across / (_REACH / 2)) ** 2))
    return light[:, :, None]


def _give_mask(entry: FilterContext, size: tuple[int, int], radius: int, rate: Fraction) -> None:
    """Give a graph the one picture that says what is seen of all others: all but the corners, with soft edges."""
    width, height = size
    across = np.abs(np.arange(width) + 0.5 - width / 2)[None, :] - (width / 2 - radius)
    down = np.abs(np.arange(height) + 0.5 - height / 2)[:, None] - (height / 2 - radius)
    away = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    seen = np.clip(radius + 0.5 - away, 0, 1)
    mask = VideoFrame.from_ndarray((seen * 255).round().astype(np.uint8), format="gray")
    mask.pts, mask.time_base = 0, 1 / rate
    mask.color_range = 2
    entry.push(mask)
    entry.push(None)
