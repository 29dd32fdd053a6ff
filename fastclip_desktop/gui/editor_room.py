"""Where the editor comes to stand in the window; it is made when the first source opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.cuts import Cuts
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.key_sheet import KeySheet
from fastclip_desktop.gui.request_panel import RequestPanel
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import Palette

if TYPE_CHECKING:
    from fastclip_desktop.gui.editor import Editor

_TIMELINE_HEIGHT = 190
"""Pixels that it keeps in the smallest window."""


@dataclass(frozen=True, slots=True)
class EditorPlace:
    """Where the editor's two halves go: the player under what stands in a column, the timeline below it all."""

    column: QVBoxLayout
    body: QSplitter


class EditorRoom(QObject):
    """Keeps the editor, the side panel and the cuts of every source that was open in step."""

    def __init__(
        self,
        bridge: EngineBridge,
        history: CutHistory,
        panel: RequestPanel,
        theme: Theme,
        place: EditorPlace,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._history = history
        self._panel = panel
        self._theme = theme
        self._place = place
        self._window = window
        self._editor: Editor | None = None
        self._media: MediaFile | None = None
        self._kept: dict[str, Cuts] = {}
        panel.span_wanted.connect(self._mark)
        theme.changed.connect(self._wear)

    @property
    def editor(self) -> Editor:
        """Player and timeline."""
        if self._editor is None:
            # Brings in the libraries that paint and play: never before the window is on the screen.
            from fastclip_desktop.gui.editor import Editor

            self._editor = editor = Editor(self._bridge, self._history, self._theme.palette, self)
            editor.timeline.setMinimumHeight(_TIMELINE_HEIGHT)
            height = editor.timeline.sizeHint().height()
            body = self._place.body
            self._place.column.addWidget(editor.player, 1)
            body.addWidget(editor.timeline)
            body.setStretchFactor(1, 0)
            body.setSizes([body.height() - height, height])
            editor.keys_wanted.connect(self._show_keys)
            editor.timeline.selection_changed.connect(self._panel.cards.show_selected)
            editor.timeline.cuts_previewed.connect(self._panel.cards.show_cuts)
            self._panel.cards.chosen.connect(editor.show_cut)
        return self._editor

    def show_source(self, media: MediaFile | None) -> None:
        """Open another source with the cuts that it had, or close the one that is open."""
        if self._media is not None:
            self._kept[self._media.source] = self._history.cuts
        self._media = media
        self._panel.cards.duration = media.duration if media else None
        if media is not None:
            self.editor.open(media)
        elif self._editor is not None:
            self._editor.close_source()
        if self._editor is not None:
            for part in (self._editor.player, self._editor.timeline):
                part.setVisible(media is not None)
        self._history.begin(self._kept.get(media.source, ()) if media else ())

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key stands for, and give whether it stands for anything."""
        return self._editor is not None and self._editor.press(event)

    def release(self, event: QKeyEvent) -> None:
        """Let a key go."""
        if self._editor is not None:
            self._editor.release(event)

    @Slot(object)
    def show_matches(self, moments: tuple[Moment, ...]) -> None:
        """Show what was found."""
        self.editor.show_matches(moments)
        self.editor.reading.read_words()  # which a search may have heard

    @Slot(object)
    def _mark(self, span: TimeRange) -> None:
        """Put what was typed on the timeline."""
        self.editor.add(span, self.tr("Mark the clip"))
        self.editor.player.seek(span.start)

    @Slot()
    def _show_keys(self) -> None:
        KeySheet(self.editor.keys.commands, self._window).open()

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        if self._editor is not None:
            self._editor.wear(palette)
