"""What keys and menus do to what is said."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from fastclip_desktop.gui.commands import Command, Group
from fastclip_desktop.gui.transcript_desk import TranscriptDesk


class TranscriptCommands(QObject):
    """The commands of the words.

    Args:
        desk: has the words.
        show: brings their tab to the front.
        parent: lives as long.
    """

    def __init__(self, desk: TranscriptDesk, show: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._show = show

    def all(self) -> tuple[Command, ...]:
        """Every one of them."""
        return (
            Command(
                "view.search_text",
                self.tr("Search in the text"),
                ("Ctrl+F",),
                self._search,
                Group.VIEW,
                needs_source=True,
                fields_keep=False,
            ),
            Command(
                "clip.words",
                self.tr("Make a clip of the chosen words"),
                (),  # with the keyboard at the words it is Enter or C
                self._cut,
                Group.CLIP,
                needs_source=True,
            ),
        )

    def _cut(self) -> None:
        self._desk.pane.make_clip()

    def _search(self) -> None:
        self._show()
        self._desk.pane.search()
