from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.settings.recent import (
    FILE,
    MOST_RECENT,
    Recent,
    change_recent,
    read_recent,
    with_recent,
    without_recent,
)

TALK = Recent("/videos/talk.mp4", "A talk", 1_790_000_000.5, Fraction(181, 2))
LINK = Recent("https://example.org/a", "A link", 1_790_000_100.0)
CUTS = Recent("/videos/mine.fastclip", "Mine", 1_790_000_200.0, project=True)


def test_what_was_open_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    assert read_recent(folder) == ()
    for each in (TALK, LINK, CUTS):
        change_recent(folder, lambda known, each=each: with_recent(known, each))
    assert read_recent(folder) == (CUTS, LINK, TALK)
    assert change_recent(folder, lambda known: without_recent(known, LINK.location)) == (CUTS, TALK)
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_what_is_opened_again_stands_once_and_first(tmp_path: Path) -> None:
    change_recent(tmp_path, lambda _: (LINK, TALK))
    again = Recent(TALK.location, "The talk", TALK.when + 9)
    assert change_recent(tmp_path, lambda known: with_recent(known, again)) == (again, LINK)


def test_only_so_many_are_kept(tmp_path: Path) -> None:
    many = tuple(Recent(f"/{number}.mp4", "x", 1.0) for number in range(MOST_RECENT + 9))
    assert change_recent(tmp_path, lambda _: many) == many[:MOST_RECENT]


@pytest.mark.parametrize("text", ["", "{", '{"location": "/a"}', "[" * 100_000, "\0", "7"])
def test_a_damaged_file_is_like_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_recent(tmp_path) == ()


def test_entries_that_make_no_sense_are_left_out(tmp_path: Path) -> None:
    change_recent(tmp_path, lambda _: (TALK,))
    good = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    bad = [7, {}, {**good[0], "location": ""}, {**good[0], "when": "now"}, {**good[0], "duration": "long"}]
    bad += [{**good[0], "duration": "1/0"}, {**good[0], "location": 7}]
    (tmp_path / FILE).write_text(json.dumps([*bad, *good]), encoding="utf-8")
    assert read_recent(tmp_path) == (TALK,)


def test_only_a_file_has_a_path() -> None:
    assert TALK.path == Path("/videos/talk.mp4")
    assert LINK.path is None


def test_a_folder_that_takes_nothing_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as failed:
        change_recent(tmp_path / "file" / "below", lambda _: (TALK,))
    assert failed.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
