"""The sound of a range: found, decoded, cut to the sample and brought into the encoder's form.

Sound is placed by its own time stamps against the clip's zero, never by counting: a track that starts late begins with
silence, a gap in it stays a gap, and what the decoder gives before zero is dropped. libswresample does the placing,
which costs nothing per sample; the container's rounding of time stamps (a millisecond in Matroska) is left alone.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av.error
from av.audio.frame import AudioFrame
from av.filter import Graph

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.size_budget import MOST_OF_ONE_CHANNEL
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.container import time_base_of
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack, tolerating
from fastclip_desktop.media.probe import codec_name

if TYPE_CHECKING:
    from av.audio.stream import AudioStream

_PRE_ROLL = Fraction(1, 2)
"""Seconds decoded before the clip: Opus wants 80 ms to settle, MP3 its bit reservoir, AAC one frame."""

_STEPS_BACK = (_PRE_ROLL, Fraction(5), Fraction(30))

_JITTER = Fraction(3, 200)
"""Seconds by which time stamps may wander before a gap is filled or an overlap dropped; less than any lost packet."""

_CODEC_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)
"""What MP3 and AAC both take."""

_FLAC_LIMIT = 192_000
"""Samples a second; more needs FLAC features that few players know."""


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """What the sound encoder gets.

    Attributes:
        encoder: FFmpeg's name.
        sample_rate: samples a second.
        layout: FFmpeg's channel layout name.
        sample_format: FFmpeg's name.
        bit_rate: bits a second; 0 where the encoder takes none.
    """

    encoder: str
    sample_rate: int
    layout: str
    sample_format: str
    bit_rate: int


@dataclass(slots=True)
class SoundCut:
    """The sound of a clip, found and ready to be read.

    Attributes:
        zero: the clip's zero in seconds on the container's clock.
        end: where the range ends, likewise.
        source_base: seconds a unit of the source's time stamps.
        frames: decoded frames from just before zero on.
        log: what went wrong so far.
        source_end: the end of the source's last sample on the container's clock, once it was read to the end.
    """

    zero: Fraction
    end: Fraction
    source_base: Fraction
    frames: Iterator[AudioFrame]
    log: DecodeLog
    source_end: Fraction | None = None


def sound_settings(
    output: OutputFormat, sample_rate: int, channels: int, *, fine: bool = False, most: int | None = None
) -> SoundSettings:
    """The encoder's settings for a source.

    Args:
        output: the clip's format.
        sample_rate: samples a second of the source.
        channels: of the source; six are kept as 5.1 where the format knows it, other numbers above two are mixed down.
        fine: the source has more than 16 bits a sample and lost none of them.
        most: bits a second at most, for two channels at most, and below 56,000 for one; ``None`` for what is usual.
    """
    if most is not None:
        channels = min(channels, 1 if most <= MOST_OF_ONE_CHANNEL else 2)
        usual = sound_settings(output, sample_rate, channels, fine=fine)
        return dataclasses.replace(usual, bit_rate=min(usual.bit_rate, most))
    surround = {1: "mono", 6: "5.1"}.get(channels, "stereo")
    plain = "mono" if channels == 1 else "stereo"
    rate = next((known for known in _CODEC_RATES if known >= sample_rate), _CODEC_RATES[-1])
    match output:
        case OutputFormat.MP3:
            return SoundSettings("libmp3lame", rate, plain, "fltp", 192_000)
        case OutputFormat.WAV:
            return SoundSettings(
                "pcm_s24le" if fine else "pcm_s16le", sample_rate, surround, "s32" if fine else "s16", 0
            )
        case OutputFormat.FLAC:
            return SoundSettings("flac", min(sample_rate, _FLAC_LIMIT), surround, "s32" if fine else "s16", 0)
        case OutputFormat.WEBM:
            return SoundSettings("libopus", 48_000, plain, "flt", {"mono": 80_000, "stereo": 128_000}[plain])
        case _:
            bit_rate = {"mono": 96_000, "stereo": 192_000, "5.1": 384_000}[surround]
            return SoundSettings("aac", rate, surround, "fltp", bit_rate)


def find_sound(
    track: SourceTrack[AudioStream], zero: Fraction, end: Fraction, check: Callable[[], None]
) -> SoundCut | None:
    """Seek to a range and decode up to its first sample.

    Args:
        track: the sound.
        zero: the clip's zero in seconds on the container's clock.
        end: where the range ends, likewise.
        check: called for each packet; stops the work by raising.

    Returns:
        ``None`` where nothing of the track can be heard in the range.

    Raises:
        InputError: ``encrypted_media``, ``unsupported_codec``, or ``damaged_media`` where nothing can be decoded.
    """
    if codec_name(track.stream) == "unknown":
        raise InputError(
            ErrorCode.UNSUPPORTED_CODEC,
            f"{track.path.name} has sound in a format that FastClip cannot decode.",
            "Convert its sound to AAC first.",
        )
    log = DecodeLog()
    base = time_base_of(track.stream)
    before, first, rest = _frames_around(track, zero, log, check)
    if first is None:
        if before is None:
            log.raise_for_nothing(track.path, "sound")
        return None
    if (first.pts or 0) * base >= end:
        return None
    return SoundCut(zero, end, base, itertools.chain([first] if before is None else [before, first], rest), log)


def cut_sound(cut: SoundCut, settings: SoundSettings) -> Iterator[AudioFrame]:
    """Frames in the encoder's form; their ``pts`` counts samples from the clip's zero."""
    rate = settings.sample_rate
    origin, last = round(cut.zero * rate), round(cut.end * rate)
    graph: Graph | None = None
    form: tuple[str, str, int] | None = None
    position = origin
    for frame in cut.frames:
        if (frame.pts or 0) * cut.source_base >= cut.end:
            break
        if form != (form := _form(frame)):
            # Some broadcasts change between stereo and 5.1 on the way; a graph has one form for its whole life.
            for made in _drain(graph):
                position = (made.pts or 0) + made.samples
                yield _shift(made, origin)
            graph = _build_graph(frame, cut.source_base, settings, position, last)
        cut.source_end = (frame.pts or 0) * cut.source_base + Fraction(frame.samples, frame.sample_rate)
        for made in _through(graph, frame):
            position = (made.pts or 0) + made.samples
            yield _shift(made, origin)
    else:
        yield from (_shift(made, origin) for made in _drain(graph))
        return
    cut.source_end = None  # there is more sound behind the range
    yield from (_shift(made, origin) for made in _drain(graph))


def _form(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _build_graph(frame: AudioFrame, base: Fraction, settings: SoundSettings, first: int, last: int) -> Graph:
    """A graph that gives the samples ``first <= n < last``, counted on the container's clock at the output's rate."""
    # libswresample counts first_pts in samples of its input, whatever its documentation says.
    begin = round(Fraction(first * frame.sample_rate, settings.sample_rate))
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name, time_base=base
    )
    place = graph.add(
        "aresample",
        first_pts=str(begin),
        min_comp="0",
        min_hard_comp=str(float(_JITTER)),
        max_soft_comp="0",
    )
    form = graph.add(
        "aformat",
        sample_fmts=settings.sample_format,
        sample_rates=str(settings.sample_rate),
        channel_layouts=settings.layout,
    )
    trim = graph.add("atrim", end_pts=str(last))
    graph.link_nodes(source, place, form, trim, graph.add("abuffersink"))
    graph.configure()
    return graph


def _through(graph: Graph | None, frame: AudioFrame | None) -> Iterator[AudioFrame]:
    if graph is None:
        return
    try:
        graph.push(frame)
        while True:
            made = graph.pull()
            if isinstance(made, AudioFrame) and made.samples:
                yield made
    except (av.error.BlockingIOError, av.error.EOFError):
        return  # it wants more, or it has all that it was asked for


def _drain(graph: Graph | None) -> Iterator[AudioFrame]:
    yield from _through(graph, None)


def _shift(frame: AudioFrame, origin: int) -> AudioFrame:
    frame.pts = (frame.pts or 0) - origin
    return frame


def _frames_around(
    track: SourceTrack[AudioStream], zero: Fraction, log: DecodeLog, check: Callable[[], None]
) -> tuple[AudioFrame | None, AudioFrame | None, Iterator[AudioFrame]]:
    """The frame before the one that sounds at ``zero``, that one or the first after it, and the rest."""
    base = time_base_of(track.stream)
    begins = track.stream.start_time
    near_top = begins is None or zero - _PRE_ROLL <= begins * base
    # FFmpeg counts an AVI's sound differently once it has sought. Packets that are only passed over cost little.
    for back in (None,) if near_top or track.container.format.name == "avi" else (*_STEPS_BACK, None):
        log.errors = 0
        from_top = not track.seek(None if back is None else zero - back) or back is None
        frames = decode_sound(track, zero - _PRE_ROLL, log, check)
        before: AudioFrame | None = None
        for frame in frames:
            start = (frame.pts or 0) * base
            if start + Fraction(frame.samples, frame.sample_rate) > zero:
                if before is None and not from_top and start > zero:
                    break  # an index that is wrong: from further back
                return before, frame, frames
            before = frame
        else:
            if before is not None or from_top:
                return before, None, frames
    return None, None, iter(())


def decode_sound(
    track: SourceTrack[AudioStream], start: Fraction, log: DecodeLog, check: Callable[[], None]
) -> Iterator[AudioFrame]:
    """Frames from where the track stands, each with a ``pts``; packets that end before ``start`` are left out.

    Args:
        track: the sound.
        start: seconds on the container's clock.
        log: gets what goes wrong.
        check: called for each packet; stops the work by raising.
    """
    base = time_base_of(track.stream)
    following: int | None = None
    for packet in track.packets(log, check):
        length = packet.duration or 0
        at = packet.pts
        if at is None or (following is not None and at < following - length // 2):
            # Some AVI files count packets where they should count samples: sound cannot go back, so it goes on.
            at = following or 0
        shift = at - packet.pts if packet.pts is not None else 0
        following = at + length
        if packet.size and following * base < start:
            continue
        frames: list[AudioFrame] = []
        with tolerating(log):
            frames = packet.decode()
        for frame in frames:
            if frame.samples and frame.sample_rate:
                frame.pts = at if frame.pts is None else frame.pts + shift
                yield frame
