"""Keeps the library's page as the library is, and does what a person wants of clips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.file_door import FileDoor
from fastclip_desktop.gui.job_feed import JobFeed
from fastclip_desktop.gui.latest_question import LatestQuestion
from fastclip_desktop.gui.library.actions import Act
from fastclip_desktop.gui.library.page import LibraryPage
from fastclip_desktop.gui.library.removals import Removals
from fastclip_desktop.gui.library.sharing import Sharing
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.gui.settings_door import SettingsDoor

if TYPE_CHECKING:
    from fastclip_desktop.engine.catalogue import ClipPage

PAGE = 120
"""Clips that are asked for at a time."""

_REST = 300
"""Milliseconds after something has happened to clips until what is told of all of them is asked anew."""

_SOURCES = 20
"""In which something is said, at most."""


class LibraryDesk(QObject):
    """Asks the engine, and hears what happens to clips.

    Signals:
        place_wanted: where a source is, and the ``TimeRange`` of it that is to be seen.
        clip_wanted: where a source is, and the ``TimeRange`` of it that a clip was made of.
    """

    place_wanted = Signal(str, object)
    clip_wanted = Signal(str, object)

    def __init__(
        self, bridge: EngineBridge, feed: JobFeed, page: LibraryPage, door: SettingsDoor, choices: Choices
    ) -> None:
        super().__init__(page)
        self._bridge = bridge
        self._page = page
        self._number = 0
        self._words = ""
        self._is_fetching = False
        self._spoken = LatestQuestion(bridge)
        self._files = FileDoor(bridge.lane, self)
        self._sharing = Sharing(page.notice, door, lambda: choices.change(api_on=True), self)
        self._removals = Removals(bridge, page, self)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._count)
        page.head.typed.connect(lambda: self._search(by_meaning=False))
        page.head.asked.connect(lambda: self._search(by_meaning=True))
        page.line.wanted.connect(self._do)
        page.copy_wanted.connect(lambda: self._do(Act.COPY))
        page.undo_wanted.connect(self._removals.undo)
        page.grid.opened.connect(lambda clip: self._files.open(clip.path))
        page.spoken.opened.connect(self.place_wanted)
        page.model.more_wanted.connect(self._fetch_more)
        page.model.rename_wanted.connect(self._rename)
        self._files.failed.connect(lambda sentence: page.notice.show_answer(sentence, ""))
        feed.clip_added.connect(self._add)
        feed.clip_changed.connect(self._change)
        feed.clip_removed.connect(self._remove)
        bridge.started_anew.connect(self.load)

    @Slot()
    def load(self) -> None:
        """Ask for the clips from the first on."""
        self._number += 1
        number, words, choice = self._number, self._page.head.words, self._page.head.choice
        self._is_fetching = False
        self._words = words

        def show(found: ClipPage) -> None:
            if number == self._number:
                self._page.notice.clear()
                self._page.model.show(found.clips, found.total, choice)
                self._page.show_loaded()

        def fail(error: FastClipError) -> None:
            if number == self._number:
                self._page.notice.show_error(error, Remedy(self.tr("Try again"), self.load))
                self._page.show_fault()

        self._page.show_loading()
        self._bridge.ask(self, lambda engine: engine.library.find(words, PAGE, 0, choice), show, fail)
        self._count()

    def _search(self, *, by_meaning: bool) -> None:
        self.load()
        words = self._page.head.words
        if not words:
            self._spoken.forget()
            self._page.spoken.show_sources(())
            return
        # What means the same takes a model, and so the person's Enter.
        self._spoken.ask(
            self,
            lambda engine: engine.search.find(words, _SOURCES, by_meaning=by_meaning),
            self._page.show_spoken,
        )

    @Slot()
    def _fetch_more(self) -> None:
        if self._is_fetching:
            return
        self._is_fetching = True
        number, words, model = self._number, self._words, self._page.model
        skip, choice = len(model.clips), model.choice

        def show(found: ClipPage) -> None:
            if number == self._number:
                self._is_fetching = False
                model.extend(found.clips, found.total)

        def fail(error: FastClipError) -> None:
            if number == self._number:
                self._is_fetching = False
                self._page.notice.show_error(error, Remedy(self.tr("Try again"), self._fetch_more))

        self._bridge.ask(self, lambda engine: engine.library.find(words, PAGE, skip, choice), show, fail)

    @Slot()
    def _count(self) -> None:
        self._bridge.ask(self, lambda engine: engine.library.storage(LOCAL), self._page.storage.show_storage)

    # What happens to clips, whoever does it

    @Slot(object)
    def _add(self, clip: Clip) -> None:
        self._page.pictures.forget(clip.id)
        if self._words:
            self.load()  # whether the words fit it only the library knows
        else:
            self._page.model.put(clip)
            self._page.show_loaded()
        self._rest.start()

    @Slot(object)
    def _change(self, clip: Clip) -> None:
        self._page.model.change(clip)
        self._rest.start()

    @Slot(str)
    def _remove(self, clip_id: str) -> None:
        self._page.model.remove(clip_id)
        self._rest.start()

    # What a person wants of them

    @Slot(object)
    def _do(self, act: Act) -> None:
        chosen = self._page.grid.chosen
        if not chosen:
            return
        self._page.notice.clear()
        first = chosen[0]
        match act:
            case Act.PLAY:
                self._files.open(first.path)
            case Act.REVEAL:
                self._files.reveal(first.path)
            case Act.SOURCE:
                self._open_source(first)
            case Act.SHARE:
                self._sharing.share(chosen)
            case Act.COPY:
                QGuiApplication.clipboard().setText("\n".join(str(clip.path) for clip in chosen))
            case Act.RENAME:
                self._page.grid.rename()
            case Act.PIN:
                self._each(chosen, lambda engine, clip: engine.library.pin(clip.id, LOCAL))
            case Act.UNPIN:
                self._each(chosen, lambda engine, clip: engine.library.unpin(clip.id, LOCAL))
            case Act.DELETE:
                self._removals.remove(chosen)

    def _open_source(self, clip: Clip) -> None:
        self._bridge.ask(
            self,
            lambda engine: engine.library.source_of(clip.id),
            lambda location: self.clip_wanted.emit(location, clip.span),
            self._page.notice.show_error,
        )

    def _each(self, clips: Sequence[Clip], work: Callable[[EnginePort, Clip], object]) -> None:
        def do(engine: EnginePort) -> None:
            for clip in clips:
                work(engine, clip)

        self._bridge.ask(self, do, failed=self._page.notice.show_error)

    @Slot(object, str)
    def _rename(self, clip: Clip, name: str) -> None:
        self._page.notice.clear()
        self._bridge.ask(
            self, lambda engine: engine.library.rename(clip.id, name, LOCAL), failed=self._page.notice.show_error
        )
