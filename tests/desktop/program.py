"""The installed program, and what it leaves on the disk for everybody to see."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

from tests.desktop.screen import PATIENCE, Screen

NAME = "FastClip"
"""In the title of every window of it."""


class Program:
    """The program of one person.

    Args:
        screen: where it shows itself.
        home: the person's own folder.
    """

    def __init__(self, screen: Screen, home: Path) -> None:
        self._screen = screen
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        home.mkdir(parents=True, exist_ok=True)

    def start(self, *arguments: str) -> None:
        """Start it as a person does, and wait for its window."""
        script = Path(sys.executable).with_name("fastclip-desktop")
        environment = self._screen.environment | {
            "HOME": str(self._home),
            "FASTCLIP_HOME": str(self._home / "fastclip"),
            "LC_ALL": "C.UTF-8",
        }
        with (self._home / "said.txt").open("ab") as said:
            self._process = subprocess.Popen([script, *arguments], env=environment, stdout=said, stderr=said)
        self._screen.fill(NAME)

    @property
    def said(self) -> str:
        """What it told a terminal."""
        return (self._home / "said.txt").read_text()

    def kill(self) -> None:
        """Have it end as it would where the system takes it down: it does nothing more."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(PATIENCE)

    def wait(self) -> int:
        """Wait for it to have ended by itself, and give its exit code."""
        assert self._process is not None
        return self._process.wait(PATIENCE)

    def end(self) -> None:
        """See that it is gone."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(PATIENCE)
            finally:
                self._process.kill()
                self._process.wait()

    @property
    def kept(self) -> dict[str, object]:
        """What its only window holds, as it keeps that for the case of a crash; empty where it keeps nothing."""
        kept = list((self._home / "fastclip" / "data" / "windows").glob("*.json"))
        return dict(json.loads(kept[0].read_bytes())["project"]) if len(kept) == 1 else {}

    @property
    def cuts(self) -> list[tuple[Fraction, Fraction]]:
        """Where each of the cuts in its window starts and ends, in seconds."""
        cuts = self.kept.get("cuts", [])
        assert isinstance(cuts, list)
        return [(Fraction(each["span"]["start"]), Fraction(each["span"]["end"])) for each in cuts]

    @property
    def playhead(self) -> Fraction:
        """Where its window stands in the source, in seconds."""
        return Fraction(str(self.kept.get("playhead", -1)))

    @property
    def clips(self) -> list[Path]:
        """Every clip that it made, by name."""
        return sorted(self._home.rglob("*.mp4"))
