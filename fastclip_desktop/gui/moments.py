"""Instants as a person of this place writes them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale


def when(seconds: float) -> str:
    """An instant in seconds since 1970 as a short date and time."""
    moment = QDateTime.fromSecsSinceEpoch(int(seconds))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
