"""A source that lies open is prepared, and then shows every picture at once, with the real engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.domain.preview_stages import ShowStill
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest
from fastclip_desktop.domain.stand_in import MakeStandIns
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.window import Window
from fastclip_desktop.runners.processes import PartT, ProcessRunner, ResultT
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.settings.preferences import Preferences
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.media_factory import VideoSpec
from tests.media_factory.barcode import read_number

RATE = 25
PATIENCE = 30_000


class Watched(ProcessRunner):
    """Notes what is asked for; the second piece of a source may be held back until a picture was asked for.

    Attributes:
        asked: the requests for pictures and for pieces, in the order in which they began.
        holds: hold it back.
    """

    def __init__(self, sites: Path) -> None:
        super().__init__(sites)
        self.asked: list[ShowStill | MakeStandIns] = []
        self.holds = False
        self._looked = threading.Event()

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        if isinstance(request, ShowStill | MakeStandIns):
            self.asked.append(request)
        if isinstance(request, ShowStill) and self._has_begun:
            self._looked.set()
        if isinstance(request, MakeStandIns) and self.holds:
            return super().run_in_parts(request, lambda part: (deliver(part), self._looked.wait(30)), reporter)
        return super().run_in_parts(request, deliver, reporter)

    @property
    def _has_begun(self) -> bool:
        return any(isinstance(each, MakeStandIns) for each in self.asked)


@dataclass
class Desk:
    window: Window
    bridge: EngineBridge
    choices: Choices
    runner: Watched
    stills: list[Still]

    def open(self, path: Path, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.bridge.source_found, timeout=PATIENCE):
            self.window.open_source(str(path))
        self.window.editor.player.scrubbing.shown.connect(self.stills.append)

    @property
    def prepared(self) -> float:
        return self.window._room._preparing.share


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    runner = Watched(paths.sites)

    def build() -> Engine:
        engine = Engine(runner, paths, Database.in_memory())
        engine.start()
        return engine

    host = EngineHost(build, lambda: tmp_path / "sample")
    bridge = EngineBridge(host)
    choices = Choices(bridge.lane, paths.config, Preferences(clips_folder=tmp_path))
    window = Window(bridge, theme, choices)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    yield Desk(window, bridge, choices, runner, [])
    assert host.close(20)


def number_of(still: Still) -> int:
    pixels = np.frombuffer(still.pixels, np.uint8).reshape(still.height, still.width, 4)
    return read_number(pixels[:, :, 1])


@pytest.fixture
def film(made_media: MediaMaker) -> Path:
    return made_media("film.mp4", VideoSpec(frames=250, rate=Fraction(RATE), gop=250, size=(960, 540)))


def test_a_prepared_source_shows_the_exact_picture_at_once_and_then_all_of_it(
    desk: Desk, film: Path, qtbot: QtBot
) -> None:
    desk.open(film, qtbot)
    qtbot.waitUntil(lambda: desk.prepared == 1, timeout=PATIENCE)
    player = desk.window.editor.player
    assert "100" in player.transport.length.toolTip()
    qtbot.waitUntil(lambda: not player.is_busy, timeout=PATIENCE)
    for place in (240, 40, 130):
        desk.stills.clear()
        player.seek(Fraction(2 * place + 1, 2 * RATE))
        qtbot.waitUntil(lambda: not player.is_busy, timeout=PATIENCE)
        assert {(number_of(still), still.is_exact, still.source) for still in desk.stills} == {
            (place, True, Fraction(place, RATE))
        }
        assert not desk.stills[-1].is_small
        if place == 240:  # what was decoded on the way there is at hand from then on
            assert [still.is_small for still in desk.stills] == [True, False]


@pytest.mark.slow
def test_who_looks_is_not_disturbed_by_what_is_prepared(desk: Desk, made_media: MediaMaker, qtbot: QtBot) -> None:
    desk.runner.holds = True
    desk.open(made_media("long.mp4", VideoSpec(frames=500, rate=Fraction(RATE), gop=250, size=(64, 48))), qtbot)
    qtbot.waitUntil(lambda: desk.prepared > 0, timeout=PATIENCE)
    desk.window.editor.player.seek(Fraction(18))
    desk.runner.holds = False
    qtbot.waitUntil(lambda: desk.prepared == 1, timeout=PATIENCE)
    kinds = [type(request) for request in desk.runner.asked]
    first = kinds.index(MakeStandIns)
    assert kinds[first + 1] is ShowStill
    again = next(request for request in desk.runner.asked[first + 1 :] if isinstance(request, MakeStandIns))
    assert again.first == 4  # where the person is now


@pytest.mark.slow
def test_a_source_is_not_prepared_that_needs_it_not_or_where_nobody_wants_it(
    desk: Desk, film: Path, made_media: MediaMaker, qtbot: QtBot
) -> None:
    desk.choices.change(quick_scrubbing=False)
    desk.open(film, qtbot)
    room = desk.window._room
    qtbot.waitUntil(lambda: not desk.window.editor.reading.is_reading, timeout=PATIENCE)
    assert not room._preparing.is_under_way
    desk.choices.change(quick_scrubbing=True)
    qtbot.waitUntil(lambda: desk.prepared > 0, timeout=PATIENCE)
    desk.choices.change(quick_scrubbing=False)
    assert desk.prepared == 0
    assert desk.window.editor.player.transport.length.toolTip() == ""
    desk.choices.change(quick_scrubbing=True)
    before = len(desk.runner.asked)
    desk.open(made_media("intra.mp4", VideoSpec(frames=100, rate=Fraction(RATE), gop=1)), qtbot)
    editor = desk.window.editor
    qtbot.waitUntil(lambda: not editor.reading.is_reading and not room._preparing.is_under_way, timeout=PATIENCE)
    assert not any(
        isinstance(each, MakeStandIns) and each.path.name == "intra.mp4" for each in desk.runner.asked[before:]
    )
