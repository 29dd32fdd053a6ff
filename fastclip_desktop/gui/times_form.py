"""A clip by its start and end."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.timecode_edit import TimecodeEdit

_FIRST_LENGTH = Fraction(30)
"""Seconds of the range that a newly opened source proposes."""


class TimesForm(QWidget):
    """Two times that are judged as they are typed, and the length between them.

    Signals:
        changed: a time changed.
        submitted: Enter was pressed in a field.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.start, self.end = TimecodeEdit(), TimecodeEdit()
        self.verdict = of_kind(QLabel(), "caption")
        self.verdict.setWordWrap(True)
        self._duration: Fraction | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.MEDIUM)
        grid.setVerticalSpacing(tokens.TIGHT)
        tip = self.tr("[H:]MM:SS.mmm or seconds; Up and Down step by the digit under the cursor")
        for column, (name, field) in enumerate(((self.tr("&Start"), self.start), (self.tr("&End"), self.end))):
            label = of_kind(QLabel(name), "caption")
            label.setBuddy(field)
            field.setAccessibleName(name.replace("&", ""))
            field.setToolTip(tip)
            field.textChanged.connect(self._judge)
            field.returnPressed.connect(self.submitted)
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
        grid.addWidget(self.verdict, 2, 0, 1, 2)
        grid.setRowStretch(3, 1)
        self._judge()

    @property
    def is_ready(self) -> bool:
        """Whether the two times make a range."""
        try:
            self.span()
        except FastClipError:
            return False
        return True

    def span(self) -> TimeRange:
        """The range.

        Raises:
            UsageError: ``bad_time``: a field holds no time.
            InputError: ``bad_range`` or ``range_outside_source``.
        """
        span = TimeRange(self.start.seconds(), self.end.seconds())
        if self._duration and span.start >= self._duration:
            raise InputError(
                ErrorCode.RANGE_OUTSIDE_SOURCE,
                self.tr("The source is only {0} long.").format(format_timecode(self._duration)),
                self.tr("Choose an earlier start."),
            )
        return span

    def show_media(self, media: MediaFile) -> None:
        """Judge the times by a source, and propose a range where nothing was typed yet."""
        self._duration = media.duration
        if not self.start.text() and not self.end.text():
            self.start.set_seconds(Fraction(0))
            self.end.set_seconds(min(media.duration or _FIRST_LENGTH, _FIRST_LENGTH))
        self._judge()

    @Slot()
    def _judge(self) -> None:
        kind, words = "caption", self.tr("Times count from the first picture or sound.")
        if self.start.text() and self.end.text():
            try:
                span = self.span()
            except FastClipError as error:
                is_told_here = error.code is ErrorCode.RANGE_OUTSIDE_SOURCE
                kind, words = "fault", error.message if is_told_here else fault_words(error)[0]
            else:
                words = self.tr("{0} long").format(format_timecode(span.duration))
                if self._duration and span.end > self._duration:
                    words += " · " + self.tr("the source ends at {0}").format(format_timecode(self._duration))
        of_kind(self.verdict, kind).setText(words)
        self.changed.emit()
