"""A clip with a limit of size is never larger, still plays, and holds exactly what was asked for."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.size_budget import Budget
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec, Timeline
from fastclip_desktop.media.encode import encode_clip
from fastclip_desktop.media.render import render
from fastclip_desktop.media.size_limit import in_words
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers, read_sound_shift

SPAN = TimeRange(Fraction(1), Fraction(5))
WHOLE = list(range(30, 150))


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six seconds of 640×360, near to 1.5 Mbit/s, with loud noise for sound."""
    path = tmp_path_factory.mktemp("limits") / "talk.mp4"
    video = VideoSpec(frames=180, size=(640, 360), gop=60, options={"crf": "1"})
    return make_media(path, video, (AudioSpec(bit_rate=192_000),))


def cut(talk: Path, path: Path, limit: int, output: OutputSpec | None = None) -> RenderedFile:
    spec = dataclasses.replace(output or OutputSpec(OutputFormat.parse(path.suffix)), max_bytes=limit)
    return render(Render(FetchedMedia(talk, talk), Timeline(SPAN, spec), path), Reporter())


def refusal(talk: Path, path: Path, limit: int, output: OutputSpec | None = None) -> InputError:
    with pytest.raises(InputError) as caught:
        cut(talk, path, limit, output)
    assert caught.value.code is ErrorCode.CLIP_TOO_LONG
    assert not path.exists()
    return caught.value


def test_what_fits_as_it_is_is_not_encoded(talk: Path, tmp_path: Path) -> None:
    rendered = cut(talk, tmp_path / "clip.mp4", 50_000_000)
    assert rendered.receipt.method == "smart"
    assert rendered.receipt.notes == ()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("suffix", ["mp4", "webm"])
@pytest.mark.parametrize("limit", [200_000, 90_000])
def test_a_picture_that_does_not_fit_is_encoded_until_it_does(
    suffix: str, limit: int, talk: Path, tmp_path: Path
) -> None:
    clip = tmp_path / f"clip.{suffix}"
    rendered = cut(talk, clip, limit)
    assert limit / 4 < clip.stat().st_size <= limit
    assert rendered.receipt.method == "reencoded"
    assert rendered.duration == SPAN.duration
    assert [frame.number for frame in read_frame_numbers(clip)] == WHOLE
    (note,) = rendered.receipt.notes
    assert note.startswith(f"To stay within {in_words(limit)}, the picture is {rendered.width} × {rendered.height} at ")


def test_an_encoder_that_spends_too_much_is_given_less(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = []

    def wasteful(
        media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter, budget: Budget
    ) -> RenderedFile:
        """Encode, and put a quarter more than was allowed behind it, in a box that players skip."""
        rates.append(budget.picture)
        rendered = encode_clip(media, timeline, path, reporter, budget)
        waste = int((budget.picture + budget.sound) * SPAN.duration / 8 * Fraction(5, 4)) - path.stat().st_size
        with path.open("ab") as file:
            file.write(waste.to_bytes(4, "big") + b"free" + bytes(waste - 8))
        return rendered

    monkeypatch.setattr("fastclip_desktop.media.encode.encode_clip", wasteful)
    clip = tmp_path / "clip.mp4"
    rendered = cut(talk, clip, 200_000)
    assert clip.stat().st_size <= 200_000
    assert len(rates) == 2
    assert rates[1] < rates[0]
    assert rendered.duration == SPAN.duration


@pytest.mark.parametrize("too_large", [pytest.param(2, marks=pytest.mark.slow), 3])
def test_what_fits_at_last_is_taken_however_small_it_is(
    too_large: int, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def moody(media: FetchedMedia, timeline: Timeline, path: Path, reporter: Reporter, budget: Budget) -> RenderedFile:
        """Encode far too much some times, then next to nothing, and too much again of a budget that is larger."""
        fits = len(tries) >= too_large and budget.picture <= tries[-1]
        tries.append(budget.picture)
        rendered = encode_clip(media, timeline, path, reporter, Budget(20_000, 32_000, 144))
        if not fits:
            with path.open("ab") as file:
                file.write((400_000).to_bytes(4, "big") + b"free" + bytes(400_000 - 8))
        return rendered

    monkeypatch.setattr("fastclip_desktop.media.encode.encode_clip", moody)
    cut(talk, tmp_path / "clip.mp4", 390_000)
    assert len(tries) == too_large + 1
    assert (tmp_path / "clip.mp4").stat().st_size <= 390_000


def test_a_small_room_makes_the_picture_smaller_and_the_sound_stays_in_its_place(talk: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    rendered = cut(talk, clip, 60_000)
    assert rendered.height < 360
    assert abs(read_sound_shift(clip, talk, SPAN.start) - SPAN.start) < Fraction(1, 50)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(45_000, 900_000))
def test_no_limit_is_ever_passed(limit: int, talk: Path, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    rendered = cut(talk, clip, limit)
    assert clip.stat().st_size <= limit
    assert rendered.duration == SPAN.duration
    assert rendered.receipt.frames == len(WHOLE)


@pytest.mark.parametrize("suffix", ["mp3", "m4a"])
@pytest.mark.parametrize("limit", [200_000, 60_000, 24_000])
def test_sound_alone_gets_a_rate_that_fits(suffix: str, limit: int, talk: Path, tmp_path: Path) -> None:
    clip = tmp_path / f"clip.{suffix}"
    rendered = cut(talk, clip, limit)
    assert clip.stat().st_size <= limit
    assert rendered.duration == SPAN.duration


def test_a_gif_becomes_smaller(talk: Path, tmp_path: Path) -> None:
    plain = cut(talk, tmp_path / "plain.gif", 50_000_000)
    assert plain.receipt.notes == ()
    limit = plain.path.stat().st_size // 2
    rendered = cut(talk, tmp_path / "clip.gif", limit)
    assert rendered.path.stat().st_size <= limit
    assert rendered.width < plain.width
    assert rendered.receipt.frames == plain.receipt.frames
    assert f"the picture is {rendered.width} × {rendered.height}" in rendered.receipt.notes[-1]


@pytest.mark.parametrize("suffix", ["mp4", "webm", "mp3", "m4a", "gif"])
def test_what_cannot_fit_is_refused_with_what_would(suffix: str, talk: Path, tmp_path: Path) -> None:
    error = refusal(talk, tmp_path / f"clip.{suffix}", 10_000)
    assert error.message == f"0:04.000 of {suffix} don't fit into 10 kB."
    assert "shorter range" in error.hint


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_sound_of_which_nothing_is_left_out_is_refused_when_too_large(suffix: str, talk: Path, tmp_path: Path) -> None:
    assert "mp3" in refusal(talk, tmp_path / f"clip.{suffix}", 50_000).hint
    assert cut(talk, tmp_path / f"clip.{suffix}", 5_000_000).receipt.notes == ()


def test_a_copy_that_is_too_large_is_refused(talk: Path, tmp_path: Path) -> None:
    error = refusal(talk, tmp_path / "clip.mp4", 90_000, OutputSpec(passthrough=True))
    assert error.hint.startswith("Choose another quality: copied clips cannot be made smaller.")


def test_the_room_that_a_refusal_names_is_enough(talk: Path, tmp_path: Path) -> None:
    words = refusal(talk, tmp_path / "clip.mp4", 10_000).hint
    least = float(words.split("at least ")[1].split(" kB")[0])
    assert cut(talk, tmp_path / "clip.mp4", int(least * 1000)).height == 144


def test_a_stop_leaves_nothing_behind(talk: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    reporter = Reporter(lambda fraction: cancel.cancel() if fraction > 0 else None, cancel)
    spec = OutputSpec(max_bytes=60_000)
    with pytest.raises(Cancelled):
        render(Render(FetchedMedia(talk, talk), Timeline(SPAN, spec), tmp_path / "clip.mp4"), reporter)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "up", "words"),
    [
        (999, False, "999 bytes"),
        (10_000_000, False, "10 MB"),
        (6_015_289, True, "6.1 MB"),
        (2_500_000_000, False, "2.5 GB"),
    ],
)
def test_sizes_in_words(size: int, up: bool, words: str) -> None:
    assert in_words(size, up=up) == words
