"""An application of Qt where there is none, and never a second one."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from fastclip_desktop.domain.caption import Banner, PaintedText
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.short_stages import PaintText
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.typography.fonts import make_ready
from tests.unit.typography.caption_scripts import Case

_ALONE = """
from PySide6.QtGui import QGuiApplication
from fastclip_desktop.typography.fonts import make_ready
make_ready()
first = QGuiApplication.instance()
make_ready()
print(type(first).__name__, first is QGuiApplication.instance(), QGuiApplication.platformName())
"""


def test_a_process_without_a_display_paints() -> None:
    without = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    without.pop("QT_QPA_PLATFORM", None)
    made = subprocess.run(
        [sys.executable, "-c", _ALONE], env=without, capture_output=True, text=True, check=True, timeout=60
    )

    assert made.stdout.split() == ["QGuiApplication", "True", "offscreen"]
    assert not made.stderr


def test_an_application_that_is_there_stays() -> None:
    before = QCoreApplication.instance()
    make_ready()

    assert QCoreApplication.instance() is before


def test_text_is_painted_in_a_child_that_may_do_little(tmp_path: Path) -> None:
    folder = tmp_path / "text"
    folder.mkdir()
    hook = Banner("Watch this 😀", TimeRange(Fraction(0), Fraction(2)), CaptionStyle())
    request = PaintText(270, 480, (Case("", ("one two",)).cue,), CaptionStyle(), (hook,), folder, "en")

    with closing(ProcessRunner(tmp_path / "sites")) as runner:
        painted = runner.run(request, Reporter())

    assert isinstance(painted, PaintedText)
    assert len(painted.tracks) == 2
    assert all(picture.path is None or picture.path.exists() for track in painted.tracks for picture in track.pictures)
