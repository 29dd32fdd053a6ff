"""Children between two stages: who is idle, who is kept warm, who has to go.

One thread of its own, the attendant, starts all children and looks after the idle ones. It lives until all is closed,
for Linux ends a child with the thread that started it.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from fastclip_desktop.runners.child import Orders
from fastclip_desktop.runners.child_process import ChildProcess, Death
from fastclip_desktop.runners.deaths import report_crash
from fastclip_desktop.runners.kinds import Kind, Limits, confinement_of

_BURIAL = 0.3
"""Seconds that a caller waits for the system to let go of a killed child; the attendant looks again later."""

_LAST_BURIAL = 2.0
"""The same when all is closed."""

_PAUSE = 1.0
"""Seconds without a request after which the children are started that a first one can do without."""

_FEWEST_FREE = 0.1
"""Share of the machine's memory; with less, models without work are unloaded."""

_log = logging.getLogger(__name__)

_Due = Callable[[ChildProcess, Kind], bool]


class ClosedError(Exception):
    """All is closed; no child is given out any more."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A child to start: for whoever waits for the reply, or else to be kept warm if there is none of its kind."""

    kind: Kind
    reply: queue.SimpleQueue[ChildProcess | OSError | ClosedError] | None = None
    abandoned: threading.Event = field(default_factory=threading.Event)

    def answer(self, answer: ChildProcess | OSError | ClosedError) -> None:
        if self.reply is not None:
            self.reply.put(answer)

    def outcome(self) -> ChildProcess:
        answer = self.reply.get() if self.reply is not None else ClosedError()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Children:
    """All children of a runner; may be used from several threads.

    Args:
        perform: ``module:function`` that carries out a stage.
        sites: the folder of newer yt-dlps.
        limits: what they get, and how long they are kept.
    """

    def __init__(self, perform: str, sites: Path, limits: Limits) -> None:
        self._perform = perform
        self._sites = sites
        self._limits = limits
        self._changed = threading.Condition()
        self._idle: dict[ChildProcess, Kind] = {}  # the one used last is the last
        self._busy: dict[ChildProcess, Kind] = {}
        self._outdated: set[ChildProcess] = set()
        self._unburied: list[ChildProcess] = []
        self._warm: tuple[Kind, ...] = ()
        self._to_warm: list[Kind] = []
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._attendant: threading.Thread | None = None
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether :meth:`close` was called."""
        return self._closed

    def warm(self, first: Kind, *later: Kind) -> None:
        """Keep a child of each of these kinds from now on; returns before they are there.

        Args:
            first: started now.
            later: started as soon as nothing has been asked for in a while.
        """
        with self._changed:
            self._warm = (first, *later)
            self._to_warm = list(later)
        self._send(_Order(first))

    def take(self, kind: Kind) -> ChildProcess:
        """A child that has nothing to do, started now if there is none; the caller gives it back or ends it.

        Raises:
            OSError: the system has no room for another process.
            ClosedError: all is closed.
        """
        while True:
            child = self._take_idle(kind)
            if child is None:
                return self._await_started(_Order(kind, queue.SimpleQueue()))
            if child.is_well():
                return child
            death = self.end(child)
            _log.warning("A child without work (%s) has died: %s", kind.name, death)
            report_crash(f"a process without work ({kind.name})", death)

    def give_back(self, child: ChildProcess) -> None:
        """Take a child back that has finished what it did."""
        with self._changed:
            kind = self._busy[child]
            used_up = kind.single_use or child in self._outdated or child.tasks >= self._limits.stages
            if not used_up and not self._closed:
                child.free_since = time.monotonic()
                self._idle[child] = self._busy.pop(child)
                return
        self.end(child)

    def end(self, child: ChildProcess) -> Death:
        """Kill a child that was taken, and say how it died; another takes its place where one is kept warm."""
        death = child.end(_BURIAL)
        with self._changed:
            kind = self._busy.pop(child)
            self._outdated.discard(child)
            if not child.is_buried():
                self._unburied.append(child)
            wanted = kind in self._warm and not self._closed
            self._changed.notify_all()
        if wanted:
            self._send(_Order(kind))
        return death

    def renew(self, kind: Kind) -> None:
        """Let no child of a kind take another stage; those that are at work finish it."""
        with self._changed:
            self._outdated.update(child for child, its in self._busy.items() if its == kind)
        self._end_idle(lambda _, its: its == kind)

    def close(self) -> None:
        """End all children and wait for it; whoever has taken one is expected to see :attr:`is_closed` and end it."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.wait_for(lambda: not self._busy, self._limits.grace + _BURIAL + _LAST_BURIAL)
            attendant = self._attendant
            for child in self._busy:
                child.kill()
        self._end_idle(lambda _, __: True)
        self._orders.put(None)
        if attendant is not None:
            attendant.join()
        deadline = time.monotonic() + _LAST_BURIAL
        while not all(child.is_buried() for child in self._unburied) and time.monotonic() < deadline:
            time.sleep(0.01)

    def _await_started(self, order: _Order) -> ChildProcess:
        self._send(order)
        try:
            return order.outcome()
        except KeyboardInterrupt:
            order.abandoned.set()
            self._take_back(order)
            raise

    def _take_idle(self, kind: Kind) -> ChildProcess | None:
        with self._changed:
            if self._closed:
                raise ClosedError
            child = next((child for child, its in reversed(self._idle.items()) if its == kind), None)
            if child is not None:
                self._busy[child] = self._idle.pop(child)
            return child

    def _send(self, order: _Order) -> None:
        with self._changed:
            if self._closed:
                order.answer(ClosedError())
                return
            if self._attendant is None:
                self._attendant = threading.Thread(target=self._attend, name="children", daemon=True)
                self._attendant.start()
            self._orders.put(order)

    def _attend(self) -> None:
        """The attendant's whole life."""
        while True:
            try:
                order = self._orders.get(timeout=self._patience())
            except queue.Empty:
                if not self._to_warm:
                    self._look_safely()
                    continue
                order = _Order(self._to_warm.pop(0))
            if order is None:
                return
            try:
                self._carry_out(order)
            except OSError as error:
                _log.warning("No child (%s) can be started: %s", order.kind.name, error)
                order.answer(error)
            except Exception as error:  # noqa: BLE001 - the thread's edge: its end would be that of all children
                _log.exception("No child (%s) can be started", order.kind.name)
                order.answer(OSError(str(error)))
            self._take_back(order)

    def _look_safely(self) -> None:
        try:
            self._look()
        except Exception:  # noqa: BLE001 - the thread's edge
            _log.exception("Idle children cannot be looked after")

    def _take_back(self, order: _Order) -> None:
        """Keep a child that nobody waits for any more."""
        if order.abandoned.is_set() and order.reply is not None:
            with contextlib.suppress(queue.Empty):
                answer = order.reply.get_nowait()
                if isinstance(answer, ChildProcess):
                    self.give_back(answer)

    def _patience(self) -> float | None:
        if self._to_warm:
            return _PAUSE
        return self._limits.look if self._idle or self._busy or self._unburied else None

    def _carry_out(self, order: _Order) -> None:
        if order.reply is None:
            with self._changed:
                if order.kind in self._idle.values() or order.kind in self._busy.values():
                    return
        try:
            child = self._take_idle(order.kind) or self._start(order.kind)
        except ClosedError as error:
            order.answer(error)
            return
        with self._changed:
            self._busy[child] = order.kind
            closed = self._closed
        if closed:
            self.end(child)
            order.answer(ClosedError())
        elif order.reply is None:
            self.give_back(child)
        else:
            order.answer(child)

    def _start(self, kind: Kind) -> ChildProcess:
        confinement = confinement_of(kind, self._limits)
        return ChildProcess(Orders(confinement, self._perform, self._sites, kind.at_once, kind.at_leisure))

    def _look(self) -> None:
        """End idle children whose time has come."""
        with self._changed:
            self._unburied = [child for child in self._unburied if not child.is_buried()]
            kept = {kind: child for child, kind in self._idle.items() if kind in self._warm}
        short = any(kind.model for kind in self._idle.values()) and _is_memory_short()
        now = time.monotonic()

        def is_due(child: ChildProcess, kind: Kind) -> bool:
            if (
                not child.is_well()
                or (kind.model and short)
                or (not kind.model and child.memory() > self._limits.grown)
            ):
                return True
            patience = self._limits.model_idle if kind.model else self._limits.idle
            return kept.get(kind) is not child and now - child.free_since > patience

        self._end_idle(is_due)

    def _end_idle(self, is_due: _Due) -> None:
        with self._changed:
            due = {child: kind for child, kind in self._idle.items() if is_due(child, kind)}
            for child in due:
                del self._idle[child]
            self._busy |= due
        for child in due:
            self.end(child)


def _is_memory_short() -> bool:
    import psutil  # 40 ms that a single command should not wait for

    memory = psutil.virtual_memory()
    return bool(memory.available < memory.total * _FEWEST_FREE)
