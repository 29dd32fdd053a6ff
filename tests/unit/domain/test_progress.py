from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain import progress
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.progress import CancelToken, Reporter

fractions = st.lists(st.floats(min_value=-1, max_value=2, allow_nan=False), max_size=50)


@pytest.fixture
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MIN_INTERVAL", 0.0)


@pytest.mark.usefixtures("unthrottled")
def test_every_report_comes_through_when_nothing_holds_it_back() -> None:
    sent: list[float] = []
    reporter = Reporter(sent.append)
    for fraction in (0.0, 0.25, 0.5, 1.0):
        reporter.report(fraction)
    assert sent == [0.0, 0.25, 0.5, 1.0]


@given(fractions)
def test_progress_never_falls_and_stays_within_bounds(reports: list[float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "MIN_INTERVAL", 0.0)
        sent: list[float] = []
        reporter = Reporter(sent.append)
        for fraction in reports:
            reporter.report(fraction)
    assert len(sent) == len(reports)
    assert sent == sorted(sent)
    assert all(0 <= fraction <= 1 for fraction in sent)


def test_reports_a_moment_apart_are_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MIN_INTERVAL", 3600.0)
    sent: list[float] = []
    reporter = Reporter(sent.append)
    for step in range(10_000):
        reporter.report(step / 10_000)
    assert sent == [0.0]


def test_at_most_ten_reports_come_in_a_second() -> None:
    assert progress.MIN_INTERVAL == 0.1


def test_a_held_back_report_still_counts_towards_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[float] = []
    reporter = Reporter(sent.append)
    monkeypatch.setattr(progress, "MIN_INTERVAL", 3600.0)
    reporter.report(0.1)
    reporter.report(0.9)
    monkeypatch.setattr(progress, "MIN_INTERVAL", 0.0)
    reporter.report(0.2)
    assert sent == [0.1, 0.9]


def test_a_reporter_that_nobody_listens_to_still_stops() -> None:
    reporter = Reporter()
    reporter.report(0.5)
    reporter.cancel.cancel()
    with pytest.raises(Cancelled):
        reporter.report(0.6)


def test_a_stop_comes_before_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MIN_INTERVAL", 0.0)
    sent: list[float] = []
    token = CancelToken()
    reporter = Reporter(sent.append, token)
    reporter.report(0.1)
    token.cancel()
    with pytest.raises(Cancelled):
        reporter.report(0.2)
    assert sent == [0.1]


def test_a_token_is_set_once_and_for_all() -> None:
    token = CancelToken()
    token.check()
    assert not token.is_cancelled
    token.cancel()
    token.cancel()
    assert token.is_cancelled
    with pytest.raises(Cancelled):
        token.check()


def test_a_stop_reaches_another_thread() -> None:
    token = CancelToken()
    reached = threading.Event()

    def work() -> None:
        reporter = Reporter(cancel=token)
        while True:
            try:
                reporter.report(0.5)
            except Cancelled:
                reached.set()
                return

    worker = threading.Thread(target=work)
    worker.start()
    token.cancel()
    worker.join(timeout=5)
    assert reached.is_set()
