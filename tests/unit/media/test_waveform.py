import struct
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.media import waveform as waveform_module
from fastclip_desktop.media.waveform import Waveform, make_waveform, zoom_levels
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

RATE = 48_000


def ignore(_: Waveform) -> None:
    """Whoever wants the result alone."""


def write_sound(
    path: Path, samples: NDArray[np.float32], codec: str = "pcm_s16le", rate: int = RATE, at: float = 0
) -> Path:
    """A file with these samples, shape (channels, n), -1 to 1."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono" if len(samples) == 1 else "stereo")
        form = stream.codec_context.codec.audio_formats[0].name if codec != "flac" else "s16"
        resampler = av.AudioResampler(format=form, rate=rate)
        size = 1024
        for begin in range(0, samples.shape[1], size):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[:, begin : begin + size]), "fltp", stream.layout.name
            )
            frame.sample_rate, frame.pts = rate, begin + round(at * rate)
            frame.time_base = Fraction(1, rate)
            for converted in resampler.resample(frame):
                container.mux(stream.encode(converted))
        container.mux(stream.encode(None))
    return path


def steps(levels: list[float], channels: int = 1, rate: int = RATE) -> NDArray[np.float32]:
    """Squares of 100 Hz, each level for a tenth of a second."""
    length = rate // 10
    sign = np.where(np.arange(length) * 200 // rate % 2, -1, 1)
    return np.tile(np.concatenate([level * sign for level in levels]).astype(np.float32), (channels, 1))


def test_levels_of_each_bucket_are_those_of_the_sound(tmp_path: Path) -> None:
    made = make_waveform(write_sound(tmp_path / "a.wav", steps([0.5, 0, 0.25])), ignore, Reporter())
    assert (made.bucket, made.first, len(made.low)) == (Fraction(1, 100), 0, 30)
    expected = np.repeat([16384, 0, 8192], 10)
    assert np.abs(made.high - expected).max() <= 1
    assert np.abs(made.low + expected).max() <= 1
    assert made.power == pytest.approx(np.repeat([0.25, 0, 0.0625], 10), abs=1e-4)


def test_loudest_channel_decides(tmp_path: Path) -> None:
    both = np.concatenate([steps([0.1]), -steps([0.8])])
    made = make_waveform(write_sound(tmp_path / "a.wav", both), ignore, Reporter())
    assert made.high == pytest.approx(0.8 * 32768, abs=2)
    assert made.power == pytest.approx((0.01 + 0.64) / 2, abs=1e-3)


@pytest.mark.parametrize(
    ("name", "codec", "rate"),
    [
        ("a.m4a", "aac", 48_000),
        ("a.mp3", "libmp3lame", 44_100),
        ("a.flac", "flac", 22_050),
        ("a.ogg", "libopus", 48_000),
    ],
)
def test_change_of_level_lies_at_its_time_in_any_codec(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    source = write_sound(tmp_path / name, steps([0] * 5 + [0.5] * 5, rate=rate), codec, rate)
    made = make_waveform(source, ignore, Reporter())
    loud = np.flatnonzero(made.high > 8000)
    # Codecs smear: a bucket early, and the resolution of the bucket.
    assert float(loud[0] * made.bucket) == pytest.approx(0.5, abs=0.035)


def test_silence_is_read_and_a_gap_is_not(tmp_path: Path) -> None:
    source = tmp_path / "gap.mkv"
    write_sound(source, steps([0.0] * 3))
    assert make_waveform(source, ignore, Reporter()).is_read.all()
    with av.open(str(source), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        for begin in (0, RATE):  # a tenth of a second each, with nine tenths between
            frame = av.AudioFrame.from_ndarray((steps([0.5]) * 32767).astype(np.int16), "s16", "mono")
            frame.sample_rate, frame.pts, frame.time_base = RATE, begin, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    made = make_waveform(source, ignore, Reporter())
    assert len(made.low) == 110
    assert made.is_read[:10].all()
    assert not made.is_read[10:100].any()
    assert made.is_read[100:].all()
    assert np.isnan(made.power[50])


def test_seconds_count_from_the_first_presented_instant(made_media: MediaMaker) -> None:
    source = made_media(
        "late.ts", VideoSpec(start=Fraction(10)), (AudioSpec(start=Fraction(11), duration=Fraction(1)),)
    )
    made = make_waveform(source, ignore, Reporter())
    read = np.flatnonzero(made.is_read)
    assert float(read[0] * made.bucket) == pytest.approx(1, abs=0.05)
    assert float(read[-1] * made.bucket) == pytest.approx(2, abs=0.05)


def test_coarser_levels_hold_the_extremes_and_the_mean_power() -> None:
    fine = Waveform(
        Fraction(1, 100),
        first=5,
        low=np.array([-1, -2, 32767, -4, -5], np.int16),
        high=np.array([1, 2, -32768, 4, 5], np.int16),
        power=np.array([0.1, 0.3, np.nan, 0.5, 0.7], np.float32),
    )
    coarse = fine.coarser(4)
    assert (coarse.bucket, coarse.first) == (Fraction(4, 100), 1)
    assert coarse.low.tolist() == [-2, -5]  # buckets 4 to 7 and 8 to 11
    assert coarse.high.tolist() == [2, 5]
    assert coarse.power == pytest.approx([0.2, 0.6])
    assert coarse.start == Fraction(4, 100)


def test_coarser_bucket_of_nothing_but_unread_ones_is_unread() -> None:
    unread = Waveform(
        Fraction(1), 0, np.full(4, 32767, np.int16), np.full(4, -32768, np.int16), np.full(4, np.nan, np.float32)
    )
    assert not unread.coarser(4).is_read.any()
    assert np.isnan(unread.coarser(4).power).all()


def test_zoom_levels_go_from_fine_to_coarse(plain_mp4: Path) -> None:
    levels = zoom_levels(make_waveform(plain_mp4, ignore, Reporter()))
    assert [level.bucket for level in levels] == [Fraction(n, 100) for n in (1, 8, 64, 512)]
    assert {int(level.high.max()) for level in levels} == {int(levels[0].high.max())}


def test_parts_together_are_the_whole(plain_mp4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waveform_module, "ZOOM_FACTORS", (1, 8))
    monkeypatch.setattr(waveform_module, "_PART", Fraction(1, 2))
    monkeypatch.setattr(waveform_module, "_BLOCK", Fraction(1, 10))
    parts: list[Waveform] = []
    whole = make_waveform(plain_mp4, parts.append, Reporter())
    assert len(parts) >= 5
    assert [part.first for part in parts[1:]] == [part.first + len(part.low) for part in parts[:-1]]
    assert [part.first % 8 for part in parts] == [0] * len(parts)  # no two share a coarse bucket
    assert np.array_equal(np.concatenate([part.high for part in parts]), whole.high)
    assert np.array_equal(np.concatenate([part.power for part in parts]), whole.power)


def test_peaks_hold_all_that_the_arrays_held(plain_mp4: Path) -> None:
    whole = zoom_levels(make_waveform(plain_mp4, ignore, Reporter()))[1]
    peaks = whole.peaks()
    assert (peaks.bucket, peaks.first, len(peaks)) == (whole.bucket, 0, len(whole.low))
    assert struct.unpack("<3h", peaks.high[:6]) == tuple(whole.high[:3].tolist())
    again = Waveform.from_peaks(peaks)
    for name in ("low", "high", "power"):
        assert np.array_equal(getattr(again, name), getattr(whole, name), equal_nan=name == "power")
    assert again.peaks() == peaks


def test_block_size_does_not_change_the_result(plain_mp4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = make_waveform(plain_mp4, ignore, Reporter())
    monkeypatch.setattr(waveform_module, "_BLOCK", Fraction(1, 37))
    again = make_waveform(plain_mp4, ignore, Reporter())
    assert np.array_equal(again.low, whole.low)
    assert np.array_equal(again.high, whole.high)
    assert again.power == pytest.approx(whole.power, rel=1e-4)


def test_preview_of_a_long_file_comes_first_and_is_like_the_whole(
    plain_mp4: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waveform_module, "_PREVIEW_FROM", Fraction(1))
    monkeypatch.setattr(waveform_module, "_PREVIEW_PLACES", 10)
    parts: list[Waveform] = []
    whole = make_waveform(plain_mp4, parts.append, Reporter())
    preview = parts[0]
    assert preview.bucket > whole.bucket
    assert preview.first == 0
    assert preview.is_read.mean() > 0.8
    overall = whole.coarser(int(preview.bucket / whole.bucket))
    size = min(len(preview.power), len(overall.power))
    ratio = np.nanmean(preview.power[:size]) / np.nanmean(overall.power[:size])
    assert 0.5 < ratio < 2


def test_file_that_breaks_off_gives_what_is_there(tmp_path: Path, made_media: MediaMaker) -> None:
    data = made_media("a.mkv", None, (AudioSpec(duration=Fraction(3)),)).read_bytes()
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(data[: len(data) // 2])
    made = make_waveform(broken, ignore, Reporter())
    assert 100 < len(made.low) < 200


def test_picture_alone_is_refused(made_media: MediaMaker) -> None:
    with pytest.raises(InputError) as caught:
        make_waveform(made_media("mute.mp4", VideoSpec()), ignore, Reporter())
    assert caught.value.code is ErrorCode.NO_AUDIO


def test_stop_ends_it(plain_mp4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waveform_module, "ZOOM_FACTORS", (1, 8))
    monkeypatch.setattr(waveform_module, "_PART", Fraction(1, 10))
    monkeypatch.setattr(waveform_module, "_BLOCK", Fraction(1, 10))
    token = CancelToken()
    parts: list[Waveform] = []

    def stop(part: Waveform) -> None:
        parts.append(part)
        token.cancel()

    with pytest.raises(Cancelled):
        make_waveform(plain_mp4, stop, Reporter(cancel=token))
    assert len(parts) == 1
