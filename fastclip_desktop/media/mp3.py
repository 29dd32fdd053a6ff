"""MP3 by LAME itself: the build of it inside PyAV's wheel takes four times as long for the same.

The sound is decoded in one thread and encoded in another; both leave the interpreter's lock alone meanwhile. FFmpeg's
muxer writes the file, with the Info header that tells a player how many samples to leave out at both ends.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
import lameenc
from av.packet import PacketSideData

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timeline import OutputFormat, Timeline
from fastclip_desktop.media.container import new_file, reading
from fastclip_desktop.media.crew import Crew
from fastclip_desktop.media.cut import open_cut
from fastclip_desktop.media.loudness import LoudnessMeter
from fastclip_desktop.media.sound import SoundCut, SoundSettings, cut_sound, sound_settings

if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream

_EFFORT = 5
"""LAME's ``-q``, 0 the most thorough and 9 the least; what FFmpeg takes where nothing is said."""

_DELAY = 1105
"""Samples that come out before the first that went in: 576 of LAME's and 529 of every decoder's."""

_BLOCK = 65_536
"""Samples that are handed to the encoder at once."""

_BLOCKS_WAITING = 4


def render_mp3(
    media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter, most: int | None = None
) -> RenderedFile:
    """Write the sound of a span as MP3, 192 kbit/s, exact to the sample.

    Args:
        media: local files with the streams.
        timeline: what to render.
        path: the file to write.
        reporter: gets progress by presentation time.
        most: another rate in bits a second, where that is too much.

    Returns:
        The file with its receipt; not yet checked.

    Raises:
        InputError: everything that :func:`~fastclip_desktop.media.cut.open_cut` raises, ``output_not_writable``,
            ``disk_full``.
        InternalError: the encoder failed.
        Cancelled: if it was stopped.
    """
    with ExitStack() as stack:
        cut = open_cut(stack, media, timeline, reporter)
        if cut.sound is None:  # open_cut found neither picture nor sound only if it raised
            raise InternalError(ErrorCode.INTERNAL, f"The sound of {cut.source.name} got lost.")
        source = cut.sound.stream.codec_context
        settings = sound_settings(OutputFormat.MP3, source.sample_rate, source.channels, most=most)
        meter = LoudnessMeter()
        with reading(cut.source), new_file(path, "mp3") as container, Crew() as crew:
            track = _add_track(container, settings)
            sound = _Sound(cut.sound.cut, settings, meter)
            blocks = crew.run("decode sound", sound.blocks(), _BLOCKS_WAITING)
            coded = crew.run("encode sound", _encode(blocks, settings), _BLOCKS_WAITING)
            length = timeline.span.end - cut.zero
            for packet in _timed(_split(coded), sound, settings):
                packet.stream = track
                container.mux_one(packet)
                reporter.report(float((packet.pts or 0) * packet.time_base / length))
        span = cut.settle()
        receipt = Receipt(
            method="reencoded",
            audio_encoder=settings.encoder,
            bytes_moved=media.bytes_moved,
            notes=tuple(cut.notes),
            loudness=meter.integrated,
        )
        return RenderedFile(path, OutputFormat.MP3, span, span.end - cut.zero, 0, 0, receipt)


@dataclasses.dataclass(slots=True)
class _Sound:
    """The samples of a clip.

    Attributes:
        cut: where they come from.
        settings: what the encoder gets.
        meter: hears them all.
        count: how many there were.
    """

    cut: SoundCut
    settings: SoundSettings
    meter: LoudnessMeter
    count: int = 0

    def blocks(self) -> Iterator[bytes]:
        """Signed 16-bit samples of this machine's byte order, interleaved."""
        block = bytearray()
        channels = 1 if self.settings.layout == "mono" else 2
        for frame in cut_sound(self.cut, dataclasses.replace(self.settings, sample_format="s16")):
            self.meter.hear(frame)
            block += _samples(frame, channels)
            self.count += frame.samples
            if len(block) >= _BLOCK * 2 * channels:
                yield bytes(block)
                block.clear()
        yield bytes(block)


def _samples(frame: AudioFrame, channels: int) -> memoryview:
    return memoryview(frame.planes[0])[: frame.samples * 2 * channels]  # there may be padding behind them


def _encode(blocks: Iterable[bytes], settings: SoundSettings) -> Iterator[bytes]:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(1 if settings.layout == "mono" else 2)
    encoder.set_in_sample_rate(settings.sample_rate)
    encoder.set_out_sample_rate(settings.sample_rate)  # it would choose a lower one for a low bit rate
    encoder.set_bit_rate(settings.bit_rate // 1000)
    encoder.set_quality(_EFFORT)
    for block in blocks:
        if block:
            yield bytes(encoder.encode(block))
    yield bytes(encoder.flush())


def _split(coded: Iterable[bytes]) -> Iterator[Packet[Stream]]:
    """MP3 frames out of a stream of them."""
    parser = cast("AudioCodecContext", av.CodecContext.create("mp3float", "r"))
    for data in coded:
        yield from parser.parse(data)
    yield from parser.parse(b"")


def _timed(packets: Iterable[Packet[Stream]], sound: _Sound, settings: SoundSettings) -> Iterator[Packet[Stream]]:
    """The same with times; the first and the last say how many of their samples are none of the clip's."""
    size = 1152 if settings.sample_rate >= 32_000 else 576  # MPEG-1, MPEG-2
    base = Fraction(1, settings.sample_rate)
    waiting: Packet[Stream] | None = None
    for number, packet in enumerate(packets):
        packet.pts = packet.dts = number * size - _DELAY
        packet.duration, packet.time_base = size, base
        if number == 0:
            _hide(packet, settings, at_start=_DELAY)
        if waiting is not None:
            yield waiting
        waiting = packet
    if waiting is not None and waiting.pts is not None:
        _hide(waiting, settings, at_end=waiting.pts + size - sound.count)
        yield waiting


def _hide(packet: Packet[Stream], settings: SoundSettings, at_start: int = 0, at_end: int = 0) -> None:
    """Tell the muxer how many samples of a packet are not to be heard."""
    hidden = PacketSideData.from_packet(_packet_with_hidden_end(settings), "skip_samples")
    # Samples to skip at the start and at the end, 32 bits each, and the reasons (AV_PKT_DATA_SKIP_SAMPLES).
    hidden.update(struct.pack("<IIBB", at_start, at_end, 0, 0))
    hidden.to_packet(packet)


def _packet_with_hidden_end(settings: SoundSettings) -> Packet[Stream]:
    """PyAV changes side data and moves it from packet to packet, but makes none."""
    encoder = cast("AudioCodecContext", av.CodecContext.create(settings.encoder, "w"))
    _configure(encoder, settings)
    frame = av.AudioFrame(settings.sample_format, settings.layout, 64)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts = settings.sample_rate, 0
    packets = [*encoder.encode(frame), *encoder.encode(None)]
    return next(packet for packet in reversed(packets) if packet.has_sidedata("skip_samples"))


def _add_track(container: OutputContainer, settings: SoundSettings) -> AudioStream:
    track = container.add_stream(settings.encoder, rate=settings.sample_rate, layout=settings.layout)
    track = cast("AudioStream", track)
    _configure(track.codec_context, settings)
    container.start_encoding()
    return track


def _configure(encoder: AudioCodecContext, settings: SoundSettings) -> None:
    encoder.sample_rate = settings.sample_rate
    encoder.layout = settings.layout
    encoder.format = settings.sample_format
    encoder.bit_rate = settings.bit_rate
    encoder.time_base = Fraction(1, settings.sample_rate)
