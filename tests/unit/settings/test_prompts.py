"""What a person has looked for is there again, whatever became of the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.settings.prompts import FILE, MOST_PROMPTS, forget_prompts, keep_prompt, read_prompts


def test_the_newest_comes_first_and_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "not there yet"
    assert read_prompts(folder) == ()
    for text in ("price", " every  time she\nlaughs ", "price", "größe 😀 \ud800"):
        kept = keep_prompt(folder, text)
    assert kept == read_prompts(folder) == ("größe 😀 \ud800", "price", "every time she laughs")
    forget_prompts(folder)
    forget_prompts(folder)
    assert read_prompts(folder) == ()


def test_what_is_empty_or_endless_is_not_kept(tmp_path: Path) -> None:
    assert keep_prompt(tmp_path, "  \n ") == ()
    assert keep_prompt(tmp_path, "word " * 200) == ()


def test_the_oldest_go(tmp_path: Path) -> None:
    for number in range(MOST_PROMPTS + 3):
        kept = keep_prompt(tmp_path, str(number))
    assert len(kept) == MOST_PROMPTS
    assert kept[-1] == "3"


@pytest.mark.parametrize("damage", [b"", b"{", b'{"a": 1}', b"\xff\xfe", b"[" * 100_000, b'[1, null, "", "   "]'])
def test_a_file_that_makes_no_sense_is_like_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    assert read_prompts(tmp_path) == ()
    assert keep_prompt(tmp_path, "price") == ("price",)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError) as failed:
        keep_prompt(tmp_path / "file", "price")
    assert failed.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
