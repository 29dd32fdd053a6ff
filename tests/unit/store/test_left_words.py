"""What commands leave for the library comes whole and in order, or not at all."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.store import left_words
from fastclip_desktop.store.left_words import LeftWords, LeftWordsFolder


def words(text: str, at: float, source: str = "") -> LeftWords:
    segments = (Segment(text, TimeRange(Fraction(1, 3), Fraction(2))),)
    media = MediaFile("talk.mp4", "A talk", Path(f"/talks/{source or text}.mp4"), duration=Fraction(7))
    return LeftWords(media, Transcript(segments, "en", TranscriptOrigin.SIDECAR), at)


def test_what_is_left_comes_back_in_order_of_time(tmp_path: Path) -> None:
    folder = LeftWordsFolder(tmp_path / "words")
    left = [words("later", 20.0), words("first", 10.0), words("last", 30.5)]
    for each in left:
        folder.leave(each)
    assert [found for _, found in folder.waiting()] == [left[1], left[0], left[2]]
    assert len(list(folder.waiting())) == 3


def test_of_one_source_the_newest_words_wait(tmp_path: Path) -> None:
    folder = LeftWordsFolder(tmp_path)
    for text, at, source in (("old", 1.0, "a"), ("other", 2.0, "b"), ("new", 3.0, "a")):
        folder.leave(words(text, at, source))
    assert [found.transcript.segments[0].text for _, found in folder.waiting()] == ["other", "new"]


def test_what_was_taken_does_not_come_again(tmp_path: Path) -> None:
    folder = LeftWordsFolder(tmp_path)
    folder.leave(words("once", 1.0))
    for path, _ in folder.waiting():
        path.unlink()
    assert list(folder.waiting()) == []


def test_a_broken_file_goes_and_keeps_nobody(tmp_path: Path) -> None:
    folder = LeftWordsFolder(tmp_path)
    (tmp_path / "000-a.words").write_bytes(b"nonsense")
    (tmp_path / "001-b.part").write_bytes(b"not yet whole")
    folder.leave(words("whole", 5.0))
    assert [found.transcript.segments[0].text for _, found in folder.waiting()] == ["whole"]
    assert not (tmp_path / "000-a.words").exists()


def test_only_the_newest_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(left_words, "_MOST", 3)
    folder = LeftWordsFolder(tmp_path)
    for number in range(6):
        folder.leave(words(str(number), float(number)))
    assert [found.at for _, found in folder.waiting()] == [3.0, 4.0, 5.0]


def test_where_nothing_can_be_written_nothing_is_left(tmp_path: Path) -> None:
    taken = tmp_path / "words"
    taken.write_text("a file, no folder")
    folder = LeftWordsFolder(taken)
    folder.leave(words("lost", 1.0))
    assert list(folder.waiting()) == []
