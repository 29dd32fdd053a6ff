from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from fastclip_desktop.speech.hallucination import Doubt, believable, doubts, find_loop, without_loops
from fastclip_desktop.speech.heard import Heard, HeardWord
from fastclip_desktop.speech.speech_windows import RATE, Stretch, Window
from fastclip_desktop.speech.word_times import place_words

TALK = "so we went down to the river and nobody there had seen the boat since Tuesday morning"


def spoken(text: str, start: float = 0.5, each: float = 0.3, probability: float = 0.9) -> tuple[HeardWord, ...]:
    return tuple(
        HeardWord(f" {word}", start + number * each, start + (number + 1) * each, probability)
        for number, word in enumerate(text.split())
    )


def window(*voiced: tuple[float, float]) -> Window:
    stretches = tuple(Stretch(round(start * RATE), round(end * RATE)) for start, end in voiced)
    return Window((Stretch(0, 29 * RATE),), stretches, np.zeros(29 * RATE, np.float32))


def doubted(heard: Heard, around: Window) -> frozenset[Doubt]:
    return doubts(heard, place_words(heard.words, around), around)


def believed(heard: Heard, around: Window) -> str:
    return "".join(word.text for word in believable(place_words(heard.words, around), heard)).strip()


def test_plain_talk_is_not_doubted() -> None:
    heard = Heard(spoken(TALK), -0.3, 0.01)
    assert doubted(heard, window((0.4, 6))) == frozenset()
    assert believed(heard, window((0.4, 6))) == TALK


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("no no no", None),
        ("very very very very very good", None),
        ("ha ha ha ha ha ha", (0, 1, 6)),
        ("I see. I see. I see. I see.", (0, 2, 4)),
        ("well and then we went and then we went and then we went home", (1, 4, 3)),
        (TALK, None),
        ("", None),
    ],
)
def test_a_loop_is_a_phrase_said_too_often_in_a_row(text: str, loop: tuple[int, int, int] | None) -> None:
    assert find_loop(text.split()) == loop


def test_loops_without_spaces_between_words_are_found() -> None:
    assert find_loop(list("\u3042\u306e\u3042\u306e\u3042\u306e\u3042\u306e")) == (0, 2, 4)


def test_a_loop_is_doubted_and_said_once() -> None:
    heard = Heard(spoken("first " + "and then we went on " * 12, each=0.1))
    around = window((0.4, 8))
    assert Doubt.LOOP in doubted(heard, around)
    assert believed(heard, around) == "first and then we went on"


def test_a_word_said_again_and_again_stays_a_few_times() -> None:
    words = place_words(spoken("no " * 20 + "never", each=0.2), window((0.4, 6)))
    assert "".join(word.text for word in without_loops(words)) == " no no no never"


def test_a_model_that_is_unsure_is_doubted() -> None:
    assert doubted(Heard(spoken(TALK), -1.2), window((0.4, 6))) == {Doubt.UNSURE}


def test_more_than_anybody_says_is_doubted() -> None:
    words = spoken(TALK + " " + TALK.upper()[::-1], each=0.05)
    assert Doubt.TOO_FAST in doubted(Heard(words), window((0.4, 2.2)))


@pytest.mark.parametrize(
    ("voiced", "found"),
    [
        (((0.4, 6),), False),
        (((0.4, 12),), True),
        (((0.4, 6), (10, 12)), False),
        (((0.4, 6), (10, 16)), True),
    ],
)
def test_speech_without_words_is_doubted(voiced: tuple[tuple[float, float], ...], found: bool) -> None:
    assert (Doubt.GAP in doubted(Heard(spoken(TALK)), window(*voiced))) is found


def test_speech_before_the_first_word_is_doubted() -> None:
    assert Doubt.GAP in doubted(Heard(spoken(TALK, start=8)), window((0.4, 14)))


def test_no_word_at_all_is_doubted_if_there_is_speech_enough() -> None:
    assert doubted(Heard(()), window((0.4, 3))) == {Doubt.GAP}
    assert doubted(Heard(()), window((0.4, 0.9))) == frozenset()


def test_what_the_model_takes_for_silence_is_dropped() -> None:
    heard = Heard(spoken(TALK), -1.5, 0.9)
    assert believed(heard, window((0.4, 6))) == ""
    assert Doubt.GAP not in doubted(Heard((), -1.5, 0.9), window((0.4, 6)))


def test_a_sentence_without_speech_below_it_is_dropped() -> None:
    heard = Heard((*spoken(f"{TALK}."), *spoken("Quite another thing.", start=20)))
    assert believed(heard, window((0.4, 6))) == f"{TALK}."


@pytest.mark.parametrize(
    ("words", "no_speech", "kept"),
    [
        (spoken("Thanks for watching!", probability=0.3), 0.8, False),
        (spoken("Thanks for watching!", probability=0.9), 0.8, True),
        (spoken("Thanks for watching!", probability=0.3), 0.1, True),
        (spoken("Untertitel der Amara.org-Community", probability=0.2), 0.9, False),
        (spoken("Thanks for nothing!", probability=0.3), 0.8, True),
    ],
)
def test_stock_phrases_are_dropped_only_where_nobody_speaks(
    words: Sequence[HeardWord], no_speech: float, kept: bool
) -> None:
    assert bool(believed(Heard(tuple(words), -0.5, no_speech), window((0.4, 3)))) is kept


def test_compression_is_that_of_whisper() -> None:
    assert Heard(spoken(TALK)).compression < 1.2
    assert Heard(spoken("and then we went on " * 20)).compression > 2.4
    assert Heard(()).compression == 0
