"""Small upright pictures of decoded frames, whatever the source: turned, interlaced, HDR, with oblong pixels."""

from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.media import VideoStream
from fastclip_desktop.media.graph import FilterStep, PicturePlan, Shape
from fastclip_desktop.media.orientation import Orientation

_RGB = "gbrp"

SCREEN = "bgra"
"""Pixels as most screens, and Qt's ``Format_RGB32``, have them on little-endian machines."""


def fitted_size(stream: VideoStream, box: tuple[int, int]) -> tuple[int, int]:
    """Width and height in square pixels of the largest picture that fits into a box, never more than the source has."""
    width, height = (max(1, side) for side in stream.display_size)  # a broken header may say 0
    scale = min(Fraction(1), Fraction(box[0], width), Fraction(box[1], height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def miniature_plan(
    shape: Shape, orientation: Orientation, size: tuple[int, int], pixel_format: str = _RGB
) -> PicturePlan:
    """How pictures of a shape become small ones.

    Args:
        shape: what the decoder gives.
        orientation: how it has to be turned.
        size: width and height after that.
        pixel_format: FFmpeg's name of an RGB format or of one with JPEG's range and matrix, such as ``yuvj420p``.
    """
    width, height = reversed(size) if orientation.swaps_sides else size
    # Area averaging is the sharpest of the ways that leave no jagged edges when much is taken away.
    scale = {"w": str(width), "h": str(height), "flags": "area"}
    # JPEG files mean full range and the matrix of BT.601 (JFIF 1.02).
    target = {} if pixel_format in (_RGB, SCREEN) else {"out_range": "full", "out_color_matrix": "bt601"}
    # One field of interlaced video moves as well as two, and shows no combs.
    filters: list[FilterStep] = [("field", {"type": "top"})] if shape.interlaced else []
    if shape.color.is_hdr:
        filters += [("scale", scale | {"in_color_matrix": "bt2020"}), ("format", {"pix_fmts": "gbrp10"})]
        filters += [("lut3d", {"interp": "tetrahedral"}), ("scale", target)]
    else:
        filters += [("scale", scale | target)]
    filters += [("format", {"pix_fmts": pixel_format}), *orientation.filters]
    return PicturePlan(*size, Fraction(1), pixel_format, shape.color, tuple(filters))
