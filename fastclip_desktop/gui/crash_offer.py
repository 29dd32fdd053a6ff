"""Says at the start that the window ended against its will last time, and offers what is known of it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from fastclip_desktop.diagnostics.crashes import CrashReport, Watch
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.window import Window


class CrashOffer(QObject):
    """Speaks of a crash once; ``fastclip doctor --report`` prints its report later.

    Args:
        lane: does what reads files.
        window: where it is said; it keeps this.
        watch: knows the reports.
    """

    def __init__(self, lane: Lane, window: Window, watch: Watch) -> None:
        super().__init__(window)
        self._lane = lane
        self._window = window
        self._watch = watch

    def look(self) -> None:
        """Look for reports of windows that nobody was told of, and say so if there is one."""
        self._lane.do(self, self._find, self._tell)

    def _find(self) -> tuple[CrashReport, str] | None:  # on the lane
        found = [report for report in self._watch.gather() if report.program == self._watch.program]
        if not found:
            return None
        newest, *_ = [report.mark_read() for report in found]
        return newest, newest.text

    def _tell(self, found: tuple[CrashReport, str] | None) -> None:
        if found is None:
            return
        report, text = found

        def show() -> None:
            from fastclip_desktop.gui.crash_sheet import CrashSheet  # seldom needed

            CrashSheet(self._lane, report, text, self._window).open()

        if report.ended:
            message = self.tr("FastClip ended unexpectedly last time.")
        else:
            message = self.tr("Something in FastClip failed last time.")
        hint = self.tr("What happened was written down on this machine. Nothing was sent.")
        self._window.source_notice.show_answer(message, hint, Remedy(self.tr("Show report"), show))
