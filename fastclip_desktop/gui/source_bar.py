"""The line at the top: paste a link, or open a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.incoming import clean_source
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette


class SourceBar(QFrame):
    """Takes the source as text or as a file.

    Signals:
        submitted: a source that isn't empty.
    """

    submitted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "bar").setProperty("edge", "bottom")
        self.field = of_kind(QLineEdit(), "source")
        self.field.setPlaceholderText(self.tr("Paste a link or drop a file …"))
        self.field.setAccessibleName(self.tr("Link or file"))
        self.field.setToolTip(self.tr("A link or the path of a file; Enter opens it (Ctrl+L)"))
        # Drops belong to the window, which opens them; the field would only insert their text.
        self.field.setAcceptDrops(False)
        self._mark = QAction(self)
        self._go = QAction(self.tr("Open this link or file (Enter)"), self)
        self._go.triggered.connect(self._submit)
        self._go.setVisible(False)
        self.field.addAction(self._mark, QLineEdit.ActionPosition.LeadingPosition)
        self.field.addAction(self._go, QLineEdit.ActionPosition.TrailingPosition)
        self.field.returnPressed.connect(self._submit)
        self.field.textEdited.connect(lambda text: self._go.setVisible(bool(text.strip())))
        self.open_button = QPushButton(self.tr("Open a file …"))
        shortcut = QKeySequence(QKeySequence.StandardKey.Open).toString(QKeySequence.SequenceFormat.NativeText)
        self.open_button.setToolTip(self.tr("Choose a video or sound file ({0})").format(shortcut))
        self.open_button.clicked.connect(self.choose_file)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.MEDIUM)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self.field, 1)
        row.addWidget(self.open_button)

    def show_source(self, source: str) -> None:
        """Show which source is open."""
        self.field.setText(source)
        self.field.setCursorPosition(0)
        self._go.setVisible(False)

    def wear(self, palette: Palette) -> None:
        """Repaint the icons in a palette's colours."""
        self._mark.setIcon(icon("link", palette.muted))
        self._go.setIcon(icon("enter", palette.accent))

    @Slot()
    def choose_file(self) -> None:
        """Let the person choose a file, and submit it."""
        typed = Path(clean_source(self.field.text()))
        folder = str(typed.parent) if typed.is_absolute() else ""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a video or sound file"), folder)
        if path:
            self.submitted.emit(path)

    @Slot()
    def _submit(self) -> None:
        source = clean_source(self.field.text())
        if source:
            self.submitted.emit(source)
