"""The tools that agents have, called by the SDK's own client in the same process."""

from __future__ import annotations

import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client
from mcp_types import CallToolResult

from fastclip_desktop.api.agent_tools import TOOLS
from fastclip_desktop.api.mcp import create_agent_server
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Job, JobState, Priority
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import PATIENCE, SCRIPT, Gate, wait_until, write_clip

URL = "https://example.org/talk"
CLIP: dict[str, Any] = {"source": URL, "start": "0:10", "end": 20.5}
AUTO: dict[str, Any] = {"source": URL, "query": "pricing"}

Talk = Callable[[Client], Awaitable[None]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@contextmanager
def engine_of(folder: Path, **changes: object) -> Iterator[Engine]:
    by_name = {kind.__name__: kind for kind in SCRIPT}
    script = {**SCRIPT, **{by_name[name]: answer for name, answer in changes.items()}}
    paths = Paths(folder / "data", folder / "cache", folder / "config")
    paths.clips.mkdir(parents=True)
    with Engine(ScriptedRunner(script), paths, Database.in_memory()) as engine:
        yield engine


def talk_to(engine: Engine, talk: Talk, settings: ServerSettings | None = None, *, kept: bool = True) -> None:
    """Let a client talk to a server over the engine."""

    async def run() -> None:
        server = create_agent_server(engine, settings or ServerSettings(), kept=kept)
        with anyio.fail_after(PATIENCE):
            async with Client(server, raise_exceptions=True) as client:
                await talk(client)

    anyio.run(run)


def answer_of(result: CallToolResult) -> Any:
    """What a tool that did not fail says, which has to be the same in both forms."""
    (content,) = result.content
    assert not result.is_error, content
    assert json.loads(content.text) == result.structured_content  # type: ignore[union-attr]  # it is a text
    return result.structured_content


def fault_of(result: CallToolResult) -> tuple[str, str]:
    """The code and the sentence of a failure."""
    (content,) = result.content
    assert result.is_error
    error = result.structured_content["error"]
    assert content.text == error["message"]  # type: ignore[union-attr]  # it is a text
    return error["code"], error["message"]


def test_every_tool_says_what_it_takes(folder: Path) -> None:
    async def talk(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == set(TOOLS)
        for name, tool in tools.items():
            assert tool.description
            assert tool.input_schema["type"] == "object"
            assert tool.annotations is not None
            assert tool.annotations.read_only_hint == (name not in ("clip", "auto", "job_cancel"))
            assert tool.annotations.destructive_hint == (name == "job_cancel")
        assert set(tools["clip"].input_schema["required"]) == {"source", "start", "end"}
        assert "gif" in json.dumps(tools["clip"].input_schema)

    with engine_of(folder) as engine:
        talk_to(engine, talk)


@pytest.mark.parametrize(("kept", "says"), [(True, "this person's library: `"), (False, "Another FastClip has")])
def test_it_says_which_memory_it_has(folder: Path, kept: bool, says: str) -> None:
    async def talk(client: Client) -> None:
        assert says in (client.instructions or "")

    with engine_of(folder) as engine:
        talk_to(engine, talk, kept=kept)


def test_info_and_transcript_tell_of_a_source(folder: Path) -> None:
    async def talk(client: Client) -> None:
        info = answer_of(await client.call_tool("info", {"source": URL}))
        assert (info["title"], info["duration"]) == ("My: talk?", 3700.0)
        words = answer_of(await client.call_tool("transcript", {"source": URL}))
        assert words["segments"] == [{"start": 10.0, "end": 20.0, "text": "Hello there."}]
        assert (words["language"], words["origin"], words["total"]) == ("en", "sidecar", 1)
        rest = answer_of(await client.call_tool("transcript", {"source": URL, "first": 1, "most": 10}))
        assert (rest["segments"], rest["total"]) == ([], 1)

    with engine_of(folder) as engine:
        talk_to(engine, talk)


def test_analyze_finds_moments_and_makes_nothing(folder: Path) -> None:
    async def talk(client: Client) -> None:
        found = answer_of(await client.call_tool("analyze", AUTO))
        assert [moment["excerpt"] for moment in found["segments"]] == ["one", "two"]
        assert found["segments"][0] == {"start": 100.0, "end": 110.0, "excerpt": "one", "confidence": 0.9}

    with engine_of(folder) as engine:
        talk_to(engine, talk)
        assert engine.library.find().total == 0


def test_a_clip_is_made_told_of_and_found_again(folder: Path) -> None:
    async def talk(client: Client) -> None:
        answer = answer_of(await client.call_tool("clip", CLIP))
        assert (answer["status"], answer["progress"]) == ("complete", 100)
        (clip,) = answer["clips"]
        assert Path(clip["path"]).parent == engine.clips_folder
        assert (clip["start"], clip["end"], clip["format"], clip["expires"]) == (10.0, 20.5, "mp4", None)
        found = answer_of(await client.call_tool("library_search", {"words": "talk"}))
        assert (found["clips"], found["total"]) == ([clip], 1)
        assert answer_of(await client.call_tool("library_search", {"words": "nothing"})) == {"clips": [], "total": 0}
        assert answer_of(await client.call_tool("job_status", {"job_id": answer["job_id"]})) == answer

    with engine_of(folder) as engine:
        talk_to(engine, talk)
        (job,) = engine.jobs.newest(10)
        assert job.priority is Priority.SCRIPT
        assert [file.read_bytes() for file in engine.clips_folder.iterdir()] == [b"clip"]


def test_progress_is_told_when_there_is_some(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, looks, told = Gate(write_clip), threading.Semaphore(0), list[float]()

    async def tell(progress: float, total: float | None, message: str | None) -> None:
        assert total == 100
        assert message is None or message
        told.append(progress)

    def look(job_id: str) -> Job:
        looks.release()
        return find(job_id)

    def wait_for_looks() -> None:
        gate.wait()
        assert all(looks.acquire(timeout=PATIENCE) for _ in range(5))
        gate.open()

    async def talk(client: Client) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(anyio.to_thread.run_sync, wait_for_looks)
            await client.call_tool("clip", CLIP, progress_callback=tell)

    with engine_of(folder, Render=gate) as engine:
        find = engine.jobs.get
        monkeypatch.setattr(engine.jobs, "get", look)
        talk_to(engine, talk)
    assert told
    assert told == sorted(set(told))


def test_auto_makes_a_clip_of_each_moment(folder: Path) -> None:
    async def talk(client: Client) -> None:
        answer = answer_of(await client.call_tool("auto", {**AUTO, "format": "mp3", "max_clips": 2}))
        assert len(answer["clips"]) == len(answer["segments"]) == 2

    with engine_of(folder) as engine:
        talk_to(engine, talk)


def test_without_words_the_best_moments_are_asked_for(folder: Path) -> None:
    async def talk(client: Client) -> None:
        assert len(answer_of(await client.call_tool("auto", {**AUTO, "query": ""}))["clips"]) == 2
        assert len(answer_of(await client.call_tool("analyze", {**AUTO, "query": ""}))["segments"]) == 2

    with engine_of(folder) as engine:
        talk_to(engine, talk)


def test_who_does_not_wait_asks_later(folder: Path) -> None:
    gate = Gate(write_clip)

    async def talk(client: Client) -> None:
        job_id = answer_of(await client.call_tool("clip", {**CLIP, "wait": False}))["job_id"]
        await anyio.to_thread.run_sync(gate.wait)
        status = answer_of(await client.call_tool("job_status", {"job_id": job_id}))
        assert (status["status"], status["stage"]) == ("processing", "Rendering")
        assert status["progress"] < 100
        gate.open()
        await anyio.to_thread.run_sync(engine.wait, job_id)
        status = answer_of(await client.call_tool("job_status", {"job_id": job_id}))
        assert status["status"] == "complete"
        assert len(status["clips"]) == 1

    with engine_of(folder, Render=gate) as engine:
        talk_to(engine, talk)


def test_a_call_that_is_taken_back_cancels_its_job(folder: Path) -> None:
    gate = Gate(write_clip)

    async def talk(client: Client) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "clip", CLIP)
            await anyio.to_thread.run_sync(gate.wait)
            group.cancel_scope.cancel()
        (job,) = engine.jobs.newest(10)
        await anyio.to_thread.run_sync(wait_until, engine, lambda: engine.jobs.get(job.id).state.is_terminal)
        assert engine.jobs.get(job.id).state is JobState.CANCELLED

    with engine_of(folder, Render=gate) as engine:
        talk_to(engine, talk)


@pytest.mark.parametrize(
    ("tool", "arguments", "code", "says"),
    [
        ("fly", {}, "bad_usage", "There is no tool 'fly'."),
        ("clip", {"source": URL}, "bad_usage", "The argument 'start' is wrong: field required."),
        ("clip", {**CLIP, "colour": 1}, "bad_usage", "The argument 'colour' is wrong: extra inputs are not permitted."),
        ("clip", {**CLIP, "format": "avi"}, "bad_usage", "The argument 'format' is wrong"),
        ("clip", {**CLIP, "quality": "best"}, "bad_quality", "best"),
        ("clip", {**CLIP, "start": "soon"}, "bad_time", "'soon' is not a time."),
        ("clip", {**CLIP, "start": 30}, "bad_range", "not before the end"),
        ("clip", {**CLIP, "start": -1}, "bad_range", "before the beginning"),
        ("auto", {"source": URL}, "bad_usage", "The argument 'query' is wrong: field required."),
        ("auto", {**AUTO, "query": "x" * 501}, "bad_query", "501"),
        ("auto", {**AUTO, "max_clips": 101}, "bad_usage", "'max_clips'"),
        ("info", {"source": ""}, "bad_usage", "'source'"),
        ("info", {"source": ["a"]}, "bad_usage", "'source'"),
        ("library_search", {"most": 0}, "bad_usage", "'most'"),
        ("library_search", {"first": 10**30}, "bad_usage", "'first'"),
        ("job_status", {"job_id": "nobody"}, "unknown_job", "There is no job 'nobody'."),
        ("job_cancel", {"job_id": "nobody"}, "unknown_job", "There is no job 'nobody'."),
        ("job_cancel", {}, "bad_usage", "'job_id'"),
    ],
)
def test_a_fault_is_one_sentence(folder: Path, tool: str, arguments: dict[str, Any], code: str, says: str) -> None:
    async def talk(client: Client) -> None:
        told, sentence = fault_of(await client.call_tool(tool, arguments))
        assert told == code
        assert says in sentence
        assert "\n" not in sentence
        assert sentence.endswith(".")

    with engine_of(folder) as engine:
        talk_to(engine, talk)
        assert engine.jobs.newest(10) == ()


@pytest.mark.parametrize("source", ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/a.mp4", "http://[::1]/"])
@pytest.mark.parametrize("tool", ["info", "transcript", "analyze", "auto", "clip"])
def test_agents_name_nothing_that_lies_inside(folder: Path, tool: str, source: str) -> None:
    rest: dict[str, Any] = {"analyze": AUTO, "auto": AUTO, "clip": CLIP}.get(tool, {})

    async def talk(client: Client) -> None:
        code, _ = fault_of(await client.call_tool(tool, {**rest, "source": source}))
        assert code in ("private_address", "unsupported_site")

    with engine_of(folder) as engine:
        talk_to(engine, talk)
        talk_to(engine, talk, ServerSettings(policy=HOSTED))


def test_with_leave_they_do(folder: Path) -> None:
    async def talk(client: Client) -> None:
        assert answer_of(await client.call_tool("clip", {**CLIP, "source": "/talk.mp4"}))["clips"]

    with engine_of(folder) as engine:
        talk_to(engine, talk, ServerSettings(allow_local_sources=True))


def test_a_job_that_fails_says_why_in_its_own_words(folder: Path) -> None:
    broken = InputError(ErrorCode.DAMAGED_MEDIA, "The file 'ta\udcfflk.mp4' is damaged.", "Mend it.")

    async def talk(client: Client) -> None:
        assert fault_of(await client.call_tool("clip", CLIP)) == ("damaged_media", "The file 'ta?lk.mp4' is damaged.")

    with engine_of(folder, FetchMedia=broken) as engine:
        talk_to(engine, talk)


def test_our_own_fault_is_told_without_its_insides(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def talk(client: Client) -> None:
        code, sentence = fault_of(await client.call_tool("library_search", {}))
        assert code == "internal"
        assert sentence == "Something went wrong inside FastClip: ZeroDivisionError."

    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    with engine_of(folder) as engine:
        monkeypatch.setattr(engine.library, "find", fail)
        talk_to(engine, talk)
