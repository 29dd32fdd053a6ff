from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.media.piece_times import held_by, shows_beginning
from fastclip_desktop.media.probe import probe
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

RATE = Fraction(10)


@pytest.mark.parametrize("name", ["talk.ts", "talk.mp4"])
def test_each_track_is_held_by_its_own_packets(made_media: MediaMaker, name: str) -> None:
    sound = AudioSpec(duration=Fraction(2), start=Fraction(1, 2))
    path = made_media(name, VideoSpec(frames=40, size=(160, 90), rate=RATE), (sound,))
    held, info = held_by(path), probe(path)
    assert held.picture_end is not None
    assert held.sound is not None
    assert info.picture is not None
    assert info.picture.start is not None
    assert held.picture_end == info.picture.start + 4
    assert abs(held.sound.start - info.picture.start - Fraction(1, 2)) < Fraction(
        1, 4
    )  # the codec's delay, the muxer's
    assert abs(held.sound.end - held.sound.start - 2) < Fraction(1, 20)
    assert abs(held.sound.packet - Fraction(1024, 48_000)) < Fraction(1, 10_000)


def test_a_track_that_is_not_there_is_not_held(made_media: MediaMaker) -> None:
    silent = held_by(made_media("silent.ts", VideoSpec(frames=10, size=(160, 90))))
    dark = held_by(made_media("dark.ts", None, (AudioSpec(duration=Fraction(1)),)))
    assert silent.sound is None
    assert dark.picture_end is None
    assert dark.sound is not None


@pytest.fixture
def talk(made_media: MediaMaker) -> bytes:
    path = made_media("talk.ts", VideoSpec(frames=40, size=(320, 180), rate=RATE, gop=20), (AudioSpec(),))
    return bytes(path.read_bytes())


def test_bytes_that_show_the_beginning_show_the_one_of_the_whole(talk: bytes, tmp_path: Path) -> None:
    (whole := tmp_path / "whole.ts").write_bytes(talk)
    front = tmp_path / "front.ts"
    shown = []
    for packets in range(1, 200):
        front.write_bytes(talk[: packets * 188])
        if shows_beginning(front):
            shown.append(packets)
            assert probe(front).origin == probe(whole).origin
    assert shown
    assert shown[0] > 10
    assert shown == list(range(shown[0], 200))


def test_pictures_that_come_before_the_key_frame_want_a_decoder(made_media: MediaMaker, tmp_path: Path) -> None:
    spec = VideoSpec("mpeg2video", frames=60, size=(160, 90), rate=Fraction(25), gop=15, open_gop=True)
    data = made_media("open.ts", spec).read_bytes()
    (path := tmp_path / "late.ts").write_bytes(data)
    assert shows_beginning(path)
    path.write_bytes(data[len(data) // 10 :])
    assert not shows_beginning(path)


def test_bytes_without_a_head_show_nothing(tmp_path: Path) -> None:
    (path := tmp_path / "front.ts").write_bytes(b"\x47" + bytes(500))
    assert not shows_beginning(path)
