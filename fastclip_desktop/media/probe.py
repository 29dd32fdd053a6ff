"""What a media file holds, from its headers, its first packets and one decoded picture.

The zero of every request is the first *presented* instant, which no header states: an edit list hides packets, AAC and
Opus begin with samples that are never heard, a transport stream begins in the middle of a group of pictures. So the
first packets of picture and sound are read, and the decoders are asked where packets cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error
from av.stream import Disposition

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import AudioStream, MediaInfo, SubtitleStream, VideoStream
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.orientation import UPRIGHT, Orientation, orientation_of
from fastclip_desktop.media.truncation import is_truncated

if TYPE_CHECKING:
    from av.audio.stream import AudioStream as AvAudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream as AvVideoStream

_HEAD_PACKETS = 24
"""Shown packets of the picture track that are looked at for its start: more than the deepest reordering, 16."""

_HEAD_LIMIT = 2000
"""Packets of both tracks that are read for the same purpose before the headers are believed."""

_TAIL = 1 << 62
"""A time in microseconds behind every file's end, for seeking to it."""


def probe(path: Path) -> MediaInfo:
    """Read the facts of a local media file.

    Raises:
        InputError: all that :func:`~fastclip_desktop.media.container.open_media` raises, ``damaged_media`` where the
            first packets cannot be read, and ``not_media`` for a file with neither picture nor sound.
    """
    with open_media(path) as container, reading(path):
        return probe_container(container, path)


def presented_end(path: Path) -> Fraction:
    """The end of the last picture or sample on the container's clock, in seconds, from every packet of the file.

    Headers add up decode times, which say too little where the last pictures come after a long gap.

    Raises:
        InputError: see :func:`probe`.
    """
    with open_media(path) as container, reading(path):
        streams = [each for each in (first_picture(container), first_sound(container)) if each is not None]
        return max(_ends(container, streams), default=Fraction(0))


def probe_container(container: InputContainer, path: Path) -> MediaInfo:
    """Read the facts of a freshly opened container; it stands somewhere behind its beginning afterwards.

    Raises:
        InputError: see :func:`probe`.
    """
    picture = first_picture(container)
    sound = first_sound(container)
    if picture is None and sound is None:
        raise InputError(
            ErrorCode.NOT_MEDIA,
            f"{path.name} has neither picture nor sound.",
            "Choose a file that can be watched or heard.",
        )
    head = _read_head(container, picture, sound)
    starts = [start for start in (head.picture_start, head.sound_start) if start is not None]
    origin = min(starts, default=Fraction(container.start_time or 0, 1_000_000))
    truncated = is_truncated(container, path)
    end = claimed_end(container, picture, sound)
    if end is None and not truncated:
        end = _last_instant(container, picture, sound)
    return MediaInfo(
        container=container.format.name,
        duration=max(Fraction(0), (end or origin) - origin),
        origin=origin,
        video=tuple(_video_facts(stream, head if stream is picture else None) for stream in container.streams.video),
        audio=tuple(_audio_facts(stream, head if stream is sound else None) for stream in container.streams.audio),
        subtitles=tuple(
            SubtitleStream(stream.index, codec_name(stream), stream.language or "", stream.metadata.get("title", ""))
            for stream in container.streams.subtitles
        ),
        truncated=truncated,
    )


def first_picture(container: InputContainer) -> AvVideoStream | None:
    """The first moving picture track that isn't cover art."""
    return next((stream for stream in container.streams.video if not _is_still(stream)), None)


def first_sound(container: InputContainer) -> AvAudioStream | None:
    """The first sound track that there is a decoder for, else the first at all."""
    tracks = container.streams.audio
    return next((stream for stream in tracks if codec_name(stream) != "unknown"), next(iter(tracks), None))


def codec_name(stream: Stream) -> str:
    """FFmpeg's name of the format, such as ``av1``, whichever decoder reads it; ``unknown`` where there is none."""
    context: object | None = stream.codec_context  # None where FFmpeg has no decoder, whatever the stubs say
    return "unknown" if context is None else stream.codec_context.codec.canonical_name


def frame_rate_of(stream: AvVideoStream) -> Fraction | None:
    """Average frames a second; ``None`` where the container says nothing, or takes its clock for a rate."""
    for rate in (stream.average_rate, stream.guessed_rate):
        if rate and Fraction(1, 100) <= rate <= 480:
            return Fraction(rate)
    return None


@dataclass(frozen=True, slots=True)
class _Head:
    """What the beginning of a file shows: seconds on the container's clock, ``None`` where a track has no packets."""

    picture_start: Fraction | None
    sound_start: Fraction | None
    orientation: Orientation


def _read_head(container: InputContainer, picture: AvVideoStream | None, sound: AvAudioStream | None) -> _Head:
    shown: list[Packet[Stream]] = []
    key: Packet[Stream] | None = None
    heard: Fraction | None = None
    for count, packet in enumerate(container.demux([stream for stream in (picture, sound) if stream is not None])):
        if packet.size == 0 or count >= _HEAD_LIMIT:
            break
        if picture is not None and packet.stream_index == picture.index:
            key = packet if key is None and packet.is_keyframe else key
            # Pictures before the first key frame cannot be decoded, so they are never presented.
            if key is not None and not packet.is_discard and packet.pts is not None and len(shown) < _HEAD_PACKETS:
                shown.append(packet)
        elif heard is None:
            # The decoder alone knows which samples are priming and left out; the first ones cost it nothing.
            heard = _first_instant(sound, [packet])
        if (picture is None or len(shown) == _HEAD_PACKETS) and (sound is None or heard is not None):
            break
    start, orientation = (None, UPRIGHT) if picture is None else _picture_head(picture, key, shown)
    return _Head(start, heard if heard is not None or sound is None else _header_start(sound), orientation)


def _picture_head(
    picture: AvVideoStream, key: Packet[Stream] | None, shown: list[Packet[Stream]]
) -> tuple[Fraction | None, Orientation]:
    if key is None or not shown:
        return _header_start(picture), UPRIGHT
    base = time_base_of(picture)
    first, *rest = [packet.pts or 0 for packet in shown]
    if shown[0] is not key or first <= min(rest, default=first):
        return min([first, *rest]) * base, _orientation(_first_frame(picture, [key]))
    # Pictures that are shown before the first key frame but stored after it belong to an open group of pictures. Most
    # lean on the group before, which is not there, and are left out; only the decoder knows which.
    frame = _first_frame(picture, shown)
    return (first if frame is None or frame.pts is None else frame.pts) * base, _orientation(frame)


def _first_instant(sound: AvAudioStream | None, packets: list[Packet[Stream]]) -> Fraction | None:
    """When the first sample that is heard is heard; ``None`` where these packets give none."""
    if sound is None or codec_name(sound) == "unknown":
        return None
    base = time_base_of(sound)
    for packet in packets:
        try:
            frames = sound.codec_context.decode(packet)
        except av.error.FFmpegError:
            continue
        times = [frame.pts * base for frame in frames if frame.pts is not None]
        if times:
            return min(times)
    return None


def _first_frame(picture: AvVideoStream, packets: list[Packet[Stream]]) -> VideoFrame | None:
    """The first picture that a decoder gives for these packets; ``None`` where there is none or no decoder."""
    if codec_name(picture) == "unknown":
        return None
    context = picture.codec_context
    context.thread_type = "NONE"  # a picture or two: threads would only start and stop
    context.options = {"skip_loop_filter": "all"}  # it is not for looking at
    for packet in [*packets, None]:
        try:
            frame = next(iter(context.decode(packet)), None)
        except av.error.FFmpegError:
            continue
        if frame is not None:
            return frame
    return None


def _orientation(frame: VideoFrame | None) -> Orientation:
    return UPRIGHT if frame is None else orientation_of(frame)


def _header_start(stream: Stream) -> Fraction | None:
    return None if stream.start_time is None else stream.start_time * time_base_of(stream)


def claimed_end(
    container: InputContainer, picture: AvVideoStream | None, sound: AvAudioStream | None
) -> Fraction | None:
    """The last presented instant by the headers, on the container's clock; ``None`` where they say nothing."""
    ends = [
        (stream.start_time or 0) * time_base_of(stream) + stream.duration * time_base_of(stream)
        for stream in (picture, sound)
        if stream is not None and stream.duration is not None and stream.duration > 0
    ]
    if ends:
        return max(ends)
    if container.duration is None or container.duration <= 0:
        return None
    # Matroska and Flash Video state when the last frame ends on their own clock, everybody else how long it all takes.
    from_zero = "matroska" in container.format.name or container.format.name == "flv"
    return Fraction((0 if from_zero else container.start_time or 0) + container.duration, 1_000_000)


def _last_instant(
    container: InputContainer, picture: AvVideoStream | None, sound: AvAudioStream | None
) -> Fraction | None:
    """The end of the last packet, on the container's clock, read from the tail of the file or, at worst, all of it."""
    streams = [stream for stream in (picture, sound) if stream is not None]
    for instant in (_TAIL, 0):
        try:
            container.seek(instant, any_frame=True)
        except av.error.FFmpegError:
            continue
        last = max(_ends(container, streams), default=None)
        if last is not None:
            return last  # else the file has no index: nothing lies behind its end, but all of it behind its beginning
    return None


def _ends(container: InputContainer, streams: Sequence[AvVideoStream | AvAudioStream]) -> Iterator[Fraction]:
    for packet in container.demux(list(streams)):
        if packet.pts is not None and packet.time_base:
            yield (packet.pts + (packet.duration or 0)) * Fraction(packet.time_base)


def _is_still(stream: AvVideoStream) -> bool:
    return bool(
        stream.disposition & (Disposition.attached_pic | Disposition.still_image | Disposition.timed_thumbnails)
    )


def _video_facts(stream: AvVideoStream, head: _Head | None) -> VideoStream:
    known = codec_name(stream) != "unknown"
    context = stream.codec_context
    orientation = UPRIGHT if head is None else head.orientation
    ratio = stream.sample_aspect_ratio
    return VideoStream(
        index=stream.index,
        codec=codec_name(stream),
        width=context.width if known else 0,
        height=context.height if known else 0,
        pixel_format=(context.pix_fmt or "") if known else "",
        time_base=time_base_of(stream),
        frame_rate=frame_rate_of(stream),
        start=_header_start(stream) if head is None else head.picture_start,
        sample_aspect_ratio=Fraction(ratio) if ratio and ratio > 0 else Fraction(1),
        rotation=orientation.rotation,
        mirrored=orientation.mirrored,
        transfer=context.color_trc if known else 2,
        still=_is_still(stream),
    )


def _audio_facts(stream: AvAudioStream, head: _Head | None) -> AudioStream:
    known = codec_name(stream) != "unknown"
    context = stream.codec_context
    return AudioStream(
        index=stream.index,
        codec=codec_name(stream),
        sample_rate=context.sample_rate if known else 0,
        channels=context.channels if known else 0,
        time_base=time_base_of(stream),
        start=_header_start(stream) if head is None else head.sound_start,
        language=stream.language or "",
        title=stream.metadata.get("title", ""),
    )
