"""Whether a model fits into this machine's memory, told before it is loaded.

Loading first and asking later ends badly: Linux gives memory away that it hasn't got and kills somebody when it is
used, Windows writes to its disk for minutes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind

_OVERHEAD = 1.1
"""Beside its weights a model takes buffers for one step: 3 to 9 % of the file's size in those tried."""

_LEAST = 64 * 1024**2
"""Bytes that a runtime takes with the smallest of models."""

_CGROUPS = Path("/sys/fs/cgroup")


@dataclass(frozen=True, slots=True)
class Room:
    """What this process may still take.

    Attributes:
        available: bytes that the system can give without taking from other programs.
        private: bytes of memory of its own that this process may take besides; ``None`` where nothing limits that.
    """

    available: int
    private: int | None = None


def check_memory(model: Model, context: int = 0, room: Room | None = None) -> None:
    """Let a model through that can be loaded.

    Args:
        model: what is to be loaded.
        context: bytes that it will take for what it works on, such as a context's keys and values.
        room: what there is; looked up where it isn't given.

    Raises:
        InputError: ``model_too_large``, with both numbers.
    """
    room = room or find_room()
    needed = memory_needed(model, context)
    # A GGUF file is mapped: its pages are the system's to drop and read again, and count as nobody's own.
    private = needed if model.kind is ModelKind.SPEECH else needed - model.size
    if needed > room.available:
        raise _too_large(model, needed, room.available)
    if room.private is not None and private > room.private:
        raise _too_large(model, private, room.private)


def memory_needed(model: Model, context: int = 0) -> int:
    """Bytes that a model takes when it works, as estimated from the size of its files."""
    return max(_LEAST, int(model.size * _OVERHEAD)) + context


def find_room() -> Room:
    """What there is here and now: the machine's memory, or what a container or this process is held to."""
    available = psutil.virtual_memory().available
    held_to = _cgroup_room(_CGROUPS)
    if held_to is not None:
        available = min(available, held_to)
    return Room(available, _private_room())


def _cgroup_room(root: Path) -> int | None:
    """Bytes left below the limit of this process's control group, if it has one."""
    try:
        own = Path("/proc/self/cgroup").read_text(encoding="ascii").strip().rpartition(":")[2].lstrip("/")
    except (OSError, ValueError):
        return None
    for folder in (root / own, root):
        try:
            limit = (folder / "memory.max").read_text(encoding="ascii").strip()
            used = int((folder / "memory.current").read_text(encoding="ascii"))
            statistics = (folder / "memory.stat").read_text(encoding="ascii")
        except (OSError, ValueError):
            continue
        if limit.isdecimal():
            fields = dict(line.split(maxsplit=1) for line in statistics.splitlines() if " " in line)
            return max(0, int(limit) - used + int(fields.get("inactive_file", "0")))
    return None


def _private_room() -> int | None:
    if sys.platform != "linux":
        return None
    import resource

    limit = resource.getrlimit(resource.RLIMIT_DATA)[0]
    if limit == resource.RLIM_INFINITY:
        return None
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return None
    return max(0, limit - pages * resource.getpagesize())


def _too_large(model: Model, needed: int, there: int) -> InputError:
    return InputError(
        ErrorCode.MODEL_TOO_LARGE,
        f"The model {model.name} takes about {_gigabytes(needed)} of memory, and {_gigabytes(there)} are free.",
        "Close other programs, or choose a smaller model.",
    )


def _gigabytes(size: int) -> str:
    return f"{size / 1000**3:.1f} GB" if size >= 1000**3 / 20 else f"{size / 1000**2:.0f} MB"
