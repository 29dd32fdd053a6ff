"""Fits pictures of any shape into one frame: scaled as a whole, never stretched, with black at the sides."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.media.graph import Color, FilterStep, PicturePlan, Shape, plan_picture
from fastclip_desktop.media.orientation import Orientation

_UNSPECIFIED = 2
_MATRICES = {1: "bt709", 4: "fcc", 5: "bt601", 6: "smpte170m", 7: "smpte240m", 9: "bt2020"}
"""What FFmpeg calls the code points of ITU-T H.273, table 4."""

_RANGES = {1: "limited", 2: "full"}


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pictures of a clip have in common.

    Attributes:
        width: pixels, even.
        height: pixels, even.
        sample_aspect_ratio: width of a sample over its height.
        pixel_format: FFmpeg's name.
        color: the meaning of the numbers.
    """

    width: int
    height: int
    sample_aspect_ratio: Fraction
    pixel_format: str
    color: Color

    @classmethod
    def of(cls, plan: PicturePlan) -> Frame:
        """The frame that a plan's pictures come out in."""
        return cls(plan.width, plan.height, plan.sample_aspect_ratio, plan.pixel_format, plan.color)


def plan_fitted(shape: Shape, orientation: Orientation, sample_aspect_ratio: Fraction, frame: Frame) -> PicturePlan:
    """Decide how pictures of one shape get into a frame.

    Args:
        shape: what the decoder gives.
        orientation: how it has to be turned.
        sample_aspect_ratio: of the picture before it is turned.
        frame: what the encoder takes.
    """
    width, height = (shape.height, shape.width) if orientation.swaps_sides else (shape.width, shape.height)
    ratio = 1 / sample_aspect_ratio if orientation.swaps_sides else sample_aspect_ratio
    # In the frame's own samples, so that pictures of another sample aspect ratio keep their form.
    seen = Fraction(width) * ratio / frame.sample_aspect_ratio
    factor = min(frame.width / seen, Fraction(frame.height, height))
    inner = min(frame.width, _even(seen * factor)), min(frame.height, _even(height * factor))
    plan = plan_picture(
        shape, orientation=orientation, sample_aspect_ratio=sample_aspect_ratio, pixel_format=frame.pixel_format,
        size=inner,
    )  # fmt: skip
    filters = [*plan.filters, *_recolored(plan.color, frame.color)]
    if inner != (frame.width, frame.height):
        left, top = ((outer - own) // 4 * 2 for outer, own in zip((frame.width, frame.height), inner, strict=True))
        filters.append(("pad", {"w": str(frame.width), "h": str(frame.height), "x": str(left), "y": str(top)}))
    if filters and plan.pixel_format != frame.pixel_format:
        filters.append(("format", {"pix_fmts": frame.pixel_format}))
    return dataclasses.replace(plan, width=frame.width, height=frame.height, filters=tuple(filters))


def _recolored(own: Color, wanted: Color) -> tuple[FilterStep, ...]:
    """Turn numbers of one meaning into the frame's, where both are known and differ."""
    options = {}
    if own.matrix != wanted.matrix and {own.matrix, wanted.matrix} <= _MATRICES.keys():
        options["out_color_matrix"] = _MATRICES[wanted.matrix]
    if own.range != wanted.range and {own.range, wanted.range} <= _RANGES.keys():
        options["out_range"] = _RANGES[wanted.range]
    return (("scale", options),) if options else ()


def _even(side: Fraction) -> int:
    return max(2, 2 * round(side / 2))
