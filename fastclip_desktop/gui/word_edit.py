"""An edit of what is said, which stands among those of the cuts in what can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from fastclip_desktop.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in a source.

    Attributes:
        transcript: its words.
        given: the subtitle file that a person gave for the source.
    """

    transcript: Transcript
    given: Path | None


class WordEdit(QUndoCommand):
    """From some words to others.

    Args:
        take: goes by words from then on.
        before: as they were.
        after: as they are to be.
        name: of the edit, for a person.
    """

    def __init__(self, take: Callable[[Said], None], before: Said, after: Said, name: str) -> None:
        super().__init__(name)
        self._take, self._before, self._after = take, before, after

    def redo(self) -> None:
        """Go by the other words."""
        self._take(self._after)

    def undo(self) -> None:
        """Go by the words before."""
        self._take(self._before)
