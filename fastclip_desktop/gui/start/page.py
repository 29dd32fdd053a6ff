"""The first thing that a person sees: an invitation, and what they had open before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.icons import picture
from fastclip_desktop.gui.link_picture import LINK_PICTURE_BOX
from fastclip_desktop.gui.readings import Reading
from fastclip_desktop.gui.recents import Recents
from fastclip_desktop.gui.start.recent_grid import RecentGrid
from fastclip_desktop.gui.style import of_kind
from fastclip_desktop.gui.tokens import Palette

if TYPE_CHECKING:
    from fastclip_desktop.domain.preview import Thumbnail

_LARGE_PICTURE, _SMALL_PICTURE = 72, 36
_ROOMY = 430
_LEAST_DROP, _SMALL_DROP = 188, 132
"""Pixels of height: of a page with room for all, and of its place to drop with and without a picture."""

_SPACIOUS_DROP = 300
"""Pixels of height from which on the picture is large, whatever was open before."""

_FIRST_OF_BOTH = 1000
"""What was open before takes what it needs, and the place to drop the rest."""


class StartPage(QWidget):
    """A place to drop something, two buttons for those who have nothing in hand, and what was open before.

    Signals:
        file_wanted: the person wants to choose a file.
        sample_wanted: the person wants to try the sample talk.
        wanted: the location of something that was open before.
    """

    file_wanted = Signal()
    sample_wanted = Signal()
    wanted = Signal(str)

    def __init__(self, bridge: EngineBridge, recents: Recents, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._recents = recents
        self._reading: Reading | None = None
        self._has_begun = False
        self._palette = tokens.LIGHT
        self._picture = QLabel()
        self._size = 0
        self.drop = of_kind(QFrame(), "drop")
        self.drop.installEventFilter(self)
        self.sample_button = QPushButton(self.tr("Try the sample talk"))
        self.grid = RecentGrid(recents)
        self.recent = QWidget()
        self._lay_out()
        self.grid.wanted.connect(self.wanted)
        self.grid.search_wanted.connect(self._search)
        recents.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Files may have come and gone meanwhile."""
        super().showEvent(event)
        if self._has_begun and not event.spontaneous():
            self._recents.look()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room, words go before pictures."""
        super().resizeEvent(event)
        self._picture.setVisible(self.height() >= _ROOMY)
        self.drop.setMinimumHeight(_LEAST_DROP if self.height() >= _ROOMY else _SMALL_DROP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A higher place to drop has a larger picture."""
        if event.type() is QEvent.Type.Resize and self._fitting != self._size:
            self._paint()
        return super().eventFilter(watched, event)

    @Slot()
    def begin(self) -> None:
        """Look what was open before; not earlier than the window is on the screen."""
        self._has_begun = True
        self._recents.look()

    def wear(self, palette: Palette) -> None:
        """Repaint in a palette's colours."""
        self._palette = palette
        self.grid.wear(palette)
        self._paint()

    def _lay_out(self) -> None:
        title = of_kind(QLabel(self.tr("Drop a video here")), "title")
        words = of_kind(QLabel(self.tr("or paste a link above. Nothing leaves this machine.")), "muted")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        choose = QPushButton(self.tr("Open a file …"))
        choose.setToolTip(self.tr("Choose a video or sound file"))
        choose.clicked.connect(self.file_wanted)
        self.sample_button.setToolTip(self.tr("Makes a short talk with captions on this machine and opens it"))
        self.sample_button.clicked.connect(self.sample_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.MEDIUM)
        buttons.addStretch()
        buttons.addWidget(choose)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        inside = QVBoxLayout(self.drop)
        inside.setContentsMargins(tokens.WIDE, tokens.SMALL, tokens.WIDE, tokens.SMALL)
        inside.setSpacing(tokens.SMALL)
        inside.addStretch()
        inside.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(title, alignment=Qt.AlignmentFlag.AlignCenter)
        inside.addWidget(words)
        inside.addSpacing(tokens.SMALL)
        inside.addLayout(buttons)
        inside.addStretch()
        clear = of_kind(QPushButton(self.tr("Clear")), "quiet")
        clear.setAccessibleName(self.tr("Forget what was open before"))
        clear.setToolTip(self.tr("Take everything off this list; no file is touched"))
        clear.clicked.connect(self._recents.clear)
        head = QHBoxLayout()
        head.addWidget(of_kind(QLabel(self.tr("Open again")), "lead"))
        head.addStretch()
        head.addWidget(clear)
        self.recent.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        below = QVBoxLayout(self.recent)
        below.setContentsMargins(0, tokens.SMALL, 0, 0)
        below.setSpacing(tokens.TIGHT)
        below.addLayout(head)
        below.addWidget(self.grid, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.drop, 1)
        column.addWidget(self.recent, _FIRST_OF_BOTH)

    @Slot()
    def _show(self) -> None:
        self.recent.setVisible(bool(self._recents.items))
        self._paint()
        self._read_posters()

    @property
    def _fitting(self) -> int:
        """The size of picture that there is room for."""
        has_room = not self._recents.items or self.drop.height() >= _SPACIOUS_DROP
        return _LARGE_PICTURE if has_room else _SMALL_PICTURE

    def _paint(self) -> None:
        self._size = self._fitting
        self._picture.setPixmap(picture("drop", self._palette.accent, self._size, self.devicePixelRatioF()))

    @Slot()
    def _read_posters(self) -> None:
        """Ask for the pictures that are not known yet, one after another and beside everything else."""
        wanted, access = self.grid.without_poster, self._bridge.host.access
        if self._reading is not None or not wanted or not self._has_begun:
            return
        asked = {each.location for each in wanted}

        def read(engine: EnginePort, cancel: CancelToken, deliver: Callable[[dict[str, Thumbnail]], None]) -> None:
            previews = engine.previews
            for each in wanted:
                try:
                    if each.path is None:
                        poster = previews.link_picture(each.picture, each.location, access, cancel, LINK_PICTURE_BOX)
                    else:
                        poster = previews.poster(each.path, cancel, LINK_PICTURE_BOX)
                except FastClipError:  # nothing can be seen in it, or it is gone
                    continue
                deliver({each.location: poster})

        def end(_: object) -> None:
            self._reading = None
            if not asked.issuperset(each.location for each in self.grid.without_poster):
                self._read_posters()  # of what came meanwhile

        self._reading = self._bridge.begin_reading(self, read, self._show_posters, end, end)

    def _show_posters(self, posters: dict[str, Thumbnail]) -> None:
        self.grid.show_posters(posters)

    @Slot(str)
    def _search(self, location: str) -> None:
        """Let the person say where a file is now."""
        old = Path(location)
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Where is {0} now?").format(old.name), str(old.parent if old.parent.name else Path.home())
        )
        if path:
            self._recents.move(location, path)
            self.wanted.emit(path)
