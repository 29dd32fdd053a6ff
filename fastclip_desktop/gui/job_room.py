"""Everything in a window that has to do with jobs: it sends them off, shows them, and says how they ended."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import JobRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.clip_desk import ClipDesk
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.export_desk import ExportDesk
from fastclip_desktop.gui.file_door import FileDoor
from fastclip_desktop.gui.find_desk import FindDesk
from fastclip_desktop.gui.job_bar import JobBar
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.jobs.announcer import Announcer, TrayTeller
from fastclip_desktop.gui.jobs.desk import JobsDesk
from fastclip_desktop.gui.jobs.groups import JobGroup
from fastclip_desktop.gui.jobs.mending import Mend, mend_of
from fastclip_desktop.gui.jobs.words import JobWords
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.side_panel import SidePanel
from fastclip_desktop.gui.source_words import SourceWords
from fastclip_desktop.gui.tokens import Palette


@dataclass(frozen=True, slots=True)
class JobPlace:
    """Where in the window jobs have their place.

    Attributes:
        panel: says what is wanted.
        bar: the line at the bottom.
        notice: above the bar, for what went wrong with an export.
        over: what the list of jobs is shown over.
    """

    panel: SidePanel
    bar: JobBar
    notice: Notice
    over: QWidget


class JobRoom(QObject):
    """Joins what sends jobs off with what shows them.

    Signals:
        captions_wanted: a file with what is said is to be chosen.
        source_wanted: another file is to be opened.
        settings_wanted: a page of the settings is to be shown, by its name.

    Attributes:
        feed: all jobs.
        exporting: makes clips of cuts.
        finder: makes cuts of words.
        clips: the list of the source's clips.
        jobs: the list of jobs.
        files: opens and shows the clips of the source.
        announcer: tells what has ended while the person is elsewhere.
    """

    captions_wanted = Signal()
    source_wanted = Signal()
    settings_wanted = Signal(str)

    def __init__(
        self,
        bridge: EngineBridge,
        place: JobPlace,
        output: OutputDesk,
        history: CutHistory,
        choices: Choices,
        words: SourceWords,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._place = place
        self._words = JobWords(self)
        self.feed = JobFeed(bridge, self)
        self.files = FileDoor(bridge.lane, self)
        self.exporting = ExportDesk(self.feed, place.bar, output, history, self)
        self.finder = FindDesk(self.feed, place.panel, history, words, self)
        self.clips = ClipDesk(bridge, self.feed, place.panel.clips, self.files, self)
        self.jobs = JobsDesk(self.feed, place.bar, output, choices, FileDoor(bridge.lane, self), place.over)
        self.announcer = Announcer(place.over, choices, TrayTeller(self), self)
        self.exporting.ended.connect(self.announcer.tell_of)
        self.finder.ended.connect(self.announcer.tell_of_search)
        self.exporting.clips_coming.connect(self.clips.expect)
        self.exporting.ended.connect(self._show_ended)
        self.exporting.refused.connect(self._show_refusal)
        self.finder.captions_wanted.connect(self.captions_wanted)
        self.finder.ended.connect(place.bar.say)
        self.jobs.sending_wanted.connect(self._send)
        self.jobs.captions_wanted.connect(self.captions_wanted)
        self.jobs.source_wanted.connect(self.source_wanted)
        self.jobs.settings_wanted.connect(self.settings_wanted)

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to search and to clip from."""
        self.finder.show_source(media)
        self.exporting.show_source(media)
        self.clips.show_source(media)

    def escape(self) -> bool:
        """Stop the search that is under way, and give whether there was one; exports are stopped in their list."""
        was_finding = self.finder.is_finding
        self.finder.cancel()
        return was_finding

    def wear(self, palette: Palette) -> None:
        """Repaint icons in a palette's colours."""
        self._place.notice.wear(palette)
        self._place.panel.clips.wear(palette)

    @Slot(object)
    def _send(self, requests: tuple[JobRequest, ...]) -> None:
        self._place.notice.clear()
        self.exporting.send(requests)

    @Slot(object)
    def _show_ended(self, group: JobGroup) -> None:
        """Let a fault stand above the bar until it is dealt with."""
        if group.error is not None:
            self._show_fault(group.error, tuple(job.request for job in group.failed))

    @Slot(object)
    def _show_refusal(self, error: FastClipError) -> None:
        self._show_fault(error, ())

    def _show_fault(self, error: FastClipError, requests: tuple[JobRequest, ...]) -> None:
        mend = mend_of(error)
        remedy = None
        if mend is not None and (requests or mend is not Mend.TRY_AGAIN):
            remedy = Remedy(self._words.mend(mend), lambda: self.jobs.mend(error, requests))
        self._place.notice.show_error(error, remedy)
