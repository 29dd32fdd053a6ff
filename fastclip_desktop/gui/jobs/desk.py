"""Keeps the bar's line and the list of jobs up to date, and does what a person wants of a job."""

from __future__ import annotations

import dataclasses
import itertools
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.job import AnalyzeRequest, Job, JobRequest, JobState
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.file_door import FileDoor
from fastclip_desktop.gui.job_bar import JobBar, JobLine
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.jobs.announcer import show_badge
from fastclip_desktop.gui.jobs.groups import JobGroup, Standing, grouped, seconds_left
from fastclip_desktop.gui.jobs.mending import Mend, mend_of
from fastclip_desktop.gui.jobs.pace import Pace
from fastclip_desktop.gui.jobs.row import Act, Figures
from fastclip_desktop.gui.jobs.words import JobWords

if TYPE_CHECKING:
    from fastclip_desktop.gui.export.popover import Popover
    from fastclip_desktop.gui.jobs.panel import JobsPanel

_HIGHEST = 560
"""Pixels of the list, above which what is being watched can still be seen."""

_PACE = 100
"""Milliseconds between two looks at what changed."""


class JobsDesk(QObject):
    """The jobs of the whole program as one window shows them.

    Signals:
        captions_wanted: a file with what is said is to be chosen.
        source_wanted: another file is to be opened.
        settings_wanted: a page of the settings is to be shown, by its name.
        sending_wanted: requests that are to be sent off in the place of those that failed.
    """

    captions_wanted = Signal()
    source_wanted = Signal()
    settings_wanted = Signal(str)
    sending_wanted = Signal(object)

    def __init__(
        self, feed: JobFeed, job_bar: JobBar, output: OutputDesk, choices: Choices, files: FileDoor, window: QWidget
    ) -> None:
        super().__init__(window)
        self._feed = feed
        self._job_bar = job_bar
        self._output = output
        self._choices = choices
        self._files = files
        self._window = window
        self._words = JobWords(self)
        self._popover: Popover | None = None
        self._panel: JobsPanel | None = None
        self._leading = ""
        self._most_told = 0.0
        self._badge = 0
        self._pace = Pace()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PACE)
        self._timer.timeout.connect(self.refresh)
        feed.changed.connect(self._hear)
        feed.restocked.connect(self.refresh)
        feed.refused.connect(self._show_refusal)
        files.failed.connect(self._say)
        job_bar.jobs_wanted.connect(self.toggle)

    @property
    def panel(self) -> JobsPanel:
        """The list; made when it is first needed."""
        if self._panel is None:
            from fastclip_desktop.gui.export.popover import Popover
            from fastclip_desktop.gui.jobs.panel import JobsPanel

            self._panel = panel = JobsPanel(self._words)
            button = self._job_bar.jobs_button
            self._popover = Popover(self.tr("Jobs"), panel, button, self._window, highest=_HIGHEST)
            panel.wanted.connect(self.act)
            panel.clearing_wanted.connect(self._clear)
        return self._panel

    @property
    def is_open(self) -> bool:
        """Whether the list is on the screen."""
        return self._popover is not None and self._popover.isVisible()

    @Slot()
    def toggle(self) -> None:
        """Show the list above its button, or put it away."""
        self.panel.say("")
        self._show_list(self._groups())
        if self._popover is not None:
            self._popover.toggle()

    @Slot()
    def refresh(self) -> None:
        """Show everything as it stands."""
        groups = self._groups()
        under_way = [group for group in groups if group.is_open]
        self._pace.watch(under_way)
        self._show_line(under_way)
        self._show_badge(len(under_way) if self._choices.now.notifications else 0)
        if self.is_open:
            self._show_list(groups)

    @Slot(object, str)
    def act(self, act: Act, group_id: str) -> None:
        """Do what is wanted of a group."""
        group = next((group for group in grouped(self._feed.jobs.values()) if group.id == group_id), None)
        if group is None:
            return
        self.panel.say("")
        match act:
            case Act.PAUSE:
                self._to_open(group, self._feed.pause)
            case Act.RESUME:
                self._to_open(group, self._feed.resume)
            case Act.CANCEL:
                self._to_open(group, self._feed.cancel)
            case Act.HASTEN:
                self._feed.hasten(*(job.id for job in group.open_jobs))
            case Act.RETRY:
                self._send([job.request for job in _undone(group)])
            case Act.MEND if group.error is not None:
                self.mend(group.error, [job.request for job in _undone(group)])
            case Act.OPEN:
                self._files.open(group.clips[0].path)
            case Act.REVEAL:
                self._files.reveal(group.clips[0].path)

    def mend(self, error: FastClipError, requests: Sequence[JobRequest]) -> None:
        """Do what mends a fault.

        Args:
            error: the fault.
            requests: what could not be done for it; sent off anew where nothing else is to be done.
        """
        match mend_of(error):
            case Mend.CHOOSE_FOLDER:
                before = self._output.choice.folder
                self._output.choose_folder()
                folder = self._output.choice.folder
                if folder != before:
                    self._send([_into(request, self._output) for request in requests])
            case Mend.CHANGE_FORM:
                self._output.toggle()
            case Mend.FIND_SOURCE:
                self.source_wanted.emit()
            case Mend.CHOOSE_CAPTIONS:
                self.captions_wanted.emit()
            case Mend.FETCH_MODEL:
                self.settings_wanted.emit("models")
            case Mend.CHANGE_NETWORK:
                self.settings_wanted.emit("network")
            case Mend.FREE_SPACE:
                self.settings_wanted.emit("storage")
            case Mend.CHANGE_BUDGET:
                self.settings_wanted.emit("budget")
            case _:
                self._send(requests)

    def _send(self, requests: Sequence[JobRequest]) -> None:
        if requests:
            self.sending_wanted.emit(tuple(requests))

    def _groups(self) -> tuple[JobGroup, ...]:
        cleared = self._choices.now.jobs_cleared
        return tuple(group for group in grouped(self._feed.jobs.values()) if group.is_open or group.ended > cleared)

    def _figures(self, group: JobGroup) -> Figures:
        stretch = self._pace.of(group)
        told = {job.id: self._told(job) for job in group.open_jobs}
        return Figures(seconds_left(group, told, stretch), group.speed(stretch), self._waits_behind(group))

    def _waits_behind(self, group: JobGroup) -> bool:
        """Whether other jobs that wait have their turn before a group."""
        ids = {job.id for job in group.jobs}
        ahead = itertools.takewhile(lambda job: job.id not in ids, self._feed.open_jobs)
        return any(not job.stage and not job.paused for job in ahead)

    def _told(self, job: Job) -> float | None:
        latest = self._feed.latest(job.id)
        return None if latest is None else latest.seconds_left

    def _show_line(self, groups: Sequence[JobGroup]) -> None:
        """Show the first group in the bar, and stay with it until it has ended."""
        group = next((group for group in groups if group.id == self._leading and _goes_on(group)), None)
        group = group or next(iter(groups), None)
        if group is None:
            self._leading = ""
            self._job_bar.show_line(None)
            return
        if group.id != self._leading:
            self._leading, self._most_told = group.id, 0.0
        self._most_told = max(self._most_told, group.fraction)
        left = self._words.left(self._figures(group).left)
        self._job_bar.show_line(JobLine(len(groups), self._words.standing(group), self._most_told, left))

    def _show_badge(self, count: int) -> None:
        if count != self._badge:
            self._badge = count
            show_badge(count)

    def _show_list(self, groups: Sequence[JobGroup]) -> None:
        self.panel.show_groups(groups, self._figures)

    def _to_open(self, group: JobGroup, act: Callable[[str], None]) -> None:
        for job in reversed(group.open_jobs):  # the one under way last, so that no other begins meanwhile
            act(job.id)

    @Slot(object)
    def _hear(self, job: Job) -> None:
        """Show the end of all that came together at once, and progress now and then."""
        others = (other for other in self._feed.open_jobs if other.batch == job.batch)
        if job.state.is_terminal and not (job.batch and any(others)):
            self.refresh()
        elif not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _clear(self) -> None:
        self._choices.change(jobs_cleared=time.time())
        self.refresh()

    @Slot(object)
    def _show_refusal(self, error: FastClipError) -> None:
        if error.code is ErrorCode.JOB_ENDED:
            self.refresh()  # it was over before the press: there is nothing left that could go on or be stopped
        else:
            self._say(str(error))

    @Slot(str)
    def _say(self, sentence: str) -> None:
        if self.is_open:
            self.panel.say(sentence)
        else:
            self._job_bar.say(sentence)


def _undone(group: JobGroup) -> list[Job]:
    """Those of a group that did not do what they were for."""
    return [job for job in group.jobs if job.state in (JobState.FAILED, JobState.CANCELLED)]


def _goes_on(group: JobGroup) -> bool:
    return group.standing is not Standing.PAUSED


def _into(request: JobRequest, output: OutputDesk) -> JobRequest:
    """The same request with its clips in the folder that is chosen now."""
    if isinstance(request, AnalyzeRequest):
        return request
    folder = dataclasses.replace(request.destination, folder=output.choice.folder)
    return dataclasses.replace(request, destination=folder)
