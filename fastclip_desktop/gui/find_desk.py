"""Sends off what is to be found, says live how it goes, and makes cuts of what was."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, UnavailableError
from fastclip_desktop.domain.events import JobAdvanced
from fastclip_desktop.domain.job import AnalyzeRequest, Findings, Job, JobState
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.editing.cuts import Cuts, placed
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_words import stage_words
from fastclip_desktop.gui.excerpts import quoted
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.side_panel import MOMENTS, SidePanel
from fastclip_desktop.gui.source_words import SourceWords

_LISTENING = "Listening to the words"
"""The stage whose progress is told in the time of the source."""

_ALIKE = 5
"""Moments that are looked for where somebody wants more of a kind."""

_MOST_WORDS = 300
"""Characters of what is said that others are to be like."""


@dataclass(eq=False, slots=True)
class _Search:
    """One search.

    Attributes:
        question: what is asked.
        like: the cut to which others are to be alike; its own moment is none of them.
        job: the id of its job, once it was accepted.
    """

    question: AnalyzeRequest
    like: Cut | None = None
    job: str = ""


class FindDesk(QObject):
    """One search at a time, beside everything else that is done; a new one takes the place of the one before.

    Signals:
        captions_wanted: nothing is known of what is said; the person wants to choose a file with it.
        sought: the words that are looked for.
        found: the moments that fit the words best, once they are cuts.
        ended: how a search ended, in a sentence.
    """

    captions_wanted = Signal()
    sought = Signal(str)
    found = Signal(object)
    ended = Signal(str)

    def __init__(
        self, feed: JobFeed, panel: SidePanel, history: CutHistory, words: SourceWords, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._feed = feed
        self._panel = panel
        self._history = history
        self._words = words
        self._media: MediaFile | None = None
        self._found: Cuts = ()
        self._search: _Search | None = None
        panel.pane.find_wanted.connect(self.find)
        panel.pane.stop_wanted.connect(self.cancel)
        panel.cards.more_wanted.connect(self.find_more)

    @property
    def is_finding(self) -> bool:
        """Whether a search is under way."""
        return self._search is not None

    def show_source(self, media: MediaFile | None) -> None:
        """Take a source as the one to search."""
        if self._media is not None and media is not self._media:
            self.cancel()
        self._media = media
        self._found = ()
        self._panel.show_media(media)

    @Slot()
    def find(self) -> None:
        """Look for what stands in the prompt."""
        query = self._panel.prompt.words
        if self._media is not None and query:
            self._panel.turn_to(MOMENTS)
            self.sought.emit(query)
            self._send(_Search(self._question(query, self._panel.pane.most)))

    @Slot(object)
    def find_more(self, cut: Cut) -> None:
        """Look for moments in which what is said in a cut is said, too."""
        query = " ".join(cut.excerpt.split())[:_MOST_WORDS]
        if self._media is not None and query:
            self._send(_Search(self._question(query, _ALIKE + 1), cut))

    @Slot()
    def cancel(self) -> None:
        """Stop the search."""
        search, self._search = self._search, None
        if search is not None:
            if search.job:
                self._feed.cancel(search.job)
            self._rest(self.tr("Stopped."))

    def _question(self, query: str, most: int | None) -> AnalyzeRequest:
        source = self._media.source if self._media is not None else ""
        return AnalyzeRequest(source, (query,), self._words.request_transcript, most, settles=True)

    def _send(self, search: _Search) -> None:
        before, self._search = self._search, search
        if before is not None and before.job:
            self._feed.cancel(before.job)
        self._panel.notice.clear()
        self._panel.show_stage(self.tr("Looking …"), None)

        def accepted(jobs: tuple[Job, ...]) -> None:
            (job,) = jobs
            if search is not self._search:  # stopped meanwhile
                self._feed.cancel(job.id)
                return
            search.job = job.id
            self._feed.follow(self, job.id, self._when(search, self._advance), self._when(search, self._end))
            latest = self._feed.latest(job.id)
            if latest is not None:  # it has begun before anybody could follow it
                self._advance(latest)

        def refused(error: FastClipError) -> None:
            if search is self._search:
                self._show_fault(error, search)

        self._feed.submit(self, (search.question,), accepted, refused)

    def _when(self, search: _Search, tell: Callable[..., None]) -> Callable[[object], None]:
        """Tell something as long as a search is the one that is wanted."""
        return lambda what: tell(what) if search is self._search else None

    def _advance(self, event: JobAdvanced) -> None:
        duration = self._media.duration if self._media is not None else None
        if event.stage == _LISTENING and duration:
            heard = _clock(duration * Fraction(event.fraction))
            self._panel.show_stage(self.tr("Listening: {0} of {1}").format(heard, _clock(duration)), event.fraction)
        else:
            self._panel.show_stage(self.tr("{0} …").format(stage_words(event.stage)), event.overall or None)

    def _end(self, job: Job) -> None:
        search, self._search = self._search, None
        if search is None:
            return
        if job.state is JobState.CANCELLED:
            self._rest(self.tr("Stopped."))
        elif job.error is not None:
            self._show_fault(job.error, search)
        elif job.result is not None and job.result.findings:
            self._show_found(job.result.findings[0], search)

    def _show_found(self, found: Findings, search: _Search) -> None:
        """Make cuts of moments; those of the search before go, unless the person has changed them."""
        moments, cuts = _without(search.like, found.moments, found)
        if search.like is not None:
            self._rest(self.tr("%n more moments like this one.", "", len(moments)))
            new = _unknown(cuts, self._history.cuts)
            self._found = (*self._found, *new)
            self._history.edit(placed(self._history.cuts, new), self.tr("More like this"))
            return
        # The cards tell how many there are.
        self._rest("", self.tr("%n moments found.", "", len(moments)))
        kept = self._kept()
        self._found = _unknown(cuts, kept)
        self._history.edit(placed(kept, self._found), self.tr("Find moments"))
        self.found.emit(moments or found.closest)
        if not moments:
            self._show_closest(found)
        elif found.notes:
            self._panel.notice.show_answer(found.notes[0], " ".join(found.notes[1:]))

    def _kept(self) -> Cuts:
        """The cuts without those of the search before that nobody has changed."""
        untouched = {dataclasses.replace(cut, ticked=True) for cut in self._found}
        return tuple(cut for cut in self._history.cuts if dataclasses.replace(cut, ticked=True) not in untouched)

    def _show_closest(self, found: Findings) -> None:
        """Say that nothing matches, and what comes closest."""
        message = self.tr("Nothing in this source matches {0}.").format(quoted(found.query))
        if not found.closest:
            hint = " ".join((self.tr("Try other words, or words that are said in it."), *found.notes))
            self._panel.notice.show_answer(message, hint)
            return
        nearest = found.closest[0]
        hint = self.tr("What comes closest is at {0}: {1}").format(_clock(nearest.span.start), quoted(nearest.excerpt))
        hint = " ".join((hint, *found.notes))

        def show() -> None:
            _, cuts = _without(None, found.closest, found)
            self._found = _unknown(cuts, self._history.cuts)
            self._history.edit(placed(self._history.cuts, self._found), self.tr("Show what is closest"))

        remedy = Remedy(self.tr("Show the closest %n", "", len(found.closest)), show)
        self._panel.notice.show_answer(message, hint, remedy)

    def _show_fault(self, error: FastClipError, search: _Search) -> None:
        self._search = None
        self._rest("")
        remedy = None
        if error.code is ErrorCode.NO_TRANSCRIPT:
            remedy = Remedy(self.tr("Choose captions …"), self.captions_wanted.emit)
        elif isinstance(error, UnavailableError):
            again = dataclasses.replace(search, job="")
            remedy = Remedy(self.tr("Try again"), lambda: self._send(again))
        self._panel.notice.show_error(error, remedy)

    def _rest(self, outcome: str, told: str = "") -> None:
        self._panel.rest(outcome)
        self.ended.emit(told or outcome)


def _without(like: Cut | None, moments: tuple[Moment, ...], found: Findings) -> tuple[tuple[Moment, ...], Cuts]:
    """The moments that are not the one which others are to be like, and the cuts that they make."""
    settled = found.settled or tuple(SettledSpan(moment.span) for moment in moments)
    pairs = [
        (moment, edges)
        for moment, edges in zip(moments, settled, strict=False)
        if like is None or moment.span.overlap(like.span) * 2 < moment.span.duration
    ]
    cuts = tuple(
        Cut(
            edges.span,
            query=found.query,
            excerpt=" ".join(moment.excerpt.split()),
            confidence=moment.confidence,
            reason=moment.reason,
            start=edges.start,
            end=edges.end,
        )
        for moment, edges in pairs
    )
    return tuple(moment for moment, _ in pairs), cuts


def _unknown(cuts: Cuts, known: Cuts) -> Cuts:
    """The cuts whose seconds nobody has cut yet."""
    spans = {cut.span for cut in known}
    return tuple(cut for cut in cuts if cut.span not in spans)


def _clock(seconds: Fraction) -> str:
    """A time to the second."""
    return format_timecode(seconds).partition(".")[0]
