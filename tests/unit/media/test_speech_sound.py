from __future__ import annotations

import shutil
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.speech_sound import RATE, SoundBlock, SpeechSound, _Placer
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec
from tests.media_factory.noise import noise

_PLAIN = VideoSpec(frames=60)


def of(path: Path) -> SpeechSound:
    return SpeechSound(FetchedMedia(path, path))


def read(sound: SpeechSound) -> list[SoundBlock]:
    return list(sound.blocks(lambda: None))


def joined(blocks: list[SoundBlock]) -> NDArray[np.float32]:
    return np.concatenate([block.samples for block in blocks])


def lag(heard: NDArray[np.float32], expected: NDArray[np.float32]) -> int:
    """How many samples later than expected the sound comes."""
    size = 1 << (len(heard) + len(expected)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(expected, size))
    best = int(np.argmax(np.fft.irfft(product, size)))
    return best - size if best > size // 2 else best


def test_every_sample_lies_where_it_is_heard(made_media: MediaMaker) -> None:
    path = made_media("a.mov", _PLAIN, (AudioSpec("pcm_s16le", RATE, 1, duration=Fraction(2)),))
    (block,) = read(of(path))
    assert block.first == 0
    assert np.abs(block.samples - noise(2 * RATE, RATE)).max() < 1e-4


def test_a_track_that_starts_late_is_late(made_media: MediaMaker) -> None:
    audio = AudioSpec("pcm_s16le", RATE, 1, start=Fraction(3, 2), duration=Fraction(1))
    path = made_media("late.mov", VideoSpec(frames=90), (audio,))
    (block,) = read(of(path))
    assert block.first == RATE * 3 // 2
    assert np.abs(block.samples - noise(RATE, RATE)).max() < 1e-4


def test_a_track_that_starts_before_the_picture_is_zero(made_media: MediaMaker) -> None:
    path = made_media(
        "early.mkv",
        VideoSpec(frames=60, start=Fraction(1)),
        (AudioSpec("pcm_s16le", RATE, 1, start=Fraction(1, 4), duration=Fraction(2)),),
    )
    blocks = read(of(path))
    assert blocks[0].first == 0
    assert np.abs(joined(blocks) - noise(2 * RATE, RATE)).max() < 1e-4


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "aac"), ("a.webm", "libopus"), ("a.mkv", "libmp3lame")])
def test_coded_sound_of_another_rate_lies_right_too(made_media: MediaMaker, name: str, codec: str) -> None:
    video = VideoSpec("libvpx-vp9" if name.endswith("webm") else "libx264", frames=90)
    path = made_media(name, video, (AudioSpec(codec, 48_000, 2, duration=Fraction(3)),))
    blocks = read(of(path))
    # Every third sample of the made noise: none of it lies above 6 kHz. Its zero is the container's, not the source's.
    expected = noise(3 * 48_000, 48_000)[::3]
    late = blocks[0].first + round(probe(path).origin * RATE)
    assert abs(late + lag(joined(blocks), expected)) <= 0.002 * RATE


def test_long_sound_comes_in_blocks_that_touch(made_media: MediaMaker) -> None:
    path = made_media("a.wav", None, (AudioSpec("pcm_s16le", 8000, 2, duration=Fraction(25)),))
    blocks = read(of(path))
    assert len(blocks) == 3
    assert max(len(block.samples) for block in blocks) < 11 * RATE
    for one, other in pairwise(blocks):
        assert other.first == one.first + len(one.samples)
    assert sum(len(block.samples) for block in blocks) == 25 * RATE


def without(source: Path, path: Path, begin: float, end: float) -> Path:
    """The source's sound without the packets that begin between two seconds."""
    with av.open(str(source)) as given, av.open(str(path), "w") as made:
        stream = made.add_stream_from_template(given.streams.audio[0])
        for packet in given.demux(given.streams.audio[0]):
            if packet.pts is not None and not begin <= packet.pts * packet.time_base < end:
                packet.stream = stream
                made.mux_one(packet)
    return path


def test_a_gap_in_the_sound_is_one_between_blocks(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mkv", None, (AudioSpec("flac", RATE, 1, duration=Fraction(6)),))
    one, other = read(of(without(source, tmp_path / "gap.mkv", 2, 4)))
    expected = noise(6 * RATE, RATE)
    for block in (one, other):
        assert np.abs(block.samples - expected[block.first : block.first + len(block.samples)]).max() < 1e-4
    assert len(one.samples) / RATE == pytest.approx(2, abs=0.3)
    assert other.first / RATE == pytest.approx(4, abs=0.3)


def test_a_lost_packet_is_silence(made_media: MediaMaker, tmp_path: Path) -> None:
    source = made_media("a.mkv", None, (AudioSpec("flac", RATE, 1, duration=Fraction(6)),))
    (block,) = read(of(without(source, tmp_path / "lost.mkv", 2, 2.1)))
    expected = noise(6 * RATE, RATE)
    assert block.first == 0
    lost = block.samples == 0
    assert 0.05 * RATE < lost.sum() < 0.4 * RATE
    assert np.abs(block.samples - expected)[~lost].max() < 1e-4


def test_a_time_stamp_that_cannot_be_is_not_believed() -> None:
    def frame(number: int, at: int) -> av.AudioFrame:
        made = av.AudioFrame.from_ndarray(np.full((1, RATE), 0.1 * number, np.float32), "flt", "mono")
        made.sample_rate, made.pts = RATE, at
        return made

    frames = [frame(1, 0), frame(2, RATE), frame(3, 10**12), frame(4, 10**12 + RATE), frame(5, 10**12 + 30 * RATE)]
    placer = _Placer(Fraction(1, RATE), Fraction(0), Fraction(100))
    one, other = placer.blocks(iter(frames))
    assert (one.first, len(one.samples)) == (0, 4 * RATE)
    assert (other.first, len(other.samples)) == (32 * RATE, RATE)


def test_picture_and_sound_in_two_files_share_a_clock(made_media: MediaMaker) -> None:
    picture = made_media("p.mp4", VideoSpec(frames=30, start=Fraction(0)), ())
    late = AudioSpec("pcm_s16le", RATE, 1, start=Fraction(1, 2), duration=Fraction(2))
    sound = made_media("s.mkv", None, (late,))
    blocks = read(SpeechSound(FetchedMedia(picture, sound)))
    assert blocks[0].first == RATE // 2
    alone = SpeechSound(FetchedMedia(None, sound))
    assert read(alone)[0].first == 0


def test_loud_sound_is_clipped_and_no_number_is_none(tmp_path: Path) -> None:
    path = tmp_path / "wild.wav"
    wild = np.array([0.1, np.nan, np.inf, -np.inf, 7.0, -7.0] * 4000, np.float32)
    with av.open(str(path), "w") as made:
        stream = made.add_stream("pcm_f32le", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wild[None], format="flt", layout="mono")
        frame.sample_rate, frame.pts = RATE, 0
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            made.mux_one(packet)
    samples = joined(read(of(path)))
    assert len(samples) == len(wild)
    assert np.isfinite(samples).all()
    assert np.abs(samples).max() <= 1


def test_a_source_without_sound_is_said_to_have_none(made_media: MediaMaker) -> None:
    silent = made_media("silent.mp4", _PLAIN, ())
    for media in (FetchedMedia(silent, silent), FetchedMedia(silent, None), FetchedMedia(None, None)):
        with pytest.raises(InputError, match="has no sound") as raised:
            SpeechSound(media)
        assert raised.value.code is ErrorCode.NO_AUDIO


def test_sound_that_cannot_be_decoded_is_said_to_be_damaged(made_media: MediaMaker, tmp_path: Path) -> None:
    path = Path(shutil.copy(made_media("a.mp4", None, (AudioSpec("aac", duration=Fraction(2)),)), tmp_path / "b.mp4"))
    data = bytearray(path.read_bytes())
    at = data.find(b"mdat")
    end = data.find(b"moov", at)
    data[at + 4 : (end if end > 0 else len(data)) - 4] = bytes((end if end > 0 else len(data)) - at - 8)
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        read(of(path))
    assert raised.value.code is ErrorCode.DAMAGED_MEDIA


def test_a_file_cut_off_before_its_sound_is_said_to_be_damaged(made_media: MediaMaker, tmp_path: Path) -> None:
    audio = (AudioSpec("aac", duration=Fraction(2)),)
    data = made_media("fast.mp4", None, audio, options={"movflags": "+faststart"}).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(data[: data.index(b"mdat") + 4])
    with pytest.raises(InputError, match=r"No sound of cut\.mp4 can be decoded") as raised:
        read(of(path))
    assert raised.value.code is ErrorCode.DAMAGED_MEDIA


def test_reading_stops_when_asked(made_media: MediaMaker) -> None:
    path = made_media("a.wav", None, (AudioSpec("pcm_s16le", 8000, 1, duration=Fraction(25)),))
    token = CancelToken()
    blocks = of(path).blocks(token.check)
    next(blocks)
    token.cancel()
    with pytest.raises(Cancelled):
        next(blocks)
