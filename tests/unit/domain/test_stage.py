from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.stage import (
    Diagnose,
    FetchedMedia,
    FetchMedia,
    MakeSampleTalk,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    Transcribe,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word

SPAN = TimeRange(Fraction(1, 3), Fraction(2))
MEDIA = MediaFile("talk.mp4", "Talk", Path("talk.mp4"))
TRANSCRIPT = Transcript((Segment("Hello.", SPAN, (Word("Hello.", SPAN),)),), "en", TranscriptOrigin.SIDECAR)
REQUESTS: list[StageRequest[object]] = [
    ResolveSource("talk.mp4"),
    FetchMedia(MEDIA, (SPAN,), OutputSpec(OutputFormat.GIF, 360), Path("folder")),
    Transcribe(MEDIA, None, Path("folder")),
    SelectMoments(TRANSCRIPT, ("pricing",), 5),
    Render(FetchedMedia(Path("talk.mp4"), None), Timeline(SPAN, OutputSpec()), Path("clip.mp4")),
    MakeSampleTalk(Path("folder")),
    Diagnose((Path("folder"),)),
]


def test_every_stage_is_here() -> None:
    # By name, since a dataclass with slots leaves its slotless first draft among the subclasses.
    assert {type(request).__name__ for request in REQUESTS} == {kind.__name__ for kind in StageRequest.__subclasses__()}


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_crosses_a_process_border_unchanged(request_: StageRequest[object]) -> None:
    assert pickle.loads(pickle.dumps(request_)) == request_
