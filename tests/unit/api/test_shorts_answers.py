"""What the AI clipping contract tells of a project, by the state of its job."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from fastclip_desktop.api.signed_links import LIFETIME, SignedLinks
from fastclip_desktop.api.subclip.answers import accepted, download_answer, instant, montage_of, status_answer
from fastclip_desktop.api.subclip.quota import spoken_size
from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.errors import ErrorCode, InputError, WorkerLost
from fastclip_desktop.domain.job import (
    Destination,
    GivenWords,
    Job,
    JobResult,
    JobState,
    ShortsRequest,
    SiteCaptions,
    SiteTry,
)
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.short_look import ShortFacts, WantedShort
from fastclip_desktop.domain.shorts_project import ShortsProject
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from tests.unit.engine.small_jobs import SetClock

HERE = "http://127.0.0.1:1"
SECRET = "https://bucket.s3.amazonaws.com/interview.mp4?X-Amz-Signature=abc"
REQUEST = ShortsRequest(SECRET, Destination(Path("clips")), words=GivenWords(asks_site=False), joins=True)
SAID = Transcript((Segment("Hello.", TimeRange(Fraction(0), Fraction(1))),), "en", TranscriptOrigin.GIVEN)


@pytest.fixture
def links() -> SignedLinks:
    return SignedLinks(b"secret", SetClock(1_782_000_000.0))


def span(start: str, end: str) -> TimeRange:
    return TimeRange(Fraction(start), Fraction(end))


def clip(name: str, place: TimeRange, size: int) -> Clip:
    return Clip(
        Path(f"{name}.mp4"), place, place.duration, OutputFormat.MP4, 1080, 1920, size, "A talk", Receipt("reencoded"),
        id=name,
    )  # fmt: skip


FIRST, SECOND, WHOLE = span("83.2", "126.8"), span("242.5", "289.1"), span("0", "91")

RESULT = JobResult(
    clips=(clip("first", FIRST, 18345678), clip("second", SECOND, 20123456), clip("montage", WHOLE, 73456789)),
    cost=Money(6),
    shorts=(
        ShortFacts("first", FIRST, span("0", "43.6"), "This changed it", "Follow", "A strong reveal", 92),
        ShortFacts("second", SECOND, span("44.4", "91")),
    ),
    montage="montage",
    transcript_origin=TranscriptOrigin.SPEECH_RECOGNITION,
)


def project(state: JobState, request: ShortsRequest = REQUEST, **changes: Any) -> ShortsProject:
    result = RESULT if state is JobState.COMPLETE else None
    job = Job(request, state=state, created=1_781_877_600.0, **{"result": result, **changes})
    return ShortsProject(job, "key", 9, 1_781_878_800.25, "rproj_1", "run_1", "render_1")


def told(links: SignedLinks, state: JobState, request: ShortsRequest = REQUEST, **changes: Any) -> dict[str, Any]:
    answer = status_answer(project(state, request, **changes), links, HERE)
    assert SECRET not in answer.model_dump_json()
    assert "X-Amz" not in answer.model_dump_json()
    return answer.model_dump(by_alias=True)


def test_a_project_that_was_taken_says_where_to_ask_for_it() -> None:
    assert accepted(project(JobState.PENDING)).model_dump(by_alias=True) == {
        "projectId": "rproj_1",
        "status": "queued",
        "runId": "run_1",
        "estimatedCredits": 9,
        "statusUrl": "/api/v1/ai-clipping/jobs/rproj_1",
        "downloadUrl": "/api/v1/ai-clipping/jobs/rproj_1/download",
    }


def test_a_finished_project_is_told_with_every_field_of_the_page(links: SignedLinks) -> None:
    request = dataclasses.replace(REQUEST, title="Podcast clips", policy=HOSTED)
    answer = told(links, JobState.COMPLETE, request)
    links_to = [each.pop("downloadUrl") for each in answer["clips"]]
    assert links_to[0].startswith(f"{HERE}/download/first/clip_1-23.2-2-06.8.mp4?expires=")
    assert answer == {
        "projectId": "rproj_1",
        "projectName": "Podcast clips",
        "status": "completed",
        "progress": 100,
        "label": "AI clipping video ready",
        "outputReady": True,
        "clips": [
            {
                "startTimeSeconds": 83.2,
                "endTimeSeconds": 126.8,
                "outputStartTimeSeconds": 0,
                "outputEndTimeSeconds": 43.6,
                "textHook": "This changed it",
                "ctaText": "Follow",
                "reason": "A strong reveal",
                "score": 92,
                "downloadUrlExpiresAt": "2026-06-21T01:00:00.000Z",
                "fileSize": 18345678,
                "contentType": "video/mp4",
            },
            {
                "startTimeSeconds": 242.5,
                "endTimeSeconds": 289.1,
                "outputStartTimeSeconds": 44.4,
                "outputEndTimeSeconds": 91,
                "textHook": None,
                "ctaText": None,
                "reason": None,
                "score": None,
                "downloadUrlExpiresAt": "2026-06-21T01:00:00.000Z",
                "fileSize": 20123456,
                "contentType": "video/mp4",
            },
        ],
        "creditsUsed": 6,
        "aiAnalysis": True,
        "transcriptSource": "asr",
        "youtubeTranscript": False,
        "youtubeTranscriptStatus": "disabled",
        "youtubeTranscriptCreditsUsed": 0,
        "youtubeTranscriptError": None,
        "errorMessage": None,
        "runId": "run_1",
        "renderId": "render_1",
        "createdAt": "2026-06-19T14:00:00.000Z",
        "updatedAt": "2026-06-19T14:20:00.250Z",
    }


def test_a_download_is_the_montage_and_each_clip(links: SignedLinks) -> None:
    finished = project(JobState.COMPLETE, dataclasses.replace(REQUEST, title="Podcast clips"))
    montage = montage_of(finished)
    assert montage is not None
    answer = download_answer(finished, montage, links, HERE, LIFETIME).model_dump(by_alias=True)
    assert answer.pop("clips") == told(links, JobState.COMPLETE)["clips"]
    assert answer.pop("downloadUrl").startswith(f"{HERE}/download/montage/Podcast%20clips.mp4?expires=")
    assert answer == {
        "projectId": "rproj_1",
        "expiresAt": "2026-06-21T01:00:00.000Z",
        "expiresIn": 3600,
        "mediaType": "video",
        "contentType": "video/mp4",
        "fileSize": 73456789,
        "fileName": "Podcast clips.mp4",
    }


@pytest.mark.parametrize(
    ("title", "name"),
    [("", "AI clips.mp4"), ("a/b: c?", "a-b - c.mp4"), ("..", "clip.mp4"), ("日本 🎬", "日本 🎬.mp4")],
)
def test_a_montage_is_called_by_its_project_as_far_as_a_file_can_be(links: SignedLinks, title: str, name: str) -> None:
    finished = project(JobState.COMPLETE, dataclasses.replace(REQUEST, title=title))
    answer = download_answer(finished, RESULT.clips[2], links, HERE, LIFETIME)
    assert answer.file_name == name
    assert f"/download/montage/{quote(name)}?" in answer.download_url


@pytest.mark.parametrize(
    ("state", "status", "label"),
    [
        (JobState.PENDING, "queued", "Queued"),
        (JobState.ANALYZING, "processing", "Choosing"),
        (JobState.DOWNLOADING, "processing", "Choosing"),
        (JobState.PROCESSING, "processing", "Choosing"),
        (JobState.UPLOADING, "processing", "Choosing"),
        (JobState.COMPLETE, "completed", "AI clipping video ready"),
        (JobState.FAILED, "failed", "AI clipping failed"),
        (JobState.CANCELLED, "failed", "AI clipping failed"),
    ],
)
def test_a_state_has_the_contracts_word(links: SignedLinks, state: JobState, status: str, label: str) -> None:
    answer = told(links, state, stage="Choosing", fraction=0.999)
    assert (answer["status"], answer["label"]) == (status, label)
    assert answer["progress"] == (100 if status == "completed" else 99)
    assert answer["outputReady"] == (status == "completed")
    assert bool(answer["clips"]) == (status == "completed")


def test_nothing_is_ready_while_clips_are_still_made(links: SignedLinks) -> None:
    partly = dataclasses.replace(RESULT, montage="")
    answer = told(links, JobState.PROCESSING, result=partly)
    assert (answer["outputReady"], answer["clips"], answer["creditsUsed"]) == (False, [], 0)


@pytest.mark.parametrize(
    ("words", "origin", "source"),
    [
        (GivenWords(transcript=SAID), TranscriptOrigin.GIVEN, "provided"),
        (GivenWords(file=Path("a.srt")), TranscriptOrigin.GIVEN, "srt_upload"),
        (GivenWords(link="https://example.org/a.srt"), TranscriptOrigin.GIVEN, "srt_url"),
        (GivenWords(), TranscriptOrigin.CAPTIONS, "youtube"),
        (GivenWords(), TranscriptOrigin.AUTOMATIC_CAPTIONS, "youtube"),
        (GivenWords(), TranscriptOrigin.SPEECH_RECOGNITION, "asr"),
        (GivenWords(), None, None),
    ],
)
def test_who_wrote_the_words_is_told(
    links: SignedLinks, words: GivenWords, origin: TranscriptOrigin | None, source: str | None
) -> None:
    request = dataclasses.replace(REQUEST, words=words)
    result = dataclasses.replace(RESULT, transcript_origin=origin)
    assert told(links, JobState.COMPLETE, request, result=result)["transcriptSource"] == source


FETCHING, FETCHED = SiteCaptions(SiteTry.FETCHING), SiteCaptions(SiteTry.FETCHED)
MISSING = SiteCaptions(SiteTry.FAILED, f"Nothing at {SECRET}")


@pytest.mark.parametrize(
    ("state", "asked", "tried", "status", "paid", "error"),
    [
        (JobState.PENDING, False, None, "disabled", 0, None),
        (JobState.COMPLETE, False, None, "disabled", 0, None),
        (JobState.PENDING, True, None, "queued", 0, None),
        (JobState.ANALYZING, True, None, "queued", 0, None),
        (JobState.ANALYZING, True, FETCHING, "fetching", 0, None),
        (JobState.PROCESSING, True, FETCHED, "fetched", 0, None),
        (JobState.COMPLETE, True, FETCHED, "fetched", 1, None),
        (JobState.PROCESSING, True, MISSING, "failed_fallback_asr", 0, "Nothing at the address"),
        (JobState.COMPLETE, True, MISSING, "failed_fallback_asr", 0, "Nothing at the address"),
        (JobState.FAILED, True, FETCHED, "fetched", 0, None),
        (JobState.COMPLETE, True, None, None, 0, None),
    ],
)
def test_the_try_of_youtubes_captions_is_told(
    links: SignedLinks,
    state: JobState,
    asked: bool,
    tried: SiteCaptions | None,
    status: str | None,
    paid: int,
    error: str | None,
) -> None:
    request = dataclasses.replace(REQUEST, words=GivenWords(asks_site=asked), policy=HOSTED)
    result = dataclasses.replace(RESULT, site_captions=tried)
    answer = told(links, state, request, result=result)
    assert answer["youtubeTranscript"] == asked
    assert answer["youtubeTranscriptStatus"] == status
    assert answer["youtubeTranscriptCreditsUsed"] == paid
    assert answer["youtubeTranscriptError"] == error


def test_nothing_costs_anything_under_the_local_policy(links: SignedLinks) -> None:
    request = dataclasses.replace(REQUEST, words=GivenWords(), policy=LOCAL)
    answer = told(links, JobState.COMPLETE, request, result=dataclasses.replace(RESULT, site_captions=FETCHED))
    assert (answer["creditsUsed"], answer["youtubeTranscriptCreditsUsed"]) == (0, 0)


def test_exact_segments_are_no_choice(links: SignedLinks) -> None:
    assert not told(links, JobState.PENDING, dataclasses.replace(REQUEST, segments=(WantedShort(FIRST),)))["aiAnalysis"]


def test_a_failure_says_why_but_not_where_the_source_is(links: SignedLinks) -> None:
    fault = InputError(ErrorCode.SOURCE_UNREACHABLE, f"{SECRET[:80]!r} does not answer,\nnor does {SECRET}.", "Wait.")
    answer = told(links, JobState.FAILED, error=fault)
    assert answer["errorMessage"] == "the address does not answer, nor does the address."
    assert told(links, JobState.CANCELLED)["errorMessage"] == "The job was cancelled."
    assert told(links, JobState.FAILED, error=WorkerLost(ErrorCode.WORKER_CRASHED, ""))["errorMessage"]
    upload = dataclasses.replace(REQUEST, source="/data/uploads/a1/interview.mp4")
    fault = InputError(ErrorCode.NOT_MEDIA, f"{upload.source} is no media.")
    assert told(links, JobState.FAILED, upload, error=fault)["errorMessage"] == "the file is no media."
    srt = dataclasses.replace(upload, words=GivenWords(file=Path("/data/uploads/b2/a.srt")))
    fault = InputError(ErrorCode.SOURCE_UNREADABLE, "/data/uploads/b2/a.srt can't be read.")
    assert told(links, JobState.FAILED, srt, error=fault)["errorMessage"] == "the file can't be read."


def test_a_clip_that_somebody_deleted_is_not_told_of(links: SignedLinks) -> None:
    left = dataclasses.replace(RESULT, clips=RESULT.clips[1:])
    assert [each["fileSize"] for each in told(links, JobState.COMPLETE, result=left)["clips"]] == [20123456]


def test_instants_have_milliseconds() -> None:
    assert instant(0.0) == "1970-01-01T00:00:00.000Z"
    assert instant(1_781_881_200.9996) == "2026-06-19T15:00:00.999Z"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KB"), (104857600, "100 MB"), (5261334937, "4.9 GB"),
     (5368709120, "5 GB"), (2**50, "1024 TB")],
)  # fmt: skip
def test_sizes_are_said_as_people_say_them(size: int, words: str) -> None:
    assert spoken_size(size) == words
