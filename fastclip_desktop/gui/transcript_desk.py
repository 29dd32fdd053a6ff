"""Keeps what is said in step with all that shows it: the pane, the timeline, the playhead, the cuts, searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.editing import cuts as editing
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.gui.style import Theme

if TYPE_CHECKING:
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.timeline.contents import Contents
    from fastclip_desktop.gui.transcript.pane import TranscriptPane

_PACE = 400
"""Milliseconds between two looks of the timeline at words that are being heard."""


class TranscriptDesk(QObject):
    """The words of a window.

    Signals:
        captions_wanted: the person has a file with the words.
        models_wanted: a model for speech is to be fetched.

    Args:
        bridge: to the engine.
        history: of the cuts, and of corrected words with them.
        theme: what the window wears.
        add_pane: gives the pane a place once there is one.

    Attributes:
        words: what is said in the source that is open.
    """

    captions_wanted = Signal()
    models_wanted = Signal()

    def __init__(
        self,
        bridge: EngineBridge,
        history: CutHistory,
        theme: Theme,
        add_pane: Callable[[QWidget], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._history = history
        self._theme = theme
        self._add_pane = add_pane
        self._editor: Editor | None = None
        self._contents: Contents | None = None
        self._preparing: Reading | None = None
        self._pane: TranscriptPane | None = None
        self.words = SourceWords(bridge, history, self)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_PACE)
        self._growing.timeout.connect(self._prepare)
        self.words.changed.connect(self._prepare)
        self.words.grew.connect(self._grow)

    @property
    def pane(self) -> TranscriptPane:
        """The pane; made when it is first needed, never before the window is on the screen."""
        if self._pane is None:
            from fastclip_desktop.gui.transcript.pane import TranscriptPane

            self._pane = pane = TranscriptPane(self.words, self._theme.palette)
            pane.seek_wanted.connect(self._seek)
            pane.cut_wanted.connect(self._cut)
            pane.captions_wanted.connect(self.captions_wanted)
            pane.models_wanted.connect(self.models_wanted)
            self._theme.changed.connect(pane.wear)
            self._history.changed.connect(pane.show_cuts)
            self._add_pane(pane)
        return self._pane

    def show_source(self, media: MediaFile | None, editor: Editor | None, given: Path | None = None) -> None:
        """Turn to another source, or to none.

        Args:
            media: what is open.
            editor: shows it; ``None`` while none was ever needed.
            given: the subtitle file that belongs to it, as a project remembers it.
        """
        if editor is not None and self._editor is None:
            self._editor = editor
            editor.player.moved.connect(self._follow)
        self._contents = editor.timeline.contents if editor is not None and media is not None else None
        if self._pane is not None:
            self._pane.field.keep()
        if media is not None:
            pane = self.pane
            pane.show_moments(())
            pane.show_cuts(self._history.cuts)
            pane.show_playhead(Fraction(0))
        self.words.show_source(media, given)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Underline what fits the prompt."""
        self.pane.show_moments(moments)

    @Slot(object)
    def _follow(self, instant: Fraction) -> None:
        if self._pane is not None:
            self._pane.show_playhead(instant)

    @Slot(object)
    def _seek(self, instant: Fraction) -> None:
        if self._editor is not None:
            self._editor.player.seek(instant)

    @Slot(object)
    def _cut(self, cut: Cut) -> None:
        self._history.edit(editing.placed(self._history.cuts, (cut,)), self.tr("Clip of words"))
        if self._editor is not None:
            self._editor.timeline.select(frozenset({cut.id}))

    @Slot()
    def _grow(self) -> None:
        if not self._growing.isActive():
            self._growing.start()

    @Slot()
    def _prepare(self) -> None:
        """Have the words made ready for the timeline, beside everything else."""
        editor, contents = self._editor, self._contents
        if editor is None or contents is None:
            return
        if self._preparing is not None:
            self._preparing.stop()
        transcript, heard = self.words.transcript, self.words.heard
        listens = self.words.state is WordsState.LISTENING
        cues: Sequence[Segment] = transcript.segments if transcript is not None else tuple(heard) if listens else ()

        from fastclip_desktop.gui.timeline.contents import Spoken, spoken_of

        def take(spoken: Spoken) -> None:
            contents.set_spoken(spoken)
            editor.timeline.refresh()

        self._preparing = self._bridge.begin_reading(
            self, lambda _engine, _cancel, _deliver: spoken_of(cues), lambda _: None, take, lambda _: None
        )
