"""Small things side by side, in as many rows as the width asks for."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Rows from the leading edge on; what has no room in the last of them is left out.

    Args:
        gap: pixels between things and between rows.
        rows: how many at most.
    """

    def __init__(self, gap: int, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._rows = gap, rows
        self._is_placing = False
        self.setContentsMargins(QMargins())

    def keep_to(self, rows: int) -> None:
        """Fill so many rows at most."""
        if rows != self._rows:
            self._rows = rows
            self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Give one of them away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Nothing is stretched."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """A narrow place takes more rows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """What the rows take in a width."""
        return self._place(QRect(0, 0, width, 0), is_real=False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As the largest of them."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for the largest."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(QSize(0, item.minimumSize().height()))
        return size

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Put them into their rows."""
        super().setGeometry(rect)
        if self._is_placing:  # what is shown or hidden has the layout look again
            return
        self._is_placing = True
        self._place(rect, is_real=True)
        self._is_placing = False

    def _place(self, rect: QRect, *, is_real: bool) -> int:
        """The height of all rows."""
        is_mirrored = QApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x, y, row, height, bottom = 0, 0, 1, 0, 0
        for item in self._items:
            widget = item.widget()
            wanted = item.sizeHint() if widget is None else widget.sizeHint()  # an item that is hidden wants nothing
            size = wanted.boundedTo(QSize(rect.width(), wanted.height()))
            if x and x + size.width() > rect.width():
                x, y, row = 0, y + height + self._gap, row + 1
            has_room = row <= self._rows
            if is_real and widget is not None:
                left = rect.width() - x - size.width() if is_mirrored else x
                item.setGeometry(QRect(rect.topLeft() + QPoint(left, y), size))
                widget.setVisible(has_room)
            if has_room:
                height = max(size.height(), height if x else 0)
                bottom = y + height
            x += size.width() + self._gap
        return bottom
