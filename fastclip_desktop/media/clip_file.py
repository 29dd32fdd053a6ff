"""The mp4 file of a clip whose packets were made elsewhere: its tracks, their descriptions and their order."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Self

import av.error

from fastclip_desktop.media.container import open_output, time_base_of
from fastclip_desktop.media.gop import NotPassable

if TYPE_CHECKING:
    from types import TracebackType

    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream
    from av.subtitles.stream import SubtitleStream
    from av.video.stream import VideoStream

    from fastclip_desktop.media.sound import SoundSettings

_FINEST_CLOCK = 100_000_000
"""Units a second of the file's own clock at most; a day on it still fits where players count in 43 bits."""

TEXT_HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    b"Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, "
    b"MarginV, Encoding\r\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1\r\n\r\n"
    b"[Events]\r\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n\r\n"
)
"""From this FFmpeg writes what a text track says of its looks: white Arial at the bottom."""


class ClipFile:
    """Writes a clip's tracks; use it in ``with``, inside :func:`~fastclip_desktop.media.container.writing`.

    Args:
        path: the file to write.
        clocks: the time bases of the tracks: on the file's own clock every edge of each is exact.
        muxer: FFmpeg's name of the kind of mp4 file; ``ipod`` for m4a.
    """

    def __init__(self, path: Path, clocks: Iterable[Fraction], muxer: str = "mp4") -> None:
        self._path = path
        self._muxer = muxer
        common = lcm(*(_mp4_scale(clock) for clock in clocks))
        self._scale = common if common <= _FINEST_CLOCK else 1_000_000
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        options = {"movflags": "+faststart", "movie_timescale": str(self._scale)}
        self._out = self._stack.enter_context(open_output(self._path, self._muxer, options))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add_picture(self, source: VideoStream, extradata: bytes, tick: Fraction) -> VideoStream:
        """A picture track like the source's with another decoder record, and so many seconds a tick."""
        # "opaque": by the decoder's name, for there is no encoder called libdav1d.
        track = self._out.add_stream_from_template(source, opaque=True)
        track.time_base = tick
        if extradata:
            track.codec_context.extradata = extradata
        if source.codec_context.codec.canonical_name == "hevc":
            track.codec_context.codec_tag = "hvc1"  # all parameter sets are in the record, as Apple's players want
        describe(track, source)
        return track

    def add_sound(self, source: AudioStream) -> AudioStream:
        """A sound track like the source's."""
        track = self._out.add_stream_from_template(source)
        describe(track, source)
        return track

    def add_encoded_sound(self, source: AudioStream, settings: SoundSettings) -> AudioStream:
        """A track for sound that is encoded anew; encode with its own context."""
        track: AudioStream = self._out.add_stream("aac", rate=settings.sample_rate, layout=settings.layout)
        track.codec_context.bit_rate = settings.bit_rate
        track.codec_context.format = settings.sample_format
        track.codec_context.time_base = Fraction(1, settings.sample_rate)
        describe(track, source)
        return track

    def add_cues(self, source: SubtitleStream) -> SubtitleStream:
        """A text track."""
        if source.codec_context.codec.canonical_name == "mov_text":
            track = self._out.add_stream_from_template(source)
        else:
            track = self._out.add_stream("mov_text")
            track.codec_context.subtitle_header = TEXT_HEADER
            track.codec_context.time_base = track.time_base = time_base_of(source)
        describe(track, source)
        return track

    def mux(self, packets: Iterable[Packet[Stream]], track: Stream) -> None:
        """Write packets of one track.

        Raises:
            NotPassable: if the file does not take them, as it doesn't take AAC whose headers are damaged.
        """
        for packet in packets:
            packet.stream = track
            try:
                self._out.mux_one(packet)
            except (av.error.InvalidDataError, av.error.ArgumentError) as error:
                raise NotPassable("an mp4 file does not take its packets") from error


def _mp4_scale(clock: Fraction) -> int:
    """The units a second that FFmpeg's muxer gives a track of this time base."""
    scale = clock.denominator
    while scale < 10_000:
        scale *= 2
    return scale


def describe(track: Stream, source: Stream) -> None:
    """Give a track of the clip the language, title and purpose of the source's."""
    track.metadata.update({key: source.metadata[key] for key in ("language", "title") if key in source.metadata})
    track.disposition = source.disposition
