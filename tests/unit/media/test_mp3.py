from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.mp3 import render_mp3
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_sound_shift


def make_mp3(
    source: Path, path: Path, start: Fraction | str, end: Fraction | str, reporter: Reporter | None = None
) -> RenderedFile:
    timeline = Timeline(TimeRange(Fraction(start), Fraction(end)), OutputSpec(OutputFormat.MP3))
    return render_mp3(FetchedMedia(source, source), timeline, path, reporter or Reporter())


def heard(path: Path) -> NDArray[np.float32]:
    """All samples of a player that honours the Info header, shape (channels, n)."""
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)


@pytest.fixture
def talk(made_media: MediaMaker) -> Path:
    """Six seconds of noise."""
    return made_media("talk.m4a", None, (AudioSpec(duration=Fraction(6)),))


@pytest.mark.parametrize("rate", [48_000, 44_100, 24_000, 8_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_rate_keeps_its_samples(made_media: MediaMaker, tmp_path: Path, rate: int, channels: int) -> None:
    sound = AudioSpec("pcm_s16le", sample_rate=rate, channels=channels, duration=Fraction(3))
    source = made_media("talk.wav", None, (sound,))
    made = heard(make_mp3(source, tmp_path / "a.mp3", "0.5", "2.5").path)
    assert made.shape == (channels, 2 * rate)
    with av.open(str(source)) as container:
        whole = np.concatenate([frame.to_ndarray().reshape(-1, channels).T for frame in container.decode(audio=0)], 1)
    wanted = whole[:, rate // 2 : rate // 2 + 2 * rate] / 32768
    assert np.corrcoef(made.ravel(), wanted.ravel())[0, 1] > (0.99 if rate > 30_000 else 0.9)


def test_clip_has_exactly_the_asked_samples(talk: Path, tmp_path: Path) -> None:
    made = make_mp3(talk, tmp_path / "a.mp3", "1.0001", "4.4321")
    assert heard(made.path).shape == (2, round(Fraction("4.4321") * 48_000) - round(Fraction("1.0001") * 48_000))


def test_clip_lies_in_the_source_to_the_sample_from_beginning_to_end(talk: Path, tmp_path: Path) -> None:
    made = make_mp3(talk, tmp_path / "a.mp3", "1.25", "5")
    # FFmpeg gives the first sample that is heard the time of the encoder's delay, 1,105 samples.
    heard_at_zero = Fraction("1.25") - Fraction(1105, 48_000)
    assert abs(read_sound_shift(made.path, talk, heard_at_zero) - heard_at_zero) <= Fraction(1, 48_000)


def test_header_tells_players_the_length(talk: Path, tmp_path: Path) -> None:
    data = make_mp3(talk, tmp_path / "a.mp3", "1", "5").path.read_bytes()
    tag = data.index(b"Info")
    frames = int.from_bytes(data[tag + 8 : tag + 12], "big")
    # Encoder delay and padding of the LAME tag, 12 bits each (gabriel.mp3-tech.org/mp3infotag.html).
    gap = int.from_bytes(data[tag + 141 : tag + 144], "big")
    assert frames * 1152 - (gap >> 12) - (gap & 0xFFF) == 4 * 48_000


def test_span_over_the_end_is_shortened_with_a_note(talk: Path, tmp_path: Path) -> None:
    made = make_mp3(talk, tmp_path / "a.mp3", "5", "60")
    assert float(made.duration) == pytest.approx(1, abs=0.03)
    assert any("shortened" in note for note in made.receipt.notes)
    assert heard(made.path).shape[1] / 48_000 == pytest.approx(float(made.duration), abs=0.03)


def test_mono_stays_mono(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("mono.wav", None, (AudioSpec("pcm_s16le", channels=1, duration=Fraction(1)),))
    assert heard(make_mp3(source, tmp_path / "a.mp3", "0", "1").path).shape == (1, 48_000)


def test_picture_alone_is_refused(made_media: MediaMaker, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        make_mp3(made_media("mute.mp4", VideoSpec(frames=30)), tmp_path / "a.mp3", "0", "1")
    assert caught.value.code is ErrorCode.NO_AUDIO
    assert not (tmp_path / "a.mp3").exists()


def test_stop_leaves_no_file_and_no_thread(talk: Path, tmp_path: Path) -> None:
    token = CancelToken()
    reporter = Reporter(lambda _: token.cancel(), token)
    with pytest.raises(Cancelled):
        make_mp3(talk, tmp_path / "a.mp3", "0", "6", reporter)
    assert list(tmp_path.iterdir()) == []
