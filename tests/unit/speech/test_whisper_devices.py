from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from fastclip_desktop.speech.whisper_devices import Plan, load_cuda_libraries, plans_for, possible_plans, threads

CPU = frozenset({"int8", "int8_float32", "float32"})


@pytest.mark.parametrize(
    ("device", "cuda", "expected"),
    [
        ("auto", None, ["cpu int8"]),
        ("cpu", frozenset({"float16"}), ["cpu int8"]),
        (
            "auto",
            frozenset({"float16", "int8_float16", "float32"}),
            ["cuda float16", "cuda int8_float16", "cuda float32", "cpu int8"],
        ),
        ("cuda", frozenset({"int8_float32", "float32"}), ["cuda int8_float32", "cuda float32", "cpu int8"]),
        ("cuda", None, ["cpu int8"]),
    ],
)
def test_the_best_way_is_tried_first_and_the_processor_last(
    device: str, cuda: frozenset[str] | None, expected: list[str]
) -> None:
    assert [f"{plan.device} {plan.compute_type}" for plan in plans_for(device, cuda, CPU)] == expected


def test_a_processor_without_small_numbers_takes_large_ones() -> None:
    assert plans_for("cpu", None, frozenset({"float32"})) == (Plan("cpu", "float32"),)


def test_the_last_way_on_this_machine_is_its_processor() -> None:
    for device in ("auto", "cpu", "cuda"):
        assert possible_plans(device)[-1].device == "cpu"
    assert threads() >= 1


def test_nvidias_libraries_are_loaded_from_their_packages_in_the_order_of_their_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("libcublas.so.12", "libcublasLt.so.12", "libnvblas.so.12", "libcudnn_ops.so.9", "libcudnn.so.9")
    for name in names:
        package = "cudnn" if "cudnn" in name else "cublas"
        path = tmp_path / "nvidia" / package / "lib" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"no library")
    loaded = []

    def load(path: str, **_: int) -> None:
        loaded.append(Path(path).name)
        raise OSError("it is no library")

    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", load)
    load_cuda_libraries()
    assert loaded == ["libcublasLt.so.12", "libcublas.so.12", "libcudnn.so.9", "libcudnn_ops.so.9"]
