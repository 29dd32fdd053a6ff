"""The ends of the filter graphs that make a short's pictures, and how a picture fits into the frame."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from av.filter import Graph
from av.video.frame import VideoFrame

from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.media.fitting import Frame

if TYPE_CHECKING:
    from av.filter.context import FilterContext


def add_entry(graph: Graph, frame: Frame, rate: Fraction) -> FilterContext:
    """Where pictures come into a graph.

    Args:
        graph: not yet configured.
        frame: what the pictures have in common.
        rate: of them a second; their time stamps count them.
    """
    return graph.add(
        "buffer",
        video_size=f"{frame.width}x{frame.height}",
        pix_fmt=frame.pixel_format,
        time_base=f"{rate.denominator}/{rate.numerator}",
        pixel_aspect="1/1",  # every filter counts in the picture's own samples
        colorspace=str(frame.color.matrix),
        range=str(frame.color.range),
    )


def through(entry: FilterContext, leave: FilterContext, frame: VideoFrame) -> VideoFrame:
    """A picture's way through a graph that holds none back."""
    entry.push(frame)
    made = leave.pull()
    if not isinstance(made, VideoFrame):
        raise InternalError(ErrorCode.INTERNAL, "A filter graph gave no picture.")
    return made


def fitted_size(source: Frame, width: int, height: int) -> tuple[int, int]:
    """Pixels of a whole picture that is as large as fits into a frame of square ones; even.

    Args:
        source: what the picture's samples are like.
        width: pixels of the frame.
        height: likewise.
    """
    seen = source.width * source.sample_aspect_ratio
    factor = min(width / seen, Fraction(height, source.height))
    return min(width, _even(seen * factor)), min(height, _even(source.height * factor))


def scaler(width: int, wanted: int) -> str:
    """How libswscale scales: it widens the bilinear filter as it makes smaller; enlarging, bicubic is sharper.

    Args:
        width: pixels that there are.
        wanted: pixels that there are to be.
    """
    return "bilinear" if wanted < width else "bicubic"


def _even(side: Fraction) -> int:
    return max(2, 2 * round(side / 2))
