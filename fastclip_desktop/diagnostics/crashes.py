"""Reports of what ended the program, or a part of it, against its will; written here and sent nowhere.

A process that is watched has a file of its own as long as it lives, locked, into which Python's ``faulthandler``
writes where each thread was if the process dies in native code. Whoever ends well takes the file away. One whose lock
is gone was left by a process that died: with something in it, the next start makes a report of it. An empty one is of
a process that was killed or whose machine was switched off, which is no crash.

What Python itself can still tell is written at once, by the hooks for faults that nobody caught. A report is a text
for people: what happened, versions, the last lines of the log, and the traceback, without secrets.
"""

from __future__ import annotations

import atexit
import faulthandler
import os
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from fastclip_desktop import __version__

if TYPE_CHECKING:
    from fastclip_desktop.diagnostics.logs import KeptLog

KEPT = 10
"""How many reports there are; the oldest goes when another comes."""

_MOST_A_PROCESS = 5
"""A fault that comes with every movement of the pointer must not push all others out."""

_LONGEST = 200_000
_LOG_LINES = 100
_ALIVE, _NEW, _READ = ".alive", ".new.txt", ".txt"
_ENDED, _WENT_ON = "-end-", "-fault-"
_LOCKED_AT = 1 << 30
"""Where in the file the lock lies: Windows lets nobody read what is locked."""


@dataclass(frozen=True, slots=True)
class CrashReport:
    """A report that was written.

    Attributes:
        path: its file.
        program: what the process is called, such as ``window``.
        is_new: nobody was told of it.
        ended: the process died of it; else it went on.
    """

    path: Path
    program: str
    is_new: bool
    ended: bool

    @property
    def text(self) -> str:
        """What it says; empty where it was taken away."""
        with suppress(OSError):
            return self.path.read_text(encoding="utf-8", errors="replace")
        return ""

    def mark_read(self) -> CrashReport:
        """Say of it no more that it is new."""
        path = self.path.with_name(self.path.name.replace(_NEW, _READ))
        with suppress(OSError):
            self.path.rename(path)
        return CrashReport(path, self.program, is_new=False, ended=self.ended)

    def discard(self) -> None:
        """Take it away."""
        self.path.unlink(missing_ok=True)


class Watch:
    """The watch over this process; see :func:`begin_watch`.

    Attributes:
        program: what the process is called.
        started: the instant from which on it is watched, in seconds since 1970.
        log: of the process, once it has one.
    """

    def __init__(self, folder: Path, logs: Path, program: str) -> None:
        self.folder = folder
        self.program = program
        self.log: KeptLog | None = None
        self._logs = logs
        self.started = time.time()
        self._written: set[str] = set()
        self._lock = threading.Lock()
        self._file: IO[bytes] | None = None
        self._alive = folder / f"{program}-{_stamp(self.started)}-{os.getpid()}{_ALIVE}"
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        with suppress(OSError):  # without the file there are still Python's own reports
            folder.mkdir(parents=True, exist_ok=True)
            self._file = open(self._alive, "w+b", buffering=0, opener=_private)  # noqa: SIM115 - open as long as the process lives
            _lock(self._file)
            self._file.write(_head(program, self.started).encode())
        if self._file is not None:
            faulthandler.enable(self._file, all_threads=True)
        sys.excepthook = self._failed
        threading.excepthook = self._thread_failed
        sys.unraisablehook = self._unraisable
        atexit.register(self.end)

    def end(self) -> None:
        """The process ends as it should: leave nothing behind."""
        atexit.unregister(self.end)
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        global _watch  # noqa: PLW0603 - there is one process
        if _watch is self:
            _watch = None
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            self._alive.unlink(missing_ok=True)

    def note(self, words: str) -> None:
        """Put something into the file that is read if the process dies now, such as what Qt dies of."""
        if self._file is not None:
            from fastclip_desktop.diagnostics.redaction import redacted

            with suppress(OSError, ValueError):
                self._file.write(f"{redacted(words)}\n".encode(errors="replace"))

    def write(self, what: str, told: str, *, is_new: bool = True) -> CrashReport | None:
        """Write a report; ``None`` for one that was written already, is one too many, or cannot be written.

        Args:
            what: happened, in one line.
            told: the traceback or what else there is.
            is_new: the next start tells of it.
        """
        with self._lock:
            if what + told in self._written or len(self._written) >= _MOST_A_PROCESS:
                return None
            self._written.add(what + told)
        log = self.log.recent() if self.log is not None else ""
        return _write(self.folder, self.program, _Crash(what, told, log, time.time(), is_new))

    def write_exception(self, what: str, error: BaseException, *, is_new: bool = True) -> CrashReport | None:
        """Write a report of an exception."""
        import traceback  # only when it is needed

        told = "".join(traceback.format_exception(error))
        return self.write(f"{what}: {type(error).__name__}: {error}", told, is_new=is_new)

    def gather(self) -> tuple[CrashReport, ...]:
        """Make reports of what processes that died have left, and give those that nobody was told of."""
        with suppress(OSError):
            for left in sorted(self.folder.glob(f"*{_ALIVE}")):
                if left != self._alive:
                    _take_up(left, self.folder, self._logs)
        return tuple(report for report in reports(self.folder) if report.is_new)

    def _failed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, Exception):
            _log_of("Something failed that nobody had foreseen", error)
            self.write_exception("Something failed that nobody had foreseen", error.with_traceback(trace))
        self._before[0](kind, error, trace)

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None and isinstance(failed.exc_value, Exception):
            name = failed.thread.name if failed.thread is not None else "a thread"
            _log_of(f"The thread {name!r} ended", failed.exc_value)
            self.write_exception(f"The thread {name!r} ended", failed.exc_value)
        self._before[1](failed)

    def _unraisable(self, failed: sys.UnraisableHookArgs) -> None:
        # Nobody lost anything by it: it stands in the log and among the reports, and nobody is told at the next start.
        if isinstance(failed.exc_value, Exception):
            what = failed.err_msg or "Something failed while it was cleared away"
            _log_of(what, failed.exc_value)
            self.write_exception(what, failed.exc_value, is_new=False)
        self._before[2](failed)


_watch: Watch | None = None


def begin_watch(folder: Path, logs: Path, program: str) -> Watch:
    """Have reports written of what goes wrong in this process; end it when the process ends as it should.

    Args:
        folder: of reports.
        logs: the folder of logs.
        program: what the process is called.
    """
    global _watch  # noqa: PLW0603 - there is one process
    if _watch is not None:
        _watch.end()
    _watch = Watch(folder, logs, program)
    return _watch


def watch() -> Watch | None:
    """The watch over this process, if it has one."""
    return _watch


def reports(folder: Path) -> tuple[CrashReport, ...]:
    """All reports that there are, the newest first."""
    found = []
    with suppress(OSError):
        for path in folder.glob(f"*{_READ}"):
            instant, _, program = path.name.partition("_")
            is_new, ended = path.name.endswith(_NEW), _ENDED in program
            found.append((instant, CrashReport(path, program.partition("-")[0], is_new, ended)))
    return tuple(report for _, report in sorted(found, key=lambda each: (each[0], each[1].path.name), reverse=True))


def newest_text(folder: Path) -> str:
    """The newest report; empty where there is none."""
    return next((report.text.strip() for report in reports(folder)), "")


def versions() -> str:
    """What the program is built of, as far as it is cheap to know."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    lines = [f"FastClip Desktop {__version__}{', packaged' if getattr(sys, 'frozen', False) else ''}"]
    lines.append(f"Python {platform.python_version()}")
    for name, part in (("Qt", "PySide6-Essentials"), ("FFmpeg through PyAV", "av"), ("yt-dlp", "yt-dlp")):
        with suppress(PackageNotFoundError):
            lines.append(f"{name} {version(part)}")
    lines.append(f"{platform.platform()} {platform.machine()}")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Crash:
    """What there is to report: one line, what is told below it, the log's end, and when it happened, since 1970."""

    what: str
    told: str
    log: str
    happened: float
    is_new: bool
    ended: bool = False


def _write(folder: Path, program: str, crash: _Crash) -> CrashReport | None:
    from fastclip_desktop.diagnostics.redaction import redacted

    text = redacted(
        f"FastClip: {crash.what}\n"
        f"Program: {program}; {_instant(crash.happened)}\n\n"
        f"{versions()}\n\n{crash.told.strip()[-_LONGEST:]}\n\n"
        f"Last lines of the log:\n{crash.log.strip() or '(none)'}\n"
    )
    stem = f"{_stamp(crash.happened)}_{program}{_ENDED if crash.ended else _WENT_ON}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, stem, _NEW if crash.is_new else _READ)
        with open(path, "x", encoding="utf-8", errors="replace", opener=_private) as file:
            file.write(text)
    except OSError:
        return None
    for old in reports(folder)[KEPT:]:
        old.discard()
    return CrashReport(path, program, crash.is_new, crash.ended)


def _take_up(left: Path, folder: Path, logs: Path) -> None:
    """Make a report of what a process left, unless it lives or had nothing to say."""
    try:
        with left.open("r+b") as file:
            _lock(file)
            status = os.fstat(file.fileno())
            if not status.st_nlink:
                return  # another start was quicker
            text = file.read(_LONGEST).decode(errors="replace")
            if sys.platform != "win32":  # there nobody takes away what is open
                left.unlink()
    except OSError:
        return  # it lives
    left.unlink(missing_ok=True)
    head, _, told = text.partition("\n\n")
    if not told.strip():
        return
    from fastclip_desktop.diagnostics.logs import lines_of

    program = left.name.partition("-")[0]
    log = lines_of(logs / f"{left.name.removesuffix(_ALIVE)}.log", _LOG_LINES)
    first = next(
        (line for line in told.splitlines() if "Fatal" in line or "fatal" in line), told.strip().splitlines()[0]
    )
    crash = _Crash(f"the process died: {first}", f"{head}\n\n{told}", log, status.st_mtime, is_new=True, ended=True)
    _write(folder, program, crash)


def _head(program: str, started: float) -> str:
    return f"FastClip Desktop {__version__}, {program}, process {os.getpid()}, started {_instant(started)}\n\n"


def _log_of(what: str, error: BaseException) -> None:
    import logging

    logging.getLogger(__name__).error("%s", what, exc_info=error)


def _free(folder: Path, stem: str, suffix: str) -> Path:
    number = 1
    while any((folder / f"{stem}{number}{end}").exists() for end in (_NEW, _READ)):
        number += 1
    return folder / f"{stem}{number}{suffix}"


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _lock(file: IO[bytes]) -> None:
    """Hold a file as long as this process lives.

    Raises:
        OSError: another one does.
    """
    if sys.platform == "win32":
        import msvcrt

        at = file.tell()
        file.seek(_LOCKED_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(at)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _stamp(instant: float) -> str:
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(instant))


def _instant(instant: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(instant))


def write_child_crash(what: str, last_words: str) -> None:
    """Write the report of a child process that died in native code; whoever asked for its work was told already.

    Args:
        what: the work, and how it ended.
        last_words: what it and its libraries wrote, with where its threads were.
    """
    if _watch is not None:
        _watch.write(what, last_words or "It left no words.", is_new=False)
