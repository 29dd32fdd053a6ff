"""``fastclip serve`` as a process of its own, asked over HTTP and ended by signals."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import pytest_socket

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

PATIENCE = 60.0
"""Seconds after which a test gives up."""

POLL = 0.1
"""Seconds between two requests; a key may make ten a second."""


@dataclass
class Serving:
    """A server that runs.

    Attributes:
        process: it.
        url: where it answers.
        policy: the one in force.
    """

    process: subprocess.Popen[str]
    url: str
    policy: str

    def client(self, key: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE)

    def end(self, number: signal.Signals = signal.SIGINT) -> str:
        """Ask it to end, which it has to do well; what it said on stderr."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0, said
        return said


@contextmanager
def serving(*words: str) -> Iterator[Serving]:
    """``fastclip serve`` on a free port, killed unless it has been ended."""
    command = [sys.executable, "-m", "fastclip_desktop", "serve", "--port", "0", "--json", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.communicate()[1]
            told = json.loads(line)
            yield Serving(process, told["url"], told["policy"])
        finally:
            if process.poll() is None:
                process.kill()


@pytest.fixture
def new_key(capsys: pytest.CaptureFixture[str]) -> Any:
    """``new_key(NAME, …)``: what ``fastclip keys create NAME … --json`` answers."""

    def make(*words: str) -> dict[str, str]:
        assert main(["keys", "create", *words, "--json"]) == 0
        answer: dict[str, str] = json.loads(capsys.readouterr().out)
        return answer

    return make


@pytest.fixture
def video(local_site: LocalSite, made_media: MediaMaker) -> str:
    """The name of a file on the local site."""
    assert local_site.folder is not None
    shutil.copy(made_media("garden.mp4", VideoSpec(frames=90, gop=30), (AudioSpec(),)), local_site.folder / "talk.mp4")
    return "/talk.mp4"


def ended(client: httpx.Client, job_id: str) -> dict[str, Any]:
    """What the server says of a job once it has ended."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer: dict[str, Any] = client.get(f"/v1/clip/{job_id}").json()
        if answer["status"] in ("complete", "failed"):
            return answer
        time.sleep(POLL)
    pytest.fail(f"the job has not ended: {answer}")


def test_a_script_with_a_key_gets_its_clip(local_site: LocalSite, video: str, tmp_path: Path, new_key: Any) -> None:
    early = new_key("made before")
    with serving("--allow-local-sources") as server:
        late = new_key("made while it runs")
        body = {"url": local_site.url(video), "start": 1, "end": 2}
        with server.client(early["key"]) as client:
            job = client.post("/v1/clip", json=body).raise_for_status().json()
            answer = ended(client, job["job_id"])
        assert answer["status"] == "complete", answer
        with server.client() as anybody:
            clip = tmp_path / "clip.mp4"
            clip.write_bytes(anybody.get(answer["download_url"]).raise_for_status().content)
            assert [read.number for read in read_frame_numbers(clip)] == list(range(30, 60))
            assert anybody.get("/v1/balance").status_code == 401
        with server.client(late["key"]) as client:
            assert client.get("/v1/balance").json() == {"balance": 0.0}
            assert main(["keys", "revoke", late["id"]]) == 0
            assert client.get("/v1/balance").status_code == 401
        assert "Traceback" not in server.end()


def listening(process: int) -> set[tuple[str, int]]:
    """The addresses and ports at which a process takes connections, as the kernel has them."""
    held = set()
    for handle in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            held.add(str(handle.readlink()))
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in held:
                address, port = fields[1].split(":")
                known = socket.inet_ntoa(bytes.fromhex(address)[::-1]) if table == "tcp" else address
                found.add((known, int(port, 16)))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_only_this_machine_can_reach_it() -> None:
    with serving() as server:
        port = httpx.URL(server.url).port
        found = listening(server.process.pid)
        assert ("127.0.0.1", port) in found
        assert {address for address, _ in found} == {"127.0.0.1"}
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.2:{port}/llm")
        server.end()


@pytest.mark.slow
@pytest.mark.usefixtures("video")
@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM])
def test_a_job_under_way_goes_on_at_the_next_start(local_site: LocalSite, new_key: Any, number: signal.Signals) -> None:
    key = new_key("script")["key"]
    assert local_site.folder is not None
    slow = local_site.route("/slow.mp4", Route(file=local_site.folder / "talk.mp4", silent_after=1000))
    with serving("--allow-local-sources") as server, server.client(key) as client:
        job_id = client.post("/v1/clip", json={"url": slow, "start": 1, "end": 2}).json()["job_id"]
        deadline = time.monotonic() + PATIENCE
        while not local_site.bytes_sent("/slow.mp4"):
            assert time.monotonic() < deadline
            assert client.get(f"/v1/clip/{job_id}").json()["status"] not in ("complete", "failed")
            time.sleep(POLL)
        server.end(number)
    local_site.route("/slow.mp4", Route(file=local_site.folder / "talk.mp4"))
    with serving("--allow-local-sources") as server, server.client(key) as client:
        assert ended(client, job_id)["status"] == "complete"
        server.end(number)


def test_without_leave_nobody_names_what_lies_inside(local_site: LocalSite, video: str, new_key: Any) -> None:
    key = new_key("script")["key"]
    with serving() as server, server.client(key) as client:
        assert local_site.folder is not None
        for source in (local_site.url(video), str(local_site.folder / "talk.mp4")):
            answer = client.post("/v1/clip", json={"url": source, "start": 1, "end": 2})
            assert answer.status_code in (400, 422)
            assert isinstance(answer.json()["detail"], str)
        assert client.get("/v1/clips").json()["total_items"] == 0
        server.end()
    assert local_site.requests == []


def test_a_second_server_and_a_taken_port_are_told_of(capsys: pytest.CaptureFixture[str], fastclip_home: Path) -> None:
    with serving() as server:
        assert main(["serve", "--port", "0"]) == 3
        told = capsys.readouterr().err
        assert f"fastclip serve (process {server.process.pid}, since " in told
        assert str(fastclip_home) in told
        server.end()
    with LocalSite() as other:
        assert main(["serve", "--port", str(other.port)]) == 2
    assert f"Port {other.port}" in capsys.readouterr().err


@pytest.mark.slow
def test_the_preferences_say_what_is_in_force(fastclip_home: Path) -> None:
    write_preferences(fastclip_home / "config", Preferences(policy=HOSTED, allow_local_sources=True))
    with serving() as server:
        assert server.policy == "hosted"
        assert "Requests may name files of this machine" in server.end()


def test_bad_preferences_are_told_of_and_stop_nobody(fastclip_home: Path) -> None:
    (fastclip_home / "config").mkdir(parents=True)
    (fastclip_home / "config" / "preferences.json").write_text("{", encoding="utf-8")
    with serving() as server:
        assert "make no sense" in server.end()


def own_address() -> str:
    """One by which others in its network reach this machine; empty if there is none."""
    found = [each.address for some in psutil.net_if_addrs().values() for each in some if each.family == socket.AF_INET]
    return next((each for each in found if not each.startswith("127.")), "")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux" or not own_address(), reason="reads /proc, and needs a network")
def test_with_the_preference_others_in_the_network_can_reach_it(fastclip_home: Path, new_key: Any) -> None:
    address, key = own_address(), new_key("script")["key"]
    write_preferences(fastclip_home / "config", Preferences(lan_address=address))
    with serving() as server:
        port = httpx.URL(server.url).port
        found = listening(server.process.pid)
        assert {place for place, at in found if at == port} == {"127.0.0.1", address}
        pytest_socket.socket_allow_hosts([address, "127.0.0.1"], allow_unix_socket=True)
        with httpx.Client(base_url=f"http://{address}:{port}", headers={"Authorization": f"Bearer {key}"}) as outside:
            assert outside.get("/v1/balance").json() == {"balance": 0.0}
            assert outside.get("/v1/balance", headers={"Host": f"example.org:{port}"}).status_code == 421
        with server.client(key) as inside:
            assert inside.get("/v1/balance").json() == {"balance": 0.0}
        said = server.end()
    assert f"Everybody in the network of {address} can reach it too" in said


def test_an_address_that_is_no_longer_this_machines_is_said_so(
    fastclip_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_preferences(fastclip_home / "config", Preferences(lan_address="192.0.2.77"))
    assert main(["serve", "--port", "0"]) == 2
    said = capsys.readouterr().err
    assert "of 192.0.2.77 cannot be served" in said
    assert "an address that this machine has now" in said
