"""Key frames lie where decoding can begin, on the clock that everything else goes by."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview_stages import FindKeyFrames
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.media.key_frames import find_key_frames
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec


def keys(path: Path) -> tuple[Fraction, ...]:
    runs: list[tuple[Fraction, ...]] = []
    found = find_key_frames(path, runs.append, Reporter())
    assert tuple(key for run in runs for key in run) == found
    return found


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("h264.mp4", VideoSpec(frames=90, gop=30)),
        ("reordered.mp4", VideoSpec(frames=90, gop=30, bframes=3)),
        ("h265.mp4", VideoSpec("libx265", frames=90, gop=30)),
        ("h264.mkv", VideoSpec(frames=90, gop=30, bframes=3)),
        ("mpeg2.ts", VideoSpec("mpeg2video", frames=90, gop=30, bframes=0)),
    ],
)
def test_key_frames_are_found_where_they_are_shown(made_media: MediaMaker, name: str, picture: VideoSpec) -> None:
    found = keys(made_media(name, picture))
    assert [round(key * 1000) for key in found] == [0, 1000, 2000]


def test_many_come_in_runs(made_media: MediaMaker) -> None:
    runs: list[tuple[Fraction, ...]] = []
    find_key_frames(made_media("intra.mp4", VideoSpec(frames=150, gop=1)), runs.append, Reporter())
    assert [len(run) for run in runs] == [64, 64, 22]


def test_those_before_the_first_picture_that_is_presented_are_left_out(made_media: MediaMaker) -> None:
    early = made_media("early.mp4", VideoSpec(frames=60, gop=20, start=Fraction(-1, 5)))
    assert keys(early) == (Fraction(14, 30), Fraction(34, 30))


def test_what_has_no_picture_says_so(made_media: MediaMaker) -> None:
    with pytest.raises(InputError) as refused:
        keys(made_media("sound.m4a", None, (AudioSpec(),)))
    assert refused.value.code is ErrorCode.NO_VIDEO


def test_a_set_token_stops_it(made_media: MediaMaker) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(FindKeyFrames(made_media("h264.mp4", VideoSpec(frames=90, gop=30))), Reporter(cancel=token))


def test_a_file_in_fragments_has_them_where_they_are_shown_too(made_media: MediaMaker) -> None:
    options = {"movflags": "+frag_keyframe+empty_moov+default_base_moof"}
    found = keys(made_media("fragments.mp4", VideoSpec(frames=90, gop=30, bframes=3), options=options))
    assert [round(key * 1000) for key in found] == [0, 1000, 2000]
