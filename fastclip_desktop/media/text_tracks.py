"""The text subtitles of a range, for a clip that is otherwise encoded: read through a handle of their own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.clip_file import TEXT_HEADER, describe
from fastclip_desktop.media.container import open_media, time_base_of
from fastclip_desktop.media.cue_packets import PassedCues, is_text
from fastclip_desktop.media.gop import NotPassable
from fastclip_desktop.media.probe import codec_name, first_picture
from fastclip_desktop.media.track_reader import Line, TrackReader

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.subtitles.stream import SubtitleStream

_EARLIER = Fraction(30)
"""Seconds before the range from which cues are read: one that is still on screen began then at the earliest."""

_BLANK_LINES = re.compile(r"\n\s*\n")


class TextTracks:
    """All text tracks of a source on their way into a clip.

    Args:
        stack: closes the file.
        path: the source.
        span: seconds of the source that the clip covers.
        origin: the source's first presented instant in seconds on its own clock.
        codec: what the clip's container takes, ``mov_text`` or ``webvtt``.

    Attributes:
        notes: sentences about tracks that are left out.
    """

    def __init__(self, stack: ExitStack, path: Path, span: TimeRange, origin: Fraction, codec: str) -> None:
        self.notes: list[str] = []
        self._codec = codec
        self._path = path
        self._cues: dict[SubtitleStream, PassedCues] = {}
        container = stack.enter_context(open_media(path))
        self._origin, self._span = origin, span
        for stream in container.streams.subtitles:
            if is_text(codec_name(stream)):
                self._cues[stream] = PassedCues(stream, origin)
            else:
                kind = "mp4" if codec == "mov_text" else "webm"
                self.notes.append(f"A subtitle track was left out: {kind} holds only text.")
        self._container = container

    def __bool__(self) -> bool:
        return bool(self._cues)

    def join(self, output: OutputContainer) -> dict[int, Stream]:
        """Add a track to the clip for each; they go by the index of the source's."""
        tracks: dict[int, Stream] = {}
        for source in self._cues:
            tracks[source.index] = track = self._add_track(output, source)
            describe(track, source)
        return tracks

    def _add_track(self, output: OutputContainer, source: SubtitleStream) -> Stream:
        if self._codec == "webvtt":
            return output.add_mux_stream("webvtt")
        if codec_name(source) == "mov_text":
            return output.add_stream_from_template(source)  # with what it says of its looks
        track = output.add_stream("mov_text")
        track.codec_context.subtitle_header = TEXT_HEADER
        track.codec_context.time_base = track.time_base = time_base_of(source)
        return track

    def packets(self, zero: Fraction, tracks: Mapping[int, Stream]) -> Iterator[Packet[Stream]]:
        """Packets of the clip, retimed and clipped to it.

        Args:
            zero: the clip's zero in seconds of the source.
            tracks: what :meth:`join` gave.

        Raises:
            InputError: if the source cannot be opened any more.
        """
        early = TimeRange(max(Fraction(0), self._span.start - _EARLIER), self._span.end)
        reader = TrackReader(self._container, self._path, early, self._origin)
        pacer = _pacer(self._container)
        if pacer is not None:
            end = self._span.end + self._origin
            reader.lines.append(Line(pacer, _Pace(end / time_base_of(pacer))))
        for stream, cues in self._cues.items():
            cues.begin(zero, self._span.end)
            reader.lines.append(Line(stream, cues))
        try:
            for line, packet in reader.packets():
                index = packet.stream_index
                for ready in line.sink.take(packet):
                    made = ready if self._codec == "mov_text" else _as_webvtt(ready)
                    made.stream = tracks[index]
                    yield made
        except NotPassable:
            return  # the file is damaged from here on; picture and sound say so themselves


class _Pace:
    """Tells how far the reading has come: cues are too sparse for that."""

    def __init__(self, end: Fraction) -> None:
        self.is_done = False
        self._end = end

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Nothing; it only looks at the time."""
        self.is_done = packet.pts is not None and packet.pts >= self._end
        return []


def _pacer(container: InputContainer) -> Stream | None:
    """The track with the fewest bytes that tells the time."""
    return next(iter(container.streams.audio), None) or first_picture(container)


def _as_webvtt(cue: Packet[Stream]) -> Packet[Stream]:
    """A cue of an mp4 text track (3GPP TS 26.245, 5.17) as WebM holds it: the text, with WebVTT's escapes."""
    sample = bytes(cue)
    text = sample[2 : 2 + int.from_bytes(sample[:2], "big")].decode("utf-8", "replace").replace("\r", "\n")
    made: Packet[Stream] = av.Packet(_BLANK_LINES.sub("\n", html.escape(text, quote=False)).encode())
    made.pts, made.dts, made.duration = cue.pts, cue.dts, cue.duration
    made.time_base, made.is_keyframe = cue.time_base, True
    return made
