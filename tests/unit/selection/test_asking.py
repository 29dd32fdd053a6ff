from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.selection.asking import read_asking
from fastclip_desktop.selection.frames import FRAMES
from fastclip_desktop.selection.time_limits import Window
from fastclip_desktop.selection.wishes import Wanted


def ending(matter: str, word: str) -> bool:
    """Whether no more than an article or a pronoun is left before the word."""
    return matter.rstrip("?").endswith(word) and len(matter.split()) <= 3


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("de", "zeig mir die Stelle, an der sie über Brot spricht", "Brot"),
        ("de", "der Teil über Brot", "Brot"),
        ("de", "wo geht es um Brot?", "Brot"),
        ("es", "muéstrame la parte donde habla de pan", "pan"),
        ("es", "la parte sobre el pan", "pan"),
        ("fr", "montre-moi le passage où elle parle du pain", "pain"),
        ("fr", "le moment où l’invité parle d’orge", "orge"),
        ("pt", "mostre-me a parte em que ela fala de pão", "pão"),
        ("it", "mostrami la parte in cui parla del pane", "pane"),
    ],
)
def test_how_people_ask_is_taken_off_in_other_languages(language: str, text: str, word: str) -> None:
    asked = read_asking(text.replace("\u2019", "'"), language)
    assert ending(asked.matter, word)
    assert asked.language == language


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "every time he mentions bread", "bread"),
        ("de", "alle Erwähnungen von Brot", "Brot"),
        ("de", "jedes Mal, wenn er Brot erwähnt", "Brot"),
        ("es", "todas las menciones de pan", "pan"),
        ("es", "cada vez que menciona el pan", "pan"),
        ("fr", "toutes les mentions du pain", "pain"),
        ("fr", "chaque fois qu'il parle de pain", "pain"),
        ("pt", "todas as menções de pão", "pão"),
        ("pt", "cada vez que ele menciona pão", "pão"),
        ("it", "tutte le menzioni del pane", "pane"),
        ("it", "ogni volta che parla del pane", "pane"),
    ],
)
def test_a_wish_for_every_place_is_noticed_in_each_language(language: str, text: str, word: str) -> None:
    asked = read_asking(text, language)
    assert asked.wants_all
    assert ending(asked.matter, word)


@pytest.mark.parametrize(
    ("language", "text", "start", "end"),
    [
        ("en", "in the first 5 minutes he talks about bread", 0, 300),
        ("en", "bread around 12:30", 690, 810),
        ("en", "bread around 0:10", 0, 70),
        ("en", "bread after minute 10", 600, None),
        ("en", "bread after the 10 minute mark", 600, None),
        ("en", "bread in the opening 90 seconds", 0, 90),
        ("de", "Brot in den ersten 5 Minuten", 0, 300),
        ("de", "die letzten zwei Minuten", -120, None),
        ("de", "Brot in der letzten halben Stunde", -1800, None),
        ("de", "Brot nach 10:00", 600, None),
        ("de", "Brot zwischen 5:00 und 10:00", 300, 600),
        ("es", "pan en los primeros 5 minutos", 0, 300),
        ("es", "pan después de 10:00", 600, None),
        ("fr", "le pain dans les cinq premières minutes", 0, 300),
        ("fr", "le pain dans les premières 5 minutes", 0, 300),
        ("fr", "le pain avant 10:00", 0, 600),
        ("pt", "pão nos primeiros 5 minutos", 0, 300),
        ("it", "il pane nei primi 5 minuti", 0, 300),
        ("it", "l'ultimo minuto", -60, None),
    ],
)
def test_limits_of_time_are_understood_in_each_language(language: str, text: str, start: int, end: int | None) -> None:
    asked = read_asking(text, language)
    assert asked.window == Window(Fraction(start), None if end is None else Fraction(end))
    assert not any(character.isdigit() for character in asked.matter)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "three clips of at most 30 seconds about bread", Wanted(3, None, Fraction(30))),
        ("en", "give me 5 clips about bread", Wanted(5)),
        ("en", "the 3 best moments about bread", Wanted(3)),
        ("en", "three 30-second clips about bread", Wanted(3, Fraction(30), Fraction(30))),
        ("en", "clips of bread, 20 seconds or less", Wanted(longest=Fraction(20))),
        ("en", "clips longer than 1 minute about bread", Wanted(shortest=Fraction(60))),
        ("en", "clips between 20 and 40 seconds about bread", Wanted(None, Fraction(20), Fraction(40))),
        ("en", "clips about bread, each between 40 and 20 seconds", Wanted(None, Fraction(20), Fraction(40))),
        ("en", "the second time he mentions bread", Wanted(mention=2)),
        ("en", "the last mention of bread", Wanted(mention=-1)),
        ("en", "the second time bread is mentioned", Wanted(mention=2)),
        ("de", "das dritte Mal, dass Brot erwähnt wird", Wanted(mention=3)),
        ("de", "drei Clips von höchstens 30 Sekunden über Brot", Wanted(3, None, Fraction(30))),
        ("de", "einen Clip über Brot", Wanted()),
        ("fr", "un clip sur le pain", Wanted()),
        ("en", "one clip of bread", Wanted(1)),
        ("de", "das zweite Mal, dass er Brot erwähnt", Wanted(mention=2)),
        ("es", "tres clips de máximo 30 segundos sobre pan", Wanted(3, None, Fraction(30))),
        ("es", "la segunda vez que menciona el pan", Wanted(mention=2)),
        ("fr", "trois clips de 30 secondes maximum sur le pain", Wanted(3, None, Fraction(30))),
        ("fr", "la deuxième fois qu'il parle du pain", Wanted(mention=2)),
        ("pt", "três clipes de no máximo 30 segundos sobre pão", Wanted(3, None, Fraction(30))),
        ("it", "tre clip di al massimo 30 secondi sul pane", Wanted(3, None, Fraction(30))),
        ("it", "l'ultima volta che parla del pane", Wanted(mention=-1)),
    ],
)
def test_how_many_clips_and_how_long_is_understood(language: str, text: str, wanted: Wanted) -> None:
    asked = read_asking(text, language)
    assert asked.wanted == wanted
    assert len(asked.matter.split()) <= 2


@pytest.mark.parametrize(
    "text",
    [
        "three parts of the system",
        "first time setup",
        "how long does it take, 30 seconds?",
        "the second world war",
        "10 minutes of kneading",
        "a clip of bread",
        "0 clips about bread",
        "one million clips sold",
    ],
)
def test_numbers_of_the_matter_are_no_wishes(text: str) -> None:
    asked = read_asking(text, "en")
    assert asked.wanted == Wanted()
    assert asked.window is None


def test_the_language_of_the_query_shows_by_how_it_asks() -> None:
    assert read_asking("muéstrame la parte donde habla de pan", "en").language == "es"
    assert read_asking("the part about bread", "fr").language == "en"
    assert read_asking("pan", "de").language == "de"
    assert read_asking("pan", "th").language == "en"


@pytest.mark.parametrize("language", sorted(FRAMES))
def test_what_is_excluded_is_the_rest(language: str) -> None:
    but_not = FRAMES[language].excluding.partition("|")[0]
    asked = read_asking(f"xylo, {but_not} yacht", language)
    assert (asked.matter, asked.excluded) == ("xylo", "yacht")
    assert read_asking(f"{but_not} yacht", language).excluded == ""


frame_words = sorted({word for frame in FRAMES.values() for word in frame.language.split()} | {"bread", ",", "30", "é"})
pieces = [
    alternative
    for frame in FRAMES.values()
    for field in (frame.request, frame.verb, frame.which, frame.piece, frame.within, frame.at_most, frame.each)
    for alternative in field.split("|")
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*pieces, *frame_words]), max_size=30), st.sampled_from(sorted(FRAMES)))
def test_any_mixture_of_asking_is_read(words: list[str], language: str) -> None:
    text = " ".join(" ".join(words).split())
    asked = read_asking(text, language)
    assert len(asked.matter) + len(asked.excluded) <= len(text)
