"""The clips side by side: chosen by pointer and keys, renamed in place, dragged to other programs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QWidget

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.gui.library.model import CLIP, ClipModel
from fastclip_desktop.gui.library.tile import Tiles

_REST = 60
"""Milliseconds of rest after which what is in sight is looked at."""

_AHEAD = 3
"""Screens of clips that are known beyond what is in sight."""


class ClipGrid(QListView):
    """Tiles in rows.

    Signals:
        opened: a ``Clip`` that is to be played.
        deletion_wanted: what is chosen is to go.
        menu_wanted: the place on the screen for the menu of what can be done.
        pointed_at: the ``Clip`` under the pointer, or ``None``.
        seen: the clips that are in sight.
        chosen_changed: others are chosen.
    """

    opened = Signal(object)
    deletion_wanted = Signal()
    menu_wanted = Signal(QPoint)
    pointed_at = Signal(object)
    seen = Signal(object)
    chosen_changed = Signal()

    def __init__(self, clips: ClipModel, tiles: Tiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clips = clips
        self._tiles = tiles
        self._columns = 1
        self.setProperty("kind", "library")
        self.setAccessibleName(self.tr("Clips"))
        self.setModel(clips)
        self.setItemDelegate(tiles)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionRectVisible(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(self._look_soon)
        for signal in (clips.modelReset, clips.rowsInserted, clips.rowsRemoved):
            signal.connect(self._look_soon)
        clips.modelReset.connect(self.chosen_changed)
        clips.rowsRemoved.connect(self.chosen_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(CLIP)))

    @property
    def chosen(self) -> tuple[Clip, ...]:
        """The clips that are chosen, in their order."""
        return tuple(self._clips.clips[row] for row in sorted(index.row() for index in self.selectedIndexes()))

    def choose_current(self) -> None:
        """Choose the clip that the keyboard is at."""
        index = self.currentIndex()
        if index.isValid():
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def rename(self) -> None:
        """Let the person type another name for the clip that the keyboard is at."""
        index = self.currentIndex()
        if index.isValid():
            self.scrollTo(index)
            self.edit(index)

    def rows_in_sight(self) -> range:
        """The rows of which something can be seen."""
        high = max(1, self._tiles.cell.height())
        top = self.verticalScrollBar().value()
        first, last = top // high, (top + self.viewport().height() - 1) // high
        return range(
            min(first * self._columns, len(self._clips.clips)),
            min((last + 1) * self._columns, len(self._clips.clips)),
        )

    def selectionChanged(self, *changed: object) -> None:  # noqa: N802 - Qt's name
        """Tell that others are chosen."""
        super().selectionChanged(*changed)  # type: ignore[arg-type]  # as Qt gave them
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Share the width out."""
        # Room for the scroll bar stays free, so that nothing moves when it comes; and a pixel, as Qt breaks the row
        # where the last tile would end at the very edge.
        bar = self.verticalScrollBar()
        taken = max(bar.sizeHint().width(), self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, bar))
        self._columns = self._tiles.fit(self.width() - taken - 1, self.font())
        self.setGridSize(self._tiles.cell)
        super().resizeEvent(event)
        self._look_soon()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter plays, and Delete removes."""
        if self.state() is QAbstractItemView.State.EditingState:
            return  # the field has taken it
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().data(CLIP))
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deletion_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which clip the pointer is over."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            index = self.indexAt(event.position().toPoint())
            self.pointed_at.emit(index.data(CLIP) if index.isValid() else None)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell that the pointer has left."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self.pointed_at.emit(None)
        return super().viewportEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Offer what can be done with what is chosen, by the pointer or by the menu key."""
        place = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        if self.chosen:
            self.menu_wanted.emit(place)

    def startDrag(self, _: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Give the files to another program."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        self.pointed_at.emit(None)
        drag = QDrag(self)
        drag.setMimeData(self._clips.mimeData(indexes))
        rect = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
        if not rect.isEmpty():
            seen: QPixmap = self.viewport().grab(QRect(rect))
            drag.setPixmap(seen.scaledToWidth(rect.width() // 2, Qt.TransformationMode.SmoothTransformation))
        drag.exec(Qt.DropAction.CopyAction)

    @Slot()
    def _look_soon(self) -> None:
        self._rest.start()

    @Slot()
    def _look(self) -> None:
        rows = self.rows_in_sight()
        self.seen.emit(tuple(self._clips.clips[row] for row in rows))
        if len(self._clips.clips) - rows.stop < _AHEAD * max(1, len(rows)):
            self._clips.fetchMore(QModelIndex())
