from __future__ import annotations

import pytest

from fastclip_desktop.domain.sound import SoundKind
from fastclip_desktop.selection.sound_words import read_sounds, sound_named, sounds_asked_for

LAUGHTER, APPLAUSE, MUSIC, SILENCE, LOUD = SoundKind


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("when the host laughs", LAUGHTER),
        ("find every laugh", LAUGHTER),
        ("where they crack up", LAUGHTER),
        ("Funny moments!", LAUGHTER),
        ("applause", APPLAUSE),
        ("every time the crowd cheers", APPLAUSE),
        ("standing ovation", APPLAUSE),
        ("the song", MUSIC),
        ("show me the part where she sings", MUSIC),
        ("background music", MUSIC),
        ("long silence", SILENCE),
        ("an awkward pause", SILENCE),
        ("where nobody talks", SILENCE),
        ("when somebody screams", LOUD),
        ("the loudest moments", LOUD),
        ("wenn das Publikum lacht", LAUGHTER),
        ("das Lied", MUSIC),
        ("cuando el público se ríe", LAUGHTER),
        ("aplausos", APPLAUSE),
        ("quand le public rit", LAUGHTER),
        ("applaudissements", APPLAUSE),
        ("quando o público ri", LAUGHTER),
        ("quando il pubblico ride", LAUGHTER),
        ("когда все смеются", LAUGHTER),
        ("аплодисменты", APPLAUSE),
        ("där publiken skrattar", LAUGHTER),
        ("seyirciler gülüyor", LAUGHTER),
        ("観客が笑うところ", LAUGHTER),
        ("掌声", APPLAUSE),
        ("노래하는 부분", MUSIC),
    ],
)
def test_a_word_for_a_sound_asks_for_it(query: str, kind: SoundKind) -> None:
    assert sounds_asked_for(query) == {kind}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "🎉",
        "the budget",
        "where they talk about laughter",
        "what is the song about",
        "how do I add music?",
        "music theory",
        "laughing gas",
        "the silence of the lambs",
        "she explains how applause works",
        "noise reduction",
        "音楽について話す",
        "关于音乐的讨论",
    ],
)
def test_what_is_spoken_about_is_no_sound(query: str) -> None:
    assert sounds_asked_for(query) == frozenset()


def test_several_sounds_may_be_asked_for() -> None:
    assert sounds_asked_for("laughter or applause") == {LAUGHTER, APPLAUSE}


@pytest.mark.parametrize(
    ("query", "topic", "who"),
    [
        ("when the audience laughs about the budget", "the budget", ""),
        ("the part where Anna laughs at the dog", "the dog", "anna"),
        ("standing ovation after the speech", "the speech", ""),
        ("la canción sobre la lluvia", "la lluvia", ""),
        ("wenn er über das Budget lacht", "das budget", ""),
        ("clip the applause in the first 5 minutes", "", ""),
        ("when everyone laughs", "", ""),
    ],
)
def test_what_is_spoken_of_nearby_is_told_apart(query: str, topic: str, who: str) -> None:
    wish = read_sounds(query)
    assert (wish.topic, wish.who) == (topic, who)


def test_a_caption_names_a_sound() -> None:
    assert sound_named("Audience laughs") is LAUGHTER
    assert sound_named("upbeat music") is MUSIC
    assert sound_named("Dr. Smith") is None
