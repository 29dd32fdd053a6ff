"""``fastclip mcp`` as a process of its own, with the SDK's client at the other end of its pipes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from fastclip_desktop.bootstrap import build_kept_engine
from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.errors import Cancelled
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from fastclip_desktop.store.data_folder import claim
from tests.conftest import MediaMaker
from tests.local_site import LocalSite, Route
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

PATIENCE = 60.0
"""Seconds after which a test gives up."""

POLL = 0.1
"""Seconds between two looks at another process."""

CAPTIONS = """WEBVTT

00:00.500 --> 00:01.500
Tomatoes want sun, and plenty of it.

00:01.600 --> 00:02.800
Pumpkins are another story altogether.
"""

Talk = Callable[[Client], Awaitable[None]]


@pytest.fixture
def page(local_site: LocalSite, made_media: MediaMaker) -> str:
    """The address of a page with a talk of three seconds and its captions."""
    assert local_site.folder is not None
    shutil.copy(made_media("garden.mp4", VideoSpec(frames=90, gop=30), (AudioSpec(),)), local_site.folder / "talk.mp4")
    (local_site.folder / "talk.vtt").write_text(CAPTIONS, encoding="utf-8")
    return local_site.page("/talk", video="/talk.mp4", tracks=(("en", "/talk.vtt"),), title="Garden hour")


def talk_to_process(talk: Talk, errors: Path, *words: str) -> str:
    """Let a client talk to ``fastclip mcp``; what that says on stderr."""
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "fastclip_desktop", "mcp", *words], env=dict(os.environ)
    )

    async def run() -> None:
        with anyio.fail_after(PATIENCE):
            async with Client(stdio_client(server, errlog), read_timeout_seconds=PATIENCE) as client:
                await talk(client)

    with errors.open("w", encoding="utf-8") as errlog:
        anyio.run(run)
    return errors.read_text(encoding="utf-8")


async def call(client: Client, tool: str, **arguments: object) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


def test_an_agent_finds_what_is_said_and_makes_a_clip_of_it(page: str, tmp_path: Path) -> None:
    made: list[dict[str, Any]] = []

    async def talk(client: Client) -> None:
        assert "this person's library: `" in (client.instructions or "")
        info = await call(client, "info", source=page)
        assert info["title"] == "Garden hour"
        words = await call(client, "transcript", source=page)
        assert [segment["text"] for segment in words["segments"]][1] == "Pumpkins are another story altogether."
        (moment,) = (await call(client, "analyze", source=page, query="pumpkins"))["segments"]
        assert moment["start"] >= 1
        answer = await call(client, "clip", source=page, start=1, end=2)
        made.extend(answer["clips"])
        found = await call(client, "library_search", words="garden")
        assert found["clips"] == answer["clips"]

    said = talk_to_process(talk, tmp_path / "errors", "--allow-local-sources")
    assert "Traceback" not in said
    (clip,) = made
    assert [read.number for read in read_frame_numbers(Path(clip["path"]))] == list(range(30, 60))

    async def look_again(client: Client) -> None:
        assert (await call(client, "library_search"))["clips"] == made

    talk_to_process(look_again, tmp_path / "errors")


@pytest.mark.slow
def test_beside_a_window_it_has_a_memory_of_its_own(page: str, tmp_path: Path, fastclip_home: Path) -> None:
    async def talk(client: Client) -> None:
        assert "Another FastClip has" in (client.instructions or "")
        answer = await call(client, "clip", source=page, start=0, end=1)
        assert (await call(client, "library_search"))["total"] == 1
        refused = await client.call_tool("clip", {"source": page, "start": 2, "end": 1})
        assert refused.is_error
        assert (await call(client, "job_status", job_id=answer["job_id"]))["status"] == "complete"

    with claim(find_paths({"FASTCLIP_HOME": str(fastclip_home)}).data, "the window"):
        talk_to_process(talk, tmp_path / "errors", "--allow-local-sources")


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize(
    ("wait", "state"), [(True, "cancelled"), pytest.param(False, "complete", marks=pytest.mark.slow)]
)
def test_who_hangs_up_takes_back_what_he_waits_for_and_no_more(
    local_site: LocalSite, tmp_path: Path, wait: bool, state: str
) -> None:
    assert local_site.folder is not None
    video = local_site.folder / "talk.mp4"
    source = local_site.route("/slow.mp4", Route(file=video, silent_after=1000))

    def until_fetching() -> None:
        deadline = time.monotonic() + PATIENCE
        while not local_site.bytes_sent("/slow.mp4"):
            assert time.monotonic() < deadline
            time.sleep(POLL)

    async def talk(client: Client) -> None:
        async with anyio.create_task_group() as group:
            arguments = {"source": source, "start": 1, "end": 2, "wait": wait}
            group.start_soon(client.call_tool, "clip", arguments)
            await anyio.to_thread.run_sync(until_fetching)
            group.cancel_scope.cancel()

    talk_to_process(talk, tmp_path / "errors", "--allow-local-sources")
    local_site.route("/slow.mp4", Route(file=video))
    with build_kept_engine("a test") as engine:
        (job,) = engine.jobs.newest(10)
        with contextlib.suppress(Cancelled):
            engine.wait(job.id)
        assert engine.jobs.get(job.id).state == state


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
}


def greeted(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The answer to a first request, which is the first line that there is."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(HELLO) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def started() -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "fastclip_desktop", "mcp", "--verbose"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def test_nothing_but_the_protocol_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    with started() as process:
        answer = greeted(process)
        assert answer["id"] == 1
        assert answer["result"]["serverInfo"]["name"] == "fastclip"
        assert main(["keys", "create", "agent", "--json"]) == 0  # it holds the folder and answers
        assert "sk_live_" in capsys.readouterr().out
        rest, said = process.communicate("this is no JSON\n", timeout=PATIENCE)
        assert [line for line in rest.splitlines() if "jsonrpc" not in json.loads(line)] == []
        assert said  # --verbose goes elsewhere
        assert process.returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [pytest.param(signal.SIGINT, marks=pytest.mark.slow), signal.SIGTERM])
def test_a_request_to_end_ends_it_while_it_waits_for_a_line(number: signal.Signals, fastclip_home: Path) -> None:
    with started() as process:
        greeted(process)
        process.send_signal(number)
        assert process.wait(PATIENCE) == 0
        with claim(find_paths({"FASTCLIP_HOME": str(fastclip_home)}).data):
            pass
        process.communicate()


def new_key(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, str]:
    """What ``fastclip keys create`` answers."""
    assert main(["keys", "create", *words, "--json"]) == 0
    made: dict[str, str] = json.loads(capsys.readouterr().out)
    return made


@pytest.mark.sampled(3)
@pytest.mark.parametrize("how", ["name", "id", "secret"])
def test_an_agent_with_a_key_spends_no_more_than_that_may(
    fastclip_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    page: str,
    how: str,
) -> None:
    write_preferences(fastclip_home / "config", Preferences(policy=HOSTED))
    with build_kept_engine("a test") as engine:
        engine.accounts.deposit(Money(1000), "for a test")
    key = new_key(capsys, "agent", "--budget", "5")
    words = {"name": ("--key-name", "agent"), "id": ("--key-name", key["id"]), "secret": ()}[how]
    if how == "secret":
        monkeypatch.setenv("FASTCLIP_KEY", key["key"])

    async def talk(client: Client) -> None:
        assert "It may spend $0.05 in all." in (client.instructions or "")
        refused = await client.call_tool("clip", {"source": "https://youtu.be/abcdefghijk", "start": 0, "end": 1})
        assert refused.structured_content["error"]["code"] == "budget_spent"
        outside = await client.call_tool("clip", {"source": page, "start": 0, "end": 1})
        assert outside.structured_content["error"]["code"] == "unsupported_site"

    talk_to_process(talk, tmp_path / "errors", *words, "--allow-local-sources")
    assert main(["keys", "list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["keys"]
    assert listed["last_used"] is not None
    with build_kept_engine("a test") as engine:
        assert (engine.accounts.balance(), engine.jobs.newest(1)) == (Money(1000), ())


@pytest.mark.slow
def test_a_job_is_told_of_as_it_goes_and_ended_over_the_pipe(
    local_site: LocalSite, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert local_site.folder is not None
    source = local_site.route("/slow.mp4", Route(file=local_site.folder / "talk.mp4", silent_after=1000))
    new_key(capsys, "agent")
    told: list[tuple[float, float | None]] = []

    async def tell(progress: float, total: float | None, _: str | None) -> None:
        told.append((progress, total))

    async def talk(client: Client) -> None:
        whole = await client.call_tool("clip", {"source": page, "start": 1, "end": 2}, progress_callback=tell)
        (clip,) = whole.structured_content["clips"]
        assert clip["expires"] is not None  # as whatever a key makes
        job = await call(client, "clip", source=source, start=1, end=2, wait=False)
        assert (await call(client, "job_cancel", job_id=job["job_id"]))["status"] == "cancelled"
        again = await client.call_tool("job_cancel", {"job_id": job["job_id"]})
        assert again.structured_content["error"]["code"] == "job_ended"

    talk_to_process(talk, tmp_path / "errors", "--key-name", "agent", "--allow-local-sources")
    assert told
    assert {total for _, total in told} == {100}
    assert [progress for progress, _ in told] == sorted({progress for progress, _ in told})
    with build_kept_engine("a test") as engine:
        assert [str(job.state) for job in engine.jobs.newest(10)] == ["cancelled", "complete"]


def test_a_key_that_is_none_and_one_whose_library_is_elsewhere_are_refused(
    fastclip_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["mcp", "--key-name", "nobody"]) == 3
    assert "No live key is called 'nobody'." in capsys.readouterr().err
    revoked = new_key(capsys, "revoked")
    assert main(["keys", "revoke", revoked["id"]]) == 0
    for name in ("revoked", revoked["id"], ""):
        assert main(["mcp", "--key-name", name]) == 3
    monkeypatch.setenv("FASTCLIP_KEY", revoked["key"])
    capsys.readouterr()
    assert main(["mcp"]) == 3
    assert "The key in FASTCLIP_KEY is not valid." in capsys.readouterr().err
    for _ in range(2):
        new_key(capsys, "twins")
    assert main(["mcp", "--key-name", "twins"]) == 3
    assert "Several keys are called 'twins'." in capsys.readouterr().err
    with claim(find_paths({"FASTCLIP_HOME": str(fastclip_home)}).data, "the window"):
        assert main(["mcp", "--key-name", "revoked"]) == 3
    assert "start without a key" in capsys.readouterr().err
