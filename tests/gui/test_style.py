from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSlider
from pytestqt.qtbot import QtBot

from fastclip_desktop.gui.fold import Fold
from fastclip_desktop.gui.icons import icon, picture
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import DARK, LIGHT, Palette


@pytest.mark.parametrize(
    ("scheme", "palette"),
    [(Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Unknown, LIGHT)],
)
def test_the_theme_follows_the_system(
    theme: Theme, qapp: QApplication, qtbot: QtBot, scheme: Qt.ColorScheme, palette: Palette
) -> None:
    with qtbot.waitSignal(theme.changed) as changed:
        qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert changed.args == [palette]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == palette.window
    label = of_kind(QLabel("words"), "muted")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == palette.muted
    theme.follow(Qt.ColorScheme.Light)


@pytest.mark.usefixtures("theme")
def test_digits_are_of_one_width() -> None:
    label = QLabel()
    widths = {label.fontMetrics().horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1


@pytest.mark.usefixtures("theme")
def test_an_open_fold_does_not_look_chosen(qtbot: QtBot) -> None:
    fold = Fold("More", "What else there is", QLabel())
    qtbot.addWidget(fold)
    fold.show()
    before = _ground(fold)
    fold.open()
    assert _ground(fold) == before


def _ground(fold: Fold) -> str:
    """The colour behind the end of its name."""
    place = fold.button.geometry()
    return fold.grab().toImage().pixelColor(place.right() - 2, place.center().y()).name()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scale", [1, 2, 3])
def test_icons_are_painted_in_the_asked_colour_at_every_scale(scale: int) -> None:
    image = picture("drop", "#ff0000", 48, scale).toImage()
    assert image.size().toTuple() == (48 * scale, 48 * scale)
    opaque = [
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    assert opaque
    assert set(opaque) == {"#ff0000"}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ["close", "drop", "enter", "link", "chevron", "dot", "gear", "fastclip"])
def test_every_icon_can_be_painted(name: str) -> None:
    assert not icon(name, "#000000").pixmap(20, 20).isNull()


@pytest.mark.usefixtures("theme")
@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_a_slider_is_filled_from_where_one_begins_to_read(qtbot: QtBot, direction: Qt.LayoutDirection) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.setLayoutDirection(direction)
    slider.setRange(0, 100)
    slider.setValue(50)
    slider.resize(160, 24)
    slider.show()
    image, middle = slider.grab().toImage(), 12
    ends = [image.pixelColor(x, middle).name() for x in (30, 129)]
    assert ends[:: -1 if slider.isRightToLeft() else 1] == [LIGHT.accent, LIGHT.line]


@pytest.mark.usefixtures("theme")
def test_a_slider_shows_where_the_keyboard_is(qtbot: QtBot) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    qtbot.addWidget(slider)
    slider.resize(160, 24)
    slider.show()
    before = slider.grab().toImage().pixelColor(80, 0).name()
    slider.setFocus()
    qtbot.waitUntil(slider.hasFocus)
    assert before != LIGHT.accent
    assert slider.grab().toImage().pixelColor(80, 0).name() == LIGHT.accent
