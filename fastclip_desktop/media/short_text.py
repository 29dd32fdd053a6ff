"""Lays painted text over pictures: each painted picture is read once, when its time comes."""

from __future__ import annotations

import math
import struct
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING

import av.error
from av.codec.context import CodecContext
from av.filter import Graph
from av.packet import Packet
from av.video.frame import VideoFrame

from fastclip_desktop.domain.caption import OverlayTrack
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.media.fitting import Frame
from fastclip_desktop.media.short_graph import add_entry, through

if TYPE_CHECKING:
    from pathlib import Path

    from av.filter.context import FilterContext

_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = 24
_FORMAT = "yuva420p"


def check_overlays(tracks: Sequence[OverlayTrack], width: int, height: int) -> None:
    """Look at every painted picture before the work begins, without decoding it.

    Args:
        tracks: what will be laid over the short.
        width: pixels of the short.
        height: likewise.

    Raises:
        InternalError: if a picture is missing, no PNG or of another size than its track, or a track hangs over the
            frame's edge or is out of order.
    """
    for track in tracks:
        right, below = track.x + track.width, track.y + track.height
        if min(track.x, track.y) < 0 or right > width or below > height:
            raise InternalError(ErrorCode.INTERNAL, "A track of painted text hangs over the edge of the frame.")
        starts = [picture.start for picture in track.pictures]
        if starts != sorted(starts):
            raise InternalError(ErrorCode.INTERNAL, "Painted text is not in the order of its times.")
        for path in {picture.path for picture in track.pictures if picture.path is not None}:
            if _size_of(path) != (track.width, track.height):
                raise InternalError(ErrorCode.INTERNAL, f"{path.name} is not the picture of text that it should be.")


def _size_of(path: Path) -> tuple[int, int] | None:
    """Width and height of a PNG, from its first bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if len(head) < _HEAD or not head.startswith(_PNG):
        return None
    width, height = struct.unpack(">II", head[16:24])
    return int(width), int(height)


class TextLayer:
    """Lays tracks of painted text over the pictures of a short, in order.

    Args:
        tracks: checked ones; a track that never shows anything costs nothing.
        frame: what the pictures have in common.
        pixel_format: in which they are wanted, FFmpeg's name.
        rate: pictures a second.
    """

    def __init__(self, tracks: Sequence[OverlayTrack], frame: Frame, pixel_format: str, rate: Fraction) -> None:
        shown = [track for track in tracks if any(picture.path is not None for picture in track.pictures)]
        graph = self._graph = Graph()
        self._entry = end = add_entry(graph, frame, rate)
        self._tracks: list[_TrackFeed] = []
        for track in shown:
            small = Frame(track.width, track.height, Fraction(1), _FORMAT, frame.color)
            entry = add_entry(graph, small, rate)
            over = graph.add("overlay", x=str(track.x), y=str(track.y), format="yuv420")
            end.link_to(over, 0, 0)
            entry.link_to(over, 0, 1)
            self._tracks.append(_TrackFeed(track, entry, over, rate))
            end = over
        form = graph.add("format", pix_fmts=pixel_format)
        self._exit = graph.add("buffersink")
        graph.link_nodes(end, form, self._exit)
        graph.configure()
        self._passes = not shown and pixel_format == frame.pixel_format

    def lay(self, picture: VideoFrame) -> VideoFrame:
        """A picture with the text of its time over it.

        Raises:
            InternalError: if a painted picture cannot be read.
        """
        if self._passes:
            return picture
        for track in self._tracks:
            track.prepare(picture.pts or 0)
        return through(self._entry, self._exit, picture)


class _TrackFeed:
    """Feeds one track's pictures to the filter that lays them over.

    The filter waits for a picture after the present one to know until when that is shown. So it always gets the one of
    the next time stamp ahead; a picture that goes on is given again, which copies nothing.
    """

    def __init__(self, track: OverlayTrack, entry: FilterContext, over: FilterContext, rate: Fraction) -> None:
        self._entry = entry
        self._over = over
        self._pictures = track.pictures
        # A picture is shown from the first frame on that is shown at its time or after it.
        self._starts = [math.ceil(picture.start * rate) for picture in track.pictures]
        self._time_base = 1 / rate
        self._path: Path | None = None
        self._laid = self._blank = _clear(track)
        self._ahead: bool | None = None
        self._is_on = True

    def prepare(self, now: int) -> None:
        """See to it that the filter has what belongs over the picture of this number; numbers rise by one."""
        is_on = self._give(now) if self._ahead is None else self._ahead
        self._ahead = self._give(now + 1)
        if is_on != self._is_on:
            self._is_on = is_on
            self._over.process_command("enable", "1" if is_on else "0")

    def _give(self, number: int) -> bool:
        """Give the filter what belongs over a picture; whether that is anything."""
        place = bisect_right(self._starts, number) - 1
        path = self._pictures[place].path if place >= 0 else None
        if path is not None and path != self._path:
            self._path, self._laid = path, _read(path, self._blank)
        laid = self._laid if path is not None else self._blank
        laid.pts, laid.time_base = number, self._time_base
        self._entry.push(laid)
        return path is not None


def _read(path: Path, like: VideoFrame) -> VideoFrame:
    """A painted picture in the form in which it is laid over: a clear one's.

    Raises:
        InternalError: if it is no whole PNG of that size.
    """
    frames: list[VideoFrame] = []
    with suppress(av.error.FFmpegError, OSError):
        frames = CodecContext.create("png", "r").decode(Packet(path.read_bytes()))
    if not frames or (frames[0].width, frames[0].height) != (like.width, like.height):
        raise InternalError(ErrorCode.INTERNAL, f"{path.name} is not the picture of text that it should be.")
    return frames[0].reformat(format=like.format.name, dst_colorspace="ITU709", dst_color_range="MPEG")


def _clear(track: OverlayTrack) -> VideoFrame:
    """A picture of a track that shows nothing."""
    frame = VideoFrame(track.width, track.height, _FORMAT)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.color_range, frame.colorspace = 1, 1
    return frame
