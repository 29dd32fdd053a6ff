from __future__ import annotations

from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.boundaries import AIR, add_air


def seconds(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


def transcript(*segments: Segment) -> Transcript:
    return Transcript(segments, "en", TranscriptOrigin.GIVEN)


def cue(start: float, end: float, *words: tuple[float, float]) -> Segment:
    return Segment("said", seconds(start, end), tuple(Word("word", seconds(*span)) for span in words))


def test_a_lone_span_gets_air_on_both_sides() -> None:
    assert Fraction(15, 100) == AIR
    assert add_air(seconds(5, 8), transcript(cue(5, 8))) == seconds(4.85, 8.15)


def test_air_ends_at_the_neighbours() -> None:
    neighbours = transcript(cue(1, 4.9), cue(5, 8), cue(8.05, 10))
    assert add_air(seconds(5, 8), neighbours) == seconds(4.9, 8.05)


def test_neighbours_that_touch_leave_no_air() -> None:
    assert add_air(seconds(5, 8), transcript(cue(1, 5), cue(5, 8), cue(8, 10))) == seconds(5, 8)


def test_far_neighbours_do_not_matter() -> None:
    assert add_air(seconds(5, 8), transcript(cue(1, 4), cue(5, 8), cue(9, 10))) == seconds(4.85, 8.15)


def test_air_does_not_reach_before_the_beginning() -> None:
    assert add_air(seconds(0.1, 2), transcript(cue(0.1, 2))) == seconds(0, 2.15)


def test_a_cue_that_runs_across_an_edge_keeps_it_where_it_is() -> None:
    assert add_air(seconds(5, 8), transcript(cue(3, 6), cue(6, 9))) == seconds(5, 8)


def test_words_inside_a_cue_leave_the_air_that_there_is() -> None:
    running = cue(3, 9, (3, 4.95), (5, 6), (6, 8), (8.1, 9))
    assert add_air(seconds(5, 8), transcript(running)) == seconds(4.95, 8.1)


def test_someone_speaking_over_the_edge_does_not_shorten_the_span() -> None:
    assert add_air(seconds(5, 8), transcript(cue(4, 5.5), cue(5, 8), cue(7.5, 9))) == seconds(5, 8)


def test_neighbours_are_found_deep_in_a_long_transcript() -> None:
    far = transcript(*(cue(10 * n, 10 * n + 9.95) for n in range(10_000)))
    assert add_air(seconds(50_000, 50_009.95), far) == seconds(49999.95, 50010)
