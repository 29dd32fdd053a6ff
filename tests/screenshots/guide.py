"""Takes the pictures of docs/first-clip.md: ``QT_QPA_PLATFORM=offscreen python -m tests.screenshots.guide FOLDER``.

They are small: 256 colours are enough for a window, and pages load faster with them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication

from tests.screenshots.shoot import QUESTION, Studio, prepare_home

_SIZE = (1180, 760)
_NAMES = {"start": "first-start", "found": "first-found", "made": "first-made"}


def main() -> int:
    """Walk from the start page to a clip, and keep a picture of each step."""
    pictures = Path(sys.argv[1]).absolute()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        prepare_home(home)
        os.environ |= {"FASTCLIP_HOME": folder, "HOME": folder}
        os.chdir(home)  # whose name is of no interest
        shots = home / "shots"
        shots.mkdir()
        studio = Studio(QApplication([]), _SIZE, "light", "en", shots)
        try:
            _walk(studio)
        finally:
            studio.close()
        for shot in shots.iterdir():
            name = _NAMES[shot.stem.partition("-")[2]]
            Image.open(shot).convert("RGB").quantize(256).save(pictures / f"{name}.png", optimize=True)
    return 0


def _walk(studio: Studio) -> None:
    window = studio.window
    studio.shoot("start")
    window.open_sample()
    studio.until("the talk", lambda: window.commands.is_of_use("play.toggle"))
    editor = window.editor
    studio.until("all that can be read", lambda: not editor.reading.is_reading and not editor.player.is_busy)
    prompt = window.panel.prompt
    prompt.setPlainText(QUESTION)
    prompt.moveCursor(QTextCursor.MoveOperation.End)
    window.jobs.finder.find()
    studio.until("moments", lambda: window.history.cuts)
    editor.show_cut(window.history.cuts[0].id)
    studio.until("a picture", lambda: not editor.player.is_busy)
    studio.shoot("found")
    studio.do("clip.export")
    studio.until("clips", lambda: len(list(studio.clips.glob("*.mp4"))) >= len(window.history.ticked))
    studio.do("view.clips")
    studio.shoot("made", wait=4000)


if __name__ == "__main__":
    sys.exit(main())
