"""Shorts under the names of the AI clipping contract, and what is set aside for them."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, Refused
from fastclip_desktop.domain.job import Destination, GivenWords, ShortsRequest
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.short_look import CaptionStyle, Framing, ShortLook, WantedShort
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.named_calls import NamedCall
from tests.unit.engine.conftest import Build
from tests.unit.engine.small_jobs import HOSTED_URL, SPAN, TRANSCRIPT, Gate

GATE = {"ResolveSource": Gate(None)}
"""Nothing of a job is done."""


def wish(folder: Path, **changes: object) -> ShortsRequest:
    values: dict[str, object] = {"source": HOSTED_URL, "policy": HOSTED.for_shorts}
    return ShortsRequest(destination=Destination(folder), **{**values, **changes})  # type: ignore[arg-type]


def exact(*spans: tuple[int, int]) -> tuple[WantedShort, ...]:
    return tuple(WantedShort(TimeRange(Fraction(start), Fraction(end))) for start, end in spans)


def call(body: bytes) -> NamedCall:
    return NamedCall("k", "once", "/jobs", body)


def test_a_project_has_names_of_its_own_and_only_its_key_hears_of_it(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**GATE)
    project = engine.projects.create(wish(tmp_path, policy=LOCAL), "k")
    for name, kind in ((project.id, "rproj"), (project.run, "run"), (project.render, "render")):
        assert re.fullmatch(rf"{kind}_[0-9A-Za-z]{{20}}", name)
    again = engine.projects.find(project.id, "k")
    assert again is not None
    assert (again.id, again.run, again.render, again.credits) == (project.id, project.run, project.render, 0)
    assert again.job.id == project.job.id
    assert again.updated >= again.job.created
    assert engine.projects.find(project.id, "other") is None
    assert engine.projects.find("rproj_00000000000000000000", "k") is None
    assert engine.projects.balance(LOCAL) is None


def test_the_same_call_twice_is_one_project(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**GATE)
    first = engine.projects.create(wish(tmp_path, policy=LOCAL), "k", call=call(b"a"))
    assert engine.projects.create(wish(tmp_path, policy=LOCAL), "k", call=call(b"a")).id == first.id
    with pytest.raises(Refused) as caught:
        engine.projects.create(wish(tmp_path, policy=LOCAL), "k", call=call(b"b"))
    assert caught.value.code is ErrorCode.KEY_REUSED
    assert len(engine.jobs.queue()) == 1


def test_whoever_has_too_few_credits_gets_no_project(build: Build, tmp_path: Path) -> None:
    engine, _, _ = build(**GATE)
    engine.accounts.deposit(Money(6), "")
    assert engine.projects.balance(HOSTED) == 6
    with pytest.raises(Refused) as caught:
        engine.projects.create(wish(tmp_path, segments=exact((0, 61))), "k")
    assert caught.value.code is ErrorCode.BALANCE_TOO_LOW
    assert engine.jobs.queue() == ()
    assert engine.projects.balance(HOSTED) == 6


PLAIN = ShortLook(captions=None)


@pytest.mark.parametrize(
    ("changes", "duration", "expected"),
    [
        ({"segments": exact((0, 61)), "look": PLAIN}, 600, 5 + 2),
        ({"segments": exact((0, 30), (40, 70))}, 600, 5 + 1 + 1 + 1 + 10),
        ({"segments": exact((0, 61)), "look": ShortLook(captions=None, framing=Framing.FACES)}, 600, 5 + 2 + 2),
        ({"segments": exact((0, 30)), "words": GivenWords(asks_site=False)}, 600, 5 + 1 + 1 + 10),
        ({"segments": exact((0, 30)), "words": GivenWords(asks_site=False)}, None, 5 + 1 + 1 + 180),
        ({"segments": exact((0, 30)), "words": GivenWords(TRANSCRIPT)}, None, 5 + 1 + 1),
        ({"segments": exact((0, 30)), "look": PLAIN, "adds_hooks": True}, 600, 5 + 1 + 1 + 10),
        ({"count": 6, "preferred": Fraction(45), "look": ShortLook(captions=CaptionStyle())}, 600, 5 + 5 + 1 + 1 + 10),
    ],
)
def test_what_a_request_may_cost_is_set_aside(
    build: Build, tmp_path: Path, changes: dict[str, object], duration: int | None, expected: int
) -> None:
    engine, _, _ = build(**GATE)
    engine.accounts.deposit(Money(1000), "")
    known = None if duration is None else Fraction(duration)
    project = engine.projects.create(wish(tmp_path, **changes), "k", known)
    assert project.credits == expected
    assert engine.projects.balance(HOSTED) == 1000 - expected
    engine.jobs.cancel(project.job.id)
    assert engine.projects.balance(HOSTED) == 1000


def cues(*times: tuple[int, int], text: str = "word") -> Transcript:
    segments = tuple(Segment(text, TimeRange(Fraction(start), Fraction(end))) for start, end in times)
    return Transcript(segments, "en", TranscriptOrigin.GIVEN)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hint": "x" * 601}, ErrorCode.BAD_USAGE),
        ({"query": "x" * 501}, ErrorCode.BAD_QUERY),
        ({"count": 0}, ErrorCode.BAD_USAGE),
        ({"preferred": Fraction(1)}, ErrorCode.BAD_USAGE),
        ({"hook": "x" * 10_000}, ErrorCode.BAD_USAGE),
        ({"segments": (WantedShort(SPAN, call_to_action="x" * 501),)}, ErrorCode.BAD_USAGE),
        ({"segments": exact((0, 601)), "policy": HOSTED.for_shorts}, ErrorCode.CLIP_TOO_LONG),
        ({"segments": exact(*[(0, 1)] * 101)}, ErrorCode.BAD_USAGE),
        ({"title": "x" * 201}, ErrorCode.BAD_USAGE),
        ({"look": ShortLook(short_side=10)}, ErrorCode.BAD_USAGE),
        ({"subtitles": ("doc",)}, ErrorCode.BAD_USAGE),
        ({"words": GivenWords(TRANSCRIPT, Path("a.srt"))}, ErrorCode.BAD_USAGE),
        ({"words": GivenWords(cues())}, ErrorCode.BAD_SUBTITLES),
        ({"words": GivenWords(cues((5, 6), (4, 5)))}, ErrorCode.BAD_SUBTITLES),
        ({"words": GivenWords(cues((5, 10**9)))}, ErrorCode.BAD_SUBTITLES),
        ({"words": GivenWords(cues((5, 6), text="x" * 20_001))}, ErrorCode.BAD_SUBTITLES),
    ],
)
def test_shorts_that_nobody_can_make_are_refused_in_one_sentence(
    build: Build, tmp_path: Path, changes: dict[str, object], code: ErrorCode
) -> None:
    engine, _, _ = build(**GATE)
    with pytest.raises(FastClipError) as caught:
        engine.projects.create(wish(tmp_path, **{"policy": LOCAL, **changes}), "k")
    assert caught.value.code is code
    assert caught.value.message.endswith(".")
    assert len(caught.value.message) < 250
