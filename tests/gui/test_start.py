"""The program from its start to its end, each time in an interpreter of its own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from fastclip_desktop.cli.main import main as fastclip
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from tests.local_site import unused_port

ALLOWED_BEFORE_THE_FIRST_PAINT = {
    "fastclip_desktop",
    "PySide6",
    "platformdirs",  # to see whether the program runs already
    *("shiboken6", "shibokensupport", "signature_bootstrap", "__feature__"),  # PySide's own
}

WHEN_PAINTED = """
import sys
from fastclip_desktop.gui import main, window
build_window = window.Window.__init__
def build_watched_window(self, *arguments):
    build_window(self, *arguments)
    self.painted.connect(when_painted)  # before anything that main() connects
window.Window.__init__ = build_watched_window
"""


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)


def test_only_qt_and_values_are_imported_before_the_first_paint() -> None:
    done = run(f"""{WHEN_PAINTED}
seen = []
def when_painted():
    seen.extend(sys.modules)
    main.QApplication.closeAllWindows()
code = main.main([])
import json
print(json.dumps([code, seen]))
""")
    assert done.returncode == 0, done.stderr
    code, seen = json.loads(done.stdout)
    assert code == 0
    outside = {name.partition(".")[0] for name in seen} - set(sys.stdlib_module_names)
    # Modules that the environment's own start-up hooks load are none of the program's doing.
    loaded = outside - set(json.loads(run("import sys, json; print(json.dumps(list(sys.modules)))").stdout))
    assert loaded <= ALLOWED_BEFORE_THE_FIRST_PAINT
    assert "PySide6" in loaded
    assert "PySide6.QtMultimedia" not in seen
    rooms = {name.split(".")[1] for name in seen if name.startswith("fastclip_desktop.")}
    assert rooms == {"diagnostics", "domain", "editing", "gui", "settings"}
    assert "fastclip_desktop.diagnostics.logs" not in seen  # a report of a crash can wait for it, too


def test_the_engine_is_built_after_the_first_paint() -> None:
    done = run("""
import sys, time
from PySide6.QtCore import QTimer
from fastclip_desktop.gui import main
def build():
    from fastclip_desktop import bootstrap
    QTimer.singleShot(0, main.QApplication.instance(), main.QApplication.closeAllWindows)
    return bootstrap.build_engine()
main._build_engine = build
sys.exit(main.main([]))
""")
    assert done.returncode == 0, done.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_a_signal_closes_the_idle_window_cleanly(number: signal.Signals) -> None:
    program = """
import sys
from fastclip_desktop.gui import main
from tests.gui.fake_engine import FakeEngine
class Idle(FakeEngine):
    class funding:
        waiting = tuple
    def close(self):
        print("closed", flush=True)
def build():
    print("ready", flush=True)
    return Idle()
main._build_engine = build
sys.exit(main.main([]))
"""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", program], text=True, **pipes) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.communicate(timeout=60) == ("closed\n", "")
    assert process.returncode == 0


@pytest.mark.slow
def test_a_look_up_that_hangs_does_not_keep_a_closed_program_alive() -> None:
    done = run("""
import sys, threading
from PySide6.QtCore import QTimer
from fastclip_desktop.gui import main
from tests.gui.fake_engine import FakeEngine
class Deaf(FakeEngine):
    class funding:
        waiting = tuple
    def info(self, *_):
        QTimer.singleShot(0, main.QApplication.instance(), main.QApplication.closeAllWindows)
        threading.Event().wait()
    def close(self):
        sys.exit("closed under the feet of a running look-up")
main._build_engine = Deaf
main._PATIENCE = 0.1
main.main(["https://example.org/talk"])
sys.exit("main() came back")
""")
    assert (done.returncode, done.stderr) == (0, "")


FIRST = """
import sys
from PySide6.QtCore import QTimer
from fastclip_desktop.gui import main, source_desk, window
def open_and_tell(self, source, captions=None):
    print("opened", source, flush=True)
    QTimer.singleShot(0, self, main.QApplication.closeAllWindows)
source_desk.SourceDesk.open = open_and_tell
come_to_the_front = window.Window.activateWindow
def come_and_tell(self):
    print("came to the front", flush=True)
    come_to_the_front(self)
window.Window.activateWindow = come_and_tell
build = main._build_engine
def build_and_tell():
    engine = build()
    QTimer.singleShot(0, main.QApplication.instance(), lambda: print("ready", flush=True))
    return engine
main._build_engine = build_and_tell
sys.exit(main.main([]))
"""

SECOND = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "no such platform"
from fastclip_desktop.gui.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.sampled(2)
@pytest.mark.parametrize("source", ["https://example.org/a talk?t=1", "talk.mp4"])
def test_a_second_start_opens_its_source_in_the_first_window(tmp_path: Path, source: str) -> None:
    with subprocess.Popen([sys.executable, "-c", FIRST], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        while first.stdout.readline() != "ready\n":
            assert first.poll() is None
        second = [sys.executable, "-c", SECOND, source]
        done = subprocess.run(second, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        said = first.communicate(timeout=60)[0]
    expected = source if "://" in source else str(tmp_path / source)
    assert said == f"came to the front\nopened {expected}\n"
    assert first.returncode == 0


@pytest.mark.slow
def test_what_a_killed_program_left_behind_keeps_no_window_away(fastclip_home: Path) -> None:
    data = fastclip_home / "data"
    data.mkdir(parents=True)
    data.joinpath("instance.json").write_text('{"program": "", "pid": 1, "host": "", "since": 0, "port": 1}')
    data.joinpath("instance.key").write_bytes(bytes(32))
    done = run("""
import sys
from fastclip_desktop.gui import main, window
build_window = window.Window.__init__
def build_watched_window(self, *arguments):
    build_window(self, *arguments)
    self.painted.connect(lambda: (print("painted"), main.QApplication.closeAllWindows()))
window.Window.__init__ = build_watched_window
sys.exit(main.main([]))
""")
    assert (done.returncode, done.stdout, done.stderr) == (0, "painted\n", "")


def test_help_and_version_need_no_screen() -> None:
    for option, words in (("--help", "SRC"), ("--version", "FastClip Desktop")):
        done = run(f"""
import os
os.environ["QT_QPA_PLATFORM"] = "no such platform"
from fastclip_desktop.gui.main import main
main(["{option}"])
""")
        assert done.returncode == 0, done.stderr
        assert words in done.stdout


SERVING = """
import sys
from fastclip_desktop.gui import main, api_switch
say = api_switch.ApiSwitch._say
def say_and_tell(self, state):
    say(self, state)
    if state.address:
        print(state.address, flush=True)
api_switch.ApiSwitch._say = say_and_tell
code = main.main([])
import threading
left = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
sys.exit(f"left: {left}" if left else code)
"""


@pytest.fixture
def api_port(fastclip_home: Path) -> int:
    """A port that the preferences name, for an API that is switched on."""
    with unused_port() as port:
        pass
    write_preferences(fastclip_home / "config", Preferences(api_on=True, port=port))
    return port


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send")
def test_the_window_serves_scripts_and_ends_cleanly(
    api_port: int, fastclip_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", SERVING], text=True, **pipes) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address == f"http://127.0.0.1:{api_port}"
        assert fastclip(["keys", "create", "from a terminal", "--json"]) == 0
        made = json.loads(capsys.readouterr().out)
        headers = {"Authorization": f"Bearer {made['key']}"}
        assert httpx.get(f"{address}/v1/balance", headers=headers).json() == {"balance": 0.0}
        assert fastclip(["serve", "--port", "0"]) == 3
        assert f"FastClip (process {process.pid}, since " in capsys.readouterr().err
        second = run(SECOND)
        assert (second.returncode, second.stderr) == (0, "")
        assert fastclip(["keys", "revoke", made["id"]]) == 0
        assert httpx.get(f"{address}/v1/balance", headers=headers).status_code == 401
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
        # The offscreen platform complains that it cannot bring a window to the front.
        others = [line for line in said.splitlines() if not line.endswith("This plugin does not support raise()")]
        assert (process.returncode, others) == (0, [])
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{address}/llm")
    assert not (fastclip_home / "data" / "instance.json").exists()


def test_preferences_that_make_no_sense_are_told_of_and_keep_no_window_away(fastclip_home: Path) -> None:
    (fastclip_home / "config").mkdir(parents=True)
    (fastclip_home / "config" / "preferences.json").write_text("{", encoding="utf-8")
    done = run("""
import sys
from PySide6.QtCore import QTimer
from fastclip_desktop.gui import main, window
build_window = window.Window.__init__
def build_watched_window(self, *arguments):
    build_window(self, *arguments)
    tell = lambda: (print(self.source_notice.text), main.QApplication.closeAllWindows())
    self.painted.connect(lambda: QTimer.singleShot(0, self, tell))
window.Window.__init__ = build_watched_window
sys.exit(main.main([]))
""")
    assert (done.returncode, done.stderr) == (0, "")
    assert "make no sense" in done.stdout


def test_a_crash_of_the_window_is_offered_at_the_next_start() -> None:
    dying = f"""{WHEN_PAINTED}
import ctypes
from PySide6.QtCore import QTimer
def read_a_picture():
    ctypes.string_at(8)
def when_painted():
    QTimer.singleShot(0, read_a_picture)
main.main([])
"""
    assert run(dying).returncode != 0
    looking = f"""{WHEN_PAINTED}
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from fastclip_desktop.gui.crash_sheet import CrashSheet
until = time.monotonic() + 30
def look():
    front, *_ = (each for each in main.QApplication.topLevelWidgets() if isinstance(each, window.Window))
    told = front.source_notice.text
    if told:
        (show,) = (each for each in front.source_notice.findChildren(QPushButton) if each.text() == "Show report")
        show.click()
        sheet = front.findChild(CrashSheet)
        print(told, sheet.text.toPlainText())
        sheet.reject()
    if told or time.monotonic() > until:
        timer.stop()
        main.QApplication.closeAllWindows()
def when_painted():
    global timer
    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
sys.exit(main.main([]))
"""
    done = run(looking)
    assert done.returncode == 0, done.stderr
    for part in ("FastClip ended unexpectedly last time.", "Segmentation fault", "in read_a_picture", "Qt 6"):
        assert part in done.stdout
