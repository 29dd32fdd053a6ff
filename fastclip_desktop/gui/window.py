"""The window: see the source, say what you want, take the clips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.gui import tokens
from fastclip_desktop.gui.approvals import Approvals
from fastclip_desktop.gui.arrival_desk import ArrivalDesk
from fastclip_desktop.gui.aside import Aside
from fastclip_desktop.gui.batch_door import BatchDoor
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.commands import Commands
from fastclip_desktop.gui.cut_history import CutHistory
from fastclip_desktop.gui.device_notice import DeviceNotice
from fastclip_desktop.gui.drop_place import DropPlace
from fastclip_desktop.gui.editor_commands import EditorCommands
from fastclip_desktop.gui.editor_room import EditorPlace, EditorRoom
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.export.estimate_desk import EstimateDesk
from fastclip_desktop.gui.export.output_desk import OutputDesk
from fastclip_desktop.gui.finding.card_commands import CardCommands
from fastclip_desktop.gui.hints import Hints
from fastclip_desktop.gui.incoming import sources_in
from fastclip_desktop.gui.job_bar import JobBar
from fastclip_desktop.gui.job_room import JobPlace, JobRoom
from fastclip_desktop.gui.key_tips import KeyTips
from fastclip_desktop.gui.library.room import LibraryRoom
from fastclip_desktop.gui.menus import Menus
from fastclip_desktop.gui.notice import Notice, Remedy
from fastclip_desktop.gui.panes import Panes
from fastclip_desktop.gui.project_desk import ProjectDesk, ProjectPlace
from fastclip_desktop.gui.recent_menu import RecentMenu
from fastclip_desktop.gui.recents import recents_of
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.shorts.door import ShortsDoor
from fastclip_desktop.gui.shorts.place import ShortsPlace
from fastclip_desktop.gui.side_panel import CLIPS, TRANSCRIPT, SidePanel
from fastclip_desktop.gui.source_bar import SourceBar
from fastclip_desktop.gui.source_card import SourceCard
from fastclip_desktop.gui.source_desk import SourceDesk, SourcePlace
from fastclip_desktop.gui.source_visit import SourceVisit
from fastclip_desktop.gui.start.page import StartPage
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.tokens import Palette
from fastclip_desktop.gui.transcript_commands import TranscriptCommands
from fastclip_desktop.gui.transcript_desk import TranscriptDesk
from fastclip_desktop.gui.window_commands import WindowCommands
from fastclip_desktop.settings.preferences import Preferences

if TYPE_CHECKING:
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.keeper import Keeper

_FIRST_SIZE, _LEAST_SIZE = (1280, 800), (880, 560)


class Window(QMainWindow):
    """One source with its cuts, the words said in it, and the clips that were made of it.

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
        self._was_painted = self._is_closed = False
        self.source_bar = SourceBar()
        self.source_notice = Notice()
        self.recents = recents_of(choices)
        self.empty = StartPage(bridge, self.recents)
        self.arrivals = ArrivalDesk(bridge.lane, self.source_notice, self)
        self.card = SourceCard()
        self.history = CutHistory(self)
        self.panel = SidePanel(bridge, self.history)
        self.script = TranscriptDesk(bridge, self.history, theme, self.panel.add_transcript, self)
        place = SourcePlace(self.source_bar, self.card, self.source_notice)
        self.sources = SourceDesk(bridge, place, self.script.words, self)
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
        words = self.script.words
        making = ShortsPlace(
            bridge,
            self.panel,
            self.desk,
            self.output,
            self.history,
            words,
            theme,
            choices,
            self.door,
            lambda: self.editor,
        )
        self.shorts = ShortsDoor(making, self)
        self.several = BatchDoor(bridge, self.jobs.feed, self.output, theme, self)
        self._stage = QStackedWidget()
        self._lay_out()
        parts = (self.history, self.panel, self.output, self.shorts, self.recents, self.source_notice)
        project = ProjectPlace(self, self.sources, *parts, lambda: self.editor)
        self.projects = self.sources.projects = ProjectDesk(project, keeper) if keeper else None
        self._connect()
        self._add_commands()
        self.drops = DropPlace(self, self._central, self.arrivals.take)
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
        self.sources.open(source)

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
        self.sources.open_sample()

    @property
    def is_empty(self) -> bool:
        """Whether no source is open or on its way."""
        return self.sources.is_empty

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
            self.sources.close()
            self._bridge.leave()
            self.closed.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Say once that the window is there."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

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
        pages = QStackedWidget()
        pages.addWidget(self.panes)
        feed, theme, choices = self.jobs.feed, self._theme, self._choices
        self.library = LibraryRoom(self._bridge, feed, self.door, theme, choices, pages, self.panes)
        whole.addWidget(pages, 1)
        whole.addWidget(Aside(self.job_notice))
        whole.addWidget(self.job_bar)
        self.setCentralWidget(self._central)

    def _connect(self) -> None:
        self.source_bar.submitted.connect(self.open_source)
        self.source_bar.settings_wanted.connect(self.door.open)
        self.source_bar.api_wanted.connect(self.door.open_api)
        self.door.api.changed.connect(self.source_bar.show_api)
        self.door.desk.changed.connect(self._call_for_attention)
        self.door.desk.failed.connect(self.source_notice.show_error)
        DeviceNotice(self._bridge, self.source_notice, self)
        self.source_bar.library_wanted.connect(self.library.toggle)
        visit = SourceVisit(self, self)
        self.library.place_wanted.connect(visit.see)
        self.library.clip_wanted.connect(visit.mark)
        self.library.file_wanted.connect(self.source_bar.choose_file)
        self.library.sample_wanted.connect(self.open_sample)
        self.library.opened.connect(self._room.pause)
        self._choices.changed.connect(self._obey)
        self._choices.unsaved.connect(self.source_notice.show_error)
        self.empty.file_wanted.connect(self.source_bar.choose_file)
        self.empty.sample_wanted.connect(self.open_sample)
        self.painted.connect(self.empty.begin)
        self.arrivals.source_wanted.connect(self.sources.open)
        self.arrivals.captions_given.connect(self.sources.give_captions)
        for several_came in (self.arrivals.batch_wanted, self.sources.several_wanted):
            several_came.connect(self.several.open)
        self.several.open_wanted.connect(self.open_source)
        if self.projects is not None:
            self.arrivals.project_wanted.connect(self.projects.open)
            self.projects.named.connect(self._show_name)
        self.source_bar.several_submitted.connect(self.arrivals.take)
        self.sources.shown.connect(self._show_source)
        self.sources.expected.connect(self._show_card)
        self.sources.opened.connect(self._settle)
        for where in (visit.forget, self.panel.forget_transcript, self.go_to_source):
            self.sources.missing.connect(where)
        self.sources.captions_given.connect(self.panel.go_to_prompt)
        self.sources.returned.connect(self._read_again)
        self.job_bar.output_wanted.connect(self.output.toggle)
        self.jobs.captions_wanted.connect(self.sources.choose_captions)
        self.job_bar.clips_wanted.connect(self.library.leaving(lambda: self.panel.turn_to(CLIPS)))
        self.jobs.source_wanted.connect(self.source_bar.choose_file)
        self.jobs.settings_wanted.connect(self.door.open_page)
        for moments_came in (self.jobs.finder.found, self.hints.places):
            moments_came.connect(self._room.show_matches)
            moments_came.connect(self.script.show_moments)
        self.jobs.finder.sought.connect(self.hints.remember)
        for captions_wanted in (self.script.captions_wanted, self.shorts.captions_wanted):
            captions_wanted.connect(self.sources.choose_captions)
        self.script.models_wanted.connect(lambda: self.door.open_page("models"))
        self.painted.connect(self.hints.start)
        self.painted.connect(self.jobs.feed.start)
        bridge = self._bridge
        bridge.unready.connect(self._show_unready)
        bridge.started_anew.connect(self._read_again)
        bridge.warned.connect(self._show_warning)

    def _add_commands(self) -> None:
        WindowCommands(self, self.commands)
        self.commands.add(*CardCommands(self.panel.cards, self._choices, self.commands, self).all())
        self.commands.add(*EditorCommands(lambda: self.editor, self).all())
        self.commands.add(*TranscriptCommands(self.script, lambda: self.panel.turn_to(TRANSCRIPT), self).all())
        self.menus = Menus(self.commands, self.menuBar())
        self.source_opened.connect(KeyTips(self.commands).renew)
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

    @Slot()
    def _show_card(self) -> None:
        self.library.leave()
        self.card.show()
        self._stage.setCurrentIndex(1)

    @Slot(object)
    def _show_source(self, media: MediaFile | None) -> None:
        self.commands.show_source(is_open=media is not None)
        self.output.show_source(media)
        self.estimates.show_source(media)
        self.jobs.show_source(media)
        self._show_name(media.title if media else "")
        self.card.setVisible(media is not None)
        self._stage.setCurrentIndex(1 if media else 0)
        self._room.show_source(media)
        self.shorts.show_source(media)
        self.script.show_source(media, self._room.editor if media else None)

    @Slot(object)
    def _settle(self, media: MediaFile) -> None:
        """Let the person begin where the next thing is to be said."""
        self.recents.remember(media)
        if self.panes.is_side_shown and (media.captions or self.sources.given_captions):
            self.panel.go_to_prompt()
        else:
            self.editor.timeline.setFocus()
        self.source_opened.emit(media)

    @Slot(str)
    def _show_name(self, name: str) -> None:
        self.setWindowTitle(f"{name} – FastClip" if name else "FastClip")

    @Slot(object)
    def _show_unready(self, error: FastClipError) -> None:
        self.source_notice.show_error(error, Remedy(self.tr("Start it again"), self._bridge.host.start_again))

    @Slot()
    def _read_again(self) -> None:
        """Read what could not be read before: there is another engine, or the file is back."""
        self.source_notice.clear()
        if self.sources.media is not None:
            self.editor.open_again()
            self.script.words.read_again()

    @Slot(str)
    def _show_warning(self, sentence: str) -> None:
        self.source_notice.show_answer(sentence, "")

    @Slot()
    def toggle_full_screen(self) -> None:
        """Take the whole screen, or give it back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    @Slot()
    def escape(self) -> None:
        """Stop what is under way, or go back to the timeline."""
        if self.library.escape() or self.jobs.escape() or self.panes.escape():
            return
        if self._bridge.is_looking_up:
            self.sources.cancel()
        elif self.sources.media is not None:
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

    @Slot(object)
    def _obey(self, preferences: Preferences) -> None:
        self._theme.choose(preferences.theme)
        self.panel.cards.plays_on_hover = preferences.plays_on_hover and not preferences.reduced_motion
        self._theme.reduce_motion(reduced=preferences.reduced_motion)
        self._room.prepare_scrubbing(on=preferences.quick_scrubbing)
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
