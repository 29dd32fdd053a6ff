"""Keeps the list of a source's clips as the library has it, and does what a person wants of a clip."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.domain.job import Job, JobState, JoinRequest
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.clip_list import ClipList
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.file_door import FileDoor
from fastclip_desktop.gui.job_feed import JobFeed


class ClipDesk(QObject):
    """The clips of the open source, whoever made them.

    A clip that is deleted here is gone from the library at once; its file is kept aside by the engine, so that it can
    come back for as long as the program runs.
    """

    def __init__(self, bridge: EngineBridge, feed: JobFeed, clips: ClipList, files: FileDoor, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._feed = feed
        self._list = clips
        self._files = files
        self._media: MediaFile | None = None
        self._cuts: dict[str, Cut] = {}
        self._removed: list[tuple[Clip, MediaFile | None]] = []
        self._is_outrun = False
        clips.open_wanted.connect(lambda clip: self._files.open(clip.path))
        clips.reveal_wanted.connect(lambda clip: self._files.reveal(clip.path))
        clips.copy_wanted.connect(lambda clip: self._files.copy_path(clip.path))
        clips.removal_wanted.connect(self._remove)
        clips.undo_bar.undo_wanted.connect(self._bring_back)
        files.failed.connect(clips.say)
        feed.changed.connect(self._hear)
        feed.clip_added.connect(self._add)
        feed.clip_changed.connect(self._change)
        feed.clip_removed.connect(self._take_out)
        bridge.started_anew.connect(self._ask_again)

    def show_source(self, media: MediaFile | None) -> None:
        """Show the clips of a source."""
        self._media = media
        if media is None:
            self._list.show_clips(())
            return
        self._list.show_loading()
        self._ask(media)

    def _ask(self, media: MediaFile) -> None:
        self._is_outrun = False

        def show(clips: tuple[Clip, ...]) -> None:
            if self._media is not media:
                return
            if self._is_outrun:  # what was looked up before the change would undo it
                self._ask(media)
                return
            self._list.show_clips(clips)
            for clip in clips:
                self._say_words(clip)

        def fail(error: FastClipError) -> None:
            if self._media is media:
                self._list.show_clips(())
                self._show_fault(error)

        self._bridge.ask(self, lambda engine: engine.library.of_source(media), show, fail)

    @Slot()
    def _ask_again(self) -> None:
        """There is another engine: nothing was heard of what happened while there was none."""
        if self._media is not None:
            self._ask(self._media)

    @Slot(object)
    def expect(self, cuts: Mapping[str, Cut]) -> None:
        """Know of which cuts the clips of jobs are made."""
        self._cuts.update(cuts)

    @Slot(object)
    def _add(self, clip: Clip) -> None:
        if self._is_ours(clip):
            self._is_outrun = True
            self._list.add(clip)
            self._say_words(clip)

    @Slot(object)
    def _change(self, clip: Clip) -> None:
        self._is_outrun = True
        row = self._list.row_of(clip.id)
        if row is not None:
            row.show_clip(clip)

    @Slot(str)
    def _take_out(self, clip_id: str) -> None:
        self._is_outrun = True
        self._list.remove(clip_id)

    @Slot(object)
    def _hear(self, job: Job) -> None:
        if job.state is JobState.COMPLETE and job.result is not None and job.result.findings:
            moments = [moment for found in job.result.findings for moment in found.moments]
            self._list.show_moments(job.id, moments)

    def _say_words(self, clip: Clip) -> None:
        """Show what is known of what is said in a clip."""
        cut, row, job = self._cuts.get(clip.job), self._list.row_of(clip.id), self._feed.jobs.get(clip.job)
        if row is not None and cut is not None and cut.excerpt:
            row.show_words(cut.excerpt, cut.confidence)
        elif job is not None:
            self._hear(job)

    def _is_ours(self, clip: Clip) -> bool:
        job = self._feed.jobs.get(clip.job)
        if self._media is None or job is None:
            return False
        request = job.request
        sources = {part.source for part in request.parts} if isinstance(request, JoinRequest) else {request.source}
        return self._media.source in sources

    @Slot(object)
    def _remove(self, clip: Clip) -> None:
        self._list.say("")
        media = self._media

        def done(_: object) -> None:
            self._removed.append((clip, media))
            self._offer_undo()

        self._bridge.ask(self, lambda engine: engine.library.set_aside(clip.id), done, self._show_fault)

    @Slot()
    def _bring_back(self) -> None:
        if not self._removed:
            return
        clip, media = self._removed.pop()
        self._list.say("")
        self._offer_undo()

        def show(back: Clip) -> None:
            if media is self._media:  # the job that made it may be too old to be known
                self._list.add(back)
                self._say_words(back)

        def fail(error: FastClipError) -> None:
            if error.code not in (ErrorCode.UNKNOWN_CLIP, ErrorCode.SOURCE_NOT_FOUND):  # it lies there still
                self._removed.append((clip, media))
                self._offer_undo()
            self._show_fault(error)

        self._bridge.ask(self, lambda engine: engine.library.bring_back(clip.id), show, fail)

    def _offer_undo(self) -> None:
        bar = self._list.undo_bar
        bar.setVisible(bool(self._removed))
        if self._removed:
            count = len(self._removed)
            name = self._removed[-1][0].path.name
            bar.words.setText(
                self.tr("{0} was deleted.").format(name) if count == 1 else self.tr("%n clips were deleted.", "", count)
            )

    def _show_fault(self, error: FastClipError) -> None:
        self._list.say(str(error))
