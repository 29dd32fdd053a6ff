from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.preview import Peaks, Thumbnail
from fastclip_desktop.domain.stage import (
    MOST_THUMBNAILS,
    Diagnose,
    FetchedMedia,
    FetchMedia,
    FindShots,
    FindSilence,
    Join,
    MakePoster,
    MakeSampleTalk,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    ProgressiveRequest,
    Render,
    ResolveSource,
    SelectMoments,
    StageRequest,
    Transcribe,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word

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
    Diagnose((Path("folder"),)),
    MakeThumbnails(Path("talk.mp4"), 20),
    MakeThumbnails(Path("talk.mp4"), (Fraction(1, 3), Fraction(2))),
    MakePoster(Path("talk.mp4")),
    MakeSpriteSheet((STILL,), 10),
    MakeWaveform(Path("talk.mp4")),
    FindShots(Path("talk.mp4"), SPAN),
    FindSilence(Path("talk.mp4"), known=PEAKS),
]


def test_every_stage_is_here() -> None:
    # By name, since a dataclass with slots leaves its slotless first draft among the subclasses.
    kinds = [*StageRequest.__subclasses__(), *ProgressiveRequest.__subclasses__()]
    known = {kind.__name__ for kind in kinds if kind.__module__ == StageRequest.__module__}
    known.remove(ProgressiveRequest.__name__)
    assert {type(request).__name__ for request in REQUESTS} == known


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_a_request_crosses_a_process_border_unchanged(request_: StageRequest[object]) -> None:
    assert pickle.loads(pickle.dumps(request_)) == request_


@pytest.mark.parametrize(
    ("places", "box", "code"),
    [
        (0, (160, 90), ErrorCode.BAD_USAGE),
        (-3, (160, 90), ErrorCode.BAD_USAGE),
        (MOST_THUMBNAILS + 1, (160, 90), ErrorCode.BAD_USAGE),
        ((), (160, 90), ErrorCode.BAD_USAGE),
        ((Fraction(2), Fraction(-1, 3)), (160, 90), ErrorCode.BAD_TIME),
        (5, (0, 90), ErrorCode.BAD_USAGE),
        (5, (160, 100_000), ErrorCode.BAD_USAGE),
    ],
)
def test_thumbnails_that_no_source_has_are_refused(places: object, box: tuple[int, int], code: ErrorCode) -> None:
    with pytest.raises(UsageError) as caught:
        MakeThumbnails(Path("talk.mp4"), places, box)
    assert caught.value.code is code
    assert caught.value.hint


def tiles(count: int, width: int, height: int) -> tuple[Thumbnail, ...]:
    return (Thumbnail(0, Fraction(0), Fraction(0), width, height, b""),) * count


@pytest.mark.parametrize(
    ("thumbnails", "columns"),
    [
        ((), 10),
        (tiles(1, 160, 90) + tiles(1, 90, 160), 10),
        (tiles(5, 160, 90), 0),
        (tiles(200, 160, 90), 1),  # higher than a graphics card takes
        (tiles(100, 1280, 720), 10),  # more pixels than it is worth
    ],
)
def test_a_sheet_that_cannot_be_is_refused(thumbnails: tuple[Thumbnail, ...], columns: int) -> None:
    with pytest.raises(UsageError) as caught:
        MakeSpriteSheet(thumbnails, columns)
    assert caught.value.code is ErrorCode.BAD_USAGE


def test_a_sheet_may_have_more_columns_than_pictures() -> None:
    assert MakeSpriteSheet(tiles(3, 160, 90), 1000).columns == 1000


def test_a_poster_has_at_least_a_pixel() -> None:
    with pytest.raises(UsageError):
        MakePoster(Path("talk.mp4"), (0, 0))
