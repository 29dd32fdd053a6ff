"""Tells screen readers what a widget of ours is, where Qt would only say that it is something."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_ROLE = "accessible role"


@dataclass(slots=True)
class _Factory:
    """Qt asks every factory that was ever installed, and lets none go."""

    is_installed: bool = False


_factory = _Factory()


def give_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Have a widget taken for what it is."""
    widget.setProperty(_ROLE, role.value)
    if not _factory.is_installed:
        _factory.is_installed = True
        QAccessible.installFactory(_face_of)


def _face_of(_: str, widget: QObject) -> QAccessibleInterface | None:
    if not isinstance(widget, QWidget) or widget.property(_ROLE) is None:
        return None
    return QAccessibleWidget(widget, QAccessible.Role(widget.property(_ROLE)), widget.accessibleName())
