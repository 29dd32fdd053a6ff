"""A chip that fails is replaced by software once, and the clip says so; nothing of what it made is in the clip."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.devices import NO_RULES, DeviceFailure, DeviceRules
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.montage import Montage, Part
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Join, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing
from fastclip_desktop.media.join import join
from fastclip_desktop.media.render import render
from tests.faulty_encoders import FAULT, NAME, Chip
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers
from tests.unit.media.shorts import make_short

MediaMaker = Callable[..., Path]
SPAN = TimeRange(Fraction("0.5"), Fraction("1.5"))
SIZED = VideoSpec(size=(320, 180))


@pytest.fixture
def source(made_media: MediaMaker) -> Path:
    return made_media("talk.mp4", SIZED, (AudioSpec(),))


def clip(source: Path, path: Path, reporter: Reporter | None = None) -> RenderedFile:
    timeline = Timeline(SPAN, OutputSpec(compatible=True))
    return render(Render(FetchedMedia(source, source), timeline, path), reporter or Reporter())


def joined(source: Path, path: Path) -> RenderedFile:
    parts = (Part(0, SPAN), Part(0, TimeRange(Fraction(2), Fraction("2.5"))))
    return join(Join((FetchedMedia(source, source),), Montage(parts, OutputSpec(compatible=True)), path), Reporter())


def short(source: Path, path: Path) -> RenderedFile:
    return make_short(source, "0.5-1.5", path, size=(180, 320))


MAKERS = {"clip": clip, "joined": joined, "short": short}


@pytest.mark.parametrize("fails_at", ["open", 0, 7, "flush"])
def test_wherever_a_chip_fails_the_clip_is_made_in_software_and_says_so(
    fails_at: str | int, source: Path, tmp_path: Path
) -> None:
    told: list[DeviceFailure] = []
    standing.obey(NO_RULES, on_failure=told.append)
    without = clip(source, tmp_path / "without.mp4")
    with Chip(fails_at) as chip:
        made = clip(source, tmp_path / "clip.mp4")
    assert chip.opened == 1
    assert (made.receipt.video_encoder, made.receipt.device) == ("libx264", "CPU")
    (note,) = made.receipt.notes
    assert note.startswith("NVENC gave up in the middle (")
    assert FAULT in note
    assert [failure.device for failure in told] == [NAME]
    assert read_frame_numbers(tmp_path / "clip.mp4") == read_frame_numbers(tmp_path / "without.mp4")
    assert without.receipt.notes == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.mp4", "without.mp4"]


@pytest.mark.parametrize("kind", MAKERS)
def test_every_way_that_encodes_anew_falls_back(kind: str, source: Path, tmp_path: Path) -> None:
    with Chip(3):
        made = MAKERS[kind](source, tmp_path / "clip.mp4")
    assert made.receipt.device == "CPU"
    assert sum("gave up in the middle" in note for note in made.receipt.notes) == 1


@pytest.mark.parametrize("kind", MAKERS)
def test_a_chip_that_works_makes_the_clip_and_is_named(kind: str, source: Path, tmp_path: Path) -> None:
    used: list[str] = []
    standing.obey(NO_RULES, used.append)
    with Chip() as chip:
        made = MAKERS[kind](source, tmp_path / "clip.mp4")
    assert (made.receipt.video_encoder, made.receipt.device) == (NAME, "NVENC")
    assert not any("gave up" in note for note in made.receipt.notes)
    assert chip.pictures == made.receipt.frames
    assert used[-1] == NAME


def test_a_chip_that_gave_up_is_not_tried_again_until_the_next_start(source: Path, tmp_path: Path) -> None:
    with Chip("open") as chip:
        clip(source, tmp_path / "first.mp4")
        later = clip(source, tmp_path / "second.mp4")
        assert chip.opened == 1
        assert later.receipt.notes == ()
        standing.obey(NO_RULES)
        clip(source, tmp_path / "third.mp4")
        assert chip.opened == 2


def test_a_wish_for_the_processor_leaves_a_chip_alone(source: Path, tmp_path: Path) -> None:
    standing.obey(DeviceRules(wishes=((Work.ENCODE, "processor"),)))
    with Chip() as chip:
        made = clip(source, tmp_path / "clip.mp4")
    assert (made.receipt.device, made.receipt.notes, chip.opened) == ("CPU", (), 0)


@pytest.mark.parametrize(
    ("wish", "note"),
    [
        ("qsv", "Quick Sync does not work here (it is not here), so the processor encodes instead."),
        ("graphics", "No chip here encodes H.264, so the processor does it."),
    ],
)
def test_a_wish_that_cannot_be_granted_is_said_in_one_sentence(
    wish: str, note: str, source: Path, tmp_path: Path
) -> None:
    standing.obey(DeviceRules((("encode", wish),), (DeviceFailure(NAME, "it was hot"),)))  # type: ignore[arg-type]  # as from the wire
    with Chip():
        made = clip(source, tmp_path / "clip.mp4")
    assert (made.receipt.device, made.receipt.notes) == ("CPU", (note,))


def test_a_wish_for_a_chip_that_gave_up_says_that(source: Path, tmp_path: Path) -> None:
    standing.obey(DeviceRules(((Work.ENCODE, "nvenc"),), (DeviceFailure(NAME, "it was hot"),)))
    with Chip():
        made = clip(source, tmp_path / "clip.mp4")
    assert made.receipt.notes == ("NVENC gave up earlier (it was hot), so the processor encodes instead.",)


def test_a_stop_is_no_failure_of_the_chip(source: Path, tmp_path: Path) -> None:
    cancel = CancelToken()
    told: list[DeviceFailure] = []
    standing.obey(NO_RULES, on_failure=told.append)
    with Chip(4, cancel.cancel), pytest.raises(Cancelled):
        clip(source, tmp_path / "clip.mp4", Reporter(cancel=cancel))
    assert told == []
    assert list(tmp_path.iterdir()) == []
