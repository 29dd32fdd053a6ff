"""The engine of the program: one for all windows, built behind their backs, begun anew where it dies.

Whatever asks the engine goes through :meth:`EngineHost.call`, which notices that an engine has stopped; one whose own
threads fail says so itself. A stopped engine stays stopped until a person starts it again: what made it stop may be
there still, and a program that starts it over and over would hide that.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from fastclip_desktop.domain.access import BY_A_PERSON
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.events import EngineStopped, Event, ReloadAsked
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.lane import Lane

AnswerT = TypeVar("AnswerT")


class Guest(Protocol):
    """What uses the engine for one window; the bridge, which knows the host and so must not be known here."""

    @property
    def has_left(self) -> bool:
        """Whether it wants nothing any more, and nothing that it began is under way."""
        ...

    def leave(self) -> None:
        """Stop what it began."""
        ...

    def wait(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds until all of it has ended, and give whether it has."""
        ...


class EngineHost(QObject):
    """Has the engine; belongs to the GUI thread but for :meth:`call`.

    Signals:
        ready: there is an engine for the first time.
        unready: the ``FastClipError`` for which there is none, be it that it cannot be built or that it stopped.
        started_anew: :meth:`start_again` brought another one; whoever had asked the old one for anything asks again.
        warned: a sentence about the place where everything is kept.
        started_again: the sources that a later start of the program brought, a tuple of texts; said on the thread on
            which they came.
        reload_asked: a script's reload waits for the person; said on the thread on which it came.
        heard: every event of the engine, of all windows' work and of scripts', in the order in which they came.

    Args:
        build_engine: makes the engine; called off the GUI thread, as it imports everything heavy.
        sample_folder: where the sample talk goes; called off the GUI thread.

    Attributes:
        lane: where things are done one after another.
        sample_folder: as above.
        access: how a person's own sources are opened, as they chose; belongs to the GUI thread.
    """

    ready = Signal()
    unready = Signal(object)
    started_anew = Signal()
    warned = Signal(str)
    started_again = Signal(object)
    reload_asked = Signal()
    heard = Signal(object)
    _came = Signal(object)
    _stopped = Signal(object)
    _built = Signal(object)

    def __init__(
        self, build_engine: Callable[[], EnginePort], sample_folder: Callable[[], Path], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._build_engine = build_engine
        self.sample_folder = sample_folder
        self.access = BY_A_PERSON
        self.lane = Lane(self)
        self._builder = Lane(self)
        self._lock = threading.Lock()
        self._engine: EnginePort | None = None
        self._fault: FastClipError | None = None
        self._is_starting_again = self._was_ready = False
        self._last: list[Callable[[], None]] = []
        self._guests: list[Guest] = []
        self._came.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._stopped.connect(self._tell_of_stop, Qt.ConnectionType.QueuedConnection)
        self._built.connect(self._tell_ready, Qt.ConnectionType.QueuedConnection)

    def warm_up(self) -> None:
        """Build the engine now, so that the first look-up doesn't wait for it; ends in ``ready`` or ``unready``."""
        # Beside the lane, where what needs no engine should not have to wait for one.
        self._builder.do(self, self._ready_engine, failed=self._tell_of_stop)

    def call(self, work: Callable[[EnginePort], AnswerT]) -> AnswerT:
        """Have the engine do something on the calling thread, which is not the GUI thread.

        Raises:
            FastClipError: what the work raises; or there is no engine.
        """
        engine = self._ready_engine()
        try:
            return work(engine)
        except Cancelled:
            raise
        except Exception as error:
            if engine.is_running:
                raise
            raise self._give_up(engine, error) from error

    @Slot()
    def start_again(self) -> None:
        """Put another engine in the place of the one that stopped; ends in ``started_anew`` or ``unready``."""
        if self._is_starting_again:
            return
        self._is_starting_again = True

        def done(_: object) -> None:
            self._is_starting_again = False
            self.started_anew.emit()

        def failed(error: FastClipError) -> None:
            self._is_starting_again = False
            self.unready.emit(error)

        self.lane.do(self, self._replace, done, failed)

    def before_close(self, work: Callable[[], None]) -> None:
        """Have something done on the lane before an engine is closed, while it is still there."""
        self._last.append(work)

    def join(self, guest: Guest) -> None:
        """Wait for the work of one more before the engine is closed."""
        self._guests = [each for each in self._guests if not each.has_left]
        self._guests.append(guest)

    def close(self, timeout: float) -> bool:
        """Stop all work, wait up to ``timeout`` seconds for it, and close the engine.

        Returns:
            Whether everything has ended. What hasn't is waiting for a site; only the end of the process stops it.
        """
        deadline = time.monotonic() + timeout
        for guest in self._guests:
            guest.leave()
        for work in self._last:
            self.lane.do(self, work)
        self._last.clear()
        ended = [guest.wait(max(0.0, deadline - time.monotonic())) for guest in self._guests]
        ended += [lane.join(max(0.0, deadline - time.monotonic())) for lane in (self._builder, self.lane)]
        if not all(ended):
            return False
        if self._engine is not None:
            self._engine.close()
        return True

    def _ready_engine(self) -> EnginePort:
        with self._lock:
            if self._fault is not None:
                raise self._fault
            if self._engine is None:
                self._engine = self._build_engine()
                self._engine.listen(self.started_again.emit)
                self._engine.subscribe(self._hear)
                self._built.emit(self._engine.warnings)
            return self._engine

    @Slot(object)
    def _tell_ready(self, warnings: tuple[str, ...]) -> None:
        if not self._was_ready:  # whoever asked for it first
            self._was_ready = True
            for sentence in warnings:
                self.warned.emit(sentence)
            self.ready.emit()

    def _replace(self) -> None:
        """On the lane: close what is left of the old engine, and build another one."""
        with self._lock:
            old = self._engine
        if old is not None:
            for work in self._last:
                work()
            old.close()
        with self._lock:
            self._engine = self._fault = None
        self._ready_engine()

    def _give_up(self, engine: EnginePort, reason: Exception) -> FastClipError:
        """On any thread: nobody asks this engine any more; the fault for whoever did."""
        fault = InternalError(
            ErrorCode.INTERNAL,
            f"The engine of FastClip has stopped: {_told(reason)}.",
            "Start it again; everything that is open stays as it is.",
        )
        with self._lock:
            if self._engine is not engine:
                return fault
            if self._fault is None:
                self._fault = fault
                self._stopped.emit(fault)
            return self._fault

    def _hear(self, event: Event) -> None:  # on a thread of the engine's
        if isinstance(event, ReloadAsked):
            self.reload_asked.emit()
        self._came.emit(event)

    @Slot(object)
    def _tell(self, event: Event) -> None:
        if isinstance(event, EngineStopped):
            engine = self._engine
            if engine is not None and not engine.is_running:
                self._give_up(engine, event.error)
        self.heard.emit(event)

    @Slot(object)
    def _tell_of_stop(self, fault: FastClipError) -> None:
        self.unready.emit(fault)


def _told(reason: Exception) -> str:
    return reason.message.rstrip(".") if isinstance(reason, FastClipError) else f"{type(reason).__name__}: {reason}"
