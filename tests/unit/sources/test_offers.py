from __future__ import annotations

import pytest

from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.sources.offers import Choice, Offer, choose

MP4 = OutputFormat.MP4


def video(side: int, codec: str = "avc1.64001f", number: int = 0) -> Offer:
    return Offer(number, side, picture=True, sound=False, video_codec=codec)


def sound(codec: str = "mp4a.40.2", rate: float = 128, number: int = 0, language_rank: int = -1) -> Offer:
    return Offer(number, 0, picture=False, sound=True, audio_codec=codec, audio_rate=rate, language_rank=language_rank)


def both(side: int, codec: str = "avc1.42001E", number: int = 0) -> Offer:
    return Offer(number, side, picture=True, sound=True, video_codec=codec, audio_codec="mp4a.40.2")


@pytest.mark.parametrize(
    ("max_height", "side"), [(None, 2160), (1080, 1080), (1079, 720), (720, 720), (360, 360), (100, 360)]
)
def test_the_tallest_within_the_limit_or_else_the_smallest(max_height: int | None, side: int) -> None:
    offers = [video(360), video(720), video(1080), video(2160, "vp9"), sound()]
    choice = choose(offers, OutputSpec(MP4, max_height))
    assert choice.picture is not None
    assert choice.picture.side == side
    assert choice.sound == sound()


def test_h264_wins_at_equal_height_whatever_the_site_prefers() -> None:
    offers = [video(720, number=0), video(720, "vp9", number=1), video(720, "av01.0.05M.08", number=2), sound()]
    assert choose(offers, OutputSpec(MP4)).picture == offers[0]


def test_height_counts_more_than_the_codec() -> None:
    offers = [video(720), video(1440, "vp9"), sound()]
    assert choose(offers, OutputSpec(MP4)).picture == offers[1]


def test_one_file_wins_over_two_that_are_no_better() -> None:
    whole = both(720, number=0)
    assert choose([whole, video(720, number=1), sound()], OutputSpec(MP4)) == Choice(whole, whole)


def test_two_files_win_over_one_that_is_smaller() -> None:
    offers = [both(360), video(720), sound()]
    assert choose(offers, OutputSpec(MP4)) == Choice(offers[1], offers[2])


def test_two_files_with_h264_win_over_one_that_needs_an_encode() -> None:
    offers = [both(360, "vp8", number=5), video(360, number=1), sound()]
    assert choose(offers, OutputSpec(MP4)) == Choice(offers[1], offers[2])


def test_a_gif_takes_the_picture_alone() -> None:
    offers = [both(480, number=7), video(480, number=1), sound()]
    assert choose(offers, OutputSpec(OutputFormat.GIF, 480)) == Choice(offers[1], None)


def test_an_mp3_takes_the_sound_alone() -> None:
    offers = [both(480), video(720), sound()]
    assert choose(offers, OutputSpec(OutputFormat.MP3)) == Choice(None, offers[2])


def test_sound_comes_from_the_smallest_download_where_none_is_alone() -> None:
    offers = [both(720, number=1), both(360, number=0), video(1080)]
    assert choose(offers, OutputSpec(OutputFormat.MP3)).sound == offers[1]
    assert choose(offers, OutputSpec(MP4)) == Choice(offers[2], offers[1])


def test_good_aac_wins_over_the_newer_codec() -> None:
    offers = [sound(rate=128, number=0), sound("opus", 160, number=1)]
    assert choose(offers, OutputSpec(OutputFormat.MP3)).sound == offers[0]


def test_thin_aac_does_not_win() -> None:
    offers = [sound(rate=48, number=0), sound("opus", 160, number=1)]
    assert choose(offers, OutputSpec(OutputFormat.MP3)).sound == offers[1]


def test_the_original_language_wins_over_the_codec() -> None:
    offers = [sound(number=5, language_rank=-1), sound("opus", number=1, language_rank=10)]
    assert choose(offers, OutputSpec(OutputFormat.MP3)).sound == offers[1]


def test_the_best_of_the_good_aac_is_taken() -> None:
    offers = [sound(rate=96, number=0), sound(rate=128, number=1), sound("opus", 140, number=2)]
    assert choose(offers, OutputSpec(OutputFormat.MP3)).sound == offers[1]


def test_an_offer_of_unknown_size_counts_only_where_no_size_is_known() -> None:
    unknown = Offer(9, 0, picture=True, sound=True)
    assert choose([unknown, both(360)], OutputSpec(MP4)).picture == both(360)
    assert choose([Offer(1, 0, picture=True, sound=True), unknown], OutputSpec(MP4)) == Choice(unknown, unknown)


def test_what_is_not_there_is_not_chosen() -> None:
    assert choose([sound()], OutputSpec(OutputFormat.GIF)) == Choice(None, None)
    assert choose([video(360)], OutputSpec(OutputFormat.MP3)) == Choice(None, None)
    assert choose([video(360)], OutputSpec(MP4)) == Choice(video(360), None)
    assert choose([], OutputSpec(MP4)) == Choice(None, None)
