"""Sends off the ticked cuts, each a job of one batch, and says what became of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.job import Job, JobRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.job_bar import JobBar
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.jobs.words import JobWords


class ExportDesk(QObject):
    """As many exports as one likes; those that are sent off while others run wait for their turn.

    Signals:
        clips_coming: the first clips of an export are on their way, as ids of its jobs with the cuts that they are of.
        ended: the :class:`JobGroup` of an export, once nothing of it is to come.
        refused: the ``FastClipError`` for which an export was not begun.
    """

    clips_coming = Signal(object)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(
        self, feed: JobFeed, job_bar: JobBar, output: OutputDesk, history: CutHistory, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._job_bar = job_bar
        self._output = output
        self._history = history
        self._words = JobWords(self)
        self._media: MediaFile | None = None
        feed.sent.connect(self._watch)
        job_bar.export_wanted.connect(self.export)
        output.changed.connect(self._offer)
        history.changed.connect(self._offer)
        self._offer()

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to clip from."""
        self._media = media
        self._offer()

    @Slot()
    def export(self) -> None:
        """Make every ticked cut in the form that was chosen last, in the order of the cuts."""
        ticked = self._history.ticked
        if self._media is None:
            self._job_bar.say(self.tr("There is nothing to export: no video is open."))
        elif not ticked:
            self._job_bar.say(self.tr("There is nothing to export: no clip is ticked."))
        else:
            source = self._media.source
            self.send([self._request_of(source, cut) for cut in ticked], ticked)

    def send(self, requests: Sequence[JobRequest], cuts: Sequence[Cut] = ()) -> None:
        """Make clips of requests.

        Args:
            requests: several become a batch.
            cuts: what each of them is made of, where it is made of a cut.
        """

        def accepted(jobs: tuple[Job, ...]) -> None:
            self.clips_coming.emit({job.id: cut for job, cut in zip(jobs, cuts, strict=False)})

        self._feed.submit(self, requests, accepted, self.refused.emit)

    @Slot(object)
    def _watch(self, jobs: tuple[Job, ...]) -> None:
        """Say how it went with clips that the window sent off, here or elsewhere."""
        if not JobGroup(jobs).makes_clips:
            return
        open_jobs = {job.id for job in jobs}

        def end(job: Job) -> None:
            open_jobs.discard(job.id)
            if not open_jobs:
                self._end([job.id for job in jobs])

        for job in jobs:
            self._feed.follow(self, job.id, ended=end)

    def _request_of(self, source: str, cut: Cut) -> JobRequest:
        request = self._output.choice.request_of(source, cut.span)
        if not cut.name.strip():
            return request
        return dataclasses.replace(request, destination=dataclasses.replace(request.destination, called=cut.name))

    def _end(self, ids: Sequence[str]) -> None:
        """Say how it went, now that the last of them has ended."""
        group = JobGroup(tuple(self._feed.jobs[job_id] for job_id in ids))
        self._job_bar.say(self._words.standing(group), has_clips=bool(group.clips))
        self.ended.emit(group)

    @Slot()
    def _offer(self) -> None:
        count = 0 if self._media is None else len(self._history.ticked)
        self._job_bar.show_export(count, output=self._output.words)
