"""What a person asked of their shorts last outlives the program."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.domain.short_look import Aspect, Framing, Hold, ShortLook, ShortsWish
from fastclip_desktop.settings.shorts_wish import FILE, read_shorts_wish, write_shorts_wish

_LOOK = ShortLook("aura", Aspect.SQUARE, Framing.AURA, captions=None, loudness=None, cuts_pauses=True)


def test_a_wish_comes_back_as_it_was_written(tmp_path: Path) -> None:
    wish = ShortsWish(_LOOK, adds_hooks=True, joins=True, count=None, preferred=Fraction(45))
    write_shorts_wish(tmp_path, wish)
    assert read_shorts_wish(tmp_path) == wish


def test_what_holds_for_one_source_alone_is_not_kept(tmp_path: Path) -> None:
    look = replace(_LOOK, holds=(Hold(Fraction(3), 0.25),))
    write_shorts_wish(tmp_path, ShortsWish(look, hook="Listen", call_to_action="Follow", about="gardens"))
    assert read_shorts_wish(tmp_path) == ShortsWish(_LOOK)


def test_nobody_has_asked_yet(tmp_path: Path) -> None:
    assert read_shorts_wish(tmp_path) is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"look": 3}', '{"look": {"short_side": "tall"}}', "[" * 100_000])
def test_a_file_that_makes_no_sense_is_like_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert read_shorts_wish(tmp_path) is None


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="settings"):
        write_shorts_wish(tmp_path / "settings", ShortsWish())
