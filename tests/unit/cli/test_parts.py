from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.cli.arguments import parse_arguments
from fastclip_desktop.cli.parts import parse_part, parse_transition
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.job import JoinPart
from fastclip_desktop.domain.montage import Transition, TransitionKind

F = Fraction


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("talk.mp4", JoinPart("talk.mp4")),
        ("talk.mp4@1:15-2:05.5", JoinPart("talk.mp4", F(75), F("125.5"))),
        ("talk.mp4@75-", JoinPart("talk.mp4", F(75))),
        ("talk.mp4@-1:02:03", JoinPart("talk.mp4", F(0), F(3723))),
        ("talk.mp4@-", JoinPart("talk.mp4")),
        ("me@home.mp4", JoinPart("me@home.mp4")),
        ("me@home-1.mp4@1-2", JoinPart("me@home-1.mp4", F(1), F(2))),
        ("https://me@example.org/talk", JoinPart("https://me@example.org/talk")),
    ],
)
def test_a_part_is_a_source_and_perhaps_a_range(text: str, part: JoinPart) -> None:
    assert parse_part(text) == part


def test_a_time_that_is_none_is_named() -> None:
    with pytest.raises(UsageError) as caught:
        parse_part("talk.mp4@1:75-2:00")
    assert caught.value.code is ErrorCode.BAD_TIME


def test_one_of_three_stands_between_parts() -> None:
    assert parse_transition(gap=None, cross_fade=None, overlap=None) == Transition()
    assert parse_transition(gap="0.8", cross_fade=None, overlap=None) == Transition(TransitionKind.GAP, F("0.8"))
    assert parse_transition(gap=None, cross_fade=None, overlap="2") == Transition(TransitionKind.OVERLAP, F(2))


def test_two_of_them_are_refused() -> None:
    with pytest.raises(UsageError):
        parse_arguments(["join", "a.mp4", "b.mp4", "--gap", "1", "--overlap", "1"])


def test_no_length_between_parts_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        parse_transition(gap=None, cross_fade="0", overlap=None)
    assert caught.value.code is ErrorCode.BAD_TRANSITION
