"""The line at the bottom: what is being done, how far it is, and the way to export."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.finding.lengths import under_way
from fastclip_desktop.gui.style import of_kind

_LEAST_PROGRESS, _MOST_PROGRESS = 64, 200


@dataclass(frozen=True, slots=True)
class JobLine:
    """What is being done, in one line.

    Attributes:
        count: jobs that have not ended, as a person counts them.
        words: what the first of them is at.
        fraction: how much of that one is done, 0..1.
        left: how long it still takes, in words; empty where nobody knows.
    """

    count: int
    words: str
    fraction: float
    left: str = ""


class JobBar(QFrame):
    """What is being done while something is, else how the last thing ended; the form of clips, and Export.

    Signals:
        jobs_wanted: the person wants to see all jobs, or to put them away.
        export_wanted: the person wants the ticked clips.
        output_wanted: the person wants to see in which form they are made.
        clips_wanted: the person wants to see what was made.
    """

    jobs_wanted = Signal()
    export_wanted = Signal()
    output_wanted = Signal()
    clips_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "bar").setProperty("edge", "top")
        self.setFixedHeight(tokens.BAR_HEIGHT - tokens.SMALL)
        self._outcome = ""
        self._has_clips = False
        self._line: JobLine | None = None
        self.jobs_button = of_kind(QPushButton(), "quiet")
        self.jobs_button.setToolTip(self.tr("What is being done and what was done (Ctrl+J)"))
        self.jobs_button.clicked.connect(self.jobs_wanted)
        self.words = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setMinimumWidth(_LEAST_PROGRESS)
        self.progress.setMaximumWidth(_MOST_PROGRESS)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.figures = of_kind(QLabel(), "muted")
        self.clips_button = of_kind(QPushButton(self.tr("Show clips")), "quiet")
        self.clips_button.setToolTip(self.tr("Show the clips of this source (Ctrl+3)"))
        self.clips_button.clicked.connect(self.clips_wanted)
        self.output_button = of_kind(QPushButton(), "quiet")
        self.output_button.setToolTip(self.tr("Format, quality, folder and names (Ctrl+Shift+E)"))
        self.output_button.clicked.connect(self.output_wanted)
        self.export_button = of_kind(QPushButton(), "small main")
        self.export_button.clicked.connect(self.export_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.MEDIUM, tokens.TIGHT, tokens.LARGE, tokens.TIGHT)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self.jobs_button)
        row.addWidget(self.words, 8)
        row.addWidget(self.progress, 4)
        row.addWidget(self.figures)
        row.addWidget(self.clips_button)
        row.addStretch(1)
        row.addWidget(self.output_button)
        row.addWidget(self.export_button)
        self.show_line(None)

    def show_export(self, count: int, *, output: str) -> None:
        """Offer to export so many clips in a form; without any there is nothing to offer."""
        self.export_button.setText(self.tr("Export %n clips", "", count))
        self.export_button.setToolTip(self.tr("Make every ticked clip (Ctrl+E)"))
        self.export_button.setVisible(count > 0)
        self.output_button.setText(output)

    def show_line(self, line: JobLine | None) -> None:
        """Show what is being done; ``None`` while nothing is."""
        self._line = line
        self.progress.setVisible(line is not None)
        self.figures.setVisible(line is not None)
        self.clips_button.setVisible(line is None and self._has_clips)
        self.jobs_button.setText(self.tr("Jobs") if line is None else self.tr("%n jobs", "", line.count))
        if line is None:
            self._write(self._outcome or self.tr("Ready"))
            return
        self._write(line.words)
        self.progress.setValue(round(line.fraction * 1000))
        percent = under_way(line.fraction)
        self.figures.setText(" · ".join(filter(None, (percent, line.left))))

    def _write(self, words: str) -> None:
        """Put words into the line, and what follows right behind them."""
        self.words.set_whole(words)
        self.words.setMaximumWidth(self.words.fontMetrics().horizontalAdvance(self.words.whole) + tokens.TIGHT)

    def say(self, outcome: str, *, has_clips: bool = False) -> None:
        """Say how the last thing ended, once nothing else is being done, and whether there are clips to be seen."""
        self._outcome = outcome
        self._has_clips = has_clips
        self.show_line(self._line)
