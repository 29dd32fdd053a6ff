"""The library as a person sees it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fastclip_desktop.domain.spoken import FoundSource
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.clip_list import UndoBar
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.library.actions import Act, ActionLine
from fastclip_desktop.gui.library.grid import ClipGrid
from fastclip_desktop.gui.library.head import Head
from fastclip_desktop.gui.library.hover_play import HoverPlay
from fastclip_desktop.gui.library.model import ClipModel
from fastclip_desktop.gui.library.pictures import Pictures
from fastclip_desktop.gui.library.spoken import SpokenPane
from fastclip_desktop.gui.library.states import Invitation, Skeleton
from fastclip_desktop.gui.library.storage_bar import StorageBar
from fastclip_desktop.gui.library.tile import Tiles
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.tokens import Palette

_KEYS = {
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_F),
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_A),
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_C),
    (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z),
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F2),
}
"""What means something of its own here, and not what it means in the window."""


class LibraryPage(QWidget):
    """Everything of it; what is done is done by the desk.

    Signals:
        undo_wanted: the clips that were deleted last are to come back.
        copy_wanted: the paths of what is chosen are to be copied.
    """

    undo_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, bridge: EngineBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ClipModel(self)
        self.pictures = Pictures(bridge, self)
        self.playing = HoverPlay(bridge, self)
        self.head = Head()
        self.line = ActionLine()
        self.notice = Notice(wide=True)
        self.tiles = Tiles(self.pictures, self.playing, self)
        self.grid = ClipGrid(self.model, self.tiles)
        self.skeleton = Skeleton()
        self.invitation = Invitation()
        self.spoken = SpokenPane()
        self.undo_bar = UndoBar()
        self.storage = StorageBar()
        self._stage = QStackedWidget()
        self._is_loading = False
        self._is_faulty = False
        self._goes_to_clips = False
        self._lay_out()
        self._connect()
        # What is dragged from here and let go here goes nowhere.
        self.setAcceptDrops(True)
        self.show_loading()

    def begin(self) -> None:
        """Somebody looks at it now."""
        self._goes_to_clips = not self.model.clips
        (self.grid if self.model.clips else self.head.field).setFocus()
        self.pictures.want([self.model.clips[row] for row in self.grid.rows_in_sight()])

    def end(self) -> None:
        """Nobody looks at it any more."""
        self.playing.stop()
        self.pictures.stop()

    def show_loading(self) -> None:
        """Clips are being looked up; those that are there stay until others come."""
        self._is_loading, self._is_faulty = True, False
        self._judge()

    def show_loaded(self) -> None:
        """What is known is all that there is to be seen."""
        self._is_loading = self._is_faulty = False
        self._judge()

    def show_spoken(self, sources: Sequence[FoundSource]) -> None:
        """Show in which sources it is said."""
        self.spoken.show_sources(sources)
        self._judge()

    def show_fault(self) -> None:
        """Clips cannot be looked up; the notice says why."""
        self._is_loading, self._is_faulty = False, True
        self._judge()

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        for each in (self.head, self.notice, self.tiles, self.skeleton, self.invitation, self.undo_bar, self.storage):
            each.wear(palette)
        self.grid.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something of their own here from the window's commands."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _keys(event) in _KEYS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Search, choose all, undo, copy; nothing that is typed here reaches the player behind it."""
        match _keys(event):
            case (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_F):
                self.head.field.setFocus()
                self.head.field.selectAll()
            case (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_A):
                self.grid.selectAll()
            case (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_C):
                self.copy_wanted.emit()
            case (Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z):
                self.undo_wanted.emit()
            case (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_F2):
                self.grid.rename()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take what comes from here, so that the window doesn't open it."""
        event.setAccepted(event.source() is self.grid)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Have the outlines as large as what will come."""
        if event.type() is QEvent.Type.Resize:
            self.skeleton.cell = self.tiles.cell
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        for each in (self.grid, self.skeleton, self.invitation):
            self._stage.addWidget(each)
        self.grid.installEventFilter(self)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._stage, 1)
        middle.addWidget(self.spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.SMALL)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.head)
        column.addWidget(self.line)
        column.addWidget(self.notice)
        column.addLayout(middle, 1)
        column.addWidget(self.undo_bar)
        column.addWidget(self.storage)

    def _connect(self) -> None:
        self.grid.seen.connect(self.pictures.want)
        self.grid.pointed_at.connect(self.playing.point_at)
        self.grid.chosen_changed.connect(self._tell_chosen)
        self.grid.menu_wanted.connect(lambda place: self.line.menu(self, place))
        self.grid.deletion_wanted.connect(lambda: self.line.wanted.emit(Act.DELETE))
        self.pictures.changed.connect(self.model.touch)
        self.playing.moved.connect(self.model.touch)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._judge)
        self.head.field.left_downwards.connect(self._go_to_clips)
        self.invitation.all_wanted.connect(self.head.show_all)
        self.undo_bar.undo_wanted.connect(self.undo_wanted)

    @Slot()
    def _judge(self) -> None:
        """Show the one of the states that it is in."""
        if self.model.clips:
            self._stage.setCurrentWidget(self.grid)
            if self._goes_to_clips and self.head.field.hasFocus() and not self.head.field.text():
                self.grid.setFocus()
            self._goes_to_clips = False
        elif self._is_loading:
            self._stage.setCurrentWidget(self.skeleton)
        elif self._is_faulty:
            self._stage.setCurrentWidget(self.grid)
        else:
            if self.head.is_narrowed:
                self.invitation.say_no_match(self.head.words, elsewhere=bool(self.spoken.rows))
            else:
                self.invitation.say_empty()
            self._stage.setCurrentWidget(self.invitation)
        self._tell_chosen()

    @Slot()
    def _tell_chosen(self) -> None:
        there = self.tr("%n clips", "", self.model.total) if self.model.total else ""
        self.line.show_chosen(self.grid.chosen, there)

    @Slot()
    def _go_to_clips(self) -> None:
        self.grid.setFocus()
        if not self.grid.currentIndex().isValid() and self.model.clips:
            self.grid.setCurrentIndex(self.model.index(0, 0, QModelIndex()))


def _keys(event: QKeyEvent) -> tuple[Qt.KeyboardModifier, int]:
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())
