"""Words over the real engine: what is corrected in the window is what everything goes by."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.editing.wording import with_text
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from tests.unit.engine.small_jobs import HOSTED_URL, TALK, TRANSCRIPT


@pytest.fixture
def words(real_engine: Engine, tmp_path: Path) -> Iterator[SourceWords]:
    def build() -> Engine:
        real_engine.start()
        return real_engine

    bridge = EngineBridge(EngineHost(build, lambda: tmp_path / "sample"))
    words = SourceWords(bridge, CutHistory(), bridge)
    yield words
    words.show_source(None)
    assert bridge.host.close(20)


def test_everything_goes_by_a_correction_until_it_is_taken_back(
    words: SourceWords, real_engine: Engine, qtbot: QtBot
) -> None:
    words.show_source(TALK)
    qtbot.waitUntil(lambda: words.state in (WordsState.KNOWN, WordsState.UNKNOWN))
    if words.state is WordsState.UNKNOWN:  # the talk has no captions of its own: somebody brings a file
        words.give(Path("talk.srt"))
        qtbot.waitUntil(lambda: words.state is WordsState.KNOWN)
    assert words.transcript == TRANSCRIPT
    words.edit(with_text(TRANSCRIPT, 0, "Quite another beginning."), "Correct")
    qtbot.waitUntil(lambda: _origin(real_engine) is TranscriptOrigin.EDITED)
    assert real_engine.transcript(HOSTED_URL)[1].segments[0].text == "Quite another beginning."
    hits: list[object] = []
    words.quick_find(words, "beginning", hits.extend)
    qtbot.waitUntil(lambda: bool(hits))
    words._history.undo()
    qtbot.waitUntil(lambda: _origin(real_engine) is not TranscriptOrigin.EDITED)
    assert words.transcript == TRANSCRIPT


def _origin(engine: Engine) -> TranscriptOrigin | None:
    known = engine.words.known(TALK)
    return known.origin if known is not None else None
