"""Tool tips name the keys that count."""

from __future__ import annotations

from fastclip_desktop.gui.window import Window


def test_tips_name_the_keys_that_a_person_chose(window: Window) -> None:
    jobs, export = window.job_bar.jobs_button, window.job_bar.export_button
    window.job_bar.show_export(2, output="MP4")
    assert jobs.toolTip() == "What is being done and what was done (Ctrl+J)"
    window.commands.bind({"view.jobs": ("Ctrl+E",), "clip.export": ("F5",)})
    assert jobs.toolTip() == "What is being done and what was done (Ctrl+E)"
    assert export.toolTip() == "Make every ticked clip (F5)"
    window.job_bar.show_export(3, output="MP4")  # which says its tip anew
    assert export.toolTip() == "Make every ticked clip (F5)"
    window.commands.bind({"view.jobs": ()})
    assert jobs.toolTip() == "What is being done and what was done"
    window.commands.bind({})
    assert jobs.toolTip() == "What is being done and what was done (Ctrl+J)"
    assert export.toolTip() == "Make every ticked clip (Ctrl+E)"


def test_words_in_brackets_that_are_no_keys_stay(window: Window) -> None:
    window.card.setToolTip("talk.mp4 (beside the file)")
    window.commands.bind({"view.jobs": ("F6",)})
    assert window.card.toolTip() == "talk.mp4 (beside the file)"
