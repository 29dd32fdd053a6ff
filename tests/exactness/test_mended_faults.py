"""Cuts that once were wrong, each reduced to its smallest case."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.timecode import TimeRange
from tests.exactness.expectation import SourceRead
from tests.exactness.verdict import cut, faults_of
from tests.media_factory import AudioSpec, VideoSpec, make_media

_SIZE = (128, 96)


@pytest.mark.parametrize("codec", ["libx264", "mpeg4"])
def test_a_pause_before_reordered_last_frames_is_kept(codec: str, tmp_path: Path) -> None:
    times = (*(Fraction(n, 30) for n in range(40)), Fraction(54, 30), Fraction(55, 30))
    path = make_media(tmp_path / "a.mp4", VideoSpec(codec, pts=times, gop=10, size=_SIZE))
    span = TimeRange(Fraction(1, 3), Fraction(2))
    clip = cut(path, span, tmp_path / "clip.mp4")
    assert faults_of(SourceRead.read(path, Fraction(1, 30)), span, clip) == []


def test_a_picture_that_begins_just_after_the_clip_begins_there(tmp_path: Path) -> None:
    times = (Fraction(0), *(Fraction(1, 60) + Fraction(n, 15) for n in range(20)))
    path = make_media(tmp_path / "a.mp4", VideoSpec(pts=times, start=Fraction(1, 50), size=_SIZE), (AudioSpec(),))
    span = TimeRange(Fraction(0), Fraction(1))
    clip = cut(path, span, tmp_path / "clip.mp4")
    assert faults_of(SourceRead.read(path, Fraction(1, 30)), span, clip) == []


def test_a_full_encode_keeps_every_sound_track_or_says_that_it_does_not(tmp_path: Path) -> None:
    video = VideoSpec(codec="mpeg4", frames=60, size=_SIZE)
    path = make_media(tmp_path / "a.mp4", video, (AudioSpec(), AudioSpec(voice=1)))
    clip = cut(path, TimeRange(Fraction(1, 2), Fraction(3, 2)), tmp_path / "clip.mp4")
    with av.open(str(clip.path)) as container:
        tracks = len(container.streams.audio)
    assert tracks == 2 or any("track" in note for note in clip.receipt.notes)


def test_a_range_that_begins_before_there_is_anything_is_cut(tmp_path: Path) -> None:
    video = VideoSpec(codec="mpeg4", frames=30, start=Fraction(2), size=_SIZE)
    path = make_media(tmp_path / "a.mkv", video, (AudioSpec(duration=Fraction(1)),))
    span = TimeRange(Fraction(3, 2), Fraction(5, 2))
    clip = cut(path, span, tmp_path / "clip.mp4")
    assert faults_of(SourceRead.read(path, Fraction(1, 30)), span, clip) == []


def test_sound_tracks_keep_their_order_whether_passed_or_encoded(tmp_path: Path) -> None:
    sounds = (AudioSpec(codec="pcm_s16le"), AudioSpec(codec="libmp3lame", voice=1))
    path = make_media(tmp_path / "a.mkv", VideoSpec(frames=60, size=_SIZE), sounds)
    span = TimeRange(Fraction(1), Fraction(2))
    clip = cut(path, span, tmp_path / "clip.mp4")
    assert clip.receipt.method != "reencoded"
    assert faults_of(SourceRead.read(path, Fraction(1, 30)), span, clip) == []
    with av.open(str(clip.path)) as container:
        assert [stream.codec_context.name for stream in container.streams.audio] == ["aac", "mp3float"]
