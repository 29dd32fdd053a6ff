"""The rules of conftest.py bite: each of these would fail a test that breaks it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.leaks import Footprint, StartedInQt, leaked_since

pytest_plugins = ["pytester"]


def test_another_host_cannot_be_reached() -> None:
    with pytest.raises(Warning, match=r"192\.0\.2\.1"), socket.socket() as plug:
        plug.connect(("192.0.2.1", 80))


def test_another_name_does_not_resolve() -> None:
    with pytest.raises(urllib.error.URLError, match="Name or service not known"):
        urllib.request.urlopen("http://example.com/", timeout=1)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "::1", b"127.0.0.1", None])
def test_this_machine_resolves(name: str | bytes | None) -> None:
    assert socket.getaddrinfo(name, 80)


def test_each_test_has_a_home_of_its_own(fastclip_home: Path, tmp_path: Path) -> None:
    assert os.environ["FASTCLIP_HOME"] == str(fastclip_home)
    assert not fastclip_home.exists()
    assert not fastclip_home.is_relative_to(tmp_path)


def test_a_thread_is_missed_until_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.leaks.GRACE", 0.01)
    before = Footprint.take()
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="forgotten")
    thread.start()
    assert leaked_since(before) == ["thread 'forgotten'"]
    done.set()
    thread.join()
    assert leaked_since(before) == []


def test_a_child_is_named_and_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.leaks.GRACE", 0.5)
    before = Footprint.take()
    with subprocess.Popen([sys.executable, "-c", "input()  # forgotten"], stdin=subprocess.PIPE) as child:
        assert "forgotten" in leaked_since(before)[0]
        assert not psutil.pid_exists(child.pid)
        child.returncode = -9  # the check has waited for it already


@pytest.mark.usefixtures("qapp")
def test_a_window_is_missed_until_it_ends() -> None:
    from PySide6.QtWidgets import QLabel, QWidget

    before = Footprint.take()
    window = QWidget()
    window.setObjectName("forgotten")
    QLabel(window)
    assert leaked_since(before) == ["window QWidget 'forgotten'"]
    window.deleteLater()
    assert leaked_since(before) == []


@pytest.mark.usefixtures("qapp")
def test_a_timer_is_missed_until_it_stops_or_is_deleted() -> None:
    from PySide6.QtCore import QObject, QTimer

    owner = QObject()
    with StartedInQt() as started:
        timers = [QTimer(owner) for _ in range(3)]
        for timer in timers:
            timer.setObjectName("forgotten")
            timer.start(100_000)
        timers[0].stop()
    assert [name.split(" of ")[0] for name in started.leaked()] == ["timer 'forgotten'"] * 2
    timers[1].stop()
    owner.deleteLater()
    assert started.leaked() == []


@pytest.mark.usefixtures("qapp")
def test_a_timer_that_nobody_holds_is_gone() -> None:
    from PySide6.QtCore import QTimer

    with StartedInQt() as started:
        QTimer().start(100_000)
    assert started.leaked() == []


@pytest.mark.usefixtures("qapp")
def test_a_qt_thread_is_missed_until_it_ends() -> None:
    from PySide6.QtCore import QThread

    with StartedInQt() as started:
        thread = QThread()
        thread.start()
    assert started.leaked() == ["Qt thread '' of None"]
    thread.quit()
    assert thread.wait(5000)
    assert started.leaked() == []


def test_the_test_that_leaks_is_the_one_that_fails(pytester: pytest.Pytester) -> None:
    root = Path(__file__).parent.parent
    pytester.makepyfile(
        test_leaky="""
        import threading

        from tests.conftest import _nothing_left_running

        STOP = threading.Event()

        def test_leaks():
            threading.Thread(target=STOP.wait, name="forgotten", daemon=True).start()

        def test_is_clean():
            STOP.set()
        """
    )
    pytester.makeconftest(
        f"import sys; sys.path.insert(0, {str(root)!r})\nimport tests.leaks; tests.leaks.GRACE = 0.05"
    )
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-p", "no:xdist")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*left behind: thread 'forgotten'*"])
