"""Files that are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.settings.whole_file import with_ending


def test_a_file_whose_ending_was_left_out_replaces_no_other(tmp_path: Path) -> None:
    assert with_ending(tmp_path / "talk.SRT", ".srt") == tmp_path / "talk.SRT"
    assert with_ending(tmp_path / "talk", ".srt") == tmp_path / "talk.srt"
    assert with_ending(tmp_path / "talk 1.5", ".srt") == tmp_path / "talk 1.5.srt"
    (tmp_path / "talk.srt").write_text("kept")
    assert with_ending(tmp_path / "talk", ".srt") == tmp_path / "talk (2).srt"
    (tmp_path / "talk (2).srt").write_text("kept")
    assert with_ending(tmp_path / "talk", ".srt") == tmp_path / "talk (3).srt"
