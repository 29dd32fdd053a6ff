"""Somebody who has the packaged application, a home folder, and nothing else."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

PATIENCE = 90.0
"""Seconds that anything may take on a busy machine."""

T = TypeVar("T")

_POLL = 0.1
_CHILD = "--fastclip-child"


def until(what: str, done: Callable[[], T], patience: float = PATIENCE) -> T:
    """Wait for something to be so, and give what it is.

    Raises:
        TimeoutError: it was not so in time; says what was waited for.
    """
    deadline = time.monotonic() + patience
    while not (found := done()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(_POLL)
    return found


class Person:
    """One who uses the programs.

    Args:
        programs: the folder with ``fastclip`` and ``fastclip-desktop``.
        home: this person's own folder.
    """

    def __init__(self, programs: Path, home: Path) -> None:
        self.programs = programs
        self.home = home
        home.mkdir(parents=True, exist_ok=True)

    def run(
        self, *arguments: str, code: int = 0, environment: Mapping[str, str] | None = None, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Carry out one command of the command line, which must end with this code."""
        done = subprocess.run(
            [self.programs / "fastclip", *arguments],
            cwd=self.home,
            env=self._environment(environment),
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done

    def ask(self, *arguments: str, code: int = 0) -> dict[str, object]:
        """Carry out a command that answers with one JSON object, and give that."""
        return dict(json.loads(self.run(*arguments, "--json", code=code).stdout))

    @contextmanager
    def starts(
        self, program: str, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> Iterator[subprocess.Popen[bytes]]:
        """Have a program run while the block does; what it says goes to ``said.txt`` in the home folder."""
        with (self.home / "said.txt").open("wb") as said:
            process = subprocess.Popen(
                [self.programs / program, *arguments],
                cwd=self.home,
                env=self._environment(environment),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE)

    @property
    def said(self) -> str:
        """What the program that ``starts`` started has said."""
        return (self.home / "said.txt").read_text(encoding="utf-8")

    def _environment(self, more: Mapping[str, str] | None) -> dict[str, str]:
        return {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **(more or {})}


class Api:
    """The local API, asked with a key.

    Args:
        address: such as ``http://127.0.0.1:7420``.
        key: the secret that ``fastclip keys create`` printed.
    """

    def __init__(self, address: str, key: str) -> None:
        self.address = address
        self._key = key

    def fetch(self, path: str, body: Mapping[str, object] | None = None) -> bytes:
        """GET, or POST where there is a body; ``path`` may be a whole address."""
        request = urllib.request.Request(path if path.startswith("http") else self.address + path)
        request.add_header("Authorization", f"Bearer {self._key}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return bytes(answer.read())

    def ask(self, path: str, body: Mapping[str, object] | None = None) -> dict[str, object]:
        """As ``fetch``; the answer is one JSON object."""
        return dict(json.loads(self.fetch(path, body)))

    def answers(self) -> bool:
        """Whether it is there."""
        try:
            return bool(self.fetch("/docs"))
        except OSError:
            return False


def children(process: int) -> list[int]:
    """The children that a program started to do its work, theirs included, by their process ids."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            called = folder.joinpath("cmdline").read_bytes().split(b"\0")
        except OSError:  # it has ended meanwhile
            continue
        if parent == process and _CHILD.encode() in called:
            found += [int(folder.name), *children(int(folder.name))]
    return found


def runs(process: int) -> bool:
    """Whether a process is there and not just waiting to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def loaded(process: int) -> set[Path]:
    """The files whose code or content a process has in its memory."""
    lines = [line.split(maxsplit=5) for line in Path(f"/proc/{process}/maps").read_text().splitlines()]
    return {Path(fields[5]) for fields in lines if len(fields) > 5 and fields[5].startswith("/")}


_SYSTEM = ("/usr/", "/lib", "/etc/", "/dev/", "/var/cache/fontconfig/", "/SYSV", "/memfd:")
"""How the files begin that are the system's, or no files at all but shared memory."""


def foreign(files: set[Path], programs: Path, own: Sequence[Path]) -> set[Path]:
    """Which of the files belong neither to the programs, nor to the system, nor to the person."""
    allowed = (*_SYSTEM, *(f"{folder}/" for folder in (programs, *own)))
    return {file for file in files if not str(file).startswith(allowed)}


def end(process: subprocess.Popen[bytes], by: signal.Signals) -> int:
    """End a program by a signal, and give its exit code."""
    process.send_signal(by)
    return process.wait(PATIENCE)
