"""The side panel: say what you want, look at what was found, read along, take the clips."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.editing.cuts import Cuts
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.clip_list import ClipList
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.finding.cut_cards import CutCards
from fastclip_desktop.gui.finding.prompt_pane import PromptPane
from fastclip_desktop.gui.finding.suggestions import Suggestions
from fastclip_desktop.gui.fold import Fold
from fastclip_desktop.gui.notice import Notice
from fastclip_desktop.gui.segments import Segments
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.times_form import TimesForm
from fastclip_desktop.gui.tokens import Palette

MOMENTS, TRANSCRIPT, CLIPS, SHORTS = range(4)
"""The panel's tabs."""

_SKELETONS = 3
_ROOMY = 400
"""Pixels of height from which on there is room for everything that could be looked for."""


class SidePanel(QFrame):
    """The prompt on top, always; below it what is to become clips, what is said, or the clips.

    Signals:
        span_wanted: the ``TimeRange`` of a cut that was typed.
    """

    span_wanted = Signal(object)

    def __init__(self, bridge: EngineBridge, history: CutHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "side")
        self._has_source = False
        self._is_finding = False
        self._history = history
        self.pane = PromptPane()
        self.prompt = self.pane.prompt
        self.notice = Notice()
        self.tabs = Segments(
            self.tr("What the panel shows"),
            (
                (self.tr("Moments"), self.tr("What is to become clips (Ctrl+1)")),
                (self.tr("Transcript"), self.tr("What is said (Ctrl+2)")),
                (self.tr("Clips"), self.tr("The clips that were made (Ctrl+3)")),
                (self.tr("Shorts"), self.tr("Upright clips with captions (Ctrl+4)")),
            ),
        )
        self.tabs.show_choice(TRANSCRIPT, on=False)
        self.cards = CutCards(bridge, history)
        self.suggestions = Suggestions()
        self.hint = of_kind(QLabel(), "caption")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(0, 1, 0, 0)  # the dots of an Ö reach above its line
        self._waiting = _Skeletons()
        self.times = TimesForm()
        self.mark_button = QPushButton(self.tr("Mark the clip"))
        self.fold = Fold(
            self.tr("By times"), self.tr("Name the start and the end of a clip (Ctrl+T)"), self._times_place()
        )
        self.clips = ClipList()
        self._pages = _Pages()
        self._transcript, self._shorts = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        self.tabs.changed.connect(self._pages.setCurrentIndex)
        self.tabs.changed.connect(self._give_room)
        self.times.changed.connect(self.refresh)
        self.suggestions.taken.connect(self.pane.look_for)
        self.pane.typed.connect(self.refresh)
        self.times.submitted.connect(self._mark)
        self.mark_button.clicked.connect(self._mark)
        history.changed.connect(self.refresh)
        self.refresh()

    def show_media(self, media: MediaFile | None) -> None:
        """Take a source as the one to clip from; without one there is nothing to find."""
        self._has_source = media is not None
        self.cards.duration = media.duration if media else None
        if media is not None:
            self.times.show_media(media)
            self.tabs.show_choice(TRANSCRIPT, on=self._transcript.count() > 0)
        self.pane.show_source(is_open=media is not None)
        self.notice.clear()
        self.refresh()

    def add_transcript(self, pane: QWidget) -> None:
        """Have a place for what is said from now on."""
        self._transcript.addWidget(pane)
        self.tabs.show_choice(TRANSCRIPT, on=True)

    @Slot()
    def forget_transcript(self) -> None:
        """Nothing is open, and nothing is said in it."""
        if self.tabs.index == TRANSCRIPT:
            self.turn_to(MOMENTS)
        self.tabs.show_choice(TRANSCRIPT, on=False)

    def add_shorts(self, pane: QWidget) -> None:
        """Have a place for shorts from now on."""
        self._shorts.addWidget(pane)

    def turn_to(self, tab: int) -> None:
        """Show one of the tabs."""
        self.tabs.take(tab)

    def go_to_prompt(self) -> None:
        """Let the person say what to look for."""
        self.turn_to(MOMENTS)
        self.prompt.setFocus()
        self.prompt.selectAll()

    def go_to_times(self) -> None:
        """Let the person type a start and an end."""
        self.turn_to(MOMENTS)
        self.fold.open()
        self.times.start.setFocus()
        self.times.start.selectAll()

    def show_stage(self, stage: str, fraction: float | None) -> None:
        """Say what the search does just now; see :meth:`PromptPane.show_stage`."""
        self._is_finding = True
        self.pane.show_stage(stage, fraction)
        self.refresh()

    def rest(self, outcome: str) -> None:
        """Say how the search ended."""
        self._is_finding = False
        self.pane.rest(outcome)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Suggest less where there is little room."""
        super().resizeEvent(event)
        self.suggestions.show_compact(compact=event.size().height() < _ROOMY)
        self._give_room()

    @Slot()
    def _give_room(self) -> None:
        """Where there is little room, the other tabs have what belongs to finding moments."""
        self.pane.give_room(roomy=self.height() >= _ROOMY or self.tabs.index == MOMENTS)

    def wear(self, palette: Palette) -> None:
        """Paint all icons in a palette's colours."""
        for part in (self.notice, self.pane, self.cards, self.fold):
            part.wear(palette)

    @Slot()
    def refresh(self) -> None:
        """Show what there is, what is to come, or what to do."""
        cuts: Cuts = self._history.cuts
        self.cards.setVisible(bool(cuts))
        self._waiting.setVisible(self._is_finding and not cuts)
        self.hint.setVisible(not cuts and not self._is_finding)
        if self._has_source:
            self.hint.setText(
                self.tr("What is found stands here. Or mark a clip by hand: I where it starts, O where it ends.")
            )
        else:
            self.hint.setText(self.tr("What you look for in a video stands here. Open a link or a file first."))
        offers = self._has_source and not cuts and not self._is_finding and not self.prompt.words
        self.suggestions.setVisible(offers and self.suggestions.has_any)
        ready = self._has_source and self.times.is_ready
        self.mark_button.setEnabled(ready)
        missing = self.tr("Give a start and an end first") if self._has_source else self.tr("Open a source first")
        self.mark_button.setToolTip(self.tr("Put the clip on the timeline (Enter)") if ready else missing)

    @Slot()
    def _mark(self) -> None:
        if self.mark_button.isEnabled():
            self.span_wanted.emit(self.times.span())

    def _times_place(self) -> QWidget:
        place = QWidget()
        row = QVBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.times)
        row.addWidget(self.mark_button)
        return place

    def _lay_out(self) -> None:
        moments = QWidget()
        found = QVBoxLayout(moments)
        found.setContentsMargins(tokens.LARGE, 0, tokens.MEDIUM, tokens.SMALL)
        found.setSpacing(tokens.SMALL)
        found.addWidget(self.cards, 1)
        found.addWidget(self._waiting)
        found.addWidget(self.suggestions)
        found.addWidget(self.hint)
        found.addStretch()
        found.setStretchFactor(self.cards, 1000)
        found.setStretchFactor(self._waiting, 1000)
        found.addWidget(self.fold)
        transcript, clips, shorts = QWidget(), QWidget(), QWidget()
        for page, inside in ((transcript, self._transcript), (shorts, self._shorts)):
            page.setLayout(inside)
            inside.setContentsMargins(0, 0, 0, 0)
        around = QHBoxLayout(clips)
        around.setContentsMargins(tokens.LARGE, 0, tokens.LARGE, 0)
        around.addWidget(self.clips)
        for page in (moments, transcript, clips, shorts):
            self._pages.addWidget(page)
        head = QVBoxLayout()
        head.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.SMALL)
        head.setSpacing(tokens.SMALL)
        for widget in (self.pane, self.notice, self.tabs):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)


class _Pages(QStackedWidget):
    """What belongs to the tabs; where there is little room, the prompt above has what it needs."""

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """It takes what is left."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """However little that is."""
        return QSize(super().minimumSizeHint().width(), 1)


class _Skeletons(QWidget):
    """Cards that are still to come, in their size."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        for _ in range(_SKELETONS):
            card = of_kind(QFrame(), "skeleton")
            card.setFixedHeight(3 * tokens.HUGE)
            inside = QVBoxLayout(card)
            inside.setContentsMargins(tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM, tokens.MEDIUM)
            for width in (tokens.SIDE_WIDTH // 3, tokens.SIDE_WIDTH // 2, tokens.SIDE_WIDTH // 2):
                line = of_kind(QFrame(), "skeleton line")
                line.setFixedSize(width, tokens.SMALL)
                inside.addWidget(line, alignment=Qt.AlignmentFlag.AlignLeading)
            column.addWidget(card)
        column.addStretch()
        self.setAccessibleName(self.tr("Moments are being looked for"))
        # What has no room is cut off, and no window grows for what is not there yet.
        self.setMinimumHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
