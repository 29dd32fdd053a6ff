"""Walks through the program and takes a picture of each screen: ``shoot.py WIDTH HEIGHT THEME LANGUAGE FOLDER``."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListWidget, QWidget

from fastclip_desktop.bootstrap import build_engine, build_kept_engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.first_run.welcome import Welcome
from fastclip_desktop.gui.fold import Fold
from fastclip_desktop.gui.keeper import Keeper
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.translation import translate
from fastclip_desktop.gui.window import Window
from fastclip_desktop.gui.windows import Windows
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, ThemeChoice, write_preferences

TALK = "sample"
QUESTION = "how to price a sponsor slot"

_PATIENCE = 60.0
_SETTLED = 400
"""Milliseconds in which what is moving comes to rest, before a picture is taken."""


def prepare_home(home: Path) -> None:
    """Make the sample talk in a folder that the program is to live in."""
    folder = home / TALK
    folder.mkdir(parents=True)
    with build_engine() as engine:
        engine.make_sample_talk(folder)


def is_told(widget: QWidget) -> bool:
    """Whether nothing is still being asked for; until then words end in "…", and lists are empty."""
    # Names of commands end so as well, and are plain; a label that was shortened says nothing about it.
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible() and label.property("kind")]
    lists = [each for each in widget.findChildren(QListWidget) if each.isVisible()]
    is_asked = any(label.text().endswith("…") for label in labels if not isinstance(label, ElidedLabel))
    return not is_asked and all(each.count() for each in lists)


class Studio:
    """The program, and the hand that uses it."""

    def __init__(self, application: QApplication, size: tuple[int, int], theme: str, language: str, folder: Path):
        self._application = application
        self._folder = folder
        self._number = 0
        paths = find_paths(os.environ)
        self.home = Path(os.environ["FASTCLIP_HOME"])
        self.clips = self.home / "Videos"
        self.clips.mkdir(exist_ok=True)
        chosen = Preferences(
            theme=ThemeChoice(theme), language=language, clips_folder=self.clips, welcomed=True, notifications=False
        )
        write_preferences(paths.config, chosen)
        translate(application, language)
        self.host = EngineHost(lambda: build_kept_engine("screenshots"), lambda: Path(TALK))
        self.theme = Theme(application)
        self.choices = Choices(self.host.lane, paths.config, chosen)
        self.theme.choose(chosen.theme)
        self.keeper = Keeper(paths.data)
        self.windows = Windows(self.host, self.theme, self.choices, self.keeper)
        self.window: Window = self.windows.open()
        self.window.resize(*size)
        self.windows.door.start()
        self.host.warm_up()

    def until(self, what: str, done: Callable[[], object]) -> None:
        """Wait for something to have happened."""
        deadline = time.monotonic() + _PATIENCE
        while not done():
            if time.monotonic() > deadline:
                self.shoot("stuck")
                raise TimeoutError(what)
            QTest.qWait(20)

    def shoot(self, name: str, widget: QWidget | None = None, wait: int = _SETTLED) -> None:
        """Take a picture of a window when it has come to rest, after so many milliseconds."""
        QTest.qWait(wait)
        self._number += 1
        path = self._folder / f"{self._number:02}-{name}.png"
        if not (widget or self.window).grab().save(str(path)):
            raise OSError(f"{path} cannot be written")

    def do(self, command: str) -> None:
        """Carry out one of the window's commands."""
        self.window.commands.carry_out(command)

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        self.until("a dialog", lambda: any(isinstance(each, QDialog) and each.isVisible() for each in self._open()))
        return next(each for each in self._open() if isinstance(each, QDialog) and each.isVisible())

    def _open(self) -> list[QWidget]:
        return self._application.topLevelWidgets()

    def close(self) -> None:
        """End the program."""
        self._application.closeAllWindows()
        self.keeper.join(20)
        self.host.close(20)


def walk(studio: Studio) -> None:
    """Everything that a person gets to see, in the order in which they would."""
    window = studio.window
    first_run(studio)
    studio.shoot("start")
    window.open_sample()
    studio.until("the talk", lambda: window.commands.is_of_use("play.toggle"))
    studio.shoot("opened")
    editor = window.editor
    studio.until("all that can be read", lambda: not editor.reading.is_reading and not editor.player.is_busy)
    studio.shoot("read")
    window.panel.prompt.setFocus()
    for letter in "price":
        QTest.keyClick(window.panel.prompt, letter)
    studio.until("hits", window.panel.pane.hits.isVisible)
    studio.shoot("typing")
    window.panel.prompt.setPlainText(QUESTION)
    window.jobs.finder.find()
    studio.until("moments", lambda: window.history.cuts)
    window.editor.show_cut(window.history.cuts[0].id)
    studio.until("a picture", lambda: not editor.player.is_busy)
    studio.shoot("moments")
    studio.do("clip.output")
    studio.shoot("output")
    window.output.toggle()
    studio.do("clip.export")
    studio.until("clips", lambda: len(list(studio.clips.glob("*.mp4"))) >= len(window.history.ticked))
    studio.shoot("clips")
    studio.do("view.clips")
    studio.shoot("clips-made")
    studio.do("view.jobs")
    studio.shoot("jobs")
    studio.do("view.jobs")
    studio.do("view.transcript")
    studio.shoot("transcript")
    studio.do("help.commands")
    studio.shoot("palette")
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    studio.do("help.keys")
    keys = studio.dialog()
    studio.shoot("keys", keys)
    keys.close()
    shorts(studio)
    library(studio)
    batch(studio)
    settings(studio)
    bad_input(studio)
    small(studio)


def library(studio: Studio) -> None:
    """Every clip that was made."""
    studio.do("view.library")
    page = studio.window.library.page
    studio.until("the library", lambda: page is not None and page.model.clips)
    assert page is not None
    studio.until("its pictures", lambda: all(map(page.pictures.is_known, page.model.clips)))
    studio.shoot("library")
    studio.do("view.library")


def shorts(studio: Studio) -> None:
    """What shorts will look like, in two looks, with everything that can be chosen."""
    window = studio.window
    window.editor.player.seek(window.history.cuts[0].span.start + 6)
    studio.do("view.shorts")
    studio.until("a picture", lambda: not window.editor.player.is_busy)
    studio.shoot("shorts")
    pane = window.shorts.desk.pane
    pane.preset.setCurrentIndex(pane.preset.findData("aura"))
    pane.preset.activated.emit(pane.preset.currentIndex())
    pane.which.take(1)
    studio.shoot("shorts-aura")
    for fold in pane.findChildren(Fold):
        fold.open()
        studio.shoot("shorts-unfolded")
    studio.do("view.moments")


def settings(studio: Studio) -> None:
    """Every page of the settings."""
    dialog = studio.windows.door.open()
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        studio.until("the page", lambda: is_told(dialog))
        studio.shoot(f"settings-{row + 1}", dialog)
    dialog.close()


def batch(studio: Studio) -> None:
    """Several sources at once."""
    talk = next((studio.home / TALK).glob("*.mp4"))
    several = studio.window.several
    several.open((str(talk), str(studio.home / "nowhere.mp4")))
    sheet = several.sheet
    assert sheet is not None
    studio.until("what they are", lambda: all(row.media or row.error for row in sheet.rows))
    studio.shoot("batch", sheet)
    sheet.close()


def first_run(studio: Studio) -> None:
    """The first steps, which come on top of the start page."""
    welcome = Welcome(studio.window, studio.windows.door, studio.choices, studio.theme)
    for number in (1, 2, 3):
        studio.until("the step", lambda: is_told(welcome.steps))
        studio.shoot(f"first-run-{number}")
        if number < 3:
            QTest.mouseClick(welcome.steps.next_button, Qt.MouseButton.LeftButton)
    welcome.end()


def bad_input(studio: Studio) -> None:
    """What is said of sources that are none."""
    studio.window.activateWindow()  # the settings were in front until now; only what is in front shows its focus
    studio.until("the window in front", studio.window.isActiveWindow)
    studio.window.open_source(str(studio.home / "nowhere.mp4"))
    studio.until("a fault", studio.window.source_notice.isVisible)
    studio.shoot("not-found")
    broken = studio.home / "broken.mp4"
    shutil.copy(__file__, broken)
    studio.window.open_source(str(broken))
    studio.until("a fault", lambda: "broken" in studio.window.source_notice.text)
    studio.shoot("not-media")


def small(studio: Studio) -> None:
    """The smallest window that there is room for."""
    window, before = studio.window, studio.window.size()
    window.open_sample()
    studio.until("the talk", lambda: window.commands.is_of_use("play.toggle"))
    window.resize(1024, 640)
    studio.until("a picture", lambda: not window.editor.player.is_busy)
    studio.shoot("small")
    window.resize(before)


def main() -> None:
    width, height, theme, language, folder = sys.argv[1:]
    os.chdir(os.environ["FASTCLIP_HOME"])  # whose name is of no interest
    application = QApplication([])
    studio = Studio(application, (int(width), int(height)), theme, language, Path(folder))
    try:
        walk(studio)
    finally:
        studio.close()


if __name__ == "__main__":
    main()
