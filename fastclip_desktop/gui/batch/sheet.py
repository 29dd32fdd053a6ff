"""Several sources at once: look for the same words in all of them and make clips of what is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import AutoClipRequest, Job, Priority
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.batch.row import BatchRow
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.link_picture import read_link_picture
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.prompt_box import PromptBox
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import Palette

_FIRST_SIZE, _LEAST_SIZE = (640, 600), (460, 420)

Outcome = MediaFile | FastClipError | None
"""What a source is, why it is nothing, or that it is looked up just now."""


class BatchSheet(QDialog):
    """The list, the words, and one button; it stands beside the window and keeps nobody from it.

    Signals:
        open_wanted: a source that the person wants to see by itself.
        sent: the jobs that the sources became, a tuple.

    Attributes:
        rows: in the order in which the sources came.
        prompt: what is looked for in all of them.
        main_button: sends them off.
    """

    open_wanted = Signal(str)
    sent = Signal(object)

    def __init__(
        self, bridge: EngineBridge, feed: JobFeed, output: OutputDesk, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Several sources – FastClip"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bridge = bridge
        self._feed = feed
        self._output = output
        self._palette = theme.palette
        self._reading: Reading | None = None
        self.rows: list[BatchRow] = []
        self.title = of_kind(QLabel(), "title")
        self.summary = of_kind(QLabel(), "muted")
        self.notice = Notice()
        self.prompt = PromptBox()
        self.form = of_kind(ElidedLabel(), "caption")
        self.main_button = of_kind(QPushButton(), "small main")
        self._list = QVBoxLayout()
        self._lay_out()
        self.prompt.textChanged.connect(self._offer)
        self.prompt.submitted.connect(self._send)
        self.main_button.clicked.connect(self._send)
        output.changed.connect(self._offer)
        bridge.started_anew.connect(self._go_on)
        theme.changed.connect(self._wear)
        self._wear(theme.palette)
        self.finished.connect(self._stop)  # however it is closed: Esc sends no close event
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*_FIRST_SIZE)

    def add(self, sources: tuple[str, ...]) -> None:
        """Take sources, those that are there already once."""
        known = {row.source for row in self.rows}
        for source in dict.fromkeys(sources):
            if source not in known:
                row = BatchRow(source)
                row.wear(self._palette)
                row.open_wanted.connect(lambda source=source: self.open_wanted.emit(source))
                row.unwanted.connect(lambda row=row: self._leave_out(row))
                self.rows.append(row)
                self._list.insertWidget(len(self.rows) - 1, row)
        self._offer()
        self._look_up()

    @Slot()
    def _stop(self) -> None:
        """Look nothing up any more."""
        if self._reading is not None:
            self._reading.stop()

    @property
    def requests(self) -> tuple[AutoClipRequest, ...]:
        """One for each source that can be opened, as far as that is known."""
        choice = self._output.choice
        spec = replace(choice.spec, sound_tracks=None)  # which tracks are wanted is said of the open source alone
        return tuple(
            AutoClipRequest(row.source, self.prompt.words, spec, choice.destination)
            for row in self.rows
            if row.error is None
        )

    def _lay_out(self) -> None:
        content = QWidget()
        content.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(tokens.TIGHT)
        self._list.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the rows have it, and come into sight with it
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Sources"))
        scroll.setWidget(content)
        scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        ask = of_kind(QLabel(self.tr("What to look for in all of them")), "name")
        ask.setBuddy(self.prompt)
        self.prompt.setToolTip(self.tr("Leave it empty for the moments that stand best by themselves"))
        self.main_button.setToolTip(self.tr("Look in every source, and make clips of what fits best (Enter)"))
        last = QHBoxLayout()
        last.setSpacing(tokens.MEDIUM)
        last.addWidget(self.form, 1)
        last.addWidget(self.main_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.WIDE, tokens.LARGE, tokens.WIDE, tokens.LARGE)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addWidget(self.notice)
        column.addWidget(scroll, 1)
        column.addWidget(ask)
        column.addWidget(self.prompt)
        column.addLayout(last)

    @Slot(int, int)
    def _make_room(self, _least: int, most: int) -> None:
        """Keep the rows off the scroll bar; without one they end where the field below them does."""
        self._list.setContentsMargins(0, 0, tokens.SMALL if most else 0, 0)

    def _look_up(self) -> None:
        """Look up what is not known yet, one after another, so that no site is asked many things at once."""
        if self._reading is not None:
            return
        wanted = [row.source for row in self.rows if row.media is None and row.error is None]
        if not wanted:
            return
        access = self._bridge.host.access

        def read(engine: EnginePort, cancel: CancelToken, deliver: Callable[[tuple[str, Outcome]], None]) -> None:
            for source in wanted:
                cancel.check()
                deliver((source, None))
                try:
                    deliver((source, engine.info(source, access)))
                except FastClipError as error:
                    deliver((source, error))

        def end(_: object) -> None:
            self._reading = None
            self._look_up()  # what came meanwhile

        def fail(error: FastClipError | None) -> None:
            self._reading = None
            if error is not None:
                self.notice.show_error(error)

        self._reading = self._bridge.begin_reading(self, read, self._take, end, fail)

    @Slot()
    def _go_on(self) -> None:
        """There is another engine: look up what the old one did not get to."""
        self.notice.clear()
        self._look_up()

    def _take(self, told: tuple[str, Outcome]) -> None:
        source, outcome = told
        row = next((row for row in self.rows if row.source == source), None)
        if row is None:  # left out meanwhile
            return
        if outcome is None:
            row.show_looking()
        elif isinstance(outcome, MediaFile):
            row.show_media(outcome)
            read_link_picture(self._bridge, row, outcome, row.picture.show_thumbnail)
        else:
            row.show_error(outcome)
        self._offer()

    def _leave_out(self, row: BatchRow) -> None:
        place = self.rows.index(row)
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].remove_button.setFocus()
        self._offer()

    @Slot()
    def _offer(self) -> None:
        good = [row for row in self.rows if row.error is None]
        bad = len(self.rows) - len(good)
        self.title.setText(self.tr("%n sources", "", len(self.rows)))
        waiting = sum(row.media is None for row in good)
        says = [
            self.tr("Still to be looked up: %n", "", waiting) if waiting else "",
            self.tr("Left out, as they cannot be opened: %n", "", bad) if bad else "",
        ]
        self.summary.setText(" · ".join(filter(None, says)) or self.tr("All of them are known."))
        folder = str(self._output.choice.folder)
        self.form.set_whole(self.tr("{0}, into {1}").format(self._output.words, folder), folder)
        self.main_button.setText(
            self.tr("Find and export") if self.prompt.words else self.tr("Export the best moments")
        )
        self.main_button.setEnabled(bool(good))

    @Slot()
    def _send(self) -> None:
        requests = self.requests
        if not requests or not self.main_button.isEnabled():
            return
        self.main_button.setEnabled(False)
        self.notice.clear()
        self._feed.submit(self, requests, self._leave, self._refuse, priority=Priority.BATCH)

    def _leave(self, jobs: tuple[Job, ...]) -> None:
        self.sent.emit(jobs)
        self.close()

    def _refuse(self, error: FastClipError) -> None:
        self.notice.show_error(error)
        self._offer()

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        self._palette = palette
        self.notice.wear(palette)
        for row in self.rows:
            row.wear(palette)
