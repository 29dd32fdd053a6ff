"""Edges on made levels: ``#`` is a voice at -20 dBFS, ``.`` a room at -60, ``~`` a hum at -30; a hundredth each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.edge import Edge, EdgeReason, SettledSpan
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.editing.settling import (
    Heard,
    Levels,
    Room,
    hear_end,
    hear_start,
    room_at,
    settle,
    settled,
)

EDGE = Fraction(5)
FROM = Fraction(4)
LEVELS = {"#": -20.0, ".": -60.0, "~": -30.0, "?": np.nan}
WIDE = Room(Fraction(9, 2), Fraction(11, 2), is_exact=False)


def hundredths(text: str) -> Levels:
    """Levels from second 4 on; an edge at second 5 lies behind a hundred of them."""
    return Levels(FROM, np.array([LEVELS[character] for character in text]))


def at(hundredth: int) -> Fraction:
    return FROM + Fraction(hundredth, 100)


def settle_start(edge: Fraction, room: Room, levels: Levels | None, shots: Sequence[Fraction]) -> tuple[Fraction, Edge]:
    return with_shots(hear_start(edge, room, levels), shots)


def settle_end(edge: Fraction, room: Room, levels: Levels | None, shots: Sequence[Fraction]) -> tuple[Fraction, Edge]:
    return with_shots(hear_end(edge, room, levels), shots)


def with_shots(heard: Heard, shots: Sequence[Fraction]) -> tuple[Fraction, Edge]:
    """As it goes in the stage: only shots where they may take the edge are looked for."""
    return settle(heard, [shot for shot in shots if heard.shots is not None and heard.shots.contains(shot)])


def span(start: float, end: float) -> TimeRange:
    return TimeRange(Fraction(str(start)), Fraction(str(end)))


def transcript(*segments: Segment) -> Transcript:
    return Transcript(segments, "en", TranscriptOrigin.GIVEN)


def cue(start: float, end: float, *words: tuple[float, float]) -> Segment:
    return Segment("said", span(start, end), tuple(Word("word", span(*each)) for each in words))


def test_a_start_is_pulled_out_of_a_voice_to_the_air_before_the_next() -> None:
    place, edge = settle_start(EDGE, WIDE, hundredths("#" * 110 + "." * 30 + "#" * 60), ())
    assert place == pytest.approx(at(125), abs=0.03)
    assert edge == Edge(EdgeReason.PAUSE, place - EDGE)


def test_an_end_is_pulled_out_of_a_voice_to_the_air_behind_it() -> None:
    place, edge = settle_end(EDGE, WIDE, hundredths("#" * 60 + "." * 30 + "#" * 110), ())
    assert place == pytest.approx(at(75), abs=0.03)
    assert edge.reason is EdgeReason.PAUSE
    assert edge.moved == place - EDGE < 0


def test_a_start_in_a_long_pause_comes_close_to_the_voice() -> None:
    place, _ = settle_start(EDGE, WIDE, hundredths("#" * 60 + "." * 70 + "#" * 70), ())
    assert place == pytest.approx(at(115), abs=0.03)


def test_an_edge_with_the_right_air_stays() -> None:
    assert settle_start(EDGE, WIDE, hundredths("#" * 80 + "." * 35 + "#" * 85), ()) == (EDGE, Edge())


def test_an_edge_in_silence_without_a_voice_near_stays() -> None:
    assert settle_end(EDGE, WIDE, hundredths("." * 200), ()) == (EDGE, Edge())


def test_sound_that_has_ended_is_silence() -> None:
    place, edge = settle_end(EDGE, WIDE, hundredths("#" * 110 + "?" * 90), ())
    assert edge.reason is EdgeReason.PAUSE
    assert place == pytest.approx(at(125), abs=0.03)


def test_a_hum_is_a_pause_beside_a_voice() -> None:
    place, edge = settle_start(EDGE, WIDE, hundredths("#" * 115 + "~" * 30 + "#" * 55), ())
    assert edge.reason is EdgeReason.PAUSE
    assert place == pytest.approx(at(130), abs=0.03)


@pytest.mark.parametrize("sound", ["#" * 200, "~" * 200])
def test_an_even_sound_moves_nothing(sound: str) -> None:
    assert settle_start(EDGE, WIDE, hundredths(sound), ()) == (EDGE, Edge())


def test_a_long_pause_wins_over_a_near_closed_mouth() -> None:
    place, _ = settle_start(EDGE, WIDE, hundredths("#" * 95 + "." * 11 + "#" * 12 + "." * 40 + "#" * 42), ())
    assert place == pytest.approx(at(143), abs=0.03)


def test_a_short_dip_far_away_pulls_nothing() -> None:
    assert settle_start(EDGE, WIDE, hundredths("#" * 140 + "." * 12 + "#" * 48), ()) == (EDGE, Edge())


def test_words_keep_an_edge_in_their_gap() -> None:
    room = Room(at(95), at(103), is_exact=True)
    place, _ = settle_start(EDGE, room, hundredths("#" * 110 + "." * 40 + "#" * 50), ())
    assert room.earliest <= place <= room.latest


@given(
    st.text(alphabet="#.~?", min_size=200, max_size=200),
    st.integers(0, 50),
    st.integers(0, 50),
    st.lists(st.integers(0, 199), max_size=3),
    st.booleans(),
)
def test_an_edge_never_leaves_its_room(text: str, before: int, after: int, cuts: list[int], exact: bool) -> None:
    room = Room(at(100 - before), at(100 + after), is_exact=exact)
    for settle_one in (settle_start, settle_end):
        place, edge = settle_one(EDGE, room, hundredths(text), [at(cut) for cut in cuts])
        assert room.earliest <= place <= room.latest
        assert edge.moved == place - EDGE
        assert (edge.reason is EdgeReason.PLANNED) == (place == EDGE)


def test_a_change_of_shot_in_the_pause_is_taken_exactly() -> None:
    levels = hundredths("#" * 70 + "." * 60 + "#" * 70)
    shot = Fraction(14_750, 3003)
    assert settle_start(EDGE, WIDE, levels, [shot]) == (shot, Edge(EdgeReason.SHOT, shot - EDGE))


def test_a_change_of_shot_within_a_word_is_left_alone() -> None:
    place, edge = settle_start(EDGE, WIDE, hundredths("#" * 80 + "." * 35 + "#" * 85), [at(130)])
    assert (place, edge) == (EDGE, Edge())


def test_a_change_of_shot_too_far_away_is_left_alone() -> None:
    levels = hundredths("#" * 30 + "." * 170)
    assert settle_start(EDGE, WIDE, levels, [at(141)]) == (EDGE, Edge())
    assert settle_start(EDGE, WIDE, levels, [at(139)])[0] == at(139)


def test_without_sound_a_change_of_shot_decides() -> None:
    assert settle_end(EDGE, WIDE, None, [at(130)]) == (at(130), Edge(EdgeReason.SHOT, Fraction(3, 10)))


def test_a_change_of_shot_outside_the_room_is_left_alone() -> None:
    room = Room(at(90), at(110), is_exact=True)
    assert settle_end(EDGE, room, None, [at(85), at(120)]) == (EDGE, Edge())


def test_under_music_a_change_of_shot_needs_the_times_of_words() -> None:
    music = hundredths("#" * 200)
    assert settle_start(EDGE, WIDE, music, [at(110)]) == (EDGE, Edge())
    exact = Room(WIDE.earliest, WIDE.latest, is_exact=True)
    assert settle_start(EDGE, exact, music, [at(110)])[0] == at(110)


def test_the_room_is_the_gap_between_words() -> None:
    words = transcript(cue(3, 7, (3, 4.8), (4.8, 4.9), (5.05, 6), (6, 7)))
    assert room_at(EDGE, words) == Room(Fraction(49, 10), Fraction(505, 100), is_exact=True, unheard=Fraction(49, 10))


def test_there_is_no_room_within_a_word() -> None:
    words = transcript(cue(3, 7, (3, 4.8), (4.8, 5.2), (5.2, 7)))
    assert room_at(EDGE, words) == Room(EDGE, EDGE, is_exact=True)


TOUCHING = transcript(cue(3, 5, (3, 4), (4, 5)), cue(5, 7, (5, 6), (6, 7)))
"""Words that last until the next, whatever is heard: "word" takes 0.62 seconds to say at most."""


def test_a_word_that_lasts_until_the_next_may_have_ended_before() -> None:
    assert room_at(EDGE, TOUCHING) == Room(Fraction(462, 100), EDGE, is_exact=True, unheard=EDGE)


def test_a_pause_that_such_a_word_took_along_is_left_out() -> None:
    place, edge = settle_end(EDGE, room_at(EDGE, TOUCHING), hundredths("#" * 60 + "." * 40 + "#" * 100), ())
    assert place == pytest.approx(at(75), abs=0.03)
    assert edge.reason is EdgeReason.PAUSE
    place, _ = settle_start(EDGE, room_at(EDGE, TOUCHING), hundredths("#" * 60 + "." * 40 + "#" * 100), ())
    assert place == pytest.approx(at(85), abs=0.03)


@pytest.mark.parametrize("sound", ["#" * 200, "#" * 90 + "." * 5 + "#" * 105, "~" * 200])
def test_without_a_pause_such_a_word_is_not_cut(sound: str) -> None:
    assert settle_end(EDGE, room_at(EDGE, TOUCHING), hundredths(sound), [at(80)]) == (EDGE, Edge())


def test_the_room_reaches_no_further_than_half_a_second() -> None:
    assert room_at(EDGE, transcript()) == WIDE


def test_the_middle_of_a_short_cue_is_not_passed() -> None:
    assert room_at(EDGE, transcript(cue(4.5, 5), cue(5, 5.6))) == Room(
        Fraction(475, 100), Fraction(53, 10), is_exact=False
    )


def test_the_room_ends_with_the_source() -> None:
    assert room_at(Fraction(1, 10), transcript(), Fraction(2, 10)) == Room(Fraction(0), Fraction(2, 10), is_exact=False)
    assert room_at(EDGE, transcript(), Fraction(4)).latest == EDGE


def test_a_word_of_an_hour_ago_is_not_looked_at() -> None:
    long = transcript(*(cue(10 * n, 10 * n + 9, (10 * n, 10 * n + 9)) for n in range(3000)))
    assert room_at(Fraction(299_905, 10), long).is_exact


PAUSE = EdgeReason.PAUSE


def test_both_edges_move() -> None:
    start, end = (Fraction(9), Edge(PAUSE, Fraction(-1))), (Fraction(21), Edge(PAUSE, Fraction(1)))
    assert settled(span(10, 20), start, end, None) == SettledSpan(span(9, 21), start[1], end[1])


def test_edges_that_would_make_a_clip_too_long_stay() -> None:
    start, end = (Fraction(95, 10), Edge(PAUSE, Fraction(-1, 2))), (Fraction(19), Edge(PAUSE, Fraction(-1)))
    assert settled(span(10, 20), start, (Fraction(20), Edge()), Fraction(10)) == SettledSpan(span(10, 20))
    assert settled(span(10, 20), start, end, Fraction(10)).span == span(9.5, 19)


def test_a_clip_that_was_planned_longer_does_not_grow() -> None:
    grown = (Fraction(21), Edge(PAUSE, Fraction(1)))
    assert settled(span(10, 20), (Fraction(10), Edge()), grown, Fraction(5)).span == span(10, 20)


def test_edges_that_would_meet_stay() -> None:
    start, end = (Fraction(103, 10), Edge(PAUSE, Fraction(3, 10))), (Fraction(102, 10), Edge(PAUSE, Fraction(-2, 10)))
    assert settled(span(10, 10.4), start, end, None).span == span(10.3, 10.4)
