"""What every exact clip has to be, whatever made it."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.smart_cut import smart_cut
from tests.media_factory import read_frame_numbers, read_sound_shift

SAMPLE = Fraction(1, 44_100)
"""Seconds a sample; a clip's zero lies between two of them as a rule."""


def cut(
    source: Path | FetchedMedia,
    start: Fraction | str,
    end: Fraction | str,
    path: Path,
    output: OutputSpec | None = None,
    reporter: Reporter | None = None,
) -> RenderedFile:
    """A smart cut of a file."""
    media = source if isinstance(source, FetchedMedia) else FetchedMedia(source, source)
    span = TimeRange(Fraction(start), Fraction(end))
    return smart_cut(media, Timeline(span, output or OutputSpec()), path, reporter or Reporter())


def assert_exact(source: Path, made: RenderedFile, *, sound_within: Fraction = SAMPLE) -> None:
    """The clip shows just the frames of its span at their own distances, in step with the sound, without an error.

    Args:
        source: what it was cut from.
        made: the clip.
        sound_within: seconds by which the sound may be off, for containers that count in milliseconds.
    """
    origin = probe(source).origin
    shown = [(frame.number, frame.pts - origin) for frame in read_frame_numbers(source)]
    wanted = [(number, time) for number, time in shown if made.span.start <= time < made.span.end]
    got = [(frame.number, frame.pts) for frame in read_frame_numbers(made.path)]
    first, begins = wanted[0][1], got[0][1]
    assert [(number, time - begins) for number, time in got] == [(number, time - first) for number, time in wanted]
    # A picture track that begins later than the clip begins later in it, too, to the nearest tick of its clock.
    late = first - made.span.start if wanted[0] == shown[0] else Fraction(0)
    assert abs(begins - late) < Fraction(1, 10_000)
    assert_decodes_strictly(made.path, len(wanted))
    receipt = made.receipt
    assert (receipt.frames, receipt.first_frame, receipt.last_frame) == (len(wanted), first, wanted[-1][1])
    with av.open(str(made.path)) as container:
        heard = bool(container.streams.audio)
    if heard:
        zero = first - begins + origin
        assert abs(read_sound_shift(made.path, source, zero, tolerance=30) - zero) <= sound_within
        assert abs(receipt.sound_offset) < Fraction(1, 1000)


def assert_decodes_strictly(path: Path, frames: int) -> None:
    """A decoder that is told to give up at any fault gives all frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode+crccheck+bitstream+buffer", "ec": "0"}
        assert sum(1 for _ in container.decode(stream)) == frames
