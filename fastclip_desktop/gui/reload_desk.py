"""The reloads of scripts that wait for the person at this machine."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort


@dataclass(frozen=True, slots=True)
class WaitingReload:
    """A reload that waits.

    Attributes:
        id: its own.
        key_name: what the person calls the key that asked.
        amount: how much.
        asked: seconds since 1970.
    """

    id: str
    key_name: str
    amount: Money
    asked: float


class ReloadDesk(QObject):
    """Knows what waits, and takes the answers.

    The script itself waits for nobody: it was told ``pending``, and finds the funds in its balance later.

    Signals:
        changed: what waits, a tuple of ``WaitingReload``, the oldest first.
        failed: the ``FastClipError`` of an answer.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(self, bridge: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.waiting: tuple[WaitingReload, ...] = ()
        bridge.reload_asked.connect(self.refresh)
        bridge.started_anew.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Look again what waits."""
        self._bridge.ask(self, _waiting, self._take)

    def answer(self, reload_id: str, *, agreed: bool) -> None:
        """Let a reload count, or drop it."""
        self._bridge.ask(self, lambda engine: engine.funding.answer(reload_id, agreed=agreed), failed=self._tell)
        self.refresh()

    def _tell(self, error: FastClipError) -> None:
        if error.code is not ErrorCode.BAD_USAGE:  # it was answered before: what waits is looked at again anyway
            self.failed.emit(error)

    def _take(self, waiting: tuple[WaitingReload, ...]) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit(waiting)


def _waiting(engine: EnginePort) -> tuple[WaitingReload, ...]:
    reloads = engine.funding.waiting()
    names = {key.id: key.name for key in engine.keys.all()} if reloads else {}
    return tuple(
        WaitingReload(each.id, names.get(each.key, each.key), Money(each.cents), each.asked) for each in reloads
    )
