"""The program, killed while somebody works in it, and started again: each time in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.media_factory import AudioSpec, VideoSpec, make_media

PATIENCE = 60.0
"""Seconds that a start may take on a busy machine."""

WORK = """
import json, sys
from fractions import Fraction
from PySide6.QtCore import QTimer
from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import Edge, EdgeReason
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui import main, window
from fastclip_desktop.settings.project_file import project_fields
def work(self):
    self.history.edit((
        Cut(TimeRange(Fraction(1001, 30000), Fraction(2)), name="First", query="gardens", excerpt="Good evening.",
            confidence=0.75, reason="said twice", start=Edge(EdgeReason.PAUSE, Fraction(-1, 7))),
        Cut(TimeRange(Fraction(3), Fraction(35, 10)), ticked=False),
    ), "Find moments")
    self.panel.prompt.setPlainText("the part about pumpkins")
    self.editor.player.seek(Fraction(37, 10))
    self.editor.timeline.show_view(TimeRange(Fraction(1), Fraction(4)))
    print(json.dumps(project_fields(self.projects.project)), flush=True)
build_window = window.Window.__init__
def build_watched_window(self, *arguments):
    build_window(self, *arguments)
    self.source_opened.connect(lambda: QTimer.singleShot(0, self, lambda: work(self)))
window.Window.__init__ = build_watched_window
sys.exit(main.main(sys.argv[1:]))
"""

LOOK = """
import json, sys, time
from PySide6.QtCore import QTimer
from fastclip_desktop.gui import main, window
from fastclip_desktop.settings.project_file import project_fields
expected, until = json.loads(sys.argv[1]), time.monotonic() + 50
def look(self):
    fields = project_fields(self.projects.project)
    is_open = self.sources.media is not None and not self._bridge.is_looking_up
    if (is_open and fields == expected) or time.monotonic() > until:
        print(json.dumps([fields, self.windowTitle(), self.card.title.whole]), flush=True)
        main.QApplication.closeAllWindows()
build_window = window.Window.__init__
def build_watched_window(self, *arguments):
    build_window(self, *arguments)
    timer = QTimer(self, interval=50)
    timer.timeout.connect(lambda: look(self))
    timer.start()
window.Window.__init__ = build_watched_window
sys.exit(main.main([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to kill with")
def test_a_killed_program_comes_back_with_everything_that_was_done(fastclip_home: Path, tmp_path: Path) -> None:
    talk = make_media(tmp_path / "garden.mp4", VideoSpec(frames=150, gop=30), audio=(AudioSpec(),))
    with subprocess.Popen([sys.executable, "-c", WORK, str(talk)], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        done = json.loads(first.stdout.readline())
        assert done["source"] == str(talk)
        assert len(done["cuts"]) == 2
        said = time.monotonic()
        while kept_in(fastclip_home) != [done]:
            assert time.monotonic() < said + PATIENCE
            time.sleep(0.02)
        first.kill()  # as `kill -9` does: nothing of the program runs any more
    second = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(done)],
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert second.returncode == 0, second.stderr
    fields, title, card = json.loads(second.stdout)
    assert fields == done
    assert title == "garden – FastClip"
    assert card == "garden"
    assert kept_in(fastclip_home) == []  # it was closed by its person this time


def kept_in(home: Path) -> list[object]:
    """What is kept of the windows that are open."""
    return [json.loads(path.read_bytes())["project"] for path in (home / "data" / "windows").glob("*.json")]
