"""What mouse and keys need of the words that are shown."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, SignalInstance
from PySide6.QtWidgets import QScrollBar, QWidget

from fastclip_desktop.gui.transcript.choice import Choice
from fastclip_desktop.gui.transcript.script import Script, Spot


class Reader(Protocol):
    """The view, as mouse and keys know it; see :class:`~fastclip_desktop.gui.transcript.view.TranscriptView`."""

    script: Script
    seek_wanted: SignalInstance
    cut_wanted: SignalInstance
    edit_wanted: SignalInstance

    @property
    def choice(self) -> Choice | None:
        """The chosen words."""
        ...

    @property
    def cursor_spot(self) -> Spot | None:
        """The word at which the keyboard is."""
        ...

    def choose(self, anchor: Spot | None, cursor: Spot | None = None) -> None:
        """Choose the words from one to another, or none."""
        ...

    def choose_all(self) -> None:
        """Choose all there is."""
        ...

    def stand_at(self, spot: Spot) -> None:
        """Put the keyboard at a word without moving anything."""
        ...

    def move_to(self, spot: Spot) -> None:
        """Put the keyboard at a word, and bring it into sight."""
        ...

    def go_to(self, spot: Spot) -> None:
        """Have the playhead come to a word."""
        ...

    def reveal(self, spot: Spot) -> None:
        """Bring a word into sight."""
        ...

    def box_of(self, spot: Spot) -> QRectF:
        """Where a word is in the viewport."""
        ...

    def spot_near(self, place: QPointF) -> Spot | None:
        """The word nearest to a place in the viewport."""
        ...

    def is_right_to_left(self, number: int) -> bool:
        """Whether a paragraph is read from right to left."""
        ...

    def viewport(self) -> QWidget:
        """What the words are painted on."""
        ...

    def verticalScrollBar(self) -> QScrollBar:  # noqa: N802 - Qt's name
        """What scrolls them."""
        ...
