"""An error or an answer, standing where it happened until it is dealt with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, NothingFound
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind, restyle
from fastclip_desktop.gui.tokens import Palette


@dataclass(frozen=True, slots=True)
class Remedy:
    """The button that mends an error."""

    label: str
    act: Callable[[], None]


class Notice(QFrame):
    """One sentence, the way out, the button that mends it, and a cross; hidden while there is nothing to say.

    Args:
        parent: as for every widget.
        wide: the button stands behind the words and not below them, where there is more width than height.
    """

    def __init__(self, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._act: Callable[[], None] | None = None
        self._message = of_kind(QLabel(), "name")
        self._hint = QLabel()
        for label in (self._message, self._hint):
            label.setWordWrap(True)
            # Messages carry file names and titles: text that strangers wrote must never be read as markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._remedy = QPushButton()
        self._remedy.clicked.connect(self._mend)
        self._below = QHBoxLayout()
        self._below.setContentsMargins(0, 0, 0, 0)
        self._dismiss = QToolButton()
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(tokens.TIGHT)
        for widget in (self._message, self._hint):
            words.addWidget(widget)
        if not wide:
            self._below.addWidget(self._remedy)
            self._below.addStretch()
            words.addLayout(self._below)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        row.addLayout(words, 1)
        if wide:
            row.addWidget(self._remedy)
        row.addWidget(self._dismiss, alignment=Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty while hidden."""
        return f"{self._message.text()} {self._hint.text()}".strip() if not self.isHidden() else ""

    def show_error(self, error: FastClipError, remedy: Remedy | None = None) -> None:
        """Say what happened; that nothing was found is an answer and doesn't look like a fault."""
        message, hint = fault_words(error, self._window_hint(error))
        self._say(message, hint, "answer" if isinstance(error, NothingFound) else "notice")
        self._offer(remedy)

    def show_answer(self, message: str, hint: str, remedy: Remedy | None = None) -> None:
        """Say something that is no fault."""
        self._say(message, hint, "answer")
        self._offer(remedy)

    def clear(self) -> None:
        """Say nothing."""
        self.hide()

    def wear(self, palette: Palette) -> None:
        """Repaint the icon in a palette's colour."""
        self._dismiss.setIcon(icon("close", palette.muted, 14))

    def _say(self, message: str, hint: str, kind: str) -> None:
        of_kind(self, kind)
        # A label keeps the colours of its old surroundings until it is looked at again.
        restyle(self._message)
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(message)
        self.show()

    def _offer(self, remedy: Remedy | None) -> None:
        self._act = remedy.act if remedy else None
        self._remedy.setText(remedy.label if remedy else "")
        self._remedy.setVisible(remedy is not None)
        self._below.setContentsMargins(0, tokens.TIGHT if remedy else 0, 0, 0)

    def _mend(self) -> None:
        self.clear()
        if self._act is not None:
            self._act()

    def _window_hint(self, error: FastClipError) -> str:
        """The hint as it holds for the window, where the engine's own speaks of the command line."""
        if error.code is ErrorCode.NO_TRANSCRIPT:
            return self.tr("Drop an .srt or .vtt file on the window, or cut by times.")
        return error.hint
