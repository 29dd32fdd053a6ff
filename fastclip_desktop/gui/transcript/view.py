"""The words to read, to go along with, to choose from and to correct; only what is on the screen is laid out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.gui.transcript.choice import Choice
from fastclip_desktop.gui.transcript.face import announce, install
from fastclip_desktop.gui.transcript.hand import Hand
from fastclip_desktop.gui.transcript.highlights import Highlights
from fastclip_desktop.gui.transcript.layout import ScriptLayout
from fastclip_desktop.gui.transcript.painting import Painter, shown_time
from fastclip_desktop.gui.transcript.script import Find, Script, Spot
from fastclip_desktop.gui.transcript.steps import step

_SLICE = 0.006
"""Seconds of measuring between two looks at what the person does."""

_CLEARANCE = tokens.LARGE
"""Pixels below the last words."""

_READING_LINE = 0.3
"""The share of the height at which the word that is said comes to stand."""


class TranscriptView(QAbstractScrollArea):
    """Paragraphs of words.

    Attributes:
        script: what is shown.
        lines: where it lies.
        highlights: what is special about which words.

    Signals:
        seek_wanted: the seconds of a word that was clicked.
        choice_changed: which words are chosen.
        follow_changed: whether the words go along with what is said.
        cut_wanted: the chosen words are to be a clip.
        edit_wanted: the ``Spot`` of a word that is to be corrected, and whether all of its line is.
        menu_wanted: the place on the screen where a menu is to open.
        moved: the paragraphs lie elsewhere in the window now.
    """

    seek_wanted = Signal(object)
    choice_changed = Signal()
    follow_changed = Signal(bool)
    cut_wanted = Signal()
    edit_wanted = Signal(object, bool)
    menu_wanted = Signal(QPoint)
    moved = Signal()

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        of_kind(self, "script")
        install()
        self.script = Script(())
        self.lines = ScriptLayout(self.font())
        self._painter = Painter(palette, self.font())
        self._choice: Choice | None = None
        self._cursor: Spot | None = None
        self._playhead = Fraction(0)
        self._said: Spot | None = None
        self._near: int | None = None
        self.highlights = Highlights()
        self._follows = True
        self._measuring = QTimer(self)
        self._measuring.setInterval(0)
        self._measuring.timeout.connect(self._measure)
        self._hand = Hand(self, self)
        self.setAccessibleName(self.tr("What is said"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().actionTriggered.connect(lambda _: self.set_following(on=False))
        self.verticalScrollBar().sliderPressed.connect(lambda: self.set_following(on=False))

    @property
    def choice(self) -> Choice | None:
        """The chosen words."""
        return self._choice

    @property
    def cursor_spot(self) -> Spot | None:
        """The word at which the keyboard is."""
        return self._cursor

    @property
    def said_spot(self) -> Spot | None:
        """The word that is being said."""
        return self._said

    @property
    def is_measuring(self) -> bool:
        """Whether some heights are still guessed."""
        return self._measuring.isActive()

    @property
    def first_in_sight(self) -> int:
        """The first paragraph that is in sight."""
        return self._held()[0]

    @property
    def follows(self) -> bool:
        """Whether the words go along with what is said."""
        return self._follows

    def show_script(self, script: Script) -> None:
        """Show other words, from the beginning."""
        self.script = script
        self._choice = self._cursor = self._said = self._near = None
        self.highlights.finds, self.highlights.find_now = (), None
        self.lines.set_script(script)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.set_following(on=True)
        self.show_playhead(self._playhead)
        self.choice_changed.emit()

    def show_changed(self, first: int, last: int | None = None) -> None:
        """Look again at the paragraphs of which something changed; ``None`` for all from one on."""
        holder, offset = self._held()
        self.lines.refresh(first, last)
        for spot in (self._cursor, *((self._choice.anchor,) if self._choice else ())):
            if spot is not None and (
                spot.paragraph >= len(self.script) or spot.piece >= len(self.script.pieces(spot.paragraph))
            ):
                self._choice = self._cursor = None
        self._fit()
        self._hold(holder, offset)
        self._said = None
        self.show_playhead(self._playhead)
        self.choice_changed.emit()

    def show_playhead(self, seconds: Fraction) -> None:
        """Mark what is said at an instant, and keep it in sight unless the person looks elsewhere."""
        self._playhead = seconds
        near = self.script.spot_before(float(seconds)) if len(self.script) else None
        said = near if near is not None and self.script.span(near).end > seconds else None
        paragraph = near.paragraph if near is not None else None
        if said != self._said or paragraph != self._near:
            self._said, self._near = said, paragraph
            self.viewport().update()
        if near is not None and self._follows and not self._hand.is_down:
            self._show_spot(near, always=False)

    def show_tints(self, cuts: Sequence[TimeRange], moments: Sequence[TimeRange]) -> None:
        """Tint what will be clips, and what fits the prompt."""
        self.highlights.tint(cuts, moments)
        self.viewport().update()

    def show_finds(self, finds: Sequence[Find], now: Find | None, *, goes: bool) -> None:
        """Mark the places that were searched for and the one that is looked at, and go there."""
        self.highlights.finds, self.highlights.find_now = finds, now
        if now is not None and goes:
            self.set_following(on=False)
            spot = self.script.spot_of(now)
            if spot is not None:
                self._show_spot(spot, always=True)
        self.viewport().update()

    def set_following(self, *, on: bool) -> None:
        """Go along with what is said, or stay."""
        if on != self._follows:
            self._follows = on
            self.follow_changed.emit(on)
        if on:
            self.show_playhead(self._playhead)

    def go_to(self, spot: Spot) -> None:
        """Have the playhead come to a word, and go along from there."""
        self.set_following(on=True)
        self.seek_wanted.emit(self.script.span(spot).start)

    def choose(self, anchor: Spot | None, cursor: Spot | None = None) -> None:
        """Choose the words from one to another, or none."""
        choice = Choice(anchor, cursor or anchor) if anchor is not None else None
        if choice is not None:
            self._cursor = choice.cursor
        if choice != self._choice:
            self._choice = choice
            self.viewport().update()
            self.choice_changed.emit()

    def stand_at(self, spot: Spot) -> None:
        """Put the keyboard at a word without moving anything, and choose none."""
        self.choose(None)
        self._cursor = spot
        self.viewport().update()

    def choose_all(self) -> None:
        """Choose all there is."""
        self.choose(self.script.first_spot(), self.script.last_spot())

    def move_to(self, spot: Spot) -> None:
        """Put the keyboard at a word."""
        self._cursor = spot
        self._choice = None
        self.set_following(on=False)
        self._show_spot(spot, always=False)
        self.viewport().update()
        self.choice_changed.emit()
        self._announce(spot)

    def reveal(self, spot: Spot) -> None:
        """Bring a word into sight."""
        self.set_following(on=False)
        self._show_spot(spot, always=False)

    def is_right_to_left(self, number: int) -> bool:
        """Whether a paragraph is read from right to left."""
        return self.lines.is_right_to_left(number)

    def box_of(self, spot: Spot) -> QRectF:
        """Where a word is in the viewport; of one that goes on in the next line its beginning."""
        shown = self.script.piece(spot)
        boxes = self.lines.boxes(spot.paragraph, shown.start, shown.end)
        corner = self._corner(spot.paragraph)
        return boxes[0].translated(corner) if boxes else QRectF(corner.x(), corner.y(), 0, 0)

    def spot_near(self, place: QPointF) -> Spot | None:
        """The word nearest to a place in the viewport."""
        if not len(self.script):
            return None
        number = self.lines.paragraph_at(place.y() + self.verticalScrollBar().value())
        pieces = self.script.pieces(number)
        if not pieces:
            return None
        corner = self._corner(number)
        character = self.lines.character_at(number, place.x() - corner.x(), place.y() - corner.y())
        return Spot(number, max(0, bisect_right(pieces, character, key=lambda each: each.start) - 1))

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self._painter = Painter(palette, self.font())
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the paragraphs that are in sight."""
        if not len(self.script):
            return
        painter = QPainter(self.viewport())
        number = self.lines.paragraph_at(float(self.verticalScrollBar().value()))
        height = self.viewport().height()
        while number < len(self.script) and self._corner(number).y() < height:
            self._paint_paragraph(painter, number)
            number += 1
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Break the lines anew, with the same words in sight."""
        super().resizeEvent(event)
        holder, offset = self._held()
        self.lines.set_width(self._text_width)
        self._fit()
        self._hold(holder, offset)
        self._keep_up()
        self.moved.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Write in another font when the person wants larger letters."""
        if event.type() is QEvent.Type.FontChange:
            self.lines.set_font(self.font())
            self._fit()
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The person looks elsewhere."""
        self.set_following(on=False)
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to choose words."""
        if not self._hand.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose as far as the hand goes."""
        self._hand.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go to a word, unless some were chosen."""
        self._hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Correct a word."""
        self._hand.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """Open the menu for a word."""
        by_hand = event.reason() is QContextMenuEvent.Reason.Mouse
        spot = self.spot_near(QPointF(event.pos())) if by_hand else self._cursor
        if spot is None:
            return
        inside = self._choice is not None and self._choice.first <= spot <= self._choice.last
        if not inside:
            self.stand_at(spot)
        place = event.globalPos() if by_hand else self.viewport().mapToGlobal(self.box_of(spot).bottomLeft().toPoint())
        self.menu_wanted.emit(place)

    def event(self, event: QEvent) -> bool:
        """Keep F2 from the commands of the window: here it means the word."""
        is_asked = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride
        if isinstance(event, QKeyEvent) and is_asked and event.key() == Qt.Key.Key_F2 and len(self.script):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move by words and lines, choose, correct, cut."""
        if not step(self, event):
            event.ignore()  # playing and the like belong to the window

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Begin at what is said."""
        if self._cursor is None and len(self.script):
            self._cursor = self.script.spot_before(float(self._playhead)) or self.script.first_spot()
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _paint_paragraph(self, painter: QPainter, number: int) -> None:
        script, corner = self.script, self._corner(number)
        box = QRectF(corner.x(), corner.y(), self._text_width, self.lines.header)
        is_now = number == self._near
        self._painter.header(
            painter,
            box,
            shown_time(script.start(number)),
            script.speaker(number),
            is_now=is_now,
            direction=self.layoutDirection(),
        )
        self._painter.words(
            painter,
            self.lines.lines(number),
            corner + QPointF(0, self.lines.header),
            self.highlights.look(self.script, number, self._choice, self._said),
        )
        cursor = self._cursor
        if cursor is not None and cursor.paragraph == number and self.hasFocus():
            shown = script.piece(cursor)
            self._painter.ring(
                painter, [each.translated(corner) for each in self.lines.boxes(number, shown.start, shown.end)]
            )

    def _corner(self, number: int) -> QPointF:
        left = float(tokens.LARGE)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = self.viewport().width() - tokens.LARGE - self._text_width
        return QPointF(left, self.lines.top(number) - self.verticalScrollBar().value())

    def _show_spot(self, spot: Spot, *, always: bool) -> None:
        """Bring a word into sight, to where one reads; if it is there already, only if it has to be."""
        self.lines.lines(spot.paragraph)  # by which its height is known
        self._fit()
        self._bring(spot, always=always)

    def _bring(self, spot: Spot, *, always: bool) -> None:
        box, height = self.box_of(spot), self.viewport().height()
        margin = min(box.height() * 2, height / 4)
        if always or not margin <= box.top() <= height - margin - box.height():
            bar = self.verticalScrollBar()
            bar.setValue(round(bar.value() + box.top() - height * _READING_LINE))

    def _fit(self) -> None:
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(tokens.WIDE)
        bar.setRange(0, self._farthest)
        if len(self.script):
            self._measuring.start()
        self.viewport().update()

    @property
    def _text_width(self) -> float:
        """The same whether there is a scroll bar or not, so that no line breaks elsewhere when it comes."""
        return max(1.0, self.width() - self.verticalScrollBar().sizeHint().width() - 2.0 * tokens.LARGE)

    @property
    def _farthest(self) -> int:
        """How far one can scroll."""
        return max(0, round(self.lines.height + _CLEARANCE - self.viewport().height()))

    def _held(self) -> tuple[int, float]:
        """The paragraph at the top of the viewport, and how far it is scrolled out of it."""
        at = float(self.verticalScrollBar().value())
        number = self.lines.paragraph_at(at)
        return number, at - self.lines.top(number) if 0 <= number < len(self.script) else 0.0

    def _hold(self, number: int, offset: float) -> None:
        if 0 <= number < len(self.script):
            self.verticalScrollBar().setValue(round(self.lines.top(number) + offset))

    @Slot()
    def _measure(self) -> None:
        holder, offset = self._held()
        if not self.lines.measure(_SLICE):
            self._measuring.stop()
            self.verticalScrollBar().setRange(0, self._farthest)
        self._hold(holder, offset)
        if not self.is_measuring:
            self._keep_up()
        self.viewport().update()
        self.moved.emit()

    def _keep_up(self) -> None:
        """Have what is said in sight still after the lines came to lie elsewhere."""
        near = self.script.spot_before(float(self._playhead)) if len(self.script) else None
        if near is not None and self._follows and not self._hand.is_down:
            self._bring(near, always=False)

    @Slot()
    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit()

    def _announce(self, spot: Spot) -> None:
        """Say a word to whoever cannot see it, and where a paragraph begins all of it."""
        said = self.script.said(spot)
        if spot.piece == 0:
            time = shown_time(self.script.start(spot.paragraph))
            said = " ".join(filter(None, (time, self.script.speaker(spot.paragraph), self.script.text(spot.paragraph))))
        announce(self, said)
