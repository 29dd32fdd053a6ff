"""Which children carry out what, and what they may."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.preview_stages import MakeWaveform, PrepareStill, ReadFacts, ShowStill
from fastclip_desktop.domain.stand_in import MakeStandIns
from fastclip_desktop.runners.kinds import STILLS, confinement_of, kind_of, tick_of
from fastclip_desktop.runners.processes import Limits

TALK = Path("talk.mp4")


def test_a_picture_is_prepared_where_it_will_be_shown() -> None:
    assert kind_of(ShowStill(TALK, Fraction(1))) is STILLS
    assert kind_of(PrepareStill(TALK, Fraction(1))) is STILLS
    assert kind_of(ReadFacts(TALK)) is STILLS


def test_a_picture_that_a_hand_waits_for_goes_before_what_is_read_in_the_background() -> None:
    reading = kind_of(MakeWaveform(TALK))
    assert confinement_of(STILLS, Limits()).niceness < confinement_of(reading, Limits()).niceness


def test_what_nobody_asked_for_computes_last_and_keeps_nobody_from_looking() -> None:
    copying = kind_of(MakeStandIns(TALK, 0, 9))
    assert copying not in (STILLS, kind_of(MakeWaveform(TALK)))
    assert confinement_of(copying, Limits()).niceness == 19
    assert not copying.network


def test_who_keeps_a_hand_waiting_is_looked_at_more_often() -> None:
    copying, reading = kind_of(MakeStandIns(TALK, 0, 9)), kind_of(MakeWaveform(TALK))
    assert tick_of(STILLS) < tick_of(copying) < tick_of(reading)
