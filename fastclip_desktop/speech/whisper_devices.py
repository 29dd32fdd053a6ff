"""Where a speech model can run here, found by asking CTranslate2 for what it was built for."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.device_choices import GRAPHICS, PROCESSOR
from fastclip_desktop.domain.devices import CUDA
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """A way to run a model.

    Attributes:
        device: ``cpu`` or ``cuda``.
        compute_type: CTranslate2's name.
    """

    device: str
    compute_type: str

    def __str__(self) -> str:
        return f"{'the graphics card' if self.device == 'cuda' else 'the processor'} ({self.compute_type})"


def plans_for(device: str, cuda: frozenset[str] | None, cpu: frozenset[str]) -> tuple[Plan, ...]:
    """What to try, best first.

    Args:
        device: ``auto``, ``cpu`` or ``cuda``.
        cuda: CTranslate2's types that the graphics card has; ``None`` where there is none.
        cpu: those that the processor has.
    """
    plans = []
    if device != "cpu" and cuda is not None:
        plans += [Plan("cuda", kind) for kind in ("float16", "int8_float16", "int8_float32", "float32") if kind in cuda]
    best = next((kind for kind in ("int8", "int8_float32", "float32") if kind in cpu), "default")
    return (*plans, Plan("cpu", best))


def device_for(asked: str) -> str:
    """What to try to hear on: ``auto``, ``cpu`` or ``cuda``.

    Args:
        asked: one of these too; for ``auto`` a person's wish counts. A card that gave up since the start is left alone.
    """
    if asked == "auto":
        asked = {PROCESSOR: "cpu", GRAPHICS: "cuda"}.get(standing.rules().wish(Work.HEAR), "auto")
    return "cpu" if standing.failure_of(CUDA) is not None else asked


def possible_plans(device: str) -> tuple[Plan, ...]:
    """What to try on this machine for ``auto``, ``cpu`` or ``cuda``, best first; the last one is a processor's."""
    import ctranslate2

    cuda: frozenset[str] | None = None
    if device != "cpu":
        try:
            if ctranslate2.get_cuda_device_count() > 0:
                cuda = frozenset(ctranslate2.get_supported_compute_types("cuda"))
        except (RuntimeError, ValueError) as error:
            _log.info("The graphics card does not say what it can do: %s", error)
    return plans_for(device, cuda, frozenset(ctranslate2.get_supported_compute_types("cpu")))


def threads() -> int:
    """As many as there are cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def load_cuda_libraries() -> None:
    """Load NVIDIA's libraries from their Python packages, where the system's loader does not look."""
    spec = importlib.util.find_spec("nvidia")
    folders = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    pattern, load = ("*/bin/*.dll", ctypes.CDLL) if sys.platform == "win32" else ("*/lib/lib*.so.*", _load_for_all)
    for name in ("cublasLt", "cublas", "cudnn"):
        for path in sorted(path for folder in folders for path in folder.glob(pattern)):
            if path.name.removeprefix("lib").startswith((f"{name}.", f"{name}64", f"{name}_")):
                with contextlib.suppress(OSError):  # what is then missing shows in the trial
                    load(str(path))


def _load_for_all(path: str) -> None:
    ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
