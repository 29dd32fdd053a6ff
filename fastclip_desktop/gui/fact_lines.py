"""Facts in a row with dots between them, on as many lines as they need; no line begins or ends with a dot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

_DOT = " · "


class FactLines(QLabel):
    """Says a few short facts; one that is wider than the label is broken between its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[str, ...] = ()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)

    @property
    def whole(self) -> str:
        """All facts on one line, wherever they are broken."""
        return _DOT.join(self._facts)

    def show_facts(self, facts: Sequence[str]) -> None:
        """Say these, without those that are empty."""
        self._facts = tuple(fact for fact in facts if fact)
        self.setAccessibleName(self.whole)
        self.setText(self._broken(self.width()))
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """As many lines as there are at this width."""
        room = QRect(0, 0, width, 1 << 20)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._broken(width)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break them elsewhere."""
        super().resizeEvent(event)
        text = self._broken(event.size().width())
        if text != self.text():
            self.setText(text)

    def _broken(self, width: int) -> str:
        """As many facts on each line as fit."""
        metrics = self.fontMetrics()
        lines: list[str] = []
        for fact in self._facts:
            longer = f"{lines[-1]}{_DOT}{fact}" if lines else fact
            if lines and metrics.horizontalAdvance(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(fact)
        return "\n".join(lines)
