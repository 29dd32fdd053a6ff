"""What is said of jobs."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AutoClipRequest, Destination, JobResult, JobState, JoinPart, JoinRequest
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.jobs.words import JobWords, clock, source_name
from tests.gui.fake_engine import make_clip
from tests.gui.jobs.test_groups import job

GONE = InputError(ErrorCode.SOURCE_NOT_FOUND, "It is gone.")
PLACE = Destination(Path("clips"))
JOINED = JoinRequest((JoinPart("a"), JoinPart("b")), OutputSpec(), PLACE)


@pytest.fixture
def words(qapp: QApplication) -> JobWords:
    return JobWords(qapp)


def searching(state: JobState, query: str = "price", clips: int = 0, **changes: object) -> JobGroup:
    """Two sources that are searched for the same words, of which the second stands somewhere."""
    made = JobResult(tuple(make_clip(Path(f"{number}.mp4"), 1, 2) for number in range(clips)))
    requests = [AutoClipRequest(source, query, OutputSpec(), PLACE) for source in ("a.mp4", "b.mp4")]
    first = job(JobState.COMPLETE, batch="b", request=requests[0], result=made)
    return JobGroup((first, job(state, batch="b", request=requests[1], **changes)))


@pytest.mark.parametrize(
    ("group", "title", "standing"),
    [
        (searching(JobState.PROCESSING), "Clips for “price” of 2 sources", "Source 2 of 2 · Rendering"),
        (searching(JobState.COMPLETE, "", clips=3), "The best clips of 2 sources", "3 clips made."),
        (
            searching(JobState.FAILED, clips=3, error=GONE),
            "Clips for “price” of 2 sources",
            "3 clips made; 1 sources failed.",
        ),
        (JobGroup((job(JobState.CANCELLED, request=JOINED),)), "2 parts joined", "Stopped"),
    ],
)
def test_titles_and_standings(words: JobWords, group: JobGroup, title: str, standing: str) -> None:
    assert (words.title(group), words.standing(group)) == (title, standing)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("/films/a talk.mp4", "a talk.mp4"),
        ("https://www.example.org/talks/garden%20talk/", "example.org/garden talk"),
        ("https://example.org", "example.org"),
        ("https://[2001:db8::1", "https://[2001:db8::1"),
        ("", ""),
    ],
)
def test_a_source_has_a_short_name(source: str, name: str) -> None:
    assert source_name(source) == name


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3661, "1:01:01")])
def test_whole_seconds_are_written_as_a_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(None, ""), (0.2, "1 s left"), (18.4, "18 s left"), (60, "1:00 left"), (3725, "1:02:05 left")]
)
def test_the_time_left_is_short(words: JobWords, seconds: float | None, text: str) -> None:
    assert words.left(seconds) == text


@pytest.mark.parametrize(("times", "text"), [(None, ""), (2.84, "2.8× playing speed"), (31.4, "31× playing speed")])
def test_the_speed_is_by_how_much_it_is_faster_than_playing(words: JobWords, times: float | None, text: str) -> None:
    assert words.speed(times) == text
