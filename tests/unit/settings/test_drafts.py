from __future__ import annotations

import dataclasses
import os
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.project import Project
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.settings import drafts as module
from fastclip_desktop.settings.drafts import Draft, Drafts

TALK = Draft(
    Project("/talk.mp4", "A talk", (Cut(TimeRange(Fraction(1), Fraction(2))),), "prices", Fraction(3, 7)),
    Path("/videos/ann/talk.fastclip"),
    "AdnQywADAAA=",
    1,
)
OTHER = Draft(Project("/other.mp4"))


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path)


def test_windows_that_were_not_closed_are_left_oldest_first(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("b", TALK)
    drafts.keep("a", OTHER)
    os.utime(tmp_path / "windows" / "b.json", (1, 1))
    assert Drafts(tmp_path).left() == (("b", TALK), ("a", OTHER))


def test_a_window_that_was_closed_is_found_by_its_source_alone(drafts: Drafts) -> None:
    drafts.keep("a", TALK)
    drafts.close("a", TALK)
    assert drafts.left() == ()
    assert drafts.recall("/talk.mp4") == TALK
    assert drafts.recall("/other.mp4") is None


def test_the_newest_of_a_window_counts(drafts: Drafts) -> None:
    drafts.keep("a", TALK)
    newer = dataclasses.replace(TALK, project=dataclasses.replace(TALK.project, prompt="costs"))
    drafts.keep("a", newer)
    assert drafts.left() == (("a", newer),)


def test_nothing_there_is_nothing_left(drafts: Drafts) -> None:
    assert drafts.left() == ()
    drafts.forget("nobody")
    drafts.close("nobody", Draft())
    assert drafts.recall("") is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"project": {"fastclip": 99}}', b'{"project": 1}', b"\xff"])
def test_what_makes_no_sense_is_put_aside_and_keeps_no_other_away(drafts: Drafts, tmp_path: Path, data: bytes) -> None:
    drafts.keep("a", TALK)
    (tmp_path / "windows" / "b.json").write_bytes(data)
    assert drafts.left() == (("a", TALK),)
    assert (tmp_path / "windows" / "b.damaged").read_bytes() == data
    assert drafts.left() == (("a", TALK),)


def test_a_half_written_file_is_never_seen(drafts: Drafts, tmp_path: Path) -> None:
    drafts.keep("a", TALK)
    (tmp_path / "windows" / ".a.json.x1y2").write_bytes(b"{")  # a kill between the writing and the renaming
    assert drafts.left() == (("a", TALK),)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "windows").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        Drafts(tmp_path).keep("a", TALK)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert "windows" in caught.value.message


def test_sources_that_nobody_opened_for_longest_are_forgotten(
    drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST_SOURCES", 2)
    for number in range(3):
        drafts.remember(Draft(Project(f"/{number}.mp4")))
        for path in (tmp_path / "worked-on").iterdir():
            os.utime(path, ns=(path.stat().st_mtime_ns - 10**9,) * 2)
    assert [drafts.recall(f"/{number}.mp4") is not None for number in range(3)] == [False, True, True]
