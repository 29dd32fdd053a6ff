"""Something small that stands above its button until it is put away; the window goes on working beneath it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.focus import holds_focus
from fastclip_desktop.gui.style import of_kind

_ANY_HEIGHT = 1 << 20


class Popover(QFrame):
    """A card over the window, above a button and flush with its trailing edge.

    It is no window of its own: the keyboard comes into it when it opens and goes back to where it was when it closes
    by Esc, and a press anywhere else closes it and still does what it is for.

    Args:
        name: for screen readers.
        content: what stands in it.
        anchor: the button.
        window: over which it stands.
        highest: pixels, where it is not to cover all that is above the button; further content is scrolled to.
    """

    def __init__(
        self, name: str, content: QWidget, anchor: QWidget, window: QWidget, *, highest: int = _ANY_HEIGHT
    ) -> None:
        super().__init__(window)
        of_kind(self, "popover")
        self.setAccessibleName(name)
        self._content = content
        self._anchor = anchor
        self._window = window
        self._highest = highest
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(tokens.TIGHT, tokens.TIGHT, tokens.TIGHT, tokens.TIGHT)
        column.addWidget(self._area)
        content.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open, or close and give the keyboard back."""
        if self.isVisible():
            self.dismiss()
        else:
            self.show()
            self.raise_()
            self._first().setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Close; the keyboard goes to the button if it was in here."""
        if holds_focus(self):
            # Before it is gone: Qt would take the keyboard to whatever comes next, which a field of text answers by
            # choosing all of it.
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Take Esc before the window does."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc closes; other keys that nothing in here took do nothing to the window beneath."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Find the place, and look out for presses elsewhere."""
        super().showEvent(event)
        self._place()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look out no more."""
        super().hideEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep above the button, and close when something else is pressed."""
        if watched in (self._window, self._content) and event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.LayoutRequest,
        ):
            self._place()
        elif isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self._judge_press(watched, event.globalPosition().toPoint())
        return super().eventFilter(watched, event)

    def _judge_press(self, watched: QObject, where: QPoint) -> None:
        # A list that drops down from a field in here is a window of its own and lies partly outside.
        if not isinstance(watched, QWidget) or watched.window() is not self._window.window():
            return
        beneath = self._anchor.rect().contains(self._anchor.mapFromGlobal(where))
        if not beneath and not self.rect().contains(self.mapFromGlobal(where)):
            self.hide()

    def _place(self) -> None:
        if not self.isVisible():
            return
        bar = self._anchor.parentWidget() or self._anchor
        top = QPoint(self._anchor.mapTo(self._window, QPoint(0, 0)).x(), bar.mapTo(self._window, QPoint(0, 0)).y())
        frame = 2 * (tokens.TIGHT + 1)
        wanted = self._wanted_size() + QSize(frame, frame)
        room = QSize(self._window.width() - 2 * tokens.SMALL, min(top.y() - 2 * tokens.SMALL, self._highest))
        size = wanted.boundedTo(room)
        if size.height() < wanted.height():
            size.setWidth(min(room.width(), size.width() + self._area.verticalScrollBar().sizeHint().width()))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = top.x()
        else:
            left = top.x() + self._anchor.width() - size.width()
        left = max(tokens.SMALL, min(left, self._window.width() - size.width() - tokens.SMALL))
        self.setGeometry(left, top.y() - tokens.SMALL - size.height(), size.width(), size.height())

    def _wanted_size(self) -> QSize:
        """What the content needs, at the width that it is fixed to where it is; words wrap there."""
        hint = self._content.sizeHint()
        hint = hint.expandedTo(self._content.minimumSize()).boundedTo(self._content.maximumSize())
        if self._content.hasHeightForWidth():
            hint.setHeight(self._content.heightForWidth(hint.width()))
        return hint

    def _first(self) -> QWidget:
        """What the keyboard goes to: this itself, where nothing in here takes it, so that Esc is heard here."""
        widget = self._content.nextInFocusChain()
        while widget is not None and self.isAncestorOf(widget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisible():
                return widget
            widget = widget.nextInFocusChain()
        return self
