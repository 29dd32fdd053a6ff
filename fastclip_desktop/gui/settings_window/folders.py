"""Opens folders in the system's own file browser."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_folder(folder: Path) -> bool:
    """Open a folder, or what there is of the way to it; gives whether something shows it."""
    existing = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(existing)))
