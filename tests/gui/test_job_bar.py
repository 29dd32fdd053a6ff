from __future__ import annotations

from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.job_bar import JobBar, JobLine


def test_the_bar_is_quiet_before_and_after_a_job(qtbot: QtBot) -> None:
    bar = JobBar()
    qtbot.addWidget(bar)
    bar.resize(900, bar.height())
    bar.show()
    assert (bar.jobs_button.text(), bar.words.whole, bar.progress.isVisible()) == ("Jobs", "Ready", False)
    bar.show_line(JobLine(2, "Clip 3 of 7 · Rendering", 0.649, "18 s left"))
    assert (bar.jobs_button.text(), bar.words.whole, bar.progress.value()) == ("2 jobs", "Clip 3 of 7 · Rendering", 649)
    assert bar.figures.text() == "64% · 18 s left"
    bar.show_line(JobLine(1, "Rendering", 1.0, ""))
    assert bar.figures.text() == "99%"  # all of it is done when it is over
    bar.show_line(JobLine(2, "Clip 3 of 7 · Rendering", 0.649, "18 s left"))
    bar.say("6 clips made.", has_clips=True)
    assert bar.words.whole == "Clip 3 of 7 · Rendering"  # until nothing is done any more
    assert not bar.clips_button.isVisible()
    bar.show_line(None)
    assert (bar.words.whole, bar.progress.isVisible(), bar.clips_button.isVisible()) == ("6 clips made.", False, True)
