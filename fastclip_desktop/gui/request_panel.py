"""The side panel: say what you want, look at what was found, take the clips."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.job import DEFAULT_MAX_MOMENTS, AnalyzeRequest, AutoClipRequest, ClipRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.clip_list import ClipList
from fastclip_desktop.gui.cut_cards import CutCards
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.export.output_choice import OutputChoice
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.times_form import TimesForm

FIND, BY_TIMES, CLIPS = range(3)
"""The panel's sides: two ways to say what is wanted, and what was made."""

_COUNT_WIDTH = 68
_COUNTS = (1, 2, 3, DEFAULT_MAX_MOMENTS, 10, 20)


class RequestPanel(QFrame):
    """Two ways to say what is wanted, the cuts that come of it, and the clips made of them.

    Signals:
        find_wanted: moments are to be found and shown as cuts.
        span_wanted: the ``TimeRange`` of a cut that was typed.
        submitted: clips are to be made at once of what stands in the panel.
    """

    find_wanted = Signal()
    span_wanted = Signal(object)
    submitted = Signal()

    def __init__(self, history: CutHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "side")
        self.setFixedWidth(tokens.SIDE_WIDTH)
        self._has_source = False
        self._is_working = False
        self._way = FIND
        self.way = Segments(
            self.tr("What the panel shows"),
            (
                (self.tr("Find"), self.tr("Say in words what to look for (Ctrl+1)")),
                (self.tr("Times"), self.tr("Name the start and the end (Ctrl+2)")),
                (self.tr("Clips"), self.tr("The clips that were made (Ctrl+3)")),
            ),
        )
        self.prompt = PromptBox()
        self.count = QComboBox()
        for number in _COUNTS:
            self.count.addItem(str(number), number)
        self.count.setCurrentIndex(_COUNTS.index(DEFAULT_MAX_MOMENTS))
        self.count.setAccessibleName(self.tr("Most moments"))
        self.times = TimesForm()
        self.cards = CutCards(history)
        self.clips = ClipList()
        self._pages = QStackedWidget()
        self.notice = Notice()
        self.cut_button = of_kind(QPushButton(), "small main")
        self.cut_button.clicked.connect(self._cut)
        self.main_button = QPushButton()
        self.main_button.clicked.connect(self._submit)
        self._lay_out()
        self.way.changed.connect(self._change_way)
        self.prompt.textChanged.connect(self._judge)
        self.prompt.submitted.connect(self._cut)
        self.times.changed.connect(self._judge)
        self.times.submitted.connect(self._cut)
        self._change_way(FIND)

    def show_media(self, media: MediaFile | None) -> None:
        """Take a source as the one to clip from; without one nothing can be sent off."""
        self._has_source = media is not None
        if media is not None:
            self.times.show_media(media)
        self._judge()

    def show_working(self, *, working: bool) -> None:
        """While a job runs the next one can be prepared, not sent off."""
        self._is_working = working
        self._judge()

    def request_for(
        self, source: str, choice: OutputChoice, transcript: Path | None = None
    ) -> ClipRequest | AutoClipRequest:
        """What is asked for, of a source in a form, by the words of a given caption file or else by its own.

        Raises:
            FastClipError: a time or the range doesn't stand.
        """
        if self._way == FIND:
            count: int = self.count.currentData()
            return AutoClipRequest(source, self.prompt.words, choice.spec, choice.destination, transcript, count)
        return choice.request_of(source, self.times.span())

    def question_for(self, source: str, transcript: Path | None = None) -> AnalyzeRequest:
        """The moments that are looked for, as :meth:`request_for`."""
        return AnalyzeRequest(source, (self.prompt.words,), transcript, self.count.currentData())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SMALL)
        buttons.addWidget(self.cut_button, 1)
        buttons.addWidget(self.main_button, 1)
        self.count.setFixedWidth(_COUNT_WIDTH)
        self.count.setToolTip(self.tr("Most moments"))
        buttons.addWidget(self.count)
        cutting = QVBoxLayout()
        cutting.setSpacing(tokens.SMALL)
        cutting.addWidget(self.prompt)
        cutting.addWidget(self.times)
        cutting.addLayout(buttons)
        cutting.addSpacing(tokens.TIGHT)
        cutting.addWidget(self.cards)
        clips = QWidget()
        around = QVBoxLayout(clips)
        around.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, 0)
        around.addWidget(self.clips)
        for page in (_scrolled(cutting), clips):
            self._pages.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, 0)
        head.addWidget(self.way)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.MEDIUM)
        foot.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        column.addLayout(foot)

    @Slot(int)
    def _change_way(self, way: int) -> None:
        self._pages.setCurrentIndex(max(0, way - BY_TIMES))
        if way in (FIND, BY_TIMES):
            self._way = way
            self.prompt.setVisible(way == FIND)
            self.times.setVisible(way == BY_TIMES)
            self.count.setVisible(way == FIND)
            self.cut_button.setText(self.tr("Find") if way == FIND else self.tr("Mark the clip"))
            self.main_button.setText(self.tr("Find and clip") if way == FIND else self.tr("Make the clip"))
        self._judge()

    @Slot()
    def _judge(self) -> None:
        missing = ""
        if not self._has_source:
            missing = self.tr("Open a link or a file first")
        elif self._way == FIND and not self.prompt.words:
            missing = self.tr("Say what to look for first")
        elif self._way == BY_TIMES and not self.times.is_ready:
            missing = self.tr("Give a start and an end first")
        busy = self.tr("One job at a time: this one can be sent off when the work below is done")
        waits = missing or (busy if self._is_working else "")
        if self._way == FIND:
            cut_tip = waits or self.tr("Show the moments on the timeline (Enter)")
        else:
            cut_tip = missing or self.tr("Put the clip on the timeline (Enter)")
        self.cut_button.setEnabled(not (waits if self._way == FIND else missing))
        self.cut_button.setToolTip(cut_tip)
        self.main_button.setEnabled(not waits)
        self.main_button.setToolTip(waits or self.tr("Make the clips at once"))

    @Slot()
    def _cut(self) -> None:
        if not self.cut_button.isEnabled():
            return
        if self._way == FIND:
            self.find_wanted.emit()
        else:
            self.span_wanted.emit(self.times.span())

    @Slot()
    def _submit(self) -> None:
        if self.main_button.isEnabled():
            self.submitted.emit()


def _scrolled(column: QVBoxLayout) -> QScrollArea:
    content = QWidget()
    outer = QVBoxLayout(content)
    outer.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.SMALL)
    outer.setSpacing(0)
    outer.addLayout(column)
    outer.addStretch()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area
