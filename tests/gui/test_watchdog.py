"""The watchdog sees the window wait, and only that."""

from __future__ import annotations

import threading
from pathlib import Path

from fastclip_desktop.domain.job import AnalyzeRequest
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.gui.cut_history import CutHistory
from tests.gui.watchdog import Watchdog


def released_after(seconds: float) -> threading.Event:
    event = threading.Event()
    timer = threading.Timer(seconds, event.set)
    timer.start()
    return event


def test_a_window_that_waits_is_caught() -> None:
    history, gate = CutHistory(), released_after(0.3)
    history.changed.connect(lambda _: None)
    history.show = lambda _: gate.wait()  # type: ignore[method-assign]
    with Watchdog() as dog:
        history.begin()
    assert len(dog.caught) == 1
    assert "cut_history.py" in dog.caught[0]


def test_a_window_that_has_the_engine_work_is_caught(real_engine: Engine, tmp_path: Path) -> None:
    history, gate = CutHistory(), released_after(0.3)
    lock = real_engine.jobs.changed

    def hold() -> None:
        with lock:
            gate.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    history.show = lambda _: real_engine.jobs.submit(  # type: ignore[method-assign]
        (AnalyzeRequest("", ("words",), tmp_path / "talk.vtt"),)
    )
    with Watchdog() as dog:
        history.begin()
    holder.join()
    real_engine.close()
    assert dog.caught
    assert "in submit" in dog.caught[0]


def test_a_test_that_waits_itself_is_none_of_its_business() -> None:
    with Watchdog() as dog:
        released_after(0.1).wait()
    assert dog.caught == []
