"""A driver that takes its process along costs a clip nothing but time: the work is done again without the device."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.device_trial import TryDevices
from fastclip_desktop.domain.devices import DeviceFailure
from fastclip_desktop.domain.errors import ErrorCode, InputError, WorkerLost
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.runners.device_watch import DeviceWatch
from fastclip_desktop.runners.kinds import Limits, kind_of, silence_of
from fastclip_desktop.runners.processes import ProcessRunner
from tests import faulty_encoders
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

SPAN = TimeRange(Fraction("0.5"), Fraction("1.5"))


@pytest.fixture
def source(made_media: Callable[..., Path]) -> Path:
    return made_media("talk.mp4", VideoSpec(), (AudioSpec(),))


def clip(runner: ProcessRunner, source: Path, path: Path) -> RenderedFile:
    timeline = Timeline(SPAN, OutputSpec(compatible=True))
    return runner.run(Render(FetchedMedia(source, source), timeline, path), Reporter())


def runner_of(perform: str, book: DeviceBook, folder: Path) -> ProcessRunner:
    return ProcessRunner(folder / "sites", f"{faulty_encoders.__name__}:{perform}", devices=book)


@pytest.mark.parametrize(
    ("perform", "reason"),
    [
        ("perform_on_a_chip_that_crashes", "its driver ended the process"),
        ("perform_on_a_chip_that_gives_up", faulty_encoders.FAULT),
    ],
)
def test_a_chip_that_fails_in_a_child_is_replaced_once_and_remembered(
    perform: str, reason: str, source: Path, tmp_path: Path
) -> None:
    told: list[DeviceFailure] = []
    book = DeviceBook()
    book.on_failure(told.append)
    with closing(runner_of(perform, book, tmp_path)) as runner:
        made = clip(runner, source, tmp_path / "first.mp4")
        later = clip(runner, source, tmp_path / "second.mp4")
    assert made.receipt.device == "CPU"
    (note,) = made.receipt.notes
    assert note.startswith("NVENC gave up in the middle (")
    assert reason in note
    assert later.receipt.notes == ()  # nobody tried it again
    assert [failure.device for failure in told] == [faulty_encoders.NAME]
    assert reason in told[0].reason
    assert read_frame_numbers(tmp_path / "first.mp4") == read_frame_numbers(tmp_path / "second.mp4")


def test_what_a_person_wishes_reaches_the_child_from_the_next_stage_on(source: Path, tmp_path: Path) -> None:
    wishes = [((Work.ENCODE, "graphics"),)]
    book = DeviceBook(lambda: wishes[-1])
    with closing(runner_of("perform_on_a_chip", book, tmp_path)) as runner:
        assert clip(runner, source, tmp_path / "first.mp4").receipt.device == "NVENC"
        wishes.append(((Work.ENCODE, "processor"),))
        assert clip(runner, source, tmp_path / "second.mp4").receipt.device == "CPU"


CRASHED = WorkerLost(ErrorCode.WORKER_CRASHED, "It died.")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CRASHED, "its driver ended the process"),
        (WorkerLost(ErrorCode.WORKER_SILENT, "It hung."), "it did not answer any more"),
        (InputError(ErrorCode.OUT_OF_MEMORY, "Full."), "there was not enough memory"),
        (InputError(ErrorCode.DAMAGED_MEDIA, "It is damaged."), None),
    ],
)
def test_a_device_is_blamed_for_a_lost_process_alone(error: InputError | WorkerLost, reason: str | None) -> None:
    book = DeviceBook()
    watch = DeviceWatch(book)
    watch.in_use = "h264_nvenc"
    failure = watch.blamed(error)
    assert (failure.reason if failure else None) == reason
    assert book.rules().failures == ((failure,) if failure else ())


def test_nothing_is_blamed_where_the_processor_worked() -> None:
    book = DeviceBook()
    watch = DeviceWatch(book)
    assert watch.blamed(CRASHED) is None
    watch.in_use = "cuda"
    watch.failed("cuda", "out of memory")  # and goes on without it
    assert watch.blamed(CRASHED) is None
    assert [failure.reason for failure in book.rules().failures] == ["out of memory"]


def test_devices_are_tried_in_a_process_that_ends_afterwards_and_may_not_hang_for_long() -> None:
    kind = kind_of(TryDevices(()))
    limits = Limits()
    assert kind.single_use
    assert not kind.network
    assert silence_of(kind, limits) == limits.trial_silence < limits.silence
