"""What stands in the place of the clips while there are none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_SIGN = 64


class Skeleton(QWidget):
    """The outlines of clips that are being looked up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = QSize(tokens.SIDE_WIDTH // 2, tokens.SIDE_WIDTH // 2)
        self._palette = tokens.LIGHT
        self.setAccessibleName(self.tr("The clips are being looked up"))

    def wear(self, palette: Palette) -> None:
        """Paint in a palette's colours."""
        self._palette = palette
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as many as there is room for."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._palette.hover))
            gap = tokens.MEDIUM
            for top in range(0, self.height(), self.cell.height()):
                for left in range(0, self.width() - self.cell.width() + 1, self.cell.width()):
                    card = QRect(left, top, self.cell.width(), self.cell.height()).adjusted(0, 0, -gap, -gap)
                    painter.drawRoundedRect(card, tokens.CARD_CORNER, tokens.CARD_CORNER)


class Invitation(QWidget):
    """Says why there is nothing, and what to do about it.

    Signals:
        source_wanted: the person wants to open something.
        sample_wanted: the person wants to try the sample talk.
        all_wanted: nothing is to be left out any more.
    """

    source_wanted = Signal()
    sample_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        self.title = of_kind(QLabel(), "title")
        self.words = of_kind(QLabel(), "muted")
        for label in (self.title, self.words):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.open_button = QPushButton(self.tr("Open a file …"))
        self.open_button.setToolTip(self.tr("Choose a video or sound file"))
        self.open_button.clicked.connect(self.source_wanted)
        self.sample_button = QPushButton(self.tr("Try the sample talk"))
        self.sample_button.setToolTip(self.tr("Makes a short talk with captions on this machine and opens it"))
        self.sample_button.clicked.connect(self.sample_wanted)
        self.all_button = QPushButton(self.tr("Show all clips"))
        self.all_button.setToolTip(self.tr("Take back the search and what leaves clips out"))
        self.all_button.clicked.connect(self.all_wanted)
        row = QHBoxLayout()
        row.setSpacing(tokens.MEDIUM)
        row.addStretch()
        for button in (self.open_button, self.sample_button, self.all_button):
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(tokens.SMALL)
        column.addStretch()
        column.addWidget(self._sign, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(tokens.SMALL)
        column.addLayout(row)
        column.addStretch()

    def say_empty(self) -> None:
        """No clip was ever made."""
        self._say(
            self.tr("No clips yet"),
            self.tr("Every clip that you or your scripts make will stand here: to find, watch, share and drag out."),
            narrowed=False,
        )

    def say_no_match(self, words: str, *, elsewhere: bool) -> None:
        """There are clips, but none of these; ``elsewhere``: the words are said in sources."""
        title = self.tr("No clip matches “{0}”").format(words) if words else self.tr("No such clips")
        told = self.tr("Other words or another choice may find some.")
        if elsewhere:
            told = self.tr("But it is said in what stands beside: open it there, and make a clip of it.")
        self._say(title, told, narrowed=True)

    def wear(self, palette: Palette) -> None:
        """Repaint the sign in a palette's colour."""
        self._sign.setPixmap(picture("film", palette.accent, _SIGN, self.devicePixelRatioF()))

    def _say(self, title: str, words: str, *, narrowed: bool) -> None:
        self.title.setText(title)
        self.words.setText(words)
        self.open_button.setVisible(not narrowed)
        self.sample_button.setVisible(not narrowed)
        self.all_button.setVisible(narrowed)
