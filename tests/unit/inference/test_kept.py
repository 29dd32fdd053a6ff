"""A model that stays loaded."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.inference.kept import Kept

MODEL = Model("one", ModelKind.TEXT, Path("one.gguf"), 1000, "1" * 64)


class Loaded:
    """Counts who is loaded."""

    alive = 0

    def __init__(self, model: Model, _reporter: Reporter) -> None:
        if model.name == "bad":
            raise InputError(ErrorCode.BAD_MODEL, "It is bad.")
        type(self).alive += 1
        self.name = model.name

    def close(self) -> None:
        type(self).alive -= 1


@pytest.fixture
def kept() -> Kept[Loaded]:
    Loaded.alive = 0
    return Kept(Loaded, 0)


def test_a_model_is_loaded_once_for_many_uses(kept: Kept[Loaded]) -> None:
    with kept.using(MODEL, Reporter()) as first:
        pass
    with kept.using(MODEL, Reporter()) as second:
        assert second is first


def test_another_model_takes_the_place_of_the_first(kept: Kept[Loaded]) -> None:
    for model in (MODEL, replace(MODEL, name="two"), replace(MODEL, digest="2" * 64), MODEL):
        with kept.using(model, Reporter()) as loaded:
            assert loaded.name == model.name
            assert Loaded.alive == 1
    kept.drop()
    assert Loaded.alive == 0


def test_a_model_that_cannot_be_loaded_leaves_room_for_one_that_can(kept: Kept[Loaded]) -> None:
    with pytest.raises(InputError), kept.using(replace(MODEL, name="bad"), Reporter()):
        pass
    with kept.using(MODEL, Reporter()) as loaded:
        assert loaded.name == "one"


def test_a_model_too_large_is_not_loaded(kept: Kept[Loaded]) -> None:
    with pytest.raises(InputError) as caught, kept.using(replace(MODEL, size=10**15), Reporter()):
        pass
    assert caught.value.code is ErrorCode.MODEL_TOO_LARGE
    assert Loaded.alive == 0


def test_what_a_model_works_with_counts_too() -> None:
    kept = Kept(Loaded, lambda model: 10**15 * model.size)
    with pytest.raises(InputError) as caught, kept.using(MODEL, Reporter()):
        pass
    assert caught.value.code is ErrorCode.MODEL_TOO_LARGE


def test_whoever_waits_for_the_model_can_be_stopped(kept: Kept[Loaded]) -> None:
    token = CancelToken()
    outcome: list[str] = []

    def wait() -> None:
        try:
            with kept.using(MODEL, Reporter(cancel=token)):
                outcome.append("got it")
        except Cancelled:
            outcome.append("stopped")

    with kept.using(MODEL, Reporter()):
        thread = threading.Thread(target=wait)
        thread.start()
        token.cancel()
        thread.join(10)
    assert outcome == ["stopped"]


def test_a_model_that_belongs_onto_another_device_now_is_loaded_again() -> None:
    Loaded.alive = 0
    device = ["card"]
    kept = Kept(Loaded, 0, lambda: device[-1])
    with kept.using(MODEL, Reporter()) as first:
        pass
    with kept.using(MODEL, Reporter()) as second:
        assert second is first
    device.append("processor")
    with kept.using(MODEL, Reporter()) as third:
        assert third is not first
    assert Loaded.alive == 1
    kept.drop()
