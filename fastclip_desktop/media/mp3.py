"""MP3 on all cores: stretches of a clip are encoded side by side and joined so that nobody can hear where.

LAME uses one core, and the build in PyAV's wheel is slow on that one. But an MP3 frame of a constant bit rate needs
nothing from other frames once the store of spare bits that they share, the reservoir, is switched off; only the
encoder's filters remember what came just before, and its choices look a little ahead. So each stretch is encoded from a
few frames before its beginning to a few behind its end, and those are thrown away. Stretches begin at whole frames of
the clip, so the frames that remain are the ones that a single encoder would have made. FFmpeg's muxer then writes the
Info header with the number of frames and the silence to cut off at both ends, as LAME defined it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
from av.audio.fifo import AudioFifo

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timeline import OutputFormat, Timeline
from fastclip_desktop.media.container import new_file, reading
from fastclip_desktop.media.cut import open_cut
from fastclip_desktop.media.sound import SoundSettings, cut_sound, sound_settings

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet

LEAD = 8
"""MP3 frames encoded before a stretch: the filters reach back over 2, the model of hearing over a few more."""

TAIL = 4
"""MP3 frames encoded behind a stretch: the encoder runs 1,105 samples late and looks one frame ahead."""

_EFFORT = "5"
"""LAME's ``-q``, 0 the most thorough and 9 the least. Its default for a constant bit rate, 3, takes a fifth longer."""

_LONGEST_STRETCH = 1250
"""MP3 frames; 30 s at 48 kHz, 11 MB of samples."""

_SHORTEST_STRETCH = 160
"""MP3 frames, of which lead and tail are a twelfth."""

_STRETCHES_A_WORKER = 3
"""So that no core waits long for the last one."""

_MOST_WORKERS = 8


def render_mp3(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter) -> RenderedFile:
    """Write the sound of a span as MP3, 192 kbit/s, exact to the sample.

    Args:
        media: local files with the streams.
        timeline: what to render.
        path: the file to write.
        reporter: gets progress by presentation time.

    Returns:
        The file with its receipt; not yet checked.

    Raises:
        InputError: everything that :func:`~fastclip_desktop.media.cut.open_cut` raises, ``output_not_writable``,
            ``disk_full``.
        InternalError: the encoder failed.
        Cancelled: if it was stopped.
    """
    with ExitStack() as stack:
        cut = open_cut(stack, media, timeline.span, reporter, wants_picture=False)
        if cut.sound is None:  # open_cut found neither picture nor sound only if it raised
            raise InternalError(ErrorCode.INTERNAL, f"The sound of {cut.source.name} got lost.")
        source = cut.sound.stream.codec_context
        settings = sound_settings(OutputFormat.MP3, source.sample_rate, source.channels)
        length = timeline.span.end - cut.zero
        with reading(cut.source):
            frames = whole_frames(cut_sound(cut.sound.cut, settings), settings)
            stretches = divide(frames, stretch_length(length * settings.sample_rate, _workers()))
            with new_file(path, "mp3") as container:
                _write(container, settings, stretches, length, reporter)
        span = cut.settle()
        receipt = Receipt(
            method="reencoded",
            audio_encoder=settings.encoder,
            bytes_moved=media.bytes_moved,
            notes=tuple(cut.notes),
        )
        return RenderedFile(path, OutputFormat.MP3, span, span.end - cut.zero, 0, 0, receipt)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of work for one encoder.

    Attributes:
        frames: samples of one MP3 frame each, with those before and behind the stretch.
        lead: how many of them come before it.
        keep: how many are the stretch; ``None`` for all that the encoder gives, at the end of the clip.
    """

    frames: tuple[AudioFrame, ...]
    lead: int
    keep: int | None


def stretch_length(samples: Fraction, workers: int) -> int:
    """The length of a stretch in MP3 frames for a clip of this many samples."""
    even = int(samples / 1152 / (workers * _STRETCHES_A_WORKER)) + 1
    return min(_LONGEST_STRETCH, max(_SHORTEST_STRETCH, even))


def divide(frames: Iterable[AudioFrame], length: int) -> Iterator[Stretch]:
    """Stretches of ``length`` frames with lead and tail; the last takes what remains."""
    waiting: list[AudioFrame] = []
    lead = 0
    for frame in frames:
        waiting.append(frame)
        if len(waiting) == lead + length + TAIL:
            yield Stretch(tuple(waiting), lead, length)
            del waiting[: lead + length - LEAD]
            lead = LEAD
    if len(waiting) > lead:
        yield Stretch(tuple(waiting), lead, None)


def whole_frames(sound: Iterable[AudioFrame], settings: SoundSettings) -> Iterator[AudioFrame]:
    """The same samples in frames as long as an MP3 frame, the last as long as what remains, each with its ``pts``."""
    size = _encoder(settings).frame_size
    base = Fraction(1, settings.sample_rate)
    queue = AudioFifo()
    position = 0

    def taken(samples: int) -> AudioFrame:
        nonlocal position
        frame = cast("AudioFrame", queue.read(samples))  # None only if there were fewer
        frame.pts, frame.time_base = position, base
        position += frame.samples
        return frame

    for piece in sound:
        piece.pts = None
        queue.write(piece)
        while queue.samples >= size:
            yield taken(size)
    if queue.samples:
        yield taken(queue.samples)


def encode_stretch(stretch: Stretch, settings: SoundSettings, cancel: CancelToken) -> list[Packet[AudioStream]]:
    """The packets of a stretch.

    Raises:
        Cancelled: if it was stopped.
    """
    encoder = _encoder(settings)
    packets: list[Packet[AudioStream]] = []
    for frame in stretch.frames:
        cancel.check()
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    end = None if stretch.keep is None else stretch.lead + stretch.keep
    return packets[stretch.lead : end]


def _encoder(settings: SoundSettings) -> AudioCodecContext:
    encoder = cast("AudioCodecContext", av.CodecContext.create(settings.encoder, "w"))
    _configure(encoder, settings)
    encoder.open()
    return encoder


def _configure(encoder: AudioCodecContext, settings: SoundSettings) -> None:
    encoder.sample_rate = settings.sample_rate
    encoder.layout = settings.layout
    encoder.format = settings.sample_format
    encoder.bit_rate = settings.bit_rate
    encoder.time_base = Fraction(1, settings.sample_rate)
    encoder.options = {"reservoir": "0", "compression_level": _EFFORT}


def _workers() -> int:
    return min(_MOST_WORKERS, os.cpu_count() or 1)


def _write(
    container: OutputContainer,
    settings: SoundSettings,
    stretches: Iterable[Stretch],
    length: Fraction,
    reporter: Reporter,
) -> None:
    """Encode stretches side by side and write them one after the other, a few ahead at most."""
    added = container.add_stream(settings.encoder, rate=settings.sample_rate, layout=settings.layout)
    track = cast("AudioStream", added)
    _configure(track.codec_context, settings)
    container.start_encoding()
    waiting: deque[Future[list[Packet[AudioStream]]]] = deque()

    def write_next() -> None:
        packets = waiting.popleft().result()
        for packet in packets:
            packet.stream = track
            container.mux_one(packet)
        if packets and packets[-1].pts is not None:
            reporter.report(float(packets[-1].pts * packets[-1].time_base / length))

    pool = ThreadPoolExecutor(_workers(), thread_name_prefix="mp3")
    try:
        for stretch in stretches:
            reporter.cancel.check()
            waiting.append(pool.submit(encode_stretch, stretch, settings, reporter.cancel))
            while len(waiting) > _workers() + 1:
                write_next()
        while waiting:
            write_next()
    finally:
        pool.shutdown(cancel_futures=True)
