"""Where the editor comes to stand in the window; it is made when the first source opens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.editing.cuts import Cuts
from fastclip_desktop.gui.commands import Commands
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.editor_commands import CONTEXT
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.panes import Panes
from fastclip_desktop.gui.side_panel import SidePanel
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import Palette

if TYPE_CHECKING:
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.scrub_preparing import ScrubPreparing


@dataclass(frozen=True, slots=True)
class EditorPlace:
    """Where the editor's two halves go: the player under what stands in a column, the timeline below it all."""

    column: QVBoxLayout
    panes: Panes


class EditorRoom(QObject):
    """Keeps the editor, the side panel and the cuts of every source that was open in step."""

    def __init__(
        self,
        bridge: EngineBridge,
        history: CutHistory,
        panel: SidePanel,
        commands: Commands,
        theme: Theme,
        place: EditorPlace,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._history = history
        self._panel = panel
        self._commands = commands
        self._theme = theme
        self._place = place
        self._window = window
        self._editor: Editor | None = None
        self._preparing: ScrubPreparing | None = None
        self._prepares = False
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
            from fastclip_desktop.gui.scrub_preparing import ScrubPreparing

            self._editor = editor = Editor(self._bridge, self._history, self._theme.palette, self)
            self._preparing = ScrubPreparing(self._bridge, editor)
            self._preparing.switch(on=self._prepares)
            self._place.column.addWidget(editor.player, 1)
            self._place.panes.add_timeline(editor.timeline)
            editor.keys_wanted.connect(lambda: self._commands.carry_out("help.keys"))
            editor.menu_wanted.connect(self._open_menu)
            editor.timeline.selection_changed.connect(self._panel.cards.show_selected)
            editor.timeline.cuts_previewed.connect(self._panel.cards.show_cuts)
            self._panel.cards.chosen.connect(editor.show_cut)
            self._panel.cards.opened.connect(editor.play_cut)
            self._panel.cards.preview_wanted.connect(editor.player.preview)
            self._panel.pane.hits.opened.connect(lambda moment: editor.player.seek(moment.span.start))
        return self._editor

    def show_source(self, media: MediaFile | None) -> None:
        """Open another source with the cuts that it had, or close the one that is open."""
        if self._media is not None:
            self._kept[self._media.source] = self._history.cuts
        self._media = media
        if self._preparing is not None:
            self._preparing.stop()
        if media is not None:
            self.editor.open(media)
        elif self._editor is not None:
            self._editor.close_source()
        if self._editor is not None:
            for part in (self._editor.player, self._editor.timeline):
                part.setVisible(media is not None)
        self._history.begin(self._kept.get(media.source, ()) if media else ())

    def prepare_scrubbing(self, *, on: bool) -> None:
        """Have sources prepared for quick scrubbing from now on, or not."""
        self._prepares = on
        if self._preparing is not None:
            self._preparing.switch(on=on)

    @Slot()
    def pause(self) -> None:
        """Play nothing while something else is looked at."""
        if self._editor is not None:
            self._editor.player.pause()

    @Slot(object)
    def show_matches(self, moments: tuple[Moment, ...]) -> None:
        """Show what was found."""
        self.editor.show_matches(moments)

    @Slot(object)
    def _mark(self, span: TimeRange) -> None:
        """Put what was typed on the timeline."""
        self.editor.add(span, self.tr("Mark the clip"))
        self.editor.player.seek(span.start)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._commands.action(command_id) for command_id in CONTEXT])
        menu.popup(place)

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        if self._editor is not None:
            self._editor.wear(palette)
