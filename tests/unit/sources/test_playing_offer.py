from __future__ import annotations

import pytest

from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.sources.offers import Offer
from fastclip_desktop.sources.playing_offer import choose_for_playing

SMALL = Offer(0, 360, picture=True, sound=True, video_codec="avc1")
FIT = Offer(1, 1080, picture=True, sound=True, video_codec="avc1")
NEW = Offer(2, 1080, picture=True, sound=True, video_codec="av01")
TALL = Offer(3, 2160, picture=True, sound=True, video_codec="avc1")
SILENT = Offer(4, 2160, picture=True, sound=False, video_codec="avc1")
PODCAST = Offer(5, 0, picture=False, sound=True)
PIECES = Offer(6, 1080, picture=True, sound=True, video_codec="avc1", in_pieces=True)


@pytest.mark.parametrize(
    ("offers", "wanted"),
    [
        ((SMALL, FIT), FIT),  # what a clip is cut from
        ((SMALL, FIT, TALL), FIT),
        ((SMALL, TALL), SMALL),
        ((TALL,), TALL),
        ((SMALL, SILENT, PODCAST), SMALL),  # as large sites have it
        ((NEW, FIT), FIT),
        ((NEW,), NEW),
        ((SMALL, PIECES), SMALL),
    ],
)
def test_one_file_that_fits_the_window_is_played(offers: tuple[Offer, ...], wanted: Offer) -> None:
    choice = choose_for_playing(offers, OutputSpec())
    assert (choice.picture, choice.sound) == (wanted, wanted)


def test_what_there_is_only_one_of_is_played_alone() -> None:
    assert choose_for_playing((PODCAST,), OutputSpec()).sound is PODCAST
    silent = choose_for_playing((SILENT,), OutputSpec())
    assert (silent.picture, silent.sound) == (SILENT, None)


def test_without_a_single_file_it_is_what_a_clip_would_be_cut_from() -> None:
    choice = choose_for_playing((SILENT, PODCAST), OutputSpec())
    assert (choice.picture, choice.sound) == (SILENT, PODCAST)
    assert choose_for_playing((PIECES,), OutputSpec()).picture is PIECES
