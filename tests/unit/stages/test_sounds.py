from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import HearSounds
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.stage import FetchedMedia, SelectMoments
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.stages import perform
from tests.media_factory import VideoSpec, make_media
from tests.tiny_yamnet import tiny_yamnet
from tests.unit.selection.talks import TALK, transcript_of

RATE = 16_000


@pytest.fixture
def model(tmp_path: Path) -> Model:
    return tiny_yamnet(tmp_path / "tiny.tflite")


def write_sound(path: Path, *parts: tuple[float, float, float]) -> Path:
    """A WAVE file; for each part its seconds, how high its samples lie, and how far noise throws them about."""
    random = np.random.default_rng(7)
    samples = [height + random.uniform(-noise, noise, int(seconds * RATE)) for seconds, height, noise in parts]
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((np.concatenate(samples) * 32767).astype("<i2").tobytes())
    return path


def hear(path: Path, model: Model | None = None) -> tuple[Sound, ...]:
    found = perform(HearSounds(FetchedMedia(None, path), model), Reporter())
    assert isinstance(found, tuple)
    return found


def spans(sounds: tuple[Sound, ...], kind: SoundKind) -> list[tuple[float, float]]:
    return [(float(sound.span.start), float(sound.span.end)) for sound in sounds if sound.kind is kind]


def test_named_sounds_lie_where_they_are_heard(tmp_path: Path, model: Model) -> None:
    path = write_sound(tmp_path / "show.wav", (5, 0, 0.3), (3, 0.4, 0.3), (7, 0, 0.3), (4, -0.4, 0.3), (5, 0, 0.3))
    sounds = hear(path, model)
    assert spans(sounds, SoundKind.LAUGHTER) == [pytest.approx((5, 8), abs=0.5)]
    assert spans(sounds, SoundKind.APPLAUSE) == [pytest.approx((15, 19), abs=0.5)]
    assert spans(sounds, SoundKind.MUSIC) == []
    assert min(sound.strength for sound in sounds) > 0.9


def test_laughter_that_wavers_is_one(tmp_path: Path, model: Model) -> None:
    path = write_sound(tmp_path / "show.wav", (5, 0, 0.3), (2, 0.4, 0.3), (1, 0.17, 0.3), (2, 0.4, 0.3), (5, 0, 0.3))
    assert spans(hear(path, model), SoundKind.LAUGHTER) == [pytest.approx((5, 10), abs=0.5)]


def test_a_sound_at_the_end_ends_with_the_source(tmp_path: Path, model: Model) -> None:
    path = write_sound(tmp_path / "show.wav", (5, 0, 0.3), (2.1, 0.4, 0.3))
    assert spans(hear(path, model), SoundKind.LAUGHTER) == [pytest.approx((5, 7.1), abs=0.5)]
    assert max(sound.span.end for sound in hear(path, model)) <= Fraction(71, 10)


def test_silence_and_loud_places_need_no_model(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "show.wav", (8, 0, 0.05), (3, 0, 0), (8, 0, 0.05), (2, 0, 0.9), (8, 0, 0.05))
    sounds = hear(path)
    assert spans(sounds, SoundKind.SILENCE) == [(8, 11)]
    assert spans(sounds, SoundKind.LOUD) == [pytest.approx((19, 21), abs=0.2)]
    assert len(sounds) == 2


def test_a_source_without_sound_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    make_media(path, VideoSpec(frames=10))
    with pytest.raises(InputError, match=r"mute\.mp4") as caught:
        hear(path)
    assert caught.value.code is ErrorCode.NO_AUDIO


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "show.wav", (1, 0, 0.1))
    broken = tmp_path / "broken.tflite"
    broken.write_bytes(b"TFL3")
    with pytest.raises(InputError, match="tagger") as caught:
        hear(path, Model("tagger", ModelKind.SOUNDS, broken, 4, ""))
    assert caught.value.code is ErrorCode.BAD_MODEL


def test_a_set_token_stops_it(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    request = HearSounds(FetchedMedia(None, write_sound(tmp_path / "show.wav", (1, 0, 0.1))))
    with pytest.raises(Cancelled):
        perform(request, Reporter(cancel=token))


def test_what_was_heard_answers_queries() -> None:
    laughter = Sound(SoundKind.LAUGHTER, TimeRange(Fraction(50), Fraction(53)), 0.9)
    queries = ("when the audience laughs", "bread", "applause", "")
    request = SelectMoments(transcript_of(TALK), queries, 2, sounds=(laughter,))
    laughed, said, clapped, highlights = perform(request, Reporter())
    assert [moment.reason for moment in laughed] == ["laughter"]
    assert laughed[0].span.contains(laughter.span.start)
    assert "bread" in said[0].excerpt
    assert clapped == ()
    assert len(highlights) == 2
