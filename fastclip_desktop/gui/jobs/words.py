"""What jobs are called, what they are at, and how they ended, in the person's language."""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from PySide6.QtCore import QObject

from fastclip_desktop.domain.job import AutoClipRequest, ClipRequest, JoinRequest, ShortsRequest
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui.engine_words import stage_words
from fastclip_desktop.gui.jobs.groups import JobGroup, Standing
from fastclip_desktop.gui.jobs.mending import Mend


def clock(seconds: float) -> str:
    """Whole seconds as ``M:SS`` or ``H:MM:SS``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def source_name(source: str) -> str:
    """A file's name, or the place of a link without what only machines read."""
    if "://" not in source:
        return PurePath(source).name or source
    try:
        parts = urlsplit(source)
    except ValueError:  # half an IPv6 address, for one: it was accepted, and fails with a fault of its own
        return source
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}/{last}" if last else host or source


class JobWords(QObject):
    """Says things about jobs."""

    def title(self, group: JobGroup) -> str:
        """What a group is for."""
        if len(group.jobs) > 1 and group.makes_clips:
            return self._title_of_several(group)
        of = source_name(group.source)
        match group.first.request:
            case ClipRequest(span=span):
                return self.tr("{0} – {1} of {2}").format(format_timecode(span.start), format_timecode(span.end), of)
            case AutoClipRequest(query=query):
                best = self.tr("The best clips of {0}").format(of)
                return self.tr("Clips for “{0}” of {1}").format(query, of) if query else best
            case ShortsRequest():
                return self.tr("Shorts of {0}").format(of)
            case JoinRequest(parts=parts):
                return self.tr("%n parts joined", "", len(parts))
        return self.tr("Search for “{0}” in {1}").format(group.query or "", of)

    def _title_of_several(self, group: JobGroup) -> str:
        many, of = len(group.jobs), source_name(group.source)
        if group.query:
            return self.tr("Clips for “{0}” of %n sources", "", many).format(group.query)
        if group.query is not None:
            return self.tr("The best clips of %n sources", "", many)
        return self.tr("%n clips of {0}", "", many).format(of) if of else self.tr("%n clips", "", many)

    def standing(self, group: JobGroup) -> str:
        """What a group is at, or how it ended."""
        match group.standing:
            case Standing.WAITING:
                return self.tr("Waiting for its turn")
            case Standing.PAUSED:
                return self.tr("Paused")
            case Standing.CANCELLED:
                return self.tr("Stopped")
            case Standing.RUNNING:
                return self._under_way(group)
        return self.outcome(group)

    def outcome(self, group: JobGroup) -> str:
        """How a group ended, in one sentence."""
        made, total, failed = group.number_done, len(group.jobs), len(group.failed)
        if not group.makes_clips:
            moments = sum(len(found.moments) for job in group.jobs if job.result for found in job.result.findings)
            return self.tr("The search failed.") if failed else self.tr("%n moments found.", "", moments)
        if total == 1:
            if failed:
                return self.tr("The clip could not be made.")
            return self.tr("%n clips made.", "", len(group.clips) or made)
        by_words = group.query is not None
        if not failed:
            return self.tr("%n clips made.", "", len(group.clips) if by_words else made)
        if by_words:
            told = self.tr("%n clips made;", "", len(group.clips))
            return self.tr("{0} {1}").format(told, self.tr("%n sources failed.", "", failed))
        told = self.tr("{0} of %n clips made;", "", total).format(made)
        return self.tr("{0} {1}").format(told, self.tr("%n failed.", "", failed))

    def left(self, seconds: float | None) -> str:
        """How long it still takes; empty where nobody knows."""
        if seconds is None:
            return ""
        if seconds < 60:
            return self.tr("%n s left", "", max(1, round(seconds)))
        return self.tr("{0} left").format(clock(seconds + 0.5))

    def speed(self, times: float | None) -> str:
        """How much faster than playing it; empty where nobody knows."""
        if times is None:
            return ""
        return self.tr("{0}× playing speed").format(f"{times:.1f}" if times < 10 else f"{times:.0f}")

    def mend(self, mend: Mend) -> str:
        """What stands on the button that mends a fault."""
        return {
            Mend.CHOOSE_FOLDER: self.tr("Choose another folder …"),
            Mend.FREE_SPACE: self.tr("Make room …"),
            Mend.FIND_SOURCE: self.tr("Find the file …"),
            Mend.CHOOSE_CAPTIONS: self.tr("Choose captions …"),
            Mend.FETCH_MODEL: self.tr("See the models …"),
            Mend.CHANGE_NETWORK: self.tr("Network settings …"),
            Mend.CHANGE_FORM: self.tr("Change the form …"),
            Mend.CHANGE_BUDGET: self.tr("See the budget …"),
            Mend.TRY_AGAIN: self.tr("Try again"),
        }[mend]

    def _under_way(self, group: JobGroup) -> str:
        running = group.running
        stage = stage_words(running.stage) if running is not None else self.tr("Starting")
        if len(group.jobs) == 1:
            return stage
        number = min(group.number_ended + 1, len(group.jobs))
        told = self.tr("Clip {0} of {1} · {2}") if group.query is None else self.tr("Source {0} of {1} · {2}")
        return told.format(number, len(group.jobs), stage)
