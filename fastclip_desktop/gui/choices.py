"""What the person has chosen: shown at once, and written down behind their back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.settings.preferences import Preferences, change_preferences


class Choices(QObject):
    """The preferences as the window goes by them.

    Signals:
        changed: the ``Preferences`` after a change.
        unsaved: the ``FastClipError`` for which a change holds only until the window closes.

    Args:
        lane: writes them down.
        folder: of settings.
        preferences: what stands there now.

    Attributes:
        now: the preferences as they are.
    """

    changed = Signal(object)
    unsaved = Signal(object)

    def __init__(self, lane: Lane, folder: Path, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lane = lane
        self.folder = folder
        self.now = preferences

    def change(self, **changes: object) -> None:
        """Change some preferences by their names; what changes nothing is not written."""
        changed = replace(self.now, **changes)  # type: ignore[arg-type]  # each has the type of its field
        if changed == self.now:
            return
        self.now = changed
        folder = self.folder
        self.lane.do(self, lambda: change_preferences(folder, **changes), failed=self.unsaved.emit)
        self.changed.emit(changed)
