"""All jobs that the program knows of, in a list above the bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.jobs.row import Figures, JobRow
from fastclip_desktop.gui.jobs.words import JobWords
from fastclip_desktop.gui.style import of_kind

_WIDTH = 480
_MOST = 40
"""Rows: what ended before that is counted only."""


class JobsPanel(QWidget):
    """What is under way, then what waits, then what ended.

    Signals:
        wanted: an :class:`~fastclip_desktop.gui.jobs.row.Act`, and the id of the group that it is wanted of.
        clearing_wanted: what has ended is to be shown no longer.
    """

    wanted = Signal(object, str)
    clearing_wanted = Signal()

    def __init__(self, words: JobWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._words = words
        self.rows: dict[str, JobRow] = {}
        heading = of_kind(QLabel(self.tr("Jobs")), "lead")
        self.clear_button = of_kind(QPushButton(self.tr("Clear what has ended")), "quiet")
        self.clear_button.setToolTip(self.tr("Show it here no longer; clips stay where they are"))
        self.clear_button.clicked.connect(self.clearing_wanted)
        self.invitation = of_kind(QLabel(self.tr("Nothing is being done. Exports and searches stand here.")), "muted")
        self.invitation.setWordWrap(True)
        self.invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notice = of_kind(QLabel(), "fault")
        self.notice.setWordWrap(True)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.hide()
        self.further = of_kind(QLabel(), "caption")
        foot = QHBoxLayout()
        foot.addWidget(self.further, 1)
        foot.addWidget(self.clear_button)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(tokens.SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        column.setSpacing(tokens.SMALL)
        column.addWidget(heading)
        column.addWidget(self.notice)
        column.addWidget(self.invitation)
        column.addLayout(self._rows)
        column.addLayout(foot)
        column.addStretch()

    def show_groups(self, groups: Sequence[JobGroup], figures: Callable[[JobGroup], Figures]) -> None:
        """Show these, in their order.

        Args:
            groups: what there is.
            figures: what more is known of each; asked for those that are shown.
        """
        shown = groups[:_MOST]
        wanted = {group.id for group in shown}
        for group_id in [group_id for group_id in self.rows if group_id not in wanted]:
            row = self.rows.pop(group_id)
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, group in enumerate(shown):
            row = self.rows.get(group.id) or self._new_row(group.id)
            if row.group != group or group.is_open:
                row.show_group(group, figures(group))
            if self._rows.indexOf(row) != place:
                self._rows.removeWidget(row)
                self._rows.insertWidget(place, row)
                row.show()
        self.invitation.setVisible(not groups)
        self.clear_button.setVisible(any(not group.is_open for group in groups))
        self.further.setText(self.tr("%n earlier ones", "", len(groups) - len(shown)))
        self.further.setVisible(len(groups) > len(shown))

    def say(self, sentence: str) -> None:
        """Say what went wrong with what was wanted here; empty for nothing."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _new_row(self, group_id: str) -> JobRow:
        self.rows[group_id] = row = JobRow(self._words)
        row.wanted.connect(self.wanted)
        return row
