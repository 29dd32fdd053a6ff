from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.fact_lines import FactLines

FACTS = ("4:27.650 – 5:14.750", "47 s", "984.2 kB", "1280 × 720")


@pytest.fixture
def lines(qtbot: QtBot) -> FactLines:
    label = FactLines()
    qtbot.addWidget(label)
    label.show_facts((*FACTS, ""))
    label.show()
    return label


def test_no_line_begins_or_ends_with_a_dot_however_narrow_it_is(lines: FactLines) -> None:
    counts = set()
    for width in range(40, 600, 7):
        lines.resize(width, lines.heightForWidth(width))
        broken = lines.text().split("\n")
        assert not any(line.startswith(("·", " ")) or line.endswith(("·", " ")) for line in broken)
        assert tuple(" · ".join(broken).split(" · ")) == FACTS
        counts.add(len(broken))
    assert counts == {1, 2, 3, 4}


def test_it_asks_for_the_height_of_its_lines(lines: FactLines) -> None:
    widest = lines.fontMetrics().horizontalAdvance(FACTS[0])
    line = lines.heightForWidth(2000)
    assert lines.fontMetrics().height() <= line < lines.heightForWidth(widest) <= 3 * line


def test_it_reads_as_one_line_to_who_listens(lines: FactLines) -> None:
    lines.resize(120, 200)
    assert lines.accessibleName() == lines.whole == " · ".join(FACTS)
