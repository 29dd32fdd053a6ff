"""What stands in the pane while there are no words: what is going on, or what can be done about it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import ErrorCode, FastClipError
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_words import fault_words
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.gui.style import of_kind

if TYPE_CHECKING:
    from fastclip_desktop.engine.words import ListeningOffer

_MINUTE = 60
_UNREADABLE = (ErrorCode.NO_TRANSCRIPT, ErrorCode.BAD_SUBTITLES)
"""What stays as it is however often one tries."""


class StatePage(QWidget):
    """A title, a sentence and the buttons that fit.

    Signals:
        listen_wanted: a model is to hear what is said.
        captions_wanted: the person has a file with the words.
        models_wanted: a model for speech is to be fetched.
        again_wanted: it is to be tried once more.
        without_wanted: the file that was given is to be left aside.
    """

    listen_wanted = Signal()
    captions_wanted = Signal()
    models_wanted = Signal()
    again_wanted = Signal()
    without_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = of_kind(QLabel(), "lead")
        self.sentence = of_kind(QLabel(), "muted")
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setAccessibleName(self.tr("Reading the words"))
        self.listen = of_kind(QPushButton(self.tr("Listen to it")), "small main")
        self.listen.setToolTip(self.tr("A model on this machine writes down what is said"))
        self.fetch = of_kind(QPushButton(self.tr("Get a model that listens")), "small main")
        self.fetch.setToolTip(self.tr("Opens the settings, where models are fetched"))
        self.again = of_kind(QPushButton(self.tr("Try again")), "small main")
        self.without = QPushButton(self.tr("Go on without the file"))
        self.without.setToolTip(self.tr("Go by the words that the source has itself"))
        self.captions = QPushButton(self.tr("Choose captions …"))
        self.captions.setToolTip(self.tr("An SRT or VTT file with the words of this source"))
        self.listen.clicked.connect(self.listen_wanted)
        self.fetch.clicked.connect(self.models_wanted)
        self.again.clicked.connect(self.again_wanted)
        self.without.clicked.connect(self.without_wanted)
        self.captions.clicked.connect(self.captions_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.LARGE, tokens.LARGE, tokens.LARGE, tokens.LARGE)
        column.setSpacing(tokens.SMALL)
        column.addStretch(2)
        for label in (self.title, self.sentence):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self.busy)
        column.addSpacing(tokens.TIGHT)
        for button in (self.listen, self.fetch, self.again, self.captions, self.without):
            column.addWidget(button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_state(self, words: SourceWords, *, is_parting: bool = False) -> None:
        """Say how things stand.

        Args:
            words: what is known.
            is_parting: all is known, and it is only made ready to be shown.
        """
        state, offer = WordsState.READING if is_parting else words.state, words.offer
        has_ear = offer is not None and bool(offer.model)
        self.busy.setVisible(state is WordsState.READING)
        self.listen.setVisible(state is WordsState.UNKNOWN and has_ear)
        self.fetch.setVisible(state is WordsState.UNKNOWN and not has_ear)
        is_unreadable = words.error is not None and words.error.code in _UNREADABLE
        self.again.setVisible(state is WordsState.FAILED and not is_unreadable)
        self.without.setVisible(state is WordsState.FAILED and words.given is not None)
        self.captions.setVisible(state in (WordsState.UNKNOWN, WordsState.FAILED))
        title, sentence = self._words_for(words, state)
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def _words_for(self, words: SourceWords, state: WordsState) -> tuple[str, str]:
        match state:
            case WordsState.NO_SOURCE:
                return self.tr("Nothing is open"), self.tr("Open a video, and its words stand here to read along.")
            case WordsState.READING:
                return self.tr("Reading the words …"), ""
            case WordsState.LISTENING:
                return self.tr("Listening …"), self.tr("The words come as they are heard.")
            case WordsState.FAILED:
                return self._fault_words(words.error, words.given)
            case WordsState.KNOWN:
                return self.tr("Nothing is said"), self.tr("There is not a word in this source.")
        return self.tr("Nobody wrote down what is said"), self._offer_words(words.offer)

    def _fault_words(self, error: FastClipError | None, given: Path | None) -> tuple[str, str]:
        if error is None:
            return self.tr("The words could not be read"), ""
        message, hint = fault_words(error, error.hint or "")
        if error.code in _UNREADABLE:
            hint = self.tr("Choose another file, or go on without it.") if given else ""
        return message, hint

    def _offer_words(self, offer: ListeningOffer | None) -> str:
        if offer is None or not offer.model:
            return self.tr(
                "With a model for speech this machine can listen and write it down. A file of captions will do, too."
            )
        if offer.seconds is None:
            return self.tr("{0} can listen and write it down. You can go on working meanwhile.").format(offer.model)
        minutes = math.ceil(offer.seconds / _MINUTE)
        time = self.tr("%n minutes", "", minutes)
        return self.tr("{0} can listen and write it down, in about {1} on this machine.").format(offer.model, time)
