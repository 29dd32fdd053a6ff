"""A window over a real engine whose library is as full as a test wants it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.domain.preview_stages import MakePoster, MakeThumbnails
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.library.page import LibraryPage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences
from fastclip_desktop.stages import index
from fastclip_desktop.store.clips import ClipTable, Publication
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from tests.local_site import unused_port
from tests.scripted_runner import InParts, ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, TALK

WAIT = 20_000


def picture(index: int = 0) -> Thumbnail:
    image = QImage(32, 18, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return Thumbnail(index, Fraction(index), Fraction(index), 32, 18, bytes(buffer.data().data()))


STRIP = tuple(map(picture, range(3)))


class Shelf:
    """A window, its engine, and a way to fill the library.

    Attributes:
        window: on the screen.
        engine: behind it.
        folder: of the clips.
    """

    def __init__(self, window: Window, engine: Engine, database: Database, folder: Path, qtbot: QtBot) -> None:
        self.window, self.engine, self.folder = window, engine, folder
        self._database = database
        self._made = 0
        self._qtbot = qtbot

    def fill(self, *names: str, **changes: object) -> list[Clip]:
        """List clips of these names, each newer than the one before."""
        made = []
        self.folder.mkdir(exist_ok=True)
        media = MediaFile(source="talk.mp4", title=TALK.title, path=None)
        with self._database.transaction() as connection:
            source = SourceTable(connection).remember(media, 1.0)
            table = ClipTable(connection)
            for number, name in enumerate(names, self._made + 1):
                span = TimeRange(Fraction(10), Fraction(20))
                path = self.folder / f"{number}.mp4"
                clip = Clip(path, span, span.duration, OutputFormat.MP4, 320, 180, 4, "Talk", Receipt("copied"))
                values = {"id": f"{number:016d}", "name": name, "job": f"job{number}", "created": float(number)}
                clip = dataclasses.replace(clip, **{**values, **changes})  # type: ignore[arg-type]  # as the field is
                clip.path.write_bytes(b"clip")
                table.announce(Publication(clip, 1, path.with_suffix(".part")), source)
                table.list_as(clip)
                made.append(clip)
        self._made += len(names)
        return made

    def open(self) -> LibraryPage:
        """The page, once its clips are there."""
        self.window.commands.carry_out("view.library")
        self.settle()
        page = self.window.library.page
        assert page is not None
        assert page.isVisible()
        return page

    def settle(self) -> None:
        """Until all that was asked is told."""
        for _ in range(2):
            told: list[object] = []
            self.window._bridge.lane.do(self.window, lambda: None, told.append)
            self._qtbot.waitUntil(lambda told=told: bool(told), timeout=WAIT)


@pytest.fixture
def shelf(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Shelf]:
    database = Database.in_memory()
    script = SCRIPT | {MakePoster: picture(), MakeThumbnails: InParts(STRIP, STRIP), IndexWords: index.perform}
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    engine = Engine(ScriptedRunner(script), paths, database, clock=Clock())

    def build() -> Engine:
        engine.start()
        return engine

    with unused_port() as port:
        pass
    bridge = EngineBridge(EngineHost(build, lambda: tmp_path / "sample"))
    choices = Choices(bridge.lane, tmp_path / "config", Preferences(port=port, clips_folder=tmp_path))
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.door.start()
    yield Shelf(window, engine, database, tmp_path / "clips", qtbot)
    assert bridge.host.close(20)


def names(page: LibraryPage) -> list[str]:
    return [clip.name for clip in page.model.clips]
