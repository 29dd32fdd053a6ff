"""The timeline widget: shows a source and its cuts, and lets the mouse seek, zoom and move edges."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.editing.cuts import Cuts, Side
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.timeline import accessible
from fastclip_desktop.gui.timeline.contents import Contents
from fastclip_desktop.gui.timeline.cut_painting import minimap_picture
from fastclip_desktop.gui.timeline.dragging import Drag, drag_cut
from fastclip_desktop.gui.timeline.edge_words import EdgeWords
from fastclip_desktop.gui.timeline.lanes import HANDLE, EdgeLabel, Scene, place_cuts
from fastclip_desktop.gui.timeline.painting import paint_scene
from fastclip_desktop.gui.timeline.view import SourceView
from fastclip_desktop.gui.tokens import Palette

_ZOOM_STEP = 1.25
_WHEEL_STEP = 120.0
"""What Qt calls a step of the wheel, in eighths of a degree."""

_REST = 70
"""Milliseconds without a move after which the mouse rests."""


class Timeline(SourceView):
    """The source from end to end, and its cuts.

    Signals:
        seek_wanted: an exact instant; many a second while the mouse is dragged.
        cuts_previewed: the cuts as they would be if the mouse were let go now.
        cuts_edited: the cuts after an edit, and the edit's name for the history.
        selection_changed: the ids of the chosen cuts.
        cut_wanted: the instant of a double click where no cut is.
        menu_wanted: the instant and the place on the screen of a right click.
        rested: the instant over which the mouse rests.
    """

    seek_wanted = Signal(object)
    cuts_previewed = Signal(object)
    cuts_edited = Signal(object, str)
    selection_changed = Signal(object)
    cut_wanted = Signal(object)
    menu_wanted = Signal(object, object)
    rested = Signal(object)

    def __init__(self, palette: Palette = tokens.LIGHT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = palette
        self._cuts: Cuts = ()
        self._seconds: list[tuple[Cut, float, float]] = []
        self._selected: frozenset[str] = frozenset()
        self._drag: Drag | None = None
        self._hovered: tuple[str, Side] | None = None
        self._words = EdgeWords(self)
        self._minimap: tuple[object, QPixmap] = (None, QPixmap())
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST)
        self._resting.timeout.connect(self._tell_rest)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(150)
        self.setAccessibleName(self.tr("Timeline"))
        accessible.install(Timeline)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for every lane."""
        return QSize(800, 216)

    @property
    def cuts(self) -> Cuts:
        """What is shown."""
        return self._cuts

    @property
    def selected(self) -> frozenset[str]:
        """The ids of the chosen cuts."""
        return self._selected

    def wear(self, palette: Palette) -> None:
        """Put on the colours of a theme."""
        self._colors = palette
        self.update()

    def show_source(self, contents: Contents) -> None:
        """Show another source, all of it, and hold nothing any more."""
        self._let_go()
        self._hovered = None
        super().show_source(contents)

    def set_cuts(self, cuts: Cuts) -> None:
        """Show these cuts; chosen ones that are gone are chosen no more, and what is held is let go of."""
        if self._drag is not None and self._drag.cut is not None and cuts != self._drag.cuts:
            self._drag = None  # else the next move would bring those back that were there when it took hold
        self._take(cuts)
        self.select(self._selected & {cut.id for cut in cuts})
        self.update()

    def select(self, ids: frozenset[str]) -> None:
        """Choose cuts."""
        if ids != self._selected:
            self._selected = ids
            self.selection_changed.emit(ids)
            accessible.tell_value(self)
            self.update()

    def set_playhead(self, instant: Fraction, *, follow: bool = False) -> None:
        """Put the playhead somewhere, and say so unless the source is playing."""
        super().set_playhead(instant, follow=follow)
        if not follow:
            accessible.tell_value(self)

    def want(self, instant: Fraction) -> None:
        """Ask to go there, for whoever has no mouse."""
        self.seek_wanted.emit(instant)

    def cut_at(self, position: QPointF) -> tuple[Cut, Side | None] | None:
        """The cut under a place of the widget, with the edge if one is near; the chosen ones come first."""
        lanes = self.lanes
        if not (lanes.body.contains(position) or lanes.cuts.contains(position)):
            return None
        in_lane = lanes.cuts.contains(position)
        begin, end = self.scale.seconds(position.x() - HANDLE), self.scale.seconds(position.x() + HANDLE)
        near = [each for each in self._seconds if each[1] <= end and each[2] >= begin]
        for cut, starts, ends in sorted(near, key=lambda each: each[0].id not in self._selected):
            left, right = self.scale.x(starts), self.scale.x(ends)
            reach = min(HANDLE, max(2.0, (right - left) / 3))
            if in_lane or cut.id in self._selected:
                if abs(position.x() - left) <= reach:
                    return cut, Side.START
                if abs(position.x() - right) <= reach:
                    return cut, Side.END
            if in_lane and left <= position.x() <= right:
                return cut, None
        return None

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """All lanes."""
        del event
        painter = QPainter(self)
        scene = Scene(
            self.scale,
            self.lanes,
            self.contents,
            place_cuts(self._seconds, self.scale),
            self._selected,
            self._playhead,
            self._colors,
            self._minimap_picture(),
            self.tr("Not read yet"),
            self.tr("Cannot be read"),
            self.hasFocus(),
            self._label(),
        )
        paint_scene(painter, scene)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter chooses the cut at the playhead, or lets go of it; the window knows all other keys."""
        at = self._playhead
        here = [cut for cut in self._cuts if cut.span.start <= at <= cut.span.end]
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers() or not here:
            super().keyPressEvent(event)
            return
        chosen = next((place for place, cut in enumerate(here) if cut.id in self._selected), None)
        following = 0 if chosen is None else chosen + 1  # of several the one after the other
        self.select(frozenset({here[following].id}) if following < len(here) else frozenset())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """With Ctrl zoom around the mouse, else pan."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._show_scale(self.scale.zoomed(_ZOOM_STEP ** (turned.y() / _WHEEL_STEP), event.position().x()))
        else:
            pixels = event.pixelDelta()
            sideways = (
                pixels.x() or pixels.y() if not pixels.isNull() else (turned.x() or turned.y()) / _WHEEL_STEP * 90
            )
            self._show_scale(self.scale.panned(-sideways))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of an edge, a cut, the minimap or the playhead."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.scale.duration:
            return
        position = event.position()
        if self.lanes.minimap.contains(position):
            self._drag = Drag(self._cuts, minimap=True)
            self._centre_on(position.x())
            return
        found = self.cut_at(position)
        if found is None:
            self._drag = Drag(self._cuts)
            self._resting.stop()
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.lanes.cuts.contains(position):
                self.select(frozenset())
            self._seek(position.x())
            return
        cut, side = found
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.select(self._selected ^ {cut.id})
        elif cut.id not in self._selected:
            self.select(frozenset({cut.id}))
        self._drag = Drag(self._cuts, cut, side, position.x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move what is held, or show what could be taken hold of."""
        position, drag = event.position(), self._drag
        if drag is None:
            found = self.cut_at(position)
            edge = (found[0].id, found[1]) if found is not None and found[1] is not None else None
            self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
            self._hover(edge)
            self._resting.start()
            return
        if drag.minimap:
            self._centre_on(position.x())
        elif drag.cut is None:
            self._seek(position.x())
        else:
            self._drag_cut(drag, position.x(), free=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go: an edit ends here."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        drag, self._drag = self._drag, None
        self.update()
        if drag is None or drag.cut is None:
            return
        if self._cuts != drag.cuts:
            name = self.tr("Move clip") if drag.side is None else self.tr("Move edge")
            self.cuts_edited.emit(self._cuts, name)
        elif not drag.moved and drag.side is None:
            self._seek(event.position().x())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom to a cut, or want one where there is none."""
        position = event.position()
        found = self.cut_at(position)
        if found is not None:
            self.zoom_to(found[0])
        elif self.lanes.body.contains(position) and self.scale.duration:
            self.cut_wanted.emit(self._instant(position.x()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing lies under the mouse any more."""
        super().leaveEvent(event)
        self._resting.stop()
        self._hover(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """What can be done here."""
        found = self.cut_at(QPointF(event.pos()))
        if found is not None and found[0].id not in self._selected:
            self.select(frozenset({found[0].id}))
        self.menu_wanted.emit(self._instant(event.pos().x()), event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Say what lies under the mouse: an edge's time and why it lies there, or just the time."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._show_scale(self.scale.zoomed(1 + event.value(), event.position().x()))
            return True
        return super().event(event)

    def _drag_cut(self, drag: Drag, x: float, *, free: bool) -> None:
        dragged = drag_cut(drag, x, self.scale.per_pixel, self.contents, self._playhead, free=free)
        if dragged is None:
            return
        cuts, instant = dragged
        if instant is not None:
            self.seek_wanted.emit(instant)
        self._take(cuts)
        self.cuts_previewed.emit(cuts)
        self.update()

    def _let_go(self) -> None:
        """Put what is held back to where it was."""
        drag, self._drag = self._drag, None
        if drag is not None and drag.cut is not None and self._cuts != drag.cuts:
            self._take(drag.cuts)
            self.cuts_previewed.emit(drag.cuts)

    def _take(self, cuts: Cuts) -> None:
        self._cuts = cuts
        self._seconds = [(cut, float(cut.span.start), float(cut.span.end)) for cut in cuts]

    def _seek(self, x: float) -> None:
        self._playhead = self._instant(x)
        self.seek_wanted.emit(self._playhead)
        self.update()

    def _tip(self, position: QPointF) -> str:
        """What lies under the mouse; what an edge has to say stands beside it."""
        found = self.cut_at(position)
        if found is None:
            return self._words.time_and_frame(self.contents, self._instant(position.x()))
        return "" if found[1] is not None else self._words.of_cut(found[0])

    def _hover(self, edge: tuple[str, Side] | None) -> None:
        if edge != self._hovered:
            self._hovered = edge
            self.update()

    def _label(self) -> EdgeLabel | None:
        """What is said of the edge that is held, or else of the one under the mouse."""
        drag = self._drag
        held = (drag.cut.id, drag.side) if drag is not None and drag.cut is not None and drag.side is not None else None
        edge = held or (self._hovered if drag is None else None)
        cut = next((cut for cut in self._cuts if edge is not None and cut.id == edge[0]), None)
        if edge is None or cut is None:
            return None
        instant = cut.span.start if edge[1] is Side.START else cut.span.end
        return EdgeLabel(self.scale.x(float(instant)), self._words.of_edge(self.contents, cut, edge[1]))

    def _minimap_picture(self) -> QPixmap:
        """The minimap, painted anew when anything in it is another."""
        size, ratio = self.lanes.minimap.size().toSize(), self.devicePixelRatioF()
        key = (self._seconds, size, ratio, self._colors, self.scale.duration)
        if self._minimap[0] != key:
            cuts = ((start, end) for _, start, end in self._seconds)
            self._minimap = key, minimap_picture(cuts, self.scale.duration, size, ratio, self._colors)
        return self._minimap[1]

    def _tell_rest(self) -> None:
        place = QPointF(self.mapFromGlobal(self.cursor().pos()))
        if self._drag is None and self.scale.duration and self.lanes.body.united(self.lanes.ruler).contains(place):
            self.rested.emit(self._instant(place.x()))
