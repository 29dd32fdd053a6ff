"""The one crossing between the engine's threads and Qt: what a window has of the program's engine.

Work runs on plain daemon threads and hands every result over as a call that the GUI thread makes; all of the bridge's
own state belongs to the GUI thread. Daemon threads rather than a ``QThreadPool``, because a look-up can hang in a
site's answer where no cancel reaches it, and the pool would keep a closed program alive until it ends.

A new look-up replaces the one under way, whose late answer is dropped. What is asked in moments is done one after the
other on the lane that all windows share; jobs go through it into the queue, see :mod:`~fastclip_desktop.gui.job_feed`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.lane import Lane, as_told
from fastclip_desktop.gui.readings import Reading, Readings

PartT = TypeVar("PartT")
AnswerT = TypeVar("AnswerT")


@dataclass(eq=False, slots=True)
class _Task:
    """One piece of work and what becomes of its outcome; ``wanted`` is read and written on the GUI thread alone."""

    work: Callable[[EnginePort, _Task], object]
    done: Callable[[object], None]
    failed: Callable[[FastClipError], None]
    cancelled: Callable[[], None]
    cancel: CancelToken = field(default_factory=CancelToken)
    wanted: bool = True


class EngineBridge(QObject):
    """Calls the engine on threads of its own and says what came of it on the GUI thread.

    Signals:
        source_advanced: the fraction of the sample talk that is made, 0..1.
        source_found: the ``MediaFile`` of the latest look-up.
        source_failed: the ``FastClipError`` of the latest look-up.
        unready, started_anew, warned, reload_asked, heard: as those of the :class:`EngineHost`.

    Args:
        host: has the engine.
    """

    source_advanced = Signal(float)
    source_found = Signal(object)
    source_failed = Signal(object)
    unready = Signal(object)
    started_anew = Signal()
    warned = Signal(str)
    reload_asked = Signal()
    heard = Signal(object)
    _posted = Signal(object, object)

    def __init__(self, host: EngineHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.host = host
        self._threads: list[threading.Thread] = []
        self._readings = Readings(self)
        self._look_up: _Task | None = None
        self._has_left = False
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        host.unready.connect(self.unready)
        host.started_anew.connect(self.started_anew)
        host.warned.connect(self.warned)
        host.reload_asked.connect(self.reload_asked)
        host.heard.connect(self.heard)
        host.join(self)

    @property
    def lane(self) -> Lane:
        """Where things are done one after another."""
        return self.host.lane

    @property
    def has_left(self) -> bool:
        """Whether its window is closed and nothing that it began is under way any more."""
        return self._has_left and self.wait(0)

    @property
    def is_looking_up(self) -> bool:
        """Whether a look-up is under way."""
        return self._look_up is not None

    def look_up(self, source: str) -> None:
        """Find out what a path or a URL is; ends in ``source_found`` or ``source_failed``."""
        access = self.host.access
        self._begin_look_up(lambda engine, _task: engine.info(source, access))

    def open_sample(self) -> None:
        """Make the sample talk unless it is there, and look it up.

        The same signals as from :meth:`look_up`, with ``source_advanced`` before.
        """
        self._begin_look_up(self._make_sample)

    def cancel_look_up(self) -> None:
        """Drop the look-up under way; no signal comes from it any more."""
        if self._look_up is not None:
            self._look_up.wanted = False
            self._look_up.cancel.cancel()
            self._look_up = None

    def ask(
        self,
        owner: QObject,
        work: Callable[[EnginePort], AnswerT],
        done: Callable[[AnswerT], object] = lambda _: None,
        failed: Callable[[FastClipError], object] = lambda _: None,
    ) -> None:
        """Ask the engine for something that takes moments, after everything that was asked before; see :class:`Lane`.

        Without an engine it ends in ``failed``.
        """
        self.lane.do(owner, lambda: self.host.call(work), done, failed)

    def begin_reading(
        self,
        owner: QObject,
        work: Callable[[EnginePort, CancelToken, Callable[[PartT], None]], AnswerT],
        part: Callable[[PartT], object],
        done: Callable[[AnswerT], object],
        failed: Callable[[FastClipError | None], object],
    ) -> Reading:
        """Have the engine read something that comes in parts, beside everything else; see :class:`Readings`.

        Without an engine it ends in ``failed``.
        """
        return self._readings.begin(
            owner,
            lambda cancel, deliver: self.host.call(lambda engine: work(engine, cancel, deliver)),
            part,
            done,
            failed,
        )

    def leave(self) -> None:
        """Stop what this window began, whose outcome nobody waits for any more."""
        self._has_left = True
        self.cancel_look_up()
        self._readings.stop()

    def wait(self, timeout: float) -> bool:
        """Wait up to ``timeout`` seconds until all that was begun has ended, and give whether it has."""
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        all_read = self._readings.join(max(0.0, deadline - time.monotonic()))
        return all_read and not any(thread.is_alive() for thread in self._threads)

    def _begin_look_up(self, work: Callable[[EnginePort, _Task], object]) -> None:
        self.cancel_look_up()
        self._look_up = _Task(
            work,
            lambda media: self._end_look_up(lambda: self.source_found.emit(media)),
            lambda error: self._end_look_up(lambda: self.source_failed.emit(error)),
            # Only cancel_look_up() cancels, and it has already forgotten the task.
            lambda: None,
        )
        self._start(self._look_up)

    def _make_sample(self, engine: EnginePort, task: _Task) -> MediaFile:
        folder = self.host.sample_folder()
        # The captions get their name last, so that a talk with captions beside it is whole.
        made = next((path for path in folder.glob("*.mp4") if path.with_suffix(".vtt").is_file()), None)
        if made is not None:
            return engine.info(str(made))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"The sample talk can't be put into {folder}: {error.strerror or error}.",
                "Free some space there, or open a video of your own.",
            ) from error

        def report(fraction: float) -> None:
            task.cancel.check()
            self._post(task, lambda: self.source_advanced.emit(fraction))

        return engine.info(str(engine.make_sample_talk(folder, report).video))

    def _start(self, task: _Task) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._carry_out, args=(task,), name="engine-work", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _carry_out(self, task: _Task) -> None:
        """The edge of a worker thread: nothing leaves it but a posted call."""
        try:
            result = self.host.call(lambda engine: task.work(engine, task))
        except Cancelled:
            self._post(task, task.cancelled)
        except Exception as error:  # noqa: BLE001 - the thread's edge; it becomes a typed failure
            told = as_told(error)
            self._post(task, lambda: task.failed(told))
        else:
            self._post(task, lambda: task.done(result))

    def _post(self, task: _Task, call: Callable[[], None]) -> None:
        self._posted.emit(task, call)

    @Slot(object, object)
    def _deliver(self, task: _Task, call: Callable[[], None]) -> None:
        if task.wanted:
            call()

    def _end_look_up(self, say: Callable[[], None]) -> None:
        self._look_up = None
        say()
