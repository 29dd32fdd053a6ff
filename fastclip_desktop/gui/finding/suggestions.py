"""What could be looked for, while nothing is typed: what the video speaks of, and what was looked for before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.excerpts import as_tip
from fastclip_desktop.gui.flow_layout import FlowLayout
from fastclip_desktop.gui.style import of_kind

_TOPIC_ROWS = 2
_EARLIER = 3
_LONGEST = 40
"""Characters on a button."""


class Suggestions(QWidget):
    """Phrases to be pressed.

    Signals:
        taken: the phrase that is to be looked for.
        forget_wanted: what was looked for before is to be forgotten.
    """

    taken = Signal(str)
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics: tuple[str, ...] = ()
        self._earlier: tuple[str, ...] = ()
        self._is_compact = False
        self.setVisible(False)
        self._topic_row = _Row(self.tr("Topics in this video"), _TOPIC_ROWS)
        self._earlier_row = _Row(self.tr("Looked for before"), 1)
        self.forget_button = of_kind(QPushButton(self.tr("Forget")), "slight")
        self.forget_button.setToolTip(self.tr("Forget what was looked for before"))
        self.forget_button.setAccessibleDescription(self.forget_button.toolTip())
        self.forget_button.clicked.connect(self.forget_wanted)
        self._earlier_row.head.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        for row in (self._topic_row, self._earlier_row):
            row.taken.connect(self.taken)
            column.addWidget(row)

    @property
    def has_any(self) -> bool:
        """Whether there is anything to suggest."""
        return bool(self._topics or self._earlier)

    @property
    def phrases(self) -> tuple[str, ...]:
        """All of them."""
        return (*self._topic_row.phrases, *self._earlier_row.phrases)

    def show_compact(self, *, compact: bool) -> None:
        """Take less room: one row of topics."""
        self._is_compact = compact
        self._topic_row.keep_to(1 if compact else _TOPIC_ROWS)
        self._earlier_row.setVisible(bool(self._earlier) and not compact)

    def show_topics(self, topics: tuple[str, ...]) -> None:
        """Show what the video speaks of."""
        self._topics = topics
        self._topic_row.show_phrases(topics)

    def show_earlier(self, earlier: tuple[str, ...]) -> None:
        """Show what was looked for before, the newest first."""
        self._earlier = earlier[:_EARLIER]
        self._earlier_row.show_phrases(self._earlier)
        self.show_compact(compact=self._is_compact)


class _Row(QWidget):
    """A name and the phrases below it."""

    taken = Signal(str)

    def __init__(self, name: str, rows: int) -> None:
        super().__init__()
        self.phrases: tuple[str, ...] = ()
        self._flow = QWidget()
        self._flow.setAccessibleName(name)
        self._layout = FlowLayout(tokens.TIGHT, rows, self._flow)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._flow.setSizePolicy(policy)
        self.head = QHBoxLayout()
        self.head.addWidget(of_kind(QLabel(name), "caption"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.TIGHT)
        column.addLayout(self.head)
        column.addWidget(self._flow)
        self.hide()

    def keep_to(self, rows: int) -> None:
        """Fill so many rows at most."""
        self._layout.keep_to(rows)

    def show_phrases(self, phrases: tuple[str, ...]) -> None:
        """Show other phrases."""
        if phrases == self.phrases:
            return
        self.phrases = phrases
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for phrase in phrases:
            button = of_kind(QPushButton(_short(phrase).replace("&", "&&")), "chip")
            button.setAccessibleName(self.tr("Look for {0}").format(phrase))
            button.setToolTip(as_tip(self.tr("Look for “{0}”").format(phrase)))
            button.clicked.connect(lambda *_, phrase=phrase: self.taken.emit(phrase))
            self._layout.addWidget(button)
        self.setVisible(bool(phrases))
        self._flow.updateGeometry()


def _short(phrase: str) -> str:
    return phrase if len(phrase) <= _LONGEST else phrase[: _LONGEST - 1] + "…"
