"""A line of text that gives way in the middle when the place is narrow."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_LEAST_PART = 6
"""Letters of a part that still tell something; below, the whole line gives way."""


class ElidedLabel(QLabel):
    """Shows as much of one line as fits, and the whole of it as a tool tip when not all does."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._yielding = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_whole(text)

    @property
    def whole(self) -> str:
        """The text without its gap."""
        return self._whole

    def set_whole(self, text: str, yielding: str = "") -> None:
        """Change the text; line breaks become spaces.

        Args:
            text: the line.
            yielding: a part of it, such as a folder, that gives way first, so that the words around it stay whole.
        """
        self._whole = " ".join(text.split())
        self._yielding = " ".join(yielding.split())
        self.setAccessibleName(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the text into the new width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Any width will do."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        before, part, after = self._whole.rpartition(self._yielding) if self._yielding else ("", "", "")
        room = self.width() - metrics.horizontalAdvance(before + after)
        if part and room > _LEAST_PART * metrics.averageCharWidth():
            shown = before + metrics.elidedText(part, Qt.TextElideMode.ElideMiddle, room) + after
        else:
            shown = metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width())
        self.setText(shown)
        # Qt guesses whether a tool tip is markup; escaped and wrapped, a stranger's title stays text.
        self.setToolTip(f"<p>{escape(self._whole)}</p>" if shown != self._whole else "")
