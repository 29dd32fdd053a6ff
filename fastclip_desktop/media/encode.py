"""A clip by decoding and encoding every frame: exact on any source, and the only way when the picture has to change.

Decoding, filtering and encoding of the picture, and all of the sound, run in threads of their own, joined by short
pipes: FFmpeg's calls release the interpreter's lock, so they overlap. The calling thread writes packets in the order of
their decode times, reports progress and carries a stop to the others.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.size_budget import Budget
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.clip_file import describe
from fastclip_desktop.media.container import new_file, reading
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.cut import Cut, Picture, Sound, open_cut
from fastclip_desktop.media.encoder_door import add_track, begin, encoding
from fastclip_desktop.media.encoders import VP9, VideoEncoder, choose_h264_encoder, device_of, within_rate
from fastclip_desktop.media.gop import DecodeTimes
from fastclip_desktop.media.graph import PicturePlan, Shape, filtered, plan_picture, shape_of
from fastclip_desktop.media.loudness import LoudnessMeter
from fastclip_desktop.media.orientation import orientation_of
from fastclip_desktop.media.pipe import PENDING, Pipe, Signal
from fastclip_desktop.media.probe import codec_name
from fastclip_desktop.media.sound import SoundSettings, cut_sound, sound_settings
from fastclip_desktop.media.text_tracks import TextTracks

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

FrameT = TypeVar("FrameT")

FRAMES_WAITING = 6
"""Decoded pictures between two threads: enough to even out key frames, 75 MB at 4K."""

PACKETS_WAITING = 256
"""Coded packets between two threads."""

_PATIENCE = 0.1
"""Seconds between two looks at whether the work should stop."""

_LOSSLESS = frozenset({"alac", "ape", "flac", "mlp", "tak", "truehd", "tta", "wavpack"})

MUXERS: dict[OutputFormat, tuple[str, dict[str, str]]] = {
    # Edit lists count in the movie's units; the default, a millisecond, would put late tracks out of step.
    OutputFormat.MP4: ("mp4", {"movflags": "+faststart", "movie_timescale": "90000"}),
    OutputFormat.WEBM: ("webm", {}),
    OutputFormat.MP3: ("mp3", {}),
    OutputFormat.M4A: ("ipod", {"movflags": "+faststart", "movie_timescale": "90000"}),
    OutputFormat.WAV: ("wav", {}),
    OutputFormat.FLAC: ("flac", {}),
}
"""FFmpeg's muxer for each format, and its options."""


def encode_clip(
    media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter, budget: Budget | None = None
) -> RenderedFile:
    """Write a clip with every frame and sample encoded anew.

    mp4 holds H.264 and AAC, webm VP9 and Opus, both every sound track and every text track of the source; m4a (AAC),
    wav and flac hold the first sound alone.

    Args:
        media: local files with the streams.
        timeline: what to render; its format is any but gif.
        path: the file to write.
        reporter: gets progress by presentation time; a stop reaches all threads within a frame or two.
        budget: what the picture and each sound may spend; without one they are as good as a person can tell.

    Returns:
        The file with its receipt; not yet checked.

    Raises:
        InputError: everything that :func:`~fastclip_desktop.media.cut.open_cut` raises, ``output_not_writable``,
            ``disk_full``.
        InternalError: an encoder failed.
        Cancelled: if it was stopped.
    """
    output = timeline.output
    with ExitStack() as stack:
        cut = open_cut(stack, media, timeline, reporter)
        with new_file(path, *MUXERS[output.format]) as container, Crew() as crew:
            rate = RateLimit(budget, float(timeline.span.end - cut.zero)) if budget else None
            picture = _PictureLine.join(container, cut.picture, output, rate) if cut.picture else None
            sounds = [_SoundLine.join(container, sound, output.format, rate) for sound in cut.sounds]
            texts = _find_texts(stack, media, cut, output.format) if output.subtitles else None
            cues = _TextLine(texts, texts.join(container)) if texts else None
            container.start_encoding()
            tracks: list[Pipe[Packet[Stream]]] = [
                line.start(crew, cut.source) for line in (picture, *sounds) if line is not None
            ]
            if cues is not None:
                tracks.append(cues.start(crew, cut.zero))
            mux_in_order(container, tracks, timeline.span.end - cut.zero, reporter)
        span = cut.settle()
        width, height = picture.display_size if picture else (0, 0)
        return RenderedFile(
            path, output.format, span, span.end - cut.zero, width, height, _receipt(cut, picture, sounds)
        )


def _find_texts(stack: ExitStack, media: FetchedMedia, cut: Cut, form: OutputFormat) -> TextTracks | None:
    """The source's text tracks where the clip can hold them."""
    if media.picture is None or cut.picture is None or not cut.has_subtitles:
        return None
    codec = "webvtt" if form is OutputFormat.WEBM else "mov_text"
    texts = TextTracks(stack, media.picture, cut.span, cut.clock.picture, codec)
    cut.notes.extend(texts.notes)
    return texts


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What a clip may spend, and for how many seconds."""

    budget: Budget
    seconds: float


@dataclass(slots=True)
class _PictureLine:
    """The picture's way from the source into the file.

    Attributes:
        picture: the source's track.
        stream: the file's track.
        encoder: what makes it.
        plan: what happens to frames that are like the first.
        replan: what happens to frames of another shape.
        frames: pictures decoded so far.
        first: presentation time of the first in seconds on the source container's clock.
        last: of the last.
        durations: of frames that are on their way, by their times in the clip; both in units of its time base.
    """

    picture: Picture
    stream: VideoStream
    encoder: VideoEncoder
    plan: PicturePlan
    replan: Callable[[Shape], PicturePlan]
    frames: int = 0
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    durations: dict[int | None, int] = field(default_factory=dict)

    @classmethod
    def join(cls, container: OutputContainer, picture: Picture, output: OutputSpec, limit: RateLimit | None) -> Self:
        """Add a track to the file that suits the first frame."""
        cut = picture.cut
        shape, ratio = shape_of(cut.first), picture.stream.sample_aspect_ratio
        plan_for = functools.partial(
            plan_picture,
            orientation=orientation_of(cut.first),
            sample_aspect_ratio=Fraction(ratio) if ratio and ratio > 0 else Fraction(1),
            max_short_side=output.max_height,
        )
        size = plan_for(shape).width, plan_for(shape).height
        if limit is not None:
            encoder = within_rate(output.format, limit.budget.picture, limit.seconds)
        else:
            encoder = VP9 if output.format is OutputFormat.WEBM else choose_h264_encoder(*size)
        plan = plan_for(shape, pixel_format=encoder.pixel_format)
        stream = add_track(container, encoder, cut.rate)
        stream.width, stream.height, stream.pix_fmt = plan.width, plan.height, plan.pixel_format
        context = stream.codec_context
        context.time_base = cut.time_base
        context.thread_type = "AUTO"  # PyAV's default, slices, costs a sixth of the speed and some quality
        context.sample_aspect_ratio = plan.sample_aspect_ratio
        context.color_range, context.color_primaries = plan.color.range, plan.color.primaries
        context.color_trc, context.colorspace = plan.color.transfer, plan.color.matrix
        begin(stream, encoder)
        replan = functools.partial(plan_for, pixel_format=plan.pixel_format, size=size)
        return cls(picture, stream, encoder, plan, replan)

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height in square pixels as a person sees them."""
        ratio = self.plan.sample_aspect_ratio
        return round(self.plan.width * max(ratio, Fraction(1))), round(self.plan.height / min(ratio, Fraction(1)))

    def start(self, crew: Crew, source: Path) -> Pipe[Packet[Stream]]:
        """Set the threads to work; the file's packets come out."""
        frames: Iterable[VideoFrame] = crew.run("decode picture", self._decode(source), FRAMES_WAITING)
        frames = filtered(frames, self.plan, self.replan, self.picture.cut.time_base)
        if self.plan.filters:
            frames = crew.run("filter picture", frames, FRAMES_WAITING)
        return crew.run("encode picture", self._encode(frames), PACKETS_WAITING)

    def _encode(self, frames: Iterable[VideoFrame]) -> Iterator[Packet[Stream]]:
        cut = self.picture.cut
        # The encoder's own decode times make a header that says too little where the rate varies.
        times: DecodeTimes[Packet[Stream]]
        times = DecodeTimes(self.stream.codec_context.reorder_depth, round(1 / cut.rate / cut.time_base))
        end = 0
        for packet in encoded(encoding(self.stream, self.encoder), frames):
            # Encoders forget how long a frame is shown, which matters for the last one.
            packet.duration = self.durations.pop(packet.pts, packet.duration)
            end = max(end, (packet.pts or 0) + (packet.duration or 0))
            yield from times.take(packet)
        yield from times.finish(end)

    def _decode(self, source: Path) -> Iterator[VideoFrame]:
        with reading(source):
            for timed in self.picture.cut.frames():
                self.first = self.first if self.frames else timed.source_pts
                self.last = timed.source_pts
                self.frames += 1
                self.durations[timed.frame.pts] = timed.frame.duration
                yield timed.frame


@dataclass(frozen=True, slots=True)
class _SoundLine:
    """The sound's way from the source into the file."""

    sound: Sound
    stream: AudioStream
    settings: SoundSettings
    meter: LoudnessMeter = field(default_factory=LoudnessMeter)

    @classmethod
    def join(cls, container: OutputContainer, sound: Sound, output: OutputFormat, limit: RateLimit | None) -> Self:
        """Add a track to the file that suits the source's."""
        source = sound.stream.codec_context
        fine = source.format.bits > 16 and is_lossless(codec_name(sound.stream))
        most = limit.budget.sound if limit else None
        settings = sound_settings(output, source.sample_rate, source.channels, fine=fine, most=most)
        stream = cast("AudioStream", container.add_stream(settings.encoder, rate=settings.sample_rate))
        stream.codec_context.layout = settings.layout
        stream.codec_context.format = settings.sample_format
        if settings.bit_rate:
            stream.codec_context.bit_rate = settings.bit_rate
        stream.codec_context.time_base = Fraction(1, settings.sample_rate)
        describe(stream, sound.stream)
        return cls(sound, stream, settings)

    def start(self, crew: Crew, source: Path) -> Pipe[Packet[Stream]]:
        """Set the thread to work; the file's packets come out."""
        return crew.run("sound", encoded(self.stream.encode, self._decode(source)), PACKETS_WAITING)

    def _decode(self, source: Path) -> Iterator[AudioFrame]:
        with reading(source):
            for frame in cut_sound(self.sound.cut, self.settings):
                self.meter.hear(frame)
                yield frame


@dataclass(frozen=True, slots=True)
class _TextLine:
    """The text tracks' way from the source into the file."""

    texts: TextTracks
    tracks: dict[int, Stream]

    def start(self, crew: Crew, zero: Fraction) -> Pipe[Packet[Stream]]:
        """Set the thread to work; the file's packets come out."""
        return crew.run("texts", self.texts.packets(zero, self.tracks), PACKETS_WAITING)


def encoded(
    encode: Callable[[FrameT | None], list[Packet[Stream]]], frames: Iterable[FrameT]
) -> Iterator[Packet[Stream]]:
    """Everything that an encoder makes of some frames."""
    for frame in frames:
        yield from encode(frame)
    yield from encode(None)


def mux_in_order(
    container: OutputContainer, tracks: list[Pipe[Packet[Stream]]], length: Fraction, reporter: Reporter
) -> None:
    """Write packets in the order of their decode times; progress goes by the first track.

    Args:
        container: the file.
        tracks: packets of each of its tracks.
        length: seconds that the first of them will last.
        reporter: gets the progress; a stop reaches whoever feeds the tracks.
    """
    lead = tracks[0]
    reporter.report(0.0)
    waiting: list[tuple[Packet[Stream], Pipe[Packet[Stream]]]] = []
    hungry = list(tracks)
    while hungry or waiting:
        while hungry:
            item = hungry[-1].take(_PATIENCE)
            if item is PENDING:
                reporter.cancel.check()
                continue
            pipe = hungry.pop()
            if not isinstance(item, Signal):
                waiting.append((item, pipe))
        if waiting:
            packet, pipe = chosen = min(waiting, key=lambda pair: _decode_time(pair[0]))
            waiting.remove(chosen)
            hungry.append(pipe)
            done = (packet.pts or 0) * packet.time_base / length
            container.mux_one(packet)
            if pipe is lead:
                reporter.report(float(max(Fraction(0), done)))


def is_lossless(codec: str) -> bool:
    """Whether a sound codec, by FFmpeg's name, gives back every bit it was given."""
    return codec in _LOSSLESS or codec.startswith("pcm_")


def _decode_time(packet: Packet[Stream]) -> Fraction:
    stamp = packet.dts if packet.dts is not None else packet.pts
    return (stamp or 0) * packet.time_base


def _receipt(cut: Cut, picture: _PictureLine | None, sounds: list[_SoundLine]) -> Receipt:
    return Receipt(
        method="reencoded",
        video_encoder=picture.encoder.name if picture else "",
        device=device_of(picture.encoder.name) if picture else "",
        loudness=sounds[0].meter.integrated if sounds else None,
        audio_encoder=sounds[0].settings.encoder if sounds else "",
        frames=picture.frames if picture else 0,
        first_frame=picture.first - cut.clock.picture if picture else None,
        last_frame=picture.last - cut.clock.picture if picture else None,
        notes=(*cut.notes, *((*picture.plan.notes, *picture.encoder.notes) if picture else ())),
    )
