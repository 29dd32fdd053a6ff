"""Stills, loudness, cuts and silence of generated media, through the engine as the front ends have it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PIL import Image

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, UsageError
from fastclip_desktop.domain.preview import Peaks, Still, Thumbnail
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_number

WHOLE = (320, 180)

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")


class WatchedRunner(InProcessRunner):
    """The real runner; notes what it is asked for."""

    def __init__(self) -> None:
        self.requests: list[StageRequest[object]] = []

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        self.requests.append(request)
        return super().run(request, reporter)

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        self.requests.append(request)
        return super().run_in_parts(request, deliver, reporter)


@pytest.fixture
def runner() -> WatchedRunner:
    return WatchedRunner()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def previews(runner: WatchedRunner, paths: Paths) -> Iterator[Previews]:
    with Engine(runner, paths, Database.in_memory()) as engine:
        yield engine.previews


@pytest.fixture
def source(plain_mp4: Path, tmp_path: Path) -> Path:
    """A copy of three seconds of picture and sound, for a test to change."""
    return Path(shutil.copy2(plain_mp4, tmp_path / "talk.mp4"))


def number(still: Thumbnail) -> int:
    with Image.open(io.BytesIO(still.jpeg)) as picture:
        return read_number(np.asarray(picture.convert("L")))


def ask_for_everything(previews: Previews, source: Path) -> list[object]:
    parts: list[object] = []
    take = parts.append
    results = [
        previews.thumbnails(source, 4, take, box=WHOLE),
        previews.poster(source),
        previews.sprite_sheet(source, 6),
        previews.waveform(source, take),
        previews.shots(source, take),
        previews.silence(source, take),
    ]
    return [results, sorted(map(repr, parts))]


def test_everything_comes_from_the_cache_the_second_time_without_a_stage(
    previews: Previews, runner: WatchedRunner, source: Path
) -> None:
    first = ask_for_everything(previews, source)
    made = len(runner.requests)
    assert made == 7  # the sheet asks for its thumbnails
    assert ask_for_everything(previews, source) == first
    assert len(runner.requests) == made


def test_another_run_of_the_program_finds_what_this_one_made(source: Path) -> None:
    with build_engine() as engine:
        made = engine.previews.waveform(source)
    with build_engine() as engine:
        assert engine.previews.waveform(source) == made


def test_thumbnails_come_one_by_one_spread_over_the_source_first(previews: Previews, source: Path) -> None:
    parts: list[Thumbnail] = []
    stills = previews.thumbnails(source, 6, parts.append, box=WHOLE)
    assert [number(still) for still in stills] == [0, 0, 30, 30, 60, 60]
    assert [part.index for part in parts] == [0, 4, 2, 1, 3, 5]


def test_a_stop_in_the_middle_leaves_no_entry(previews: Previews, source: Path, paths: Paths) -> None:
    token = CancelToken()
    parts: list[Thumbnail] = []

    def stop(part: Thumbnail) -> None:
        parts.append(part)
        token.cancel()

    with pytest.raises(Cancelled):
        previews.thumbnails(source, 3000, stop, token)
    previews.close()
    assert 1 <= len(parts) < 3000
    assert not paths.previews.exists()


def test_a_changed_source_is_looked_at_again(previews: Previews, source: Path, made_media: MediaMaker) -> None:
    with_sound = previews.waveform(source)
    shutil.copy(made_media("other.mp4", None, (AudioSpec(duration=Fraction(1)),)), source)
    (finest, *_) = previews.waveform(source)
    assert len(finest) < len(with_sound[0]) / 2


def test_a_damaged_cache_is_no_more_than_a_slow_one(
    previews: Previews, runner: WatchedRunner, source: Path, paths: Paths
) -> None:
    before = previews.poster(source)
    data = bytearray(paths.previews.read_bytes())
    data[2048:] = b"\xa5" * len(data[2048:])
    paths.previews.write_bytes(data)
    assert previews.poster(source) == before
    assert previews.poster(source) == before
    assert len(runner.requests) == 2


def test_what_cannot_be_read_is_said_in_words(previews: Previews, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no media at all")
    folder = tmp_path / "folder.mp4"
    folder.mkdir()
    for path, code in (
        (text, ErrorCode.NOT_MEDIA),
        (folder, ErrorCode.SOURCE_IS_FOLDER),
        (tmp_path / "gone.mp4", ErrorCode.SOURCE_NOT_FOUND),
    ):
        for ask in (previews.poster, previews.waveform, previews.shots, previews.silence):
            with pytest.raises(InputError) as caught:
                ask(path)
            assert caught.value.code is code
            assert path.name in caught.value.message


def test_sound_alone_has_no_picture_and_a_waveform(previews: Previews, made_media: MediaMaker) -> None:
    talk = made_media("talk.m4a", None, (AudioSpec(duration=Fraction(1)),))
    with pytest.raises(InputError) as caught:
        previews.thumbnails(talk, 3)
    assert caught.value.code is ErrorCode.NO_VIDEO
    parts: list[Peaks] = []
    levels = previews.waveform(talk, parts.append)
    assert parts
    assert [len(level) for level in levels] == sorted((len(level) for level in levels), reverse=True)


def test_exact_pictures_come_one_after_the_other_from_a_source_that_stays_open(made_media: MediaMaker) -> None:
    path = made_media("scrub.mp4", VideoSpec(frames=120, gop=60))
    early: list[int] = []

    def number_in(still: Still) -> int:
        pixels = np.frombuffer(still.pixels, np.uint8).reshape(still.height, still.width, 4)
        return read_number(pixels[:, :, 1])

    def take(still: Still) -> None:
        early.append(number_in(still))

    places = [90, 91, 89, 10, 119]
    with build_engine() as engine:
        stills = [engine.previews.still(path, Fraction(place, 30), take, box=WHOLE) for place in places]
    assert [number_in(still) for still in stills] == places
    assert early[0] == 60


def test_a_picture_before_the_beginning_is_refused(previews: Previews, plain_mp4: Path) -> None:
    with pytest.raises(UsageError) as refused:
        previews.still(plain_mp4, Fraction(-1))
    assert refused.value.code is ErrorCode.BAD_TIME
