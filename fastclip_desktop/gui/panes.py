"""How the window's parts share its room: the player grows first, the side panel and the timeline keep their sizes.

In a narrow window the side panel lies folded away and comes as a drawer over the player. The sizes that a person pulls
the panes to hold for all windows and for the next start.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPropertyAnimation, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.icons import icon
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import Palette

NARROW = 1024
"""Pixels of width up to which the side panel is a drawer."""

_LEAST_SIDE, _MOST_SIDE, _LEAST_PLAYER = 300, 720, 420
_TIMELINE_LEAST = 190
"""Pixels that the timeline keeps in the smallest window."""

_REST = 400
"""Milliseconds after the last pull until a size is remembered."""


class Panes(QWidget):
    """Player and side panel beside each other, the timeline below both.

    Signals:
        drawer_changed: whether the side panel is in sight.

    Args:
        main: what stands beside the side panel.
        side: the side panel.
        theme: how long things move, and their colours.
        choices: remember the sizes.
    """

    drawer_changed = Signal(bool)

    def __init__(self, main: QWidget, side: QWidget, theme: Theme, choices: Choices) -> None:
        super().__init__()
        self._side = side
        self._theme = theme
        self._choices = choices
        self._timeline: QWidget | None = None
        self._is_narrow = False
        self._is_wanted = True
        self._has_widths = False
        self._height = choices.now.timeline_height
        self.handle = QToolButton()
        self._strip = of_kind(QFrame(), "side")
        self._across, self._down = _splitter(Qt.Orientation.Horizontal), _splitter(Qt.Orientation.Vertical)
        self._top = QWidget()
        self._slide = QPropertyAnimation(side, b"pos", self)
        self._rest, self._settling = QTimer(self), QTimer(self)
        self._lay_out(main)
        self._connect()
        self._wear(theme.palette)
        self._tell()

    @property
    def is_side_shown(self) -> bool:
        """Whether the side panel is in sight."""
        return not self._side.isHidden()

    @property
    def is_narrow(self) -> bool:
        """Whether the side panel is a drawer."""
        return self._is_narrow

    def add_timeline(self, timeline: QWidget) -> None:
        """Give the timeline its place."""
        self._timeline = timeline
        timeline.setMinimumHeight(_TIMELINE_LEAST)
        self._down.addWidget(timeline)
        self._down.setStretchFactor(1, 0)
        self._settling.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the side panel away or dock it, and leave the timeline its height."""
        super().resizeEvent(event)
        self._fit(self.width())
        self._give_heights()

    def _fit(self, width: int) -> None:
        is_narrow = width <= NARROW
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._slide.stop()
            if is_narrow:
                self._leave_side()
                self._side.hide()
                self._side.setParent(self._top)
                of_kind(self._side, "drawer")
            else:
                of_kind(self._side, "side")
                self._across.addWidget(self._side)
                self._across.setStretchFactor(1, 0)
                self._side.setVisible(self._is_wanted)
                self._has_widths = False
            self._strip.setVisible(is_narrow)
            self._tell()
        if not (is_narrow or self._has_widths):
            self._has_widths = True
            self._give_widths(width)
        self._place_drawer()

    @Slot()
    def toggle(self) -> None:
        """Show the side panel, or put it away."""
        if self.is_side_shown and self._slide.state() is not QPropertyAnimation.State.Running:
            self.put_away()
        else:
            self.reveal()

    @Slot()
    def reveal(self) -> None:
        """Have the side panel in sight."""
        if not self._is_narrow:
            self._is_wanted = True
        if self.is_side_shown:
            return
        if self._is_narrow:
            self._place_drawer()
            self._side.show()
            self._side.raise_()
            self._run(self._away, self._place.topLeft(), shows=True)
        else:
            self._side.show()
        self._tell()

    @Slot()
    def put_away(self) -> None:
        """Give the player all the room."""
        if self._is_narrow:
            if self.is_side_shown:
                self._run(self._side.pos(), self._away, shows=False)
        else:
            self._is_wanted = False
            self._hide()

    def escape(self) -> bool:
        """Put the drawer away if it is open, and give whether it was."""
        was_open = self._is_narrow and self.is_side_shown
        if was_open:
            self.put_away()
        return was_open

    @Slot()
    def reset(self) -> None:
        """Have all sizes as they were at the first start."""
        self._choices.change(side_width=0, timeline_height=0)
        self._height = 0
        self._is_wanted = True
        if not self._is_narrow:
            self._side.show()
            self._give_widths(self.width())
        self._give_heights()
        self._tell()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the drawer at its edge, and give the timeline its height whenever it comes."""
        if watched is self._top and event.type() is QEvent.Type.Resize:
            self._place_drawer()
        elif watched is self._down and event.type() is QEvent.Type.LayoutRequest:
            self._settling.start()  # when what came, went or grew has its place
        return super().eventFilter(watched, event)

    def _lay_out(self, main: QWidget) -> None:
        main.setMinimumWidth(_LEAST_PLAYER)
        self._side.setMinimumWidth(_LEAST_SIDE)
        self._side.setMaximumWidth(_MOST_SIDE)
        self.handle.setCheckable(True)
        self.handle.setAccessibleName(self.tr("Side panel"))
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(tokens.TIGHT, tokens.MEDIUM, tokens.TIGHT, tokens.MEDIUM)
        strip.addWidget(self.handle)
        strip.addStretch()
        self._strip.hide()
        self._across.addWidget(main)
        self._across.addWidget(self._side)
        self._across.setStretchFactor(0, 1)
        self._across.setStretchFactor(1, 0)
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._across, 1)
        row.addWidget(self._strip)
        self._down.addWidget(self._top)
        self._down.setStretchFactor(0, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._down)

    def _connect(self) -> None:
        self.handle.clicked.connect(self.toggle)
        self._top.installEventFilter(self)
        self._down.installEventFilter(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._give_heights)
        self._slide.finished.connect(self._end_slide)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._remember)
        for splitter in (self._across, self._down):
            splitter.splitterMoved.connect(self._begin_rest)
        self._down.splitterMoved.connect(self._take_height)
        self._theme.changed.connect(self._wear)

    @property
    def _side_width(self) -> int:
        return min(max(self._choices.now.side_width or tokens.SIDE_WIDTH, _LEAST_SIDE), _MOST_SIDE)

    @property
    def _place(self) -> QRect:
        """Of the open drawer: beside the strip, over the player."""
        strip = self._strip.sizeHint().width()
        width = min(self._side_width, self._top.width() - strip)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRect(strip if is_mirrored else self._top.width() - strip - width, 0, width, self._top.height())

    @property
    def _away(self) -> QPoint:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QPoint(-self._place.width() if is_mirrored else self._top.width(), 0)

    def _place_drawer(self) -> None:
        if self._is_narrow and self._slide.state() is not QPropertyAnimation.State.Running:
            self._side.setGeometry(self._place)

    def _give_widths(self, width: int) -> None:
        self._across.setSizes([max(_LEAST_PLAYER, width - self._side_width), self._side_width])

    def _give_heights(self) -> None:
        if self._timeline is not None:
            height = max(_TIMELINE_LEAST, self._height or self._timeline.sizeHint().height())
            if self._down.sizes()[1] != height:
                self._down.setSizes([max(1, self._down.height() - height), height])

    @Slot()
    def _begin_rest(self) -> None:
        self._rest.start()  # again with every pull, and not for as long as the pixels that the signal brings

    @Slot()
    def _take_height(self) -> None:
        self._height = self._down.sizes()[1]

    @Slot()
    def _remember(self) -> None:
        if not self._is_narrow and self.is_side_shown:
            self._choices.change(side_width=self._across.sizes()[1])
        self._choices.change(timeline_height=self._height)

    def _run(self, begin: QPoint, end: QPoint, *, shows: bool) -> None:
        self._slide.stop()
        self._slide.setProperty("shows", shows)
        duration = self._theme.lasting(tokens.CALM)
        self._slide.setDuration(duration)
        self._slide.setStartValue(begin)
        self._slide.setEndValue(end)
        self._slide.start()

    @Slot()
    def _end_slide(self) -> None:
        if not self._slide.property("shows"):
            self._hide()

    def _hide(self) -> None:
        self._leave_side()
        self._side.hide()
        self._tell()

    def _leave_side(self) -> None:
        """Keep the keyboard from falling to whatever comes after the side panel."""
        if holds_focus(self._side):
            (self._timeline if self._timeline is not None and self._timeline.isVisible() else self.handle).setFocus()

    def _tell(self) -> None:
        self.handle.setChecked(self.is_side_shown)
        words = self.tr("Put the side panel away") if self.is_side_shown else self.tr("Show the side panel")
        self.handle.setToolTip(f"{words} (F9)")
        self.drawer_changed.emit(self.is_side_shown)

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        self.handle.setIcon(icon("panel", palette.muted))


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    return splitter
