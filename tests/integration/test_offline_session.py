"""Shorts and serving with files of this machine while working offline, with the kernel's word for what is contacted.

``strace`` follows every process of it and writes down each connection and each packet, whichever library asks for it:
native ones, too, which the hook of :mod:`fastclip_desktop.outside` would not see.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

_STRACE = shutil.which("strace")


def _can_trace() -> bool:
    return (
        _STRACE is not None
        and subprocess.run([_STRACE, "-qq", "-e", "trace=none", "true"], check=False).returncode == 0
    )


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _can_trace(), reason="strace is not there, or may not trace here"),
]

PATIENCE = 120.0
"""Seconds after which a test gives up; what is traced is several times as slow."""

POLL = 0.1

TALK = """WEBVTT

00:00.000 --> 00:01.000
The garden sleeps in winter.

00:01.000 --> 00:02.000
Roses want water every morning.

00:02.000 --> 00:03.000
That is all for today.
"""

_ADDRESS = re.compile(r'sin_addr=inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"')
_ASKS_A_RESOLVER = re.compile(r'sun_path="[^"]*(?:/nscd/|systemd/resolve|mdnsd|avahi)[^"]*"')


class Trace:
    """What commands contact.

    Args:
        folder: takes what ``strace`` writes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0

    def command(self, *words: str) -> list[str]:
        """How to run ``fastclip`` with these words, traced."""
        self._runs += 1
        traced = ["-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-s", "200"]
        fastclip = [sys.executable, "-m", "fastclip_desktop", *words]
        return [str(_STRACE), *traced, "-o", str(self._folder / f"run-{self._runs}"), *fastclip]

    def run(self, *words: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """``fastclip`` with these words, once it has ended."""
        return subprocess.run(
            self.command(*words), capture_output=True, text=True, timeout=PATIENCE, env=environment, check=False
        )

    @property
    def contacts(self) -> list[str]:
        """The calls of the kernel that name another machine, or whoever looks names up."""
        return [line for path in sorted(self._folder.iterdir()) for line in _outside(path.read_text())]


def _outside(trace: str) -> list[str]:
    return [line for line in trace.splitlines() if _leads_outside(line)]


def _leads_outside(line: str) -> bool:
    named = [ipaddress.ip_address(one or other) for one, other in _ADDRESS.findall(line)]
    return any(not address.is_loopback for address in named) or bool(_ASKS_A_RESOLVER.search(line))


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    folder = tmp_path / "trace"
    folder.mkdir()
    return Trace(folder)


@pytest.fixture
def offline() -> dict[str, str]:
    """The environment of whoever works offline."""
    return {**os.environ, "FASTCLIP_OFFLINE": "1"}


@pytest.fixture
def talk(made_media: MediaMaker, tmp_path: Path) -> Path:
    """Three seconds, with what is said in them in a file beside it."""
    path = tmp_path / "talk.mp4"
    shutil.copy(made_media("offline.mp4", VideoSpec(frames=90, gop=30), (AudioSpec(),)), path)
    path.with_suffix(".vtt").write_text(TALK)
    return path


def test_the_reader_of_traces_knows_what_leads_outside() -> None:
    port = 'sin_port=htons(443), sin_addr=inet_addr("{}")'
    assert _leads_outside("7 connect(3, {sa_family=AF_INET, " + port.format("1.1.1.1") + "}, 16) = 0")
    assert _leads_outside("7 connect(3, {sa_family=AF_INET, " + port.format("192.168.1.1") + "}, 16) = 0")
    assert _leads_outside('7 connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "2606:4700::1", &sin6_addr)}, 28)')
    assert _leads_outside('7 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT')
    assert not _leads_outside("7 connect(3, {sa_family=AF_INET, " + port.format("127.0.0.1") + "}, 16) = 0")
    assert not _leads_outside('7 connect(3, {sa_family=AF_INET6, inet_pton(AF_INET6, "::1", &sin6_addr)}, 28) = 0')


def test_shorts_of_a_file_contact_nobody(trace: Trace, offline: dict[str, str], talk: Path, tmp_path: Path) -> None:
    words = str(talk.with_suffix(".vtt"))
    made = trace.run(
        *("shorts", str(talk), "--transcript", words, "--times", "0-2", "--to", str(tmp_path / "shorts")),
        environment=offline,
    )
    assert made.returncode == 0, made.stderr
    assert list((tmp_path / "shorts").rglob("*.mp4"))
    listed = trace.run("library", "list", "--json", environment=offline)
    assert listed.returncode == 0, listed.stderr
    assert trace.contacts == []


def test_serving_this_machine_contacts_nobody(trace: Trace, offline: dict[str, str], talk: Path) -> None:
    made = trace.run("keys", "create", "script", "--json", environment=offline)
    key = json.loads(made.stdout)["key"]
    command = trace.command("serve", "--port", "0", "--json", "--allow-local-sources")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=offline, start_new_session=True) as server:
        try:
            assert server.stdout is not None
            url = json.loads(server.stdout.readline())["url"]
            with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE) as client:
                clip = _ended(client, {"url": str(talk), "start": 1, "end": 2})
                assert clip["status"] == "complete", clip
                link = _ended(client, {"url": "https://example.org/talk.mp4", "start": 1, "end": 2})
                assert link["status"] == "failed", link
                assert "works offline" in link["error"]
        finally:
            os.killpg(server.pid, signal.SIGINT)
            server.wait(PATIENCE)
    assert trace.contacts == []


def test_a_link_is_refused_before_its_name_is_looked_up(trace: Trace, offline: dict[str, str]) -> None:
    ended = trace.run("info", "https://example.org/talk.mp4", "--json", environment=offline)
    assert ended.returncode == 3
    assert '"offline"' in ended.stdout + ended.stderr
    assert trace.contacts == []


def _ended(client: httpx.Client, body: dict[str, object]) -> dict[str, Any]:
    """What the server says of a job once it has ended."""
    job = client.post("/v1/clip", json=body).raise_for_status().json()["job_id"]
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer: dict[str, Any] = client.get(f"/v1/clip/{job}").json()
        if answer["status"] in ("complete", "failed"):
            return answer
        time.sleep(POLL)
    pytest.fail(f"the job has not ended: {answer}")
