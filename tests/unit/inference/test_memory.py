from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.inference import memory
from fastclip_desktop.inference.memory import Room, check_memory, find_room, memory_needed

GB = 1000**3


def model(size: int, kind: ModelKind = ModelKind.TEXT) -> Model:
    return Model("large", kind, Path("large.gguf"), size, "")


def test_a_model_that_fits_is_let_through() -> None:
    check_memory(model(4 * GB), GB, Room(6 * GB))


def test_one_that_does_not_fit_is_named_with_both_numbers() -> None:
    with pytest.raises(InputError, match=r"large takes about 5\.4 GB of memory, and 5\.0 GB are free") as refused:
        check_memory(model(4 * GB), GB, Room(5 * GB))
    assert refused.value.code is ErrorCode.MODEL_TOO_LARGE
    assert "smaller" in refused.value.hint


def test_a_mapped_file_does_not_count_as_memory_of_ones_own() -> None:
    check_memory(model(4 * GB), room=Room(6 * GB, private=GB))
    with pytest.raises(InputError):
        check_memory(model(4 * GB, ModelKind.SPEECH), room=Room(6 * GB, private=GB))


def test_what_it_works_on_counts_as_memory_of_ones_own() -> None:
    with pytest.raises(InputError, match=r"takes about 2\.4 GB of memory, and 1\.0 GB are free"):
        check_memory(model(4 * GB), 2 * GB, Room(10 * GB, private=GB))


def test_the_smallest_model_takes_what_its_runtime_takes() -> None:
    assert memory_needed(model(1)) > 10 * 1000**2


def test_here_there_is_room_but_no_more_than_the_machine_has() -> None:
    assert 0 < find_room().available <= psutil.virtual_memory().total
    with pytest.raises(InputError):
        check_memory(model(10**15))


def test_a_container_is_held_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("1000\n")
    (tmp_path / "memory.current").write_text("900\n")
    (tmp_path / "memory.stat").write_text("anon 700\ninactive_file 150\n")
    assert memory._cgroup_room(tmp_path) == 250
    (tmp_path / "memory.max").write_text("max\n")
    assert memory._cgroup_room(tmp_path) is None
