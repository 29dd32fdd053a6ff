"""The sound of a short: in step, without clicks, and as loud as it should be by somebody else's meter."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.filter import Graph
from numpy.typing import NDArray

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.media.probe import probe
from tests.exactness.sound_lag import sound_lag
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_sound
from tests.unit.media.shorts import make_short, span

MediaMaker = Callable[..., Path]
Wave = NDArray[np.float32]

F = Fraction
RATE = 48_000
SAMPLE = F(1, RATE)
TINY = (64, 112)


def with_sound(folder: Path, wave: Wave, rate: int = RATE, channels: int = 2) -> tuple[Path, Path]:
    """A plain picture and a WAV file with a wave, as two files of one source."""
    seconds = F(len(wave), rate)
    picture = make_media(folder / "picture.mp4", VideoSpec(frames=int(seconds * 30), size=(64, 48)))
    path = folder / "sound.wav"
    with av.open(str(path), "w") as container:
        layout = "stereo" if channels == 2 else "mono"
        stream = container.add_stream("pcm_f32le", rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.repeat(wave, channels)[None, :], format="flt", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, F(1, rate)
        container.mux([*stream.encode(frame), *stream.encode(None)])
    return picture, path


def measured(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by FFmpeg's meter over the file's decoded sound."""
    loudness, peak = -70.0, 0.0
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        graph = Graph()
        source, meter = graph.add_abuffer(template=stream), graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
        graph.link_nodes(source, meter, graph.add("abuffersink")).configure()
        for frame in container.decode(stream):
            graph.push(frame)
            try:
                while True:
                    found = graph.pull().metadata
                    loudness, peak = float(found["lavfi.r128.I"]), float(found["lavfi.r128.true_peak"])
            except av.error.BlockingIOError:
                continue
    return loudness, 20 * math.log10(max(peak, 1e-9))


def speech_like(seconds: float, level: float, seed: int = 1) -> Wave:
    """Noise in syllables with pauses between phrases, its peaks far above its mean."""
    count = round(seconds * RATE)
    rng = np.random.default_rng(seed)
    time = np.arange(count) / RATE
    syllables = np.clip(np.sin(2 * math.pi * 4 * time), 0, None) ** 2 * (np.sin(2 * math.pi * 0.35 * time) > -0.6)
    return (voiced(rng.laplace(size=count)) * syllables * level).astype(np.float32)


def voiced(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    """Without what lies above 8 kHz: coders leave out what hardly anybody hears, and meters don't."""
    spectrum = np.fft.rfft(wave)
    spectrum[round(8000 / RATE * len(wave)) :] = 0
    return np.fft.irfft(spectrum, len(wave))


def test_each_piece_is_in_step_to_the_sample(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=240), (AudioSpec(),))
    made = make_short(source, "1.013-2 3.517-4.1 5-6.5", tmp_path / "short.mp4")
    heard, theirs = read_sound(made.path), read_sound(source, sample_rate=RATE)
    begin = F(0)
    for first, pictures in ((31, 30), (106, 17), (150, 45)):
        end = begin + F(pictures, 30)
        assert abs(sound_lag(heard, theirs, begin, end, F(first, 30) - begin)) <= SAMPLE
        begin = end
    assert abs(heard.start) <= SAMPLE
    assert abs(F(len(heard.samples), RATE) - made.duration) <= F(1024, RATE)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "video", "audio"),
    [
        ("cd.mp4", VideoSpec(frames=120), AudioSpec(sample_rate=44100)),
        ("telephone.mkv", VideoSpec(frames=120), AudioSpec("pcm_s16le", sample_rate=16000, channels=1)),
        ("late.mp4", VideoSpec(frames=120, start=F(7, 2)), AudioSpec(start=F(7, 2))),
        ("film.mp4", VideoSpec(frames=120, rate=F(24000, 1001)), AudioSpec()),
    ],
)
def test_sound_of_any_rate_stays_in_step(
    name: str, video: VideoSpec, audio: AudioSpec, made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media(name, video, (audio,))
    made = make_short(source, "1.2-2 2.5-3.2", tmp_path / "short.mp4")
    heard, theirs = read_sound(made.path), read_sound(source, sample_rate=RATE)
    assert made.receipt.first_frame is not None
    zero = made.receipt.first_frame + probe(source).origin
    assert abs(sound_lag(heard, theirs, F(0), F(7, 10), zero)) <= F(1, 10_000)


def test_sound_that_begins_later_than_the_picture_begins_later_in_the_short(
    made_media: MediaMaker, tmp_path: Path
) -> None:
    source = made_media("a.mp4", VideoSpec(frames=90), (AudioSpec(start=F("1.5"), duration=F("1.5")),))
    made = make_short(source, "1-2.5", tmp_path / "short.mp4")
    heard = read_sound(made.path)
    assert np.abs(heard.samples[: round(0.45 * RATE)]).max() < 0.01
    assert np.abs(heard.samples[round(0.55 * RATE) :]).max() > 0.1


def test_joints_make_no_click(tmp_path: Path) -> None:
    """A low tone that is cut at its crests: a jump would be as loud as the tone itself, far above its own slope."""
    wave = (0.5 * np.sin(2 * math.pi * 110 * np.arange(6 * RATE) / RATE)).astype(np.float32)
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "1-1.7 2.5333-3.2333 4.1-5", tmp_path / "short.mp4", sound=sound, size=TINY)
    steps = np.abs(np.diff(read_sound(made.path).samples))
    slope = 0.5 * 2 * math.pi * 110 / RATE
    for joint in (F("0.7"), F("1.4")):
        around = steps[round((joint - F("0.02")) * RATE) : round((joint + F("0.02")) * RATE)]
        assert around.max() < 4 * slope
    assert np.abs(read_sound(made.path).samples[:48]).max() < 0.1


def test_a_joint_has_no_hole(tmp_path: Path) -> None:
    """Of two sounds that cross at a joint the powers add up to one."""
    wave = (0.2 * np.random.default_rng(3).standard_normal(6 * RATE)).astype(np.float32)
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "1-2 3-4", tmp_path / "short.mp4", sound=sound, size=TINY)
    samples = read_sound(made.path).samples
    joint = samples[RATE : RATE + round(0.006 * RATE)]
    assert float(np.sqrt((joint**2).mean())) == pytest.approx(float(samples[RATE // 2 : RATE].std()), rel=0.25)


def assert_loud(made: RenderedFile, wanted: float = -14.0) -> None:
    loudness, peak = measured(made.path)
    assert loudness == pytest.approx(wanted, abs=0.5)
    assert peak <= -1.0
    assert made.receipt.loudness == pytest.approx(loudness, abs=0.3)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("level", [0.05, 0.1, 0.4])
def test_speech_comes_to_its_loudness_without_clipping(level: float, tmp_path: Path) -> None:
    picture, sound = with_sound(tmp_path, np.clip(speech_like(8, level), -1, 1))
    made = make_short(picture, "0.5-4 5-7.5", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    assert_loud(made)
    (note,) = made.receipt.notes
    assert note.startswith("The sound was made ")


def test_single_cracks_do_not_keep_the_rest_quiet(tmp_path: Path) -> None:
    wave = speech_like(6, 0.03)
    wave[::RATE] = 0.95
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "0-6", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    assert_loud(made)
    assert "its peaks were held" in made.receipt.notes[0]


def test_what_the_limiter_does_moves_nothing(tmp_path: Path) -> None:
    wave = speech_like(8, 0.02)
    wave[RATE // 2 :: RATE] = 0.9
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "1-4 5-7", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    heard, theirs = read_sound(made.path), read_sound(sound, sample_rate=RATE)
    assert abs(sound_lag(heard, theirs, F("0.4"), F("2.9"), F(1))) <= F(1, 10_000)


def test_loud_sound_is_made_quieter(tmp_path: Path) -> None:
    wave = (0.9 * voiced(np.random.default_rng(2).uniform(-1, 1, 5 * RATE))).astype(np.float32)
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "0-5", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    assert_loud(made)
    assert "quieter" in made.receipt.notes[0]


def test_one_channel_comes_out_as_loud_as_two(tmp_path: Path) -> None:
    picture, sound = with_sound(tmp_path, speech_like(6, 0.05), channels=1)
    assert_loud(make_short(picture, "0-6", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0))


def test_silence_stays_silence(tmp_path: Path) -> None:
    picture, sound = with_sound(tmp_path, np.zeros(4 * RATE, np.float32))
    made = make_short(picture, "0-4", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    assert made.receipt.loudness is None
    assert np.abs(read_sound(made.path).samples).max() == 0


def test_hiss_is_not_lifted_into_the_foreground(tmp_path: Path) -> None:
    wave = (0.0008 * voiced(np.random.default_rng(5).standard_normal(5 * RATE))).astype(np.float32)
    picture, sound = with_sound(tmp_path, wave)
    made = make_short(picture, "0-5", tmp_path / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    before = measured(sound)[0]
    assert measured(made.path)[0] == pytest.approx(before + 24, abs=0.5)
    (note,) = made.receipt.notes
    assert note.startswith("The sound is very quiet, ")
    assert "only 24 dB louder" in note


def test_without_a_wanted_loudness_the_sound_is_left_alone(tmp_path: Path) -> None:
    picture, sound = with_sound(tmp_path, speech_like(6, 0.02))
    made = make_short(picture, "0-6", tmp_path / "short.mp4", sound=sound, size=TINY)
    assert measured(made.path)[0] == pytest.approx(measured(sound)[0], abs=0.3)
    assert made.receipt.notes == ()


def test_a_source_without_sound_makes_a_short_without_sound(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("mute.mp4", VideoSpec(frames=60))
    made = make_short(source, "0-1", tmp_path / "short.mp4", loudness=-14.0)
    with av.open(str(made.path)) as container:
        assert not container.streams.audio
    assert made.receipt.audio_encoder == ""
    assert made.receipt.notes == ("The source has no sound; neither has the short.",)


def test_of_several_tracks_the_first_is_heard(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("two.mkv", VideoSpec(frames=90), (AudioSpec(language="nor"), AudioSpec(voice=1)))
    made = make_short(source, "1-2", tmp_path / "short.mp4")
    heard, theirs = read_sound(made.path), read_sound(source, sample_rate=RATE)
    assert abs(sound_lag(heard, theirs, F(0), F(1), F(1))) <= F(1, 1000)  # what Matroska rounds times to
    with av.open(str(made.path)) as container:
        (track,) = container.streams.audio
        assert track.metadata["language"] == "nor"
        assert track.codec_context.sample_rate == RATE


def test_nothing_but_the_short_is_left_in_the_folder(tmp_path: Path) -> None:
    picture, sound = with_sound(tmp_path, speech_like(3, 0.05))
    (tmp_path / "out").mkdir()
    make_short(picture, "0-3", tmp_path / "out" / "short.mp4", sound=sound, size=TINY, loudness=-14.0)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["short.mp4"]


def test_a_short_in_a_gap_of_the_sound_is_silent_and_says_so(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mp4", VideoSpec(frames=120), (AudioSpec(duration=F(1)),))
    made = make_short(source, "2-3", tmp_path / "short.mp4", loudness=-14.0)
    assert made.receipt.notes == ("The source has no sound in this range.",)
    assert read_sound(made.path).samples.max() == 0
    assert span("0-1").duration == made.duration
