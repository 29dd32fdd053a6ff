"""Sends off what stands in the side panel and the ticked cuts, and says what became of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, UnavailableError
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, JobResult, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import SURE_ENOUGH, Moment
from fastclip_desktop.editing.cuts import Cuts, in_time_order
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.job_bar import JobBar, clock
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.request_panel import CLIPS, RequestPanel

_FOLDER_FAULTS = (ErrorCode.OUTPUT_NOT_WRITABLE, ErrorCode.DISK_FULL)


class JobDesk(QObject):
    """One job at a time.

    Signals:
        captions_wanted: nothing is known of what is said; the person wants to choose a file with it.
        clips_coming: the panel is about to show the clips, and what it shows now will be gone.
        found: the moments that fit the words best, once they are cuts.
    """

    captions_wanted = Signal()
    clips_coming = Signal()
    found = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        panel: RequestPanel,
        job_bar: JobBar,
        output: OutputDesk,
        history: CutHistory,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._panel = panel
        self._job_bar = job_bar
        self._output = output
        self._history = history
        self._media: MediaFile | None = None
        self._captions: Path | None = None
        self._requests: tuple[ClipRequest | AutoClipRequest | AnalyzeRequest, ...] = ()
        self._exported: Cuts = ()
        self._found: Cuts = ()
        panel.find_wanted.connect(self._find)
        panel.submitted.connect(self._make)
        output.changed.connect(self._offer)
        job_bar.export_wanted.connect(self.export)
        job_bar.cancelled.connect(self.cancel)
        history.changed.connect(self._offer)
        bridge.advanced.connect(self._show_progress)
        bridge.clip_added.connect(self._show_clip)
        bridge.finished.connect(self._show_finished)
        bridge.failed.connect(self._show_fault)
        bridge.cancelled.connect(self._show_cancelled)
        self._offer()

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to clip from."""
        self._media = media
        self._panel.show_media(media)
        if media is None:
            self._captions = None
            self._found = ()

    def give_captions(self, captions: Path) -> None:
        """Go by the words of a file."""
        self._captions = captions

    @Slot()
    def export(self) -> None:
        """Make every ticked cut; without any, do what the panel says."""
        if self._media is None or self._bridge.is_working:
            return
        ticked = self._history.ticked
        if not ticked:
            self._panel.main_button.click()
            return
        source = self._media.source
        self._start(*(self._output.choice.request_of(source, cut.span) for cut in ticked))
        self._exported = ticked

    @Slot()
    def cancel(self) -> None:
        """Stop the job."""
        self._job_bar.stopping()
        self._bridge.cancel()

    @Slot()
    def _find(self) -> None:
        if self._media is not None:
            self._start(self._panel.question_for(self._media.source, self._captions))

    @Slot()
    def _make(self) -> None:
        if self._media is None:
            return
        try:
            request = self._panel.request_for(self._media.source, self._output.choice, self._captions)
        except FastClipError as error:
            self._panel.notice.show_error(error)
            return
        self._start(request)

    def _start(self, *requests: ClipRequest | AutoClipRequest | AnalyzeRequest) -> None:
        self._panel.notice.clear()
        self._panel.clips.begin_job()
        self._requests, self._exported = requests, ()
        self._panel.show_working(working=True)
        self._job_bar.begin(as_one=len(requests) > 1)
        self._bridge.start(*requests)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        self._job_bar.show_export(len(self._history.ticked), output=self._output.words, working=self._bridge.is_working)

    @Slot(str, object, str, float)
    def _show_progress(self, _job_id: str, _state: JobState, stage: str, fraction: float) -> None:
        self._job_bar.advance(stage, fraction)

    @Slot(object)
    def _show_clip(self, clip: Clip) -> None:
        self._panel.clips.add(clip)
        if self._panel.way.index != CLIPS:
            self.clips_coming.emit()
            self._panel.way.take(CLIPS)

    @Slot(object)
    def _show_finished(self, result: JobResult) -> None:
        moments = [moment for found in result.findings for moment in found.moments]
        took = self._job_bar.elapsed
        time = self.tr("{0} s").format(f"{took:.1f}") if took < 60 else clock(took)
        if any(isinstance(request, AnalyzeRequest) for request in self._requests):
            self._rest(self._say_found(len(moments), time))
            self._show_found(moments)
            return
        self._panel.clips.show_moments(moments or [_moment_of(cut) for cut in self._exported if cut.excerpt])
        count = len(result.clips)
        words = self.tr("One clip made in {1}.") if count == 1 else self.tr("{0} clips made in {1}.")
        self._rest(words.format(count, time))

    def _say_found(self, count: int, time: str) -> str:
        return (self.tr("One moment found in {1}.") if count == 1 else self.tr("{0} moments found in {1}.")).format(
            count, time
        )

    def _show_found(self, moments: Sequence[Moment]) -> None:
        """Make cuts of moments; those of the search before go, unless the person has changed them."""
        (query,) = {
            query for request in self._requests if isinstance(request, AnalyzeRequest) for query in request.queries
        }
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

    @Slot(object)
    def _show_fault(self, error: FastClipError) -> None:
        self._rest(self.tr("Ready"))
        remedy = None
        if error.code in _FOLDER_FAULTS:
            remedy = Remedy(self.tr("Choose another folder …"), self._output.choose_folder)
        elif error.code is ErrorCode.NO_TRANSCRIPT:
            remedy = Remedy(self.tr("Choose captions …"), self.captions_wanted.emit)
        elif isinstance(error, UnavailableError):
            requests, exported = self._requests, self._exported
            remedy = Remedy(self.tr("Try again"), lambda: self._try_again(requests, exported))
        self._panel.notice.show_error(error, remedy)

    def _try_again(self, requests: tuple[ClipRequest | AutoClipRequest | AnalyzeRequest, ...], exported: Cuts) -> None:
        if not self._bridge.is_working:
            self._start(*requests)
            self._exported = exported

    @Slot()
    def _show_cancelled(self) -> None:
        self._rest(self.tr("Stopped."))

    def _rest(self, outcome: str) -> None:
        self._job_bar.rest(outcome)
        self._panel.show_working(working=False)
        self._offer()


def _moment_of(cut: Cut) -> Moment:
    return Moment(cut.span, cut.excerpt, cut.confidence or 0.0, cut.reason)
