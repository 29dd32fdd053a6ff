"""Characters that no font has are found before anything is painted."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtGui import QFontDatabase

from fastclip_desktop.domain.short_look import CaptionStyle, Spoken
from fastclip_desktop.typography.fonts import FOLDER, OWN_FAMILY
from fastclip_desktop.typography.missing import MissingGlyphs, missing_glyphs
from fastclip_desktop.typography.painter import paint
from tests.unit.typography.caption_scripts import CASES, FAMILIES, FONTS, Case, letters


def test_nothing_is_missing_where_fonts_have_it_all() -> None:
    for case in CASES:
        assert missing_glyphs([letters(case).replace("|", "")], case.look) is None, case.name


def test_a_character_is_missing_that_no_font_has() -> None:
    found = missing_glyphs(["one \U00012000 two", "\U00012000"], CaptionStyle(families=FAMILIES))

    assert found == MissingGlyphs(("\U00012000",), ())
    assert found.note.startswith("No font on this machine has these characters of the captions: \U00012000.")


def test_an_emoji_that_is_drawn_as_nothing_is_told_of() -> None:
    """Some fonts have emoji in a form that not every version of Qt draws, and it says nothing then."""
    style = CaptionStyle(families=("FastClip Test Vector Emoji",), spoken=Spoken.PLAIN, shadow_color="")
    picture = paint(Case("", ("😀",)).cue, style, Fraction(0), 270, 480)

    assert picture is not None
    is_drawn = any(bytes(picture.image.constBits()))
    assert (missing_glyphs(["😀"], style) is None) == is_drawn


def test_control_characters_and_spaces_are_not_missing() -> None:
    assert missing_glyphs(["a\u200d\u00a0\u200b\t\nb"], CaptionStyle()) is None


@pytest.mark.parametrize(
    ("missing", "fonts"),
    [
        ("ก", "“Noto Sans Thai”"),
        ("漢", "“Noto Sans CJK”"),
        ("😀", "“Noto Color Emoji”"),
    ],
)
def test_the_note_names_a_font_that_would_have_it(missing: str, fonts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whether this machine lacks it is not known; that nothing has it is what is assumed here.
    monkeypatch.setattr("fastclip_desktop.typography.missing._is_missing", lambda _: True)
    found = missing_glyphs([missing], replace(CaptionStyle(), families=FAMILIES))

    assert found is not None
    assert f"Install {fonts} and make the clip again." in found.note


def test_a_note_is_one_line_however_much_is_missing() -> None:
    note = MissingGlyphs(tuple("abcdefghijklmnopq"), ("One", "Two", "Three")).note

    assert "a b c d e f g h i j k l and 5 more." in note
    assert "“One”, “Two” and “Three”" in note


def test_the_programs_own_fonts_are_there_with_their_licences() -> None:
    assert OWN_FAMILY in QFontDatabase.families()
    assert "Anton" in QFontDatabase.families()
    for file in FOLDER.glob("*.ttf"):
        assert "SIL Open Font License" in (FOLDER / f"{file.stem.split('-')[0]}-OFL.txt").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in FOLDER.glob("*.ttf")) < 1_000_000
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
