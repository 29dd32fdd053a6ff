"""Writes down what is open in the windows, behind their backs and in the order in which it came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.project import Project
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.settings.drafts import Draft, Drafts
from fastclip_desktop.settings.project_file import read_project, write_project


def _ignore(_: object) -> None:
    pass


class Keeper(QObject):
    """Drafts and project files, on a lane of their own: what waits for the engine must not keep them waiting.

    Signals:
        failed: the ``FastClipError`` for which what is open here would not outlive a crash; said once until it works
            again.

    Args:
        folder: see :attr:`~fastclip_desktop.settings.paths.Paths.data`.
    """

    failed = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = Drafts(folder)
        self._lane = Lane(self)
        self._is_failing = False

    def keep(self, window: str, draft: Draft) -> None:
        """A window holds this now."""
        self._do(lambda: self._drafts.keep(window, draft))

    def close(self, window: str, draft: Draft) -> None:
        """A window was closed, and held this."""
        self._do(lambda: self._drafts.close(window, draft))

    def remember(self, draft: Draft) -> None:
        """A window goes on to another source, and this is what was done to the one before."""
        self._do(lambda: self._drafts.remember(draft))

    def forget(self, window: str) -> None:
        """A window holds nothing that anybody would miss."""
        self._do(lambda: self._drafts.forget(window))

    def recall(self, owner: QObject, source: str, done: Callable[[Draft | None], object]) -> None:
        """Give what was done to a source when it was open last."""
        self._lane.do(owner, lambda: self._drafts.recall(source), done)

    def left(self, owner: QObject, done: Callable[[tuple[tuple[str, Draft], ...]], object]) -> None:
        """Give the windows that a program left open which did not end by itself."""
        self._lane.do(owner, self._drafts.left, done)

    def read(
        self,
        owner: QObject,
        path: Path,
        done: Callable[[Project], object],
        failed: Callable[[FastClipError], object],
    ) -> None:
        """Read a project's file."""
        self._lane.do(owner, lambda: read_project(path), done, failed)

    def write(
        self,
        owner: QObject,
        path: Path,
        project: Project,
        done: Callable[[None], object] = _ignore,
        failed: Callable[[FastClipError], object] = _ignore,
    ) -> None:
        """Write a project's file."""
        self._lane.do(owner, lambda: write_project(path, project), done, failed)

    def join(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds until everything is written, and give whether it is."""
        return self._lane.join(timeout)

    def _do(self, work: Callable[[], None]) -> None:
        self._lane.do(self, work, self._rest, self._tell)

    def _rest(self, _: None) -> None:
        self._is_failing = False

    def _tell(self, error: FastClipError) -> None:
        if not self._is_failing:
            self._is_failing = True
            self.failed.emit(error)
