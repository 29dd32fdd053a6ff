"""Sends off what is to be found, and makes cuts of what was."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, UnavailableError
from fastclip_desktop.domain.job import AnalyzeRequest, Job, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.editing.cuts import Cuts, in_time_order
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.request_panel import RequestPanel


class FindDesk(QObject):
    """One search at a time, beside everything else that is done.

    Signals:
        captions_wanted: nothing is known of what is said; the person wants to choose a file with it.
        found: the moments that fit the words best, once they are cuts.
        ended: how a search ended, in a sentence.
    """

    captions_wanted = Signal()
    found = Signal(object)
    ended = Signal(str)

    def __init__(self, feed: JobFeed, panel: RequestPanel, history: CutHistory, parent: QObject) -> None:
        super().__init__(parent)
        self._feed = feed
        self._panel = panel
        self._history = history
        self._media: MediaFile | None = None
        self._captions: Path | None = None
        self._found: Cuts = ()
        self._is_wanted = False
        self._job = ""
        panel.find_wanted.connect(self._find)

    @property
    def is_finding(self) -> bool:
        """Whether a search is under way."""
        return self._is_wanted

    @property
    def captions(self) -> Path | None:
        """The file whose words are gone by, if one was given."""
        return self._captions

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to search."""
        if self._media is not None and media is not self._media:
            self.cancel()
        self._media = media
        self._panel.show_media(media)
        if media is None:
            self._captions = None
            self._found = ()

    def give_captions(self, captions: Path) -> None:
        """Go by the words of a file."""
        self._captions = captions

    @Slot()
    def cancel(self) -> None:
        """Stop the search."""
        if self._is_wanted:
            self._rest(self.tr("Stopped."))
            if self._job:
                self._feed.cancel(self._job)
                self._job = ""

    @Slot()
    def _find(self) -> None:
        if self._media is not None and not self._is_wanted:
            self._send(self._panel.question_for(self._media.source, self._captions))

    def _send(self, question: AnalyzeRequest) -> None:
        self._is_wanted = True
        self._panel.notice.clear()
        self._panel.show_working(working=True)

        def accepted(jobs: tuple[Job, ...]) -> None:
            (job,) = jobs
            if not self._is_wanted or self._job:  # stopped meanwhile
                self._feed.cancel(job.id)
                return
            self._job = job.id
            self._feed.follow(self, job.id, ended=lambda job: self._end(job, question))

        self._feed.submit(self, (question,), accepted, lambda error: self._show_fault(error, question))

    def _end(self, job: Job, question: AnalyzeRequest) -> None:
        if job.id != self._job:
            return
        self._job = ""
        if job.state is JobState.CANCELLED:
            self._rest(self.tr("Stopped."))
        elif job.error is not None:
            self._show_fault(job.error, question)
        else:
            moments = [moment for found in (job.result.findings if job.result else ()) for moment in found.moments]
            self._rest(self.tr("%n moments found.", "", len(moments)))
            self._show_found(question.queries[0], moments)

    def _show_found(self, query: str, moments: Sequence[Moment]) -> None:
        """Make cuts of moments; those of the search before go, unless the person has changed them."""
        if not moments:
            self._panel.notice.show_answer(self.tr("Nothing in this source matches."), self.tr("Try other words."))
        elif max(moment.confidence for moment in moments) < SURE_ENOUGH:
            self._panel.notice.show_answer(
                self.tr("Nothing matches well."), self.tr("These are the moments that come closest.")
            )
        untouched = {dataclasses.replace(cut, ticked=True) for cut in self._found}
        kept = tuple(cut for cut in self._history.cuts if dataclasses.replace(cut, ticked=True) not in untouched)
        spans = {cut.span for cut in kept}
        self._found = tuple(
            Cut(
                moment.span,
                query=query,
                excerpt=moment.excerpt,
                confidence=moment.confidence,
                reason=moment.reason,
            )
            for moment in moments
            if moment.span not in spans
        )
        self._history.edit(in_time_order((*kept, *self._found)), self.tr("Find moments"))
        self.found.emit(tuple(moments))

    def _show_fault(self, error: FastClipError, question: AnalyzeRequest) -> None:
        self._rest("")
        remedy = None
        if error.code is ErrorCode.NO_TRANSCRIPT:
            remedy = Remedy(self.tr("Choose captions …"), self.captions_wanted.emit)
        elif isinstance(error, UnavailableError):
            remedy = Remedy(self.tr("Try again"), lambda: None if self._is_wanted else self._send(question))
        self._panel.notice.show_error(error, remedy)

    def _rest(self, outcome: str) -> None:
        self._is_wanted = False
        self._panel.show_working(working=False)
        self.ended.emit(outcome)
