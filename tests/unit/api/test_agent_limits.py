"""Agents that end jobs, and agents that are held to the limits of a key; called by the SDK's own client."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client

from fastclip_desktop.api.mcp import create_agent_server
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.job import JobState, Priority
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.engine.engine import Engine
from tests.unit.api.test_mcp import Talk, answer_of, engine_of, fault_of
from tests.unit.engine.small_jobs import HOSTED_URL, PATIENCE, TRANSCRIPT, Gate, clip_request, hosted, write_clip

CLIP: dict[str, Any] = {"source": HOSTED_URL, "start": "0:10", "end": 20}
AUTO: dict[str, Any] = {"source": HOSTED_URL, "query": "pricing"}
PRICED = ServerSettings(HOSTED)


def talk_to(engine: Engine, talk: Talk, settings: ServerSettings, key: ApiKey | None = None) -> None:
    """Let a client talk to a server over the engine that goes by a key's limits."""

    async def run() -> None:
        server = create_agent_server(engine, settings, kept=True, key=key)
        with anyio.fail_after(PATIENCE):
            async with Client(server, raise_exceptions=True) as client:
                await talk(client)

    anyio.run(run)


def test_a_job_that_is_not_wanted_any_more_is_ended(tmp_path: Path) -> None:
    gate = Gate(write_clip)

    async def talk(client: Client) -> None:
        job_id = answer_of(await client.call_tool("clip", {**CLIP, "wait": False}))["job_id"]
        await anyio.to_thread.run_sync(gate.wait)
        ended = answer_of(await client.call_tool("job_cancel", {"job_id": job_id}))
        assert (ended["job_id"], ended["status"]) == (job_id, "cancelled")
        assert answer_of(await client.call_tool("job_status", {"job_id": job_id}))["status"] == "cancelled"
        code, sentence = fault_of(await client.call_tool("job_cancel", {"job_id": job_id}))
        assert (code, sentence) == ("job_ended", f"The job {job_id!r} has ended.")

    with engine_of(tmp_path, Render=gate) as engine:
        engine.accounts.deposit(Money(100), "for a test")
        talk_to(engine, talk, PRICED)
        assert engine.jobs.newest(1)[0].state is JobState.CANCELLED
        assert engine.accounts.balance() == Money(100)


def test_with_a_key_it_ends_only_jobs_of_that_key(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with engine_of(tmp_path, Render=gate) as engine:
        engine.accounts.deposit(Money(100), "for a test")
        key, _ = engine.keys.create("agent")
        (own,) = engine.jobs.submit((hosted(tmp_path),), Priority.PERSON)

        async def talk(client: Client) -> None:
            code, sentence = fault_of(await client.call_tool("job_cancel", {"job_id": own.id}))
            assert (code, own.id in sentence) == ("unknown_job", True)
            job_id = answer_of(await client.call_tool("clip", {**CLIP, "wait": False}))["job_id"]
            assert answer_of(await client.call_tool("job_cancel", {"job_id": job_id}))["status"] == "cancelled"

        talk_to(engine, talk, PRICED, key)
        assert not engine.jobs.get(own.id).state.is_terminal
        gate.open()


def test_a_keys_budget_holds_whatever_it_is_spent_on(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        assert "limits of the key 'agent'" in (client.instructions or "")
        assert "may spend $0.43 in all" in (client.instructions or "")
        clip = answer_of(await client.call_tool("clip", CLIP))
        assert clip["cost"] == 0.1
        assert clip["clips"][0]["expires"] is not None
        assert answer_of(await client.call_tool("analyze", AUTO))["segments"]  # of a source of more than an hour
        words = answer_of(await client.call_tool("transcript", {"source": HOSTED_URL}))
        assert (words["cost"], len(words["segments"])) == (0.02, 1)
        for tool, arguments in (("clip", CLIP), ("auto", AUTO), ("analyze", AUTO)):
            if tool == "clip":
                assert answer_of(await client.call_tool(tool, arguments))["cost"] == 0.1
            code, sentence = fault_of(await client.call_tool(tool, arguments))
            assert (code, "budget of $0.43" in sentence) == ("budget_spent", True), tool
        code, _ = fault_of(await client.call_tool("transcript", {"source": HOSTED_URL}))
        assert code == "budget_spent"
        assert answer_of(await client.call_tool("info", {"source": HOSTED_URL}))["title"]

    policy = dataclasses.replace(HOSTED, jobs_an_hour=None)
    with engine_of(tmp_path) as engine:
        engine.accounts.deposit(Money(1000), "for a test")
        key, _ = engine.keys.create("agent", budget=Money(43))
        talk_to(engine, talk, ServerSettings(policy), key)
        assert engine.accounts.balance() == Money(1000 - 10 - 20 - 2 - 10)
        assert {job.key for job in engine.jobs.newest(10)} == {key.id}


def test_without_a_key_its_jobs_are_a_persons(tmp_path: Path) -> None:
    async def talk(client: Client) -> None:
        assert "key" not in (client.instructions or "")
        clip = answer_of(await client.call_tool("clip", CLIP))
        assert clip["clips"][0]["expires"] is None
        assert answer_of(await client.call_tool("transcript", {"source": HOSTED_URL}))["cost"] == 0.02

    with engine_of(tmp_path) as engine:
        engine.accounts.deposit(Money(100), "for a test")
        talk_to(engine, talk, PRICED)
        assert {job.key for job in engine.jobs.newest(10)} == {""}
        assert engine.accounts.balance() == Money(88)


def test_a_key_that_is_taken_back_does_nothing_more(tmp_path: Path) -> None:
    with engine_of(tmp_path) as engine:
        key, _ = engine.keys.create("agent")

        async def talk(client: Client) -> None:
            answer_of(await client.call_tool("library_search", {}))
            engine.keys.revoke(key.id)
            for tool, arguments in (("library_search", {}), ("clip", CLIP), ("job_status", {"job_id": "a"})):
                code, sentence = fault_of(await client.call_tool(tool, arguments))
                assert (code, sentence) == ("unknown_key", "The key was revoked or has expired.")

        talk_to(engine, talk, ServerSettings(), key)
        assert engine.jobs.newest(1) == ()


def test_calls_of_a_key_are_counted_and_its_use_is_noted(tmp_path: Path) -> None:
    with engine_of(tmp_path) as engine:
        key, _ = engine.keys.create("agent")

        async def talk(client: Client) -> None:
            for _ in range(3):
                answer_of(await client.call_tool("library_search", {}))
            code, _ = fault_of(await client.call_tool("library_search", {}))
            assert code == "too_often"

        talk_to(engine, talk, ServerSettings(dataclasses.replace(LOCAL, requests_a_minute=3)), key)
        (noted,) = engine.keys.all()
        assert noted.used is not None


def test_progress_of_a_transcript_is_told(tmp_path: Path) -> None:
    told: list[tuple[float, str | None]] = []
    gate = Gate(TRANSCRIPT)

    async def tell(progress: float, total: float | None, message: str | None) -> None:
        assert total is None
        told.append((progress, message))
        gate.open()

    async def talk(client: Client) -> None:
        answer_of(await client.call_tool("transcript", {"source": HOSTED_URL}, progress_callback=tell))

    with engine_of(tmp_path, Transcribe=gate) as engine:
        talk_to(engine, talk, ServerSettings())
    assert told[0] == (0.0, "Reading the words")
    assert [progress for progress, _ in told] == sorted({progress for progress, _ in told})


@pytest.mark.parametrize("tool", ["transcript", "info"])
def test_a_question_that_is_taken_back_stops_what_is_done_for_it(tmp_path: Path, tool: str) -> None:
    stopped = Gate(None)
    gate = Gate(None)

    def look_up(request: StageRequest[object], reporter: Reporter) -> object:
        try:
            return gate(request, reporter)
        finally:
            stopped.entered.release()

    async def talk(client: Client) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, tool, {"source": HOSTED_URL})
            await anyio.to_thread.run_sync(gate.wait)
            group.cancel_scope.cancel()
        await anyio.to_thread.run_sync(stopped.wait)

    with engine_of(tmp_path, ResolveSource=look_up) as engine:
        talk_to(engine, talk, ServerSettings())


def test_a_key_that_only_makes_clips_has_no_other_tools(tmp_path: Path) -> None:
    with engine_of(tmp_path) as engine:
        key, _ = engine.keys.create("agent", scope=Scope.CLIPS)
        own = engine.jobs.submit((clip_request(tmp_path),))[0].id

        async def talk(client: Client) -> None:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            assert tools == {"info", "clip", "auto", "job_status", "job_cancel"}
            made = answer_of(await client.call_tool("clip", CLIP))["job_id"]
            assert answer_of(await client.call_tool("job_status", {"job_id": made}))["status"] == "complete"
            assert fault_of(await client.call_tool("job_status", {"job_id": own}))[0] == "unknown_job"
            for tool, arguments in (("library_search", {}), ("analyze", AUTO), ("transcript", {"source": HOSTED_URL})):
                code, sentence = fault_of(await client.call_tool(tool, arguments))
                assert (code, sentence) == (
                    "bad_usage",
                    f"The key makes clips and opens nothing else, so there is no {tool}.",
                )

        talk_to(engine, talk, ServerSettings(), key)
