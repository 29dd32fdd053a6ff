"""The model that a process keeps loaded from one stage to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.inference.memory import check_memory

_PATIENCE = 0.1
"""Seconds between two looks at whether somebody who waits for the model wants a stop."""


class Closable(Protocol):
    """Holds memory until it is closed."""

    def close(self) -> None:
        """Give it back."""


LoadedT = TypeVar("LoadedT", bound=Closable)


class Kept(Generic[LoadedT]):
    """Holds one model, the last that was asked for; several threads take turns with it.

    Args:
        load: loads a model.
        working: bytes that one takes beside its weights, of any model or by model; that may raise what loading raises.
        device: says what a model would be loaded onto now; one that is held is loaded again where that has changed.
    """

    def __init__(
        self,
        load: Callable[[Model, Reporter], LoadedT],
        working: int | Callable[[Model], int],
        device: Callable[[], object] = lambda: None,
    ) -> None:
        self._load = load
        self._working = working
        self._device = device
        self._loaded_onto: object = None
        self._turn = threading.Lock()
        self._model: Model | None = None
        self._loaded: LoadedT | None = None

    @contextmanager
    def using(self, model: Model, reporter: Reporter) -> Iterator[LoadedT]:
        """The model, loaded now if another one is held, or if it belongs onto another device.

        Raises:
            InputError: ``model_too_large`` before it is loaded, and what loading it raises.
            Cancelled: if the reporter says so.
        """
        while not self._turn.acquire(timeout=_PATIENCE):
            reporter.cancel.check()
        try:
            yield self._held(model, reporter)
        finally:
            self._turn.release()

    def drop(self) -> None:
        """Give the memory of the model back."""
        with self._turn:
            self._close()

    def _held(self, model: Model, reporter: Reporter) -> LoadedT:
        device = self._device()
        if self._loaded is None or self._model != model or self._loaded_onto != device:
            self._close()
            check_memory(model, self._working if isinstance(self._working, int) else self._working(model))
            self._loaded = self._load(model, reporter)
            self._model, self._loaded_onto = model, device
        return self._loaded

    def _close(self) -> None:
        loaded, self._loaded, self._model = self._loaded, None, None
        if loaded is not None:
            loaded.close()
