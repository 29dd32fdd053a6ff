"""The log of every process of the program, in files that stay small and hold no secrets.

Each process that a person or a script starts has a file of its own, named after the program, the instant of its start
and its id: no two write into one, so that no line is torn and none is lost when a file is full. Child processes have
none; they hand their records to their parent over the line by which they talk anyway, and the parent writes them with
the job that it was about. A process that has nothing to say makes no file.

A line is an instant (UTC), a level, the process, the room of the program and its module, the job if there is one, and
the message. What a fault leaves behind it, such as a traceback, stands below.
"""

from __future__ import annotations

import collections
import logging
import logging.handlers
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from io import TextIOWrapper
from pathlib import Path
from typing import cast

from fastclip_desktop.diagnostics.redaction import redacted, register_environment

LEVEL_VARIABLE = "FASTCLIP_LOG"
"""Names the least level that is kept, before what the preferences say."""

LEVELS = ("debug", "info", "warning", "error")

MOST_BYTES = 3_000_000
"""Of all files together; the oldest go first. Processes that run at the same time may bring it over by a file each."""

_FILE_BYTES = 500_000
"""Of one file; then it gets a number behind its name, and the one that had it goes."""

_LAST_LINES = 200
_LAST_BYTES = 64_000
_FILES_READ = 6
_BEGIN = re.compile(r"\d{4}-\d\d-\d\d")
_OURS = "fastclip_desktop."

_job: ContextVar[str] = ContextVar("job", default="")


@contextmanager
def of_job(job_id: str) -> Iterator[None]:
    """Say of all that this thread notes meanwhile that it is about a job."""
    before = _job.set(job_id)
    try:
        yield
    finally:
        _job.reset(before)


def level_of(environment: Mapping[str, str], preferred: str) -> int:
    """The least level that is kept: what the environment says, else the preferences, else warnings and worse."""
    for name in (environment.get(LEVEL_VARIABLE, "").strip().lower(), preferred):
        if name in LEVELS:
            return int(logging.getLevelNamesMapping()[name.upper()])
    return logging.WARNING


class LogLine(logging.Formatter):
    """How a record is written: one line, what belongs to it below, and no secret in either.

    Args:
        program: what the process is called.
    """

    converter = staticmethod(time.gmtime)

    def __init__(self, program: str) -> None:
        super().__init__(f"%(asctime)s %(levelname)s {program}[%(process)d] %(room)s%(job)s: %(message)s")
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The record's text, whatever it was given."""
        record.room = record.name.removeprefix(_OURS)
        job = _job.get()
        record.job = f" job={job}" if job else ""
        return redacted(super().format(record))


class KeptLog:
    """The log of this process from now on; see :func:`keep_log`.

    Attributes:
        path: its file, which is there once something was written.
    """

    def __init__(self, path: Path, program: str, level: int) -> None:
        self.path = path
        self._recent: collections.deque[str] = collections.deque(maxlen=_LAST_LINES)
        self._before = logging.getLogger().level
        line = LogLine(program)
        self._handlers: tuple[logging.Handler, ...] = (_File(path), _Memory(self._recent))
        root = logging.getLogger()
        for handler in self._handlers:
            handler.setFormatter(line)
            root.addHandler(handler)
        self.keep_from(level)
        logging.captureWarnings(capture=True)

    def keep_from(self, level: int) -> None:
        """Keep records of this level and above from now on."""
        for handler in self._handlers:
            handler.setLevel(level)
        logging.getLogger().setLevel(level if self._before == logging.NOTSET else min(self._before, level))

    def recent(self) -> str:
        """The end of what this process has noted."""
        return "\n".join(self._recent)

    def close(self) -> None:
        """Note nothing any more."""
        root = logging.getLogger()
        for handler in self._handlers:
            root.removeHandler(handler)
            handler.close()
        root.setLevel(self._before)
        logging.captureWarnings(capture=False)


def keep_log(folder: Path, program: str, level: int = logging.WARNING, started: float | None = None) -> KeptLog | None:
    """Write the log of this process to a file as well; ``None`` where there can be none.

    Args:
        folder: of logs.
        program: what the process is called, such as ``window``.
        level: records below are not kept.
        started: when the process began, in seconds since 1970; now if it is not given.
    """
    register_environment(os.environ)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        bound(folder)
    except OSError:
        logging.getLogger(__name__).info("No log is kept in %s", folder, exc_info=True)
        return None
    return KeptLog(log_path(folder, program, os.getpid(), time.time() if started is None else started), program, level)


def log_path(folder: Path, program: str, pid: int, started: float) -> Path:
    """The file of a process that began at an instant, in seconds since 1970."""
    return folder / f"{program}-{time.strftime('%Y%m%d-%H%M%S', time.gmtime(started))}-{pid}.log"


def last_lines(folder: Path, most: int = _LAST_LINES) -> str:
    """The end of what all processes noted, in the order in which they did; empty where nothing was."""
    records: list[str] = []
    for file in _files(folder)[:_FILES_READ]:
        records += _records(_end_of(file))
    records.sort(key=lambda record: record.partition(" ")[0])
    return "\n".join("\n".join(records).splitlines()[-most:])


def lines_of(file: Path, most: int = _LAST_LINES) -> str:
    """The end of one process's log; empty where it noted nothing."""
    return "\n".join(_end_of(file).splitlines()[-most:])


def bound(folder: Path, room: int = MOST_BYTES - _FILE_BYTES) -> None:
    """Remove the oldest files until the rest fits, so that another one still does."""
    total = 0
    for file in _files(folder):
        with suppress(OSError):  # another process was quicker, or has it open where that matters
            total += file.stat().st_size
            if total > room:
                file.unlink()


class _File(logging.handlers.RotatingFileHandler):
    """A file that only its owner can read and that is made with the first line."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=_FILE_BYTES, backupCount=1, encoding="utf-8", errors="replace", delay=True)

    def _open(self) -> TextIOWrapper:
        file = open(self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=_private)  # noqa: SIM115 - the handler closes it
        return cast("TextIOWrapper", file)

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, into a new file where another process took this one away to keep all of them small."""
        if self.stream is not None and not Path(self.baseFilename).exists():
            self.stream.close()
            self.stream = None
        super().emit(record)

    def doRollover(self) -> None:  # noqa: N802 - logging's name
        super().doRollover()
        bound(Path(self.baseFilename).parent)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on without the line: a full disk must not fill the terminal with that."""


class _Memory(logging.Handler):
    """Keeps the last lines for the report of a crash."""

    def __init__(self, lines: collections.deque[str]) -> None:
        super().__init__()
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # a record that cannot be written must not end the work
            self._lines.append(self.format(record))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _files(folder: Path) -> list[Path]:
    """All that there are, the one written last first."""
    dated = []
    with suppress(OSError):
        for file in folder.iterdir():
            if file.name.endswith((".log", ".log.1", ".log.2")):
                with suppress(OSError):
                    dated.append((file.stat().st_mtime, file))
    return [file for _, file in sorted(dated, reverse=True)]


def _end_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            size = opened.seek(0, os.SEEK_END)
            opened.seek(max(0, size - _LAST_BYTES))
            text = opened.read().decode(errors="replace")
    except OSError:
        return ""
    return text if size <= _LAST_BYTES else text.partition("\n")[2]


def _records(text: str) -> list[str]:
    """A log taken apart where a line begins with an instant."""
    records: list[str] = []
    for line in text.splitlines():
        if records and not _BEGIN.match(line):
            records[-1] += f"\n{line}"
        else:
            records.append(line)
    return records
