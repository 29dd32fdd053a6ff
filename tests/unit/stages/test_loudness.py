from __future__ import annotations

import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Peaks
from fastclip_desktop.domain.preview_stages import FindSilence, MakeWaveform
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media import waveform as waveform_module
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec


def test_a_waveform_comes_in_parts_at_each_level_that_make_up_the_whole(
    made_media: MediaMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveform_module, "_PART", Fraction(6))
    monkeypatch.setattr(waveform_module, "_BLOCK", Fraction(1, 2))
    source = made_media("talk.wav", None, (AudioSpec("pcm_s16le", 8000, 1, duration=Fraction(23)),))
    parts: list[Peaks] = []
    levels = perform(MakeWaveform(source), Reporter(), parts.append)
    assert [level.bucket for level in levels] == [Fraction(n, 100) for n in (1, 8, 64, 512)]
    assert [part.bucket for part in parts[:4]] == [level.bucket for level in levels][::-1]
    for level in levels:
        here = [part for part in parts if part.bucket == level.bucket]
        assert len(here) >= 3
        assert [part.start for part in here[1:]] == [part.end for part in here[:-1]]
        assert b"".join(part.low for part in here) == level.low
        assert b"".join(part.high for part in here) == level.high
        assert b"".join(part.power for part in here) == level.power


def test_the_first_picture_of_a_long_waveform_says_that_it_is_a_sample(
    plain_mp4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveform_module, "_PREVIEW_FROM", Fraction(1))
    monkeypatch.setattr(waveform_module, "_PREVIEW_PLACES", 10)
    parts: list[Peaks] = []
    levels = perform(MakeWaveform(plain_mp4), Reporter(), parts.append)
    assert [part.sampled for part in parts] == [True] + [False] * (len(parts) - 1)
    assert not any(level.sampled for level in levels)


def silent_file(folder: Path) -> Path:
    """One second of noise, two of nothing, one of noise, as 16-bit samples at 8 kHz behind a WAVE header."""
    noise = np.random.default_rng(1).integers(-9000, 9000, 8000).astype("<i2").tobytes()
    with wave.open(str(folder / "pause.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(noise + bytes(2 * 16_000) + noise)
    return folder / "pause.wav"


def test_silence_is_found_in_the_file_or_in_its_known_waveform(tmp_path: Path) -> None:
    source = silent_file(tmp_path)
    finest = perform(MakeWaveform(source), Reporter())[0]
    source_gone = tmp_path / "gone.wav"
    for request in (FindSilence(source), FindSilence(source_gone, known=finest)):
        parts: list[object] = []
        assert perform(request, Reporter(), parts.append) == (TimeRange(Fraction(1), Fraction(3)),)
        assert parts == [TimeRange(Fraction(1), Fraction(3))]


def test_silence_goes_by_level_and_length(tmp_path: Path) -> None:
    source = silent_file(tmp_path)
    assert perform(FindSilence(source, shortest=Fraction(5, 2)), Reporter()) == ()
    assert perform(FindSilence(source, level=0.0), Reporter()) == (TimeRange(Fraction(0), Fraction(4)),)


@pytest.mark.parametrize("kind", [MakeWaveform, FindSilence])
def test_a_missing_source_is_named(tmp_path: Path, kind: type) -> None:
    with pytest.raises(InputError, match=r"gone\.mp4") as caught:
        perform(kind(tmp_path / "gone.mp4"), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


@pytest.mark.parametrize("kind", [MakeWaveform, FindSilence])
def test_a_set_token_stops_it_before_the_file_is_opened(tmp_path: Path, kind: type) -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        perform(kind(tmp_path / "gone.mp4"), Reporter(cancel=token))
