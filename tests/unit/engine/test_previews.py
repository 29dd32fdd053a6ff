"""The previews' way through cache and runner, with a runner that answers from a table."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, UsageError
from fastclip_desktop.domain.preview import Peaks, ShotBoundary, SpriteSheet, Thumbnail
from fastclip_desktop.domain.preview_stages import (
    FetchPicture,
    FindKeyFrames,
    FindShots,
    FindSilence,
    MakePoster,
    MakeSpriteSheet,
    MakeThumbnails,
    MakeWaveform,
    PrepareStill,
    ShowStill,
    ShrinkPicture,
)
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.stand_in import MakeStandIns, StandIn
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.previews import Previews
from fastclip_desktop.engine.stand_ins import StandIns
from fastclip_desktop.engine.streams import Streams
from fastclip_desktop.store.media_cache import MediaCache
from tests.scripted_runner import InParts, ScriptedRunner

WAIT = 10
STILLS = tuple(Thumbnail(n, Fraction(n), Fraction(n), 160, 90, bytes([n])) for n in range(3))
POSTER = Thumbnail(0, Fraction(7), Fraction(7), 1280, 720, b"poster")
SHEET = SpriteSheet(b"sheet", 160, 90, 3, (Fraction(0), Fraction(1), Fraction(2)))
FINE = Peaks(Fraction(1, 100), 0, b"\0\0" * 8, b"\1\0" * 8, b"\0\0\0\0" * 8)
COARSE = Peaks(Fraction(8, 100), 0, b"\0\0", b"\1\0", b"\0\0\0\0")
SHOTS = (ShotBoundary(Fraction(3), 0.5), ShotBoundary(Fraction(9), 0.25))
KEYS = (Fraction(0), Fraction(4), Fraction(8))
PAUSES = (TimeRange(Fraction(1), Fraction(2)), TimeRange(Fraction(4), Fraction(5)))
SCRIPT: dict[type, object] = {
    MakeThumbnails: InParts((STILLS[0], STILLS[2], STILLS[1]), STILLS),
    MakePoster: POSTER,
    MakeSpriteSheet: SHEET,
    MakeWaveform: InParts((COARSE, FINE), (FINE, COARSE)),
    FindShots: InParts(SHOTS, SHOTS),
    FindKeyFrames: InParts((KEYS[:2], KEYS[2:]), KEYS),
    FindSilence: InParts(PAUSES, PAUSES),
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(b"a talk")
    return path


@pytest.fixture
def runner() -> ScriptedRunner:
    return ScriptedRunner(dict(SCRIPT))


@pytest.fixture
def cache(tmp_path: Path) -> MediaCache:
    return MediaCache(tmp_path / "previews.sqlite", 1_000_000)


def previews_over(runner: ScriptedRunner, cache: MediaCache) -> Previews:
    return Previews(runner, cache, Streams(runner, Path()), StandIns(runner, cache, lambda: False))


@pytest.fixture
def previews(runner: ScriptedRunner, cache: MediaCache):
    previews = previews_over(runner, cache)
    yield previews
    previews.close()


IN_PARTS = {
    "thumbnails": (lambda previews, path, on_part: previews.thumbnails(path, 3, on_part), STILLS),
    "waveform": (lambda previews, path, on_part: previews.waveform(path, on_part), (FINE, COARSE)),
    "shots": (lambda previews, path, on_part: previews.shots(path, on_part), SHOTS),
    "silence": (lambda previews, path, on_part: previews.silence(path, on_part), PAUSES),
}
WHOLE = {
    "poster": (lambda previews, path: previews.poster(path), POSTER),
    "sprite sheet": (lambda previews, path: previews.sprite_sheet(path, 3), SHEET),
}


@pytest.mark.parametrize("name", IN_PARTS)
def test_what_was_made_once_comes_from_the_cache_with_all_its_parts(
    previews: Previews, runner: ScriptedRunner, source: Path, name: str
) -> None:
    call, expected = IN_PARTS[name]
    for _ in range(2):
        parts: list[object] = []
        assert call(previews, source, parts.append) == expected
        assert len(parts) == len(expected)
        assert set(parts) == set(expected)
    assert len(runner.requests) == 1


@pytest.mark.parametrize("name", WHOLE)
def test_what_has_no_parts_comes_from_the_cache_too(
    previews: Previews, runner: ScriptedRunner, source: Path, name: str
) -> None:
    call, expected = WHOLE[name]
    assert call(previews, source) == expected
    asked = len(runner.requests)
    assert call(previews, source) == expected
    assert len(runner.requests) == asked


def test_a_kept_waveform_hands_over_its_coarsest_level_first(previews: Previews, source: Path) -> None:
    previews.waveform(source)
    parts: list[Peaks] = []
    previews.waveform(source, parts.append)
    assert parts == [COARSE, FINE]


def test_key_frames_come_in_runs_and_all_at_once_when_they_are_known(
    previews: Previews, runner: ScriptedRunner, source: Path
) -> None:
    runs: list[tuple[Fraction, ...]] = []
    for _ in range(2):
        assert previews.key_frames(source, runs.append) == KEYS
    assert runs == [KEYS[:2], KEYS[2:], KEYS]
    assert len(runner.requests) == 1


def test_a_moved_source_is_still_known(previews: Previews, runner: ScriptedRunner, source: Path) -> None:
    previews.poster(source)
    previews.poster(source.rename(source.with_name("renamed.mov")))
    assert len(runner.requests) == 1


def test_each_question_is_kept_apart(previews: Previews, runner: ScriptedRunner, source: Path) -> None:
    span = TimeRange(Fraction(0), Fraction(5))
    questions = [
        lambda: previews.thumbnails(source, 3),
        lambda: previews.thumbnails(source, 4),
        lambda: previews.thumbnails(source, [Fraction(3)]),
        lambda: previews.thumbnails(source, 3, box=(32, 18)),
        lambda: previews.poster(source),
        lambda: previews.poster(source, box=(32, 18)),
        lambda: previews.waveform(source),
        lambda: previews.shots(source),
        lambda: previews.shots(source, span=span),
        lambda: previews.silence(source),
        lambda: previews.silence(source, level=-30.0),
        lambda: previews.silence(source, shortest=Fraction(1)),
    ]
    for question in questions * 2:
        question()
    assert len(runner.requests) == len(questions)


def test_another_source_is_another_question(previews: Previews, runner: ScriptedRunner, source: Path) -> None:
    other = source.with_name("other.mp4")
    other.write_bytes(b"another talk")
    previews.poster(source)
    previews.poster(other)
    assert len(runner.requests) == 2


def test_silence_is_read_off_the_waveform_where_that_is_known(
    previews: Previews, runner: ScriptedRunner, source: Path
) -> None:
    previews.waveform(source)
    previews.silence(source)
    asked = runner.requests[-1]
    assert isinstance(asked, FindSilence)
    assert asked.known == FINE


def test_silence_does_not_wait_for_a_waveform(previews: Previews, runner: ScriptedRunner, source: Path) -> None:
    previews.silence(source)
    assert [type(request) for request in runner.requests] == [FindSilence]


def test_a_sheet_is_made_of_the_thumbnails_that_are_known(
    previews: Previews, runner: ScriptedRunner, source: Path
) -> None:
    previews.thumbnails(source, 3)
    previews.sprite_sheet(source, 3, columns=2)
    assert [type(request) for request in runner.requests] == [MakeThumbnails, MakeSpriteSheet]
    assert runner.requests[-1] == MakeSpriteSheet(STILLS, 2)


def test_a_source_that_changes_meanwhile_is_not_kept(runner: ScriptedRunner, cache: MediaCache, source: Path) -> None:
    older = source.with_name("older.mp4")
    shutil.copy2(source, older)

    def change_meanwhile(_: StageRequest[object], __: Reporter) -> Thumbnail:
        status = source.stat()
        source.write_bytes(b"A talk")
        os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
        return POSTER

    changing = previews_over(ScriptedRunner({MakePoster: change_meanwhile}), cache)
    assert changing.poster(source) == POSTER
    for path in (older, source):
        previews_over(runner, cache).poster(path)
    assert len(runner.requests) == 2


def test_a_stop_in_the_middle_keeps_nothing(previews: Previews, runner: ScriptedRunner, source: Path) -> None:
    token = CancelToken()
    parts: list[Thumbnail] = []

    def make(_: StageRequest[object], reporter: Reporter) -> InParts:
        def first_and_wait() -> Iterator[Thumbnail]:
            yield STILLS[0]
            assert reporter.cancel._event.wait(WAIT)
            yield STILLS[1]

        return InParts(first_and_wait(), STILLS)

    def stop(part: Thumbnail) -> None:
        parts.append(part)
        token.cancel()

    runner._script[MakeThumbnails] = make
    with pytest.raises(Cancelled):
        previews.thumbnails(source, 3, stop, token)
    previews.close()  # which waits for the end of the work
    assert parts == [STILLS[0]]
    runner._script[MakeThumbnails] = SCRIPT[MakeThumbnails]
    assert previews_over(runner, previews._cache).thumbnails(source, 3) == STILLS
    assert len(runner.requests) == 2


def test_a_fault_is_not_kept(runner: ScriptedRunner, previews: Previews, source: Path) -> None:
    runner._script[MakePoster] = InputError(ErrorCode.DAMAGED_MEDIA, "talk.mp4 is damaged.", "Get it again.")
    with pytest.raises(InputError):
        previews.poster(source)
    runner._script[MakePoster] = POSTER
    assert previews.poster(source) == POSTER


def test_what_cannot_be_read_is_for_the_stage_to_refuse(runner: ScriptedRunner, previews: Previews) -> None:
    runner._script[MakePoster] = InputError(ErrorCode.SOURCE_NOT_FOUND, "There is no such file.", "Check the name.")
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            previews.poster(Path("missing.mp4"))
        assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert len(runner.requests) == 2


def test_a_malformed_question_reaches_no_runner(runner: ScriptedRunner, previews: Previews, source: Path) -> None:
    for ask in (
        lambda: previews.thumbnails(source, 0),
        lambda: previews.thumbnails(source, []),
        lambda: previews.poster(source, box=(0, 0)),
        lambda: previews.sprite_sheet(source, 0),
    ):
        with pytest.raises(UsageError):
            ask()
    assert runner.requests == []


def test_two_who_ask_for_the_same_share_the_work(runner: ScriptedRunner, previews: Previews, source: Path) -> None:
    got_one = threading.Semaphore(0)

    def first_and_wait_for_both() -> Iterator[Thumbnail]:
        yield STILLS[0]
        for _ in range(2):
            assert got_one.acquire(timeout=WAIT)
        yield from STILLS[1:]

    def ask() -> tuple[list[Thumbnail], tuple[Thumbnail, ...]]:
        parts: list[Thumbnail] = []

        def take(part: Thumbnail) -> None:
            parts.append(part)
            got_one.release()

        return parts, previews.thumbnails(source, 3, take)

    runner._script[MakeThumbnails] = lambda *_: InParts(first_and_wait_for_both(), STILLS)
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(ask) for _ in range(2)]
        assert [call.result(WAIT) for call in calls] == [(list(STILLS), STILLS)] * 2
    assert len(runner.requests) == 1


def test_a_damaged_entry_is_made_again(
    runner: ScriptedRunner, previews: Previews, cache: MediaCache, source: Path
) -> None:
    previews.poster(source)
    cache._path.write_bytes(b"no database " * 1000)
    assert previews.poster(source) == POSTER
    assert previews.poster(source) == POSTER
    assert len(runner.requests) == 2


def test_without_a_place_for_the_cache_everything_is_made_each_time(runner: ScriptedRunner, source: Path) -> None:
    previews = previews_over(runner, MediaCache(source / "previews.sqlite", 1_000_000))
    assert previews.poster(source) == previews.poster(source) == POSTER
    assert len(runner.requests) == 2


def test_the_picture_of_a_link_is_fetched_by_one_and_looked_into_by_another_and_kept(cache: MediaCache) -> None:
    url, page = "https://example.org/bee.jpg", "https://example.org/talk"
    runner = ScriptedRunner({FetchPicture: b"a file", ShrinkPicture: STILLS[1]})
    previews = previews_over(runner, cache)
    assert previews.link_picture(url, page) == STILLS[1]
    assert previews.link_picture(url, page) == STILLS[1]
    assert runner.requests == [FetchPicture(url, page), ShrinkPicture(b"a file")]
    assert previews.link_picture("https://example.org/ant.jpg", page) == STILLS[1]
    assert len(runner.requests) == 4
    previews.close()


@pytest.mark.parametrize("kind", [ShowStill, PrepareStill])
def test_whoever_wants_a_picture_comes_before_what_nobody_asked_for(
    cache: MediaCache, source: Path, kind: type
) -> None:
    looking: list[int] = []

    def answer(*_: object) -> None:
        looking.append(stand_ins._lookers)

    runner = ScriptedRunner({kind: answer})
    stand_ins = StandIns(runner, cache, lambda: False)
    previews = Previews(runner, cache, Streams(runner, Path()), stand_ins)
    (previews.still if kind is ShowStill else previews.prepare_still)(source, Fraction(1))
    assert looking == [1]
    assert stand_ins._lookers == 0
    previews.close()


def test_a_picture_comes_from_its_stand_in_where_that_will_do(cache: MediaCache, source: Path) -> None:
    piece = StandIn(0, 64, 36, Fraction(1, 30), Fraction(0), (0,), None, b"", (b"coded",))
    runner = ScriptedRunner({MakeStandIns: InParts((piece,), None), FindKeyFrames: KEYS, ShowStill: None})
    with closing(previews_over(runner, cache)) as previews:
        previews.prepare_scrubbing(source, Fraction(1, 30), Fraction(4), lambda: Fraction(0))
        for small_will_do in (True, False):
            previews.still(source, Fraction(1), small_will_do=small_will_do)
    assert [request.stand_in for request in runner.requests if isinstance(request, ShowStill)] == [piece, None]


def test_nothing_is_prepared_of_a_source_that_needs_it_not(cache: MediaCache, source: Path) -> None:
    runner = ScriptedRunner({FindKeyFrames: tuple(Fraction(n, 3) for n in range(30))})
    with closing(previews_over(runner, cache)) as previews:
        previews.prepare_scrubbing(source, Fraction(1, 30), Fraction(10), lambda: Fraction(0))
    assert [type(request) for request in runner.requests] == [FindKeyFrames]
