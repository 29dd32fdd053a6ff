"""The window: see the source, say what you want, take the clips."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.errors import FastClipError, SeveralMedia, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.approvals import Approvals
from fastclip_desktop.gui.arrival_desk import ArrivalDesk
from fastclip_desktop.gui.aside import Aside
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Commands
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.editor_commands import EditorCommands
from fastclip_desktop.gui.editor_room import EditorPlace, EditorRoom
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.estimate_desk import EstimateDesk
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.finding.card_commands import CardCommands
from fastclip_desktop.gui.hints import Hints
from fastclip_desktop.gui.incoming import CAPTION_SUFFIXES, sources_in
from fastclip_desktop.gui.job_bar import JobBar
from fastclip_desktop.gui.job_room import JobPlace, JobRoom
from fastclip_desktop.gui.link_picture import read_link_picture
from fastclip_desktop.gui.menus import Menus
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.panes import Panes
from fastclip_desktop.gui.project_desk import ProjectDesk
from fastclip_desktop.gui.recent_menu import RecentMenu
from fastclip_desktop.gui.recents import recents_of
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.side_panel import CLIPS, TRANSCRIPT, SidePanel
from fastclip_desktop.gui.source_bar import SourceBar
from fastclip_desktop.gui.source_card import SourceCard
from fastclip_desktop.gui.start.page import StartPage
from fastclip_desktop.gui.style import Theme, of_kind
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.gui.transcript_commands import TranscriptCommands
from fastclip_desktop.gui.transcript_desk import TranscriptDesk
from fastclip_desktop.gui.window_commands import WindowCommands
from fastclip_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from fastclip_desktop.gui.batch.sheet import BatchSheet
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.keeper import Keeper

_FIRST_SIZE, _LEAST_SIZE = (1280, 800), (880, 560)


class Window(QMainWindow):
    """One source with its cuts, one job at a time, and every clip that was made since the window opened.

    Signals:
        painted: the window was on the screen for the first time; now is the time for heavy work.
        closed: this window, which nobody will see again.
        new_window_wanted: the person wants another one.
        source_opened: the ``MediaFile`` that is open now.

    Args:
        bridge: to the engine, for this window alone.
        theme: what it wears.
        choices: what the person has chosen.
        door: the settings of the program; a window that is alone makes its own.
        keeper: writes down what is open; without one nothing outlives the window.
    """

    painted = Signal()
    closed = Signal(object)
    new_window_wanted = Signal()
    source_opened = Signal(object)

    def __init__(
        self,
        bridge: EngineBridge,
        theme: Theme,
        choices: Choices,
        door: SettingsDoor | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._choices = choices
        self.door = door or SettingsDoor(bridge, theme, choices, self)
        self.door.stand_beside(self)
        self.approvals = Approvals(self.door.desk, most=1)
        self._media: MediaFile | None = None
        self._given_captions: Path | None = None
        self._was_painted = self._is_closed = False
        self.source_bar = SourceBar()
        self.source_notice = Notice()
        self.recents = recents_of(choices)
        self.empty = StartPage(bridge, self.recents)
        self.arrivals = ArrivalDesk(bridge.lane, self.source_notice, self)
        self.batch: BatchSheet | None = None
        self.card = SourceCard()
        self.history = CutHistory(self)
        self.panel = SidePanel(bridge, self.history)
        self.script = TranscriptDesk(bridge, self.history, theme, self.panel.add_transcript, self)
        self.clips = self.panel.clips
        self.job_bar = JobBar()
        self._central = QWidget()
        self.commands = Commands(self)
        self.output = OutputDesk(choices, self.job_bar.output_button, self._central)
        self.estimates = EstimateDesk(bridge, self.output, self.history, self.job_bar.export_button, self)
        self.job_notice = Notice(wide=True)
        job_place = JobPlace(self.panel, self.job_bar, self.job_notice, self._central)
        self.jobs = JobRoom(bridge, job_place, self.output, self.history, choices, self.script.words, self)
        self.hints = Hints(bridge, self.panel, self.script.words, self.history, choices, self)
        self.desk = self.jobs.exporting
        self._stage = QStackedWidget()
        self._overlay = of_kind(QLabel(self.tr("Drop to open")), "overlay")
        self._lay_out()
        self.projects = ProjectDesk(self, keeper) if keeper else None
        self._connect()
        self._add_commands()
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self.resize(*(size or first for size, first in zip(choices.now.window_size, _FIRST_SIZE, strict=True)))
        self._show_source(None)
        theme.changed.connect(self._wear)
        self._wear(theme.palette)
        self._obey(choices.now)
        self.source_bar.field.setFocus()

    @Slot(str)
    def open_source(self, source: str) -> None:
        """Look a link or a file up; whatever was open is open no more."""
        self._begin_look_up(source, self.tr("Looking it up …"))
        self._bridge.look_up(source)

    @Slot(object)
    def start_again(self, sources: tuple[str, ...]) -> None:
        """Come to the front, and open what a later start of the program brought."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()
        self.arrivals.take(sources)

    @Slot()
    def open_sample(self) -> None:
        """Make the sample talk and open it."""
        self._begin_look_up("", self.tr("Making a short talk with captions …"))
        self._bridge.open_sample()

    @property
    def is_empty(self) -> bool:
        """Whether no source is open or on its way."""
        return self._media is None and not self._bridge.is_looking_up

    @property
    def editor(self) -> Editor:
        """Player and timeline; made when they are first needed."""
        return self._room.editor

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keys that no field took: those of the player and the timeline."""
        if not self.commands.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of what is held."""
        self.commands.release(event)
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The window in front is the one that the settings stand beside."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.door.stand_beside(self)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Closing is always safe, and asks nothing."""
        super().closeEvent(event)
        if not self._is_closed:
            self._is_closed = True
            if not self.windowState() & (Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen):
                self._choices.change(window_size=(self.width(), self.height()))
            if self.projects is not None:
                self.projects.close()
            self._room.show_source(None)
            self._bridge.leave()
            self.closed.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say once that the window is there."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Take links and files."""
        if sources_in(event.mimeData()):
            event.acceptProposedAction()
            self._overlay.setGeometry(self._central.rect().adjusted(*_inset(tokens.LARGE)))
            self._overlay.raise_()
            self._overlay.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """The person thought better of it."""
        self._overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Open what was dropped."""
        self._overlay.hide()
        event.acceptProposedAction()
        self.arrivals.take(sources_in(event.mimeData()))

    def _lay_out(self) -> None:
        source_page = QWidget()
        column = QVBoxLayout(source_page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SMALL)
        column.addWidget(self.card)
        self._stage.addWidget(self.empty)
        self._stage.addWidget(source_page)
        left = QVBoxLayout()
        left.setContentsMargins(tokens.LARGE, tokens.MEDIUM, tokens.LARGE, tokens.SMALL)
        left.setSpacing(tokens.SMALL)
        left.addWidget(self.approvals)
        left.addWidget(self.source_notice)
        left.addWidget(self._stage, 1)
        main = QWidget()
        main.setLayout(left)
        self.panes = Panes(main, self.panel, self._theme, self._choices)
        self._room = EditorRoom(
            self._bridge, self.history, self.panel, self.commands, self._theme, EditorPlace(column, self.panes), self
        )
        whole = QVBoxLayout(self._central)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.source_bar)
        whole.addWidget(self.panes, 1)
        whole.addWidget(Aside(self.job_notice))
        whole.addWidget(self.job_bar)
        self.setCentralWidget(self._central)
        self._overlay.setParent(self._central)
        self._overlay.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._overlay.hide()

    def _connect(self) -> None:
        self.source_bar.submitted.connect(self.open_source)
        self.source_bar.settings_wanted.connect(self.door.open)
        self.source_bar.api_wanted.connect(self.door.open_api)
        self.door.api.changed.connect(self.source_bar.show_api)
        self.door.desk.changed.connect(self._call_for_attention)
        self.door.desk.failed.connect(self.source_notice.show_error)
        self._choices.changed.connect(self._obey)
        self._choices.unsaved.connect(self.source_notice.show_error)
        self.empty.file_wanted.connect(self.source_bar.choose_file)
        self.empty.sample_wanted.connect(self.open_sample)
        self.painted.connect(self.empty.begin)
        self.arrivals.source_wanted.connect(self._open_with)
        self.arrivals.captions_given.connect(self.give_captions)
        self.arrivals.batch_wanted.connect(self.open_batch)
        if self.projects is not None:
            self.arrivals.project_wanted.connect(self.projects.open)
            self.projects.named.connect(self._show_name)
        self.source_bar.several_submitted.connect(self.arrivals.take)
        self.card.cancelled.connect(self._cancel_look_up)
        self.job_bar.output_wanted.connect(self.output.toggle)
        self.jobs.captions_wanted.connect(self._choose_captions)
        self.job_bar.clips_wanted.connect(lambda: self.panel.turn_to(CLIPS))
        self.jobs.source_wanted.connect(self.source_bar.choose_file)
        self.jobs.settings_wanted.connect(self.door.open_page)
        for moments_came in (self.jobs.finder.found, self.hints.places):
            moments_came.connect(self._room.show_matches)
            moments_came.connect(self.script.show_moments)
        self.jobs.finder.sought.connect(self.hints.remember)
        self.script.captions_wanted.connect(self._choose_captions)
        self.script.models_wanted.connect(lambda: self.door.open_page("models"))
        self.painted.connect(self.hints.start)
        self.painted.connect(self.jobs.feed.start)
        bridge = self._bridge
        bridge.source_advanced.connect(self.card.show_progress)
        bridge.source_found.connect(self._show_found)
        bridge.source_failed.connect(self._show_source_fault)
        bridge.unready.connect(self._show_unready)
        bridge.started_anew.connect(self._go_on)
        bridge.warned.connect(self._show_warning)

    def _add_commands(self) -> None:
        WindowCommands(self, self.commands)
        self.commands.add(*CardCommands(self.panel.cards, self._choices, self.commands, self).all())
        self.commands.add(*EditorCommands(lambda: self.editor, self).all())
        self.commands.add(*TranscriptCommands(self.script, lambda: self.panel.turn_to(TRANSCRIPT), self).all())
        self.menus = Menus(self.commands, self.menuBar())
        for menu in (self.menus.recent, self.source_bar.recent):
            RecentMenu(self.recents, menu).chosen.connect(lambda location: self.arrivals.take((location,)))
        self.empty.wanted.connect(lambda location: self.arrivals.take((location,)))

    def greet(self, page: QWidget) -> None:
        """Show a page in the place of the start page, until something is opened."""
        self._stage.addWidget(page)
        if self.is_empty:
            self._stage.setCurrentWidget(page)

    def end_greeting(self, page: QWidget) -> None:
        """Show the start page again, and let the other one go."""
        self._stage.removeWidget(page)
        self._stage.setCurrentIndex(0 if self.is_empty else 1)
        page.deleteLater()

    def _begin_look_up(self, source: str, stage: str) -> None:
        if self.projects is not None:
            self.projects.expect(source)
        self._given_captions = None
        self.source_notice.clear()
        self.source_bar.show_source(source)
        self._show_source(None)
        name = Path(source).name if source and "://" not in source else source
        self.card.show_look_up(name or self.tr("Sample talk"), stage)
        self.card.show()
        self._stage.setCurrentIndex(1)

    def _show_source(self, media: MediaFile | None) -> None:
        self._media = media
        self.commands.show_source(is_open=media is not None)
        self.output.show_source(media)
        self.estimates.show_source(media)
        self.jobs.show_source(media)
        self.setWindowTitle(f"{media.title} – FastClip" if media else "FastClip")
        self.card.setVisible(media is not None)
        self._stage.setCurrentIndex(1 if media else 0)
        self._room.show_source(media)
        self.script.show_source(media, self._room.editor if media else None)

    @Slot(object)
    def _show_found(self, media: MediaFile) -> None:
        self.source_bar.show_source(media.source)
        self.card.show_media(media)
        self.recents.remember(media)
        read_link_picture(self._bridge, self.card, media, lambda thumbnail: self.card.show_picture(thumbnail, media))
        self._show_source(media)
        if self._given_captions:
            self.give_captions(self._given_captions)
        elif media.captions and self.panes.is_side_shown:
            self.panel.go_to_prompt()
        else:
            self.editor.timeline.setFocus()
        self.source_opened.emit(media)
        if self.projects is not None:
            self.projects.show_found(media)

    @Slot(object)
    def _show_source_fault(self, error: FastClipError) -> None:
        self._show_source(None)
        if self.projects is not None and self.projects.show_missing(error):
            return
        source = self.source_bar.field.text()
        remedy = None
        if isinstance(error, UnavailableError) and source:
            remedy = Remedy(self.tr("Try again"), lambda: self.open_source(source))
        elif isinstance(error, SeveralMedia) and (links := tuple(each.url for each in error.entries if each.url)):
            remedy = Remedy(self.tr("Open all of them"), lambda: self.open_batch(links))
        self.source_notice.show_error(error, remedy)
        self.go_to_source()

    @Slot(str)
    def _show_name(self, name: str) -> None:
        self.setWindowTitle(f"{name} – FastClip" if name else "FastClip")

    @Slot(object)
    def _show_unready(self, error: FastClipError) -> None:
        self.source_notice.show_error(error, Remedy(self.tr("Start it again"), self._bridge.host.start_again))

    @Slot()
    def _go_on(self) -> None:
        """There is another engine: read what the old one did not get to."""
        self.source_notice.clear()
        if self._media is not None:
            self.editor.open_again()
            self.script.words.read_again()

    @Slot(str)
    def _show_warning(self, sentence: str) -> None:
        self.source_notice.show_answer(sentence, "")

    @Slot()
    def _cancel_look_up(self) -> None:
        self._bridge.cancel_look_up()
        self._show_source(None)
        self.go_to_source()

    @Slot()
    def toggle_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def escape(self) -> None:
        """Stop what is under way, or go back to the timeline."""
        if self.jobs.escape() or self.panes.escape():
            return
        if self._bridge.is_looking_up:
            self._cancel_look_up()
        elif self._media is not None:
            self.editor.timeline.setFocus()

    @Slot()
    def go_to_source(self) -> None:
        """Let the person type a link or a path."""
        self.source_bar.field.setFocus()
        self.source_bar.field.selectAll()

    @Slot()
    def paste(self) -> None:
        """Open what was copied."""
        self.arrivals.take(sources_in(QGuiApplication.clipboard().mimeData()))

    @Slot(str, object)
    def _open_with(self, source: str, captions: Path | None) -> None:
        self.open_source(source)
        self._given_captions = captions

    @Slot(object)
    def open_batch(self, sources: tuple[str, ...]) -> None:
        """Show several sources, beside those that are there already."""
        if self.batch is None or not shiboken6.isValid(self.batch):
            # Brings in what a window with one source has no use for.
            from fastclip_desktop.gui.batch.sheet import BatchSheet

            self.batch = BatchSheet(self._bridge, self.jobs.feed, self.output, self._theme, self)
            self.batch.open_wanted.connect(self.open_source)
        self.batch.add(sources)
        self.batch.show()
        self.batch.raise_()
        self.batch.prompt.setFocus()

    @property
    def given_captions(self) -> Path | None:
        """The file with what is said that the person brought; ``None`` for what the source itself has."""
        return self.script.words.given

    @Slot(object)
    def give_captions(self, path: Path) -> None:
        """Go by the words of a file."""
        if self._bridge.is_looking_up:
            self._given_captions = path
            return
        if self._media is None:
            self.source_notice.show_answer(
                self.tr("{0} holds captions, and no video is open.").format(path.name),
                self.tr("Open the video first, or drop both together."),
            )
            return
        self._given_captions = path
        self.script.words.give(path)
        self.card.show_given_captions(path.name)
        self.panel.go_to_prompt()

    def restore_captions(self, path: Path) -> None:
        """Go by the words of a file that was brought at an earlier time, unless they were corrected since."""
        self.script.words.restore(path)
        self.card.show_given_captions(path.name)

    def _choose_captions(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in CAPTION_SUFFIXES)
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Captions for this source"), "", self.tr("Captions ({0})").format(patterns)
        )
        if path:
            self.give_captions(Path(path))

    @Slot(object)
    def _obey(self, preferences: Preferences) -> None:
        self._theme.choose(preferences.theme)
        self.panel.cards.plays_on_hover = preferences.plays_on_hover and not preferences.reduced_motion
        self._theme.reduce_motion(reduced=preferences.reduced_motion)
        self._bridge.host.access = preferences.access
        if nonsense := self.commands.bind(dict(preferences.shortcuts)):
            self.source_notice.show_answer(
                self.tr("The preferences name keys that there are not: {0}.").format(", ".join(nonsense)),
                self.tr("The commands keep their first keys; choose others under Settings, Shortcuts."),
            )

    @Slot(object)
    def _call_for_attention(self, waiting: tuple[object, ...]) -> None:
        if waiting:
            QApplication.alert(self)

    @Slot(object)
    def _wear(self, palette: Palette) -> None:
        for each in (self.source_bar, self.source_notice, self.empty, self.panel, self.jobs):
            each.wear(palette)


def _inset(gap: int) -> tuple[int, int, int, int]:
    return gap, gap, -gap, -gap
