from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.job_bar import JobBar, clock, time_left


@pytest.mark.parametrize(
    ("elapsed", "fraction", "left"), [(10, 0.25, 30), (10, 1, 0), (1.9, 0.9, None), (60, 0.04, None), (60, 0, None)]
)
def test_the_time_left_is_told_once_it_is_known(elapsed: float, fraction: float, left: float | None) -> None:
    assert time_left(elapsed, fraction) == left


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3661, "1:01:01")])
def test_whole_seconds_are_written_as_a_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_the_bar_is_quiet_before_and_after_a_job(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    bar.show()
    assert not bar.cancel_button.isVisible()
    bar.begin()
    bar.advance("Rendering 2 of 3", 0.64)
    assert (bar.words.text(), bar.progress.value(), bar.cancel_button.isVisible()) == ("Rendering 2 of 3", 640, True)
    bar.rest("Stopped.")
    assert (bar.words.text(), bar.progress.isVisible(), bar.cancel_button.isVisible()) == ("Stopped.", False, False)
