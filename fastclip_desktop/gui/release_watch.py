"""Looks once a day whether there is a newer FastClip, if a person allowed that, and says so if there is."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.stage import Release
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.notice import Notice

_DAY = 24 * 60 * 60.0


class ReleaseWatch(QObject):
    """Asks at a start, at most once in a day; what keeps it from an answer it keeps to itself.

    Args:
        bridge: by which it asks.
        choices: whether it may, and when it last did.
        notice: gives where to say what it found: in the window in front.
        clock: gives seconds since 1970.
    """

    def __init__(
        self,
        bridge: EngineBridge,
        choices: Choices,
        notice: Callable[[], Notice],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._choices = choices
        self._notice = notice
        self._clock = clock

    @Slot()
    def look(self) -> None:
        """Ask, if that is allowed and was not done today."""
        now = self._choices.now
        # A clock that was ahead once must not keep it silent for years.
        if now.checks_for_updates and not 0 <= self._clock() - now.updates_checked < _DAY:
            self._bridge.begin_reading(self, _ask, _ignore, self._tell, _keep_silent)

    def _tell(self, release: Release) -> None:
        notice = self._notice()
        if release.is_newer and notice.isVisible():
            return  # what is said there matters more; the next start asks again
        self._choices.change(updates_checked=self._clock())
        if release.is_newer:
            notice.show_answer(
                self.tr("FastClip {0} is available.").format(release.newest),
                self.tr("Get it the way that you got this one: it goes over the older one."),
            )


def _ask(engine: EnginePort, cancel: CancelToken, _deliver: Callable[[object], None]) -> Release:
    return engine.newest_release(cancel=cancel)


def _ignore(_: object) -> None:
    pass


def _keep_silent(_: FastClipError | None) -> None:
    pass
