from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain import preview_stages, stage, stream_stages
from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.preview import Peaks, Thumbnail
from fastclip_desktop.domain.preview_stages import (
    FetchPicture,
    FindKeyFrames,
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    PrepareStill,
    ReadFacts,
    ShowStill,
    ShrinkPicture,
    WeighMedia,
)
from fastclip_desktop.domain.stage import (
    Diagnose,
    FetchedMedia,
    FetchMedia,
    Join,
    LookForRelease,
    MakeSampleTalk,
    ProgressiveRequest,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    TellSites,
    Transcribe,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.stream_stages import StreamMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word

MODULES = (stage.__name__, preview_stages.__name__, stream_stages.__name__)
SPAN = TimeRange(Fraction(1, 3), Fraction(2))
MEDIA = MediaFile("talk.mp4", "Talk", Path("talk.mp4"))
TRANSCRIPT = Transcript((Segment("Hello.", SPAN, (Word("Hello.", SPAN),)),), "en", TranscriptOrigin.SIDECAR)
STILL = Thumbnail(0, Fraction(1, 3), Fraction(1, 4), 160, 90, b"jpeg")
PEAKS = Peaks(Fraction(1, 100), 0, b"\0\0", b"\1\0", b"\0\0\0\0")
REQUESTS: list[StageRequest[object]] = [
    ResolveSource("talk.mp4", Access(Trust.STRANGER, Path("cookies.txt"), "firefox")),
    FetchMedia(MEDIA, (SPAN,), OutputSpec(OutputFormat.GIF, 360), Path("folder")),
    Transcribe(MEDIA, None, Path("folder")),
    SelectMoments(TRANSCRIPT, ("pricing",), 5),
    Render(FetchedMedia(Path("talk.mp4"), None), Timeline(SPAN, OutputSpec()), Path("clip.mp4")),
    Join(
        (FetchedMedia(Path("talk.mp4"), None),),
        Montage((Part(0, SPAN),), transition=Transition(TransitionKind.GAP, Fraction(4, 5))),
        Path("clip.mp4"),
    ),
    MakeSampleTalk(Path("folder")),
    UpdateSites(Path("folder")),
    TrySites(Path("folder")),
    TellSites(),
    Diagnose((Path("folder"),)),
    ShowStill(Path("talk.mp4"), Fraction(1, 3)),
    PrepareStill(Path("talk.mp4"), Fraction(1, 3)),
    ReadFacts(Path("talk.mp4")),
    FindKeyFrames(Path("talk.mp4")),
    MakeThumbnails(Path("talk.mp4"), 20),
    MakeThumbnails(Path("talk.mp4"), (Fraction(1, 3), Fraction(2))),
    MakePoster(Path("talk.mp4")),
    MakeSpriteSheet((STILL,), 10),
    MakeWaveform(Path("talk.mp4")),
    FindShots(Path("talk.mp4"), SPAN),
    FindSilence(Path("talk.mp4"), known=PEAKS),
    FetchPicture("https://example.org/talk.jpg", "https://example.org/talk"),
    ShrinkPicture(b"jpeg"),
    StreamMedia(MEDIA, Path("folder"), Path("cache")),
    LookForRelease(),
    WeighMedia(Path("talk.mp4")),
]


def test_every_stage_is_here() -> None:
    # By name, since a dataclass with slots leaves its slotless first draft among the subclasses.
    kinds = [*StageRequest.__subclasses__(), *ProgressiveRequest.__subclasses__()]
    known = {kind.__name__ for kind in kinds if kind.__module__ in MODULES}
    known.remove(ProgressiveRequest.__name__)
    assert {type(request).__name__ for request in REQUESTS} == known


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_crosses_a_process_border_unchanged(request_: StageRequest[object]) -> None:
    assert pickle.loads(pickle.dumps(request_)) == request_
