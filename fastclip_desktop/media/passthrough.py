"""A clip without any encoding: packets of all tracks pass as they are, and the edges lie where that is possible.

See :mod:`~fastclip_desktop.media.passable_range` for where. The sound is cut to the same range, in mp4 to the sample;
the receipt's notes say by how much the edges are off.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, Timeline
from fastclip_desktop.media.clip_file import ClipFile, describe
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import open_media, open_output, time_base_of, writing
from fastclip_desktop.media.copied_sound import copy_sound
from fastclip_desktop.media.cue_packets import PassedCues, is_text
from fastclip_desktop.media.gop import MAX_REORDER, DecodeTimes, NotPassable
from fastclip_desktop.media.passable_range import PassableRange, find_range
from fastclip_desktop.media.probe import codec_name, first_picture, frame_rate_of, probe_container
from fastclip_desktop.media.sound_packets import PassedSound, is_passable
from fastclip_desktop.media.track_reader import Line, TrackReader, in_step

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.subtitles.stream import SubtitleStream
    from av.video.stream import VideoStream

_PICTURES = {
    OutputFormat.MP4: frozenset({"h264", "hevc", "vp9", "av1", "mpeg4", "mpeg2video", "mpeg1video", "mjpeg"}),
    OutputFormat.WEBM: frozenset({"vp8", "vp9", "av1"}),
}
"""What players expect in each, as FFmpeg names it."""

_WEBM_SOUNDS = frozenset({"opus", "vorbis"})
_FINEST_TICK = Fraction(1, 1_000_000)
_OFF = Fraction(1, 1000)
"""Seconds by which an edge may be off without a word."""


def pass_clip(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    """Write a clip in which nothing is encoded.

    Args:
        media: the local files; picture and sound may lie in two.
        timeline: what to cut.
        path: the file to write.
        reporter: gets how much of the range is done.

    Raises:
        InputError: ``not_passable`` if the format does not hold what the source is coded in, or nothing in the range
            can be passed on; and what opening and writing raise.
        Cancelled: if it was stopped; ``path`` may hold a part of a clip then.
    """
    form = timeline.output.format
    name = (media.picture or media.sound or path).name
    try:
        return _pass(media, timeline, path, reporter)
    except NotPassable as reason:
        raise InputError(
            ErrorCode.NOT_PASSABLE,
            f"{name} cannot be passed on into {form} without encoding: {reason}.",
            "Choose the quality source, which encodes only what it must.",
        ) from reason


def _pass(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    form = timeline.output.format
    if form is OutputFormat.M4A:
        return copy_sound(media, timeline, path, reporter)
    if form not in _PICTURES:
        raise NotPassable(f"{form} clips are always encoded")
    if media.picture is None:
        raise NotPassable("there is no picture")
    with ExitStack() as stack:
        return _Passing(stack, media, timeline, media.picture, reporter).write(path)


class _PassedPicture:
    """The picture's packets on their way into the clip."""

    def __init__(self, stream: VideoStream, wanted: PassableRange) -> None:
        self.is_done = False
        self.pictures = 0
        self.last = self.end = wanted.begin
        self.tick = time_base_of(stream)
        self.clip_tick = max(self.tick, _FINEST_TICK)
        self._wanted = wanted
        self._beyond = 0
        rate = frame_rate_of(stream) or 25
        self._times: DecodeTimes[Packet[Stream]]
        self._times = DecodeTimes(stream.codec_context.reorder_depth, round(1 / rate / self.clip_tick))

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Packets of the clip that became ready, in ticks from its first picture."""
        if packet.pts is None or packet.is_corrupt or packet.has_sidedata("encryption_info"):
            raise NotPassable("a packet is damaged or encrypted")
        if packet.pts >= self._wanted.until:
            self._beyond += 1
            self.is_done = self._beyond > MAX_REORDER or packet.is_keyframe
            return []
        if packet.pts < self._wanted.begin or self.is_done:
            return []
        if packet.pts >= self.last:
            self.last = packet.pts
            self.end = min(self._wanted.until, packet.pts + (packet.duration or 1))
        self.pictures += 1
        end = self._in_clip(packet.pts + (packet.duration or 1))
        packet.pts = self._in_clip(packet.pts)
        packet.duration = end - packet.pts
        packet.time_base = self.clip_tick
        return self._times.take(packet)

    def finish(self) -> list[Packet[Stream]]:
        """What is left; the last picture lasts until the next one of the source."""
        self.end = self._wanted.until if self._beyond else self.end
        return self._times.finish(self._in_clip(self.end))

    def _in_clip(self, time: int) -> int:
        since = time - self._wanted.begin
        return since if self.tick == self.clip_tick else round(since * self.tick / self.clip_tick)


class _WholePackets:
    """A sound track's packets for a container without edit lists: those that begin inside the clip."""

    def __init__(self, stream: Stream, origin: Fraction) -> None:
        self.is_done = False
        self._tick = time_base_of(stream)
        self._origin = origin
        self._zero = self._end = 0

    def begin(self, zero: Fraction, end: Fraction) -> None:
        """Say which seconds of the source the clip covers."""
        self._zero = round((zero + self._origin) / self._tick)
        self._end = round((end + self._origin) / self._tick)

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """The packet, if it belongs to the clip, on the track's clock from the clip's zero."""
        if packet.pts is None or packet.pts < self._zero:
            return []
        if packet.pts >= self._end:
            self.is_done = True
            return []
        packet.pts = packet.dts = packet.pts - self._zero
        return [packet]


class _File(Protocol):
    """What a clip's packets are written to."""

    def add_picture(self, source: VideoStream, extradata: bytes, tick: Fraction) -> Stream: ...
    def add_sound(self, source: AudioStream) -> Stream: ...
    def mux(self, packets: Iterable[Packet[Stream]], track: Stream) -> None: ...


class _WebmFile:
    """A webm file whose tracks are like those of the source."""

    def __init__(self, out: OutputContainer) -> None:
        self._out = out

    def add_picture(self, source: VideoStream, extradata: bytes, tick: Fraction) -> Stream:  # noqa: ARG002
        track = self._out.add_stream_from_template(source, opaque=True)
        describe(track, source)
        return track

    def add_sound(self, source: AudioStream) -> Stream:
        track = self._out.add_stream_from_template(source)
        describe(track, source)
        return track

    def mux(self, packets: Iterable[Packet[Stream]], track: Stream) -> None:
        for packet in packets:
            packet.stream = track
            self._out.mux_one(packet)


class _Passing:
    """One clip, from opening the source to the finished file."""

    def __init__(
        self, stack: ExitStack, media: FetchedMedia, timeline: Timeline, picture: Path, reporter: Reporter
    ) -> None:
        self._media, self._reporter = media, reporter
        self._span, self._form, self._output = timeline.span, timeline.output.format, timeline.output
        self._notes: list[str] = []
        container = stack.enter_context(open_media(picture))
        seen = heard = media.picture_info or probe_container(container, picture)
        stream = first_picture(container)
        if stream is None or seen.picture is None:
            raise NotPassable("there is no picture")
        codec = seen.picture.codec
        if codec not in _PICTURES[self._form]:
            raise NotPassable(f"{self._form} does not hold {codec} pictures")
        sounds = container
        if media.sound is not None and media.sound != picture:
            sounds = stack.enter_context(open_media(media.sound))
            heard = media.sound_info or probe_container(sounds, media.sound)
        self._clock = common_clock(seen, heard)
        self._size = seen.picture.display_size
        if self._span.start >= self._clock.duration > 0:
            raise InputError(
                ErrorCode.RANGE_OUTSIDE_SOURCE,
                f"The range starts at {format_timecode(self._span.start)}, but {picture.name} lasts only "
                f"{format_timecode(self._clock.duration)}.",
                "Choose a range that starts before that.",
            )
        origin = self._clock.picture
        tick = time_base_of(stream)
        found = find_range(picture, self._span, origin, tick)
        self._zero, self._until = found.begin * tick - origin, found.until * tick - origin
        read = TimeRange(max(Fraction(0), self._zero), max(self._until, Fraction(1, 1000)))
        self._picture = _PassedPicture(stream, found)
        self._stream = stream
        self._readers = [TrackReader(container, picture, read, origin, [Line(stream, self._picture)])]
        if media.sound is not None and sounds is not container:
            self._readers.append(TrackReader(sounds, media.sound, read, self._clock.sound))
        if media.sound is not None:
            self._add_sounds(sounds)
        self._add_cues(container)
        self._readers = [reader for reader in self._readers if reader.lines]

    def _add_sounds(self, container: InputContainer) -> None:
        reader = self._readers[-1]
        for number, stream in enumerate(container.streams.audio):
            codec = codec_name(stream)
            if not self._output.takes_sound(number):
                continue
            if codec == "unknown":
                self._notes.append("A sound track was left out: its format is unknown.")
            elif self._form is OutputFormat.MP4 and is_passable(codec):
                reader.lines.append(Line(stream, PassedSound(stream, reader.origin)))
            elif self._form is OutputFormat.WEBM and codec in _WEBM_SOUNDS:
                reader.lines.append(Line(stream, _WholePackets(stream, reader.origin)))
            else:
                raise NotPassable(f"{self._form} does not hold {codec} sound")

    def _add_cues(self, container: InputContainer) -> None:
        for stream in container.streams.subtitles if self._output.subtitles else ():
            if self._form is OutputFormat.MP4 and is_text(codec_name(stream)):
                reader = self._readers[0]
                reader.lines.append(Line(stream, PassedCues(stream, reader.origin)))
            else:
                self._notes.append(f"A subtitle track was left out: {self._form} does not hold it as it is.")

    def write(self, path: Path) -> RenderedFile:
        """Write the clip.

        Raises:
            NotPassable: if its times are out of order, or a packet is damaged.
        """
        length = max(self._until - self._zero, Fraction(1, 1000))
        with writing(path), ExitStack() as closing:
            file = self._open(path, closing)
            tracks = {id(line.sink): self._add_track(file, line) for reader in self._readers for line in reader.lines}
            for line, packet in in_step(self._readers):
                if line.sink is self._picture and packet.pts is not None:
                    done = packet.pts * self._picture.tick - self._clock.picture - self._zero
                    self._reporter.report(max(0.0, min(1.0, float(done / length))))
                file.mux(line.sink.take(packet), tracks[id(line.sink)])
            file.mux(self._picture.finish(), tracks[id(self._picture)])
        return self._rendered(path)

    def _open(self, path: Path, closing: ExitStack) -> _File:
        if self._form is OutputFormat.WEBM:
            return _WebmFile(closing.enter_context(open_output(path, "webm")))
        sounds = [line.sink for reader in self._readers for line in reader.lines if isinstance(line.sink, PassedSound)]
        clocks = [self._picture.clip_tick, *(Fraction(1, sound.rate) for sound in sounds)]
        return closing.enter_context(ClipFile(path, clocks))

    def _add_track(self, file: _File, line: Line) -> Stream:
        sink = line.sink
        if isinstance(sink, PassedSound | _WholePackets | PassedCues):
            sink.begin(self._zero, self._until)
        if isinstance(sink, PassedCues) and isinstance(file, ClipFile):  # only mp4 gets text
            return file.add_cues(cast("SubtitleStream", line.stream))
        if isinstance(sink, PassedSound | _WholePackets):
            return file.add_sound(cast("AudioStream", line.stream))
        return file.add_picture(self._stream, b"", self._picture.clip_tick)

    def _rendered(self, path: Path) -> RenderedFile:
        picture, origin = self._picture, self._clock.picture
        sinks = [line.sink for reader in self._readers for line in reader.lines]
        lengths = [sink.length for sink in sinks if isinstance(sink, PassedSound)]
        end = min(self._until, max([picture.end * picture.tick - origin, *(self._zero + each for each in lengths)]))
        for verb, off in (("begins", self._span.start - self._zero), ("ends", self._span.end - end)):
            if abs(off) >= _OFF:
                when = "before" if off > 0 else "after"
                self._notes.append(
                    f"The clip {verb} {float(abs(off)):.3f} s {when} what was asked, because nothing may be encoded."
                )
        span = TimeRange(max(Fraction(0), self._zero), end)
        receipt = Receipt(
            method="copied",
            frames=picture.pictures,
            first_frame=self._zero,
            last_frame=picture.last * picture.tick - origin,
            bytes_moved=self._media.bytes_moved,
            notes=tuple(self._notes),
            passed=(span,),
            bytes_read=sum(reader.bytes_read for reader in self._readers),
        )
        return RenderedFile(path, self._form, span, end - self._zero, *self._size, receipt)
