from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.query import Window, read_query

ENGLISH = Analyzer("en")


def terms(text: str) -> list[str]:
    return [term.text for term in read_query(text, ENGLISH).terms]


@pytest.mark.parametrize(
    "text",
    [
        "bread ovens",
        "the part where she talks about bread ovens",
        "the part about bread ovens",
        "show me the bread ovens",
        "Show me the moment when they mention bread ovens",
        "please find me every clip of bread ovens",
        "all mentions of bread ovens",
        "I want to see the scene with bread ovens",
        "every time he talks about bread ovens",
        "what is said about bread ovens?",
    ],
)
def test_how_people_ask_is_taken_off(text: str) -> None:
    assert terms(text) == ["bread", "oven"]


@pytest.mark.parametrize("text", ["cut the background", "make a selection", "the part number", "extract the layer"])
def test_a_request_word_that_is_the_matter_stays(text: str) -> None:
    assert len(terms(text)) == 2 or terms(text)[-1] in ("background", "select")


@pytest.mark.parametrize("text", ["", "   ", "the", "and what is it?", "🎉🎉", "?!", "show me", "…"])
def test_a_query_without_meaning_has_no_terms(text: str) -> None:
    assert terms(text) == []


def test_words_of_telling_weigh_less() -> None:
    weights = {term.text: term.weight for term in read_query("their discussion of budgets", ENGLISH).terms}
    assert weights["budget"] == 1
    assert 0 < weights["discuss"] < 1


def test_terms_are_distinct() -> None:
    assert terms("bake baking baked bread") == ["bake", "bread"]


def test_quoted_text_is_a_phrase_with_its_stop_words() -> None:
    query = read_query('where he says “to be or not” or "never"', ENGLISH)
    assert query.phrases == (("to", "be", "or", "not"), ("never",))


@pytest.mark.parametrize(
    ("text", "window", "left"),
    [
        ("ovens in the first 5 minutes", Window(Fraction(0), Fraction(300)), ["oven"]),
        ("the first ten minutes about ovens", Window(Fraction(0), Fraction(600)), ["oven"]),
        ("ovens in the last half hour", None, ["oven", "last", "half", "hour"]),
        ("ovens in the last 2 minutes", Window(Fraction(-120)), ["oven"]),
        ("ovens in the final minute", Window(Fraction(-60)), ["oven"]),
        ("ovens after 10:00", Window(Fraction(600)), ["oven"]),
        ("ovens before 1:02:03.5", Window(Fraction(0), Fraction("3723.5")), ["oven"]),
        ("ovens between 5:00 and 10:00", Window(Fraction(300), Fraction(600)), ["oven"]),
        ("from 5:00 to 10:00 ovens", Window(Fraction(300), Fraction(600)), ["oven"]),
        ("the first second of the big bang", None, ["first", "second", "big", "bang"]),
        ("after 99:99 ovens", None, ["99", "oven"]),
    ],
)
def test_limits_of_time_are_understood(text: str, window: Window | None, left: list[str]) -> None:
    assert read_query(text, ENGLISH).window == window
    assert terms(text) == left


@pytest.mark.parametrize(
    "text", ["summarize the budget", "Summarise it all", "the whole story of bread", "overview of ovens"]
)
def test_a_wish_for_the_whole_treatment_is_noticed(text: str) -> None:
    assert read_query(text, ENGLISH).is_broad


@pytest.mark.parametrize(
    "text",
    ["all mentions of bread", "every time she says bread", "show me every moment with bread", "each mention of it"],
)
def test_a_wish_for_every_place_is_noticed(text: str) -> None:
    assert read_query(text, ENGLISH).wants_all


@pytest.mark.parametrize("text", ["all about bread", "every baker's dream", "when does the bread rise?"])
def test_most_queries_want_the_best_places(text: str) -> None:
    query = read_query(text, ENGLISH)
    assert not query.wants_all
    assert not query.is_broad


def test_an_endless_query_is_cut() -> None:
    query = read_query(" ".join(f"word{n}" for n in range(100_000)) + '"' * 1000, ENGLISH)
    assert 10 < len(query.terms) <= 40


@pytest.mark.parametrize(
    "text", ["first 5 minutes", "of " * 5000, "every " * 5000, "show me " * 5000, '"' * 5000, "1:" * 5000]
)
def test_no_query_takes_long(text: str) -> None:
    assert len(read_query(text, ENGLISH).terms) <= 40
