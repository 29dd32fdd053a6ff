from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.timecode import (
    TimeRange,
    file_name_timecode,
    format_timecode,
    parse_timecode,
    seconds_from_number,
    seconds_to_number,
)

milliseconds = st.integers(min_value=0, max_value=9999 * 3_600_000).map(lambda n: Fraction(n, 1000))
instants = st.fractions(min_value=0, max_value=100_000, max_denominator=90_000)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", Fraction(0)),
        ("75", Fraction(75)),
        ("75.5", Fraction(151, 2)),
        ("0.1", Fraction(1, 10)),
        ("10.123456789", Fraction(10_123_456_789, 1_000_000_000)),
        ("1:15", Fraction(75)),
        ("01:15.500", Fraction(151, 2)),
        ("90:00", Fraction(5400)),
        ("1:02:03", Fraction(3723)),
        ("1:02:03.004", Fraction(3_723_004, 1000)),
        ("0:00:00.000", Fraction(0)),
        ("  12.5\n", Fraction(25, 2)),
    ],
)
def test_a_time_is_read_exactly(text: str, seconds: Fraction) -> None:
    assert parse_timecode(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "-1",
        "-0:01",
        "+5",
        "1e3",
        "1,5",
        ".5",
        "5.",
        "1:",
        ":30",
        "1:2:3:4",
        "1:60",
        "0:60:00",
        "1:00:60",
        "1:99:00",
        "100:00:00:00",
        "NaN",
        "inf",
        "1/3",
        "0x10",
        "1 000",
        "1_000",
        "٣",
        "\uff11\uff12",
        "12345678901",
        "1.0123456789",
        "1:15\x00",
        "12s",
        "a" * 10_000,
    ],
)
def test_what_is_no_time_is_refused_with_its_own_text(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_timecode(text)
    assert caught.value.code is ErrorCode.BAD_TIME
    assert repr(text[:40]) in caught.value.message
    assert len(caught.value.message) < 200
    assert caught.value.hint


@given(milliseconds)
def test_what_is_written_is_read_back(seconds: Fraction) -> None:
    assert parse_timecode(format_timecode(seconds)) == seconds


@given(instants)
def test_writing_rounds_to_the_nearest_millisecond(seconds: Fraction) -> None:
    assert abs(parse_timecode(format_timecode(seconds)) - seconds) <= Fraction(1, 2000)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (Fraction(0), "0:00.000"),
        (Fraction(151, 2), "1:15.500"),
        (Fraction(3723), "1:02:03.000"),
        (Fraction(59_9996, 10_000), "1:00.000"),
        (Fraction(3599_9996, 10_000), "1:00:00.000"),
        (Fraction(-3, 2), "-0:01.500"),
    ],
)
def test_a_time_is_written_for_people(seconds: Fraction, text: str) -> None:
    assert format_timecode(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (Fraction(0), "0-00"),
        (Fraction(120), "2-00"),
        (Fraction(3720), "1-02-00"),
        (Fraction(21, 2), "0-10.5"),
        (Fraction(10_010, 1000), "0-10.01"),
        (Fraction(59_9999, 10_000), "1-00"),
    ],
)
def test_a_time_is_written_for_a_file_name(seconds: Fraction, text: str) -> None:
    assert file_name_timecode(seconds) == text


@given(milliseconds)
def test_a_file_name_time_is_safe_in_every_file_system(seconds: Fraction) -> None:
    assert set(file_name_timecode(seconds)) <= set("0123456789-.")
    assert not file_name_timecode(seconds).endswith(".")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (0.1, Fraction(1, 10)),
        (75, Fraction(75)),
        (1e-3, Fraction(1, 1000)),
        ("2.25", Fraction(9, 4)),
        (-1.5, Fraction(-3, 2)),
    ],
)
def test_a_json_number_is_taken_by_its_decimal_text(value: float | str, seconds: Fraction) -> None:
    assert seconds_from_number(value) == seconds


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, "", "abc", "1/0", "1e999999999", "9" * 400, 1e300])
def test_a_number_that_is_no_time_is_refused(value: float | str) -> None:
    with pytest.raises(UsageError) as caught:
        seconds_from_number(value)
    assert caught.value.code is ErrorCode.BAD_TIME


@given(milliseconds)
def test_milliseconds_survive_json(seconds: Fraction) -> None:
    assert seconds_from_number(seconds_to_number(seconds)) == seconds


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (Fraction(1, 3), Fraction(1, 3))])
def test_a_range_runs_forward_from_zero_or_later(start: Fraction | int, end: Fraction | int) -> None:
    with pytest.raises(InputError) as caught:
        TimeRange(Fraction(start), Fraction(end))
    assert caught.value.code is ErrorCode.BAD_RANGE
    assert format_timecode(Fraction(start)) in caught.value.message


@given(instants, instants.filter(lambda length: length > 0), instants)
def test_a_range_holds_its_start_and_not_its_end(start: Fraction, length: Fraction, instant: Fraction) -> None:
    span = TimeRange(start, start + length)
    assert span.duration == length
    assert span.contains(span.start)
    assert not span.contains(span.end)
    assert span.contains(instant) == (start <= instant < start + length)


def spans() -> st.SearchStrategy[TimeRange]:
    lengths = instants.filter(lambda length: length > 0)
    return st.builds(lambda start, length: TimeRange(start, start + length), instants, lengths)


@given(spans(), spans())
def test_overlap_is_symmetric_and_no_longer_than_either(one: TimeRange, other: TimeRange) -> None:
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    assert 0 <= shared <= min(one.duration, other.duration)
    assert (shared > 0) == (one.contains(other.start) or other.contains(one.start))


def test_ranges_that_touch_share_nothing() -> None:
    assert TimeRange(Fraction(0), Fraction(1)).overlap(TimeRange(Fraction(1), Fraction(2))) == 0
    assert TimeRange(Fraction(0), Fraction(3)).overlap(TimeRange(Fraction(1), Fraction(2))) == 1


def test_ranges_sort_by_start_then_end() -> None:
    first, second, third = (TimeRange(Fraction(start), Fraction(end)) for start, end in ((0, 2), (0, 3), (1, 2)))
    assert sorted([third, second, first]) == [first, second, third]
