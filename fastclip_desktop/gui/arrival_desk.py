"""Receives what is dropped, pasted or handed over, and says what cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.gui.arrivals import Arrivals, Nonsense, needs_a_look, sort_arrivals
from fastclip_desktop.gui.incoming import is_captions
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.notice import Notice

_TOLD = 3
"""Things that are told one by one; of more the number is said."""

_LONGEST = 80
"""Characters of a name: a picture that was dragged off a page comes as a text of any length."""


class ArrivalDesk(QObject):
    """Sorts what came behind the person's back, and hands each sort to whom it concerns.

    Signals:
        source_wanted: a link or a path is to be opened; with the file of its words, or ``None``.
        captions_given: a file with words came alone.
        project_wanted: a project's file is to be opened.
        batch_wanted: several sources came, a tuple of texts.
    """

    source_wanted = Signal(str, object)
    captions_given = Signal(object)
    project_wanted = Signal(object)
    batch_wanted = Signal(object)

    def __init__(self, lane: Lane, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._lane = lane
        self._notice = notice

    def take(self, sources: tuple[str, ...]) -> None:
        """Take what came; whatever it is, something is said or done."""
        if not sources:
            return
        if needs_a_look(sources):
            self._lane.do(self, lambda: sort_arrivals(sources), self._receive)
        else:  # nothing to wait for
            captions = tuple(Path(source) for source in sources if is_captions(source))
            links = dict.fromkeys(source for source in sources if not is_captions(source))
            self._receive(Arrivals(tuple(links), captions))

    def _receive(self, came: Arrivals) -> None:
        captions = came.captions[0] if came.captions else None
        left_out = 0
        if came.projects:  # it brings a source and words of its own, which nothing beside it may replace
            self.project_wanted.emit(came.projects[0])
            left_out = len(came.projects) - 1 + len(came.media) + len(came.captions)
        elif len(came.media) > 1:
            self.batch_wanted.emit(came.media)
        elif came.media:
            self.source_wanted.emit(came.media[0], captions)
        elif captions is not None:
            self.captions_given.emit(captions)
        # Last, as what opens something clears what was said before.
        if came.nonsense or came.skipped or left_out:
            self._say(came, left_out)

    def _say(self, came: Arrivals, left_out: int) -> None:
        sentences = [self._sentence(why, name) for why, name in came.nonsense[:_TOLD]]
        if len(came.nonsense) > _TOLD:
            sentences.append(self.tr("%n more cannot be opened.", "", len(came.nonsense) - _TOLD))
        if came.skipped:
            sentences.append(self.tr("%n files of the folder are left out.", "", came.skipped))
        if left_out:
            sentences.append(self.tr("%n more are left out, as a project is opened by itself.", "", left_out))
        hint = "" if came.media or came.projects else self.tr("Drop videos, sound files, links, captions or projects.")
        self._notice.show_answer(" ".join(sentences), hint)

    def _sentence(self, why: Nonsense, name: str) -> str:
        return {
            Nonsense.OTHER_KIND: self.tr("{0} is neither a video nor a sound file."),
            Nonsense.EMPTY: self.tr("{0} is empty: it has 0 bytes."),
            Nonsense.EMPTY_FOLDER: self.tr("The folder {0} holds no videos and no sound files."),
            Nonsense.UNREADABLE: self.tr("{0} cannot be looked at."),
        }[why].format(name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…")
