"""Opens files with other programs and shows them in their folders."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from fastclip_desktop.gui.lane import Lane


class FileDoor(QObject):
    """Hands files to other programs; whether they are still there is looked up off the GUI thread.

    Signals:
        failed: why a file could not be shown, in a sentence.
    """

    failed = Signal(str)

    def __init__(self, lane: Lane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane

    def open(self, path: Path) -> None:
        """Open a file with what the system has for it."""

        def go() -> None:
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
                self.failed.emit(self.tr("No program on this machine opens {0}.").format(path.name))

        self._if_there(path, go)

    def reveal(self, path: Path) -> None:
        """Show a file in its folder."""

        def go() -> None:
            if not show_in_folder(path):
                self.failed.emit(self.tr("The folder {0} can't be shown.").format(path.parent))

        self._if_there(path, go)

    def copy_path(self, path: Path) -> None:
        """Put a file's path on the clipboard."""
        QGuiApplication.clipboard().setText(str(path))

    def _if_there(self, path: Path, act: Callable[[], None]) -> None:
        def judge(is_there: bool) -> None:  # noqa: FBT001 - the lane hands over one value
            if is_there:
                act()
            else:
                self.failed.emit(self.tr("{0} is no longer there: it was moved or deleted.").format(path))

        self._lane.do(self, lambda: is_there(path), judge)


def is_there(path: Path) -> bool:
    """Whether a person can get at a file; not on a drive that was taken out, or in a folder that lets nobody look."""
    try:
        return path.exists()
    except OSError:
        return False


def show_in_folder(path: Path) -> bool:
    """Open the system's file browser at a file: with the file selected where it can, else at its folder."""
    if sys.platform == "win32":
        return bool(QProcess.startDetached("explorer", ["/select,", str(path)])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("open", ["-R", str(path)])[0])
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
