"""What the command says of a machine, and whether it calls it fit."""

from __future__ import annotations

import json
from argparse import Namespace
from types import SimpleNamespace
from typing import cast

import pytest

from fastclip_desktop.cli.doctor import NEEDED, as_text, doctor
from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.domain.machine import Device, DeviceUse, MachineFacts
from fastclip_desktop.domain.stage import Finding
from fastclip_desktop.domain.work import Work
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.hardware.candidates import candidates

FACTS = MachineFacts(2, 8 * 1000**3, (DeviceUse(Work.ENCODE, Device.PROCESSOR, "libx264", "NVENC gave up."),))
PYTHON = Finding("Python", ok=True, detail="3.11 on Linux")
WHY = "There is no NVIDIA driver. If there is an NVIDIA card here, install NVIDIA's own driver."


def trial(part: Part, name: str, why: str = "", *, is_elsewhere: bool = False) -> DeviceTrial:
    works = not why and not is_elsewhere
    return DeviceTrial(Candidate(part, name), works, 2.5 * works, detail=why, is_of_another_system=is_elsewhere)


def machine(*trials: DeviceTrial, finding: Finding = PYTHON) -> Engine:
    """What the command asks of an engine, with answers."""
    looked = SimpleNamespace(look=lambda: FACTS, try_devices=lambda: trials)
    return cast("Engine", SimpleNamespace(diagnose=lambda: (finding,), machine=looked))


def test_what_no_clip_can_be_made_without_is_tried() -> None:
    assert set(NEEDED) <= {each.name for each in candidates()}


@pytest.mark.parametrize(
    ("encoder", "finding", "code"),
    [
        ("", PYTHON, 0),
        ("It wrote nothing.", PYTHON, 1),
        ("", Finding("Folder", ok=False, detail="full", needed=True), 1),
        ("", Finding("Model", ok=False, detail="none", needed=False), 0),
    ],
)
def test_a_machine_is_fit_that_has_what_is_needed(
    capsys: pytest.CaptureFixture[str], encoder: str, finding: Finding, code: int
) -> None:
    engine = machine(trial(Part.ENCODER, "libx264", encoder), trial(Part.ENCODER, "h264_nvenc", WHY), finding=finding)
    assert doctor(engine, Namespace(json=False)) == code
    assert ("MISSING" in capsys.readouterr().out) is bool(code)
    assert doctor(engine, Namespace(json=True)) == code
    told = json.loads(capsys.readouterr().out)
    assert [(each["name"], each["works"], each["needed"]) for each in told["trials"]] == [
        ("libx264", not encoder, True),
        ("h264_nvenc", False, False),
    ]
    assert told["devices"] == [{"work": "encode", "device": "processor", "detail": "libx264", "note": "NVENC gave up."}]


def test_what_fails_alike_is_told_once_and_what_is_of_other_systems_not_at_all() -> None:
    tried = (
        trial(Part.ENCODER, "h264_nvenc", WHY),
        trial(Part.ENCODER, "hevc_nvenc", WHY),
        trial(Part.ENCODER, "h264_videotoolbox", is_elsewhere=True),
    )
    lines = list(as_text((PYTHON,), FACTS, tried, 60))
    text = " ".join(" ".join(lines).split())
    assert "no h264_nvenc, hevc_nvenc" in text
    assert text.count(WHY) == 1
    assert "videotoolbox" not in text
    assert "NVENC gave up." in text
    assert max(map(len, lines)) <= 60
