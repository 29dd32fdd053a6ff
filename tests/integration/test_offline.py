"""Nothing leaves the machine while a person works offline: seen by the kernel's calls, and said in one sentence."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.outside import is_here
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from tests.conftest import MediaMaker
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec

PROGRAM = [sys.executable, "-m", "fastclip_desktop"]
WINDOW = [sys.executable, "-m", "fastclip_desktop.gui.main"]
WORDS = "1\n00:00:00,500 --> 00:00:04,000\nTomatoes want sun, and plenty of it.\n"
CALL = re.compile(r"^\d+ +(?:connect|sendto|sendmsg|sendmmsg)\(.*")
ADDRESS = re.compile(r'inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')


def _strace_works() -> bool:
    if sys.platform != "linux" or shutil.which("strace") is None:
        return False
    return subprocess.run(["strace", "-f", "true"], capture_output=True, check=False).returncode == 0


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    made = made_media("offline.mp4", VideoSpec(frames=150, gop=25), (AudioSpec(),))
    (tmp_path / "talk.srt").write_text(WORDS, encoding="utf-8")
    return Path(shutil.copy(made, tmp_path / "talk.mp4"))


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    """The environment of a person who has switched it on in the settings."""
    environment = os.environ | {"FASTCLIP_HOME": str(tmp_path / "home"), "QT_QPA_PLATFORM": "offscreen"}
    write_preferences(find_paths(environment).config, Preferences(offline=True))
    return environment


def outside_calls(log: Path) -> list[str]:
    """The kernel's calls that named an address of another machine."""
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if CALL.match(line):
            hosts = [four or six for four, six in ADDRESS.findall(line)]
            found += [line for host in hosts if not is_here(host)]
    return found


@pytest.mark.slow
@pytest.mark.skipif(not _strace_works(), reason="strace is not here, or may not trace")
def test_a_whole_session_with_local_files_opens_no_socket_to_outside(
    talk: Path, tmp_path: Path, offline: dict[str, str]
) -> None:
    log = tmp_path / "calls.txt"
    watched = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-A", "-o", str(log)]
    commands = [
        ["info", str(talk), "--json"],
        ["clip", str(talk), "--start", "1", "--end", "2", "-o", str(tmp_path / "clip.mp4"), "--json"],
        ["auto", str(talk), "tomatoes", "-o", str(tmp_path / "found"), "--json"],
        ["models", "list", "--json"],
        ["doctor", "--json"],
    ]
    for words in commands:
        done = subprocess.run([*watched, *PROGRAM, *words], env=offline, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stderr)
        json.loads(done.stdout)
    window = subprocess.Popen(
        [*watched, *WINDOW, str(talk)], env=offline, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    with pytest.raises(subprocess.TimeoutExpired):
        window.wait(8)  # as long as everything takes that a window does with a source on its own
    for child in Path(f"/proc/{window.pid}/task/{window.pid}/children").read_text(encoding="ascii").split():
        os.kill(int(child), signal.SIGTERM)
    window.wait(30)
    assert log.stat().st_size > 0
    assert outside_calls(log) == []


def test_the_watch_of_calls_would_have_seen_one(tmp_path: Path) -> None:
    log = tmp_path / "calls.txt"
    log.write_text(
        '7 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 0\n'
        '7 connect(9, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = 0\n'
        '7 sendto(9, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(9), sin6_flowinfo=htonl(0), '
        'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 1\n',
        encoding="ascii",
    )
    assert len(outside_calls(log)) == 2


_LONG = pytest.mark.slow  # each is a program that is started


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "words",
    [
        "info https://media.example.org/talk.mp4",
        pytest.param("clip https://203.0.113.5/watch?v=1 --start 1 --end 2", marks=_LONG),
        pytest.param("transcribe https://example.org/talk", marks=_LONG),
        "models fetch yamnet",
        pytest.param("update-sites", marks=_LONG),
        "update-check",
        "clip talk.mp4 --start 1 --end 2 --cluster tcp://192.0.2.4:8786 --shared .",
        pytest.param("clip talk.mp4 --start 1 --end 2 --cluster tcp://127.0.0.1:8786 --shared .", marks=_LONG),
    ],
)
def test_whatever_leads_outside_is_refused_in_one_sentence(words: str, offline: dict[str, str]) -> None:
    done = subprocess.run(
        [*PROGRAM, *words.split(), "--json"], env=offline, capture_output=True, text=True, check=False
    )
    error = json.loads(done.stdout)["error"]
    assert (done.returncode, error["code"]) == (3, "offline"), (done.stdout, done.stderr)
    assert "works offline" in error["message"]
    assert "Settings → Network" in error["hint"]


def test_a_server_on_this_machine_is_reached(talk: Path, tmp_path: Path, offline: dict[str, str]) -> None:
    with LocalSite(tmp_path) as site:
        done = _info(site.url(f"/{talk.name}"), offline)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["title"] == "talk"


@pytest.mark.slow
def test_a_switch_that_makes_no_sense_keeps_offline(offline: dict[str, str]) -> None:
    path = find_paths(offline).config / "preferences.json"
    path.write_text(json.dumps({"offline": "perhaps"}), encoding="utf-8")
    assert json.loads(_info("https://example.org/talk.mp4", offline).stdout)["error"]["code"] == "offline"


def _info(link: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = [*PROGRAM, "info", link, "--json"]
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False)


def test_one_command_is_kept_offline_by_its_option(tmp_path: Path) -> None:
    environment = os.environ | {"FASTCLIP_HOME": str(tmp_path / "home")}
    words = ["--offline", "info", "https://example.org/talk.mp4", "--json"]
    environment.pop("FASTCLIP_OFFLINE", None)
    done = subprocess.run([*PROGRAM, *words], env=environment, capture_output=True, text=True, check=False)
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "offline"
    assert "--offline" in error["hint"]
    assert "FASTCLIP_OFFLINE" not in error["hint"]
