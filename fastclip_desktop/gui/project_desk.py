"""What is open in a window as a project: kept as it changes, saved where the person wants it, and brought back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.project import Project
from fastclip_desktop.gui.notice import Remedy
from fastclip_desktop.settings.drafts import Draft
from fastclip_desktop.settings.project_file import SUFFIX
from fastclip_desktop.settings.recent import Recent
from fastclip_desktop.settings.whole_file import with_ending

if TYPE_CHECKING:
    from fastclip_desktop.gui.cut_history import CutHistory
    from fastclip_desktop.gui.editor import Editor
    from fastclip_desktop.gui.export.output_desk import OutputDesk
    from fastclip_desktop.gui.keeper import Keeper
    from fastclip_desktop.gui.notice import Notice
    from fastclip_desktop.gui.recents import Recents
    from fastclip_desktop.gui.shorts.door import ShortsDoor
    from fastclip_desktop.gui.side_panel import SidePanel

_PAUSE = 1000
"""Milliseconds from a change until what is open is kept with it; further changes meanwhile are kept with it."""

_MOST_TRIES = 2
"""Times that a window is opened again by itself, before it may be what ends the program."""


class Sources(Protocol):
    """What brings a source into the window."""

    @property
    def given_captions(self) -> Path | None:
        """The file with what is said that the person brought."""
        ...

    def restore_captions(self, path: Path) -> None:
        """Go by the words of a file that was brought at an earlier time."""
        ...

    def open(self, source: str) -> None:
        """Open a link or a file in the place of what is open."""
        ...


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """The parts of a window that a project is made of, or is said with.

    Attributes:
        window: itself, for its place on the screen.
        sources: what opens a source.
        editor: player and timeline; made when they are first asked for.
    """

    window: QWidget
    sources: Sources
    history: CutHistory
    panel: SidePanel
    output: OutputDesk
    shorts: ShortsDoor
    recents: Recents
    notice: Notice
    editor: Callable[[], Editor]


class ProjectDesk(QObject):
    """The project of one window.

    Undo holds for as long as the source is open; a project keeps what is, not how it came to be.

    Signals:
        named: what the window is called now; empty where nothing is open.
        settled: the ``MediaFile`` that is open, once all that was done to it is back.

    Args:
        place: whose project it is.
        keeper: writes it down.
    """

    named = Signal(str)
    settled = Signal(object)

    def __init__(self, place: ProjectPlace, keeper: Keeper) -> None:
        super().__init__(place.window)
        self._place = place
        self._keeper = keeper
        self._id = new_id()
        self._file: Path | None = None
        self._media: MediaFile | None = None
        self._coming: Draft | None = None
        self._is_recalled = False
        self._unknown: tuple[tuple[str, str], ...] = ()
        self._tries = 0
        self._kept: Draft | None = None
        self._written: Project | None = None
        self._watched: Editor | None = None
        self._is_closed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep)
        place.history.changed.connect(self._touch)
        place.panel.prompt.textChanged.connect(self._touch)
        place.output.changed.connect(self._touch)
        place.shorts.changed.connect(self._touch)
        place.history.stack.indexChanged.connect(self._live_on)
        keeper.failed.connect(self._tell_unkept)

    @property
    def id(self) -> str:
        """What the window is called where it is kept."""
        return self._id

    @property
    def file(self) -> Path | None:
        """Where the person keeps the project."""
        return self._file

    @property
    def project(self) -> Project:
        """All that is open here, be it only on its way."""
        prompt = self._place.panel.prompt.toPlainText()
        if self._coming is not None:
            return replace(self._coming.project, prompt=prompt or self._coming.project.prompt)
        editor = self._watched
        if self._media is None or editor is None:
            return Project(prompt=prompt)
        if not self._has_all:
            return Project(source_of(self._media), prompt=prompt)
        return Project(
            source_of(self._media),
            self._media.title,
            self._place.history.cuts,
            prompt,
            editor.player.at,
            editor.timeline.view,
            self._place.output.choice.spec,
            self._place.sources.given_captions,
            self._place.shorts.wish,
            self._unknown,
        )

    # Coming and going of sources

    def expect(self, source: str) -> None:
        """Another source is on its way into the window; what was done to the one before is kept."""
        self.let_go()
        self._coming = Draft(Project(source))

    def let_go(self) -> None:
        """Keep what was done here, and begin with nothing."""
        if self._has_all:
            self._keeper.remember(self._draft())
            self._save_file()
        self._coming, self._media, self._file, self._written, self._unknown = None, None, None, None, ()
        self._is_recalled = False

    def show_found(self, media: MediaFile) -> None:
        """The source that was expected is open: show it as it was shown last."""
        coming, self._coming, self._media = self._coming, None, media
        self._watch(self._place.editor())
        if coming is not None and self._is_recalled:
            self._apply(coming.project)
            self._settle(media)
        else:
            self._keeper.recall(self, source_of(media), lambda draft: self._show_again(media, draft))
        self._tell_name()
        self._touch()

    def show_missing(self, error: FastClipError) -> bool:
        """The source that was expected is not to be had; give whether anything waits for it and was said."""
        coming = self._coming
        if coming is None or not (coming.project.cuts or coming.file):
            self._coming = None
            return False
        find = Remedy(self.tr("Find the file …"), self.relink)
        again = Remedy(self.tr("Try again"), lambda: self._open(coming))
        self._place.notice.show_error(error, again if "://" in coming.project.source else find)
        self._tell_name()
        return True

    @Slot()
    def relink(self) -> None:
        """Let the person show where the source is now; everything that was done to it stays."""
        draft = self._draft()
        name = Path(draft.project.source).name
        path, _ = QFileDialog.getOpenFileName(
            self._place.window, self.tr("Where is {0}?").format(name), str(Path(draft.project.source).parent)
        )
        if path:
            self._place.recents.move(draft.project.source, path)
            self._open(replace(draft, project=replace(draft.project, source=path, title=draft.project.title or name)))

    # Projects as files

    @Slot()
    def choose(self) -> None:
        """Let the person choose a project, and open it."""
        start = str(self._file.parent) if self._file else ""
        path, _ = QFileDialog.getOpenFileName(self._place.window, self.tr("Open a project"), start, self._pattern)
        if path:
            self.open(Path(path))

    @Slot(object)
    def open(self, path: Path) -> None:
        """Open a project in the place of what is open, which is kept."""
        whole = path.absolute()
        self.keep()  # it may be the one that is open

        def show(project: Project) -> None:
            self._place.recents.remember_as(Recent(str(whole), whole.stem, time.time(), None, project=True))
            if project.output is not None:
                self._place.output.take(project.output)
            self._open(Draft(project, whole))

        self._keeper.read(self, whole, show, self._place.notice.show_error)

    @Slot()
    def save(self) -> None:
        """Write the project into its file; the person says which if there is none."""
        if self._file is None:
            self.save_as()
        else:
            self._save_file(anew=True)

    @Slot()
    def save_as(self) -> None:
        """Let the person say where the project is kept from now on."""
        project = self.project
        near = self._file or Path(project.source if project.source and "://" not in project.source else "project")
        name, _ = QFileDialog.getSaveFileName(
            self._place.window, self.tr("Save the project"), str(near.with_suffix(SUFFIX)), self._pattern
        )
        if name:
            self._file = with_ending(Path(name), SUFFIX).absolute()
            self._place.recents.remember_as(Recent(str(self._file), self._file.stem, time.time(), None, project=True))
            self._save_file(anew=True)
            self._tell_name()
            self._touch()

    # Keeping

    def restore(self, window: str, draft: Draft) -> None:
        """Bring back what a window held when the program ended that it belonged to."""
        self._id = window
        self._tries = draft.tries + 1
        if draft.geometry:
            self._place.window.restoreGeometry(QByteArray.fromBase64(draft.geometry.encode()))
        if draft.tries >= _MOST_TRIES:
            self._coming, self._is_recalled = draft, _has_work(draft)
            name = draft.project.title or draft.project.source
            self._place.notice.show_answer(
                self.tr("FastClip ended several times while {0} was open.").format(name),
                self.tr("It is not opened again by itself. What was done to it is kept."),
                Remedy(self.tr("Open it again"), lambda: self._open(draft)),
            )
            return
        self._keeper.keep(window, replace(draft, tries=self._tries))
        if draft.project.source:
            self._open(draft)
        else:
            self._place.panel.prompt.setPlainText(draft.project.prompt)

    @Slot()
    def keep(self) -> None:
        """Have what is open here outlive whatever happens to the program."""
        self._pause.stop()
        if self._is_closed:
            return
        draft = self._draft()
        if draft == self._kept:
            return
        self._kept = draft
        if draft.project.is_blank:
            self._keeper.forget(self._id)
        else:
            self._keeper.keep(self._id, draft)
        self._save_file()

    def close(self) -> None:
        """The window is about to go."""
        if not self._is_closed:
            draft = self._draft()
            self._save_file(anew=draft.project != self._written)
            if self._has_all:
                self._keeper.close(self._id, draft)
            else:
                self._keeper.forget(self._id)
            self._is_closed = True
            self._pause.stop()

    @property
    def _has_all(self) -> bool:
        """Whether what was done to the source before is here, too, so that it may take that one's place."""
        return self._is_recalled or bool(self._media is not None and self._place.history.cuts)

    @property
    def _pattern(self) -> str:
        return self.tr("FastClip projects ({0})").format(f"*{SUFFIX}")

    def _open(self, draft: Draft) -> None:
        self._place.sources.open(draft.project.source)
        # After what stood there was let go.
        self._file, self._unknown = draft.file, draft.project.unknown
        self._written = draft.project if draft.file else None
        self._coming, self._is_recalled = draft, _has_work(draft)
        if self._is_recalled:
            title = draft.project.title or Path(draft.project.source).name
            self._coming = replace(draft, project=replace(draft.project, title=title))
        elif draft.project.prompt:
            self._place.panel.prompt.setPlainText(draft.project.prompt)
        self._tell_name()
        self._touch()

    def _apply(self, project: Project) -> None:
        """Show everything as it was shown."""
        place = self._place
        place.history.begin(project.cuts)
        if project.prompt and project.prompt != place.panel.prompt.toPlainText():
            place.panel.prompt.setPlainText(project.prompt)
        place.shorts.take(project.shorts)
        if project.captions is not None:
            place.sources.restore_captions(project.captions)
        # When the timeline has its place and size.
        QTimer.singleShot(0, self, lambda: self._look_at(project))

    def _look_at(self, project: Project) -> None:
        editor = self._watched
        if editor is not None and editor.media is not None:
            editor.timeline.show_view(project.view)
            editor.player.seek(project.playhead)

    def _show_again(self, media: MediaFile, draft: Draft | None) -> None:
        """What was done to a source the last time, unless the person was quicker."""
        if self._media is not media:
            return
        self._is_recalled = True
        if draft is not None and not self._place.history.stack.canUndo():
            prompt = self._place.panel.prompt.toPlainText()
            self._unknown = draft.project.unknown
            self._apply(replace(draft.project, prompt=prompt or draft.project.prompt))
        self._settle(media)

    def _settle(self, media: MediaFile) -> None:
        """Say that all is back, once it is in sight."""

        def tell() -> None:
            if self._media is media:
                self.settled.emit(media)

        QTimer.singleShot(0, self, tell)

    def _watch(self, editor: Editor) -> None:
        if self._watched is None:
            self._watched = editor
            editor.player.moved.connect(self._touch)
            editor.timeline.scale_changed.connect(self._touch)

    def _draft(self) -> Draft:
        geometry = self._place.window.saveGeometry().toBase64().toStdString()
        return Draft(self.project, self._file, geometry, self._tries)

    def _save_file(self, *, anew: bool = False) -> None:
        """Bring the file up to date; what was merely looked at waits until the window goes, or the person saves."""
        project = self.project
        if self._file is None or not (anew or self._written is None or _work_of(project) != _work_of(self._written)):
            return
        self._written = project
        self._keeper.write(self, self._file, project, failed=self._tell_unsaved)

    @Slot()
    def _touch(self) -> None:
        if not (self._is_closed or self._pause.isActive()):
            self._pause.start()

    @Slot()
    def _live_on(self) -> None:
        """The person works here: nothing that ends the program by being opened."""
        self._tries = 0

    def _tell_name(self) -> None:
        title = self._media.title if self._media else ""
        if self._coming is not None:
            title = self._coming.project.title
        self.named.emit(self._file.stem if self._file else title)

    def _tell_unsaved(self, error: FastClipError) -> None:
        self._written = None
        self._place.notice.show_error(error, Remedy(self.tr("Save as …"), self.save_as))

    @Slot(object)
    def _tell_unkept(self, error: FastClipError) -> None:
        self._place.notice.show_error(error, Remedy(self.tr("Save as …"), self.save_as))


def source_of(media: MediaFile) -> str:
    """What opens a source again, from whatever folder."""
    return str(media.path.absolute()) if media.path is not None and "://" not in media.source else media.source


def _has_work(draft: Draft) -> bool:
    """Whether it is more than the name of a source that was on its way."""
    return bool(draft.file or draft.project.title or draft.project.cuts)


def _work_of(project: Project) -> Project:
    """What was done, without where it was looked at."""
    return replace(project, playhead=Project().playhead, view=None)
