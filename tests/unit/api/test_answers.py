from __future__ import annotations

import dataclasses
import json
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.api.signed_links import LIFETIME, SignedLinks
from fastclip_desktop.api.v1.answers import clip_answer, file_name, job_answer, number
from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.job import Job, JobState
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from tests.unit.engine.small_jobs import SetClock, auto_request, clip_request

HERE = "http://127.0.0.1:1"


@pytest.fixture
def links() -> SignedLinks:
    return SignedLinks(b"secret", SetClock())


def clip(start: float, end: float, **changes: object) -> Clip:
    span = TimeRange(Fraction(start), Fraction(end))
    whole = Clip(Path("a.mp4"), span, span.duration, OutputFormat.MP4, 1920, 1080, 9, "A title", Receipt("smart"))
    return dataclasses.replace(whole, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (120, 180, "clip_2-00-3-00.mp4"),
        (0, 5, "clip_0-00-0-05.mp4"),
        (3720, 3810, "clip_1-02-00-1-03-30.mp4"),
        (59.5, 60.25, "clip_0-59.5-1-00.25.mp4"),
    ],
)
def test_a_file_is_called_by_its_times(start: float, end: float, name: str) -> None:
    assert file_name(clip(start, end)) == name


@pytest.mark.parametrize(("seconds", "text"), [(60, "60"), (0, "0"), (60.5, "60.5"), (Fraction(1, 3), "0.333")])
def test_whole_seconds_have_no_point(seconds: float, text: str) -> None:
    assert json.dumps(number(Fraction(seconds))) == text


@pytest.mark.parametrize(
    ("width", "height", "ratio"),
    [(1920, 1080, "16:9"), (854, 480, "16:9"), (608, 1080, "9:16"), (640, 480, "4:3"), (500, 500, "1:1"),
     (1000, 300, "10:3"), (0, 0, None)],
)  # fmt: skip
def test_a_shape_has_its_usual_name(links: SignedLinks, width: int, height: int, ratio: str | None) -> None:
    assert clip_answer(clip(0, 1, width=width, height=height), links, HERE, 0.0).aspect_ratio == ratio


def test_the_words_of_a_state_are_the_contracts(links: SignedLinks) -> None:
    clips, auto = clip_request(Path()), auto_request(Path())
    for job, status in (
        (Job(clips), "pending"),
        (Job(clips, state=JobState.DOWNLOADING), "downloading"),
        (Job(clips, state=JobState.PROCESSING, stage="Rendering"), "processing"),
        (Job(clips, state=JobState.UPLOADING), "uploading"),
        (Job(clips, state=JobState.FAILED), "failed"),
        (Job(clips, state=JobState.CANCELLED), "failed"),
        (Job(auto, state=JobState.ANALYZING), "analyzing"),
        (Job(auto, state=JobState.PROCESSING, stage="Rendering"), "processing segment 1/1"),
        (Job(auto, state=JobState.PROCESSING, stage="Rendering 2 of 11"), "processing segment 2/11"),
        (Job(auto, state=JobState.PROCESSING, stage="Finding the edges"), "processing"),
        (Job(auto, state=JobState.UPLOADING, stage="Publishing 2 of 11"), "processing segment 2/11"),
        (Job(auto, state=JobState.UPLOADING, stage="Publishing 11 of 11"), "uploading"),
        (Job(auto, state=JobState.UPLOADING, stage="Publishing"), "uploading"),
        (Job(auto, state=JobState.COMPLETE, stage="Rendering"), "complete"),  # as a stage may be called to the end
        (Job(auto, state=JobState.COMPLETE, stage="Publishing 1 of 2"), "complete"),
        (Job(auto, state=JobState.FAILED, stage="Rendering 1 of 2"), "failed"),
        (Job(auto, state=JobState.CANCELLED, stage="Rendering"), "failed"),
    ):
        answer = job_answer(job, links, HERE)
        assert answer.status == status
        assert (answer.error is None) == (status != "failed")
        assert answer.status_message


def test_an_unfinished_job_is_never_at_100(links: SignedLinks) -> None:
    job = Job(clip_request(Path()), state=JobState.PROCESSING, fraction=1.0)
    answer = json.loads(job_answer(job, links, HERE).model_dump_json(exclude_unset=True))
    assert answer["progress"] == 99
    assert set(answer) == {"job_id", "status", "progress", "status_message", "download_url", "file_name", "cost"}


def test_a_link_is_its_paths_and_its_times_alone() -> None:
    clock = SetClock()
    links = SignedLinks(b"secret", clock)
    link = links.sign(HERE, "/download/é b/c.mp4")
    assert link.startswith(f"{HERE}/download/%C3%A9%20b/c.mp4?expires={1_000_000 + LIFETIME}&signature=")
    expires, signature = str(1_000_000 + LIFETIME), link[-64:]
    assert links.opens("/download/é b/c.mp4", expires, signature)
    assert not links.opens("/download/é b/d.mp4", expires, signature)
    assert not links.opens("/download/é b/c.mp4", str(int(expires) + 1), signature)
    assert not links.opens("/download/é b/c.mp4", "0" + expires, signature)
    assert not links.opens("/download/é b/c.mp4", "\uff19" + expires, signature)
    assert not links.opens("/download/é b/c.mp4", expires, signature.upper())
    assert not links.opens("/download/é b/c.mp4", "", "")
    assert not links.opens("/\ud800", expires, "\ud800")
    assert not SignedLinks(b"another", clock).opens("/download/é b/c.mp4", expires, signature)
    clock.let_pass(LIFETIME)
    assert not links.opens("/download/é b/c.mp4", expires, signature)


def test_a_clip_of_an_older_version_has_a_quality_too(links: SignedLinks) -> None:
    assert clip_answer(clip(0, 1), links, HERE, 0.0).quality == "1080p"
    assert clip_answer(clip(0, 1, quality="720p"), links, HERE, 0.0).quality == "720p"
