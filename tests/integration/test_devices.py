"""Devices from the command line down to the children: wishes, trials that crash, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.device_choices import DEVICES_VARIABLE
from fastclip_desktop.domain.device_trial import DeviceTrial
from fastclip_desktop.domain.devices import DeviceFailure
from fastclip_desktop.domain.events import DeviceGaveUp, Event
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.hardware.candidates import candidates
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import change_preferences
from fastclip_desktop.store.database import Database
from tests import faulty_encoders
from tests.media_factory import AudioSpec, VideoSpec

MediaMaker = Callable[..., Path]


def clip(source: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    words = ["clip", source, "--start", "0.5", "--end", "1.5", "--quality", "compatible", "-o", path, "--json"]
    assert main([str(word) for word in words]) == 0
    (made,) = json.loads(capsys.readouterr().out)["clips"]
    return dict(made["receipt"])


def test_a_wish_in_the_preferences_or_for_one_command_is_heard_of_in_the_receipt(
    made_media: MediaMaker,
    tmp_path: Path,
    fastclip_home: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = made_media("talk.mp4", VideoSpec(size=(320, 180)), (AudioSpec(),))
    change_preferences(find_paths({"FASTCLIP_HOME": str(fastclip_home)}).config, devices=(("encode", "videotoolbox"),))
    told = clip(source, tmp_path / "first.mp4", capsys)
    notes = [note for note in told["notes"] if "VideoToolbox" in note]  # type: ignore[attr-defined]  # it is a list
    assert told["device"] == "VideoToolbox" or len(notes) == 1
    monkeypatch.setenv(DEVICES_VARIABLE, "processor")
    told = clip(source, tmp_path / "second.mp4", capsys)
    assert (told["device"], told["notes"]) == ("CPU", [])


def test_a_wish_that_makes_no_sense_ends_the_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DEVICES_VARIABLE, "encode=toaster")
    assert main(["doctor", "--json"]) == 2
    assert "toaster" in capsys.readouterr().out


@pytest.fixture
def engine(tmp_path: Path, fastclip_home: Path) -> Engine:
    paths = find_paths({"FASTCLIP_HOME": str(fastclip_home)})
    book = DeviceBook()
    perform = f"{faulty_encoders.__name__}:perform_trials_of_which_two_crash"
    return Engine(ProcessRunner(tmp_path / "sites", perform), paths, Database.in_memory(), devices=book)


def test_a_trial_that_crashes_is_a_no_and_all_others_are_made(engine: Engine) -> None:
    told: list[DeviceTrial] = []
    with closing(engine):
        tried = engine.machine.try_devices(told.append)
    assert tuple(told) == tried
    assert [trial.candidate for trial in tried] == list(candidates())
    by_name = {trial.candidate.name: trial for trial in tried}
    for name in faulty_encoders.CRASHING:
        assert by_name[name].detail == "Its driver ended the process that tried it."
        assert by_name[name].remedy
    assert by_name["libx264"].works
    assert by_name["onnx cpu"].works


def test_a_device_that_gives_up_is_an_event(tmp_path: Path, fastclip_home: Path) -> None:
    heard: list[Event] = []
    book = DeviceBook()
    paths = find_paths({"FASTCLIP_HOME": str(fastclip_home)})
    with closing(Engine(ProcessRunner(tmp_path / "sites"), paths, Database.in_memory(), devices=book)) as engine:
        engine.subscribe(heard.append)
        book.note(DeviceFailure("h264_nvenc", "out of memory"))
        book.note(DeviceFailure("h264_nvenc", "out of memory"))
    assert heard == [DeviceGaveUp("h264_nvenc", "out of memory")]
