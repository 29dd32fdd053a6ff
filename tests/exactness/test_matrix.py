"""Cuts of every kind of source are exact: the right frames at the right times, sound in step, no decoder complains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.media.probe import probe
from tests.exactness.expectation import SourceRead
from tests.exactness.grid import SIZE, Cell, thinned_grid, whole_grid
from tests.exactness.second_decoders import ffmpeg_complaints, gstreamer_counts, gstreamer_decoder
from tests.exactness.spans import random_spans
from tests.exactness.verdict import cut, faults_of
from tests.media_factory import make_media

Record = Callable[[str, object], None]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("cell", thinned_grid(), ids=str)
def test_two_random_cuts_of_a_kind_are_exact(cell: Cell, tmp_path: Path, record_property: Record) -> None:
    assert _faults(cell, 2, tmp_path, record_property) == []


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("cell", whole_grid(), ids=str)
def test_twenty_random_cuts_of_every_kind_are_exact(cell: Cell, tmp_path: Path, record_property: Record) -> None:
    assert _faults(cell, 20, tmp_path, record_property) == []


def _faults(cell: Cell, cuts: int, folder: Path, record_property: Record) -> list[str]:
    path = make_media(folder / f"source.{cell.container}", cell.video, (cell.audio,))
    source = SourceRead.read(path, cell.video.durations[-1])
    faults = []
    if (origin := probe(path).origin) != source.origin:
        faults.append(f"the source is said to begin at {origin} instead of {source.origin}")
    clips: list[RenderedFile] = []
    for number, span in enumerate(random_spans(source, cuts, str(cell))):
        clip = cut(path, span, folder / f"{number}.mp4")
        clips.append(clip)
        about = f"{number}.mp4, {clip.receipt.method}, from {span.start} to {span.end}"
        faults += [f"{about}: {fault}" for fault in faults_of(source, span, clip)]
    faults += ffmpeg_complaints([clip.path for clip in clips])
    if cell.codec == "h264":
        faults += _miscounted(clips, folder)
    record_property("cuts", dict(Counter(clip.receipt.method for clip in clips)))
    return faults


def _miscounted(clips: list[RenderedFile], folder: Path) -> list[str]:
    """Clips of which GStreamer shows another number of frames."""
    clips = [clip for clip in clips if clip.receipt.frames > 1]
    if gstreamer_decoder() is None or not clips:
        return []
    counts = gstreamer_counts([clip.path for clip in clips], SIZE, folder)
    wrong = [clip for clip, count in zip(clips, counts, strict=True) if count != clip.receipt.frames]
    # One that fails takes those that run beside it along.
    alone = [gstreamer_counts([clip.path], SIZE, folder)[0] for clip in wrong]
    return [
        f"{clip.path.name}: {gstreamer_decoder()} shows {count} frames instead of {clip.receipt.frames}"
        for clip, count in zip(wrong, alone, strict=True)
        if count != clip.receipt.frames
    ]
