from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.job import AnalyzeRequest, Destination, JoinPart, JoinRequest
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.forecast import Forecast, Throttle, stages_of
from tests.unit.engine.small_jobs import SetClock, auto_request, clip_request

USUAL = {"resolve": [1.0, 1.0, 9.0], "fetch": [4.0], "render": [5.0, 6.0, 4.0]}
PLAN = ("resolve", "fetch", "render")


def test_the_stages_of_each_kind_of_job_are_known_before_it_begins() -> None:
    destination = Destination(Path())
    parts = (JoinPart("a", end=Fraction(1)), JoinPart("b", end=Fraction(1)), JoinPart("a", end=Fraction(2)))
    assert stages_of(clip_request(Path())) == PLAN
    assert stages_of(auto_request(Path())) == ("resolve", "transcribe", "select", "fetch", "settle", "render")
    assert stages_of(AnalyzeRequest("a", ("x",))) == ("resolve", "transcribe", "select")
    settling = AnalyzeRequest("a", ("x",), settles=True)
    assert stages_of(settling) == ("resolve", "transcribe", "select", "fetch", "settle")
    assert stages_of(AnalyzeRequest("", ("x",), Path("a.srt"))) == ("transcribe", "select")
    assert stages_of(JoinRequest(parts, OutputSpec(), destination)) == (
        "resolve", "resolve", "fetch", "fetch", "join",
    )  # fmt: skip


def test_the_share_of_a_stage_is_what_it_usually_takes() -> None:
    forecast = Forecast(USUAL, PLAN, SetClock())
    seen = []
    for name in PLAN:
        forecast.begin(name)
        seen += [forecast.at(0.0)[0], forecast.at(0.5)[0]]
    assert seen == [0.0, 0.05, 0.1, 0.3, 0.5, 0.75]
    assert forecast.at(1.0) == (1.0, 0.0)


def test_the_time_left_is_that_of_earlier_jobs_and_then_more_and_more_the_stages_own_pace() -> None:
    clock = SetClock()
    forecast = Forecast(USUAL, PLAN, clock)
    forecast.begin("resolve")
    assert forecast.at(0.0)[1] == pytest.approx(10)
    forecast.begin("fetch")
    clock.let_pass(8)  # half of it took twice as long as the whole usually does
    left = forecast.at(0.5)[1]
    assert left is not None
    assert 5 + 2 < left < 5 + 8
    clock.let_pass(7.9)
    assert forecast.at(0.99)[1] == pytest.approx(5 + 0.16, abs=0.02)


def test_time_that_a_stage_waits_for_its_turn_is_none_of_its_pace() -> None:
    clock = SetClock()
    forecast = Forecast(USUAL, PLAN, clock)
    forecast.begin("fetch")
    clock.let_pass(1000)
    forecast.set_out()
    clock.let_pass(2)
    assert forecast.at(0.5)[1] == pytest.approx(1 + 5 + 2)


def test_no_time_is_told_before_every_stage_that_is_left_has_a_history() -> None:
    forecast = Forecast({"render": [5.0]}, PLAN, SetClock())
    for name in PLAN:
        forecast.begin(name)
        assert (forecast.at(0.5)[1] is None) == (name != "render")
    forecast = Forecast({"render": []}, ("render",), SetClock())
    forecast.begin("render")
    assert forecast.at(0.0) == (0.0, None)


def test_more_clips_than_were_thought_of_take_nothing_back() -> None:
    forecast = Forecast(USUAL, PLAN, SetClock())
    for name in PLAN[:2]:
        forecast.begin(name)
    done, left = forecast.at(1.0)
    forecast.expect("render", 3)
    assert forecast.at(1.0)[0] == done
    assert left is not None
    assert forecast.at(1.0)[1] == left + 10
    for _ in range(3):
        forecast.begin("render")
        assert forecast.at(0.0)[0] >= done
    assert forecast.at(1.0) == (1.0, 0.0)


def test_a_later_try_starts_where_the_earlier_one_was() -> None:
    forecast = Forecast(USUAL, PLAN, SetClock(), done=0.6)
    forecast.begin("resolve")
    assert forecast.at(0.5)[0] == 0.6


SECONDS = st.floats(0, 1e4)
STEPS = st.lists(st.tuples(st.sampled_from(["resolve", "transcribe", "select", "fetch", "render", "join"]),
                           st.lists(st.floats(0, 1), max_size=4), st.floats(0, 100)), max_size=8)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["resolve", "fetch", "render", "join"]), st.lists(SECONDS, max_size=3)), STEPS)
def test_what_is_done_never_falls_and_stays_between_nothing_and_all(history, steps) -> None:
    clock = SetClock()
    forecast = Forecast(history, PLAN, clock)
    best = 0.0
    for name, fractions, seconds in steps:
        forecast.begin(name)
        for fraction in fractions:
            clock.let_pass(seconds)
            overall, left = forecast.at(fraction)
            assert best <= overall <= 1
            assert left is None or left >= 0
            best = overall


def test_ten_reports_a_second_are_let_through_wherever_the_second_begins() -> None:
    clock = SetClock()
    throttle = Throttle(clock)
    sent: list[float] = []
    for _ in range(500):
        if throttle.has_room():
            throttle.count()
            sent.append(clock.steady())
        clock.let_pass(0.013)
    assert len(sent) > 55
    for start in sent:
        assert sum(start <= at < start + 0.999 for at in sent) <= 10


def test_the_beginning_of_a_stage_counts_though_it_is_always_told() -> None:
    clock = SetClock()
    throttle = Throttle(clock)
    for _ in range(10):
        throttle.count()
    assert not throttle.has_room()
    clock.let_pass(1)
    assert throttle.has_room()
