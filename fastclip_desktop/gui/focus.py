"""Where the keyboard is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def holds_focus(widget: QWidget) -> bool:
    """Whether the keyboard is in a widget or in something within it."""
    return widget.hasFocus() or any(child.hasFocus() for child in widget.findChildren(QWidget))
