from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.montage import Montage, Part, Transition, TransitionKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec

F = Fraction
GAP = Transition(TransitionKind.GAP, F("0.8"))
OVERLAP = Transition(TransitionKind.OVERLAP, F("0.8"))


def parts(*lengths: int) -> tuple[Part, ...]:
    return tuple(Part(0, TimeRange(F(10), F(10 + length))) for length in lengths)


@pytest.mark.parametrize(
    ("transition", "starts"),
    [
        (Transition(), [0, 2, 5]),
        (GAP, [0, F("2.8"), F("6.6")]),
        (Transition(TransitionKind.CROSS_FADE, F("0.8")), [0, F("2.8"), F("6.6")]),
        (OVERLAP, [0, F("1.2"), F("3.4")]),
    ],
)
def test_each_part_begins_its_distance_after_the_one_before_it(transition: Transition, starts: list[Fraction]) -> None:
    places = Montage(parts(2, 3, 4), transition=transition).places([F(2), F(3), F(4)])
    assert [place.start for place in places] == starts
    assert [place.duration for place in places] == [2, 3, 4]


def refusal(*lengths: int, **options: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        Montage(parts(*lengths), **options)
    return caught.value


def test_nothing_cannot_be_joined() -> None:
    assert refusal().code is ErrorCode.BAD_USAGE


def test_more_parts_than_anyone_cuts_are_refused() -> None:
    assert refusal(*[1] * 501).code is ErrorCode.BAD_USAGE


def test_only_mp4_is_joined() -> None:
    assert refusal(1, output=OutputSpec(OutputFormat.GIF)).code is ErrorCode.BAD_FORMAT


def test_something_has_to_be_encoded() -> None:
    assert refusal(1, output=OutputSpec(passthrough=True)).code is ErrorCode.BAD_QUALITY
    assert refusal(1, output=OutputSpec(max_bytes=10**7)).code is ErrorCode.BAD_USAGE


def test_an_overlap_longer_than_half_a_part_names_the_part() -> None:
    error = refusal(4, 1, 4, transition=OVERLAP)
    assert error.code is ErrorCode.BAD_TRANSITION
    assert "part 2 lasts only 0:01.000" in error.message


def test_a_single_part_overlaps_with_nothing() -> None:
    assert Montage(parts(1), transition=OVERLAP).places([F(1)]) == (TimeRange(F(0), F(1)),)


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        (TransitionKind.GAP, F(0)),
        (TransitionKind.GAP, F(-1)),
        (TransitionKind.CROSS_FADE, F(61)),
        (TransitionKind.CUT, F(1)),
    ],
)
def test_a_transition_without_sense_is_refused(kind: TransitionKind, seconds: Fraction) -> None:
    with pytest.raises(UsageError) as caught:
        Transition(kind, seconds)
    assert caught.value.code is ErrorCode.BAD_TRANSITION
