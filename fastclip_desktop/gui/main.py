"""The script that opens the window."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLoggingCategory, QObject, QSocketNotifier, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fastclip_desktop import __version__
from fastclip_desktop.diagnostics.crashes import Watch, begin_watch
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.crash_offer import CrashOffer
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.gui.icons import ICON_FOLDER
from fastclip_desktop.gui.incoming import clean_source
from fastclip_desktop.gui.keeper import Keeper
from fastclip_desktop.gui.lane import Lane
from fastclip_desktop.gui.qt_messages import hear_qt
from fastclip_desktop.gui.settings_door import SettingsDoor
from fastclip_desktop.gui.style import Theme
from fastclip_desktop.gui.translation import translate
from fastclip_desktop.gui.window import Window
from fastclip_desktop.gui.windows import Windows
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import read_preferences

if TYPE_CHECKING:
    from fastclip_desktop.gui.first_run.welcome import Welcome

_PATIENCE = 10.0
"""Seconds that a closed window waits for its work to stop."""

_QUIET = "qt.multimedia.symbolsresolver.warning=false\nqt.multimedia.ffmpeg.info=false"
"""What Qt says of its own parts on a terminal: which sound system is missing, where another one is there."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, with a source if one is named; give the exit code once it is closed and all work has ended."""
    parser = argparse.ArgumentParser(prog="fastclip-desktop", description="Exact clips by times or by words.")
    parser.add_argument("source", metavar="SRC", nargs="?", help="a link or a file to open")
    parser.add_argument("--version", action="version", version=f"FastClip Desktop {__version__}")
    options, for_qt = parser.parse_known_args(arguments)
    sources = tuple(_for_another_folder(clean_source(source)) for source in [options.source] if source)
    if _handed_over(sources):
        return 0
    paths = find_paths(os.environ)
    watch = begin_watch(paths.crashes, paths.logs, "window")
    hear_qt(watch)
    QLoggingCategory.setFilterRules(_QUIET)
    _paint_before_all_else()
    application = QApplication([parser.prog, *for_qt])
    application.setApplicationName("FastClip")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("app.fastclip.Desktop")
    application.setWindowIcon(QIcon(str(ICON_FOLDER / "fastclip.svg")))
    host = EngineHost(_build_engine, _sample_folder)
    folder = paths.config
    preferences, warnings = read_preferences(folder)
    translate(application, preferences.language)
    theme, choices = Theme(application), Choices(host.lane, folder, preferences)
    keeper = Keeper(paths.data)
    windows = Windows(host, theme, choices, keeper)
    window = windows.open()
    window.painted.connect(host.warm_up)
    window.painted.connect(windows.door.start)
    window.painted.connect(lambda: host.lane.do(host, _load_editor))
    window.painted.connect(lambda: host.lane.do(host, lambda: _keep_log(watch, preferences.log_level)))
    if preferences.checks_for_updates:
        host.ready.connect(lambda: _look_for_release(application, windows, host, choices))
    window.painted.connect(lambda: CrashOffer(host.lane, window, watch).look())
    if not (preferences.welcomed or sources):
        window.painted.connect(lambda: _welcome(host.lane, window, windows.door, choices, theme))
    for sentence in warnings:
        host.warned.emit(sentence)
    for source in sources:
        window.painted.connect(lambda source=source: window.arrivals.take((source,)))
    _SignalWatch(application)
    code = application.exec()
    if not (keeper.join(_PATIENCE) & host.close(_PATIENCE)):
        # A look-up still waits for some site. Python would wait for nothing, but would pull its modules away from under
        # a thread that runs; leaving at once is the clean way out. Clips are on disk, work folders are thrown away.
        watch.end()
        logging.shutdown()
        os._exit(code)
    hear_qt(None)
    watch.end()
    if watch.log is not None:
        watch.log.close()
    return code


def _paint_before_all_else() -> None:
    """Let neither Python's own cleaning nor its other threads keep the window from painting.

    With the words of eight hours a full collection stops everything for half a second; those of younger objects, which
    take moments, find nearly all that there is to be found. While such words are read on another thread, turns of 1 ms
    instead of 5 brought the longest gaps between two paintings (95th percentile) from 64 ms to 18.
    """
    gc.set_threshold(700, 10, 1000)
    sys.setswitchinterval(0.001)


def _for_another_folder(source: str) -> str:
    """The same source to a program that was started in another folder."""
    return source if "://" in source else str(Path(source).expanduser().absolute())


def _handed_over(sources: tuple[str, ...]) -> bool:
    """Whether a window that is open already opens them."""
    paths = find_paths(os.environ)
    if not paths.holder.exists():  # nobody is there; the window need not wait for what talking takes
        return False
    from fastclip_desktop.bootstrap import hand_over

    return hand_over(sources)


def _build_engine() -> EnginePort:
    # Brings in the libraries that take longer than the window: never before it is on the screen.
    from fastclip_desktop.bootstrap import build_kept_engine

    return build_kept_engine("FastClip")


def _load_editor() -> None:
    # So that the first source that opens does not wait for it.
    import fastclip_desktop.gui.editor  # noqa: F401 - it is there from then on


def _welcome(lane: Lane, window: Window, door: SettingsDoor, choices: Choices, theme: Theme) -> None:
    """Show the first steps, once the lane has read what they are made of."""

    def load() -> type[Welcome]:
        from fastclip_desktop.gui.first_run.welcome import Welcome

        return Welcome

    lane.do(window, load, lambda made: made(window, door, choices, theme) if window.is_empty else None)


def _look_for_release(application: QApplication, windows: Windows, host: EngineHost, choices: Choices) -> None:
    """See whether there is a newer FastClip, now that all that a person waits for is there."""
    if not windows.open_windows:
        return  # the person was quicker, and closed the program
    from fastclip_desktop.gui.release_watch import ReleaseWatch

    bridge = EngineBridge(host, windows)
    application.aboutToQuit.connect(bridge.leave)
    ReleaseWatch(bridge, choices, lambda: windows.front.source_notice, windows).look()


def _keep_log(watch: Watch, level: str) -> None:
    # Nothing is written before the window is on the screen: what writes it would have to be loaded before that.
    from fastclip_desktop.diagnostics.logs import LogLine, keep_log, level_of

    watch.log = keep_log(find_paths(os.environ).logs, watch.program, level_of(os.environ, level), watch.started)
    if sys.stderr is not None:  # a terminal that it was started from
        shown = logging.StreamHandler(sys.stderr)
        shown.setFormatter(LogLine(watch.program))
        shown.setLevel(logging.WARNING)
        logging.getLogger().addHandler(shown)


def _sample_folder() -> Path:
    return find_paths(os.environ).cache / f"sample-{__version__}"


class _SignalWatch(QObject):
    """Closes the windows on Ctrl-C in a terminal and when asked to end, as their own cross does.

    Python runs no handler while Qt waits for events; the byte that it writes on a signal wakes Qt, and then it does. A
    handler may come between any two steps, even where a lock is held; so it only asks for what is done in its own turn.
    """

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._reading, self._writing = socket.socketpair()
        for end in (self._reading, self._writing):
            end.settimeout(0)
        signal.set_wakeup_fd(self._writing.fileno())
        notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(lambda: self._reading.recv(64))
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: QTimer.singleShot(0, application, application.closeAllWindows))


if __name__ == "__main__":
    sys.exit(main())
