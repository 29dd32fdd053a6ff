"""Words to clips over the real engine: hits while typing, the search, an edge nudged by key, all of it exported."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.edge import EdgeReason
from fastclip_desktop.gui.source_words import WordsState
from tests.gui.test_editor import FRAME, Desk, desk, talk

__all__ = ["desk", "talk"]


def test_from_the_first_letter_to_clips(desk: Desk, qtbot: QtBot, talk: Path) -> None:
    desk.open(talk)
    window = desk.window
    panel = window.panel
    desk.until(lambda: window.script.words.state is WordsState.KNOWN and panel.cards.nudges.is_ready)
    qtbot.keyClicks(panel.prompt, "tomat")
    desk.until(panel.pane.hits.isVisible)
    assert panel.pane.hits.rows[0].words.marked == ["Tomatoes"]
    qtbot.keyClicks(panel.prompt, "oes want sun")
    panel.pane.count.setCurrentIndex(1)
    ended: list[str] = []
    window.jobs.finder.ended.connect(ended.append)
    desk.press(Qt.Key.Key_Return, on=panel.prompt)
    desk.until(lambda: bool(ended))
    (found,) = window.history.cuts
    assert found.excerpt == "Tomatoes want sun, and plenty of it."
    # Half a cue on either side is as far as an edge settles, and none settles into the cue beside it.
    assert Fraction(1) < found.span.start <= Fraction("2.1")
    assert Fraction(4) <= found.span.end < Fraction("5.1")
    assert {found.start.reason, found.end.reason} <= set(EdgeReason)
    card = panel.cards.cards[0]
    desk.until(lambda: card.excerpt.marked == ["Tomatoes", "sun"])
    window.editor.show_cut(found.id)
    desk.press(Qt.Key.Key_BraceRight, holding=Qt.KeyboardModifier.ShiftModifier)
    (nudged,) = window.history.cuts
    assert nudged.excerpt == "Tomatoes want sun, and plenty of it. Water them in the morning, never at night."
    assert abs(nudged.span.end - 6) <= Fraction(15, 100)
    (frames,) = desk.export()
    assert frames[0] == -(-nudged.span.start // FRAME)
    assert frames[-1] == -(-nudged.span.end // FRAME) - 1
    (row,) = window.clips.rows
    assert "Water them" in row.excerpt.text()
    for _ in range(2):
        window.history.undo()
    assert window.history.cuts == ()
