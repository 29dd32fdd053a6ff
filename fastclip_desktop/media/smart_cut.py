"""The exact cut at nearly the speed of copying: packets pass through, only the pictures at the seams are encoded anew.

The clip presents the frames with ``start <= p < end``, where ``p`` counts from the source's first presented instant.
Its zero is the time of the first of them (or ``start``, where the picture stands still there or begins later), for the
sound too, whose edges are exact to the sample. Pictures stay what they are: rotation and HDR are passed on as well.

The clip is decoded around its seams before it is given away, see :mod:`~fastclip_desktop.media.seam_proof`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputFormat, Timeline
from fastclip_desktop.media.clip_file import ClipFile
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import open_media, time_base_of, writing
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.cue_packets import PassedCues, is_text
from fastclip_desktop.media.gop import DamagedPicture, NotPassable
from fastclip_desktop.media.loudness import ClipLoudness
from fastclip_desktop.media.picture_splice import PictureSplice
from fastclip_desktop.media.probe import codec_name, first_picture, probe_container
from fastclip_desktop.media.sound_packets import PassedSound, is_passable
from fastclip_desktop.media.sound_recode import RecodedSound
from fastclip_desktop.media.track_reader import Line, TrackReader, in_step

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.stream import Stream
    from av.subtitles.stream import SubtitleStream
    from av.video.stream import VideoStream

__all__ = ["NotPassable", "smart_cut"]

_SLACK = Fraction(1, 20)
"""Seconds by which a range may run over the end of the source without a word."""


def smart_cut(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    """Cut a span out of a source into an mp4 file, encoding only the pictures at its edges.

    Args:
        media: the local files; picture and sound may lie in two.
        timeline: what to cut.
        path: the file to write.
        reporter: gets how much of the span is done.

    Raises:
        NotPassable: if the cut has to be encoded in full; ``path`` may hold a part of a clip then.
        InputError: if the source cannot be opened or the clip not be written.
        Cancelled: if it was stopped; ``path`` may hold a part of a clip then.
    """
    if timeline.output.format is not OutputFormat.MP4:
        raise NotPassable(f"{timeline.output.format} is not mp4")
    if media.picture is None:
        raise NotPassable("there is no picture")
    with ExitStack() as stack:
        return _Cut(stack, media, timeline, media.picture, reporter).write(path)


class _Cut:
    """One cut, from opening the source to the finished file."""

    def __init__(
        self, stack: ExitStack, media: FetchedMedia, timeline: Timeline, picture: Path, reporter: Reporter
    ) -> None:
        self._stack = stack
        self._media = media
        self._span = timeline.span
        self._output = timeline.output
        self._reporter = reporter
        self._notes: list[str] = []
        self._readers = [self._open(picture)]
        seen = heard = media.picture_info or probe_container(self._readers[0].container, picture)
        if media.sound is not None and media.sound != picture:
            self._readers.append(self._open(media.sound))
            heard = media.sound_info or probe_container(self._readers[1].container, media.sound)
        self._clock = common_clock(seen, heard)
        if seen.picture is None:
            raise NotPassable("there is no picture")
        self._size = seen.picture.display_size
        limit = timeline.output.max_height
        if limit is not None and min(self._size) > limit:
            raise NotPassable("the picture is made smaller")
        if seen.truncated or heard.truncated:
            if self._span.end > self._clock.duration + _SLACK:
                raise NotPassable("the source breaks off before the clip's end")
            self._notes.append(f"{picture.name} is truncated: bytes are missing at its end.")
        self._readers[-1].origin = self._clock.sound
        self._readers[0].origin = self._clock.picture
        self._passed: list[tuple[AudioStream, PassedSound]] = []
        self._recoded: list[tuple[AudioStream, RecodedSound]] = []
        self._cues: list[tuple[SubtitleStream, PassedCues]] = []
        self._tracks: dict[int, Stream] = {}  # of the clip, by the identity of what feeds them
        self._loudness: ClipLoudness | None = None  # of the first sound track
        self._heard: Stream | None = None
        self._stream, self._splice = self._add_picture()
        if media.sound is not None:
            self._add_sounds(media.sound)
        self._add_cues()

    def _open(self, path: Path) -> TrackReader:
        return TrackReader(self._stack.enter_context(open_media(path)), path, self._span)

    def _add_picture(self) -> tuple[VideoStream, PictureSplice]:
        reader = self._readers[0]
        stream = first_picture(reader.container)
        if stream is None:
            raise NotPassable("there is no picture")
        tick = time_base_of(stream)
        self._low = math.ceil((self._span.start + reader.origin) / tick)
        self._high = math.ceil((self._span.end + reader.origin) / tick)
        splice = PictureSplice(stream, self._low, self._high, self._reporter.cancel.check)
        reader.lines.append(Line(stream, splice))
        return stream, splice

    def _add_sounds(self, path: Path) -> None:
        reader = self._readers[-1]
        for number, stream in enumerate(reader.container.streams.audio):
            codec = codec_name(stream)
            if not self._output.takes_sound(number) or not _is_heard(stream, reader.origin, self._span):
                continue
            if is_passable(codec):
                sound = PassedSound(stream, reader.origin)
                self._passed.append((stream, sound))
                reader.lines.append(Line(stream, sound))
            elif codec == "unknown":
                self._notes.append("A sound track was left out: there is no decoder for its format.")
            else:
                recoded = RecodedSound(path, stream, reader.origin, self._reporter.cancel.check)
                self._recoded.append((stream, recoded))
        if len(self._readers) > 1 and not reader.lines:
            self._readers.pop()

    def _add_cues(self) -> None:
        reader = self._readers[0]
        for stream in reader.container.streams.subtitles if self._output.subtitles else ():
            if is_text(codec_name(stream)):
                cues = PassedCues(stream, reader.origin)
                self._cues.append((stream, cues))
                reader.lines.append(Line(stream, cues))
            else:
                self._notes.append("A subtitle track was left out: mp4 holds only text.")

    def write(self, path: Path) -> RenderedFile:
        """Read, cut, write and check.

        Raises:
            NotPassable: see :func:`smart_cut`.
        """
        splice, length = self._splice, self._high - self._low
        clip: ClipFile | None = None
        with writing(path), ExitStack() as closing:
            for line, packet in in_step(self._readers):
                done = packet.pts - self._low if line.sink is splice and packet.pts is not None else None
                if done is not None:
                    self._reporter.report(max(0.0, done / length))
                try:
                    ready = line.sink.take(packet)
                except DamagedPicture as damage:
                    raise self._timed(damage) from damage
                if clip is None:
                    if splice.is_done and not splice.has_entry:
                        break  # the sounds, which wait for the clip's zero, would be read for ten seconds more
                    if splice.zero is None:
                        continue
                    clip = self._begin(path, closing)
                self._mux(clip, ready, line.sink)
                if done is not None and self._recoded:
                    self._mux_recoded(clip, done * float(time_base_of(self._stream)))
            ready = splice.finish()
            clip = clip or self._begin(path, closing)
            self._mux(clip, ready, splice)
            self._mux_recoded(clip, None)
            if self._loudness is not None:
                self._loudness.close()
        splice.proof.check(path)
        return self._rendered(path)

    def _timed(self, damage: DamagedPicture) -> DamagedPicture:
        """The same with its time in the source."""
        if damage.pts is None:
            return damage
        time = damage.pts * time_base_of(self._stream) - self._clock.picture
        return DamagedPicture(damage.pts, format_timecode(time))

    def _begin(self, path: Path, closing: ExitStack) -> ClipFile:
        """Open the file, now that the clip's zero is known, and write the sound that was waiting for it."""
        tick = time_base_of(self._stream)
        zero = (self._splice.zero or 0) * tick - self._clock.picture
        rates = [sound.rate for _, sound in self._passed] + [sound.rate for _, sound in self._recoded]
        clip = closing.enter_context(ClipFile(path, [self._splice.clip_tick, *(Fraction(1, rate) for rate in rates)]))
        self._tracks[id(self._splice)] = clip.add_picture(self._stream, self._splice.extradata, self._splice.clip_tick)
        for stream, sound in self._sounds():
            if isinstance(sound, PassedSound):
                self._tracks[id(sound)] = clip.add_sound(stream)
                sound.begin(zero, self._span.end)
            else:
                track = clip.add_encoded_sound(stream, sound.settings)
                self._tracks[id(sound)] = track
                sound.begin(zero, self._span.end, track, self._stack)
        for cue_stream, cues in self._cues:
            self._tracks[id(cues)] = clip.add_cues(cue_stream)
            cues.begin(zero, self._span.end)
        self._listen()
        for _, sound in self._passed:  # only now, for with the first packet the file's header is written
            self._mux(clip, sound.ready(), sound)
        for _, cues in self._cues:
            self._mux(clip, cues.ready(), cues)
        return clip

    def _sounds(self) -> list[tuple[AudioStream, PassedSound | RecodedSound]]:
        """The sound tracks in the source's order: players begin with the first."""
        return sorted([*self._passed, *self._recoded], key=lambda each: each[0].index)

    def _listen(self) -> None:
        """Measure the clip's first sound track while the rest is done."""
        if not self._passed and not self._recoded:
            return
        stream, sound = self._sounds()[0]
        self._heard, decode = self._tracks[id(sound)], stream.codec_context.decode
        if isinstance(sound, RecodedSound):
            context = av.CodecContext.create("aac", "r")
            context.extradata = self._heard.codec_context.extradata
            decode = context.decode
        self._loudness = ClipLoudness(decode, self._stack.enter_context(Crew()))

    def _mux(self, clip: ClipFile, packets: Iterable[Packet[Stream]], fed_by: object) -> None:
        track = self._tracks[id(fed_by)]
        if self._loudness is not None and track is self._heard:
            packets = list(packets)
            self._loudness.hear(packets)
        clip.mux(packets, track)

    def _mux_recoded(self, clip: ClipFile, until: float | None) -> None:
        for _, recoded in self._recoded:
            self._mux(clip, recoded.until(until), recoded)

    def _rendered(self, path: Path) -> RenderedFile:
        tick, origin, report = time_base_of(self._stream), self._clock.picture, self._splice.report
        zero = (self._splice.zero or 0) * tick - origin
        ends = [report.end * tick - origin, *(zero + sound.length for _, sound in self._passed)]
        until = min(self._span.end, max([*ends, *(zero + sound.length for _, sound in self._recoded)]))
        span = self._span
        if until < self._span.end - _SLACK:
            self._notes.append(f"The source ends at {format_timecode(until)}; the clip was shortened to that.")
            span = TimeRange(span.start, until)
        if report.held is not None:
            self._notes.append(
                "The picture stands still at the start; what is on screen there is shown from the beginning."
            )
        encoded = tuple(TimeRange(first * tick - origin, end * tick - origin) for first, end in report.encoded)
        receipt = Receipt(
            method="smart" if encoded else "copied",
            video_encoder=report.encoder,
            device="CPU" if report.encoder else "",
            audio_encoder="aac" if self._recoded else "",
            frames=report.pictures,
            first_frame=(report.first if report.held is None else report.held) * tick - origin,
            last_frame=report.last * tick - origin,
            bytes_moved=self._media.bytes_moved,
            notes=tuple(self._notes),
            encoded=encoded,
            passed=_between(encoded, TimeRange(zero, until)),
            bytes_read=sum(reader.bytes_read for reader in self._readers),
            loudness=self._loudness.integrated if self._loudness else None,
            sound_offset=max((abs(sound.offset) for _, sound in self._passed), default=Fraction(0)),
        )
        return RenderedFile(path, OutputFormat.MP4, span, until - zero, *self._size, receipt)


def _is_heard(stream: AudioStream, origin: Fraction, span: TimeRange) -> bool:
    """Whether a track has anything in a span, as far as the headers know."""
    if stream.start_time is None or not stream.duration:
        return True
    begin = stream.start_time * time_base_of(stream) - origin
    return begin < span.end and begin + stream.duration * time_base_of(stream) > span.start


def _between(encoded: tuple[TimeRange, ...], span: TimeRange) -> tuple[TimeRange, ...]:
    """What of a span lies between others, which are in order and inside of it."""
    edges = [span.start, *(edge for part in encoded for edge in (part.start, part.end)), span.end]
    return tuple(TimeRange(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end)
