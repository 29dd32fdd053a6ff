"""What can be done with all of the words, and with the one under the hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.editing.subtitle_text import TextForm, written
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.gui.transcript.script import Spot
from fastclip_desktop.gui.transcript.view import TranscriptView
from fastclip_desktop.settings.whole_file import replace_file, with_ending


class TextMenu(QObject):
    """The two menus of a pane.

    Signals:
        saved: the ``Path`` of the file that the words were written to.
        unsaved: the ``FastClipError`` for which they were not.
        captions_wanted: the person has a file with the words.
        go_wanted: the seconds of a word to go to.
        clip_wanted: the chosen words are to become a clip.
        edit_wanted: the ``Spot`` of a word that is to be corrected, and whether all of its line is.

    Attributes:
        for_all: what can be done with all of the words.
    """

    saved = Signal(object)
    unsaved = Signal(object)
    captions_wanted = Signal()
    go_wanted = Signal(object)
    clip_wanted = Signal()
    edit_wanted = Signal(object, bool)

    def __init__(self, words: SourceWords, view: TranscriptView, pane: QWidget) -> None:
        super().__init__(pane)
        self._words, self._view, self._pane = words, view, pane
        self.for_all = QMenu(pane)
        self.copy_all = self._add(self.tr("Copy all of the text"), self._copy_all)
        self.save = {
            TextForm.SRT: self._add(self.tr("Save as SRT …"), lambda: self._save_as(TextForm.SRT)),
            TextForm.VTT: self._add(self.tr("Save as VTT …"), lambda: self._save_as(TextForm.VTT)),
            TextForm.TXT: self._add(self.tr("Save as text …"), lambda: self._save_as(TextForm.TXT)),
        }
        self.for_all.addSeparator()
        self.captions = self._add(self.tr("Choose captions …"), self.captions_wanted.emit)
        self.listen = self._add(self.tr("Listen to it"), words.listen)
        self.back = self._add(self.tr("Back to what was heard"), self._go_back)

    def show_state(self, words: SourceWords) -> None:
        """Offer what fits."""
        has_words = words.transcript is not None and bool(words.transcript.segments)
        for action in (self.copy_all, *self.save.values()):
            action.setEnabled(has_words)
        self.listen.setVisible(words.state is WordsState.UNKNOWN)
        self.back.setVisible(words.is_corrected)

    def open_for_word(self, place: QPoint) -> None:
        """What can be done with the word at which the hand is, or with the chosen ones."""
        view = self._view
        spot, choice = view.cursor_spot, view.choice
        if spot is None:
            return
        menu = QMenu(self._pane)
        menu.aboutToHide.connect(menu.deleteLater)
        start = view.script.span(choice.first if choice else spot).start
        self._add(self.tr("Go here"), lambda: self.go_wanted.emit(start), menu, "Return" if choice is None else "")
        if choice is not None:
            self._add(self.tr("Make a clip"), self.clip_wanted.emit, menu, "C")
            text = view.script.text_between(choice.first, choice.last)
            self._add(self.tr("Copy"), lambda: QGuiApplication.clipboard().setText(text), menu, "Ctrl+C")
        if self._words.state is WordsState.KNOWN:
            menu.addSeparator()
            self._add(self.tr("Correct the word"), lambda: self._edit(spot, of_line=False), menu, "F2")
            self._add(self.tr("Correct the line"), lambda: self._edit(spot, of_line=True), menu, "Shift+F2")
        menu.popup(place)

    def origin_words(self, origin: TranscriptOrigin) -> str:
        """Where words come from, for a person."""
        return {
            TranscriptOrigin.GIVEN: self.tr("From a file that you gave"),
            TranscriptOrigin.SIDECAR: self.tr("From the captions beside the file"),
            TranscriptOrigin.EMBEDDED: self.tr("From the captions in the file"),
            TranscriptOrigin.CAPTIONS: self.tr("From the captions of the site"),
            TranscriptOrigin.AUTOMATIC_CAPTIONS: self.tr("From captions that the site made by itself"),
            TranscriptOrigin.SPEECH_RECOGNITION: self.tr("Heard by a model on this machine"),
            TranscriptOrigin.EDITED: self.tr("Corrected by hand; searches and captions go by it"),
        }[origin]

    def save_to(self, path: Path, form: TextForm) -> None:
        """Write the words to a file, off the window's thread."""
        transcript = self._words.transcript
        if transcript is None:
            return

        def write() -> None:
            try:
                replace_file(path, written(transcript, form).encode())
            except OSError as error:
                raise InputError(
                    ErrorCode.OUTPUT_NOT_WRITABLE,
                    f"{path} cannot be written: {error.strerror or error}.",
                    "Choose another place.",
                ) from error

        self._words.do(self, write, lambda _: self.saved.emit(path), self.unsaved.emit)

    def _add(self, name: str, act: Callable[[], object], menu: QMenu | None = None, keys: str = "") -> QAction:
        # The keys are text: they belong to the words that have the focus, not to the menu.
        action = QAction(f"{name}\t{keys}" if keys else name, menu or self.for_all)
        action.triggered.connect(lambda *_: act())
        (menu or self.for_all).addAction(action)
        return action

    def _edit(self, spot: Spot, *, of_line: bool) -> None:
        self.edit_wanted.emit(spot, of_line)

    def _copy_all(self) -> None:
        first, last = self._view.script.first_spot(), self._view.script.last_spot()
        if first is not None and last is not None:
            QGuiApplication.clipboard().setText(self._view.script.text_between(first, last))

    def _go_back(self) -> None:
        self._words.back_to_heard(self.tr("Back to what was heard"))

    def _save_as(self, form: TextForm) -> None:
        media = self._words.media
        if media is None:
            return
        folder = media.path.parent if media.path is not None else Path.home()
        name = "".join(each for each in media.title if each.isprintable() and each not in '/\\:*?"<>|')[:120]
        chosen, _ = QFileDialog.getSaveFileName(
            self._pane,
            self.tr("Save the words"),
            str(folder / f"{name or 'words'}.{form}"),
            f"{form.upper()} (*.{form})",
        )
        if chosen:
            self.save_to(with_ending(Path(chosen), f".{form}"), form)
