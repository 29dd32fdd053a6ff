"""The clips that were made, each with what it holds and how it was made."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QProcess, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.excerpts import as_tip, quoted
from fastclip_desktop.gui.style import of_kind

_NO_BREAK = "\N{NO-BREAK SPACE}"


class ClipRow(QFrame):
    """One clip: name, span, size, receipt; for a found moment its words and how sure the search is."""

    def __init__(self, clip: Clip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "cut")
        self.clip = clip
        self.setAccessibleName(clip.path.name)
        self.name = of_kind(ElidedLabel(clip.path.name), "name")
        self.confidence = of_kind(QLabel(), "badge")
        self.excerpt = _wrapped(QLabel())
        self.facts = of_kind(
            _wrapped(QLabel(f"{_NO_BREAK}· ".join(fact.replace(" ", _NO_BREAK) for fact in self._facts()))), "muted"
        )
        self.notes = of_kind(_wrapped(QLabel("\n".join(clip.receipt.notes))), "note")
        self.notes.setVisible(bool(clip.receipt.notes))
        self.fault = of_kind(_wrapped(QLabel()), "fault")
        for widget in (self.confidence, self.excerpt, self.fault):
            widget.hide()
        open_button = QPushButton(self.tr("Open"))
        open_button.setAccessibleName(self.tr("Open {0}").format(clip.path.name))
        open_button.clicked.connect(self._open)
        folder_button = QPushButton(self.tr("Show in folder"))
        folder_button.setAccessibleName(self.tr("Show {0} in its folder").format(clip.path.name))
        folder_button.clicked.connect(self._show_in_folder)
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.confidence)
        words = QVBoxLayout()
        words.setSpacing(tokens.TIGHT)
        words.addLayout(head)
        for widget in (self.excerpt, self.facts, self.notes, self.fault):
            words.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SMALL)
        buttons.addWidget(open_button)
        buttons.addWidget(folder_button)
        buttons.addStretch()
        words.addSpacing(tokens.TIGHT)
        words.addLayout(buttons)
        words.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        self.setLayout(words)

    def show_moment(self, moment: Moment) -> None:
        """Show the words that were found and the confidence."""
        percent = f"{round(moment.confidence * 100)} %"
        self.confidence.setText(percent)
        self.confidence.setToolTip(self.tr("How well the words match what you asked for"))
        self.confidence.setAccessibleName(self.tr("Confidence {0}").format(percent))
        self.confidence.show()
        self.excerpt.setText(quoted(moment.excerpt))
        self.excerpt.setToolTip(as_tip(moment.excerpt))
        self.excerpt.show()

    def _facts(self) -> list[str]:
        clip = self.clip
        facts = [
            f"{format_timecode(clip.span.start)} – {format_timecode(clip.span.end)}",
            self.tr("{0} long").format(format_timecode(clip.duration)),
            QLocale().formattedDataSize(clip.file_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
        ]
        if clip.height:
            facts.append(f"{clip.width} × {clip.height}")
        if clip.receipt.frames:
            facts.append(self.tr("{0} frames").format(clip.receipt.frames))
        methods = {
            "reencoded": self.tr("encoded anew"),
            "smart": self.tr("copied, its edges encoded anew"),
            "copied": self.tr("copied as it is"),
        }
        facts.append(methods.get(clip.receipt.method, clip.receipt.method))
        return facts

    @Slot()
    def _open(self) -> None:
        if self._is_there() and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.clip.path))):
            self._say(self.tr("No program on this machine opens {0}.").format(self.clip.path.name))

    @Slot()
    def _show_in_folder(self) -> None:
        if self._is_there() and not show_in_folder(self.clip.path):
            self._say(self.tr("The folder {0} can't be shown.").format(self.clip.path.parent))

    def _is_there(self) -> bool:
        self.fault.hide()
        if self.clip.path.exists():
            return True
        self._say(self.tr("{0} is no longer there: it was moved or deleted.").format(self.clip.path))
        return False

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()


class ClipList(QScrollArea):
    """Rows of clips in the order they were made, or a word about what will stand here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Clips"))
        self._invitation = of_kind(QLabel(self.tr("The clips that are made will stand here.")), "muted")
        self._invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._invitation.setWordWrap(True)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.SMALL)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._column)
        outer.addWidget(self._invitation, 1)
        outer.addStretch()
        self.setWidget(content)
        # A new row has its height, and the bar its range, only once the layout has run, perhaps in several steps.
        self.verticalScrollBar().rangeChanged.connect(self._stay_at_end)
        self.verticalScrollBar().valueChanged.connect(self._see_where)
        self._is_at_end = True
        self._job_rows: list[ClipRow] = []
        self.rows: list[ClipRow] = []

    def begin_job(self) -> None:
        """What is added from now on belongs to a new job."""
        self._job_rows = []

    def add(self, clip: Clip) -> None:
        """Show one more clip."""
        self._invitation.hide()
        row = ClipRow(clip)
        self.rows.append(row)
        self._job_rows.append(row)
        self._column.addWidget(row)
        self._is_at_end = True

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Tell the current job's clips which found moment each holds: the one that it overlaps most."""
        for row in self._job_rows:
            span = row.clip.span
            best = max(moments, key=lambda moment: span.overlap(moment.span), default=None)
            if best is not None and span.overlap(best.span) > 0:
                row.show_moment(best)

    @Slot(int, int)
    def _stay_at_end(self, _lowest: int, highest: int) -> None:
        if self._is_at_end:
            self.verticalScrollBar().setValue(highest)

    @Slot(int)
    def _see_where(self, value: int) -> None:
        self._is_at_end = value == self.verticalScrollBar().maximum()


def show_in_folder(path: Path) -> bool:
    """Open the system's file browser at a file: with the file selected where it can, else at its folder."""
    if sys.platform == "win32":
        return bool(QProcess.startDetached("explorer", ["/select,", str(path)])[0])
    if sys.platform == "darwin":
        return bool(QProcess.startDetached("open", ["-R", str(path)])[0])
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
