from __future__ import annotations

from fractions import Fraction

import pytest

from fastclip_desktop.domain.sound import SoundKind
from fastclip_desktop.selection.analysis import Analyzer
from fastclip_desktop.selection.asking import read_asking
from fastclip_desktop.selection.frames import FRAMES
from fastclip_desktop.selection.part_words import PART_WORDS
from fastclip_desktop.selection.parts import without_limits
from fastclip_desktop.selection.query import read_query
from fastclip_desktop.selection.select import MomentIndex
from fastclip_desktop.selection.sound_words import read_sounds
from fastclip_desktop.selection.time_limits import Window
from tests.unit.selection.talks import BICYCLE, BREAD, TELESCOPE, transcript_of


def share(start: str, end: str) -> Window:
    return Window(shares=(Fraction(start), Fraction(end)))


BEGINNING = Window(Fraction(0), Fraction(600), (Fraction(0), Fraction(1, 5)))
OPENING = Window(Fraction(0), Fraction(120), (Fraction(0), Fraction(1, 10)))
CLOSING = Window(Fraction(-120), None, (Fraction(9, 10), Fraction(1)))
END = Window(Fraction(-600), None, (Fraction(4, 5), Fraction(1)))


@pytest.mark.parametrize(
    ("query", "language", "window", "matter"),
    [
        ("pricing in the first half", "en", share("0", "1/2"), "pricing"),
        (
            "in the second half, what does she say about pricing?",
            "en",
            share("1/2", "1"),
            "pricing",
        ),
        ("pricing in the last third of the video", "en", share("2/3", "1"), "pricing"),
        ("pricing after the first two thirds", "en", share("2/3", "1"), "pricing"),
        ("pricing before the last third", "en", share("0", "2/3"), "pricing"),
        ("pricing in the second quarter of the talk", "en", share("1/4", "1/2"), "pricing"),
        ("pricing at the beginning", "en", BEGINNING, "pricing"),
        ("at the very start she mentions bread", "en", BEGINNING, "bread"),
        ("near the end of the talk, pricing", "en", END, "pricing"),
        ("pricing in the middle of the video", "en", share("1/3", "2/3"), "pricing"),
        ("show me the end of the talk", "en", CLOSING, ""),
        ("wrap-up of the meeting", "en", CLOSING, ""),
        ("the intro", "en", OPENING, ""),
        ("zeig mir die Begrüßung", "de", OPENING, ""),
        ("la conclusion", "fr", CLOSING, ""),
        ("the last third", "en", share("2/3", "1"), ""),
        ("pricing in the last ten minutes of the talk", "en", Window(Fraction(-600)), "pricing"),
        ("pricing after the first hour", "en", Window(Fraction(3600)), "pricing"),
        ("pricing before the last 10 minutes", "en", Window(Fraction(0), Fraction(-600)), "pricing"),
        ("pricing after 20 minutes", "en", Window(Fraction(1200)), "pricing"),
        ("Preise nach der ersten Stunde", "de", Window(Fraction(3600)), "preise"),
        ("nach den ersten zehn Minuten über Preise", "de", Window(Fraction(600)), "preise"),
        ("Preise in der ersten Hälfte", "de", share("0", "1/2"), "preise"),
        ("wo er am Anfang über Preise spricht", "de", BEGINNING, "preise"),
        ("Preise im letzten Drittel des Videos", "de", share("2/3", "1"), "preise"),
        ("Preise gegen Ende", "de", END, "preise"),
        ("zeig mir das Ende des Vortrags", "de", CLOSING, ""),
        ("precios en la primera mitad", "es", share("0", "1/2"), "precios"),
        ("precios al final del vídeo", "es", END, "precios"),
        ("les prix dans la deuxième moitié", "fr", share("1/2", "1"), "prix"),
        ("les prix au début", "fr", BEGINNING, "prix"),
        ("preços na primeira metade", "pt", share("0", "1/2"), "preços"),
        ("preços no final", "pt", END, "preços"),
        ("prezzi nella prima metà", "it", share("0", "1/2"), "prezzi"),
        ("prezzi verso la fine", "it", END, "prezzi"),
    ],
)
def test_a_part_of_the_recording_limits_a_query(query: str, language: str, window: Window, matter: str) -> None:
    parsed = read_query(query, Analyzer(language))
    assert parsed.window == window
    assert [word for word in parsed.words if word != "say"] == matter.split()


@pytest.mark.parametrize(
    "query",
    [
        "beginning",
        "end",
        "the room at the end of the corridor",
        "at the end of the day it is about money",
        "end-to-end tests",
        "half of our income",
        "revenue in the third quarter",
        "growth in the first half of the year",
        "the middle of nowhere",
        "stuck in the middle",
        "the beginning of the universe",
        '"in the first half"',
        "where he says \u201cafter the first hour\u201d",
        "the first hour of labour",
        "am Ende des Tages",
        "die Hälfte der Leute",
        "after 20 minutes in the oven",
        "introduction of a new tax",
        "her conclusion about prices",
    ],
)
def test_a_part_of_something_else_is_matter(query: str) -> None:
    asked = read_asking(query, "en" if "Ende" not in query and "Leute" not in query else "de")
    assert asked.window is None


def test_every_language_of_asking_names_parts() -> None:
    assert PART_WORDS.keys() == FRAMES.keys()


def test_a_window_is_what_its_seconds_and_its_shares_have_in_common() -> None:
    assert END.within(600) == (480, float("inf"))
    assert END.within(36_000) == (35_400, float("inf"))
    assert BEGINNING.within(600) == (0, 120)
    assert BEGINNING.within(36_000) == (0, 600)
    assert share("1/4", "1/2").within(100) == (25, 50)
    assert Window(Fraction(0), Fraction(-10)).within(100) == (0, 90)
    assert Window(Fraction(-600)).within(100) == (0, float("inf"))


def test_moments_lie_in_the_part_and_what_comes_closest_may_lie_outside() -> None:
    index = MomentIndex(transcript_of([*BREAD, *BICYCLE, *TELESCOPE, *BICYCLE[::-1], *BREAD]))
    early, late = (index.select(f"flour and dough in the {half} half", 5) for half in ("first", "second"))
    assert early
    assert late
    assert all(moment.span.end <= 65 for moment in early)
    assert all(moment.span.start >= 65 for moment in late)
    assert index.select("planets at the beginning", 5) == ()
    assert "planets" in index.select("planets at the beginning", 5, keeps_unsure=True)[0].excerpt


def test_a_sound_is_asked_for_without_the_part_it_is_in() -> None:
    assert without_limits("laughter near the end") == "laughter"
    wish = read_sounds("laughter in the first half")
    assert wish.kinds == {SoundKind.LAUGHTER}
    assert not wish.topic
    assert not wish.who


@pytest.mark.parametrize(
    "query", ["what do they say in the last 30 seconds?", "Was sagt er in den letzten 30 Sekunden?"]
)
def test_what_is_said_in_a_stretch_is_the_stretch(query: str) -> None:
    talk = transcript_of([*BREAD, *BICYCLE, *TELESCOPE])
    (moment,) = MomentIndex(talk).select(query, 5)
    assert moment.span.end == talk.segments[-1].span.end
    assert 20 < moment.span.duration <= 30
