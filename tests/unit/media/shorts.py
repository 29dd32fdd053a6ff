"""Makes shorts of small media and reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.caption import OverlayTrack
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.framing import CameraPath, CameraPoint, CameraStretch, Layout, Window
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short import ShortPlan
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.domain.short_stages import RenderShort
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.short_render import render_short
from tests.media_factory import read_number

F = Fraction
SIZE = (180, 320)
SOURCE_SIZE = (320, 180)

Planes = NDArray[np.uint8]


def span(text: str) -> TimeRange:
    """``"1-2.5"`` as a range."""
    start, end = text.split("-")
    return TimeRange(F(start), F(end))


def spans(text: str) -> tuple[TimeRange, ...]:
    """``"1-2 3.5-4"`` as ranges."""
    return tuple(map(span, text.split()))


def still_window(window: Window, covers: TimeRange | None = None) -> CameraPath:
    """A camera that shows one window all the time."""
    covers = covers or span("0-1000")
    return CameraPath((CameraStretch(covers, Layout.WINDOW, (CameraPoint(covers.start, (window,)),)),))


WHOLE = CameraPath((CameraStretch(span("0-1000"), Layout.WHOLE),))


def make_short(
    source: Path,
    pieces: str,
    path: Path,
    *,
    size: tuple[int, int] = SIZE,
    framing: Framing = Framing.BLUR,
    camera: CameraPath = WHOLE,
    overlays: Sequence[OverlayTrack] = (),
    loudness: float | None = None,
    reporter: Reporter | None = None,
    sound: Path | None = None,
) -> RenderedFile:
    """Render a short; without a loudness the sound is left as it is."""
    plan = ShortPlan(spans(pieces), *size, framing, camera, tuple(overlays), loudness)
    media = FetchedMedia(source, sound or source)
    return render_short(RenderShort(media, plan, path), reporter or Reporter())


def colors(path: Path) -> list[Planes]:
    """Each picture as red, green and blue, shape (height, width, 3), by the colours that the file says it has."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def brightness(path: Path) -> list[Planes]:
    """Luma of each picture, shape (height, width)."""
    pictures = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
            pictures.append(rows[: frame.height, : frame.width].copy())
    return pictures


def times(path: Path) -> list[Fraction]:
    """When each picture is shown, in seconds."""
    with av.open(str(path)) as container:
        return [F(frame.pts) * frame.time_base for frame in container.decode(video=0)]


def numbers(path: Path, rows: slice | None = None) -> list[int]:
    """The number that each picture of a short over its blurred copy carries.

    Args:
        path: of a short.
        rows: of the picture in it; those of a picture of 16 to 9 in :data:`SIZE` where ``None``.
    """
    rows = rows or slice(108, 210)
    return [read_number(luma[rows]) for luma in brightness(path)]


def paint_video(path: Path, pictures: Iterable[Planes], rate: int = 30) -> Path:
    """A video of pictures of red, green and blue, each kept nearly as it is."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"crf": "4", "preset": "ultrafast"})
        context = stream.codec_context
        context.color_range, context.color_primaries, context.color_trc, context.colorspace = 1, 1, 1, 1
        stream.pix_fmt = "yuv420p"
        for number, picture in enumerate(pictures):
            if number == 0:
                stream.height, stream.width = picture.shape[:2]
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def flat(color: tuple[int, int, int], size: tuple[int, int] = SOURCE_SIZE) -> Planes:
    """A picture of one colour; width and height."""
    return np.full((size[1], size[0], 3), color, np.uint8)


def is_near(seen: NDArray[np.generic], color: tuple[int, int, int], by: float = 12) -> bool:
    """Whether pixels are of a colour on average."""
    mean = seen.reshape(-1, 3).astype(float).mean(axis=0)
    return bool(np.abs(mean - np.array(color)).max() <= by)
