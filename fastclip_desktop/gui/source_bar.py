"""The line at the top: paste a link, or open a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.api_switch import ApiState
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.incoming import clean_source, links_in
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

_DOT = 10


class SourceBar(QFrame):
    """Takes the source as text or as a file.

    Signals:
        submitted: a source that isn't empty.
        several_submitted: several of them, a tuple of texts.
        library_wanted: every clip is to be seen.
        settings_wanted: the gear was pressed.
        api_wanted: the word about the API was pressed.
    """

    submitted = Signal(str)
    several_submitted = Signal(object)
    library_wanted = Signal()
    settings_wanted = Signal()
    api_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "bar").setProperty("edge", "bottom")
        self._api = ApiState()
        self._dots: tuple[QIcon, QIcon, QIcon] | None = None
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
        self.recent = QMenu(self)
        self.recent_button = of_kind(QPushButton(self.tr("Recent ▾")), "quiet")
        self.recent_button.setAccessibleName(self.tr("Recent"))
        self.recent_button.setToolTip(self.tr("Open again what was open before"))
        self.recent_button.setMenu(self.recent)
        self.library_button = of_kind(QPushButton(self.tr("Library")), "quiet")
        keys = QKeySequence("Ctrl+Shift+L").toString(QKeySequence.SequenceFormat.NativeText)
        self.library_button.setToolTip(self.tr("Every clip, to find and share ({0})").format(keys))
        self.library_button.clicked.connect(self.library_wanted)
        self.api_button = of_kind(QPushButton(), "quiet")
        self.api_button.clicked.connect(self.api_wanted)
        self.api_button.hide()
        self.settings_button = QToolButton()
        self.settings_button.setAccessibleName(self.tr("Settings"))
        keys = QKeySequence("Ctrl+,").toString(QKeySequence.SequenceFormat.NativeText)
        self.settings_button.setToolTip(self.tr("Settings ({0})").format(keys))
        self.settings_button.clicked.connect(self.settings_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.MEDIUM)
        row.setSpacing(tokens.MEDIUM)
        row.addWidget(self.field, 1)
        row.addWidget(self.recent_button)
        row.addWidget(self.open_button)
        row.addWidget(self.library_button)
        row.addWidget(self.api_button)
        row.addWidget(self.settings_button)

    def show_source(self, source: str) -> None:
        """Show which source is open."""
        self.field.setText(source)
        self.field.setCursorPosition(0)
        self._go.setVisible(False)

    def wear(self, palette: Palette) -> None:
        """Repaint the icons in a palette's colours."""
        self._mark.setIcon(icon("link", palette.muted))
        self._go.setIcon(icon("enter", palette.accent))
        self.settings_button.setIcon(icon("gear", palette.muted))
        self._dots = (
            icon("dot", palette.accent, _DOT),
            icon("dot", palette.danger, _DOT),
            icon("dot", palette.muted, _DOT),
        )
        self._paint_dot()

    @Slot(object)
    def show_api(self, state: ApiState) -> None:
        """Say whether scripts are answered; nothing while they are not to be."""
        self._api = state
        if state.error is not None:
            text, tip = (self.tr("API on") if state.address else self.tr("API fault")), state.error.message
        elif state.is_starting:
            text, tip = self.tr("API …"), self.tr("The local API starts")
        else:
            text, tip = self.tr("API on"), self.tr("Scripts are answered at {0}/v1").format(state.address)
        self.api_button.setText(text)
        self.api_button.setToolTip(tip)
        self.api_button.setAccessibleDescription(tip)
        self.api_button.setVisible(state.wanted)
        self._paint_dot()

    def _paint_dot(self) -> None:
        if self._dots is not None:
            on, fault, starting = self._dots
            self.api_button.setIcon(fault if self._api.error else starting if self._api.is_starting else on)

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
        if len(links := links_in(source)) > 1:
            self.several_submitted.emit(links)
        elif source:
            self.submitted.emit(source)
