"""What the system says of graphics drivers, without loading one of them into this process."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

_NVIDIA_PROC = Path("/proc/driver/nvidia/version")
_RENDER_NODES = Path("/dev/dri")
_VERSION = re.compile(r"\b(\d{3,4}\.\d+(?:\.\d+)?)\b")


@dataclass(frozen=True, slots=True)
class Drivers:
    """What can be seen of them.

    Attributes:
        nvidia: the version of NVIDIA's driver; empty without one, or where it does not say.
        has_nvidia_device: a card of NVIDIA's is in reach of this process.
        render_nodes: devices of Linux by which graphics cards are used.
        closed_nodes: those of them that this user may not open.
    """

    nvidia: str = ""
    has_nvidia_device: bool = False
    render_nodes: tuple[str, ...] = ()
    closed_nodes: tuple[str, ...] = ()


@functools.cache
def look_at_drivers() -> Drivers:
    """Look; remembered for the life of the process."""
    nodes = _nodes()
    closed = tuple(node for node in nodes if not os.access(node, os.R_OK | os.W_OK))
    return Drivers(_nvidia_version(), Path("/dev/nvidia0").exists(), nodes, closed)


def _nodes() -> tuple[str, ...]:
    try:
        return tuple(sorted(str(path) for path in _RENDER_NODES.glob("renderD*")))
    except OSError:
        return ()


def _nvidia_version() -> str:
    with contextlib.suppress(OSError):
        found = version_in(_NVIDIA_PROC.read_text(errors="replace"))
        if found:
            return found
    return _version_by_nvml() if sys.platform in ("linux", "win32") else ""


def version_in(text: str) -> str:
    """The driver's version in what Linux has in ``/proc/driver/nvidia/version``."""
    for line in text.splitlines():
        if "NVRM" in line and (found := _VERSION.search(line)):
            return found[1]
    return ""


def _version_by_nvml() -> str:
    """As NVIDIA's management library says, which is part of the driver."""
    try:
        library = ctypes.CDLL("nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1")
        if library.nvmlInit_v2() != 0:
            return ""
        try:
            version = ctypes.create_string_buffer(80)
            failed = library.nvmlSystemGetDriverVersion(version, ctypes.c_uint(len(version)))
            return "" if failed else version.value.decode(errors="replace")
        finally:
            library.nvmlShutdown()
    except (OSError, AttributeError):
        return ""
