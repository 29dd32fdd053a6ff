"""A screen of its own with a window manager, and the hand in front of it.

The hand knows of the program what a person knows: where things stand, what keys do, and what the screen shows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

TOOLS = ("Xvfb", "openbox", "xdotool")

SIZE = (1280, 800)

PATIENCE = 60.0
"""Seconds that anything may take on a busy machine."""

_POLL = 0.05
_BLINK = 400
"""Pixels that a text cursor changes at most when it comes and goes."""

_NO_FRAMES = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc"><theme><keepBorder>no</keepBorder></theme>
<focus><focusNew>yes</focusNew></focus>
<applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>"""


def missing_tools() -> tuple[str, ...]:
    """Which of the tools this machine lacks."""
    return tuple(tool for tool in TOOLS if shutil.which(tool) is None)


def until(what: str, done: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something to be so.

    Raises:
        TimeoutError: it was not so in time; says what was waited for.
    """
    deadline = time.monotonic() + patience
    while not done():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {patience:.0f} s: {what}")
        time.sleep(_POLL)


class Screen:
    """A screen, its mouse and its keyboard.

    Args:
        display: its name for X11.
        folder: where its pictures go.
    """

    def __init__(self, display: str, folder: Path) -> None:
        self.display = display
        self.folder = folder
        self._number = 0

    @property
    def environment(self) -> dict[str, str]:
        """In which a program shows itself here."""
        return os.environ | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def shoot(self, name: str) -> Image.Image:
        """Take a picture once nothing but a text cursor moves any more, and keep it."""
        before = self.look()

        def rests() -> bool:
            nonlocal before
            time.sleep(3 * _POLL)
            now = self.look()
            moved, before = changed(before, now), now
            return moved < _BLINK

        until(f"a quiet screen for the picture {name}", rests)
        self._number += 1
        self.folder.mkdir(parents=True, exist_ok=True)
        before.save(self.folder / f"{self._number:02}-{name}.png")
        return before

    def look(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self.display)

    def press(self, *keys: str, times: int = 1) -> None:
        """Press keys as xdotool names them, such as ``ctrl+e``, one after the other."""
        for _ in range(times):
            self._do("key", *keys)

    def type(self, text: str) -> None:
        """Type a text into whatever has the keyboard."""
        self._do("type", "--delay", "15", "--", text)

    def click(self, x: float, y: float, button: int = 1) -> None:
        """Click somewhere, in pixels from the corner of the screen."""
        self.point(x, y)
        self._do("click", str(button))

    def point(self, x: float, y: float) -> None:
        """Put the mouse somewhere."""
        self._do("mousemove", "--sync", str(round(x)), str(round(y)))

    def drag(self, start: tuple[float, float], end: tuple[float, float], steps: int = 12) -> None:
        """Pull from one place to another with the first button held."""
        self.point(*start)
        self._do("mousedown", "1")
        for step in range(1, steps + 1):
            share = step / steps
            self.point(start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
        self._do("mouseup", "1")

    def titles(self) -> tuple[str, ...]:
        """The titles of the windows that are seen."""
        return tuple(self._ask("getwindowname", window) for window in self._windows())

    def wait_for_title(self, *words: str) -> None:
        """Wait for a window whose title holds all of these, and bring it to the front with the whole screen.

        Raises:
            TimeoutError: there is none.
        """

        def find() -> str:
            return next((each for each in self._windows() if all(word in self._title(each) for word in words)), "")

        until(f"a window called {words}, not {self.titles()}", find)
        self._do("windowactivate", "--sync", find())

    def fill(self, *words: str, size: tuple[int, int] = SIZE) -> None:
        """Give a window the place at the top left corner, and a size."""
        self.wait_for_title(*words)
        window = next(each for each in self._windows() if all(word in self._title(each) for word in words))
        self._do("windowmove", window, "0", "0")
        self._do("windowsize", window, *map(str, size))
        until(
            f"a window of {size}, not {self._ask('getwindowgeometry', window)}",
            lambda: f"{size[0]}x{size[1]}" in self._ask("getwindowgeometry", window),
        )

    def _title(self, window: str) -> str:
        return self._ask("getwindowname", window)

    def _windows(self) -> list[str]:
        return self._ask("search", "--onlyvisible", "--name", ".").split()

    def _do(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=PATIENCE)

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
        return done.stdout.strip()


def changed(before: Image.Image, after: Image.Image, box: tuple[int, int, int, int] | None = None) -> int:
    """How many pixels differ between two pictures, within a box where one is given."""
    difference = ImageChops.difference(before.crop(box), after.crop(box)).convert("L")
    return sum(difference.point(lambda value: 1 if value > 8 else 0).histogram()[1:])


@contextmanager
def screen(folder: Path, home: Path, size: tuple[int, int] = SIZE) -> Iterator[Screen]:
    """Start a screen and its window manager, and end both.

    Args:
        folder: where its pictures go.
        home: for what the window manager keeps.
        size: in pixels.
    """
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                made = Screen(f":{int(told.readline())}", folder)
            home.mkdir(parents=True, exist_ok=True)
            rules = home / "openbox.xml"
            rules.write_text(_NO_FRAMES)
            words = ["openbox", "--sm-disable", "--config-file", str(rules)]
            environment = made.environment | {"HOME": str(home), "XDG_CACHE_HOME": str(home)}
            with subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL) as manager:
                try:
                    yield made
                finally:
                    manager.terminate()
        finally:
            server.terminate()
