"""Each "no" has a reason in plain words and the way out; the texts on the left are FFmpeg's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.hardware import drivers
from fastclip_desktop.hardware.drivers import Drivers, version_in
from fastclip_desktop.hardware.remedies import no_nvidia, not_built, why_not

NVIDIA = Drivers(nvidia="535.183.01", has_nvidia_device=True)
RENDERING = Drivers(render_nodes=("/dev/dri/renderD128",))
CLOSED = Drivers(render_nodes=("/dev/dri/renderD128",), closed_nodes=("/dev/dri/renderD128",))


@pytest.mark.parametrize(
    ("name", "said", "seen", "detail", "remedy"),
    [
        ("h264_nvenc", "Cannot load libcuda.so.1", Drivers(), "no NVIDIA driver", "install NVIDIA's own driver"),
        ("h264_nvenc", "Cannot load libcuda.so.1", NVIDIA, "out of reach", "--gpus all"),
        ("hevc cuda", "Could not dynamically load CUDA", Drivers(), "no NVIDIA driver", "NVIDIA's own"),
        (
            "h264_nvenc",
            "Driver does not support the required nvenc API version. Required: 13.0 Found: 12.1",
            NVIDIA,
            "driver 535.183.01 is older",
            "newer",
        ),
        (
            "h264_nvenc",
            "required nvenc API version. Found: 12.1. The minimum required Nvidia driver for nvenc is 570.0 or newer",
            NVIDIA,
            "older",
            "570.0 or newer",
        ),
        ("h264_nvenc", "No capable devices found", NVIDIA, "has no encoder", ""),
        ("h264_nvenc", "OpenEncodeSessionEx failed: out of memory (10)", NVIDIA, "no memory", "Close other programs"),
        ("h264_nvenc", "Cannot load libnvidia-encode.so.1", NVIDIA, "part for video", "NVIDIA_DRIVER_CAPABILITIES"),
        ("h264 cuda", "something new", NVIDIA, "something new.", "Update the NVIDIA driver."),
        ("h264_qsv", "Error creating a MFX session: -9.", CLOSED, "may not open /dev/dri/renderD128", "group render"),
        ("h264_qsv", "Error creating a MFX session: -9.", RENDERING, "finds no chip", "libmfx-gen1.2"),
        ("h264_amf", "DLL libamfrt64.so.1 failed to open", RENDERING, "not installed", "AMD's own driver"),
        ("libx264", "", Drivers(), "no reason", ""),
    ],
)
def test_a_no_has_its_reason_and_the_way_out(name: str, said: str, seen: Drivers, detail: str, remedy: str) -> None:
    reason = why_not(name, said, seen)
    assert detail in reason.detail
    assert remedy in reason.remedy
    assert bool(remedy) == bool(reason.remedy)


def test_intel_without_a_device_says_so_on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert "no /dev/dri/renderD128" in why_not("h264_qsv", "Error creating a MFX session: -9.", Drivers()).detail


def test_what_belongs_to_another_system_is_told_from_what_is_left_out() -> None:
    assert not_built("h264_videotoolbox", "linux").is_of_another_system
    assert "macOS" in not_built("h264_videotoolbox", "linux").detail
    assert not not_built("h264_videotoolbox", "darwin").is_of_another_system
    assert not not_built("h264 vaapi", "linux").is_of_another_system
    assert no_nvidia(NVIDIA) != no_nvidia(Drivers())


def test_the_version_of_nvidias_driver_is_read() -> None:
    text = (
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\n"
        "GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)\n"
    )
    assert version_in(text) == "535.183.01"
    assert version_in("GCC version:  gcc version 12.2.0") == ""


def test_devices_of_linux_are_looked_up_and_whether_they_may_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "renderD128"
    node.write_bytes(b"")
    monkeypatch.setattr(drivers, "_RENDER_NODES", tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    seen = drivers.look_at_drivers.__wrapped__()
    assert seen.render_nodes == seen.closed_nodes == (str(node),)
