"""Finds the moments in which the GUI thread waits for the engine instead of painting.

A thread looks at the GUI thread's stack every few milliseconds. What counts is code of the window that has called into
a room below it that works, or that waits for a lock, a thread or a queue, and is still there after a frame's time.

It looks by ``faulthandler``, which writes names and lines and takes hold of nothing. Whoever holds a frame of another
thread may be the last to let it go; then Qt objects in it are destroyed on the wrong thread, which has hung both.
"""

from __future__ import annotations

import faulthandler
import os
import re
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple, Self

MOST = 0.016
"""Seconds: a frame at sixty a second."""

_INTERVAL = 0.004
_SURELY = 3
"""Looks that see the same call: a thread that merely was not scheduled for a while was seen once or twice."""

_PACKAGE = Path(__file__).parents[2] / "fastclip_desktop"
_WINDOW = str(_PACKAGE / "gui")
_WORKING = tuple(
    str(_PACKAGE / room)
    for room in ("engine", "store", "runners", "stages", "sources", "media", "speech", "inference", "selection", "api")
)
_WAITING = {("threading.py", "wait"), ("threading.py", "join"), ("queue.py", "get"), ("queue.py", "put")}
_MAY_WAIT = {"close", "_build_engine", "main"}
"""Functions of the window that wait at its end, when nobody looks at it any more."""


class _Call(NamedTuple):
    path: str
    line: int
    function: str


class Watchdog:
    """Watches the thread that makes it, for as long as the block runs.

    Attributes:
        caught: what the thread waited in, as stacks for a person.
    """

    def __init__(self) -> None:
        self.caught: list[str] = []
        self._watched = f"{threading.get_ident():016x}"
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        culprit: _Call | None = None
        since: float | None = None
        looks = 0
        with tempfile.TemporaryFile() as file:
            while not self._over.wait(_INTERVAL):
                stack = self._look(file.fileno())
                found = _waiting_in(stack)
                if found is None or found != culprit:
                    culprit, since, looks = found, time.monotonic(), 1
                    continue
                looks += 1
                if looks >= _SURELY and since is not None and time.monotonic() - since >= MOST:
                    self.caught.append(
                        "\n".join(f"  {call.path}:{call.line} in {call.function}" for call in stack[:12])
                    )
                    since = None  # told once

    def _look(self, file: int) -> list[_Call]:
        """The watched thread's calls, the innermost first."""
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        faulthandler.dump_traceback(file, all_threads=True)
        os.lseek(file, 0, os.SEEK_SET)
        threads = os.read(file, 1 << 20).decode(errors="replace").split("\n\n")
        mine = next((text for text in threads if self._watched in text.partition("\n")[0]), "")
        found = re.findall(r'^  File "(.*)", line (\d+) in (.*)$', mine, re.MULTILINE)
        return [_Call(path, int(line), function) for path, line, function in found]


def _waiting_in(stack: list[_Call]) -> _Call | None:
    """The outermost call below the window that works or waits; ``None`` if the window is not waiting."""
    below: _Call | None = None
    if any(call.function == "start" and Path(call.path).name == "threading.py" for call in stack):
        return None  # Python's own wait until a thread has begun: a loaded machine may take a while for that
    for call in stack:
        if call.path.startswith(_WINDOW):
            if call.function in _MAY_WAIT:
                return None
            if below is not None:
                return below
            waits = (Path(stack[0].path).name, stack[0].function) in _WAITING
            return stack[0] if waits else None
        if call.path.startswith(_WORKING):
            below = call
    return None
