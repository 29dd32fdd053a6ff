"""Deletes clips, and brings them back for as long as the program runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.library.page import LibraryPage
from fastclip_desktop.gui.library.words import ClipWords

_Outcome = tuple[tuple[Clip, ...], FastClipError | None]
"""The clips with which it went well, and why it did not with another one."""


class Removals(QObject):
    """Remembers what was deleted from this page, the latest last; what went together comes back together."""

    def __init__(self, bridge: EngineBridge, page: LibraryPage, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._page = page
        self._words = ClipWords(self)
        self._removed: list[tuple[Clip, ...]] = []

    def remove(self, clips: Sequence[Clip]) -> None:
        """Set clips aside; one that cannot be is said, and those before it are gone."""
        had_focus = self._page.grid.hasFocus()

        def work(engine: EnginePort) -> _Outcome:
            return _each(clips, lambda clip: engine.library.set_aside(clip.id))

        def done(outcome: _Outcome) -> None:
            removed, error = outcome
            if removed:
                self._removed.append(removed)
            if error is not None:
                self._page.notice.show_error(error)
            if had_focus:
                self._page.grid.choose_current()
            self._offer()

        self._bridge.ask(self, work, done, self._page.notice.show_error)

    @Slot()
    def undo(self) -> None:
        """Bring back what was deleted last."""
        if not self._removed:
            return
        clips = self._removed.pop()
        self._page.notice.clear()
        self._offer()

        def work(engine: EnginePort) -> _Outcome:
            return _each(tuple(reversed(clips)), lambda clip: engine.library.bring_back(clip.id))

        def done(outcome: _Outcome) -> None:
            if outcome[1] is not None:
                self._page.notice.show_error(outcome[1])

        self._bridge.ask(self, work, done, self._page.notice.show_error)

    def _offer(self) -> None:
        bar = self._page.undo_bar
        bar.setVisible(bool(self._removed))
        if self._removed:
            last = self._removed[-1]
            told = self.tr("%n clips were deleted.", "", len(last))
            bar.words.setText(self.tr("{0} was deleted.").format(self._words.name(last[0])) if len(last) == 1 else told)


def _each(clips: Sequence[Clip], work: Callable[[Clip], object]) -> _Outcome:
    done: list[Clip] = []
    for clip in clips:
        try:
            work(clip)
        except FastClipError as error:
            return tuple(done), error
        done.append(clip)
    return tuple(done), None
