"""Runs every stage in a child process that can be killed, and does not take the application along when it dies.

Why not a kept pool of the shelf: pebble 5.2 was tried (2 cores, Linux, Python 3.11). A stage starts within 0.7 ms on
its warm workers, but

- a worker that ignores SIGTERM, as one does that loops in native code, is killed after 3.0 s; cancel promises 1 s;
- all workers of a pool share one channel and its two locks. One killed while it sent its result left them locked:
  another worker's next task had not begun 40 s later;
- a task's worker is not known to the caller, so that progress and parts need channels of their own beside the pool's,
  and its ``spawn`` imports the window's whole program, Qt included, into each child.

So there is one socket pair a child and nothing that two children share. The calling thread itself waits for its child,
watches the clock, and hands on what comes: no message crosses a thread here. A child is a plain ``python -c`` of one
line, 15 ms to its first instruction here where ``multiprocessing`` takes 35 ms for ``spawn`` and 15 ms and a server
process of its own for ``forkserver``, which Windows lacks.
"""

from __future__ import annotations

import itertools
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from fastclip_desktop.domain.devices import DeviceRules
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.runners.child import Task
from fastclip_desktop.runners.child_process import ChildGone, ChildProcess
from fastclip_desktop.runners.deaths import crashed, fell_silent, misbehaved, out_of_memory
from fastclip_desktop.runners.device_watch import DeviceWatch
from fastclip_desktop.runners.kinds import (
    OFFLINE,
    ONLINE,
    OUTDATING,
    Kind,
    Limits,
    confinement_of,
    kind_of,
    silence_of,
    tick_of,
)
from fastclip_desktop.runners.warm_children import Children, ClosedError
from fastclip_desktop.runners.wire import BadMessage, framed

_LONGEST_STEP = 1.0
"""Seconds of one wait that count as silence: after a suspended night the child gets its chance to speak first."""

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")


class ProcessRunner:
    """Runs stages in child processes; may be called from several threads.

    Args:
        sites: the folder of newer yt-dlps.
        perform: ``module:function`` that carries out a stage, imported by the children alone.
        limits: what they get of the machine, and how long they are kept.
        proxy: says, before each stage that may open connections, by which proxy; empty for the environment's.
        offline: says before each of those whether nothing may leave this machine.
        devices: knows which devices the stages may use; hears of those that gave up.
    """

    def __init__(
        self,
        sites: Path,
        perform: str = "fastclip_desktop.stages:perform",
        limits: Limits | None = None,
        proxy: Callable[[], str] = lambda: "",
        offline: Callable[[], bool] = lambda: False,
        devices: DeviceBook | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._proxy = proxy
        self._offline = offline
        self._devices = devices or DeviceBook()
        self._children = Children(perform, sites, self._limits)
        self._numbers = itertools.count(1)

    def warm(self) -> None:
        """Keep children ready from now on, with their libraries loaded; returns at once."""
        self._children.warm(OFFLINE, ONLINE)

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work and give its result; once more on the processor if another device took the process along.

        Raises:
            InputError: ``out_of_memory``, besides what the stage raises.
            WorkerLost: ``worker_crashed`` or ``worker_silent``.
            FastClipError: every other failure, typed; a bug in a stage comes as ``InternalError``.
        """
        watch = DeviceWatch(self._devices)
        try:
            return self._run(request, lambda _: None, reporter, watch)
        except FastClipError as error:
            fallen = watch.blamed(error)
            if fallen is None:
                raise
        return self._run(request, lambda _: None, reporter, DeviceWatch(self._devices, fallen))

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        """Do the work, hand over parts of it meanwhile, and give its whole result.

        A device that took the process along is not used any more, but the work is not done again: whoever has the
        parts knows where to go on.

        Raises:
            FastClipError: as for :meth:`run`.
        """
        watch = DeviceWatch(self._devices)
        try:
            # The stage of a request delivers what the request's second type parameter names, and nothing else.
            return self._run(request, lambda part: deliver(cast("PartT", part)), reporter, watch)
        except FastClipError as error:
            watch.blamed(error)
            raise

    def close(self) -> None:
        """Stop what runs and end all children; what is asked for afterwards is cancelled."""
        self._children.close()

    def _run(
        self,
        request: StageRequest[ResultT],
        deliver: Callable[[object], None],
        reporter: Reporter,
        devices: DeviceWatch,
    ) -> ResultT:
        reporter.cancel.check()
        kind = kind_of(request)
        number = next(self._numbers)
        proxy, offline = (self._proxy(), self._offline()) if kind.network else ("", False)
        task = _framed_task(number, request, proxy, devices.rules, offline=offline)
        child = self._taken(kind, request)
        try:
            child.start(task)
            answer = self._follow(child, silence_of(kind, self._limits), deliver, reporter, tick_of(kind), devices)
        except ChildGone:
            death = self._children.end(child)
            if self._children.is_closed:
                raise Cancelled from None
            raise crashed(request, death, confinement_of(kind, self._limits).memory) from None
        except BadMessage as fault:
            self._children.end(child)
            raise misbehaved(request, fault) from None
        except _SilentError as silent:
            self._children.end(child)
            raise fell_silent(request, silent.seconds) from None
        except BaseException:  # a stop, Ctrl-C, or whoever wanted parts failed
            self._stop(child, number)
            raise
        return cast("ResultT", self._outcome(child, request, answer, reporter))

    def _taken(self, kind: Kind, request: StageRequest[object]) -> ChildProcess:
        try:
            return self._children.take(kind)
        except ClosedError:
            raise Cancelled from None
        except OSError as error:
            raise InternalError(
                ErrorCode.INTERNAL,
                f"No process can be started for {type(request).__name__}: {error.strerror or error}.",
                "Close other programs and try again.",
            ) from error

    def _follow(
        self,
        child: ChildProcess,
        patience: float,
        deliver: Callable[[object], None],
        reporter: Reporter,
        tick: float,
        devices: DeviceWatch,
    ) -> _Answer:
        """Hand on what comes until the answer is there."""
        silence = 0.0
        while True:
            reporter.cancel.check()
            if self._children.is_closed:
                raise Cancelled
            asked = time.monotonic()
            messages = child.messages(tick)
            silence = 0.0 if messages is not None else silence + min(_LONGEST_STEP, time.monotonic() - asked)
            for message in messages or ():
                match message:
                    case ("progress", float() as fraction):
                        reporter.report(fraction)
                    case ("part", part):
                        deliver(part)
                        reporter.cancel.check()
                    case ("device", str() as device):
                        devices.in_use = device
                    case ("device_failed", str() as device, str() as reason):
                        devices.failed(device, reason)
                    case ("log", int() as level, str() as name, str() as text):
                        logging.getLogger(name).log(level, "%s", text)
                    case _ if (answer := _as_answer(message)) is not None:
                        return answer
            if silence > patience:
                raise _SilentError(silence)

    def _stop(self, child: ChildProcess, number: int) -> None:
        """Have a child stop, which lets it remove what it has begun; kill one that doesn't listen."""
        heard = False
        try:
            child.stop(number)
            deadline = time.monotonic() + self._limits.grace
            while not heard and (left := deadline - time.monotonic()) > 0:
                heard = any(_as_answer(message) is not None for message in child.messages(left) or ())
        except (ChildGone, BadMessage):
            pass
        finally:
            if heard:
                self._children.give_back(child)
            else:
                self._children.end(child)

    def _outcome(
        self, child: ChildProcess, request: StageRequest[object], answer: _Answer, reporter: Reporter
    ) -> object:
        if isinstance(answer.error, MemoryError):
            self._children.end(child)
            raise out_of_memory(request)
        if words := child.last_words():
            _log.debug("Said by a child's libraries: %s", words)
        if answer.error is None and type(request) in OUTDATING:
            self._children.renew(OUTDATING[type(request)])
        self._children.give_back(child)
        if answer.error is not None:
            raise answer.error
        reporter.report(answer.furthest)
        return answer.result


class _SilentError(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _Answer:
    """A child's last word on a task, and how far the work said it had come."""

    result: object = None
    error: FastClipError | MemoryError | None = None
    furthest: float = 0.0


def _as_answer(message: tuple[object, ...]) -> _Answer | None:
    match message:
        case ("result", result, float() as furthest):
            return _Answer(result, furthest=furthest)
        case ("error", FastClipError() as error):
            return _Answer(error=error)
        case ("memory",):
            return _Answer(error=MemoryError())
    return None


def _framed_task(
    number: int, request: StageRequest[object], proxy: str, devices: DeviceRules, *, offline: bool
) -> bytes:
    try:
        folder = os.getcwd()  # noqa: PTH109 - it is sent as text
    except OSError:
        folder = None
    try:
        return framed(Task(number, request, folder, _log.getEffectiveLevel(), proxy, offline, devices))
    except Exception as error:
        _log.exception("%s does not pickle", type(request).__name__)
        raise InternalError(
            ErrorCode.INTERNAL, f"{type(request).__name__} cannot be sent to another process: {error}."
        ) from error
