"""Notices that the file of the open source is gone, and that it is back.

It looks now and then instead of having the system tell: drives that are pulled and folders in a network tell nobody.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fastclip_desktop.gui.lane import Lane

_PAUSE = 3000
"""Milliseconds from one look to the next."""


class SourceWatch(QObject):
    """Looks after one file at a time; the looking is done on the lane.

    Signals:
        gone: the ``Path`` of the file, which was there before.
        back: it is there again.
    """

    gone = Signal(object)
    back = Signal()

    def __init__(self, lane: Lane, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._path: Path | None = None
        self._is_there: bool | None = None
        self._is_looking = False
        self._pause = QTimer(self)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)

    def follow(self, path: Path | None) -> None:
        """Look after another file from now on, or after none."""
        self._path, self._is_there = path, None
        if path is None:
            self._pause.stop()
        else:
            self._pause.start()
            self.look()

    @Slot()
    def look(self) -> None:
        """See now whether it is there."""
        path = self._path
        if path is not None and not self._is_looking:
            self._is_looking = True
            self._lane.do(self, lambda: _is_there(path), lambda is_there: self._take(path, is_there=is_there))

    def _take(self, path: Path, *, is_there: bool) -> None:
        self._is_looking = False
        if path != self._path:
            self.look()
            return
        was_there, self._is_there = self._is_there, is_there
        if was_there and not is_there:
            self.gone.emit(path)
        elif was_there is False and is_there:
            self.back.emit()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # such as a drive that was taken out
        return False
