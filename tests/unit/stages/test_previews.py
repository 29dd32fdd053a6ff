from __future__ import annotations

import io
import wave
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.preview import Peaks, SpriteSheet, Thumbnail
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import (
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    StageRequest,
)
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media import waveform as waveform_module
from fastclip_desktop.stages import perform
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, read_number
from tests.test_imports import loaded_by


def number(still: Thumbnail) -> int:
    with Image.open(io.BytesIO(still.jpeg)) as picture:
        return read_number(np.asarray(picture.convert("L")))


@pytest.mark.parametrize("places", [3, (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2))])
def test_thumbnails_come_evenly_spread_or_where_they_are_wanted(plain_mp4: Path, places: object) -> None:
    parts: list[object] = []
    stills = perform(MakeThumbnails(plain_mp4, places, (320, 180)), Reporter(), parts.append)
    assert [number(still) for still in stills] == [0, 30, 60]
    assert [still.instant for still in stills] == [Fraction(1, 2), Fraction(3, 2), Fraction(5, 2)]
    assert sorted(parts, key=lambda part: part.index) == list(stills)


def test_stills_begin_without_numpy_and_pillow() -> None:
    assert loaded_by("import fastclip_desktop.stages.stills") & {"av", "numpy", "PIL"} == {"av"}


def test_a_poster_fits_into_its_box(plain_mp4: Path) -> None:
    poster = perform(MakePoster(plain_mp4, (64, 64)), Reporter())
    assert isinstance(poster, Thumbnail)
    assert (poster.width, poster.height) == (64, 36)


def test_a_sheet_holds_thumbnails_in_columns(plain_mp4: Path) -> None:
    stills = perform(MakeThumbnails(plain_mp4, 3), Reporter())
    sheet = perform(MakeSpriteSheet(stills, 2), Reporter())
    assert isinstance(sheet, SpriteSheet)
    with Image.open(io.BytesIO(sheet.jpeg)) as picture:
        assert picture.size == (320, 180)


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


def test_shots_of_a_source_without_cuts_are_none(plain_mp4: Path) -> None:
    assert perform(FindShots(plain_mp4, TimeRange(Fraction(0), Fraction(2))), Reporter()) == ()


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


@pytest.mark.parametrize("kind", [MakePoster, MakeWaveform, FindShots, FindSilence])
def test_a_missing_source_is_named(tmp_path: Path, kind: type) -> None:
    with pytest.raises(InputError, match=r"gone\.mp4") as caught:
        perform(kind(tmp_path / "gone.mp4"), Reporter())
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND


def test_a_set_token_stops_each_of_them_before_the_file_is_opened(tmp_path: Path) -> None:
    token = CancelToken()
    token.cancel()
    gone = tmp_path / "gone.mp4"
    still = Thumbnail(0, Fraction(0), Fraction(0), 160, 90, b"no picture")
    requests: list[StageRequest[object]] = [
        MakeThumbnails(gone, 3),
        MakePoster(gone),
        MakeSpriteSheet((still,), 1),
        MakeWaveform(gone),
        FindShots(gone),
        FindSilence(gone),
    ]
    for request in requests:
        with pytest.raises(Cancelled):
            perform(request, Reporter(cancel=token))
