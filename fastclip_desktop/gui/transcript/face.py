"""What a screen reader is told of the words: a document, of which the keyboard is at one word."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_KIND = "script"


@dataclass(slots=True)
class _Factory:
    """Qt asks every factory that was ever installed, and lets none go."""

    is_installed: bool = False


_factory = _Factory()


class ScriptFace(QAccessibleWidget):
    """The words for those who do not see them."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view, QAccessible.Role.Document, view.accessibleName())
        self._view = view

    def text(self, kind: QAccessible.Text) -> str:
        """The word at which the keyboard is, or its paragraph where it is the first, as the value."""
        return self._view.accessibleDescription() if kind is QAccessible.Text.Value else super().text(kind)


def install() -> None:
    """Have Qt know of it, once in a process; it is for every widget of the kind ``script``."""
    if not _factory.is_installed:
        _factory.is_installed = True
        QAccessible.installFactory(_face_of)


def announce(view: QWidget, words: str) -> None:
    """Say where the keyboard is now, if anybody listens."""
    view.setAccessibleDescription(words)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view, words))


def _face_of(_: str, widget: QObject) -> QAccessibleInterface | None:
    is_ours = isinstance(widget, QWidget) and widget.property("kind") == _KIND
    return ScriptFace(widget) if isinstance(widget, QWidget) and is_ours else None
