"""The side panel: say what you want, look at what was found, take the clips."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.job import (
    DEFAULT_MAX_MOMENTS,
    DEFAULT_NAME_TEMPLATE,
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Destination,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import QUALITY_HEIGHTS, OutputFormat, OutputSpec
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.clip_list import ClipList
from fastclip_desktop.gui.cut_cards import CutCards
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.times_form import TimesForm

FIND, BY_TIMES, CLIPS, OUTPUT = range(4)
"""The panel's sides: two ways to say what is wanted, what was made, and how it is made."""

_FORMATS = (OutputFormat.MP4, OutputFormat.MP3, OutputFormat.GIF)
_COUNT_WIDTH = 68
_COUNTS = (1, 2, 3, DEFAULT_MAX_MOMENTS, 10, 20)


def default_folder() -> Path:
    """The ``FastClip`` folder among the person's videos, or in the home folder where there is no place for videos."""
    videos = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
    return (videos if videos.is_absolute() and videos.is_dir() else Path.home()) / "FastClip"


class RequestPanel(QFrame):
    """Two ways to say what is wanted, the cuts that come of it, the clips made of them, and in which form.

    Signals:
        find_wanted: moments are to be found and shown as cuts.
        span_wanted: the ``TimeRange`` of a cut that was typed.
        submitted: clips are to be made at once of what stands in the panel.
        output_changed: the format or the quality.
        folder_chosen: the ``Path`` of a folder that the person chose.
    """

    find_wanted = Signal()
    span_wanted = Signal(object)
    submitted = Signal()
    output_changed = Signal()
    folder_chosen = Signal(object)

    def __init__(self, history: CutHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "side")
        self.setFixedWidth(tokens.SIDE_WIDTH)
        self._has_source = False
        self._is_working = False
        self._way = FIND
        self._folder = default_folder()
        self._template = DEFAULT_NAME_TEMPLATE
        self.way = Segments(
            self.tr("What the panel shows"),
            (
                (self.tr("Find"), self.tr("Say in words what to look for (Ctrl+1)")),
                (self.tr("Times"), self.tr("Name the start and the end (Ctrl+2)")),
                (self.tr("Clips"), self.tr("The clips that were made (Ctrl+3)")),
                (self.tr("Output"), self.tr("Format, quality and folder (Ctrl+4)")),
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
        self.format = Segments(
            self.tr("Format"),
            (
                ("MP4", self.tr("Picture and sound, plays everywhere")),
                ("MP3", self.tr("Sound alone")),
                ("GIF", self.tr("A moving picture without sound, up to a minute")),
            ),
        )
        self.quality = QComboBox()
        self.quality.addItem(self.tr("As the source"), None)
        for name, height in QUALITY_HEIGHTS.items():
            if name == f"{height}p":
                self.quality.addItem(self.tr("Up to {0}").format(name), height)
        self.quality.setAccessibleName(self.tr("Quality"))
        self.quality.setToolTip(self.tr("The greatest height; nothing is enlarged"))
        self.folder_label = ElidedLabel(str(self._folder))
        self.folder_button = QPushButton(self.tr("Change …"))
        self.folder_button.setAccessibleName(self.tr("Change the folder for clips"))
        self.folder_button.clicked.connect(self.choose_folder)
        self.notice = Notice()
        self.cut_button = of_kind(QPushButton(), "small main")
        self.cut_button.clicked.connect(self._cut)
        self.main_button = QPushButton()
        self.main_button.clicked.connect(self._submit)
        self._lay_out()
        self.way.changed.connect(self._change_way)
        self.format.changed.connect(self._change_output)
        self.quality.currentIndexChanged.connect(self._change_output)
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

    def set_folder(self, folder: Path) -> None:
        """Put clips here from now on."""
        self._folder = folder
        self.folder_label.set_whole(str(folder))

    def set_template(self, template: str) -> None:
        """Call clips like this from now on."""
        self._template = template

    def request_for(self, source: str, transcript: Path | None = None) -> ClipRequest | AutoClipRequest:
        """What is asked for, of a source, by the words of a given caption file or else by its own.

        Raises:
            FastClipError: a time or the range doesn't stand.
        """
        if self._way == FIND:
            count: int = self.count.currentData()
            return AutoClipRequest(source, self.prompt.words, self._output, self._destination, transcript, count)
        return self.request_of(source, self.times.span())

    def request_of(self, source: str, span: TimeRange) -> ClipRequest:
        """One clip of a source in the chosen form."""
        return ClipRequest(source, span, self._output, self._destination)

    def question_for(self, source: str, transcript: Path | None = None) -> AnalyzeRequest:
        """The moments that are looked for, as :meth:`request_for`."""
        return AnalyzeRequest(source, (self.prompt.words,), transcript, self.count.currentData())

    @property
    def output_words(self) -> str:
        """Format and quality for a person."""
        name = self._format.upper()
        return f"{name} · {self.quality.currentText()}" if self._format.has_picture else name

    @Slot()
    def choose_folder(self) -> None:
        """Let the person choose the folder for clips."""
        nearest = self._folder if self._folder.is_dir() else self._folder.parent
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for clips"), str(nearest))
        if folder:
            self.set_folder(Path(folder))
            self.notice.clear()
            self.folder_chosen.emit(Path(folder))

    @property
    def _format(self) -> OutputFormat:
        return _FORMATS[self.format.index]

    @property
    def _output(self) -> OutputSpec:
        return OutputSpec(self._format, self.quality.currentData() if self._format.has_picture else None)

    @property
    def _destination(self) -> Destination:
        return Destination(self._folder, template=self._template)

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
        output = QVBoxLayout()
        output.setSpacing(tokens.SMALL)
        for name, widget in ((self.tr("Format"), self.format), (self.tr("Quality"), self.quality)):
            output.addWidget(of_kind(QLabel(name), "caption"))
            output.addWidget(widget)
        output.addWidget(of_kind(QLabel(self.tr("Folder for clips")), "caption"))
        folder = QHBoxLayout()
        folder.setSpacing(tokens.SMALL)
        folder.addWidget(self.folder_label, 1)
        folder.addWidget(self.folder_button)
        output.addLayout(folder)
        clips = QWidget()
        around = QVBoxLayout(clips)
        around.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, 0)
        around.addWidget(self.clips)
        for page in (_scrolled(cutting), clips, _scrolled(output)):
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
    def _change_output(self) -> None:
        self.quality.setEnabled(self._format.has_picture)
        self.output_changed.emit()

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
