"""A talk to try it with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fastclip_desktop.gui.excerpts import in_quotes
from fastclip_desktop.gui.first_run.step import Step
from fastclip_desktop.gui.settings_window.page import words
from fastclip_desktop.gui.style import of_kind


class TryStep(Step):
    """Opens the sample talk with words to look for in it.

    Signals:
        sample_wanted: the words.
    """

    sample_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say(
            self.tr("Try it"),
            self.tr(
                "A talk of ten minutes about a small podcast is made here, with captions. The words to look for are "
                "ready: press Enter, tick what you like, and export it."
            ),
        )
        self.words_to_find = "which microphone to buy"  # the talk is in English, whatever the window speaks
        self.column.addWidget(words(in_quotes(self.words_to_find), "lead"))
        self.sample_button = of_kind(QPushButton(self.tr("Open the sample talk")), "small main")
        self.sample_button.clicked.connect(lambda: self.sample_wanted.emit(self.words_to_find))
        self.column.addWidget(self.sample_button, alignment=Qt.AlignmentFlag.AlignLeading)
        self.column.addWidget(words(self.tr("Or press Start, and paste a link or drop a file of yours.")))
        self.column.addStretch()
