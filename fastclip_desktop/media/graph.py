"""What has to be done to a picture between decoder and encoder, decided as a value and built as one filter graph."""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
from av.filter import Graph

from fastclip_desktop.media.orientation import UPRIGHT, Orientation
from fastclip_desktop.media.tone_map import HLG, PQ, cube_file

if TYPE_CHECKING:
    from av.filter.context import FilterContext
    from av.video.frame import VideoFrame

_UNSPECIFIED = 2
_RANGE_LIMITED, _RANGE_FULL = 1, 2
_MATRIX_RGB, _BT709 = 0, 1

FilterStep = tuple[str, Mapping[str, str]]
"""A filter's name and its options. The table of ``lut3d`` is put in when the graph is built."""

TONE_MAPPED_NOTE = "The picture is HDR; it was tone-mapped to standard range (BT.709)."


@dataclass(frozen=True, slots=True)
class Color:
    """How numbers in a picture mean colours: code points of ITU-T H.273, range as FFmpeg counts it (2 is full)."""

    range: int = 0
    primaries: int = _UNSPECIFIED
    transfer: int = _UNSPECIFIED
    matrix: int = _UNSPECIFIED

    @property
    def is_hdr(self) -> bool:
        """Whether the transfer function is PQ or HLG."""
        return self.transfer in (PQ, HLG)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a graph has to know of the pictures that come out of a decoder.

    Attributes:
        width: pixels.
        height: pixels.
        pixel_format: FFmpeg's name.
        color: the meaning of its numbers.
        interlaced: it holds two fields.
        is_rgb: it holds red, green and blue, perhaps through a palette.
    """

    width: int
    height: int
    pixel_format: str
    color: Color = Color()
    interlaced: bool = False
    is_rgb: bool = False


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """What the encoder gets, and the filters that make it.

    Attributes:
        width: pixels, even.
        height: pixels, even.
        sample_aspect_ratio: width of a sample over its height.
        pixel_format: FFmpeg's name.
        color: what the encoder says about its numbers.
        filters: name and options of each filter, in order; empty when frames go straight to the encoder.
        notes: sentences for the receipt.
    """

    width: int
    height: int
    sample_aspect_ratio: Fraction
    pixel_format: str
    color: Color
    filters: tuple[FilterStep, ...] = ()
    notes: tuple[str, ...] = ()


def shape_of(frame: VideoFrame) -> Shape:
    """Read the shape off a decoded picture."""
    name = frame.format.name
    return Shape(
        frame.width,
        frame.height,
        name,
        Color(
            _RANGE_FULL if name.startswith("yuvj") else frame.color_range,
            frame.color_primaries,
            frame.color_trc,
            frame.colorspace,
        ),
        frame.interlaced_frame,
        frame.format.is_rgb or frame.format.has_palette,
    )


def output_size(
    width: int, height: int, sample_aspect_ratio: Fraction, max_short_side: int | None
) -> tuple[int, int, Fraction]:
    """The size and sample aspect ratio that an upright picture of this size is encoded with.

    A picture that is small enough keeps its pixels and their shape; one that is too large is scaled to square pixels.
    Sides come out even, because 4:2:0 needs that; a picture with an odd side is scaled by that one pixel rather than
    cropped, so that no edge is lost. Nothing is ever enlarged but a side of one pixel.
    """
    display_width = width * max(sample_aspect_ratio, Fraction(1))
    display_height = height / min(sample_aspect_ratio, Fraction(1))
    short = min(display_width, display_height)
    if max_short_side is None or short <= max_short_side:
        return _even(width), _even(height), sample_aspect_ratio
    factor = Fraction(max_short_side) / short
    return 2 * max(1, round(display_width * factor / 2)), 2 * max(1, round(display_height * factor / 2)), Fraction(1)


def plan_picture(
    shape: Shape,
    *,
    orientation: Orientation = UPRIGHT,
    sample_aspect_ratio: Fraction = Fraction(1),
    max_short_side: int | None = None,
    pixel_format: str = "yuv420p",
    size: tuple[int, int] | None = None,
) -> PicturePlan:
    """Decide how pictures of one shape get to the encoder.

    Args:
        shape: what the decoder gives.
        orientation: how it has to be turned.
        sample_aspect_ratio: of the picture before it is turned.
        max_short_side: the greatest short side in display pixels, ``None`` for any.
        pixel_format: what the encoder takes.
        size: width and height that an encoder at work already has, for a source that changes on the way.
    """
    upright = (shape.height, shape.width) if orientation.swaps_sides else (shape.width, shape.height)
    upright_ratio = 1 / sample_aspect_ratio if orientation.swaps_sides else sample_aspect_ratio
    width, height, ratio = output_size(*upright, upright_ratio, max_short_side)
    width, height = size or (width, height)
    scaled = (height, width) if orientation.swaps_sides else (width, height)
    direct = shape.pixel_format == pixel_format or (shape.pixel_format, pixel_format) == ("yuvj420p", "yuv420p")
    filters: list[FilterStep] = [("bwdif", {"mode": "send_frame", "deint": "interlaced"})] if shape.interlaced else []
    if scaled != (shape.width, shape.height) or not direct or shape.color.is_hdr:
        filters.extend(_scaling(shape, scaled, pixel_format))
        direct = False
    filters.extend(orientation.filters)
    return PicturePlan(
        width,
        height,
        ratio,
        shape.pixel_format if direct else pixel_format,
        _output_color(shape),
        tuple(filters),
        (TONE_MAPPED_NOTE,) if shape.color.is_hdr else (),
    )


def _scaling(shape: Shape, size: tuple[int, int], pixel_format: str) -> list[FilterStep]:
    """Change size, numbers and pixel format; the filters before and after leave all three alone."""
    # libswscale widens the filter as it scales down, so that bilinear is as free of steps as bicubic, a third cheaper.
    scale = {"w": str(size[0]), "h": str(size[1]), "flags": "bilinear"}
    if shape.color.is_hdr:
        matrix = {"in_color_matrix": "bt2020"} if shape.color.matrix == _UNSPECIFIED else {}
        return [
            ("scale", scale | matrix),
            ("format", {"pix_fmts": "gbrp10"}),
            ("lut3d", {"interp": "tetrahedral"}),
            ("setparams", {"color_primaries": "bt709", "color_trc": "bt709"}),
            ("scale", {"out_color_matrix": "bt709", "out_range": "limited"}),
            ("format", {"pix_fmts": pixel_format}),
        ]
    if shape.is_rgb or shape.color.matrix == _MATRIX_RGB:
        scale |= {"out_color_matrix": "bt709", "out_range": "limited"}
    elif shape.color.range:
        scale["out_range"] = "full" if shape.color.range == _RANGE_FULL else "limited"
    return [("scale", scale), ("format", {"pix_fmts": pixel_format})]


def _output_color(shape: Shape) -> Color:
    if shape.color.is_hdr:
        return Color(_RANGE_LIMITED, _BT709, _BT709, _BT709)
    if shape.is_rgb or shape.color.matrix == _MATRIX_RGB:
        return Color(_RANGE_LIMITED, shape.color.primaries, shape.color.transfer, _BT709)
    return shape.color


def build_graph(plan: PicturePlan, shape: Shape, time_base: Fraction) -> Graph:
    """Join a plan's filters; push frames of ``shape`` with times on ``time_base``, pull finished ones."""
    graph = Graph()
    source = {
        "video_size": f"{shape.width}x{shape.height}",
        "pix_fmt": shape.pixel_format,
        "time_base": f"{time_base.numerator}/{time_base.denominator}",
        "pixel_aspect": "1/1",  # the encoder's header carries the ratio
        "colorspace": str(shape.color.matrix),
        "range": str(shape.color.range),
    }
    # The filter reads its table from a file, while it is added and never again.
    with tempfile.TemporaryDirectory(prefix="fastclip-") as folder:
        nodes: list[FilterContext] = [graph.add("buffer", **source)]
        for name, options in plan.filters:
            settings = dict(options)
            if name == "lut3d":
                table = Path(folder) / "tones.cube"
                table.write_text(cube_file(shape.color.transfer), encoding="ascii")
                settings["file"] = str(table)
            nodes.append(graph.add(name, **settings))
        nodes.append(graph.add("buffersink"))
        graph.link_nodes(*nodes)
        graph.configure()
    return graph


def filtered(
    frames: Iterable[VideoFrame], plan: PicturePlan, replan: Callable[[Shape], PicturePlan], time_base: Fraction
) -> Iterator[VideoFrame]:
    """Take frames through a plan's filters, one out for each in.

    Args:
        frames: with times on ``time_base``.
        plan: for frames of the first one's shape.
        replan: gives the plan for another shape, for sources that change on the way; its output is like the first's.
        time_base: seconds a unit of the frames' times.
    """
    shape: Shape | None = None
    graph: Graph | None = None
    for frame in frames:
        seen = shape_of(frame)
        if shape is not None and shape.interlaced:
            # Broadcasts flag frame by frame; the filter leaves those alone that aren't, so one graph does for both.
            seen = dataclasses.replace(seen, interlaced=True)
        if seen != shape:
            yield from _through(graph, None)
            plan = plan if shape is None else replan(seen)
            graph = build_graph(plan, seen, time_base) if plan.filters else None
            shape = seen
        if graph is None:
            yield frame
        else:
            yield from _through(graph, frame)
    yield from _through(graph, None)


def _through(graph: Graph | None, frame: VideoFrame | None) -> Iterator[VideoFrame]:
    if graph is None:
        return
    graph.vpush(frame)
    try:
        while True:
            yield graph.vpull()
    except (av.error.BlockingIOError, av.error.EOFError):
        return  # it wants more, or it has given everything


def _even(side: int) -> int:
    return max(2, side - side % 2)
