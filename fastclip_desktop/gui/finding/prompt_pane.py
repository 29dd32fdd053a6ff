"""Where one says what to find: the prompt, what is being done about it, and what holds the words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.job import MOST_MOMENTS
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.finding.quick_hits import QuickHits
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_COUNTS = (1, 3, 5, 10, 20)
_FINE = 1000


class PromptPane(QWidget):
    """The prompt and what belongs to it.

    Signals:
        find_wanted: what stands in the prompt is to be found.
        stop_wanted: the search under way is to end.
        typed: the words as far as they were typed, on one line.
    """

    find_wanted = Signal()
    stop_wanted = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_source = False
        self._is_finding = False
        self._has_room = True
        self._hits: tuple[MarkedMoment, ...] = ()
        self.prompt = PromptBox()
        self.status = of_kind(ElidedLabel(), "caption")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How far the search is"))
        self.count = QComboBox()
        self.count.addItem(self.tr("Auto"), None)
        for number in _COUNTS:
            self.count.addItem(self.tr("Up to {0}").format(number), number)
        self.count.addItem(self.tr("Every one"), MOST_MOMENTS)
        self.count.setAccessibleName(self.tr("How many moments"))
        self.count.setToolTip(self.tr("How many moments; “Auto” goes by your words, as in “every time she laughs”"))
        self.find_button = of_kind(QPushButton(self.tr("Find")), "small main")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop the search (Esc)"))
        self.hits = QuickHits()
        self._lay_out()
        self.prompt.submitted.connect(self._find)
        self.find_button.clicked.connect(self._find)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.prompt.textChanged.connect(self._change)
        self.show_source(is_open=False)
        self.rest("")

    def show_source(self, *, is_open: bool) -> None:
        """Let things be found, or wait for a source."""
        self._has_source = is_open
        self._judge()

    def show_stage(self, stage: str, fraction: float | None) -> None:
        """Say what the search does just now.

        Args:
            stage: for a person.
            fraction: how much of it is done, 0..1; ``None`` where nobody knows.
        """
        if not self._is_finding:
            self._is_finding = True
            self._show_stop()
        self.status.set_whole(stage)
        self.progress.setRange(0, 0 if fraction is None else _FINE)
        if fraction is not None:
            self.progress.setValue(round(fraction * _FINE))

    def rest(self, outcome: str) -> None:
        """Say how the search ended."""
        self._is_finding = False
        self._show_stop()
        self.status.set_whole(outcome)

    def show_hits(self, hits: tuple[MarkedMoment, ...]) -> None:
        """Show what holds the words so far."""
        self._hits = hits
        self.hits.show_hits(hits)
        self._judge()

    def give_room(self, *, roomy: bool) -> None:
        """Show what belongs to the prompt, or leave the room to others; Enter finds all the same."""
        self._has_room = roomy
        self._judge()

    def take(self, words: str) -> None:
        """Have words stand in the prompt."""
        self.prompt.say(words)
        self.prompt.setFocus()

    def wear(self, palette: Palette) -> None:
        """Paint the icons in a palette's colour."""
        self.hits.wear(palette)

    @property
    def most(self) -> int | None:
        """How many moments are wanted at most; ``None`` for as many as the words ask for."""
        chosen: int | None = self.count.currentData()
        return chosen

    @Slot(str)
    def look_for(self, phrase: str) -> None:
        """Look for a phrase."""
        self.take(phrase)
        self._find()

    @Slot()
    def _find(self) -> None:
        if self.find_button.isEnabled():
            self.find_wanted.emit()

    @Slot()
    def _change(self) -> None:
        self.status.set_whole("")
        self.typed.emit(self.prompt.words if self._has_source else "")
        self._judge()

    def _show_stop(self) -> None:
        self.progress.setVisible(self._is_finding)
        self.stop_button.setVisible(self._is_finding)
        self._judge()

    def _judge(self) -> None:
        words = self.prompt.words
        missing = ""
        if not self._has_source:
            missing = self.tr("Open a link or a file first")
        elif not words:
            missing = self.tr("Say what to look for first")
        self.find_button.setEnabled(not missing)
        self.find_button.setToolTip(missing or self.tr("Show the moments on the timeline (Enter)"))
        for widget in (self.find_button, self.count):
            widget.setVisible(self._has_room and not self._is_finding)
        self.status.setVisible(self._has_room or self._is_finding)
        self.hits.setVisible(bool(self._hits) and bool(words) and not self._is_finding)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.status, 1)
        for widget in (self.count, self.find_button, self.stop_button):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.prompt)
        column.addLayout(row)
        column.addWidget(self.progress)
        column.addWidget(self.hits)
        self.setSizePolicy(self.sizePolicy().horizontalPolicy(), self.sizePolicy().Policy.Fixed)
        self.setTabOrder(self.prompt, self.find_button)
        self.find_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
