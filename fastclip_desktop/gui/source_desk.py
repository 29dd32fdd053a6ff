"""What is open in a window and how it comes there: looked up, found or not, with the words that it brings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, SeveralMedia, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.incoming import CAPTION_SUFFIXES
from fastclip_desktop.gui.link_picture import read_link_picture
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.source_bar import SourceBar
from fastclip_desktop.gui.source_card import SourceCard
from fastclip_desktop.gui.source_watch import SourceWatch
from fastclip_desktop.gui.source_words import SourceWords

if TYPE_CHECKING:
    from fastclip_desktop.gui.project_desk import ProjectDesk


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """Where it is said what is open: the field of its name, the card of its facts, and the notice of what is wrong."""

    bar: SourceBar
    card: SourceCard
    notice: Notice


class SourceDesk(QObject):
    """Opens one source at a time.

    Signals:
        shown: the ``MediaFile`` that is open from now on; ``None`` for none, be it that one is on its way.
        expected: one is on its way, and its card is to be seen.
        opened: the ``MediaFile`` that was looked up; it has been shown.
        missing: nothing was found, and a person has to say what else to open.
        several_wanted: the links of a list that was given as a source, a tuple of texts.
        captions_given: the words of a file hold from now on.
        returned: the file of the open source is there again after it was gone.

    Attributes:
        media: what is open.
        projects: whose source it is; ``None`` where nothing outlives the window.
    """

    shown = Signal(object)
    expected = Signal()
    opened = Signal(object)
    missing = Signal()
    several_wanted = Signal(object)
    captions_given = Signal()
    returned = Signal()

    def __init__(self, bridge: EngineBridge, place: SourcePlace, words: SourceWords, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._place = place
        self._words = words
        self._window = window
        self._brought: Path | None = None
        self.media: MediaFile | None = None
        self.projects: ProjectDesk | None = None
        self._watch = SourceWatch(bridge.lane, window)
        self._watch.gone.connect(self._tell_gone)
        self._watch.back.connect(self.returned)
        place.card.cancelled.connect(self.cancel)
        bridge.source_advanced.connect(place.card.show_progress)
        bridge.source_found.connect(self._show_found)
        bridge.source_failed.connect(self._show_fault)

    @property
    def is_empty(self) -> bool:
        """Whether no source is open or on its way."""
        return self.media is None and not self._bridge.is_looking_up

    @Slot(str, object)
    def open(self, source: str, captions: Path | None = None) -> None:
        """Look a link or a file up; whatever was open is open no more."""
        self._expect(source, self.tr("Looking it up …"))
        self._brought = captions
        self._bridge.look_up(source)

    @Slot()
    def open_sample(self) -> None:
        """Make the sample talk and open it."""
        self._expect("", self.tr("Making a short talk with captions …"))
        self._bridge.open_sample()

    @Slot()
    def cancel(self) -> None:
        """Give up the look-up under way."""
        self._bridge.cancel_look_up()
        if self.projects is not None:
            self.projects.let_go()
        self._show(None)
        self.missing.emit()

    @property
    def given_captions(self) -> Path | None:
        """The file with what is said that the person brought; ``None`` for what the source itself has."""
        return self._words.given

    @Slot(object)
    def give_captions(self, path: Path) -> None:
        """Go by the words of a file."""
        if self._bridge.is_looking_up:
            self._brought = path
        elif self.media is None:
            self._place.notice.show_answer(
                self.tr("{0} holds captions, and no video is open.").format(path.name),
                self.tr("Open the video first, or drop both together."),
            )
        else:
            self._words.give(path)
            self._place.card.show_given_captions(path.name)
            self.captions_given.emit()

    def restore_captions(self, path: Path) -> None:
        """Go by the words of a file that was brought at an earlier time, unless they were corrected since."""
        self._words.restore(path)
        self._place.card.show_given_captions(path.name)

    @Slot()
    def choose_captions(self) -> None:
        """Let the person choose a file with what is said."""
        patterns = " ".join(f"*{suffix}" for suffix in CAPTION_SUFFIXES)
        path, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Captions for this source"), "", self.tr("Captions ({0})").format(patterns)
        )
        if path:
            self.give_captions(Path(path))

    def close(self) -> None:
        """Show nothing any more."""
        self._show(None)

    def _expect(self, source: str, stage: str) -> None:
        if self.projects is not None:
            self.projects.expect(source)
        self._brought = None
        self._place.notice.clear()
        self._place.bar.show_source(source)
        self._show(None)
        name = Path(source).name if source and "://" not in source else source
        self._place.card.show_look_up(name or self.tr("Sample talk"), stage)
        self.expected.emit()

    def _show(self, media: MediaFile | None) -> None:
        self.media = media
        self._watch.follow(media.path if media else None)
        self.shown.emit(media)

    @Slot(object)
    def _show_found(self, media: MediaFile) -> None:
        self._place.bar.show_source(media.source)
        card = self._place.card
        card.show_media(media)
        read_link_picture(self._bridge, card, media, lambda thumbnail: card.show_picture(thumbnail, media))
        self._show(media)
        if self._brought is not None:
            self.give_captions(self._brought)
        self.opened.emit(media)
        if self.projects is not None:
            self.projects.show_found(media)

    @Slot(object)
    def _show_fault(self, error: FastClipError) -> None:
        self._show(None)
        if self.projects is not None and self.projects.show_missing(error):
            return
        source = self._place.bar.field.text()
        remedy = None
        if isinstance(error, UnavailableError) and source:
            remedy = Remedy(self.tr("Try again"), lambda: self.open(source))
        elif isinstance(error, SeveralMedia) and (links := tuple(each.url for each in error.entries if each.url)):
            remedy = Remedy(self.tr("Open all of them"), lambda: self.several_wanted.emit(links))
        self._place.notice.show_error(error, remedy)
        self.missing.emit()

    @Slot(object)
    def _tell_gone(self, path: Path) -> None:
        error = InputError(
            ErrorCode.SOURCE_NOT_FOUND,
            self.tr("{0} is not there any more.").format(path.name),
            self.tr("It is shown again as soon as it is back. What was done to it is kept."),
        )
        find = Remedy(self.tr("Find the file …"), self.projects.relink) if self.projects is not None else None
        self._place.notice.show_error(error, find)
