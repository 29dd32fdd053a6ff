"""A link in the window: it plays and is looked at before it is here, over a real server and real child processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.errors import ErrorCode, UnavailableError
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.player.screen import Screen
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_number

RATE = 25
PATIENCE = 8_000


@pytest.fixture
def site() -> Iterator[LocalSite]:
    with LocalSite() as site:
        yield site


@dataclass
class Shown:
    """A window, and what is to be done when a link was looked up, before the window knows."""

    window: Window
    bridge: EngineBridge
    before: list[Callable[[], object]] = field(default_factory=list)

    @property
    def screen(self) -> Screen:
        return self.window.editor.player.view

    @property
    def number(self) -> int:
        """Of the picture that is shown; -1 while there is none."""
        image = self.screen.image
        if image.isNull():
            return -1
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        return read_number(rows[:, : image.width(), 1])

    def open(self, link: str, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.bridge.source_found, timeout=PATIENCE):
            self.window.open_source(link)


@pytest.fixture
def shown(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")

    def build() -> Engine:
        engine = Engine(ProcessRunner(paths.sites), paths, Database.in_memory())
        engine.start()
        return engine

    host = EngineHost(build, lambda: tmp_path / "sample")
    bridge = EngineBridge(host)
    before: list[Callable[[], object]] = []
    bridge.source_found.connect(lambda _: [act() for act in before])
    window = Window(bridge, theme, Choices(bridge.lane, paths.config, Preferences(clips_folder=tmp_path)))
    qtbot.addWidget(window)
    window.show()
    yield Shown(window, bridge, before)
    assert host.close(20)


@pytest.fixture
def film(made_media: MediaMaker) -> Path:
    sound = (AudioSpec(duration=Fraction(6)),)
    return made_media("link.mp4", VideoSpec(frames=150, rate=Fraction(RATE), gop=50), sound)


def test_a_link_shows_exact_pictures(shown: Shown, site: LocalSite, film: Path, qtbot: QtBot) -> None:
    site.route("/link.mp4", Route(file=film))
    shown.open(site.url("/link.mp4"), qtbot)
    for place in (83, 140, 7):
        shown.window.editor.player.seek(Fraction(place, RATE))
        qtbot.waitUntil(lambda place=place: shown.number == place, timeout=PATIENCE)


def test_a_link_plays(shown: Shown, site: LocalSite, film: Path, qtbot: QtBot) -> None:
    site.route("/link.mp4", Route(file=film))
    shown.open(site.url("/link.mp4"), qtbot)
    qtbot.waitUntil(lambda: shown.number == 0, timeout=PATIENCE)
    player = shown.window.editor.player
    player.play()
    qtbot.waitUntil(lambda: player.at > 1, timeout=PATIENCE)
    player.pause()


def test_a_link_that_vanishes_says_so_and_can_be_tried_again(
    shown: Shown, site: LocalSite, film: Path, qtbot: QtBot
) -> None:
    site.route("/link.mp4", Route(file=film))
    shown.before.append(lambda: site.route("/link.mp4", Route(status=404)))
    shown.open(site.url("/link.mp4"), qtbot)
    qtbot.waitUntil(shown.screen.button.isVisible, timeout=PATIENCE)
    assert "127.0.0.1" in shown.screen.message
    site.route("/link.mp4", Route(file=film))
    qtbot.mouseClick(shown.screen.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.number == 0, timeout=PATIENCE)
    assert not shown.screen.button.isVisible()


@pytest.mark.slow
def test_a_link_in_pieces_is_fetched_when_the_person_says_so(
    shown: Shown, site: LocalSite, made_media: MediaMaker, qtbot: QtBot
) -> None:
    piece = made_media("piece.ts", VideoSpec(frames=50, rate=Fraction(RATE)), (AudioSpec(duration=Fraction(2)),))
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\npiece.ts\n#EXT-X-ENDLIST\n"
    site.route("/piece.ts", Route(file=piece))
    site.route("/link.m3u8", Route(body=playlist.encode(), headers={"Content-Type": "application/vnd.apple.mpegurl"}))
    shown.open(site.url("/link.m3u8"), qtbot)
    qtbot.waitUntil(shown.screen.button.isVisible, timeout=PATIENCE)
    assert "put together" in shown.screen.message
    qtbot.mouseClick(shown.screen.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.number == 0, timeout=PATIENCE)


@pytest.mark.slow
def test_a_link_tells_its_length_and_its_tracks_when_it_opens(
    shown: Shown, site: LocalSite, made_media: MediaMaker, qtbot: QtBot
) -> None:
    sounds = (AudioSpec(duration=Fraction(6)), AudioSpec(duration=Fraction(6)))
    film = made_media("two.mp4", VideoSpec(frames=150, rate=Fraction(RATE), gop=50), sounds)
    site.route("/link.mp4", Route(file=film))
    shown.open(site.url("/link.mp4"), qtbot)
    timeline = shown.window.editor.timeline
    assert timeline.contents.duration == 0
    shown.window.editor.player.seek(Fraction(3))
    qtbot.waitUntil(lambda: shown.number == 75, timeout=PATIENCE)
    assert (timeline.contents.duration, timeline.contents.frame) == (6, Fraction(1, RATE))
    assert timeline.scale.duration == 6
    assert timeline.playhead == 3
    shown.window.editor.mark_start()
    assert [cut.span for cut in shown.window.history.cuts] == [TimeRange(Fraction(3), Fraction(6))]


@pytest.mark.slow
def test_a_link_to_sound_alone_can_be_heard_and_says_that_there_is_no_picture(
    shown: Shown, site: LocalSite, made_media: MediaMaker, qtbot: QtBot
) -> None:
    site.route("/song.m4a", Route(file=made_media("song.m4a", None, (AudioSpec(duration=Fraction(6)),))))
    shown.open(site.url("/song.m4a"), qtbot)
    qtbot.waitUntil(lambda: shown.screen.message.startswith("Only sound"), timeout=PATIENCE)
    player = shown.window.editor.player
    player.play()
    qtbot.waitUntil(lambda: player.at > 1, timeout=PATIENCE)
    player.pause()
    assert shown.screen.message.startswith("Only sound")


def test_a_link_that_breaks_off_goes_on_where_it_was(shown: Shown, site: LocalSite, film: Path, qtbot: QtBot) -> None:
    site.route("/link.mp4", Route(file=film))
    shown.open(site.url("/link.mp4"), qtbot)
    qtbot.waitUntil(lambda: shown.number == 0, timeout=PATIENCE)
    editor = shown.window.editor
    editor.player.seek(Fraction(3))
    qtbot.waitUntil(lambda: shown.number == 75, timeout=PATIENCE)
    editor.remote.failed.emit(UnavailableError(ErrorCode.SOURCE_UNREACHABLE, "It broke off.", "Try again."))
    assert shown.screen.button.isVisible()
    assert editor.player.at == editor.timeline.playhead == 3
    qtbot.mouseClick(shown.screen.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.number == 75, timeout=PATIENCE)
    assert editor.player.at == 3
