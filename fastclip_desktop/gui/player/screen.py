"""The surface that shows pictures of the source: exact ones at rest, the player's while it plays."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtMultimedia import QVideoFrame
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fastclip_desktop.domain.preview import Still
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.notice import Remedy

_GROUND = QColor("#000000")
_WORDS = QColor("#c8ccd4")
_MARK, _MARK_SIZE = "#3c424d", 48
"""What stands there until the first picture comes, so that black is not taken for the picture."""

_CAPTION_GROUND, _CAPTION_WORDS = QColor(0, 0, 0, 176), QColor("#ffffff")
_CAPTION_SHARE, _SMALLEST_CAPTION = 0.045, 13
"""The height of the letters as a share of the picture's, and at least in pixels."""

_LEAST = QSize(200, 112)
_IN_THE_MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


class Screen(QWidget):
    """One picture, as large as it fits, on black.

    Signals:
        resized: pictures of another size fit now.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._frame = QVideoFrame()
        self._message = ""
        self._caption = self._note = ""
        self._remedy: Remedy | None = None
        self.button = QPushButton(self)
        self.button.clicked.connect(self._mend)
        self.button.hide()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(self.tr("Picture"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Sixteen to nine."""
        return QSize(640, 360)

    @property
    def box(self) -> tuple[int, int]:
        """Width and height in pixels of the screen's own, for asking for pictures that fit."""
        ratio = self.devicePixelRatioF()
        return max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio))

    @property
    def image(self) -> QImage:
        """The still picture that is shown; null while there is none, or while a source plays."""
        return self._image

    def show_still(self, still: Still) -> None:
        """Show a picture at rest."""
        self._image = image_of(still)
        self._frame = QVideoFrame()
        self.button.hide()
        self.update()

    @Slot(QVideoFrame)
    def show_frame(self, frame: QVideoFrame) -> None:
        """Show a picture of a source that plays."""
        self._frame = frame
        self._image = QImage()
        self.button.hide()
        self.update()

    @property
    def note(self) -> str:
        """What is said above the picture."""
        return self._note

    def show_note(self, note: str) -> None:
        """Say something though there is a picture; empty for nothing."""
        if note != self._note:
            self._note = note
            self.update()

    @property
    def caption(self) -> str:
        """What stands over the picture."""
        return self._caption

    def show_caption(self, caption: str) -> None:
        """Let something stand over the picture, as it is said; empty for nothing."""
        if caption != self._caption:
            self._caption = caption
            self.update()

    @property
    def message(self) -> str:
        """What stands there while there is no picture."""
        return self._message

    def show_message(self, message: str, remedy: Remedy | None = None) -> None:
        """Say something in the place of the picture as long as there is none, with the button that mends it."""
        self._message = message
        self._remedy = remedy
        self.button.setText(remedy.label if remedy else "")
        self.setAccessibleDescription(message)
        self._place_button()
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image, self._frame = QImage(), QVideoFrame()
        self._place_button()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say so."""
        super().resizeEvent(event)
        self._place_button()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The picture in the middle."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        if self._frame.isValid():
            self._frame.paint(painter, QRectF(self.rect()), QVideoFrame.PaintOptions())
        elif not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
        elif self._message:
            painter.setPen(_WORDS)
            painter.drawText(self._place_of_words(), _IN_THE_MIDDLE, self._message)
        else:
            mark = picture("film", _MARK, _MARK_SIZE, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - _MARK_SIZE) // 2, (self.height() - _MARK_SIZE) // 2, mark)
        if self._caption and (self._frame.isValid() or not self._image.isNull()):
            size = max(_SMALLEST_CAPTION, round(self.height() * _CAPTION_SHARE))
            self._paint_over(painter, self._caption, size, Qt.AlignmentFlag.AlignBottom)
        if self._note:
            self._paint_over(painter, self._note, tokens.BODY_TYPE, Qt.AlignmentFlag.AlignTop)
        painter.end()

    def _paint_over(self, painter: QPainter, text: str, size: int, edge: Qt.AlignmentFlag) -> None:
        """Words at an edge of the picture, on a ground of their own that any picture leaves legible."""
        font = painter.font()
        font.setPixelSize(size)
        painter.setFont(font)
        room = QRectF(self.rect()).adjusted(tokens.WIDE, tokens.LARGE, -tokens.WIDE, -tokens.LARGE)
        flags = int(Qt.AlignmentFlag.AlignHCenter) | int(edge) | int(Qt.TextFlag.TextWordWrap)
        words = QFontMetricsF(font).boundingRect(room, flags, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_CAPTION_GROUND)
        ground = words.adjusted(-tokens.SMALL, -tokens.TIGHT, tokens.SMALL, tokens.TIGHT)
        painter.drawRoundedRect(ground, tokens.CORNER, tokens.CORNER)
        painter.setPen(_CAPTION_WORDS)
        painter.drawText(room, flags, text)

    @Slot()
    def _mend(self) -> None:
        if self._remedy is not None:
            self._remedy.act()

    def _place_button(self) -> None:
        """Under the words, as long as they are to be seen."""
        is_empty = self._image.isNull() and not self._frame.isValid()
        self.button.setVisible(self._remedy is not None and is_empty)
        words = QFontMetricsF(self.font()).boundingRect(self._place_of_words(), _IN_THE_MIDDLE, self._message)
        size = self.button.sizeHint()
        top = min(round(words.bottom()) + tokens.MEDIUM, self.height() - size.height() - tokens.SMALL)
        self.button.setGeometry((self.width() - size.width()) // 2, top, size.width(), size.height())

    def _place_of_words(self) -> QRectF:
        return QRectF(self.rect()).adjusted(tokens.WIDE, tokens.WIDE, -tokens.WIDE, -tokens.WIDE)

    def _place(self) -> QRectF:
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())


def image_of(still: Still) -> QImage:
    """A still as Qt paints it."""
    line = still.width * 4
    image = QImage(still.pixels, still.width, still.height, line, QImage.Format.Format_RGB32)
    return image.copy()  # the bytes belong to the still
