"""Compares a clip with what its source demands."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.media.render import render
from tests.exactness.edit_list import PictureLength, picture_length
from tests.exactness.expectation import Expected, SourceRead
from tests.exactness.sound_lag import SHORTEST, NotAlikeError, sound_lag
from tests.exactness.strict_decoding import StrictRead, read_strictly
from tests.media_factory import read_sound

SOUND_TOLERANCE = Fraction(1, 1000)
"""Seconds by which sound may stand elsewhere against the picture than in the source."""

HEADER_TOLERANCE = Fraction(1, 10_000)
"""Seconds by which a header may differ from the edit list, which counts on another clock."""


def cut(source: Path, span: TimeRange, path: Path) -> RenderedFile:
    """Make an mp4 clip at the source's quality."""
    return render(Render(FetchedMedia(source, source), Timeline(span, OutputSpec()), path), Reporter())


def faults_of(source: SourceRead, span: TimeRange, clip: RenderedFile, turned: int = 0) -> list[str]:
    """Everything that is wrong with a clip, each in a few words; empty for an exact one.

    Args:
        source: what was cut.
        span: what was asked for.
        clip: what came out.
        turned: degrees clockwise by which the clip's pixels stand turned.
    """
    expected = source.shown(span)
    read = read_strictly(clip.path, turned)
    return [
        *read.faults,
        *_picture_faults(expected, read, picture_length(clip.path)),
        *_receipt_faults(expected, clip),
        *_sound_faults(source, expected, clip.path),
    ]


def _picture_faults(expected: Expected, read: StrictRead, length: PictureLength | None) -> list[str]:
    if tuple(read.numbers) != expected.numbers:
        return [f"shows frames {spelled(read.numbers)} instead of {spelled(expected.numbers)}"]
    faults = []
    # Both were rounded to the clip's clock, each by half a unit at most.
    wrong = [
        (number, float(time - wanted))
        for number, time, wanted in zip(read.numbers, read.times, expected.times, strict=True)
        if abs(time - wanted) > read.tick + expected.zero_slack
    ]
    if wrong:
        faults.append(f"{len(wrong)} frames stand elsewhere, first number {wrong[0][0]} by {wrong[0][1]:.6f} s")
    if length is None:
        return [*faults, "has no edit list"]
    if abs(length.end - expected.picture_end) > expected.end_slack:
        faults.append(f"its picture ends at {float(length.end):.4f} instead of {float(expected.picture_end):.4f}")
    shown = length.end - length.begin
    if abs(length.samples - shown) > HEADER_TOLERANCE or length.header < shown - HEADER_TOLERANCE:
        said = f"its samples take {float(length.samples):.4f} s and its header says {float(length.header):.4f}"
        faults.append(f"{said}, but it is shown for {float(shown):.4f}")
    return faults


def _receipt_faults(expected: Expected, clip: RenderedFile) -> list[str]:
    receipt = dataclasses.asdict(clip.receipt)
    said = {name: receipt[name] for name in ("frames", "first_frame", "last_frame")}
    true = {
        "frames": len(expected.numbers),
        "first_frame": expected.source_times[0],
        "last_frame": expected.source_times[-1],
    }
    return [
        f"its receipt says {name} {said[name]} instead of {true[name]}" for name in said if said[name] != true[name]
    ]


def _sound_faults(source: SourceRead, expected: Expected, clip: Path) -> list[str]:
    if source.sound is None or expected.sound is None:
        return []
    begin, end = expected.sound
    tolerance = SOUND_TOLERANCE + source.step
    try:
        heard = read_sound(clip, sample_rate=source.sound.sample_rate)
    except IndexError:
        return ["has no sound"] if end - begin > SHORTEST else []
    faults = []
    heard_end = heard.start + Fraction(len(heard.samples), heard.sample_rate)
    if heard_end < end - tolerance:
        faults.append(f"its sound ends at {float(heard_end):.4f} instead of {float(end):.4f}")
    if heard.start > begin + tolerance:
        faults.append(f"its sound begins at {float(heard.start):.4f} instead of {float(begin):.4f}")
    if end - begin < SHORTEST:
        return faults
    try:
        lag = sound_lag(heard, source.sound, begin, end, source.origin + expected.zero)
    except NotAlikeError as error:
        return [*faults, f"its sound cannot be placed: {error}"]
    if abs(lag) > tolerance:
        faults.append(f"its sound is off by {float(lag) * 1000:.2f} ms")
    return faults


def spelled(numbers: Sequence[int]) -> str:
    """Runs of rising numbers in short: ``3-17, 19``."""
    if not numbers:
        return "none"
    runs: list[list[int]] = [[numbers[0]]]
    for before, number in itertools.pairwise(numbers):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
