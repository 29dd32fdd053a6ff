"""Stages that do what no stage should, for runners to survive. The children of a runner import ``perform`` by name."""

from __future__ import annotations

import ctypes
import itertools
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.errors import ErrorCode, InputError, SeveralMedia
from fastclip_desktop.domain.media import ListedMedia
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, Resource

PERFORM = f"{__name__}:perform"


@dataclass(frozen=True, slots=True)
class Do(ProgressiveRequest[object, object]):
    """Do what ``what`` names.

    Attributes:
        what: the name of a function below.
        path: a file or folder to do it with.
        amount: of whatever it does.
    """

    resource: ClassVar[Resource] = Resource.CPU

    what: str
    path: Path | None = None
    amount: float = 0.0


class DoOnline(Do):
    """The same with the network."""

    __slots__ = ()
    resource: ClassVar[Resource] = Resource.NETWORK


class DoWithModel(Do):
    """The same with a model."""

    __slots__ = ()
    resource: ClassVar[Resource] = Resource.MODEL


class DoWithOtherModel(DoWithModel):
    """The same with another model."""

    __slots__ = ()


def perform(request: Do, reporter: Reporter, deliver: Callable[[object], None]) -> object:
    """Carry out a request."""
    return _DEEDS[request.what](request, reporter, deliver)


def _answer(request: Do, *_: object) -> object:
    return request.amount


def _pid(*_: object) -> int:
    return os.getpid()


def _crash(*_: object) -> None:
    ctypes.string_at(0)


def _abort(*_: object) -> None:
    os.write(2, b"terminate called after throwing an instance of 'std::bad_alloc'\n")
    os.abort()


def _exit(request: Do, *_: object) -> None:
    os._exit(int(request.amount))


def _spin(*_: object) -> None:
    """Never returns to Python, so that no other thread of the process runs either."""
    any(itertools.repeat(None))


def _part_then_sleep(_: Do, __: Reporter, deliver: Callable[[object], None]) -> None:
    deliver(0)
    threading.Event().wait()


def _part_then_spin(_: Do, __: Reporter, deliver: Callable[[object], None]) -> None:
    deliver(0)
    _spin()


def _compute_on(_: Do, reporter: Reporter, __: object) -> None:
    while True:
        reporter.report(0.5)


def _sleep(request: Do, *_: object) -> None:
    _touch(request)
    threading.Event().wait(request.amount)


def _sleep_while_asking(request: Do, reporter: Reporter, _: object) -> None:
    end = time.monotonic() + request.amount
    while time.monotonic() < end:
        reporter.cancel.check()
        threading.Event().wait(0.01)


def _allocate(request: Do, *_: object) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(int(request.amount)))


def _allocate_natively(*_: object) -> None:
    """Ask C for memory until it has none, and write to what it did not give."""
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    while True:
        address = library.malloc(ctypes.c_size_t(1 << 22))
        ctypes.memset(address or 0, 1, 1 << 22)


def _fill(request: Do) -> list[bytearray]:
    """Take nearly all the memory that there is."""
    hoard = []
    try:
        while True:
            hoard.append(bytearray(int(request.amount)))
    except MemoryError:
        del hoard[-4:]
        return hoard


def _fill_and_fail(request: Do, *_: object) -> None:
    hoard = _fill(request)
    raise RuntimeError(f"can't start new thread after {len(hoard)}")


def _fill_and_stumble(request: Do, *arguments: object) -> None:
    hoard = _fill(request)
    _stumble(request, *arguments, hoard)


def _stumble(*_: object) -> None:
    raise InputError(ErrorCode.DAMAGED_MEDIA, "It cannot be decoded.")


def _fork(request: Do, _: Reporter, deliver: Callable[[object], None]) -> None:
    """Start processes that start one each and that nobody waits for, say which, then sleep or die."""
    sleeper = "import time; time.sleep(600)"
    code = f"import subprocess, sys; print(subprocess.Popen([sys.executable, '-c', {sleeper!r}]).pid, flush=True)"
    for _ in range(int(request.amount)):
        started = subprocess.Popen([sys.executable, "-c", f"{code}; {sleeper}"], stdout=subprocess.PIPE)
        assert started.stdout is not None
        deliver(started.pid)
        deliver(int(started.stdout.readline()))
    if request.path is None:
        _crash()
    threading.Event().wait()


def _fail(*_: object) -> None:
    raise ZeroDivisionError("nothing can be divided by it")


def _refuse(*_: object) -> None:
    raise InputError(ErrorCode.NOT_MEDIA, "It is a poem.", "Read it.")


def _ask_back(*_: object) -> None:
    raise SeveralMedia(ErrorCode.PLAYLIST_SOURCE, "Which?", "Say.", (ListedMedia("first", "https://example.com/1"),))


def _leave(*_: object) -> None:
    sys.exit(3)


def _connect(request: Do, *_: object) -> bool:
    with socket.create_connection(("127.0.0.1", int(request.amount)), timeout=5):
        return True


def _connect_natively(*_: object) -> int:
    """Ask C for an internet socket; the error's number, 0 for none."""
    library = ctypes.CDLL(None, use_errno=True)
    return 0 if library.socket(2, 1, 0) >= 0 else ctypes.get_errno()


def _connect_in_a_child(*_: object) -> str:
    code = "import socket; socket.socket(socket.AF_INET6)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr


def _local_sockets(*_: object) -> bool:
    with socket.socket(socket.AF_UNIX):
        return True


def _parts(request: Do, reporter: Reporter, deliver: Callable[[object], None]) -> int:
    for number in range(int(request.amount)):
        deliver(number)
        reporter.report(number / request.amount)
    return int(request.amount)


def _bare_parts(request: Do, _: object, deliver: Callable[[object], None]) -> None:
    for number in range(int(request.amount)):
        deliver(number)


def _large(request: Do, _: object, deliver: Callable[[object], None]) -> bytes:
    deliver(b"p" * int(request.amount))
    return b"r" * int(request.amount)


def _unpicklable(*_: object) -> object:
    return threading.Lock()


def _foreign(*_: object) -> object:
    """What pickles, and would run something in whoever loads it."""
    return _Hostile()


class _Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("true",)


def _temporary(request: Do, reporter: Reporter, _: object) -> None:
    """Hold a file until stopped, then remove it."""
    assert request.path is not None
    try:
        _touch(request)
        while True:
            reporter.report(0.5)
            threading.Event().wait(0.01)
    finally:
        request.path.unlink()


def _write(request: Do, *_: object) -> None:
    assert request.path is not None
    with request.path.open("wb") as file:
        file.truncate(int(request.amount))


def _where(*_: object) -> str:
    return str(Path.cwd())


def _say(*_: object) -> None:
    logging.getLogger("faulty").warning("a warning of %s", "mine")
    logging.getLogger("faulty").debug("a detail")
    warnings.warn("a warning of Python's", stacklevel=1)
    os.write(1, b"said past the log\n")


def _limits(*_: object) -> dict[str, tuple[int, int]]:
    import resource

    names = ("CORE", "CPU", "DATA", "FSIZE", "NOFILE")
    return {name: resource.getrlimit(getattr(resource, f"RLIMIT_{name}")) for name in names}


def _loaded(*_: object) -> tuple[str, ...]:
    return tuple(sorted(sys.modules))


def _niceness(*_: object) -> int:
    return os.nice(0)


def _interrupt(*_: object) -> bool:
    os.kill(os.getpid(), signal.SIGINT)
    return True


def _touch(request: Do) -> None:
    if request.path is not None:
        request.path.touch()


_DEEDS: dict[str, Callable[..., object]] = {
    name[1:]: deed for name, deed in list(globals().items()) if name.startswith("_") and callable(deed)
}
