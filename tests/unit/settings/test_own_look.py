"""The look that a person saved as their own."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.domain.short_look import Hold
from fastclip_desktop.domain.short_presets import AURA, CUSTOMISED, look_of
from fastclip_desktop.settings.own_look import FILE, read_own_look, write_own_look


def test_a_saved_look_is_the_customised_preset(tmp_path: Path) -> None:
    look = replace(look_of(AURA), holds=(Hold(Fraction(1), 0.2),))
    write_own_look(tmp_path, look)
    own, warning = read_own_look(tmp_path)
    assert warning == ""
    assert own == replace(look_of(AURA), preset=CUSTOMISED)
    assert look_of(CUSTOMISED, own) == own


def test_nobody_saved_one(tmp_path: Path) -> None:
    assert read_own_look(tmp_path) == (None, "")


@pytest.mark.parametrize(
    "text", ["", "{", "7", '{"captions": {"size": "large"}}', '{"aspect": "round"}', "[" * 100_000]
)
def test_a_file_edited_by_hand_that_makes_no_sense_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    own, warning = read_own_look(tmp_path)
    assert own is None
    assert FILE in warning
    assert "default stands in" in warning


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="settings"):
        write_own_look(tmp_path / "settings", look_of(AURA))


def test_a_style_that_cannot_be_painted_is_told_of_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"captions": {"size": 40}}', encoding="utf-8")
    own, warning = read_own_look(tmp_path)
    assert own is None
    assert "captions.size has to be between 0.01 and 0.5" in warning
