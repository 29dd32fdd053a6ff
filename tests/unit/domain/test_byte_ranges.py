from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.byte_ranges import ByteRanges, joined, map_head, map_line, read_map

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12)


def bytes_of(spans: list[tuple[int, int]]) -> set[int]:
    return {byte for start, end in spans for byte in range(start, end)}


@given(SPANS, st.integers(0, 60), st.integers(0, 60))
def test_spans_behave_as_a_set_of_bytes(spans: list[tuple[int, int]], start: int, end: int) -> None:
    ranges, known = ByteRanges(spans), bytes_of(spans)
    assert bytes_of(list(ranges)) == known
    assert ranges.total == len(known)
    edges = [edge for span in ranges for edge in span]
    assert edges == sorted(set(edges))  # they rise and never touch
    assert bytes_of(ranges.missing(start, end)) == set(range(start, end)) - known
    assert set(range(start, start + ranges.run(start))) <= known
    assert start + ranges.run(start) not in known


def test_near_spans_are_joined_over_small_gaps() -> None:
    assert joined([(50, 60), (0, 10), (12, 20), (30, 40), (31, 33)], 5) == [(0, 20), (30, 40), (50, 60)]
    assert joined([(5, 5)], 0) == []


def test_a_map_says_what_was_written_to_it() -> None:
    data = map_head(1000) + map_line(0, 10) + map_line(500, 1000) + map_line(10, 20)
    assert read_map(data) == (1000, ByteRanges([(0, 20), (500, 1000)]))


@pytest.mark.parametrize("cut", range(1, len(map_line(700, 800))))
def test_a_line_that_was_cut_off_says_nothing(cut: int) -> None:
    whole = map_head(1000) + map_line(0, 10)
    line = map_line(700, 800)
    assert read_map(whole + line[:-cut]) == (1000, ByteRanges([(0, 10)] + [(700, 800)] * (cut == 1)))
    assert read_map(whole + line[:-cut] + b"\n" + map_line(20, 30)) is not None


def test_lines_that_lie_are_passed_over() -> None:
    data = map_head(1000) + b"0 999 00000000\n" + map_line(900, 2000) + map_line(9, 3) + map_line(1, 2)
    assert read_map(data) == (1000, ByteRanges([(1, 2)]))


@pytest.mark.parametrize("data", [b"", b"#EXTM3U\n", map_head(1000)[:-4] + b"\n", b"FastClip map 1 12 0 00000000\n"])
def test_another_file_is_no_map(data: bytes) -> None:
    assert read_map(data) is None
