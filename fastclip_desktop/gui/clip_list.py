"""The clips of a source, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.clip_row import ClipRow
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_MOST = 60
"""Rows: older clips are counted only; the library has them all."""


class UndoBar(QFrame):
    """Says that something was removed, with the button that brings it back.

    Signals:
        undo_wanted: the last thing that was removed is to come back.
    """

    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "answer")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self.tr("Undo"))
        self.button.setToolTip(self.tr("Bring the clip back that was deleted last"))
        self.button.clicked.connect(self.undo_wanted)
        self._dismiss = QToolButton()
        self._dismiss.setToolTip(self.tr("Dismiss"))
        self._dismiss.setAccessibleName(self.tr("Dismiss"))
        self._dismiss.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.SMALL, tokens.SMALL)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        row.addWidget(self._dismiss)
        self.hide()

    def wear(self, palette: Palette) -> None:
        """Repaint the icon in a palette's colour."""
        self._dismiss.setIcon(icon("close", palette.muted, 14))


class ClipList(QWidget):
    """Rows of clips, or a word about what will stand here.

    Signals:
        open_wanted, reveal_wanted, copy_wanted, removal_wanted: what the person wants of the clip that comes with it.
    """

    open_wanted = Signal(object)
    reveal_wanted = Signal(object)
    copy_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Clips"))
        self.rows: list[ClipRow] = []
        self.undo_bar = UndoBar()
        self.fault = of_kind(QLabel(), "fault")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.hide()
        self._invitation = of_kind(QLabel(), "muted")
        self._invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._invitation.setWordWrap(True)
        self._further = of_kind(QLabel(), "caption")
        self._earlier = 0
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.SMALL)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, tokens.SMALL)
        outer.addLayout(self._column)
        outer.addWidget(self._further)
        outer.addWidget(self._invitation, 1)
        outer.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SMALL)
        whole.addWidget(self.undo_bar)
        whole.addWidget(self.fault)
        whole.addWidget(self.area, 1)
        self.show_clips(())

    def show_clips(self, clips: Sequence[Clip]) -> None:
        """Show these, which come newest first."""
        for row in self.rows:
            self._take_out(row)
        self.rows = []
        for clip in clips[:_MOST]:
            self._put(clip, len(self.rows))
        self._earlier = max(0, len(clips) - _MOST)
        self.say("")
        self._judge()

    def show_loading(self) -> None:
        """The clips of another source are being looked up."""
        self.show_clips(())
        self._invitation.setText(self.tr("Looking for clips of this source …"))

    def add(self, clip: Clip) -> None:
        """Show one more clip, or what became of one that stands here already."""
        row = self.row_of(clip.id)
        if row is not None:
            row.show_clip(clip)
            return
        newer = sum(row.clip.created > clip.created for row in self.rows)
        self._put(clip, newer)
        self._judge()

    def remove(self, clip_id: str) -> None:
        """Show a clip no longer; the keyboard goes to its neighbour."""
        row = self.row_of(clip_id)
        if row is None:
            return
        place = self.rows.index(row)
        had_focus = row.hasFocus() or any(child.hasFocus() for child in row.findChildren(QWidget))
        self.rows.remove(row)
        self._take_out(row)
        if had_focus and self.rows:
            self.rows[min(place, len(self.rows) - 1)].setFocus()
        self._judge()

    def row_of(self, clip_id: str) -> ClipRow | None:
        """The row of a clip."""
        return next((row for row in self.rows if row.clip.id == clip_id), None)

    def show_moments(self, job_id: str, moments: Sequence[Moment]) -> None:
        """Tell a job's clips which found moment each holds: the one that it overlaps most."""
        for row in self.rows:
            span = row.clip.span
            best = max(moments, key=lambda moment: span.overlap(moment.span), default=None)
            if row.clip.job == job_id and best is not None and span.overlap(best.span) > 0:
                row.show_words(best.excerpt, best.confidence)

    def say(self, sentence: str) -> None:
        """Say what went wrong with what was wanted of a clip; empty for nothing."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def wear(self, palette: Palette) -> None:
        """Repaint icons in a palette's colours."""
        self.undo_bar.wear(palette)

    def _put(self, clip: Clip, place: int) -> None:
        row = ClipRow(clip)
        row.open_wanted.connect(self.open_wanted)
        row.reveal_wanted.connect(self.reveal_wanted)
        row.copy_wanted.connect(self.copy_wanted)
        row.removal_wanted.connect(self.removal_wanted)
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)

    def _take_out(self, row: ClipRow) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _judge(self) -> None:
        self._invitation.setText(self.tr("The clips that are made of this source will stand here."))
        self._invitation.setVisible(not self.rows)
        self._further.setText(self.tr("%n earlier ones", "", self._earlier))
        self._further.setVisible(self._earlier > 0)
