"""What was open before: known at once, kept behind the person's back, the same in all windows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.file_door import is_there
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.settings.recent import Recent, change_recent, read_recent, with_recent, without_recent

Change = Callable[[tuple[Recent, ...]], tuple[Recent, ...]]


class Recents(QObject):
    """The list, and which of its files are gone.

    Signals:
        changed: the list is another one, or other files of it are gone.

    Args:
        lane: reads and writes the file.
        folder: of settings.

    Attributes:
        items: the latest first.
        missing: the locations of the files that are not there.
    """

    changed = Signal()

    def __init__(self, lane: Lane, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._folder = folder
        self._asked = 0
        self._unsaved: list[Change] = []
        self.items: tuple[Recent, ...] = ()
        self.missing: frozenset[str] = frozenset()

    @Slot()
    def look(self) -> None:
        """Read the list, and see which of its files are there."""
        folder = self._folder

        def read() -> tuple[tuple[Recent, ...], frozenset[str]]:
            items = read_recent(folder)
            return items, frozenset(each.location for each in items if each.path and not is_there(each.path))

        self._asked += 1
        number = self._asked

        def take(known: tuple[tuple[Recent, ...], frozenset[str]]) -> None:
            if number == self._asked:  # else it was read before what has changed since
                items, missing = known
                self._know(_changed(items, self._unsaved), missing)

        self._lane.do(self, read, take)

    def remember(self, media: MediaFile) -> None:
        """A source was opened."""
        location = str(media.path.absolute()) if media.path is not None else media.page_url or media.source
        self.remember_as(Recent(location, media.title, time.time(), media.duration, picture=media.thumbnail))

    def remember_as(self, opened: Recent) -> None:
        """Something was opened."""
        self._change(lambda known: with_recent(known, opened))

    def forget(self, location: str) -> None:
        """Take one off the list."""
        self._change(lambda known: without_recent(known, location))

    def move(self, old: str, new: str) -> None:
        """A file was found at another place."""
        self._change(
            lambda known: tuple(
                replace(each, location=new) if each.location == old else each for each in without_recent(known, new)
            )
        )

    @Slot()
    def clear(self) -> None:
        """Forget everything."""
        self._change(lambda _: ())

    def _change(self, change: Change) -> None:
        folder = self._folder
        self._know(change(self.items), self.missing)
        # What cannot be written holds for as long as the program runs, and is tried again with the next change:
        # nothing that anybody has to be kept from work for.
        self._unsaved.append(change)
        unsaved = tuple(self._unsaved)

        def done(_: object) -> None:
            self._unsaved = [each for each in self._unsaved if each not in unsaved]

        self._lane.do(self, lambda: change_recent(folder, lambda known: _changed(known, unsaved)), done)
        self.look()

    def _know(self, items: tuple[Recent, ...], missing: frozenset[str]) -> None:
        if (items, missing) != (self.items, self.missing):
            self.items, self.missing = items, missing
            self.changed.emit()


def recents_of(choices: Choices) -> Recents:
    """The list that belongs to a program's choices; all of its windows share it."""
    return choices.findChild(Recents) or Recents(choices.lane, choices.folder, choices)


def _changed(known: tuple[Recent, ...], changes: Iterable[Change]) -> tuple[Recent, ...]:
    for change in changes:
        known = change(known)
    return known
