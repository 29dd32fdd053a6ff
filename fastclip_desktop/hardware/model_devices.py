"""Which libraries of models work here, and on what; found by having each compute a little.

No model is needed for that: what a graphics card does with a real one is the self-test's to find out.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastclip_desktop.domain.device_trial import Candidate, DeviceTrial, Part
from fastclip_desktop.hardware.drivers import look_at_drivers
from fastclip_desktop.hardware.remedies import Reason, no, no_nvidia

_CUBLAS = ("libcublas.so.12", "cublas64_12.dll")


@dataclass(frozen=True, slots=True)
class _Did:
    """What worked, and what it took."""

    detail: str
    milliseconds: float


class _No(Exception):  # noqa: N818 - an answer
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.detail)
        self.reason = reason


def try_model_device(name: str) -> DeviceTrial:
    """Have a library compute a little.

    Args:
        name: one of :func:`~fastclip_desktop.hardware.candidates.candidates`, such as ``ctranslate2 cuda``.
    """
    candidate = Candidate(Part.MODEL, name)
    driver = look_at_drivers().nvidia if name == "ctranslate2 cuda" else ""
    try:
        did = _TRIALS[name]()
    except _No as answer:
        return no(candidate, answer.reason, driver)
    except ImportError as error:
        return no(candidate, Reason(f"It cannot be loaded: {error}.", "Install FastClip again."))
    except (RuntimeError, ValueError, OSError) as error:
        detail = f"{' '.join(str(error).split()) or type(error).__name__}".rstrip(".")
        return no(candidate, Reason(f"{detail}.", _remedy(name)), driver)
    return DeviceTrial(candidate, works=True, milliseconds=did.milliseconds, driver=driver, detail=did.detail)


def _remedy(name: str) -> str:
    return "Update the driver of the graphics card." if name.endswith(("cuda", "gpu")) else "Install FastClip again."


def _ctranslate2_cpu() -> _Did:
    import ctranslate2
    import numpy as np

    began = time.perf_counter()
    numbers = np.arange(4096, dtype=np.float32)
    halved = ctranslate2.StorageView.from_array(numbers).to(ctranslate2.DataType.float16)
    back = np.array(halved.to(ctranslate2.DataType.float32))
    if not np.allclose(back, numbers, rtol=1e-3):
        raise _No(Reason("It computes wrongly on this processor.", "Install FastClip again."))
    kinds = ", ".join(sorted(ctranslate2.get_supported_compute_types("cpu")))
    return _Did(f"Computes with {kinds}.", _since(began))


def _ctranslate2_cuda() -> _Did:
    import ctranslate2
    import numpy as np

    if ctranslate2.get_cuda_device_count() < 1:
        drivers = look_at_drivers()
        if not drivers.nvidia and not drivers.has_nvidia_device:
            raise _No(no_nvidia(drivers))
        raise _No(
            Reason("CUDA finds no card that it can use.", "Update the NVIDIA driver to one for CUDA 12 or newer.")
        )
    kinds = ", ".join(sorted(ctranslate2.get_supported_compute_types("cuda")))
    _find_cublas()
    view = ctranslate2.StorageView.from_array(np.arange(4096, dtype=np.float32))
    view.to_device(ctranslate2.Device.cuda)  # the first touch makes ready what later ones use
    began = time.perf_counter()
    there = view.to_device(ctranslate2.Device.cuda)
    if not np.array_equal(np.array(there.to_device(ctranslate2.Device.cpu)), np.array(view)):
        raise _No(Reason("What comes back from the card is not what went there.", "Update the NVIDIA driver."))
    return _Did(f"Computes with {kinds}.", _since(began))


def _find_cublas() -> None:
    import importlib.util
    from pathlib import Path

    spec = importlib.util.find_spec("nvidia")
    folders = [Path(place) for place in spec.submodule_search_locations or ()] if spec else []
    if any(next(folder.glob(f"cublas/*/{name}"), None) for folder in folders for name in _CUBLAS):
        return
    for name in _CUBLAS:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return
    raise _No(
        Reason(
            "NVIDIA's library cuBLAS 12 is missing.", "Install it: pip install nvidia-cublas-cu12 nvidia-cudnn-cu12."
        )
    )


def _llama_cpu() -> _Did:
    import llama_cpp

    began = time.perf_counter()
    llama_cpp.llama_backend_init()
    text = llama_cpp.llama_print_system_info()
    said = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    able = [part.strip().removesuffix(" = 1") for part in said.replace("CPU :", "").split("|") if "= 1" in part]
    best = [name for name in ("AVX512", "AVX2", "NEON", "AVX", "SSE3") if name in able][:1]
    return _Did(f"Computes with {best[0]}." if best else "Computes.", _since(began))


def _llama_gpu() -> _Did:
    import llama_cpp

    began = time.perf_counter()
    if not llama_cpp.llama_supports_gpu_offload():
        raise _No(
            Reason(
                "llama.cpp was built without support for graphics cards.",
                "Install a build of llama-cpp-python for your card; see the page on hardware.",
            )
        )
    return _Did("Layers can be put on the graphics card.", _since(began))


def _litert_cpu() -> _Did:
    began = time.perf_counter()
    from ai_edge_litert import interpreter  # type: ignore[import-untyped]  # it ships no types

    if not hasattr(interpreter, "Interpreter"):
        raise _No(Reason("It brings no interpreter.", "Install FastClip again."))
    return _Did("Loaded its interpreter.", _since(began))


def _onnx_cpu() -> _Did:
    began = time.perf_counter()
    import onnxruntime

    if "CPUExecutionProvider" not in onnxruntime.get_available_providers():
        raise _No(Reason("It brings nothing that computes on a processor.", "Install FastClip again."))
    return _Did("Loaded its interpreter.", _since(began))


def _since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


_TRIALS: dict[str, Callable[[], _Did]] = {
    "ctranslate2 cpu": _ctranslate2_cpu,
    "ctranslate2 cuda": _ctranslate2_cuda,
    "llama.cpp cpu": _llama_cpu,
    "llama.cpp gpu": _llama_gpu,
    "litert cpu": _litert_cpu,
    "onnx cpu": _onnx_cpu,
}
