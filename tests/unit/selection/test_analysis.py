# ruff: noqa: RUF001 - other alphabets are what this is about

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.selection.analysis import Analyzer, words_of
from fastclip_desktop.selection.stop_words import STOP_WORDS, guess_language


def terms(language: str, text: str) -> list[str]:
    analyzer = Analyzer(language)
    return [term for word in analyzer.words(text) for term in analyzer.terms_of_word(word)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's 5 o\u2019clock, isn't it?", ["it's", "5", "o'clock", "isn't", "it"]),
        ("STRASSE und Straße", ["strasse", "und", "strasse"]),
        ("\ufb01ne \uff21\uff22", ["fine", "ab"]),
        ("हिन्दी में बात", ["हिन्दी", "में", "बात"]),
        ("C3PO_x 12.5", ["c3po", "x", "12", "5"]),
        ("🎉 — !", []),
        ("我爱 Python 语言", ["我爱", "python", "语言"]),
    ],
)
def test_words_are_case_folded_runs_of_letters(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "running cats", "runs cat"),
        ("en-GB", "baked", "baking"),
        ("de", "Häuser", "Haus"),
        ("fr", "l'école", "écoles"),
        ("ru", "планеты", "планет"),
        ("es", "canciones", "canción"),
        ("", "Café", "cafe"),
    ],
)
def test_forms_of_a_word_share_a_term(language: str, one: str, other: str) -> None:
    assert terms(language, other)[-1] in terms(language, one) or terms(language, one)[-1] in terms(language, other)


def test_an_unknown_language_keeps_words_as_they_are() -> None:
    assert terms("xx", "running cats") == ["running", "cats"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東京都", ["東京", "京都"]),
        ("猫", ["猫"]),
        ("สวัสดี", ["สว", "วั", "ัส", "สด", "ดี"]),
        ("東京 cafe", ["東京", "cafe"]),
    ],
)
def test_unparted_scripts_give_pairs_of_characters(text: str, expected: list[str]) -> None:
    assert terms("", text) == expected


def test_romance_elisions_are_parted() -> None:
    assert Analyzer("fr").words("l'été d'hier") == ["l", "été", "d", "hier"]
    assert Analyzer("en").words("don't") == ["don't"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "and this is what we are going to do with the rest of it"),
        ("de", "und das ist was wir mit dem rest machen werden wenn er nicht zu gross ist"),
        ("fr", "et ce que nous allons faire avec le reste est dans la boîte que vous avez"),
        ("es", "y esto es lo que vamos a hacer con el resto de los días que nos quedan"),
        ("nl", "en dit is wat we met de rest van het geld gaan doen als het niet op is"),
        ("ru", "и это то что мы будем делать с тем что у нас есть на столе"),
    ],
)
def test_stop_words_give_the_language_away(language: str, text: str) -> None:
    assert guess_language(words_of(text)) == language
    assert Analyzer.for_text("", [text]).language == language
    assert Analyzer.for_text("und", [text]).language == language


def test_no_language_is_guessed_from_little() -> None:
    assert guess_language([]) == ""
    assert guess_language(words_of("Jupiter Saturn Mars Venus Mercury Neptune")) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("東京は今日も雨です", "ja"),
        ("我们今天讨论预算", "zh"),
        ("오늘은 날씨가 좋습니다", "ko"),
        ("วันนี้อากาศดี", "th"),
        ("שלום לכולם", "he"),
        ("Γεια σας", "el"),
        ("გამარჯობა", "ka"),
        ("आज हम और आप यह काम कर रहे हैं", "hi"),
        ("ما این را در ایران با شما می‌سازیم", "fa"),
        ("هذا هو الكتاب الذي كان على الطاولة", "ar"),
        ("це не те що ми з вами бачили на столі", "uk"),
        ("това не е това което ние сме видели на масата", "bg"),
        ("to nije ono što smo vidjeli na stolu kada je bio tu", "hr"),
        ("see ei ole see mida me ka laual oli", "et"),
        ("aquest és el llibre que hi ha amb els altres", "ca"),
    ],
)
def test_script_and_small_words_give_other_languages_away(text: str, language: str) -> None:
    assert guess_language(words_of(text)) == language


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("tr", "IŞIK", "ışık"),
        ("tr", "İSTANBUL", "istanbul"),
        ("tr", "ışık", "isik"),
        ("ko", "날씨가", "날씨는"),
        ("ko", "학교에서", "학교"),
        ("he", "הבית", "בית"),
        ("he", "והכלבים", "כלב"),
        ("he", "שָׁלוֹם", "שלום"),
        ("ar", "والكِتَابُ", "كتاب"),
        ("uk", "планети", "планета"),
        ("bg", "планетите", "планета"),
        ("sk", "knihami", "kniha"),
        ("hr", "knjige", "knjiga"),
        ("da", "smørrebrød", "smorrebrod"),
        ("pl", "łódka", "lodka"),
        ("de", "Mueller", "Müller"),
        ("fr", "cœur", "coeur"),
    ],
)
def test_forms_that_no_stemmer_knows_share_a_term(language: str, one: str, other: str) -> None:
    assert terms(language, one) == terms(language, other)


def test_the_stated_language_is_believed() -> None:
    assert Analyzer.for_text("nb-NO", ["and this is what we are"]).language == "nb"
    assert Analyzer("nb").is_stop_word("ikke")


def test_stop_words_are_case_folded_words() -> None:
    for language, words in STOP_WORDS.items():
        assert words, language
        assert all(word == word.casefold() for word in words), language


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30), st.sampled_from(["en", "ar", "he", "ko", "uk", "tr", "hy", "th", "de", ""]))
def test_every_word_has_a_term(text: str, language: str) -> None:
    analyzer = Analyzer(language)
    for word in analyzer.words(text):
        assert analyzer.terms_of_word(word)
        assert all(analyzer.terms_of_word(word))
