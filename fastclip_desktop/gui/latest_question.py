"""Questions that a person outruns: one is answered at a time, and of those that wait only the latest is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject

from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort

AnswerT = TypeVar("AnswerT")


class LatestQuestion:
    """Asks the engine what a person wants to know while they type; belongs to the GUI thread."""

    def __init__(self, bridge: EngineBridge) -> None:
        self._bridge = bridge
        self._is_asking = False
        self._wanted = 0
        self._following: Callable[[], None] | None = None

    def ask(self, owner: QObject, work: Callable[[EnginePort], AnswerT], done: Callable[[AnswerT], object]) -> None:
        """Ask something else than before; the answers to earlier questions are told no more.

        Args:
            owner: whom the answer is for.
            work: asks, off the GUI thread.
            done: gets the answer on the GUI thread; nothing where there is none.
        """
        self._wanted += 1
        number = self._wanted

        def begin() -> None:
            self._is_asking = True
            self._bridge.begin_reading(
                owner, lambda engine, _, __: work(engine), lambda _: None, answer, lambda _: self._go_on()
            )

        def answer(found: AnswerT) -> None:
            if number == self._wanted:
                done(found)
            self._go_on()

        if self._is_asking:
            self._following = begin
        else:
            begin()

    def forget(self) -> None:
        """Want no answer any more."""
        self._wanted += 1
        self._following = None

    def _go_on(self) -> None:
        self._is_asking = False
        following, self._following = self._following, None
        if following is not None:
            following()
