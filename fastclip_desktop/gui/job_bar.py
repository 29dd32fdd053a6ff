"""The line at the bottom: what is being done, how far it is, the way to stop it, and the way to export."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.style import of_kind

_SOONEST_GUESS = 2.0
"""Seconds before which the time left is anybody's guess."""


def time_left(elapsed: float, fraction: float) -> float | None:
    """The seconds that a stage will still take at its pace so far; ``None`` while that is no better than a guess."""
    return elapsed * (1 - fraction) / fraction if elapsed >= _SOONEST_GUESS and fraction >= 0.05 else None


def clock(seconds: float) -> str:
    """Whole seconds as ``M:SS`` or ``H:MM:SS``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


class JobBar(QFrame):
    """Stage, progress, time and Cancel while a job runs; its outcome in one sentence afterwards; Export.

    Signals:
        cancelled: the person wants the job stopped.
        export_wanted: the person wants the ticked clips.
        output_wanted: the person wants to see in which form they are made.
    """

    cancelled = Signal()
    export_wanted = Signal()
    output_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "bar").setProperty("edge", "top")
        self.setFixedHeight(tokens.BAR_HEIGHT - tokens.SMALL)
        self.words = QLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(240)
        self.progress.setAccessibleName(self.tr("Progress of this stage"))
        self._figures = of_kind(QLabel(), "muted")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Stop the work; clips that are done stay (Esc)"))
        self.cancel_button.clicked.connect(self.cancelled)
        self.output_button = of_kind(QPushButton(), "quiet")
        self.output_button.setToolTip(self.tr("Format, quality, folder and names (Ctrl+Shift+E)"))
        self.output_button.clicked.connect(self.output_wanted)
        self.export_button = of_kind(QPushButton(), "small main")
        self.export_button.clicked.connect(self.export_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.LARGE, tokens.TIGHT, tokens.LARGE, tokens.TIGHT)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self.words)
        row.addWidget(self.progress)
        row.addWidget(self._figures)
        row.addStretch()
        row.addWidget(self.cancel_button)
        row.addWidget(self.output_button)
        row.addWidget(self.export_button)
        self._as_one = False
        self._stage = ""
        self._fraction = 0.0
        self._since_start = QElapsedTimer()
        self._since_stage = QElapsedTimer()
        self._ticks = QTimer(self)
        self._ticks.setInterval(1000)
        self._ticks.timeout.connect(self._write_figures)
        self.rest(self.tr("Ready"))

    @property
    def elapsed(self) -> float:
        """Seconds since the job began."""
        return self._since_start.elapsed() / 1000

    def show_export(self, count: int, *, output: str, working: bool) -> None:
        """Offer to export so many clips in a form; without any there is nothing to offer."""
        self.export_button.setText(
            self.tr("Export one clip") if count == 1 else self.tr("Export {0} clips").format(count)
        )
        self.output_button.setText(output)
        self.export_button.setVisible(count > 0)
        self.export_button.setEnabled(not working)
        busy = self.tr("One job at a time: this one can be sent off when the work on the left is done")
        self.export_button.setToolTip(busy if working else self.tr("Make every ticked clip (Ctrl+E)"))

    def begin(self, *, as_one: bool = False) -> None:
        """A job was sent off; as one if its fractions are those of the whole, whatever the stages are called."""
        self._as_one = as_one
        self._since_start.start()
        self._ticks.start()
        self.cancel_button.setEnabled(True)
        for widget in (self.progress, self._figures, self.cancel_button):
            widget.show()
        self._stage = ""
        self.advance(self.tr("Starting"), 0.0)

    def advance(self, stage: str, fraction: float) -> None:
        """Show a stage and how much of it is done, 0..1."""
        if stage != self._stage:
            if not (self._stage and self._as_one):
                self._since_stage.start()
            self._stage = stage
            self.words.setText(stage)
        self._fraction = fraction
        self.progress.setValue(round(fraction * 1000))
        self._write_figures()

    def stopping(self) -> None:
        """Cancel was pressed, the work has not stopped yet."""
        self.cancel_button.setEnabled(False)
        self.words.setText(self.tr("Stopping"))

    def rest(self, outcome: str) -> None:
        """No job runs; say how the last one ended."""
        self._ticks.stop()
        for widget in (self.progress, self._figures, self.cancel_button):
            widget.hide()
        self.words.setText(outcome)

    @Slot()
    def _write_figures(self) -> None:
        figures = [f"{int(self._fraction * 100)} %", clock(self.elapsed)]
        left = time_left(self._since_stage.elapsed() / 1000, self._fraction)
        if left is not None:
            figures.append(self.tr("{0} left").format(clock(left + 0.5)))
        self._figures.setText(" · ".join(figures))
