from __future__ import annotations

import pytest

from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.offers import Offer
from fastclip_desktop.sources.speech_offer import choose_for_speech

FILM = Offer(0, 360, picture=True, sound=True, audio_rate=96)
LARGE_FILM = Offer(9, 1080, picture=True, sound=True, audio_rate=96)
SILENT = Offer(1, 360, picture=True, sound=False)
PHONE = Offer(2, 0, picture=False, sound=True, audio_rate=12)
SMALL = Offer(3, 0, picture=False, sound=True, audio_rate=48)
LARGE = Offer(4, 0, picture=False, sound=True, audio_rate=160)
DUBBED = Offer(5, 0, picture=False, sound=True, audio_rate=40, language_rank=-10)
UNKNOWN = Offer(6, 0, picture=False, sound=True)


@pytest.mark.parametrize(
    ("offers", "wanted"),
    [
        ((FILM, SILENT, PHONE, SMALL, LARGE, DUBBED, UNKNOWN), SMALL),
        ((FILM, LARGE, UNKNOWN), LARGE),
        ((PHONE, UNKNOWN), PHONE),
        ((FILM, DUBBED), DUBBED),
        ((LARGE_FILM, SILENT, FILM), FILM),
        ((SILENT,), None),
        ((), None),
    ],
)
def test_the_smallest_good_sound_is_enough(offers: tuple[Offer, ...], wanted: Offer | None) -> None:
    choice = choose_for_speech(offers, OutputSpec())
    assert choice.picture is None
    assert choice.sound == wanted
