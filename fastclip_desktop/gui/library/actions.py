"""What can be done with the clips that are chosen, as buttons and as a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.elided_label import ElidedLabel
from fastclip_desktop.gui.library.words import ClipWords
from fastclip_desktop.gui.style import of_kind


class Act(Enum):
    """Something that is done with clips."""

    PLAY = auto()
    SOURCE = auto()
    REVEAL = auto()
    SHARE = auto()
    COPY = auto()
    RENAME = auto()
    PIN = auto()
    UNPIN = auto()
    DELETE = auto()


_FOR_ONE = (Act.PLAY, Act.SOURCE, Act.REVEAL, Act.RENAME)
_AS_BUTTONS = (Act.PLAY, Act.SOURCE, Act.REVEAL, Act.SHARE, Act.PIN, Act.UNPIN, Act.DELETE)


class ActionLine(QWidget):
    """A line that says what is chosen, with buttons for it.

    Signals:
        wanted: an ``Act``.

    Attributes:
        sum: what there is, or what is chosen.
        buttons: by what they do.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ClipWords(self)
        self._chosen: tuple[Clip, ...] = ()
        self.sum = of_kind(ElidedLabel(), "muted")
        self.buttons = {act: QPushButton(self._name(act)) for act in _AS_BUTTONS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SMALL)
        row.addWidget(self.sum, 1)
        for act, button in self.buttons.items():
            keys = self._keys(act)
            button.setToolTip(f"{self._tip(act)} ({keys})" if keys else self._tip(act))
            button.clicked.connect(lambda *_, act=act: self.wanted.emit(act))
            row.addWidget(button)
        self.setMinimumHeight(tokens.CONTROL_HEIGHT)
        self.show_chosen((), "")

    def show_chosen(self, chosen: Sequence[Clip], otherwise: str) -> None:
        """Say what is chosen and what can be done with it; ``otherwise`` is said where nothing is."""
        self._chosen = tuple(chosen)
        told = otherwise
        if chosen:
            size = self._words.size(sum(clip.file_size for clip in chosen))
            told = self.tr("%n clips chosen · {0}", "", len(chosen)).format(size)
            if len(chosen) == 1:
                told = self._words.name(chosen[0])
        self.sum.set_whole(told)
        for act, button in self.buttons.items():
            button.setVisible(bool(chosen) and self._is_offered(act))
            button.setEnabled(self._is_possible(act))

    def menu(self, parent: QWidget, place: QPoint) -> QMenu:
        """Offer the same, and more, at a place on the screen."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in Act:
            if not self._is_offered(act):
                continue
            keys = self._keys(act)
            action = menu.addAction(f"{self._name(act)}\t{keys}" if keys else self._name(act))
            action.setEnabled(self._is_possible(act))
            action.triggered.connect(self._asked_for(act))
            if act in (Act.SOURCE, Act.COPY, Act.UNPIN):
                menu.addSeparator()
        menu.popup(place)
        return menu

    def _asked_for(self, act: Act) -> Callable[[], None]:
        return lambda: self.wanted.emit(act)

    def _is_offered(self, act: Act) -> bool:
        """Of pinning and its contrary it is the one that would change something."""
        if act is Act.PIN:
            return any(not clip.pinned for clip in self._chosen)
        if act is Act.UNPIN:
            return all(clip.pinned for clip in self._chosen)
        return True

    def _is_possible(self, act: Act) -> bool:
        return len(self._chosen) == 1 or (act not in _FOR_ONE and len(self._chosen) > 1)

    def _name(self, act: Act) -> str:
        return {
            Act.PLAY: self.tr("Play"),
            Act.SOURCE: self.tr("Open its source"),
            Act.REVEAL: self.tr("Show in folder"),
            Act.SHARE: self.tr("Copy a link"),
            Act.COPY: self.tr("Copy the path"),
            Act.RENAME: self.tr("Rename"),
            Act.PIN: self.tr("Pin"),
            Act.UNPIN: self.tr("Unpin"),
            Act.DELETE: self.tr("Delete"),
        }[act]

    def _tip(self, act: Act) -> str:
        return {
            Act.PLAY: self.tr("Open it with the player of this machine"),
            Act.SOURCE: self.tr("Open what it was cut from, with the clip on the timeline"),
            Act.REVEAL: self.tr("Show the file in its folder"),
            Act.SHARE: self.tr("Copy the link of a page that plays it"),
            Act.COPY: self.tr("Copy where the file lies"),
            Act.RENAME: self.tr("Give it another name; the file keeps its own"),
            Act.PIN: self.tr("Keep it until you delete it"),
            Act.UNPIN: self.tr("Let it go by itself after a while"),
            Act.DELETE: self.tr("Delete it; it can be brought back for as long as FastClip runs"),
        }[act]

    def _keys(self, act: Act) -> str:
        keys = {Act.PLAY: "Return", Act.COPY: "Ctrl+C", Act.RENAME: "F2", Act.DELETE: "Del"}.get(act, "")
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
