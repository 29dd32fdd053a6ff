"""The same proof over whatever sources and ranges chance thinks of."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, reject, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.timecode import TimeRange
from tests.exactness.expectation import SourceRead
from tests.exactness.second_decoders import ffmpeg_complaints
from tests.exactness.spans import has_an_answer
from tests.exactness.verdict import cut, faults_of
from tests.media_factory import AudioSpec, UnreadableFrameError, VideoSpec, make_media

_PIXEL_FORMATS = {
    "libx264": ("yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "yuvj420p"),
    "libx265": ("yuv420p", "yuv420p10le", "yuv422p10le", "yuv444p"),
    "libvpx-vp9": ("yuv420p", "yuv444p"),
    "libsvtav1": ("yuv420p", "yuv420p10le"),
    "mpeg2video": ("yuv420p", "yuv422p"),
    "mpeg4": ("yuv420p",),
}
_CONTAINERS = {
    "libx264": ("mp4", "mov", "mkv", "ts", "flv"),
    "libx265": ("mp4", "mov", "mkv", "ts"),
    "libvpx-vp9": ("webm", "mkv", "mp4"),
    "libsvtav1": ("mp4", "mkv", "webm"),
    "mpeg2video": ("mp4", "mkv", "ts"),
    "mpeg4": ("mp4", "mkv"),
}
_SOUNDS = {
    "mp4": ("aac", "libmp3lame", "ac3", "libopus", "flac"),
    "mov": ("aac", "pcm_s16le"),
    "mkv": ("aac", "libmp3lame", "ac3", "libopus", "flac", "pcm_s16le"),
    "ts": ("aac", "mp2", "ac3"),
    "webm": ("libopus",),
    "flv": ("aac",),
}
_RATES = (
    Fraction(24),
    Fraction(24000, 1001),
    Fraction(25),
    Fraction(30000, 1001),
    Fraction(30),
    Fraction(50),
    Fraction(60),
)
_SIZES = ((128, 96), (96, 128), (144, 100), (320, 180))
_STARTS = st.one_of(st.just(Fraction(0)), st.integers(-100, 3000).map(lambda n: Fraction(n, 1000)))


@dataclass(frozen=True)
class Trial:
    """A source, and the part of it to cut: the edges are shares of its length."""

    container: str
    video: VideoSpec
    audio: tuple[AudioSpec, ...]
    edges: tuple[Fraction, Fraction]
    on_frames: bool

    def span(self, source: SourceRead) -> TimeRange:
        """The range in seconds of the source; where ``on_frames``, it begins and ends at frames' own times."""
        low, high = (edge * source.end for edge in self.edges)
        if self.on_frames:
            times = [frame.pts for frame in source.frames]
            low = max([time for time in times if time <= low], default=times[0])
            high = min([time for time in times if time > max(high, low)], default=source.end)
        return TimeRange(low, max(high, low + Fraction(1, 1000)))


@st.composite
def _trials(draw: st.DrawFn) -> Trial:
    codec = draw(st.sampled_from(sorted(_CONTAINERS)))
    container = draw(st.sampled_from(_CONTAINERS[codec]))
    video = draw(_videos(codec, container))
    audio = draw(st.lists(_audios(container), max_size=2 if container in {"mp4", "mkv"} else 1))
    edge = st.fractions(0, 1, max_denominator=1000)
    low, high = sorted((draw(edge), draw(edge)))
    edges = low * Fraction(99, 100), high
    return Trial(container, video, tuple(audio), edges, draw(st.booleans()))


@st.composite
def _videos(draw: st.DrawFn, codec: str, container: str) -> VideoSpec:
    frames = draw(st.integers(8, 60))
    rate = draw(st.sampled_from(_RATES))
    pts = None
    if codec != "mpeg2video" and draw(st.booleans()):  # it knows only a few rates
        gaps = draw(st.lists(st.sampled_from((10, 20, 25, 40, 80, 300)), min_size=frames, max_size=frames))
        pts = tuple(Fraction(sum(gaps[:n]), 600) for n in range(frames))
    return VideoSpec(
        codec=codec,
        frames=frames,
        size=draw(st.sampled_from(_SIZES)),
        rate=rate,
        gop=draw(st.sampled_from((1, 5, 12, 30, 250))),
        open_gop=draw(st.booleans()),
        bframes=draw(st.integers(0, 4)),
        pixel_format=draw(st.sampled_from(_PIXEL_FORMATS[codec])),
        pts=pts,
        start=draw(_STARTS),
        rotation=draw(st.sampled_from((0, 90, 180, 270))) if container in {"mp4", "mov"} else 0,
        sample_aspect_ratio=draw(st.sampled_from((Fraction(1), Fraction(4, 3), Fraction(2, 3)))),
        interlaced=codec in {"libx264", "mpeg2video"} and pts is None and draw(st.booleans()),
    )


def _audios(container: str) -> st.SearchStrategy[AudioSpec]:
    return st.builds(
        AudioSpec,
        codec=st.sampled_from(_SOUNDS[container]),
        sample_rate=st.just(48000),
        channels=st.integers(1, 2),
        start=_STARTS,
    )


_UNHURRIED = settings(
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),  # to shrink a failure takes minutes; its parts say enough
    suppress_health_check=[HealthCheck.too_slow],
)


@given(trial=_trials())
@settings(_UNHURRIED, max_examples=15, derandomize=True)
def test_a_random_cut_of_a_random_source_is_exact(trial: Trial) -> None:
    _prove(trial)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@given(trial=_trials())
@settings(_UNHURRIED, max_examples=400, print_blob=True)
def test_many_random_cuts_of_random_sources_are_exact(trial: Trial) -> None:
    _prove(trial)


def _prove(trial: Trial) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = make_media(Path(folder) / f"source.{trial.container}", trial.video, trial.audio)
        try:
            source = SourceRead.read(path, trial.video.durations[-1])
        except UnreadableFrameError:
            reject()  # coded too badly to prove anything
        span = trial.span(source)
        assume(has_an_answer(source, span))
        clip = cut(path, span, Path(folder) / "clip.mp4")
        note(f"from {span.start} to {span.end}, {clip.receipt.method}, {clip.receipt.notes}")
        # Passed pictures keep their display matrix; encoded ones are turned.
        turned = trial.video.rotation if clip.receipt.method == "reencoded" else 0
        assert faults_of(source, span, clip, turned) == []
        assert ffmpeg_complaints([clip.path]) == []
