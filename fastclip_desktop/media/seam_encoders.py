"""Encodes the few pictures at a seam so that they join the passed ones in one track.

**H.264.** A second sequence parameter set in one track is legal, and FFmpeg takes it. Other decoders empty their
picture buffer when the set changes: OpenH264 lost the pictures that still waited for display. So x264's slices are
moved onto the source's own sequence set (see :class:`~fastclip_desktop.media.avc.SliceMove`), and only a picture set
is added, as ordinary encoders do: to a decoder the seam is a key frame like any other. In 60 cuts of ten kinds of
stream OpenH264 then lost no picture and showed none wrong that was encoded here (B pyramids it shows wrongly in the
untouched source already).

**H.265.** x265 cannot be talked into another encoder's block sizes, so here the re-encoded part has parameter sets of
its own under ids that the source does not use, which take effect at its key frame. libde265 showed every picture of
18 such cuts as FFmpeg does.

**VP9.** Every packet says all about itself; a key frame resets the decoder.

No B pictures: packets come out in the order in which frames went in, and each can take any presentation time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

import av
import av.error
from av.video.frame import PictureType

from fastclip_desktop.media import avc, hevc
from fastclip_desktop.media.coded_pictures import AvcReader, HevcReader, PictureReader
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.nal import join_sized, sized_units, start_code_units
from fastclip_desktop.media.probe import frame_rate_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_X264_PRESET, _X264_QUANTISER = "ultrafast", "20"
"""A third of the time of ``veryfast`` at a rate factor of 20 for the same error (47 to 50 dB on three films),
at twice the bytes, for some seconds at most. With a fixed quantiser x264 looks at no picture twice."""

_MOST_THREADS = 8
"""x264 would start one and a half for each core; a seam is too short for the waiting that this brings."""

_X265_PRESET = "ultrafast"
_PROFILES = {66: "baseline", 77: "main", 100: "high", 110: "high10", 122: "high422", 244: "high444"}


@dataclass(frozen=True, slots=True)
class CodedFrame:
    """One encoded picture: its bytes as an mp4 track holds them, and when it is shown."""

    data: bytes
    pts: int
    key: bool


class SeamEncoder(Protocol):
    """Encodes seams of one track."""

    name: str
    extradata: bytes

    def encode(self, frames: Iterable[VideoFrame], keys: Container[int]) -> list[CodedFrame]:
        """Encode the frames of one seam, the first as a key frame.

        Args:
            frames: rising PTS on the track's clock.
            keys: the PTS of more frames that are to be key frames.

        Raises:
            NotPassable: if the encoder doesn't do as it was told.
        """
        ...


def seam_encoder(stream: VideoStream, reader: PictureReader) -> SeamEncoder:
    """An encoder whose pictures join those of a track.

    Raises:
        NotPassable: if there is none.
    """
    try:
        if isinstance(reader, AvcReader):
            return AvcSeams(stream, reader)
        if isinstance(reader, HevcReader):
            return HevcSeams(stream, reader)
        if stream.codec_context.codec.canonical_name == "vp9":
            return Vp9Seams(stream)
    except (ValueError, av.error.FFmpegError) as error:
        raise NotPassable(f"no encoder here matches its pictures: {error}") from error
    raise NotPassable(f"{stream.codec_context.codec.canonical_name} can only be cut on its key frames")


class AvcSeams:
    """x264 on the source's sequence parameter set."""

    name = "libx264"

    def __init__(self, stream: VideoStream, reader: AvcReader) -> None:
        sequence = reader.active
        if sequence is None:
            raise NotPassable("it has no key frame to begin from")
        if sequence.profile not in _PROFILES or sequence.order_type == 1:
            raise NotPassable(f"its H.264 profile {sequence.profile} is none that x264 writes")
        self._stream = stream
        self._sequence = sequence
        self._length_size = reader.record.length_size
        self._seams = 0
        self._spare: VideoCodecContext | None = self._open()
        own = avc.read_record(self._spare.extradata or b"")
        old = avc.read_sequence_set(own.sequences[0])
        old_pictures = avc.read_picture_set(own.pictures[0])
        if _geometry(old) != _geometry(sequence):
            raise NotPassable("its picture is cropped in a way that x264 does not write")
        used = {avc.picture_set_ids(unit)[0] for unit in reader.record.pictures}
        number = next((number for number in range(256) if number not in used), None)
        if number is None:
            raise NotPassable("every parameter set id is in use")
        self._move = avc.SliceMove(old, old_pictures, sequence, number)
        pictures = avc.write_picture_set(old_pictures.moved(number, sequence.id), sequence)
        self._own_extradata = self._spare.extradata
        self.extradata = reader.record.with_picture_sets(pictures).to_bytes()

    def _open(self) -> VideoCodecContext:
        sequence = self._sequence
        options = ["annexb=0", "bframes=0", "scenecut=0", "weightp=0", "sliced-threads=0", "slices=1", "force-cfr=0"]
        options += ["no-deblock=0"]  # which ``ultrafast`` goes without, and shows
        options += [f"threads={min(_MOST_THREADS, os.cpu_count() or 1)}"]
        # Where pictures lean on nothing, ours may not either; one is enough otherwise.
        options += ["ref=1", "keyint=infinite" if sequence.max_references else "keyint=1"]
        if sequence.profile < 100:
            options += ["8x8dct=0", f"cabac={int(sequence.profile == 77)}"]
        context = _matched(
            "libx264",
            self._stream,
            {
                "preset": _X264_PRESET,
                "qp": _X264_QUANTISER,
                "profile": _PROFILES[sequence.profile],
                "x264-params": ":".join(options),
            },
        )
        context.open()
        return context

    def encode(self, frames: Iterable[VideoFrame], keys: Container[int]) -> list[CodedFrame]:
        """See :class:`SeamEncoder`."""
        context, self._spare = self._spare or self._open(), None
        if context.extradata != self._own_extradata:
            raise NotPassable("x264 changed its parameter sets between two seams")
        self._seams += 1
        coded: list[CodedFrame] = []
        since_key = 0
        try:
            for pts, packet in _packets(context, frames, keys):
                since_key = 0 if packet.is_keyframe else since_key + 1
                units = [bytes(unit) for unit in sized_units(memoryview(packet), 4)]
                moved = [
                    # The id only has to differ from that of the key frame before and after: any unusual one does.
                    self._move.move(unit, index=since_key, idr_id=4096 + 2 * (len(coded) % 2) + self._seams % 2)
                    for unit in units
                    if avc.Unit.SLICE <= unit[0] & 31 <= avc.Unit.IDR
                ]
                coded.append(CodedFrame(join_sized(moved, self._length_size), pts, packet.is_keyframe))
        except (ValueError, av.error.FFmpegError) as error:
            raise NotPassable(f"x264 wrote a slice that cannot join the source's: {error}") from error
        return coded


def _geometry(sequence: avc.SequenceSet) -> tuple[object, ...]:
    return (
        sequence.width_blocks, sequence.height_units, sequence.crop, sequence.chroma_format, sequence.bit_depth,
        sequence.separate_planes,
    )  # fmt: skip


class HevcSeams:
    """x265 with parameter sets under unused ids."""

    name = "libx265"

    def __init__(self, stream: VideoStream, reader: HevcReader) -> None:
        self._stream = stream
        self._length_size = reader.record.length_size
        self._reader = reader
        self._ids = hevc.NewIds.beside(reader.record)
        self._spare: VideoCodecContext | None = self._open()
        self._own_extradata = self._spare.extradata
        own = hevc.read_record(self._own_extradata or b"")
        more = tuple(self._ids.rename(unit) for kind in hevc.SETS for unit in own.units(kind))
        self.extradata = reader.record.with_units(more).to_bytes()

    def _open(self) -> VideoCodecContext:
        options = (
            "bframes=0:scenecut=0:keyint=-1:wpp=0:pmode=0:slices=1:open-gop=0:repeat-headers=0:aud=0:hrd=0:"
            "info=0:weightp=0:log-level=none:opt-qp-pps=0:opt-ref-list-length-pps=0"
        )
        context = _matched(
            "libx265", self._stream, {"preset": _X265_PRESET, "crf": "16", "forced-idr": "1", "x265-params": options}
        )
        context.open()
        return context

    def encode(self, frames: Iterable[VideoFrame], keys: Container[int]) -> list[CodedFrame]:
        """See :class:`SeamEncoder`."""
        context, self._spare = self._spare or self._open(), None
        if context.extradata != self._own_extradata:
            raise NotPassable("x265 changed its parameter sets between two seams")
        coded = []
        try:
            for pts, packet in _packets(context, frames, keys):
                slices = [unit for unit in start_code_units(bytes(packet)) if hevc.unit_type(unit) < hevc.Unit.VPS]
                units = [self._ids.rename(unit) for unit in slices]
                if packet.is_keyframe:
                    units[:0] = self._reader.light
                coded.append(CodedFrame(join_sized(units, self._length_size), pts, packet.is_keyframe))
        except (ValueError, av.error.FFmpegError) as error:
            raise NotPassable(f"x265 wrote a slice that cannot join the source's: {error}") from error
        return coded


class Vp9Seams:
    """libvpx with the source's profile."""

    name = "libvpx-vp9"

    def __init__(self, stream: VideoStream) -> None:
        self._stream = stream
        self.extradata = stream.codec_context.extradata or b""

    def encode(self, frames: Iterable[VideoFrame], keys: Container[int]) -> list[CodedFrame]:
        """See :class:`SeamEncoder`."""
        options = {
            "deadline": "realtime", "cpu-used": "6", "lag-in-frames": "0", "auto-alt-ref": "0", "row-mt": "1",
            "crf": "20", "b": "0", "g": "9999",
        }  # fmt: skip
        try:
            context = _matched("libvpx-vp9", self._stream, options)
            return [
                CodedFrame(bytes(packet), pts, packet.is_keyframe) for pts, packet in _packets(context, frames, keys)
            ]
        except av.error.FFmpegError as error:
            raise NotPassable(f"libvpx does not match its pictures: {error}") from error


def _matched(name: str, stream: VideoStream, options: dict[str, str]) -> VideoCodecContext:
    """An encoder that is not open yet, with the size, format, clock and colours of a track."""
    source = stream.codec_context
    context: VideoCodecContext = av.CodecContext.create(name, "w")  # type: ignore[assignment]  # by the encoder's name
    context.width, context.height = source.width, source.height
    context.pix_fmt = source.pix_fmt
    context.framerate = frame_rate_of(stream) or Fraction(25)
    context.time_base = 1 / context.framerate
    context.sample_aspect_ratio = stream.sample_aspect_ratio or Fraction(1)
    context.color_range, context.colorspace = source.color_range, source.colorspace
    context.color_primaries, context.color_trc = source.color_primaries, source.color_trc
    context.flags |= _GLOBAL_HEADER
    context.thread_type = "AUTO"
    context.options = options
    return context


_GLOBAL_HEADER = 1 << 22
"""AV_CODEC_FLAG_GLOBAL_HEADER: parameter sets go into the extradata."""


def _packets(
    context: VideoCodecContext, frames: Iterable[VideoFrame], keys: Container[int]
) -> Iterator[tuple[int, Packet[VideoStream]]]:
    """Each packet with the presentation time of its frame, which goes in and comes out in the same order.

    The encoder sees frames at a steady rate: not every one takes any clock.
    """
    times: deque[int] = deque()
    for count, frame in enumerate(frames):
        pts = frame.pts or 0
        times.append(pts)
        frame.pict_type = PictureType.I if pts in keys else PictureType.NONE
        frame.pts, frame.time_base = count, context.time_base
        for packet in context.encode(frame):
            yield times.popleft(), packet
    for packet in context.encode(None):
        yield times.popleft(), packet
