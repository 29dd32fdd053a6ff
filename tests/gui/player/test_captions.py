"""Captions over the picture: what the window goes by, or a track of the source in another language."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.languages import language_name
from fastclip_desktop.gui.player.captions import Captions
from fastclip_desktop.gui.timeline.contents import SpokenWord
from tests.gui.fake_engine import FakeEngine

KNOWN = (SpokenWord(1.0, 2.0, "So what it costs"), SpokenWord(5.0, 6.0, "is the room."))


def talk(*languages: str) -> MediaFile:
    tracks = tuple(
        CaptionTrack(each, CaptionKind.EMBEDDED, "mov_text", str(place)) for place, each in enumerate(languages)
    )
    return MediaFile("talk.mp4", "A talk", Path("talk.mp4"), duration=Fraction(90), captions=tracks)


@pytest.fixture
def captions(bridge: EngineBridge) -> Captions:
    return Captions(bridge, lambda: KNOWN)


def said(captions: Captions, *instants: str) -> list[str]:
    return [captions.at(Fraction(instant)) for instant in instants]


def test_they_stay_a_moment_after_they_were_said(captions: Captions) -> None:
    captions.open(talk())
    captions.toggle()
    assert said(captions, "0.9", "1", "3.4", "3.6", "5.5") == [
        "",
        "So what it costs",
        "So what it costs",
        "",
        "is the room.",
    ]
    captions.toggle()
    assert said(captions, "1") == [""]


def test_a_source_in_several_languages_offers_each(captions: Captions) -> None:
    captions.open(talk("en"))
    assert [offer.language for offer in captions.offers] == [""]
    captions.open(talk("en", "de", "en"))
    assert [offer.name for offer in captions.offers] == ["What is said", "English", "Deutsch"]


def test_a_track_is_read_when_it_is_chosen(
    captions: Captions, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    german = Transcript(
        (Segment("Was es kostet", TimeRange(Fraction(1), Fraction(2))),), "de", TranscriptOrigin.EMBEDDED
    )
    asked: list[str] = []

    def transcript(_: str, language: str = "", **__: object) -> tuple[MediaFile, Transcript]:
        asked.append(language)
        return talk(), german

    monkeypatch.setattr(engine, "transcript", transcript)
    captions.open(talk("en", "de"))
    with qtbot.waitSignals([captions.changed, captions.changed]):
        captions.choose(captions.offers[2])
    assert said(captions, "1.5") == ["Was es kostet"]
    captions.choose(None)
    captions.toggle()
    assert said(captions, "1.5") == ["Was es kostet"]
    assert asked == ["de"]


def test_a_track_that_cannot_be_read_is_shown_no_more(
    captions: Captions, engine: FakeEngine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InputError(ErrorCode.NO_TRANSCRIPT, "There is nothing in it.")

    monkeypatch.setattr(engine, "transcript", fail)
    captions.open(talk("en", "de"))
    with qtbot.waitSignal(captions.failed):
        captions.choose(captions.offers[2])
    assert captions.chosen is None


def test_what_is_shown_stays_shown_with_the_next_source_where_it_has_the_same(captions: Captions) -> None:
    captions.open(talk())
    captions.toggle()
    captions.open(talk("en"))
    assert captions.chosen is not None
    captions.open(None)
    assert captions.offers == ()


def test_languages_are_called_as_those_who_speak_them_do() -> None:
    assert [language_name(tag) for tag in ("de", "deu", "en-GB", "x-none", "")] == [
        "Deutsch",
        "Deutsch",
        "British English",
        "x-none",
        "",
    ]
