"""Secrets by the dozen, given to processes that work, fail and die: none is found in what they leave behind.

Looked through are the logs, the reports of crashes, the arguments of all processes while they work, the backups of the
database, and what ``fastclip doctor --report`` prints.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import psutil
import pytest

from fastclip_desktop.diagnostics.crashes import begin_watch, newest_text, reports
from fastclip_desktop.diagnostics.logs import last_lines
from fastclip_desktop.settings.paths import Paths, find_paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from fastclip_desktop.settings.spending_password import protect
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec
from tests.webhook_listener import listener

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

PATIENCE = 60.0
POLL = 0.1
LEAST = 20
"""Secrets that have to be planted."""

CRASHING_WINDOW = """
import os, sys
from fastclip_desktop.diagnostics.crashes import begin_watch
from fastclip_desktop.diagnostics.logs import keep_log
from fastclip_desktop.settings.paths import find_paths
paths = find_paths(os.environ)
watch = begin_watch(paths.crashes, paths.logs, "window")
watch.log = keep_log(paths.logs, "window", started=watch.started)
raise RuntimeError("GET https://a.b/ said no to Authorization: Bearer " + os.environ.pop("OF_AN_EXCEPTION"))
"""


@dataclass
class Planted:
    """What was planted, by what it was, and the command lines that were seen meanwhile."""

    secrets: dict[str, str] = field(default_factory=dict)
    arguments: set[str] = field(default_factory=set)

    def new(self, name: str) -> str:
        """Another secret, of letters and digits."""
        return self.known(name, f"Z{len(self.secrets):02}" + os.urandom(9).hex().upper())

    def known(self, name: str, secret: str) -> str:
        """A secret that somebody else made."""
        assert len(secret) > 8
        self.secrets[name] = secret
        return secret

    def look_at(self, process: int) -> None:
        """Read the arguments of a process and of all that it started."""
        with suppress(psutil.Error):
            parent = psutil.Process(process)
            for each in (parent, *parent.children(recursive=True)):
                with suppress(psutil.Error):
                    self.arguments.update(each.cmdline())

    def found_in(self, data: bytes) -> set[str]:
        """The names of those that stand there."""
        return {name for name, secret in self.secrets.items() if secret.encode() in data}


@pytest.fixture
def planted() -> Planted:
    return Planted()


@pytest.fixture
def paths() -> Paths:
    return find_paths(os.environ)


@contextmanager
def serving(planted: Planted, environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``fastclip serve`` with secrets in its environment, and where it answers."""
    command = [sys.executable, "-m", "fastclip_desktop", "serve", "--port", "0", "--json", "--allow-local-sources"]
    with subprocess.Popen(
        [*command, "--verbose"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())["url"]
        finally:
            if process.poll() is None:
                process.kill()
            planted.arguments.discard("")


def until(planted: Planted, process: int, met: Callable[[], bool]) -> None:
    """Wait, and look meanwhile at what can be seen of the processes from outside."""
    deadline = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < deadline
        planted.look_at(process)
        time.sleep(POLL)


def plant_by_http(planted: Planted, http: httpx.Client, site: LocalSite, told: str, process: int) -> None:
    """Have a server work with links, headers and bodies that hold secrets; one job goes well, one fails, one hangs."""
    with_password = f"http://mara:{planted.new('password of a link')}@127.0.0.1:{site.port}"
    signed = f"token={planted.new('token of a link')}&X-Amz-Signature={planted.new('signature of a link')}"
    made = http.post("/v1/clip", json={"url": f"{with_password}/talk.mp4?{signed}", "start": 1, "end": 2}).json()
    gone = f"{site.url('/gone.mp4')}?sig={planted.new('signature of a dead link')}"
    failing = http.post("/v1/clip", json={"url": gone, "start": 1, "end": 2}).json()
    http.post("/v1/clip", json={"url": f"http://user:{planted.new('odd password')}@[broken", "start": 1, "end": 2})
    http.get("/v1/balance", headers={"Authorization": f"Bearer sk_live_{planted.new('wrong key')}"})
    http.get("/v1/balance", headers={"Cookie": f"session={planted.new('cookie of a client')}"})
    for password in (planted.new("wrong spending password"), planted.secrets["spending password"]):
        http.post("/v1/reload", json={"amount": 500, "reload_password": password})
    hook = http.post("/v1/webhooks", json={"url": f"{told}&key={planted.new('key of a webhook')}"}).json()
    planted.known("secret of a webhook", hook["secret"])
    upload = http.post(
        "/v1/upload/request", json={"filename": "a.mp4", "content_type": "video/mp4", "file_size": 9}
    ).json()
    (link,) = [value for value in upload.values() if "signature=" in str(value)]
    planted.known("signature of an upload", parse_qs(urlsplit(link).query)["signature"][0])
    http.put(link, content=b"123456789", headers={"Content-Type": "video/mp4"})
    ended: dict[str, dict[str, str]] = {}

    def both_ended() -> bool:
        for job in (made["job_id"], failing["job_id"]):
            ended[job] = http.get(f"/v1/clip/{job}").json()
        return all(job["status"] in ("complete", "failed") for job in ended.values())

    until(planted, process, both_ended)
    assert ended[made["job_id"]]["status"] == "complete", ended
    assert ended[failing["job_id"]]["status"] == "failed"
    query = parse_qs(urlsplit(ended[made["job_id"]]["download_url"]).query)
    planted.known("signature of a clip", query["signature"][0])
    hanging = f"{site.url('/slow.mp4')}?access_token={planted.new('token of a hanging link')}"
    http.post("/v1/clip", json={"url": hanging, "start": 1, "end": 2})
    until(planted, process, lambda: site.bytes_sent("/slow.mp4") > 0)


def crash(planted: Planted, process: subprocess.Popen[str], paths: Paths) -> str:
    """Have the child that works and then the server itself die in native code; what was said on stderr."""
    for child in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.Error):
            child.send_signal(signal.SIGSEGV)
    until(planted, process.pid, lambda: any("the process of" in each.text for each in reports(paths.crashes)))
    process.send_signal(signal.SIGSEGV)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGSEGV
    return said


def run_others(planted: Planted, environment: dict[str, str], site: LocalSite, tmp_path: Path, kinds: set[str]) -> str:
    """Processes of these kinds that fail with secrets in their hands; what they said on stderr."""
    cookie = planted.new("cookie in a file")
    cookies = tmp_path / "cookies.txt"
    cookies.write_text(f"# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t2000000000\tsid\t{cookie}\n")
    said = ""
    gone = site.url("/gone.mp4")
    of_key = f"sk_live_{planted.new('key in the environment')}"
    of_exception = planted.new("word in an exception")
    module = [sys.executable, "-m", "fastclip_desktop"]
    for kind, command, besides in (
        ("clip", [*module, "clip", gone, "--start", "1", "--end", "2", "--cookies", str(cookies), "--verbose"], {}),
        ("mcp", [*module, "mcp", "--verbose"], {"FASTCLIP_KEY": of_key}),
        ("window", [sys.executable, "-c", CRASHING_WINDOW], {"OF_AN_EXCEPTION": of_exception}),
    ):
        if kind not in kinds:
            continue
        done = subprocess.run(
            command, env=environment | besides, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert done.returncode != 0
        if kind != "window":  # Python itself prints what nobody catches, to whoever started the program
            said += done.stderr
    assert "clip" not in kinds or any(cookie in seen.headers.get("cookie", "") for seen in site.requests)
    return said


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_no_planted_secret_is_found_in_what_is_left_behind(
    planted: Planted, paths: Paths, local_site: LocalSite, made_media: MediaMaker, tmp_path: Path, *, whole: bool
) -> None:
    write_preferences(
        paths.config,
        Preferences(spending_password=protect(planted.new("spending password")), reload_needs_approval=False),
    )
    environment = dict(os.environ) | {
        "FASTCLIP_LOG": "debug",
        "HF_TOKEN": planted.new("token of the hub"),
        "AWS_SECRET_ACCESS_KEY": planted.new("key of a store"),
        "HTTPS_PROXY": f"http://mara:{planted.new('password of a proxy')}@127.0.0.1:9",
        "NO_PROXY": "127.0.0.1",
    }
    title = planted.new("word in a title")
    assert local_site.folder is not None
    media = made_media("garden.mp4", VideoSpec(frames=90, gop=30), (AudioSpec(),))
    for name in ("talk.mp4", f"talk hf_{title}.mp4"):
        shutil.copy(media, local_site.folder / name)
    local_site.route("/slow.mp4", Route(file=media, silent_after=1000))
    with listener() as told:
        with serving(planted, environment) as (process, url):
            create = [sys.executable, "-m", "fastclip_desktop", "keys", "create", "script", "--json"]
            made = subprocess.run(create, capture_output=True, text=True, check=True, timeout=PATIENCE)
            key = planted.known("key", json.loads(made.stdout)["key"])
            with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=PATIENCE) as http:
                titled = str(local_site.folder / f"talk hf_{title}.mp4")
                http.post("/v1/clip", json={"url": titled, "start": 1, "end": 2}).raise_for_status()
                plant_by_http(planted, http, local_site, told.url, process.pid)
            said = crash(planted, process, paths)
        assert planted.secrets["key of a webhook"] in "".join(told.paths)
    for name, secret in json.loads((paths.data / "secrets.json").read_text()).items():
        planted.known(f"what {name} are signed with", secret)
    kinds = {"window", "clip", "mcp"} if whole else {"window"}
    said += run_others(planted, environment, local_site, tmp_path, kinds)
    next_start = begin_watch(paths.crashes, paths.logs, "window")
    next_start.gather()
    next_start.end()
    report = newest_text(paths.crashes) + last_lines(paths.logs)
    if whole:
        print_it = [sys.executable, "-m", "fastclip_desktop", "doctor", "--report"]
        done = subprocess.run(print_it, capture_output=True, text=True, check=True, timeout=PATIENCE, env=environment)
        report += done.stdout
    with Database.open(paths.database) as database:
        backup = database.back_up()
    assert backup is not None

    assert len(planted.secrets) >= LEAST
    assert "token of a hanging link" in planted.found_in(paths.database.read_bytes())  # a job needs it to go on
    logs = sorted(paths.logs.iterdir())
    crashes = reports(paths.crashes)
    assert {log.name.partition("-")[0] for log in logs} >= {"serve", *kinds}
    assert sum(each.ended for each in crashes) == 1  # the server
    assert {each.program for each in crashes} == {"serve", "window"}
    assert any("Segmentation fault" in each.text for each in crashes)
    assert any("RuntimeError: GET https://a.b/ said no" in each.text for each in crashes)
    places = {
        "logs": b"".join(log.read_bytes() for log in logs),
        "crash reports": b"".join(each.text.encode() for each in crashes),
        "process arguments": "\n".join(planted.arguments).encode(),
        "backups": backup.read_bytes(),
        "report for whoever helps": report.encode(),
        "stderr": said.encode(),
    }
    assert all(places.values())
    assert {place: planted.found_in(data) for place, data in places.items()} == {place: set() for place in places}
