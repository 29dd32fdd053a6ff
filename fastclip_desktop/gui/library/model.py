"""The clips of the library as a list that grows while somebody looks farther down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QUrl,
    Signal,
)

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.clip_choice import ClipChoice
from fastclip_desktop.gui.excerpts import as_tip
from fastclip_desktop.gui.library.words import ClipWords

Index = QModelIndex | QPersistentModelIndex

CLIP = Qt.ItemDataRole.UserRole
"""The role of the ``Clip`` itself."""

_NOWHERE = QModelIndex()


class ClipModel(QAbstractListModel):
    """Clips in the order of a choice, as far as they were asked for.

    Signals:
        more_wanted: somebody looks beyond what is known.
        rename_wanted: a ``Clip`` and the name that a person typed for it.

    Attributes:
        clips: those that are known.
        total: how many there are in all.
        choice: which ones, and in which order.
    """

    more_wanted = Signal()
    rename_wanted = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = ClipWords(self)
        self.clips: list[Clip] = []
        self.total = 0
        self.choice = ClipChoice()

    # What Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many are known."""
        return 0 if parent.isValid() else len(self.clips)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The clip, its name, and what is said of it to those who see nothing."""
        if not index.isValid():
            return None
        clip = self.clips[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._words.name(clip)
            case Qt.ItemDataRole.ToolTipRole:
                return as_tip(self._words.name(clip), *self._words.about(clip))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words.spoken(clip)
        return clip if role == CLIP else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802 - Qt's name
        """Take the name that was typed; the library has the last word."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        clip, name = self.clips[index.row()], " ".join(str(value).split())
        if name != self._words.name(clip):
            self.rename_wanted.emit(clip, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Each can be chosen, renamed and dragged."""
        more = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | more if index.isValid() else Qt.ItemFlag.NoItemFlags

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802 - Qt's name
        """The files as other programs take them."""
        paths = [str(self.clips[index.row()].path) for index in sorted(indexes, key=QModelIndex.row)]
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
        mime.setText("\n".join(paths))
        return mime

    def supportedDragActions(self) -> Qt.DropAction:  # noqa: N802 - Qt's name
        """The library keeps its own."""
        return Qt.DropAction.CopyAction

    def canFetchMore(self, parent: Index) -> bool:  # noqa: N802 - Qt's name
        """Whether there are more than are known."""
        return not parent.isValid() and len(self.clips) < self.total

    def fetchMore(self, parent: Index) -> None:  # noqa: N802 - Qt's name
        """Ask for more; they come later."""
        if self.canFetchMore(parent):
            self.more_wanted.emit()

    # What is known

    def show(self, clips: Sequence[Clip], total: int, choice: ClipChoice) -> None:
        """Know these, the first of a list."""
        self.beginResetModel()
        self.clips, self.total, self.choice = list(clips), total, choice
        self.endResetModel()

    def extend(self, clips: Sequence[Clip], total: int) -> None:
        """Know the next ones; those that moved there meanwhile are known already."""
        known = {clip.id for clip in self.clips}
        new = [clip for clip in clips if clip.id not in known]
        if new:
            first = len(self.clips)
            self.beginInsertRows(_NOWHERE, first, first + len(new) - 1)
            self.clips += new
            self.endInsertRows()
        # Where nothing new came there is nothing more, whatever was counted.
        self.total = max(total, len(self.clips)) if new else len(self.clips)

    def put(self, clip: Clip) -> None:
        """One more; it shows at its place, unless that lies beyond what is known."""
        if self.row_of(clip.id) is not None:
            self.change(clip)
            return
        if not self.choice.holds(clip):
            return
        place = self.choice.place(clip)
        row = sum(self.choice.place(each) < place for each in self.clips)
        is_beyond = row == len(self.clips) < self.total
        self.total += 1
        if not is_beyond:
            self.beginInsertRows(_NOWHERE, row, row)
            self.clips.insert(row, clip)
            self.endInsertRows()

    def change(self, clip: Clip) -> None:
        """What became of one; it keeps its place until the list is asked for anew."""
        row = self.row_of(clip.id)
        if row is None:
            return
        if not self.choice.holds(clip):
            self.remove(clip.id)
            return
        self.clips[row] = clip
        self.dataChanged.emit(self.index(row), self.index(row))

    def remove(self, clip_id: str) -> None:
        """One less."""
        row = self.row_of(clip_id)
        if row is None:
            return
        self.total -= 1
        self.beginRemoveRows(_NOWHERE, row, row)
        del self.clips[row]
        self.endRemoveRows()

    def row_of(self, clip_id: str) -> int | None:
        """Where a clip stands."""
        return next((row for row, clip in enumerate(self.clips) if clip.id == clip_id), None)

    def touch(self, clip_id: str) -> None:
        """Something that is painted with a clip has changed."""
        row = self.row_of(clip_id)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])
