"""What keys do among the words: move by word, line and page, choose with Shift, go there, cut, correct, copy."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from fastclip_desktop.gui.transcript.reader import Reader
from fastclip_desktop.gui.transcript.script import Spot

_STANDARD = QKeySequence.StandardKey


def step(view: Reader, event: QKeyEvent) -> bool:
    """Do what a key means among the words, and give whether it means anything."""
    if not len(view.script):
        return False
    if event.matches(_STANDARD.Copy):
        return _copy(view)
    if event.matches(_STANDARD.SelectAll):
        view.choose_all()
        return True
    spot = view.cursor_spot or view.script.first_spot()
    if spot is None:
        return False
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    target = _target(view, event, spot)
    if target is not None:
        if shifted:
            view.choose(view.choice.anchor if view.choice else spot, target)
            view.reveal(target)
        else:
            view.move_to(target)
        return True
    return _act(view, event, spot, shifted=shifted)


def _act(view: Reader, event: QKeyEvent, spot: Spot, *, shifted: bool) -> bool:
    key = event.key()
    plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
        if view.choice is None:
            view.go_to(spot)
        else:
            view.cut_wanted.emit()
        return True
    if key == Qt.Key.Key_C and plain and not shifted and view.choice is not None:
        view.cut_wanted.emit()  # without a choice it belongs to the window, as all letters do
        return True
    if key == Qt.Key.Key_F2 and plain:
        view.edit_wanted.emit(spot, shifted)
        return True
    if key == Qt.Key.Key_Escape and view.choice is not None:
        view.choose(None)
        return True
    return False


def _target(view: Reader, event: QKeyEvent, spot: Spot) -> Spot | None:
    """The word to which a key moves; the one itself where there is no farther one."""
    script, key = view.script, event.key()
    by_word = bool(event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier))
    is_end = key in (Qt.Key.Key_Home, Qt.Key.Key_End)
    if by_word and not (is_end and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
        return None
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        onward = (key == Qt.Key.Key_Right) is not view.is_right_to_left(spot.paragraph)
        return script.beside(spot, 1 if onward else -1) or spot
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        return _line(view, spot, 1 if key == Qt.Key.Key_Down else -1)
    if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        height = view.viewport().height() * (1 if key == Qt.Key.Key_PageDown else -1)
        return view.spot_near(view.box_of(spot).center() + QPointF(0, height * 0.9))
    if is_end and by_word:
        return script.first_spot() if key == Qt.Key.Key_Home else script.last_spot()
    return None


def _line(view: Reader, spot: Spot, direction: int) -> Spot:
    """The word above or below."""
    box = view.box_of(spot)
    place = box.center() + QPointF(0, direction * box.height())
    target = view.spot_near(place)
    if target is not None and (target == spot or (direction < 0) is (spot < target)):
        # Between two paragraphs stands a line with the time.
        target = view.spot_near(place + QPointF(0, direction * 2 * box.height()))
    return target or spot


def _copy(view: Reader) -> bool:
    choice = view.choice
    if choice is None:
        return False
    QGuiApplication.clipboard().setText(view.script.text_between(choice.first, choice.last))
    return True
