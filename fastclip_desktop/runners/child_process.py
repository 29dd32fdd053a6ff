"""The application's hold on one child: how it is started, talked to and ended."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastclip_desktop.runners.child import ARGUMENT, Orders, Stop
from fastclip_desktop.runners.wire import BadMessage, Frames, framed, from_child

_CHUNK = 1 << 20
_MOST_LAST_WORDS = 8000
_PROGRAM = "import sys; sys.path[:] = sys.argv[3:]; from fastclip_desktop.runners.child import main; main(sys.argv[1:])"

_MEMORY_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes that one stands for in what the system says of a process's memory."""

_SEND_SECONDS = 10.0
"""A child that has nothing to do takes a task at once, unless the machine is out of memory."""


class ChildGone(Exception):  # noqa: N818 - says what happened
    """The child ended or hung up; end it and see how it died."""


@dataclass(frozen=True, slots=True)
class Death:
    """How a child ended.

    Attributes:
        exit_code: as of :class:`subprocess.Popen`, negative for a signal's number; ``None`` while the system has not
            let go of it.
        peak_memory: bytes that were resident at most; 0 where the system doesn't say or this process had more.
        last_words: the end of what it and its libraries wrote on their own.
        killed_for_memory: the system ended some process for want of memory while this one lived.
    """

    exit_code: int | None
    peak_memory: int
    last_words: str
    killed_for_memory: bool


class ChildProcess:
    """One child; used by one thread at a time, and started by one that lives as long as it should.

    Linux ends a child with the thread that started it, not with the process.

    Attributes:
        pid: the process's id, and on POSIX systems that of the group of all that it starts.
        tasks: how many it was given.
        free_since: the monotonic instant from which on it has had nothing to do.

    Raises:
        OSError: the system has no room for another process.
    """

    def __init__(self, orders: Orders) -> None:
        self.tasks = 0
        self.free_since = time.monotonic()
        self._frames = Frames()
        self._peak_memory = 0
        self._exit_code: int | None = None
        self._inherited_peak = _own_peak_memory()
        self._out_of_memory_before = _out_of_memory_kills()
        with contextlib.ExitStack() as stack:
            self._words = stack.enter_context(_words_file())
            self._line, theirs = socket.socketpair()
            stack.callback(self._line.close)
            with theirs:
                self._process = _start(theirs, self._words)
            self.pid = self._process.pid
            self._selector = stack.enter_context(selectors.DefaultSelector())
            self._selector.register(self._line, selectors.EVENT_READ)
            self._line.settimeout(_SEND_SECONDS)
            self._open = stack.pop_all()
        with contextlib.suppress(OSError):  # it is gone already: the first task finds out
            self._line.sendall(framed(orders))

    def start(self, task: bytes) -> None:
        """Give it a framed :class:`~fastclip_desktop.runners.child.Task`.

        Raises:
            ChildGone: it takes none any more.
        """
        self.tasks += 1
        try:
            self._line.sendall(task)
        except OSError as error:
            raise ChildGone(f"It takes no task: {error}.") from error

    def stop(self, number: int) -> None:
        """Ask for the stop of the task of that number."""
        with contextlib.suppress(OSError):  # whoever waits for its answer learns of its end
            self._line.sendall(framed(Stop(number)))

    def messages(self, timeout: float) -> list[tuple[object, ...]] | None:
        """What it said, waiting up to so many seconds for it; empty for half a message, ``None`` for nothing at all.

        Raises:
            ChildGone: it will say no more.
            BadMessage: it said what no child of ours says.
        """
        if not self._selector.select(timeout):
            if self._has_ended():
                raise ChildGone("It ended.")
            return None
        try:
            data = self._line.recv(_CHUNK)
        except TimeoutError:
            return None
        except OSError as error:
            raise ChildGone(f"Its line broke: {error}.") from error
        if not data:
            raise ChildGone("It hung up.")
        return [_as_message(from_child(frame)) for frame in self._frames.feed(data)]

    def is_well(self) -> bool:
        """Whether it can be given a task, as far as can be seen."""
        return not self._has_ended()

    def memory(self) -> int:
        """Bytes that are resident; 0 once it has ended."""
        import psutil  # 40 ms that a single command should not wait for

        try:
            return int(psutil.Process(self.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self, patience: float) -> Death:
        """Kill it with all that it started, and give back what it held here.

        Args:
            patience: seconds to wait until the system has let go of it.
        """
        self.kill()
        deadline = time.monotonic() + patience
        while not self._reap() and time.monotonic() < deadline:
            time.sleep(0.002)
        words = self.last_words()
        self._open.close()
        for_memory = self._exit_code == -9 and _out_of_memory_kills() > self._out_of_memory_before
        return Death(self._exit_code, self._peak_memory, words, for_memory)

    def is_buried(self) -> bool:
        """Whether the system has let go of it, after :meth:`end`."""
        return self._reap()

    def last_words(self) -> str:
        """What it and its libraries wrote past the log since this was last asked."""
        with contextlib.suppress(OSError, ValueError):
            size = self._words.seek(0, os.SEEK_END)
            self._words.seek(max(0, size - _MOST_LAST_WORDS))
            words = self._words.read(_MOST_LAST_WORDS)
            if size and sys.platform != "win32":  # there the child's next words would lie behind a hole
                self._words.truncate(0)
            return words.decode(errors="replace").strip()
        return ""

    def _has_ended(self) -> bool:
        if self._process.returncode is not None:
            return True
        if hasattr(os, "waitid"):
            # Not reaped before its group is killed: until then nobody else can get the group's number.
            with contextlib.suppress(ChildProcessError):
                return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        self._exit_code = self._process.poll()
        return self._exit_code is not None

    def kill(self) -> None:
        """Kill it with all that it started, and do no more about it; from any thread."""
        if sys.platform == "win32":
            _kill_tree(self.pid)
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):  # only dead ones are left in it
            os.killpg(self.pid, signal.SIGKILL)

    def _reap(self) -> bool:
        if self._process.returncode is None:
            if sys.platform == "win32":
                self._exit_code = self._process.poll()
            else:
                self._wait()
        return self._process.returncode is not None

    def _wait(self) -> None:
        """As :meth:`subprocess.Popen.poll`, which does not say how much memory it took."""
        try:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        except ChildProcessError:  # somebody else waited for it and knows how it ended
            self._process.returncode = 0
            return
        if pid:
            self._process.returncode = self._exit_code = os.waitstatus_to_exitcode(status)
            # Linux begins to count a program's memory with that of whoever started it.
            self._peak_memory = usage.ru_maxrss * _MEMORY_UNIT if usage.ru_maxrss > self._inherited_peak else 0


def _start(wire: socket.socket, words: BinaryIO) -> subprocess.Popen[bytes]:
    packaged = getattr(sys, "frozen", False)
    program = [sys.executable, ARGUMENT] if packaged else [sys.executable, "-c", _PROGRAM]
    path = [] if packaged else sys.path
    if sys.platform == "win32":
        process = subprocess.Popen(  # noqa: S603 - this program itself
            [*program, "", str(os.getpid()), *path],
            stdin=subprocess.PIPE,
            stdout=words,
            stderr=words,
            creationflags=subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP,
        )
        if process.stdin is not None:
            with process.stdin as line:
                line.write(wire.share(process.pid))
        return process
    return subprocess.Popen(  # noqa: S603 - this program itself
        [*program, str(wire.fileno()), str(os.getpid()), *path],
        stdin=subprocess.DEVNULL,
        stdout=words,
        stderr=words,
        pass_fds=(wire.fileno(),),
        start_new_session=True,  # Ctrl-C in a terminal is for the application, which then ends its children
    )


def _words_file() -> BinaryIO:
    """Takes what a child writes past the log; a pipe would have to be read all the time."""
    try:
        file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - the caller closes it
    except OSError:
        return Path(os.devnull).open("r+b", buffering=0)
    if sys.platform != "win32":
        import fcntl

        fcntl.fcntl(file, fcntl.F_SETFL, fcntl.fcntl(file, fcntl.F_GETFL) | os.O_APPEND)
    return file


def _as_message(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple) and value:
        return value
    raise BadMessage(f"{value!r:.80} is no message.")


def _own_peak_memory() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _out_of_memory_kills() -> int:
    """How many processes Linux has ended for want of memory since it started; 0 elsewhere."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0


def _kill_tree(pid: int) -> None:
    import psutil  # 40 ms that only Windows needs here

    with contextlib.suppress(psutil.Error):
        child = psutil.Process(pid)
        for each in (*child.children(recursive=True), child):
            with contextlib.suppress(psutil.Error):
                each.kill()
