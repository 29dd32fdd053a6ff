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
from fastclip_desktop.media import mp3
from fastclip_desktop.media.mp3 import divide, render_mp3, stretch_length
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


def in_stretches_of(frames: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mp3, "_SHORTEST_STRETCH", frames)
    monkeypatch.setattr(mp3, "_LONGEST_STRETCH", frames)


@pytest.fixture
def talk(made_media: MediaMaker) -> Path:
    """Six seconds of noise."""
    return made_media("talk.m4a", None, (AudioSpec(duration=Fraction(6)),))


@pytest.mark.parametrize("rate", [48_000, 44_100, 24_000, 8_000])
def test_joined_stretches_sound_like_one_encoder(
    made_media: MediaMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate: int
) -> None:
    source = made_media("talk.wav", None, (AudioSpec("pcm_s16le", sample_rate=rate, duration=Fraction(6)),))
    in_stretches_of(10_000, monkeypatch)
    make_mp3(source, tmp_path / "one.mp3", "0.5", "5.5")
    in_stretches_of(30, monkeypatch)
    make_mp3(source, tmp_path / "many.mp3", "0.5", "5.5")
    one, many = heard(tmp_path / "one.mp3"), heard(tmp_path / "many.mp3")
    assert one.shape == many.shape
    # At 44.1 kHz every other frame has a byte more, and which it is depends on where an encoder began.
    assert np.abs(one - many).max() < (0.02 if rate == 44_100 else 1e-6)


def test_without_lead_the_joints_would_be_heard(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(10_000, monkeypatch)
    one = heard(make_mp3(talk, tmp_path / "one.mp3", "0.5", "5.5").path)
    in_stretches_of(30, monkeypatch)
    monkeypatch.setattr(mp3, "LEAD", 0)
    many = heard(make_mp3(talk, tmp_path / "many.mp3", "0.5", "5.5").path)
    assert np.abs(one - many).max() > 0.1


def test_clip_has_exactly_the_asked_samples(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(40, monkeypatch)
    made = make_mp3(talk, tmp_path / "a.mp3", "1.0001", "4.4321")
    assert heard(made.path).shape == (2, round(Fraction("4.4321") * 48_000) - round(Fraction("1.0001") * 48_000))


def test_clip_lies_in_the_source_to_the_sample_from_beginning_to_end(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_stretches_of(30, monkeypatch)
    made = make_mp3(talk, tmp_path / "a.mp3", "1.25", "5")
    # FFmpeg gives the first sample that is heard the time of the encoder's delay, 1,105 samples.
    heard_at_zero = Fraction("1.25") - Fraction(1105, 48_000)
    assert abs(read_sound_shift(made.path, talk, heard_at_zero) - heard_at_zero) <= Fraction(1, 48_000)


def test_header_tells_players_the_length(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(30, monkeypatch)
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


def test_stop_leaves_no_file_and_no_thread(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_stretches_of(10, monkeypatch)
    token = CancelToken()
    reporter = Reporter(lambda _: token.cancel(), token)
    with pytest.raises(Cancelled):
        make_mp3(talk, tmp_path / "a.mp3", "0", "6", reporter)
    assert list(tmp_path.iterdir()) == []


def frames(count: int) -> list[av.AudioFrame]:
    made = []
    for number in range(count):
        frame = av.AudioFrame("fltp", "mono", 1152)
        frame.pts = number
        made.append(frame)
    return made


@pytest.mark.parametrize("count", [1, 99, 100, 104, 105, 200, 204, 205, 1000])
def test_stretches_cover_each_frame_once(count: int) -> None:
    covered: list[int | None] = []
    for stretch in divide(frames(count), 100):
        numbers = [frame.pts for frame in stretch.frames]
        kept = numbers[stretch.lead :] if stretch.keep is None else numbers[stretch.lead : stretch.lead + stretch.keep]
        assert stretch.lead == (0 if kept[0] == 0 else mp3.LEAD)
        assert stretch.keep is None or len(numbers) == stretch.lead + stretch.keep + mp3.TAIL
        covered += kept
    assert covered == list(range(count))


def test_only_the_last_stretch_is_open_ended() -> None:
    assert [stretch.keep for stretch in divide(frames(250), 100)] == [100, 100, None]


def test_nothing_is_no_stretch() -> None:
    assert list(divide([], 100)) == []


def test_stretches_are_short_enough_for_all_cores_and_long_enough_to_pay() -> None:
    assert stretch_length(Fraction(48_000 * 600), 2) == 1250
    assert stretch_length(Fraction(48_000 * 60), 4) == 209
    assert stretch_length(Fraction(48_000), 8) == 160
