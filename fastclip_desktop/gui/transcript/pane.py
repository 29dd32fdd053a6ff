"""The Transcript tab: what is said, to read along, to search, to cut from and to correct."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import format_timecode
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.editing.wording import with_piece, with_text
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.engine_words import stage_words
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.source_words import SourceWords, WordsState
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.gui.transcript.choice import cut_of_words, span_of_words
from fastclip_desktop.gui.transcript.find_bar import FindBar
from fastclip_desktop.gui.transcript.script import Find, Script, Spot
from fastclip_desktop.gui.transcript.state_page import StatePage
from fastclip_desktop.gui.transcript.text_menu import TextMenu
from fastclip_desktop.gui.transcript.view import TranscriptView
from fastclip_desktop.gui.transcript.word_field import WordField

_AT_ONCE = 2000
"""Cues that are parted into paragraphs within the time that a window may take."""


class TranscriptPane(QWidget):
    """The words of the source that is open.

    Signals:
        seek_wanted: the seconds of a word that was clicked.
        cut_wanted: the :class:`~fastclip_desktop.domain.cut.Cut` that chosen words are to become.
        captions_wanted: the person has a file with the words.
        models_wanted: a model for speech is to be fetched.
    """

    seek_wanted = Signal(object)
    cut_wanted = Signal(object)
    captions_wanted = Signal()
    models_wanted = Signal()

    def __init__(self, words: SourceWords, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words
        self.find_bar = FindBar()
        self.view = TranscriptView(palette)
        self.field = WordField(self.view.viewport())
        self.state_page = StatePage()
        self.notice = Notice()
        self.menu = TextMenu(words, self.view, self)
        self.more = of_kind(QToolButton(), "menu")
        self.more.setToolTip(self.tr("Copy, save, correct …"))
        self.more.setAccessibleName(self.tr("Copy, save, correct"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self.menu.for_all)
        self.listening = QFrame()
        self.listening_words = of_kind(QLabel(), "caption")
        self.listening_bar = QProgressBar()
        self.listening_bar.setTextVisible(False)
        self.listening_bar.setAccessibleName(self.tr("How much was listened to"))
        self.listening_stop = of_kind(QPushButton(self.tr("Stop")), "quiet")
        self.listening_stop.setToolTip(self.tr("What was heard so far is kept; listening can go on later"))
        self.back_button = of_kind(QPushButton(self.tr("Back to the playhead")), "quiet")
        self.back_button.setToolTip(self.tr("Go along with what is said again"))
        self.cut_button = of_kind(QPushButton(self.tr("Make a clip")), "small main")
        self.cut_button.setToolTip(self.tr("Make a clip of the chosen words (C)"))
        self.foot_words = ElidedLabel()
        of_kind(self.foot_words, "caption")
        self._pages = QStackedWidget()
        self._finds: list[Find] = []
        self._find = -1
        self._shown: tuple[Segment, ...] | None = None
        self._parting: tuple[Segment, ...] | None = None
        self._lay_out()
        self._connect()
        self.wear(palette)
        self._show_words()

    def show_playhead(self, seconds: Fraction) -> None:
        """Go along with what is said."""
        self.view.show_playhead(seconds)

    def show_cuts(self, cuts: Sequence[Cut]) -> None:
        """Tint what will be clips."""
        self.view.show_tints([cut.span for cut in cuts], self.view.highlights.moments)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Underline what fits the prompt."""
        self.view.show_tints(self.view.highlights.cuts, [moment.span for moment in moments])

    @Slot()
    def search(self) -> None:
        """Go to the field that searches in the text."""
        self.find_bar.field.setFocus()
        self.find_bar.field.selectAll()

    @Slot()
    def make_clip(self) -> None:
        """Make a cut of the chosen words."""
        choice, media = self.view.choice, self.words.media
        if choice is not None:
            duration = media.duration if media is not None else None
            cut = cut_of_words(self.view.script, choice.first, choice.last, duration)
            self.view.choose(None)
            self.cut_wanted.emit(cut)

    @Slot(object, bool)
    def edit(self, spot: Spot, of_line: bool) -> None:  # noqa: FBT001 - the signal's own
        """Let a word be corrected where it stands, or all of its line."""
        if self.words.state is not WordsState.KNOWN:
            return
        self.view.move_to(spot)
        shown = self.view.script.piece(spot)
        text = " ".join(self.view.script.cues[shown.cue].text.split()) if of_line else self.view.script.said(spot)
        self.field.open(spot, text, self.view.box_of(spot), of_line=of_line)

    @Slot(str)
    def show_fault(self, sentence: str) -> None:
        """Say what did not work, where it happened."""
        self.notice.show_answer(sentence, "")

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self.view.wear(palette)
        self.find_bar.wear(palette)
        self.notice.wear(palette)
        self.more.setIcon(icon("dots", palette.muted, 18))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(tokens.LARGE, tokens.SMALL, tokens.LARGE, tokens.TIGHT)
        top.setSpacing(tokens.TIGHT)
        top.addWidget(self.find_bar, 1)
        top.addWidget(self.more)
        heard = QVBoxLayout(self.listening)
        heard.setContentsMargins(tokens.LARGE, 0, tokens.LARGE, tokens.TIGHT)
        heard.setSpacing(0)
        line = QHBoxLayout()
        line.addWidget(self.listening_words, 1)
        line.addWidget(self.listening_stop)
        heard.addLayout(line)
        heard.addWidget(self.listening_bar)
        around = QVBoxLayout()
        around.setContentsMargins(tokens.LARGE, 0, tokens.LARGE, tokens.TIGHT)
        around.addWidget(self.notice)
        self._pages.addWidget(self.state_page)
        self._pages.addWidget(self.view)
        self.foot = QWidget()
        foot = QHBoxLayout(self.foot)
        foot.setContentsMargins(tokens.LARGE, tokens.TIGHT, tokens.LARGE, tokens.TIGHT)
        foot.setSpacing(tokens.SMALL)
        foot.addWidget(self.foot_words, 1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.cut_button)
        self.foot.setMinimumHeight(tokens.CONTROL_HEIGHT + 2 * tokens.TIGHT)  # so that no word moves with the buttons
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(around)
        column.addWidget(self.listening)
        column.addWidget(self._pages, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        words, view, page = self.words, self.view, self.state_page
        words.changed.connect(self._show_words)
        words.grew.connect(self._show_heard)
        words.advanced.connect(self._show_stage)
        words.unsaved.connect(self.notice.show_error)
        view.seek_wanted.connect(self.seek_wanted)
        view.cut_wanted.connect(self.make_clip)
        view.choice_changed.connect(self._show_foot)
        view.follow_changed.connect(self._show_foot)
        view.edit_wanted.connect(self.edit)
        view.menu_wanted.connect(self._open_menu)
        view.moved.connect(self._follow_field)
        self.field.written.connect(self._correct)
        self.field.done.connect(self._go_on)
        menu = self.menu
        menu.unsaved.connect(self.notice.show_error)
        menu.captions_wanted.connect(self.captions_wanted)
        menu.go_wanted.connect(self.seek_wanted)
        menu.clip_wanted.connect(self.make_clip)
        menu.edit_wanted.connect(self.edit)
        self.find_bar.wanted.connect(self._search)
        self.find_bar.step_wanted.connect(self._step)
        self.find_bar.left.connect(self.view.setFocus)
        self.back_button.clicked.connect(lambda: view.set_following(on=True))
        self.cut_button.clicked.connect(self.make_clip)
        self.listening_stop.clicked.connect(words.stop_listening)
        page.listen_wanted.connect(words.listen)
        page.again_wanted.connect(words.read_again)
        page.without_wanted.connect(lambda: words.give(None))
        page.captions_wanted.connect(self.captions_wanted)
        page.models_wanted.connect(self.models_wanted)

    @Slot()
    def _show_words(self) -> None:
        words = self.words
        self._show_cues()
        is_parting = words.transcript is not None and bool(words.transcript.segments) and not len(self.view.script)
        self.state_page.show_state(words, is_parting=is_parting)
        self._pages.setCurrentWidget(self.view if len(self.view.script) else self.state_page)
        self.listening.setVisible(words.state is WordsState.LISTENING)
        self.listening_stop.setVisible(words.can_stop)
        self.find_bar.setVisible(len(self.view.script) > 0)
        self.menu.show_state(words)
        self.more.setVisible(len(self.view.script) > 0)
        self._search(self.find_bar.field.text(), stays=True)
        self._show_foot()

    def _part(self, segments: tuple[Segment, ...]) -> None:
        """Show all of the words; many of them are parted into paragraphs beside everything else."""
        if len(segments) <= _AT_ONCE:
            self.view.show_script(Script(segments))
            return
        self.view.show_script(Script(()))
        self._parting = segments

        def take(script: Script) -> None:
            if self._parting is not segments:
                return
            self._parting = None
            if self._shown is segments:
                self.view.show_script(script)
            elif self._shown is not None:  # corrected meanwhile
                self._part(self._shown)
            self._show_words()

        def fail() -> None:
            if self._parting is segments:
                self._parting = self._shown = None  # another try follows with the next change

        self.words.prepare(self, lambda: Script(segments), take, fail)

    def _show_cues(self) -> None:
        """Show the words that there are; where only a few are others than before, nothing else moves."""
        transcript = self.words.transcript
        if transcript is None:
            self.field.give_up()
            heard = self.words.heard if self.words.state is WordsState.LISTENING else []
            self._shown = self._parting = None
            self._find = -1
            self.view.show_script(Script(heard))
        elif self._shown is None:
            self._shown = transcript.segments
            self._part(transcript.segments)
        elif self._shown is not transcript.segments:
            self._shown = transcript.segments
            self.field.give_up()  # its word may be another one now
            if not len(self.view.script):
                return  # it is still being parted
            self.view.show_changed(*self.view.script.replace(transcript.segments))

    @Slot(object)
    def _show_heard(self, segments: tuple[Segment, ...]) -> None:
        first = self.view.script.add(segments)
        self.view.show_changed(first)
        self._pages.setCurrentWidget(self.view)
        self.find_bar.setVisible(True)
        self._search(self.find_bar.field.text(), stays=True)

    @Slot(str, float)
    def _show_stage(self, stage: str, fraction: float) -> None:
        self.listening_words.setText(stage_words(stage))
        self.listening_bar.setRange(0, 1000 if fraction > 0 else 0)
        self.listening_bar.setValue(round(fraction * 1000))

    @Slot(str)
    def _search(self, words: str, *, stays: bool = False) -> None:
        now = self._finds[self._find] if self._find >= 0 else None
        self._finds = self.view.script.find(words)
        self._find = self._finds.index(now) if stays and now in self._finds else -1
        if self._finds and not stays:
            at = self.view.cursor_spot
            number = at.paragraph if at is not None else self.view.first_in_sight
            self._find = next((place for place, find in enumerate(self._finds) if find.paragraph >= number), 0)
        self._show_find(goes=not stays)

    @Slot(int)
    def _step(self, direction: int) -> None:
        if self._finds:
            self._find = (self._find + direction) % len(self._finds)
            self._show_find(goes=True)

    def _show_find(self, *, goes: bool) -> None:
        self.view.show_finds(self._finds, self._finds[self._find] if self._find >= 0 else None, goes=goes)
        self.find_bar.show_count(self._find + 1, len(self._finds))

    @Slot(object, bool, str)
    def _correct(self, spot: Spot, of_line: bool, text: str) -> None:  # noqa: FBT001 - the signal's own
        transcript = self.words.transcript
        if transcript is None:
            return
        shown = self.view.script.piece(spot)
        if of_line:
            self.words.edit(with_text(transcript, shown.cue, text), self.tr("Correct the line"))
        else:
            self.words.edit(with_piece(transcript, shown.cue, shown.piece, text), self.tr("Correct the word"))

    @Slot(int)
    def _go_on(self, onward: int) -> None:
        """Have the keyboard back at the words, or correct the next one."""
        spot = self.view.cursor_spot
        self.view.setFocus()
        if onward and spot is not None:
            following = self.view.script.beside(spot, onward)
            if following is not None:
                self.edit(following, False)  # noqa: FBT003 - the signal's own

    @Slot()
    def _follow_field(self) -> None:
        spot = self.field.spot
        if spot is not None:
            self.field.follow(self.view.box_of(spot))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        self.menu.open_for_word(place)

    @Slot()
    def _show_foot(self) -> None:
        choice = self.view.choice
        words = self._origin_words()
        if choice is not None:
            span = span_of_words(self.view.script, choice.first, choice.last)
            words = self.tr("{0} chosen").format(format_timecode(span.duration))
        self.foot_words.set_whole(words)
        self.cut_button.setVisible(choice is not None)
        self.back_button.setVisible(choice is None and not self.view.follows)
        self.foot.setVisible(len(self.view.script) > 0)

    def _origin_words(self) -> str:
        words = self.words
        if words.transcript is None or not words.transcript.segments:
            return ""
        if words.given is not None and not words.is_corrected:
            return self.tr("From {0}").format(words.given.name)
        return self.menu.origin_words(words.transcript.origin)
