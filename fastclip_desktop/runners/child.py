"""The child's side: a process that carries out one stage after the other until its parent is gone.

It starts as ``python -c`` of one line or, packaged, as the program itself with :data:`ARGUMENT`. It imports no more
than it needs, for a command waits for it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import logging
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from fastclip_desktop import outside
from fastclip_desktop.diagnostics.redaction import redacted, register_environment
from fastclip_desktop.domain.devices import NO_RULES, DeviceRules
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.hardware import standing
from fastclip_desktop.runners.child_proxy import ProxyOfChild
from fastclip_desktop.runners.confinement import (
    Confinement,
    allow_processor_time,
    confine,
    die_with_parent,
    has_used_up_its_memory,
)
from fastclip_desktop.runners.wire import Frames, framed, from_parent

ARGUMENT = "--fastclip-child"
"""What a packaged program is started with to be a child instead, followed by the arguments of :func:`main`."""

LEISURE = 2.0
"""Seconds without a stage after which a child imports what a later one may need."""

_BEAT = 1.0
"""Seconds between two signs of life; only work that asks whether to stop gives one."""

_CHUNK = 1 << 20
_LONGEST_LOG_LINE = 8000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child hears first.

    Attributes:
        confinement: what it may do.
        perform: ``module:function`` that carries out a stage.
        sites: the folder of newer yt-dlps.
        at_once: modules to import before the first stage, unless one is waiting.
        at_leisure: modules to import when there is nothing else to do.
    """

    confinement: Confinement
    perform: str
    sites: Path
    at_once: tuple[str, ...] = ()
    at_leisure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One stage to carry out.

    Attributes:
        number: counts the child's tasks.
        request: what to do.
        folder: where relative paths begin; ``None`` where the parent's own is gone.
        log_level: records below are nobody's concern.
        proxy: by which it reaches servers; empty for what the environment says.
        offline: nothing leaves this machine.
        devices: what to go by when something else than the processor may do the work.
    """

    number: int
    request: StageRequest[object]
    folder: str | None
    log_level: int
    proxy: str = ""
    offline: bool = False
    devices: DeviceRules = NO_RULES


@dataclass(frozen=True, slots=True)
class Stop:
    """The task of that number is to stop."""

    number: int


def main(arguments: Sequence[str]) -> None:
    """Be a child: of the process whose id is the second argument, over the socket that the first one names."""
    handle, parent = arguments[0], int(arguments[1])
    die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    faulthandler.enable()
    wire = _Wire(_inherited(handle))
    messages = wire.messages()
    orders = next(messages)
    if not isinstance(orders, Orders):
        raise TypeError(f"A child wants orders first, not {orders!r}.")
    confine(orders.confinement)
    _send_log_over(wire)
    threading.Thread(target=wire.listen, args=(messages,), name="wire", daemon=True).start()
    _work(wire, orders)


def _inherited(handle: str) -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fileno=int(handle))
    wire.set_inheritable(False)
    return wire


def _work(wire: _Wire, orders: Orders) -> None:
    from fastclip_desktop.sources.newest_ytdlp import use_newest

    use_newest(orders.sites)
    module, _, name = orders.perform.partition(":")
    perform: Callable[..., object] = getattr(importlib.import_module(module), name)
    proxies = ProxyOfChild(os.environ)
    is_offline = False
    if orders.confinement.network:
        outside.watch(lambda: is_offline)
    later = [(0.0, module) for module in orders.at_once] + [(LEISURE, module) for module in orders.at_leisure]
    while True:
        try:
            task, token = wire.tasks.get(timeout=later[0][0]) if later else wire.tasks.get()
        except queue.Empty:
            _import(later.pop(0)[1])
            continue
        proxies.use(task.proxy)
        is_offline = task.offline
        _carry_out(task, token, wire, perform, orders.confinement.processor)


def _import(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception:  # noqa: BLE001 - whoever needs it meets the same and says so
        _log.warning("%s cannot be imported ahead", module, exc_info=True)


def _carry_out(
    task: Task, token: CancelToken, wire: _Wire, perform: Callable[..., object], processor_seconds: int
) -> None:
    """The edge of the process: whatever happens becomes a message."""
    logging.getLogger().setLevel(task.log_level)
    if task.folder is not None:
        with contextlib.suppress(OSError):  # whatever needs it says so itself
            os.chdir(task.folder)
    allow_processor_time(processor_seconds)
    standing.obey(
        task.devices,
        lambda device: wire.send(("device", device)),
        lambda failure: wire.send(("device_failed", failure.device, failure.reason)),
    )
    reporter = _Reporter(lambda fraction: wire.send(("progress", fraction)), token)
    try:
        answer = ("result", perform(task.request, reporter, lambda part: wire.send(("part", part))), reporter.furthest)
        sendable = framed(answer)
    except Exception as error:  # noqa: BLE001 - the process's edge
        sendable = framed(_failure(task.request, error))
    wire.send_framed(sendable)


def _failure(request: object, error: Exception) -> tuple[object, ...]:
    if isinstance(error, MemoryError) or (_is_doubtful(error) and has_used_up_its_memory()):
        return ("memory",)
    if isinstance(error, FastClipError):
        return ("error", error)
    _log.error("Stage %s failed", type(request).__name__, exc_info=error)
    return ("error", _unforeseen(request, error))


def _is_doubtful(error: Exception) -> bool:
    """Whether want of memory may be what is behind an error; not every library says so."""
    if not isinstance(error, FastClipError):
        return True
    return type(error) in (InternalError, InputError) and error.code in (ErrorCode.INTERNAL, ErrorCode.DAMAGED_MEDIA)


def _unforeseen(request: object, error: Exception) -> InternalError:
    return InternalError(
        ErrorCode.INTERNAL,
        f"{type(request).__name__} failed inside FastClip: {type(error).__name__}: {error}.",
        "Run `fastclip doctor`, and report this with the source if it stays.",
    )


class _Wire:
    """The socket to the parent; any thread may send."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._sending = threading.RLock()
        self._frames = Frames()
        self._current: tuple[int, CancelToken] | None = None
        self.tasks: queue.SimpleQueue[tuple[Task, CancelToken]] = queue.SimpleQueue()

    def messages(self) -> Iterator[object]:
        """All that the parent sends until it is gone, which ends this process."""
        while True:
            try:
                data = self._line.recv(_CHUNK)
            except OSError:
                data = b""
            for frame in self._frames.feed(data or _end()):
                try:
                    yield from_parent(frame)
                except Exception as error:  # noqa: BLE001 - whatever a class does when it is unpickled
                    _log.exception("A request cannot be read")
                    self.send(("error", InternalError(ErrorCode.INTERNAL, f"A request cannot be read: {error}.")))

    def listen(self, messages: Iterator[object]) -> None:
        """Take tasks and stops."""
        for message in messages:
            self._take(message)

    def _take(self, message: object) -> None:
        match message:
            case Task():
                token = _Token(lambda: self.send(("alive",)))
                self._current = message.number, token
                self.tasks.put((message, token))
            case Stop(number):
                if self._current is not None and self._current[0] == number:
                    self._current[1].cancel()

    def send(self, message: object) -> None:
        """Send something that pickles."""
        self.send_framed(framed(message))

    def send_framed(self, data: bytes) -> None:
        """Send what was framed already."""
        with self._sending:
            try:
                self._line.sendall(data)
            except OSError:
                _end()


class _Token(CancelToken):
    """Tells the parent, once in a while, that the work asked whether to stop: it moves."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell
        self._next = time.monotonic() + _BEAT

    def check(self) -> None:
        super().check()
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _BEAT
            self._tell()


class _Reporter(Reporter):
    """Remembers how far the work came, which the last report let through need not say."""

    furthest = 0.0

    def report(self, fraction: float) -> None:
        self.furthest = max(self.furthest, min(1.0, fraction))
        super().report(fraction)


class _ToParent(logging.Handler):
    """Hands records to the parent's log as text."""

    def __init__(self, wire: _Wire) -> None:
        super().__init__()
        self._wire = wire

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = redacted(self.format(record))[:_LONGEST_LOG_LINE]
        except Exception:  # noqa: BLE001 - a record that cannot be written must not end the work
            text = f"{record.msg!r} cannot be written"
        self._wire.send(("log", record.levelno, record.name, text))


def _send_log_over(wire: _Wire) -> None:
    register_environment(os.environ)
    logging.captureWarnings(capture=True)
    root = logging.getLogger()
    root.handlers = [_ToParent(wire)]
    root.setLevel(logging.WARNING)


def _end() -> NoReturn:
    """End this process and all that it started: nobody waits for it any more."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
