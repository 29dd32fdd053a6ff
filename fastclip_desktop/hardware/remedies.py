"""Why a device does not work, in plain words, and the way out: read from what its library said when it was tried."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial
from fastclip_desktop.hardware.drivers import Drivers

_SYSTEMS = {"videotoolbox": "darwin", "d3d11va": "win32"}
_PLATFORM_NAMES = {"darwin": "macOS", "win32": "Windows"}
_OLD_DRIVER = "required nvenc API version"
_LEAST_DRIVER = re.compile(r"minimum required Nvidia driver for nvenc is (\d[\d.]*)")
_LONGEST = 200

_NO_CUDA = (
    *("Cannot load libcuda", "Cannot load nvcuda", "Could not dynamically load CUDA"),
    *("no CUDA-capable device", "CUDA_ERROR_NO_DEVICE"),
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why it does not work.

    Attributes:
        detail: a sentence.
        remedy: another, or nothing where nothing helps.
        is_of_another_system: nothing of the kind can be on this one.
    """

    detail: str
    remedy: str = ""
    is_of_another_system: bool = False


_FULL = Reason(
    "The graphics card has no memory or no place left for another job.",
    "Close other programs that use it, and test again.",
)
_WITHOUT_ENCODER = Reason("The NVIDIA card that is here has no encoder for it; cards for servers often have none.")
_OF_NVIDIA = {
    "out of memory": _FULL,
    "No capable devices found": _WITHOUT_ENCODER,
    "unsupported device": _WITHOUT_ENCODER,
    "Cannot load": Reason(  # libnvidia-encode, libnvcuvid
        "The NVIDIA driver is here without its part for video.",
        "Install the whole driver; in a container, set NVIDIA_DRIVER_CAPABILITIES=all.",
    ),
}
"""By what FFmpeg writes."""


def no(candidate: Candidate, reason: Reason, driver: str = "") -> DeviceTrial:
    """The trial of something that does not work.

    Args:
        candidate: what was tried.
        reason: why not.
        driver: the driver's version.
    """
    return DeviceTrial(
        candidate,
        works=False,
        driver=driver,
        detail=reason.detail,
        remedy=reason.remedy,
        is_of_another_system=reason.is_of_another_system,
    )


def not_built(name: str, platform: str = sys.platform) -> Reason:
    """For what this FFmpeg does not have."""
    for part, system in _SYSTEMS.items():
        if part in name and platform != system:
            return Reason(f"There is such a thing on {_PLATFORM_NAMES[system]} alone.", is_of_another_system=True)
    return Reason("The FFmpeg that FastClip brings was built without it.")


def why_not(name: str, said: str, drivers: Drivers) -> Reason:
    """For what was tried.

    Args:
        name: of the candidate.
        said: everything that the library wrote, and the error that it ended with.
        drivers: what the system says.
    """
    if any(part in name for part in ("nvenc", "cuda")):
        return _nvidia(said, drivers)
    if "qsv" in name or "vaapi" in name:
        return _intel(said, drivers)
    if "amf" in name:
        if "failed to open" in said or "amfrt" in said:
            return Reason(
                "AMD's encoding library is not installed.", "If there is an AMD card here, install AMD's own driver."
            )
        return _plain(said, "Update the driver of the AMD card.")
    return _plain(said)


def _nvidia(said: str, drivers: Drivers) -> Reason:
    least = _LEAST_DRIVER.search(said)
    if least or _OLD_DRIVER in said:
        version = f" {drivers.nvidia}" if drivers.nvidia else ""
        wanted = f"{least[1]} or newer" if least else "a newer one"
        return Reason(f"The NVIDIA driver{version} is older than this FFmpeg wants.", f"Update the driver to {wanted}.")
    if any(sign in said for sign in _NO_CUDA):
        return no_nvidia(drivers)
    found = next((reason for sign, reason in _OF_NVIDIA.items() if sign in said), None)
    return found or _plain(said, "Update the NVIDIA driver.")


def no_nvidia(drivers: Drivers) -> Reason:
    """Where NVIDIA's own library cannot be loaded, or finds no card."""
    if drivers.has_nvidia_device or drivers.nvidia:
        return Reason(
            "There is an NVIDIA driver, but its libraries are out of reach.",
            "In a container, start it with its graphics card (--gpus all); else install the driver again.",
        )
    return Reason("There is no NVIDIA driver.", "If there is an NVIDIA card here, install NVIDIA's own driver.")


def _intel(said: str, drivers: Drivers) -> Reason:
    if drivers.closed_nodes:
        return Reason(
            f"You may not open {drivers.closed_nodes[0]}.",
            "Become a member of the group render (sudo usermod -aG render $USER) and log in again.",
        )
    if sys.platform == "linux" and not drivers.render_nodes:
        return Reason(
            "There is no /dev/dri/renderD128: no graphics card, or its kernel driver is not loaded.",
            "If there is an Intel chip here, look whether it is switched off in the BIOS.",
        )
    if "MFX session" in said:
        return Reason(
            "Intel's library for video finds no chip that it knows.",
            "If there is an Intel chip here, install libmfx-gen1.2 and intel-media-va-driver.",
        )
    return _plain(said, "Update the driver of the graphics chip.")


def _plain(said: str, remedy: str = "") -> Reason:
    words = " ".join(said.split())[:_LONGEST].rstrip(". ")
    return Reason(f"{words}." if words else "It gave nothing and no reason.", remedy)
