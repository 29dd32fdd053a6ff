from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.elided_label import ElidedLabel

FOLDER = "/media/disk/a rather long name/Videos"
LINE = f"MP4 · as the source, into {FOLDER}"


def shown_in(qtbot: QtBot, width: int, yielding: str) -> str:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_whole(LINE, yielding)
    label.resize(width, 20)
    label.show()
    assert label.whole == label.accessibleName() == LINE
    assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= width
    return label.text()


def width_of(qtbot: QtBot, text: str) -> int:
    label = ElidedLabel()
    qtbot.addWidget(label)
    return QFontMetrics(label.font()).horizontalAdvance(text)


def test_words_around_a_part_that_gives_way_stay_whole(qtbot: QtBot) -> None:
    shown = shown_in(qtbot, width_of(qtbot, LINE) - 60, FOLDER)
    assert shown.startswith("MP4 · as the source, into /")
    assert shown.endswith("Videos")
    assert "…" in shown


def test_a_line_without_such_a_part_or_without_room_for_it_gives_way_in_its_middle(qtbot: QtBot) -> None:
    narrow = width_of(qtbot, "MP4 · as the source, into")
    assert "into" not in shown_in(qtbot, narrow, FOLDER)
    assert shown_in(qtbot, narrow, "") == shown_in(qtbot, narrow, FOLDER)


def test_what_fits_is_shown_as_it_is(qtbot: QtBot) -> None:
    assert shown_in(qtbot, width_of(qtbot, LINE) + 20, FOLDER) == LINE
