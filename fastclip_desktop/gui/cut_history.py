"""The cuts that a person works on, and everything that they can take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.cuts import Cuts


class _Edit(QUndoCommand):
    """From some cuts to others."""

    def __init__(self, history: CutHistory, before: Cuts, after: Cuts, name: str) -> None:
        super().__init__(name)
        self._history, self._before, self._after = history, before, after

    def redo(self) -> None:
        self._history.show(self._after)

    def undo(self) -> None:
        self._history.show(self._before)


class CutHistory(QObject):
    """Cuts as values, one after the other.

    Signals:
        changed: the cuts as they are now, whether edited, undone or redone.

    Attributes:
        said: what is said in a span, as far as the words are known; by it a found cut whose edges move goes on to quote
            what it holds.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self._cuts: Cuts = ()
        self.said: Callable[[TimeRange], str] = lambda _: ""

    @property
    def cuts(self) -> Cuts:
        """As they are now."""
        return self._cuts

    @property
    def ticked(self) -> Cuts:
        """Those that are exported."""
        return tuple(cut for cut in self._cuts if cut.ticked)

    def edit(self, cuts: Cuts, name: str) -> bool:
        """Change the cuts by an edit of a name, and give whether there is anything to undo."""
        if cuts == self._cuts:
            return False
        self.stack.push(_Edit(self, self._cuts, self._retold(cuts), name))
        return True

    def _retold(self, cuts: Cuts) -> Cuts:
        return tuple(
            replace(cut, excerpt=self.said(cut.span)) if cut.query and not cut.excerpt else cut for cut in cuts
        )

    def undo(self) -> None:
        """Take the last edit back."""
        self.stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self.stack.redo()

    def begin(self, cuts: Cuts = ()) -> None:
        """Begin anew with the cuts of another source, with nothing to take back."""
        self.stack.clear()
        self.show(cuts)

    def show(self, cuts: Cuts) -> None:
        """Take cuts as they are now; for the edits of the history itself."""
        self._cuts = cuts
        self.changed.emit(cuts)
