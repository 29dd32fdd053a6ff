"""Reads the text tracks that a media file holds, on the clock that every request counts by."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.stream import Discard

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.cue_packets import plain_text
from fastclip_desktop.media.probe import codec_name

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream

_MOST_CUES = 2_000_000
"""A cue for each of half a million seconds, four times over; more than that is no text that anybody reads."""


def read_text_track(path: Path, index: int, info: MediaInfo, reporter: Reporter) -> tuple[Segment, ...]:
    """The cues of one text track, in order of time, without markup; empty ones are left out.

    Args:
        path: the media file.
        index: the track's place among all tracks of the file.
        info: what the file holds.
        reporter: gets how much of the file was read, and says when to stop.

    Raises:
        InputError: ``bad_subtitles`` where there is no such track or it holds no end of cues; all that
            :func:`~fastclip_desktop.media.container.open_media` raises.
        Cancelled: if the reporter says so.
    """
    with open_media(path) as container, reading(path):
        stream = next((each for each in container.streams.subtitles if each.index == index), None)
        if stream is None:
            raise InputError(ErrorCode.BAD_SUBTITLES, f"{path.name} has no text track number {index}.", _WAY_OUT)
        tick, codec = time_base_of(stream), codec_name(stream)
        for other in container.streams:
            if other is not stream:
                other.discard = Discard.all  # what is known not to be wanted need not be read from an mp4
        segments = []
        for packet in _packets(container, stream):
            begin = Fraction(0) if packet.pts is None else packet.pts * tick - info.origin
            end = begin + (packet.duration or 0) * tick
            text = _text(bytes(packet), codec)
            if packet.pts is not None and text and max(Fraction(0), begin) < end:
                segments.append(Segment(text, TimeRange(max(Fraction(0), begin), end)))
            if len(segments) > _MOST_CUES:
                raise InputError(ErrorCode.BAD_SUBTITLES, f"The text track of {path.name} has no end.", _WAY_OUT)
            reporter.report(min(1.0, float(end / info.duration)) if info.duration else 0.0)
    return tuple(sorted(segments, key=lambda segment: (segment.span.start, segment.span.end)))


_WAY_OUT = "Pass a subtitle file with --transcript FILE."


def _packets(container: InputContainer, stream: Stream) -> Iterator[Packet[Stream]]:
    return (packet for packet in container.demux(stream) if packet.size)


def _text(payload: bytes, codec: str) -> str:
    if codec == "mov_text":  # 3GPP TS 26.245, 5.17: a length in bytes, the text, boxes of style
        payload = payload[2 : 2 + int.from_bytes(payload[:2], "big")]
    return plain_text(payload.decode("utf-8", "replace"), codec)
