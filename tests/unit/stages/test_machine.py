from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.machine import Device, MediaTrial
from fastclip_desktop.domain.machine_stages import LookAtMachine, TryMedia
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import TellSites
from fastclip_desktop.domain.work import Work
from fastclip_desktop.media.probe import probe
from fastclip_desktop.stages import perform


def test_a_trial_brings_as_many_pictures_back_as_went_in_and_says_how_fast(tmp_path: Path) -> None:
    trial = perform(TryMedia(tmp_path), Reporter())
    assert isinstance(trial, MediaTrial)
    assert trial.encoded > 0
    assert trial.decoded > 0
    picture = probe(tmp_path / "trial.mp4").picture
    assert picture is not None
    assert (picture.width, picture.height) == (1280, 720)
    assert trial.device is (Device.PROCESSOR if trial.encoder == "libx264" else Device.GRAPHICS)
    assert probe(trial.sound).duration == 6


def test_a_trial_can_be_stopped(tmp_path: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        perform(TryMedia(tmp_path), Reporter(cancel=cancel))
    assert list(tmp_path.iterdir()) == []


def test_each_kind_of_work_has_its_device() -> None:
    facts = perform(LookAtMachine(), Reporter())
    assert [use.work for use in facts.uses] == list(Work)  # type: ignore[attr-defined]  # as the request names
    assert facts.cores > 0  # type: ignore[attr-defined]  # likewise
    assert facts.memory > 2**28  # type: ignore[attr-defined]  # likewise


def test_the_version_of_yt_dlp_is_told() -> None:
    version = perform(TellSites(), Reporter())
    assert isinstance(version, str)
    assert version[:2] == "20"
