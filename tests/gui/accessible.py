"""Walks a window as somebody does who sees no screen and holds no mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
_COMPOUND = (QAbstractSpinBox, QComboBox, QLineEdit, QAbstractItemView, QMenuBar, QScrollBar)
"""What has parts of its own that are reached through it."""

_MOST_STEPS = 500


def controls(window: QWidget) -> list[QWidget]:
    """Everything in a window that can be used now."""
    return [
        each
        for each in window.findChildren(QWidget)
        if (isinstance(each, _CONTROLS) or each.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and not isinstance(each, QScrollBar)
        and each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and not _is_part(each)
    ]


def unnamed(window: QWidget) -> list[str]:
    """What a screen reader could not name, or not tell what it is."""
    return [_as_text(each) for each in controls(window) if not (_name(each) and _has_role(each))]


def out_of_reach(window: QWidget) -> list[str]:
    """What the Tab key alone does not come to; the choices of one group count as one, for arrow keys go among them."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    visited: list[QWidget] = []
    for _ in range(_MOST_STEPS):
        focused = QApplication.focusWidget()
        if focused is None or (visited and focused is visited[0] and len(visited) > 1):
            break
        visited.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is focused:
            return [f"the Tab key stays in {_as_text(focused)}"]
    reached = {id(each) for each in visited} | {id(each.focusProxy()) for each in visited}
    groups = {each.group() for each in visited if isinstance(each, QAbstractButton)} - {None}
    return [
        _as_text(each)
        for each in controls(window)
        if id(each) not in reached and not (isinstance(each, QAbstractButton) and each.group() in groups)
    ]


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, _COMPOUND):
            return True
        parent = parent.parentWidget()
    return widget.objectName().startswith("qt_")


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip()


def _has_role(widget: QWidget) -> bool:
    role = QAccessible.queryAccessibleInterface(widget).role()
    return role not in (QAccessible.Role.NoRole, QAccessible.Role.Client)


def _as_text(widget: QWidget) -> str:
    named = _name(widget) or getattr(widget, "text", str)() or widget.objectName()
    parent = widget.parentWidget()
    return f"{type(widget).__name__} {named!r} in {type(parent).__name__}"
