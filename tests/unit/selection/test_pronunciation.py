from __future__ import annotations

import pytest

from fastclip_desktop.selection.pronunciation import pronunciation
from fastclip_desktop.selection.spelling import SpellingIndex


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kathrin", "catherine"),
        ("philip", "filipp"),
        ("steven", "stephen"),
        ("schmidt", "schmitt"),
        ("jonathan", "johnathon"),
        ("tchaikovsky", "tschaikowski"),
        ("kristian", "christian"),
        ("mohammed", "muhamad"),
    ],
)
def test_names_that_sound_alike_share_a_key_and_find_each_other(one: str, other: str) -> None:
    assert pronunciation(one) == pronunciation(other)
    assert SpellingIndex(["bread", other, "table"]).likeliest(one) == other


@pytest.mark.parametrize(("one", "other"), [("bread", "table"), ("anna", "otto"), ("peter", "martin")])
def test_others_do_not(one: str, other: str) -> None:
    assert pronunciation(one) != pronunciation(other)


@pytest.mark.parametrize("word", ["", "планета", "猫", "it's", "4711"])
def test_what_is_no_latin_word_has_no_key(word: str) -> None:
    assert pronunciation(word) == ""


@pytest.mark.parametrize(("one", "other"), [("find", "found"), ("open", "happen"), ("upper", "appear")])
def test_words_of_one_sound_need_letters_in_common(one: str, other: str) -> None:
    assert SpellingIndex([one]).likeliest(other) is None
