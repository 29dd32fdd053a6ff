"""Opens the sheet of several sources, and keeps it as long as it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.style import Theme

if TYPE_CHECKING:
    from fastclip_desktop.gui.batch.sheet import BatchSheet


class BatchDoor(QObject):
    """Makes the sheet when several sources come.

    Signals:
        open_wanted: the text of one of them, which is to be opened in the window.

    Attributes:
        sheet: ``None`` before several came.
    """

    open_wanted = Signal(str)

    def __init__(self, bridge: EngineBridge, feed: JobFeed, output: OutputDesk, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._feed = feed
        self._output = output
        self._theme = theme
        self._window = window
        self.sheet: BatchSheet | None = None

    @Slot(object)
    def open(self, sources: tuple[str, ...]) -> None:
        """Show several sources, beside those that are there already."""
        if self.sheet is None or not shiboken6.isValid(self.sheet):
            # Brings in what a window with one source has no use for.
            from fastclip_desktop.gui.batch.sheet import BatchSheet

            self.sheet = BatchSheet(self._bridge, self._feed, self._output, self._theme, self._window)
            self.sheet.open_wanted.connect(self.open_wanted)
        self.sheet.add(sources)
        self.sheet.show()
        self.sheet.raise_()
        self.sheet.prompt.setFocus()
