"""Makes the small pictures that stand in for a source's own, and shows them.

x264's ``superfast`` without pictures that lean on later ones: measured at 640×360, an hour of a talk takes 257 MB, a
picture 0.8 ms to make and 0.3 ms to show. ``ultrafast`` takes 0.5 ms and twice the room; JPEG 1.2 ms and seven times.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import av
import av.error
from av.video.frame import PictureType

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.stand_in import KEY_EVERY, PIECE, STAND_IN_BOX, StandIn
from fastclip_desktop.media.container import open_media, reading
from fastclip_desktop.media.easel import Easel
from fastclip_desktop.media.encoders import SOFTWARE
from fastclip_desktop.media.miniature import fitted_size
from fastclip_desktop.media.orientation import UPRIGHT, Orientation
from fastclip_desktop.media.probe import probe_container
from fastclip_desktop.media.vantage import Vantage

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_FORMAT = "yuv420p"
_FULL_RANGE, _BT601 = 2, 6
"""What :func:`~fastclip_desktop.media.miniature.miniature_plan` makes, in the code points of ITU-T H.273."""

_OPTIONS = {
    "preset": "superfast",
    "tune": "zerolatency",
    "crf": "26",
    "x264-params": f"keyint={KEY_EVERY}:min-keyint={KEY_EVERY}:scenecut=0:bframes=0",
}

_CLOCK = Fraction(1, 30)
"""What the encoder believes; the true times stand beside its pictures."""


@dataclass(slots=True)
class _Begun:
    """A piece of which some pictures are made.

    Attributes:
        number: the piece's.
        encoder: has been given the pictures until now.
        wanted: the presentation time of the picture that comes next; ``None`` where none does.
    """

    number: int
    encoder: VideoCodecContext
    wanted: int | None
    times: list[int] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


class StandInMaker:
    """One file, open to be copied small; use it in ``with``.

    Args:
        path: a local file.
        is_alone: nobody else computes, so that it need not keep to one core.

    Raises:
        InputError: ``no_video``, and what opening the file raises.
    """

    def __init__(self, path: Path, *, is_alone: bool = False) -> None:
        with open_media(path) as container, reading(path):
            info = probe_container(container, path)
        if info.picture is None:
            raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
        self._path = path
        self._origin = info.origin
        width, height = fitted_size(info.picture, STAND_IN_BOX)
        self._size = max(2, width & ~1), max(2, height & ~1)  # what 4:2:0 takes
        self._easel = Easel(Orientation(info.picture.rotation, info.picture.mirrored), _FORMAT)
        self._vantage = Vantage(path, info.picture.index, is_frugal=True, is_alone=is_alone)
        self._begun: _Begun | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._vantage.close()

    def make(self, number: int, check: Callable[[], None]) -> StandIn:
        """The piece of a number, soonest right after the one before it, or where making it was stopped last.

        Args:
            number: counted from the beginning of the source; beyond its end the last picture is shown.
            check: called for each picture that is decoded; stops the work by raising, after which any piece can be
                made as before.

        Raises:
            InputError: ``damaged_media`` or ``encrypted_media`` where nothing can be decoded there.
        """
        base = self._vantage.base
        begin, end = (math.floor((each * PIECE + self._origin) / base) for each in (number, number + 1))
        begun, self._begun = self._begun, None
        if begun is None or begun.number != number:
            begun = _Begun(number, _encoder(self._size), begin)
        with reading(self._path):
            while begun.wanted is not None and (not begun.times or begun.wanted < end):
                try:
                    frame = self._vantage.look(begun.wanted, lambda _: None, check)
                except Cancelled:
                    self._begun = begun  # it was stopped between two pictures
                    raise
                if frame is None:
                    self._vantage.log.raise_for_nothing(self._path, "picture")
                    raise InputError(ErrorCode.DAMAGED_MEDIA, f"No picture of {self._path.name} can be decoded there.")
                begun.wanted = self._vantage.after(frame)
                small = self._easel.draw(frame, self._size)
                small.pts, small.time_base = len(begun.times), _CLOCK
                small.pict_type = PictureType.NONE  # else every key frame of the source begins a group here too
                begun.times.append(frame.pts or 0)
                begun.pictures += map(bytes, begun.encoder.encode(small))
        begun.pictures += map(bytes, begun.encoder.encode(None))
        header = bytes(begun.encoder.extradata or b"")
        times, pictures = tuple(begun.times), tuple(begun.pictures)
        return StandIn(number, *self._size, base, self._origin, times, begun.wanted, header, pictures)


def show_stand_in(piece: StandIn, instant: Fraction, box: tuple[int, int]) -> Still:
    """The small picture that is on screen at an instant.

    Args:
        piece: it holds the instant.
        instant: seconds of the source.
        box: width and height in pixels that it fits into; it is never made larger.

    Raises:
        ValueError: the piece is broken.
    """
    try:
        return _shown(piece, instant, box)
    except (av.error.FFmpegError, ArithmeticError, IndexError, TypeError) as error:
        raise ValueError(f"piece {piece.number}: {error}") from error


def _shown(piece: StandIn, instant: Fraction, box: tuple[int, int]) -> Still:
    place = piece.place(instant)
    decoder = av.CodecContext.create("h264", "r")
    decoder.thread_count = 1
    if piece.header:
        decoder.extradata = piece.header
    first = place - place % KEY_EVERY
    coded = [_packet(data, count) for count, data in enumerate(piece.pictures[first : place + 1])]
    frames = list(itertools.chain.from_iterable(decoder.decode(packet) for packet in [*coded, None]))
    if len(coded) != place + 1 - first or len(frames) != len(coded):
        raise ValueError(f"piece {piece.number} gives {len(frames)} of {place + 1 - first} pictures")
    scale = min(Fraction(1), Fraction(box[0], piece.width), Fraction(box[1], piece.height))
    size = max(1, round(piece.width * scale)), max(1, round(piece.height * scale))
    pixels = Easel(UPRIGHT).paint(frames[-1], size)
    return Still(instant, piece.source(place), *size, pixels, is_exact=True, until=piece.ends(place), is_small=True)


def _packet(data: bytes, count: int) -> Packet[VideoStream]:
    packet = cast("Packet[VideoStream]", av.Packet(data))
    packet.pts = packet.dts = count
    packet.time_base = _CLOCK
    return packet


def _encoder(size: tuple[int, int]) -> VideoCodecContext:
    encoder = cast("VideoCodecContext", av.CodecContext.create(SOFTWARE, "w"))
    encoder.width, encoder.height = size
    encoder.pix_fmt = _FORMAT
    encoder.time_base, encoder.framerate = _CLOCK, 1 / _CLOCK
    encoder.color_range, encoder.colorspace = _FULL_RANGE, _BT601
    encoder.options = dict(_OPTIONS)
    encoder.thread_count = 1
    return encoder
