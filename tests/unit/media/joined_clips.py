"""What every joined clip has to be, whatever made it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.montage import Montage, Part, PlacedPart, Transition, TransitionKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Join
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.media.join import join
from fastclip_desktop.media.probe import probe
from tests.exactness.sound_lag import SHORTEST, sound_lag
from tests.media_factory import UnreadableFrameError, read_frame_numbers, read_number, read_sound

MILLISECOND = Fraction(1, 1000)

Span = tuple[int, str, str]


def make(
    sources: Sequence[Path],
    spans: Sequence[Span],
    path: Path,
    transition: Transition | None = None,
    output: OutputSpec | None = None,
    reporter: Reporter | None = None,
) -> RenderedFile:
    """Join spans, each a source's number, a start and an end."""
    parts = tuple(Part(source, TimeRange(Fraction(start), Fraction(end))) for source, start, end in spans)
    montage = Montage(parts, output or OutputSpec(), transition or Transition())
    media = tuple(FetchedMedia(source, source) for source in sources)
    return join(Join(media, montage, path), reporter or Reporter())


def shown(path: Path, crop: tuple[int, int] | None = None) -> list[tuple[int | None, Fraction, float]]:
    """Number, time and mean brightness of each frame; ``None`` where there is no number.

    Args:
        path: the file.
        crop: the first and the last column of a picture with black sides.
    """
    frames = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            luma = frame.reformat(format="gray").to_ndarray()
            number = _number(luma)
            if number is None and crop:
                number = _number(luma[:, crop[0] : crop[1]])
            frames.append((number, frame.pts * frame.time_base, float(luma.mean())))
    return frames


def _number(luma: np.ndarray) -> int | None:
    try:
        return read_number(luma)
    except UnreadableFrameError:
        return None


def assert_joined(
    sources: Sequence[Path],
    spans: Sequence[Span],
    made: RenderedFile,
    transition: Transition | None = None,
    crop: tuple[int, int] | None = None,
    tick: Fraction = Fraction(1, 15_000),
) -> None:
    """Every frame of every part is there once, at its time, the parts at their distances and in step with their sound.

    Args:
        sources: what was joined.
        spans: what was asked for.
        made: the clip.
        transition: what stands between parts.
        crop: see :func:`shown`.
        tick: seconds by which a time may be rounded.
    """
    transition = transition or Transition()
    placed = made.receipt.parts
    assert len(placed) == len(spans)
    for before, after in itertools.pairwise(placed):
        assert abs(after.place.start - before.place.end - transition.distance) <= tick
    assert made.duration == placed[-1].place.end
    read = shown(made.path, crop)
    assert made.receipt.frames == len(read)
    assert [time for _, time, _ in read] == sorted({time for _, time, _ in read})
    overlap = transition.seconds if transition.kind is TransitionKind.OVERLAP else Fraction(0)
    sounds = {source: read_sound(sources[source]) for source, _, _ in spans if probe(sources[source]).audio}
    heard = read_sound(made.path) if sounds else None
    for number, (part, (source, start, end)) in enumerate(zip(placed, spans, strict=True)):
        origin = probe(sources[source]).origin
        alone = TimeRange(
            part.place.start + (overlap if number else 0),
            part.place.end - (overlap if number + 1 < len(placed) else 0),
        )
        wanted = [
            (frame.number, frame.pts - origin - part.span.start + part.place.start)
            for frame in read_frame_numbers(sources[source])
            if Fraction(start) <= frame.pts - origin < Fraction(end)
        ]
        wanted = [(number, time) for number, time in wanted if alone.start <= time < alone.end - tick]
        slack = 2 * tick
        got = [(number, time) for number, time, _ in read if alone.start - slack <= time < alone.end - slack]
        assert [number for number, _ in got] == [number for number, _ in wanted]
        assert all(abs(one - other) <= slack for (_, one), (_, other) in zip(got, wanted, strict=True))
        if heard is not None and source in sounds and alone.duration > 2 * SHORTEST:
            theirs = read_sound(sources[source], sample_rate=heard.sample_rate)
            lag = sound_lag(heard, theirs, alone.start, alone.end, origin + part.span.start - part.place.start)
            assert abs(lag) <= MILLISECOND


def between(
    placed: Sequence[PlacedPart], read: list[tuple[int | None, Fraction, float]]
) -> list[tuple[Fraction, float]]:
    """Time since the end of the first part, and brightness, of the frames between the first two."""
    slack = Fraction(1, 5000)
    first, second = placed[0].place, placed[1].place
    return [(time - first.end, light) for _, time, light in read if first.end - slack <= time < second.start - slack]


def loudest(path: Path, begin: Fraction, end: Fraction) -> float:
    """The greatest sample between two seconds of a clip."""
    sound = read_sound(path)
    first, last = (round((time - sound.start) * sound.sample_rate) for time in (begin, end))
    return float(np.abs(sound.samples[first:last]).max())
