"""How long the window's event loop is held up while child processes crash, loop and run out of memory."""

from __future__ import annotations

import logging
import os
import statistics
import threading
import time
from pathlib import Path

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.gui.choices import Choices
from fastclip_desktop.gui.engine_bridge import EngineBridge
from fastclip_desktop.gui.engine_host import EngineHost
from fastclip_desktop.gui.engine_port import EnginePort
from fastclip_desktop.runners.kinds import Limits
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.preferences import Preferences
from tests.benchmarks.measure import Row
from tests.faulty_stages import PERFORM, Do

CRASHES, LOOPS, EXHAUSTIONS = 100, 50, 20
_BEAT = 0.005
_MEBIBYTE = 1024**2


def measure_window_under_faults() -> Row:
    """The table's row: a Qt event loop with a timer of 5 ms, and how late it comes while the faults are injected."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    logging.disable(logging.WARNING)  # one for each fault
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from fastclip_desktop.gui.style import Theme
    from fastclip_desktop.gui.window import Window

    application = QApplication([])
    bridge = EngineBridge(EngineHost(_no_engine, Path))
    window = Window(bridge, Theme(application), Choices(bridge.lane, Path(os.devnull), Preferences()))
    window.show()
    gaps: list[float] = []
    last = [time.perf_counter()]

    def beat() -> None:
        now = time.perf_counter()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(beat)
    work = threading.Thread(target=_inject)
    timer.start(int(1000 * _BEAT))
    watch = QTimer()
    watch.timeout.connect(lambda: None if work.is_alive() else application.quit())
    work.start()
    watch.start(50)
    application.exec()
    work.join()
    ninety_ninth = 1000 * statistics.quantiles(gaps, n=100)[98]
    detail = f"{CRASHES} crashes, {LOOPS} endless loops, {EXHAUSTIONS} out of memory; longest {1000 * max(gaps):.0f} ms"
    held = f"{ninety_ninth:.0f} ms"
    return Row("window under faults", "p99", held, "≤ 250 ms", ninety_ninth <= 250, detail)


def _no_engine() -> EnginePort:
    raise NotImplementedError("nothing is asked of the engine here")


def _inject() -> None:
    runner = ProcessRunner(Path(os.devnull), PERFORM, Limits(memory=192 * _MEBIBYTE))
    runner.warm()
    for deed in [_crash] * CRASHES + [_loop] * LOOPS + [_exhaust] * EXHAUSTIONS:
        try:
            deed(runner)
        except FastClipError:
            continue
        raise AssertionError("a fault went unnoticed")
    runner.close()


def _crash(runner: ProcessRunner) -> None:
    runner.run(Do("crash"), Reporter())


def _loop(runner: ProcessRunner) -> None:
    token = CancelToken()
    runner.run_in_parts(Do("part_then_spin"), lambda _: token.cancel(), Reporter(cancel=token))


def _exhaust(runner: ProcessRunner) -> None:
    runner.run(Do("allocate", None, _MEBIBYTE), Reporter())
