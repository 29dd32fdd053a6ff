from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.selection import spelling
from fastclip_desktop.selection.spelling import LONGEST_WORD, SpellingIndex, slips_between

words = st.text("abcd", max_size=7)


@pytest.mark.parametrize(
    ("word", "other", "slips"),
    [
        ("", "", 0),
        ("same", "same", 0),
        ("cutom", "custom", 1),
        ("burgundy", "brugundy", 1),
        ("grey", "gray", 1),
        ("ab", "", 2),
    ],
)
def test_slips_are_counted(word: str, other: str, slips: int) -> None:
    assert slips_between(word, other) == slips


@given(words, words)
def test_slips_are_a_distance(word: str, other: str) -> None:
    slips = slips_between(word, other)
    assert slips == slips_between(other, word)
    assert abs(len(word) - len(other)) <= slips <= max(len(word), len(other))
    assert (slips == 0) == (word == other)


def test_the_word_with_fewest_slips_is_meant() -> None:
    index = SpellingIndex(["customer", "custom", "costume", "bottom"])
    assert index.likeliest("cutom") == "custom"
    assert index.likeliest("customre") == "customer"


@pytest.mark.parametrize("word", ["zzzzz", "cusxxm", "bustom", "cust", ""])
def test_a_word_that_is_near_none_means_none(word: str) -> None:
    assert SpellingIndex(["custom"]).likeliest(word) is None


def test_long_words_may_hold_two_slips() -> None:
    index = SpellingIndex(["corningstone", "corner"])
    assert index.likeliest("cornigston") == "corningstone"
    assert index.likeliest("corxxr") is None


@pytest.mark.parametrize(
    ("asked", "said"), [("horse", "house"), ("crime", "crise"), ("laughter", "later"), ("price", "prime")]
)
def test_another_short_word_is_no_slip(asked: str, said: str) -> None:
    assert SpellingIndex([said]).likeliest(asked) is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("bycicle", "bicycle"),
        ("bycicl", "bicycl"),
        ("decis", "decid"),
        ("analise", "analyse"),
        ("hause", "house"),
        ("custim", "custom"),
    ],
)
def test_vowels_sounds_and_endings_may_slip_in_short_words(asked: str, said: str) -> None:
    assert SpellingIndex([said]).likeliest(asked) == said


def test_what_is_longer_than_any_word_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def count(word: str, other: str) -> int:
        compared.extend((word, other))
        return slips_between(word, other)

    monkeypatch.setattr(spelling, "slips_between", count)
    longest = "ab" * (LONGEST_WORD // 2)
    index = SpellingIndex([longest, "ab" * 1000, "mark"])
    for word in ("ab" * 1000, "m" + "a" * 2000 + "rk", longest + "a"):
        assert index.likeliest(word) is None
    assert compared == []
    assert index.likeliest(longest[:-1]) == longest
    assert max(map(len, compared)) == LONGEST_WORD
