from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.window import Window
from tests.gui.fake_engine import TALK, FakeEngine


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.txt", b"x", "letter.txt is neither a video nor a sound file."),
        ("film.mp4", b"", "film.mp4 is empty: it has 0 bytes."),
    ],
)
def test_nonsense_is_answered_in_one_sentence(
    window: Window, qtbot: QtBot, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    window.arrivals.take((str(tmp_path / name),))
    qtbot.waitUntil(window.source_notice.isVisible)
    assert window.source_notice.text == f"{sentence} Drop videos, sound files, links, captions or projects."
    assert not window._bridge.is_looking_up


def test_a_picture_off_a_page_is_answered_no_longer_than_anything_else(window: Window, qtbot: QtBot) -> None:
    window.arrivals.take((f"data:image/png;base64,{'A' * 5000}",))
    qtbot.waitUntil(window.source_notice.isVisible)
    assert "cannot be looked at" in window.source_notice.text
    assert len(window.source_notice.text) < 200


def test_a_folder_without_media_is_answered(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    window.arrivals.take((str(tmp_path / "letters"),))
    qtbot.waitUntil(window.source_notice.isVisible)
    assert window.source_notice.text.startswith("The folder letters holds no videos and no sound files.")


def test_what_can_be_opened_is_opened_and_the_rest_is_named(
    window: Window, engine: FakeEngine, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    video = str(tmp_path / "a.mp4")
    Path(video).write_bytes(b"x")
    engine.sources[video] = dataclasses.replace(TALK, source=video)
    with qtbot.waitSignal(window._bridge.source_found):
        window.arrivals.take((*(str(tmp_path / f"{number}.txt") for number in range(5)), video))
    assert window.source_notice.text.startswith("0.txt is neither")
    assert window.source_notice.text.endswith("2 more cannot be opened.")


def test_a_file_that_is_not_there_is_told_of_by_the_engine(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(window._bridge.source_failed):
        window.arrivals.take((str(tmp_path / "gone.mp4"),))
    assert "gone.mp4" in window.source_notice.text


def test_nothing_at_all_changes_nothing(window: Window) -> None:
    window.arrivals.take(())
    assert window.empty.isVisible()
    assert not window.source_notice.isVisible()


def test_a_project_is_opened_by_itself_and_what_came_with_it_is_left_out(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("a.fastclip", "b.fastclip", "film.mp4", "words.srt"):
        (tmp_path / name).write_bytes(b"x")
    opened: list[Path] = []
    window.arrivals.project_wanted.connect(opened.append)
    window.arrivals.take(tuple(str(tmp_path / name) for name in ("film.mp4", "words.srt", "b.fastclip", "a.fastclip")))
    qtbot.waitUntil(window.source_notice.isVisible)
    assert opened == [tmp_path / "b.fastclip"]
    assert window.source_notice.text == "3 more are left out, as a project is opened by itself."
    assert not window._bridge.is_looking_up
