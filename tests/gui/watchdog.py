"""Finds the moments in which the GUI thread waits for the engine instead of painting.

A thread looks at the GUI thread's stack every few milliseconds. What counts is code of the window that has called into
a room below it that works, or that waits for a lock, a thread or a queue, and is still there after a frame's time.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from pathlib import Path
from types import FrameType
from typing import Self

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


class Watchdog:
    """Watches the thread that makes it, for as long as the block runs.

    Attributes:
        caught: what the thread waited in, as stacks for a person.
    """

    def __init__(self) -> None:
        self.caught: list[str] = []
        self._watched = threading.get_ident()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        culprit: FrameType | None = None
        since: float | None = None
        looks = 0
        while not self._over.wait(_INTERVAL):
            top = sys._current_frames().get(self._watched)
            found = None if top is None else _waiting_in(top)
            if found is None or found is not culprit:
                culprit, since, looks = found, time.monotonic(), 1
                continue
            looks += 1
            if looks >= _SURELY and since is not None and time.monotonic() - since >= MOST:
                self.caught.append("".join(traceback.format_stack(top, limit=12)))
                since = None  # told once


def _waiting_in(top: FrameType) -> FrameType | None:
    """The outermost call below the window that works or waits; ``None`` if the window is not waiting."""
    frame: FrameType | None = top
    below: FrameType | None = None
    innermost = top
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(_WINDOW):
            if frame.f_code.co_name in _MAY_WAIT:
                return None
            if below is not None:
                return below
            waits = (Path(innermost.f_code.co_filename).name, innermost.f_code.co_name) in _WAITING
            return innermost if waits else None
        if path.startswith(_WORKING):
            below = frame
        frame = frame.f_back
    return None
