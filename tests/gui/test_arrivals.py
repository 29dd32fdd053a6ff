from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.gui import arrivals
from fastclip_desktop.gui.arrivals import Arrivals, Nonsense, needs_a_look, sort_arrivals


def test_what_comes_is_sorted_in_its_order(tmp_path: Path) -> None:
    for name in ("b.mp4", "a.unheard-of", "talk.srt", "mine.fastclip"):
        (tmp_path / name).write_bytes(b"x")
    link = "https://example.org/a"
    sources = [str(tmp_path / "b.mp4"), link, str(tmp_path / "a.unheard-of"), str(tmp_path / "gone.mp4"), link]
    assert sort_arrivals([*sources, str(tmp_path / "talk.srt"), str(tmp_path / "mine.fastclip")]) == Arrivals(
        (sources[0], link, sources[2], sources[3]), (tmp_path / "talk.srt",), (tmp_path / "mine.fastclip",)
    )


def test_a_folder_stands_for_its_media_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "below.mp4").mkdir()
    for name in ("2.MKV", "1.mp3", "notes.txt", ".hidden.mp4"):
        (tmp_path / name).write_bytes(b"x")
    assert sort_arrivals([str(tmp_path)]) == Arrivals((str(tmp_path / "1.mp3"), str(tmp_path / "2.MKV")))
    monkeypatch.setattr(arrivals, "MOST_OF_A_FOLDER", 1)
    assert sort_arrivals([str(tmp_path)]) == Arrivals((str(tmp_path / "1.mp3"),), skipped=1)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("a.txt", b"x", Nonsense.OTHER_KIND), ("a.PDF", b"x", Nonsense.OTHER_KIND), ("a.mp4", b"", Nonsense.EMPTY)],
)
def test_nonsense_is_named(tmp_path: Path, name: str, content: bytes, why: Nonsense) -> None:
    (tmp_path / name).write_bytes(content)
    assert sort_arrivals([str(tmp_path / name)]) == Arrivals(nonsense=((why, name),))


def test_a_folder_without_media_is_named(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    assert sort_arrivals([str(tmp_path / "letters")]) == Arrivals(nonsense=((Nonsense.EMPTY_FOLDER, "letters"),))


def test_a_name_that_no_system_takes_is_left_to_the_engine_or_named() -> None:
    found = sort_arrivals(["a\0b.mp4", "x" * 5000])
    assert len(found.media) + len(found.nonsense) == 2


def test_links_and_captions_need_no_look_at_the_disk() -> None:
    assert not needs_a_look(["https://example.org/a", "words.srt"])
    assert needs_a_look(["talk.mp4"])
