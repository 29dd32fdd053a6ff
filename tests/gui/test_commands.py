from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui.command_palette import CommandPalette, rank
from fastclip_desktop.gui.commands import Command, Commands, Group, as_written, is_typed
from fastclip_desktop.gui.key_sheet import KeySheet, _Part
from fastclip_desktop.gui.menus import Menus
from fastclip_desktop.gui.settings_window.shortcuts_page import ShortcutsPage
from fastclip_desktop.gui.window import Window

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, *, again: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", again)


def let_go(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyRelease, key, NONE)


class Host(QMainWindow):
    """A window as small as one with commands can be."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.commands = Commands(self)
        self.commands.add(
            Command("play.toggle", "Play or stop", ("Space",), self.does("play"), Group.PLAY, needs_source=True),
            Command(
                "play.rest",
                "Stop",
                ("K",),
                self.does("rest"),
                Group.PLAY,
                needs_source=True,
                let_go=self.does("no rest"),
            ),
            Command("play.on", "One picture on", (".",), self.does("step"), Group.PLAY, 1, repeats=True),
            Command("edit.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), self.does("redo"), Group.EDIT),
            Command("edit.undo", "Undo", ("Ctrl+Z",), self.does("undo"), Group.EDIT),
            Command("edit.stop", "Cancel", ("Esc",), self.does("stop"), Group.EDIT, in_menu=False),
            Command("clip.export", "Export", ("Ctrl+E",), self.does("export"), Group.CLIP, fields_keep=False),
            Command("file.sample", "Try the sample talk", (), self.does("sample"), Group.FILE),
        )
        self.commands.show_source(is_open=True)
        self.field, self.words, self.button = QLineEdit(), QPlainTextEdit(), QPushButton("Press")
        self.button.clicked.connect(self.does("pressed"))
        middle = QWidget()
        column = QVBoxLayout(middle)
        for each in (self.field, self.words, self.button):
            column.addWidget(each)
        self.setCentralWidget(middle)

    def does(self, what: str) -> Callable[[], None]:
        return lambda: self.done.append(what)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.commands.release(event)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    host = Host()
    qtbot.addWidget(host)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    return host


def test_each_of_a_commands_keys_carries_it_out_once(host: Host, qtbot: QtBot) -> None:
    qtbot.keyClick(host, Qt.Key.Key_Y, CONTROL)
    qtbot.keyClick(host, Qt.Key.Key_Z, CONTROL | SHIFT)
    qtbot.keyClick(host, Qt.Key.Key_Space)
    assert host.done == ["redo", "redo", "play"]


def test_other_keys_are_left_alone(host: Host) -> None:
    assert not host.commands.press(press(Qt.Key.Key_Y))
    assert not host.commands.press(press(Qt.Key.Key_Space, CONTROL))
    assert host.done == []


def test_only_what_may_repeat_is_repeated_while_a_key_is_held(host: Host) -> None:
    assert host.commands.press(press(Qt.Key.Key_Space, again=True))
    assert host.commands.press(press(Qt.Key.Key_Period, again=True))
    assert host.done == ["step"]


def test_the_number_pad_counts_as_the_keys_it_stands_for(host: Host) -> None:
    assert host.commands.press(press(Qt.Key.Key_Period, Qt.KeyboardModifier.KeypadModifier))
    assert host.done == ["step"]


def test_a_key_that_is_let_go_says_so_to_the_command_it_stands_for(host: Host) -> None:
    host.commands.press(press(Qt.Key.Key_K))
    host.commands.release(let_go(Qt.Key.Key_K))
    host.commands.release(let_go(Qt.Key.Key_K))
    assert host.done == ["rest", "no rest"]


def test_a_key_that_is_let_go_in_another_window_is_not_held_for_ever(host: Host, qtbot: QtBot) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    host.button.setFocus()
    host.commands.press(press(Qt.Key.Key_K))
    other.show()
    other.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert host.done == ["rest", "no rest"]
    host.commands.release(let_go(Qt.Key.Key_K))
    assert host.done == ["rest", "no rest"]


def test_what_is_typed_goes_to_the_field_and_what_is_pressed_to_the_button(host: Host, qtbot: QtBot) -> None:
    host.field.setFocus()
    qtbot.keyClicks(host.field, "k. ")
    assert host.field.text() == "k. "
    host.button.setFocus()
    qtbot.keyClick(host.button, Qt.Key.Key_Space)
    assert host.done == ["pressed"]
    qtbot.keyClick(host.button, Qt.Key.Key_Period)
    assert host.done == ["pressed", "step"]


def test_a_field_keeps_its_own_undo_but_not_the_export(host: Host, qtbot: QtBot) -> None:
    for field in (host.field, host.words):
        field.setFocus()
        qtbot.keyClicks(field, "word")
        qtbot.keyClick(field, Qt.Key.Key_Z, CONTROL)
        assert host.done == []
        qtbot.keyClick(field, Qt.Key.Key_E, CONTROL)
        assert host.done == ["export"]
        host.done.clear()
    qtbot.keyClick(host.button, Qt.Key.Key_Z, CONTROL)
    assert host.done == ["undo"]


def test_what_a_field_may_not_keep_it_does_not_get_though_it_means_something_there(host: Host, qtbot: QtBot) -> None:
    host.commands.bind({"clip.export": ("Ctrl+A",), "edit.undo": ("Ctrl+C",)})
    host.field.setText("word")
    host.field.setFocus()
    qtbot.keyClick(host.field, Qt.Key.Key_A, CONTROL)
    assert host.done == ["export"]
    assert not host.field.hasSelectedText()
    qtbot.keyClick(host.field, Qt.Key.Key_C, CONTROL)
    assert host.done == ["export"]


def test_a_field_that_comes_later_keeps_as_little(host: Host, qtbot: QtBot) -> None:
    late = QLineEdit(host)
    late.show()
    late.setFocus()
    qtbot.keyClick(late, Qt.Key.Key_E, CONTROL)
    assert host.done == ["export"]
    late.deleteLater()
    qtbot.waitUntil(lambda: host.commands._field is None)


def test_without_a_source_nothing_plays(host: Host, qtbot: QtBot) -> None:
    host.commands.show_source(is_open=False)
    assert not host.commands.press(press(Qt.Key.Key_Space))
    host.commands.carry_out("play.toggle")
    qtbot.keyClick(host, Qt.Key.Key_Z, CONTROL)
    assert host.done == ["undo"]
    assert not host.commands.action("play.toggle").isEnabled()


def test_what_is_switched_off_leaves_its_keys_alone(host: Host, qtbot: QtBot) -> None:
    host.commands.enable("edit.undo", on=False)
    qtbot.keyClick(host, Qt.Key.Key_Z, CONTROL)
    host.commands.enable("edit.undo", on=True)
    qtbot.keyClick(host, Qt.Key.Key_Z, CONTROL)
    assert host.done == ["undo"]


def test_other_keys_can_be_chosen_of_either_sort(host: Host, qtbot: QtBot) -> None:
    assert host.commands.bind({"play.toggle": ("Ctrl+P",), "clip.export": ("E",)}) == ()
    qtbot.keyClick(host, Qt.Key.Key_P, CONTROL)
    qtbot.keyClick(host, Qt.Key.Key_E)
    qtbot.keyClick(host, Qt.Key.Key_E, CONTROL)
    qtbot.keyClick(host, Qt.Key.Key_Space)
    assert host.done == ["play", "export"]
    assert host.commands.tip("play.toggle") == "Play or stop (Ctrl+P)"
    host.field.setFocus()
    qtbot.keyClicks(host.field, "e")
    assert host.field.text() == "e"
    host.commands.bind({})
    qtbot.keyClick(host, Qt.Key.Key_Space)
    assert host.done == ["play", "export", "play"]


def test_chosen_keys_are_taken_from_the_command_that_has_them_at_first(host: Host, qtbot: QtBot) -> None:
    host.commands.bind({"file.sample": ("Ctrl+Y",)})
    qtbot.keyClick(host, Qt.Key.Key_Y, CONTROL)
    assert host.done == ["sample"]
    assert host.commands.keys("edit.redo") == ("Ctrl+Shift+Z",)
    holder = host.commands.holder("ctrl+y")
    assert holder is not None
    assert holder.id == "file.sample"


def test_a_command_can_be_left_without_keys(host: Host, qtbot: QtBot) -> None:
    host.commands.bind({"clip.export": ()})
    qtbot.keyClick(host, Qt.Key.Key_E, CONTROL)
    assert host.done == []
    assert host.commands.tip("clip.export") == "Export"


def test_keys_that_make_no_sense_are_named_and_change_nothing(host: Host) -> None:
    nonsense = host.commands.bind({"clip.export": ("Ctrl+Banana",), "edit.undo": ("Ctrl+U",), "of.tomorrow": ("X",)})
    assert nonsense == ("Ctrl+Banana",)
    assert host.commands.keys("clip.export") == ("Ctrl+E",)
    assert host.commands.keys("edit.undo") == ("Ctrl+U",)


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        *[(keys, True) for keys in ("A", "Shift+M", "Space", "Left", "Del", ",")],
        *[(keys, False) for keys in ("Ctrl+A", "Alt+Left", "F1", "Esc", "Ctrl+Shift+Z")],
    ],
)
def test_letters_and_arrows_are_typed(keys: str, typed: bool) -> None:
    assert is_typed(keys) is typed


@pytest.mark.parametrize(
    ("keys", "written"),
    [("ctrl+e", "Ctrl+E"), ("Return", "Return"), ("", ""), ("Ctrl+Banana", ""), ("Ctrl+K, Ctrl+S", ""), ("Ctrl+", "")],
)
def test_keys_are_written_one_way(keys: str, written: str) -> None:
    assert as_written(keys) in (written, "Ctrl++" if keys == "Ctrl+" else written)


def test_two_commands_of_one_id_are_a_mistake(host: Host) -> None:
    with pytest.raises(ValueError, match=r"two commands 'edit\.undo'"):
        host.commands.add(Command("edit.undo", "Undo", (), host.does("other"), Group.EDIT))


def test_menus_show_the_keys_and_the_edit_that_would_be_undone(host: Host) -> None:
    menus = Menus(host.commands, host.menuBar())
    edit = menus.menu(Group.EDIT)
    assert [action.text() for action in edit.actions()] == ["Redo\tCtrl+Shift+Z", "Undo\tCtrl+Z"]
    host.commands.rename("edit.undo", "Undo “Split”")
    host.commands.bind({"edit.redo": ()})
    assert [action.text() for action in edit.actions()] == ["Redo", "Undo “Split”\tCtrl+Z"]
    edit.actions()[1].trigger()
    assert host.done == ["undo"]
    assert [action.isSeparator() for action in menus.menu(Group.PLAY).actions()] == [False, False, True, False]
    host.commands.add(Command("help.about", "About", (), host.does("about"), Group.HELP))
    assert [action.text() for action in menus.menu(Group.HELP).actions()] == ["About"]


def test_the_list_of_keys_is_searched_by_names_and_keys(host: Host, qtbot: QtBot) -> None:
    sheet = KeySheet(host.commands, host)
    sheet.open()
    assert "Redo" in sheet.shown
    assert "Try the sample talk" not in sheet.shown
    qtbot.keyClicks(sheet.search, "ctrl+y")
    assert sheet.shown == ("Redo",)
    sheet.search.setText("no such thing")
    assert sheet.shown == ()
    sheet.search.clear()
    assert len(sheet.shown) == 10
    sheet.close()


def test_the_list_of_keys_calls_commands_by_their_own_names(host: Host) -> None:
    host.commands.rename("edit.undo", "Undo “Find moments”")
    sheet = KeySheet(host.commands, host)
    sheet.open()
    assert "Undo" in sheet.shown
    sheet.close()


def test_long_keys_take_no_room_from_the_names_of_others(qtbot: QtBot) -> None:
    part = _Part("Play")
    qtbot.addWidget(part)
    part.add("Redo", "Ctrl+Shift+Z  Ctrl+Y  Alt+Shift+Backspace")
    keys, name = part.add("Play backwards; again for faster", "J")
    part.resize(360, part.heightForWidth(360))
    part.show()
    assert name.height() == keys.height()  # of one line


def test_the_list_of_keys_is_moved_by_keys(host: Host, qtbot: QtBot) -> None:
    sheet = KeySheet(host.commands, host)
    sheet.resize(600, 200)
    sheet.open()
    bar = sheet._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(sheet.search, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(sheet.search, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    qtbot.keyClick(sheet.search, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_palette_finds_a_command_and_carries_it_out(host: Host, qtbot: QtBot) -> None:
    palette = CommandPalette(host.commands, host)
    palette.open()
    qtbot.keyClicks(palette.field, "sam")
    assert palette.shown == ("file.sample",)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.done == ["sample"]


def test_the_palette_is_walked_with_the_arrows_and_offers_only_what_is_of_use(host: Host, qtbot: QtBot) -> None:
    host.commands.show_source(is_open=False)
    palette = CommandPalette(host.commands, host)
    palette.open()
    assert palette.shown == ("file.sample", "edit.redo", "edit.undo", "edit.stop", "play.on", "clip.export")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert host.done == ["undo"]
    nothing = CommandPalette(host.commands, host)
    nothing.open()
    qtbot.keyClicks(nothing.field, "zzz")
    qtbot.keyClick(nothing.field, Qt.Key.Key_Return)
    assert host.done == ["undo"]
    nothing.close()


def test_beginnings_of_words_come_before_their_middles_and_those_before_letters() -> None:
    names = ["Zoom out", "A route", "Open a file up there", "Play or stop"]
    found = sorted((fit, name) for name in names if (fit := rank("out", name)) is not None)
    assert [name for _, name in found] == ["Zoom out", "A route", "Open a file up there"]
    assert rank("ou", "Open a file up there") is None
    assert rank("play stop", "Play or stop") == (0, 0)
    assert rank("xyz", "Play or stop") is None


def test_no_two_commands_of_the_window_claim_the_same_keys(window: Window) -> None:
    commands = window.commands
    lost = {command.id: command.keys for command in commands.all if set(command.keys) - set(commands.keys(command.id))}
    assert lost == {}
    assert len(commands.all) > 40


def test_the_edit_menu_names_the_edit_that_would_be_undone(window: Window) -> None:
    undo, redo = window.commands.action("edit.undo"), window.commands.action("edit.redo")
    assert not undo.isEnabled()
    window.history.edit((Cut(TimeRange(Fraction(1), Fraction(2))),), "Add clip")
    assert (undo.text(), undo.isEnabled()) == ("Undo “Add clip”\tCtrl+Z", True)
    undo.trigger()
    assert window.history.cuts == ()
    assert (undo.text(), undo.isEnabled()) == ("Undo\tCtrl+Z", False)
    assert redo.text() == "Redo “Add clip”\tCtrl+Shift+Z"
    redo.trigger()
    assert len(window.history.cuts) == 1


def test_the_palette_gives_the_keyboard_back_when_it_goes(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.source_bar.field.setFocus()
    qtbot.keyClick(window.source_bar.field, Qt.Key.Key_K, CONTROL)
    (palette,) = window.findChildren(CommandPalette)
    assert palette.field.hasFocus()
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert window.source_bar.field.hasFocus()
    qtbot.keyClick(window.source_bar.field, Qt.Key.Key_P, CONTROL | SHIFT)
    (palette,) = window.findChildren(CommandPalette)
    with qtbot.waitSignal(palette.destroyed):
        window.empty.sample_button.setFocus()


def test_the_keys_of_the_palette_put_it_away_again(window: Window, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.source_bar.field.setFocus()
    qtbot.keyClick(window.source_bar.field, Qt.Key.Key_K, CONTROL)
    (palette,) = window.findChildren(CommandPalette)
    with qtbot.waitSignal(palette.destroyed):
        qtbot.keyClick(palette.field, Qt.Key.Key_K, CONTROL)
    assert window.findChildren(CommandPalette) == []
    assert window.source_bar.field.hasFocus()


def test_the_palette_stays_while_its_fields_own_menu_is_open(host: Host) -> None:
    palette = CommandPalette(host.commands, host)
    palette.open()
    QApplication.sendEvent(palette.field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert palette.isVisible()
    QApplication.sendEvent(palette.field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.MouseFocusReason))
    assert not palette.isVisible()


def test_the_list_of_keys_leads_to_where_they_are_changed(window: Window, qtbot: QtBot) -> None:
    window.commands.carry_out("help.keys")
    (sheet,) = window.findChildren(KeySheet)
    qtbot.mouseClick(sheet.change_button, Qt.MouseButton.LeftButton)
    settings = window.door.settings
    assert settings is not None
    assert settings.isVisible()
    assert ShortcutsPage in settings.pages
    assert not sheet.isVisible()
    settings.close()
