"""A whole picture with round corners in a soft gradient that moves slowly.

The gradient is a few lights of different colours that wander in circles, painted at a twentieth of the frame's size, a
shadow under the picture included, and scaled up from sixteen bits a colour, so that it has no steps.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from av.filter import Graph
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from fastclip_desktop.domain.framing import Window
from fastclip_desktop.domain.surroundings import (
    AURA_CORNER,
    AURA_TALL,
    AURA_WIDE,
    GROUND,
    GROUND_WEIGHT,
    LIGHTS,
    REACH,
    SHADOW,
    SHADOW_DOWN,
    SHADOW_REACH,
)
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.graph import Color
from fastclip_desktop.media.short_graph import add_entry, fitted_size, scaler, through

if TYPE_CHECKING:
    from av.filter.context import FilterContext

_Picture: TypeAlias = NDArray[np.float32]

_SMALLER = 20


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
        inner = fitted_size(source, int(width * AURA_WIDE) // 2 * 2, int(height * AURA_TALL) // 2 * 2)
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
        _give_mask(mask, inner, round(AURA_CORNER * min(width, height)), rate)

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
        lower = self._frame[1] / 2 + SHADOW_DOWN * min(self._frame)
        far_down = np.abs(self._down - lower) - inner[1] / longer / 2
        away = np.hypot(np.maximum(far_across, 0), np.maximum(far_down, 0))
        reach = SHADOW_REACH * min(self._frame)
        self._shade = (1 - SHADOW * np.exp(-((away / reach) ** 2)))[:, :, None].astype(np.float32)

    def at(self, seconds: float) -> NDArray[np.uint16]:
        """The gradient at a time, red, green and blue, shape (height, width, 3)."""
        sums = np.zeros((self._down.shape[0], self._across.shape[1], 3), np.float32)
        weights = np.full((*sums.shape[:2], 1), GROUND_WEIGHT, np.float32)
        sums += weights * np.asarray(GROUND, np.float32)
        for light in LIGHTS:
            x, y = light.place(seconds)
            shine = _shine(self._across - x * self._frame[0], self._down - y * self._frame[1])
            sums += shine * np.asarray(light.color, np.float32)
            weights += shine
        mixed = sums / weights * self._shade
        return np.ascontiguousarray(np.clip(mixed * 65535, 0, 65535).astype(np.uint16))


def _shine(across: _Picture, down: _Picture) -> _Picture:
    light: _Picture = np.exp(-((down / REACH) ** 2)) * np.exp(-((across / REACH) ** 2))
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
