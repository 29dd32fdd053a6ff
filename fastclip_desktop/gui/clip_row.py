"""One clip: what it holds, how it was made, and what can be done with its file."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QLocale, QMimeData, QObject, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.clip import Clip, Receipt
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.excerpts import as_tip, quoted
from fastclip_desktop.gui.fact_lines import FactLines
from fastclip_desktop.gui.finding.lengths import length_words, percent_words
from fastclip_desktop.gui.style import of_kind


class ClipRow(QFrame):
    """A clip; it can be dragged out to other programs.

    Signals:
        open_wanted, reveal_wanted, copy_wanted, removal_wanted: what the person wants of the clip that comes with it.
    """

    open_wanted = Signal(object)
    reveal_wanted = Signal(object)
    copy_wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self, clip: Clip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "cut")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._pressed: QPoint | None = None
        self._words = ReceiptWords(self)
        self.name = of_kind(ElidedLabel(), "name")
        self.confidence = of_kind(QLabel(), "badge")
        self.excerpt = _wrapped(QLabel())
        self.facts = of_kind(FactLines(), "muted")
        self.receipt = of_kind(FactLines(), "caption")
        self.notes = of_kind(_wrapped(QLabel()), "note")
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.clicked.connect(lambda: self.open_wanted.emit(self.clip))
        self.reveal_button = QPushButton(self.tr("Show in folder"))
        self.reveal_button.clicked.connect(lambda: self.reveal_wanted.emit(self.clip))
        self.more_button = QPushButton(self.tr("More"))
        self.menu = QMenu(self.more_button)
        self.menu.addAction(self.tr("Copy the path")).triggered.connect(lambda: self.copy_wanted.emit(self.clip))
        remove = self.menu.addAction(self.tr("Delete the clip"))
        remove.setShortcut("Del")
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(lambda: self.removal_wanted.emit(self.clip))
        self.more_button.setMenu(self.menu)
        for widget in (self.confidence, self.excerpt):
            widget.hide()
        self._lay_out()
        self.show_clip(clip)

    def show_clip(self, clip: Clip) -> None:
        """Show it as it is now."""
        self.clip = clip
        name = clip.path.name if clip.name in ("", clip.path.stem) else clip.name
        self.name.set_whole(name)
        self.setAccessibleName(name)
        self.setToolTip(as_tip(self.tr("Drag it to another program to give it the file")))
        self.facts.show_facts(self._facts(clip))
        self.receipt.show_facts(self._words.of(clip.receipt))
        self.receipt.setVisible(bool(self.receipt.whole))
        self.notes.setText("\n".join(clip.receipt.notes))
        self.notes.setVisible(bool(clip.receipt.notes))
        for button, words in (
            (self.open_button, self.tr("Open {0}")),
            (self.reveal_button, self.tr("Show {0} in its folder")),
            (self.more_button, self.tr("More that can be done with {0}")),
        ):
            button.setAccessibleName(words.format(name))

    def show_words(self, excerpt: str, confidence: float | None) -> None:
        """Show what is said in it, and how sure the search was of it if it was found."""
        if confidence is not None:
            percent = percent_words(confidence)
            self.confidence.setText(percent)
            self.confidence.setToolTip(self.tr("How well the words match what you asked for"))
            self.confidence.setAccessibleName(self.tr("Confidence {0}").format(percent))
            self.confidence.show()
        self.excerpt.setText(quoted(excerpt))
        self.excerpt.setToolTip(as_tip(excerpt))
        self.excerpt.setVisible(bool(excerpt))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember where a drag may begin."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to drag the file once the pointer has moved far enough."""
        super().mouseMoveEvent(event)
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(self.as_mime())
            drag.exec(Qt.DropAction.CopyAction)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the clip, and Delete removes it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit(self.clip)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit(self.clip)
        else:
            super().keyPressEvent(event)

    def as_mime(self) -> QMimeData:
        """The file as other programs take it."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self.clip.path))])
        mime.setText(str(self.clip.path))
        return mime

    def _facts(self, clip: Clip) -> list[str]:
        facts = [
            f"{format_timecode(clip.span.start)} – {format_timecode(clip.span.end)}",
            length_words(clip.duration),
            QLocale().formattedDataSize(clip.file_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
        ]
        if clip.height:
            facts.append(f"{clip.width} × {clip.height}")
        return facts

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.SMALL)
        head.addWidget(self.name, 1)
        head.addWidget(self.confidence)
        words = QVBoxLayout(self)
        words.setContentsMargins(tokens.MEDIUM, tokens.SMALL, tokens.MEDIUM, tokens.MEDIUM)
        words.setSpacing(tokens.TIGHT)
        words.addLayout(head)
        for widget in (self.excerpt, self.facts, self.receipt, self.notes):
            words.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SMALL)
        for button in (self.open_button, self.reveal_button, self.more_button):
            buttons.addWidget(button)
        buttons.addStretch()
        words.addSpacing(tokens.TIGHT)
        words.addLayout(buttons)


class ReceiptWords(QObject):
    """Says how clips were made."""

    def of(self, receipt: Receipt) -> tuple[str, ...]:
        """What was copied, what was encoded, on what, and how long it took."""
        encoded = sum((span.duration for span in receipt.encoded), Fraction(0))
        at_edges = self.tr("Copied, but for {0} s at its edges").format(QLocale().toString(float(encoded), "f", 1))
        told = {
            "reencoded": self.tr("Encoded anew"),
            "smart": at_edges,
            "copied": self.tr("Copied as it is"),
        }.get(receipt.method, receipt.method)
        if receipt.device and receipt.method != "copied":
            told = self.tr("{0} on {1}").format(told, receipt.device)
        took = sum(time.seconds for time in receipt.stages)
        frames = self.tr("%n frames", "", receipt.frames) if receipt.frames else ""
        lasted = self.tr("made in {0} s").format(QLocale().toString(float(took), "f", 1)) if took >= 0.05 else ""
        return tuple(each for each in (told, frames, lasted) if each)


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
