"""What is said of clips before they are made."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import Clip, Receipt, StageTime
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import AudioStream, MediaFile, MediaInfo, VideoStream
from fastclip_desktop.domain.preview_stages import WeighMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.domain.weights import Weights
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.estimates import Estimate, Estimates, Known, Pace, Way, estimate
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.library import Library
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner

F = Fraction
PICTURE = VideoStream(0, "h264", 1920, 1080, "yuv420p", F(1, 90_000), F(30), F(0))
SOUND = AudioStream(1, "aac", 48_000, 2, F(1, 48_000), F(0))
TALK = MediaInfo("mp4", F(600), F(0), (PICTURE,), (SOUND,))
SIZE = 600_000_000
"""Ten minutes at 8 Mbit/s."""


def come_to(output: OutputSpec, *seconds: float, info: MediaInfo = TALK, pace: Pace | None = None) -> Estimate:
    spans = [TimeRange(F(0), F(length)) for length in seconds]
    found = estimate(Known(info, SIZE), spans, output, pace or Pace())
    assert found is not None
    return found


def made(output: OutputFormat, method: str, took: float, *, seconds: int = 10, frames: int = 300) -> Clip:
    receipt = Receipt(method, frames=frames, stages=(StageTime("fetch", 99.0), StageTime("render", took)))
    sides = (1920, 1080) if output.has_picture else (0, 0)
    return Clip(Path("a"), TimeRange(F(0), F(seconds)), F(seconds), output, *sides, 1, "A talk", receipt)


def test_what_is_copied_takes_its_share_of_the_source() -> None:
    assert come_to(OutputSpec(), 30, 12).size == pytest.approx(42_000_000, rel=0.01)


def test_sound_alone_goes_by_its_rate() -> None:
    assert come_to(OutputSpec(OutputFormat.MP3), 60).size == 60 * 192_000 / 8
    assert come_to(OutputSpec(OutputFormat.WAV), 60).size == 60 * 48_000 * 2 * 2


def test_a_chosen_track_counts_alone() -> None:
    two = dataclasses.replace(TALK, audio=(SOUND, SOUND))
    assert come_to(OutputSpec(OutputFormat.WAV, sound_tracks=(1,)), 60, info=two).size == 60 * 48_000 * 2 * 2
    assert come_to(OutputSpec(sound_tracks=()), 60, info=two).size < come_to(OutputSpec(), 60, info=two).size


def test_fewer_pixels_are_fewer_bytes_and_more_work() -> None:
    whole, small = come_to(OutputSpec(), 60), come_to(OutputSpec(max_height=480), 60)
    assert small.size < whole.size / 2
    assert small.seconds > whole.seconds


def test_a_limit_is_never_passed_and_told_of_where_it_holds() -> None:
    found = come_to(OutputSpec(max_bytes=10_000_000), 5, 60)
    assert found.size == pytest.approx(5_000_000 + 10_000_000, rel=0.01)
    assert (found.limited, found.unreachable) == (1, 0)


def test_what_does_not_fit_is_counted() -> None:
    assert come_to(OutputSpec(max_bytes=10_000_000), 5, 3600).unreachable == 1
    assert come_to(OutputSpec(OutputFormat.WAV, max_bytes=1_000_000), 60).unreachable == 1
    assert come_to(OutputSpec(OutputFormat.MP3, max_bytes=1_000_000), 60).unreachable == 0


def test_nothing_is_said_of_a_picture_that_is_not_there() -> None:
    spoken = dataclasses.replace(TALK, video=())
    spans = [TimeRange(F(0), F(1))]
    assert estimate(Known(spoken, SIZE), spans, OutputSpec(), Pace()) is None
    assert estimate(Known(spoken, SIZE), spans, OutputSpec(OutputFormat.MP3), Pace()) is not None
    assert estimate(Known(TALK, SIZE), [], OutputSpec(), Pace()) is None


QUIET_END = Weights(
    picture=(400_000,) * 40 + (20_000,) * 40, sounds=((4_000,) * 80, (3_000,) * 80), keys=(F(0), F(6), F(12))
)
"""Twenty seconds, the second half of which is nearly still."""


def weighed(output: OutputSpec, start: int, end: int) -> int:
    source = Known(dataclasses.replace(TALK, audio=(SOUND, SOUND)), SIZE, QUIET_END)
    found = estimate(source, [TimeRange(F(start), F(end))], output, Pace())
    assert found is not None
    return found.size


def test_a_clip_takes_what_the_source_has_there() -> None:
    sound = 2 * 4 * 192_000 // 8
    assert weighed(OutputSpec(), 2, 6) == 16 * 400_000 + sound
    assert weighed(OutputSpec(), 14, 18) == 16 * 20_000 + sound
    assert weighed(OutputSpec(sound_tracks=()), 18, 30) == 8 * 20_000  # nothing lies beyond the end
    assert weighed(OutputSpec(sound_tracks=(), max_height=540), 14, 18) == pytest.approx(16 * 20_000 / 2**1.5, rel=0.01)


def test_what_is_only_copied_begins_with_its_key_frame_and_keeps_its_sound() -> None:
    passed = OutputSpec(passthrough=True, sound_tracks=(1,))
    assert weighed(passed, 14, 18) == (18 - 12) * 4 * (20_000 + 3_000)
    assert weighed(passed, 12, 18) == weighed(passed, 14, 18)


def test_a_source_is_weighed_once_and_again_when_it_changed(tmp_path: Path) -> None:
    runner = ScriptedRunner({WeighMedia: QUIET_END})
    estimates = Estimates(Library(Database.in_memory(), Clock(), EventBus(), tmp_path), runner)
    path = tmp_path / "talk.mp4"
    path.write_bytes(bytes(10))
    here = MediaFile(str(path), "A talk", path, duration=F(600), info=TALK)
    spans = [TimeRange(F(14), F(18))]
    for _ in range(2):
        found = estimates.of(here, spans, OutputSpec(sound_tracks=()))
        assert found is not None
        assert found.size == 16 * 20_000
    estimates.of(here, spans, OutputSpec(OutputFormat.MP3))
    assert runner.requests == [WeighMedia(path)]
    path.write_bytes(bytes(20))
    estimates.of(here, spans, OutputSpec())
    assert len(runner.requests) == 2


def test_a_source_that_lost_its_sound_since_it_was_probed_is_told_of_by_its_size(tmp_path: Path) -> None:
    runner = ScriptedRunner({WeighMedia: Weights(picture=(1,), sounds=())})
    estimates = Estimates(Library(Database.in_memory(), Clock(), EventBus(), tmp_path), runner)
    path = tmp_path / "talk.mp4"
    path.write_bytes(bytes(6_000_000))
    here = MediaFile(str(path), "A talk", path, duration=F(600), info=TALK)
    found = estimates.of(here, [TimeRange(F(0), F(60))], OutputSpec(passthrough=True))
    assert found is not None
    assert found.size > 1


def test_the_pace_is_that_of_earlier_clips_of_the_same_kind() -> None:
    pace = Pace.of(
        [
            made(OutputFormat.MP4, "reencoded", 10),
            made(OutputFormat.MP4, "reencoded", 10),
            made(OutputFormat.MP4, "reencoded", 500),
            made(OutputFormat.MP3, "reencoded", 2),
        ]
    )
    assert pace.speeds[Way.H264] == pytest.approx(1920 * 1080 * 30)
    assert pace.speeds[Way.SOUND] == 5
    assert pace.speeds[Way.COPY] == Pace().speeds[Way.COPY]
    assert come_to(OutputSpec(compatible=True), 10, pace=pace).seconds == pytest.approx(10.5)


def test_clips_that_are_made_at_once_are_done_sooner_but_none_before_its_own_time() -> None:
    one, four = Pace(), Pace(at_once=4)
    output = OutputSpec(compatible=True)
    assert come_to(output, 10, 10, pace=four).seconds == pytest.approx(come_to(output, 10, 10, pace=one).seconds / 2)
    assert come_to(output, 10, pace=four).seconds == come_to(output, 10, pace=one).seconds


def test_only_a_source_that_is_here_is_told_of(tmp_path: Path) -> None:
    damaged = InputError(ErrorCode.NOT_MEDIA, "talk.mp4 is no media file.", "Choose another one.")
    runner = ScriptedRunner({WeighMedia: damaged})
    estimates = Estimates(Library(Database.in_memory(), Clock(), EventBus(), tmp_path), runner)
    path = tmp_path / "talk.mp4"
    here = MediaFile(str(path), "A talk", path, duration=F(600), info=TALK)
    spans = [TimeRange(F(0), F(60))]
    assert estimates.of(here, spans, OutputSpec()) is None
    path.write_bytes(bytes(6_000_000))
    found = estimates.of(here, spans, OutputSpec(sound_tracks=()))
    assert found is not None
    assert 0 < found.size <= 600_000
    assert estimates.of(dataclasses.replace(here, path=None, info=None), spans, OutputSpec()) is None
