"""The side panel: say what you want, in which form, and where to put it."""

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
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.job import (
    DEFAULT_MAX_MOMENTS,
    DEFAULT_NAME_TEMPLATE,
    AutoClipRequest,
    ClipRequest,
    Destination,
)
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timeline import QUALITY_HEIGHTS, OutputFormat, OutputSpec
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.times_form import TimesForm

FIND, BY_TIMES = 0, 1
"""The two ways to say what is wanted."""

_FORMATS = (OutputFormat.MP4, OutputFormat.MP3, OutputFormat.GIF)
_COUNTS = (1, 2, 3, DEFAULT_MAX_MOMENTS, 10, 20)


def default_folder() -> Path:
    """The ``FastClip`` folder among the person's videos, or in the home folder where there is no place for videos."""
    videos = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation))
    return (videos if videos.is_absolute() and videos.is_dir() else Path.home()) / "FastClip"


class RequestPanel(QFrame):
    """Two ways to say what is wanted, format, quality, folder, and the one main action.

    Signals:
        submitted: the main button or Enter was pressed while everything needed was there.
        folder_chosen: the ``Path`` of a folder that the person chose.
    """

    submitted = Signal()
    folder_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "side")
        self.setFixedWidth(tokens.SIDE_WIDTH)
        self._has_source = False
        self._is_working = False
        self._folder = default_folder()
        self._template = DEFAULT_NAME_TEMPLATE
        self.way = Segments(
            self.tr("How to say what you want"),
            (
                (self.tr("Find moments"), self.tr("Say in words what to look for (Ctrl+1)")),
                (self.tr("By times"), self.tr("Name the start and the end (Ctrl+2)")),
            ),
        )
        self.prompt = PromptBox()
        self.count = QComboBox()
        for number in _COUNTS:
            self.count.addItem(str(number), number)
        self.count.setCurrentIndex(_COUNTS.index(DEFAULT_MAX_MOMENTS))
        self.count.setAccessibleName(self.tr("Most clips"))
        self.times = TimesForm()
        self._pages = QStackedWidget()
        self._pages.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pages.addWidget(self._moments_page())
        self._pages.addWidget(self.times)
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
        self.main_button = of_kind(QPushButton(), "main")
        self.main_button.clicked.connect(self._submit)
        self._lay_out()
        self.way.changed.connect(self._change_way)
        self.format.changed.connect(lambda: self.quality.setEnabled(self._format.has_picture))
        self.prompt.textChanged.connect(self._judge)
        self.prompt.submitted.connect(self._submit)
        self.times.changed.connect(self._judge)
        self.times.submitted.connect(self._submit)
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
        output = OutputSpec(self._format, self.quality.currentData() if self._format.has_picture else None)
        destination = Destination(self._folder, template=self._template)
        if self.way.index == FIND:
            count: int = self.count.currentData()
            return AutoClipRequest(source, self.prompt.words, output, destination, transcript, count)
        return ClipRequest(source, self.times.span(), output, destination)

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

    def _moments_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.prompt)
        row = QHBoxLayout()
        row.addWidget(of_kind(QLabel(self.tr("Most clips")), "muted"))
        row.addStretch()
        self.count.setFixedWidth(84)
        row.addWidget(self.count)
        column.addLayout(row)
        column.addStretch()
        return page

    def _lay_out(self) -> None:
        form = QWidget()
        rows = QVBoxLayout(form)
        rows.setContentsMargins(tokens.LARGE, tokens.LARGE, tokens.LARGE, tokens.SMALL)
        rows.setSpacing(tokens.SMALL)
        rows.addWidget(self.way)
        rows.addSpacing(tokens.TIGHT)
        rows.addWidget(self._pages)
        rows.addSpacing(tokens.TIGHT)
        for name, widget in ((self.tr("Format"), self.format), (self.tr("Quality"), self.quality)):
            rows.addWidget(of_kind(QLabel(name), "caption"))
            rows.addWidget(widget)
        rows.addWidget(of_kind(QLabel(self.tr("Folder for clips")), "caption"))
        folder = QHBoxLayout()
        folder.setSpacing(tokens.SMALL)
        folder.addWidget(self.folder_label, 1)
        folder.addWidget(self.folder_button)
        rows.addLayout(folder)
        rows.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(form)
        foot = QVBoxLayout()
        foot.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.LARGE)
        foot.setSpacing(tokens.SMALL)
        foot.addWidget(self.notice)
        foot.addWidget(self.main_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addLayout(foot)

    @Slot(int)
    def _change_way(self, way: int) -> None:
        self._pages.setCurrentIndex(way)
        self.main_button.setText(self.tr("Find and clip") if way == FIND else self.tr("Make the clip"))
        self._judge()

    @Slot()
    def _judge(self) -> None:
        missing = ""
        if not self._has_source:
            missing = self.tr("Open a link or a file first")
        elif self._is_working:
            missing = self.tr("One job at a time: this one can be sent off when the work below is done")
        elif self.way.index == FIND and not self.prompt.words:
            missing = self.tr("Say what to look for first")
        elif self.way.index == BY_TIMES and not self.times.is_ready:
            missing = self.tr("Give a start and an end first")
        self.main_button.setEnabled(not missing)
        self.main_button.setToolTip(missing or self.tr("Make the clips (Ctrl+E)"))

    @Slot()
    def _submit(self) -> None:
        if self.main_button.isEnabled():
            self.submitted.emit()
