"""Helps while one types: places that hold the words, what the video speaks of, and what was looked for before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import MarkedMoment
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.editing.cuts import placed
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.side_panel import SidePanel
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.settings.prompts import forget_prompts, keep_prompt, read_prompts, with_prompt


class Hints(QObject):
    """Belongs to one panel.

    Signals:
        places: the moments that hold the words as far as they were typed.
    """

    places = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        panel: SidePanel,
        words: SourceWords,
        history: CutHistory,
        choices: Choices,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._panel = panel
        self._words = words
        self._history = history
        self._folder = choices.folder
        self._earlier: tuple[str, ...] = ()
        self._media: MediaFile | None = None
        self._transcript: Transcript | None = None
        self._topics: Reading | None = None
        self._typed = ""
        panel.pane.typed.connect(self._look)
        panel.pane.hits.kept.connect(self._keep)
        panel.suggestions.forget_wanted.connect(self._forget)
        words.changed.connect(self._follow)
        self._follow()

    @Slot()
    def start(self) -> None:
        """Read what was looked for before; a moment's work, once nobody waits for the window any more."""
        folder = self._folder
        self._bridge.lane.do(self, lambda: read_prompts(folder), self._know)

    @Slot(str)
    def remember(self, query: str) -> None:
        """Keep what is looked for now, and show no more what was typed on the way there."""
        self._typed = ""
        self._panel.pane.show_hits(())
        self._know(with_prompt(self._earlier, query))
        folder = self._folder
        self._bridge.lane.do(self, lambda: keep_prompt(folder, query), self._know)

    @Slot()
    def _forget(self) -> None:
        """Forget what was looked for before, here and on the disk."""
        self._know(())
        self._panel.refresh()
        folder = self._folder
        self._bridge.lane.do(self, lambda: forget_prompts(folder))

    def _know(self, earlier: tuple[str, ...]) -> None:
        self._earlier = earlier
        self._panel.prompt.know(earlier)
        self._panel.suggestions.show_earlier(earlier)

    @Slot(str)
    def _look(self, typed: str) -> None:
        self._typed = typed

        def show(hits: tuple[MarkedMoment, ...]) -> None:
            if typed != self._typed:
                return
            self._panel.pane.show_hits(hits)
            if typed:
                self.places.emit(tuple(hit.moment for hit in hits))

        self._words.quick_find(self, typed, show)

    @Slot(object)
    def _keep(self, hit: MarkedMoment) -> None:
        """Make a cut of a place."""
        moment = hit.moment
        excerpt = " ".join(moment.excerpt.split())
        cut = Cut(moment.span, query=self._panel.prompt.words, excerpt=excerpt, confidence=moment.confidence)
        self._history.edit(placed(self._history.cuts, (cut,)), self.tr("Add clip"))

    @Slot()
    def _follow(self) -> None:
        """Go by the words of the source that is open."""
        if self._words.media is not self._media:  # the places are those of the one before
            self._media, self._typed = self._words.media, ""
            self._panel.pane.show_hits(())
        transcript = self._words.transcript if self._words.state is WordsState.KNOWN else None
        if transcript is self._transcript:
            return
        self._transcript = transcript
        self._panel.cards.go_by(transcript)
        if self._topics is not None:
            self._topics.stop()
            self._topics = None
        if transcript is None:
            self._panel.suggestions.show_topics(())
            return
        known = transcript

        def take(topics: tuple[str, ...]) -> None:
            self._topics = None
            self._panel.suggestions.show_topics(topics)
            self._panel.refresh()

        self._topics = self._bridge.begin_reading(
            self,
            lambda engine, cancel, _: engine.topics(known, cancel=cancel),
            lambda _: None,
            take,
            lambda _: None,  # nobody misses a suggestion
        )
        if self._panel.prompt.words:
            self._look(self._panel.prompt.words)
