"""The engine for agents, over the Model Context Protocol on standard input and output.

The SDK's lower layer is used: its upper one puts names and lists of its own into error messages, where an agent gets
one sentence here. While it serves, the SDK points the standard output elsewhere, so that nothing but the protocol ever
gets there.
"""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import anyio
import anyio.to_thread
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from fastclip_desktop import __version__
from fastclip_desktop.api.agent_tools import TOOLS, AgentTools, Answer, Arguments, job_answer, read_arguments
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InputError, InternalError
from fastclip_desktop.domain.job import AnalyzeRequest, Job, JobRequest, JobState, Priority
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.engine.engine import Engine

_log = logging.getLogger(__name__)

_LOOK_AROUND = 0.2
"""Seconds between two looks at how far a job is."""

_WHAT = (
    "FastClip makes exact clips from videos on this machine, by times or by what is said. `info` tells what a link is, "
    "`transcript` and `analyze` what is said in it and where, `clip` and `auto` make files. "
    "`job_status` tells how far a job is, `job_cancel` ends it."
)
_KEPT = (
    "It has this person's library: `library_search` finds every clip, and jobs that nobody waits for go on at the next "
    "start if the connection ends before them."
)
_OWN = (
    "Another FastClip has this person's library, so this one works with a memory of its own: its jobs end with the "
    "connection, its clips stay as files, and `library_search` finds those that were made over this connection."
)


def serve_agents(engine: Engine, settings: ServerSettings, *, kept: bool, key: ApiKey | None = None) -> None:
    """Answer whoever is at the standard input until it ends.

    Args:
        engine: does the work.
        settings: the policy, and what sources may be named.
        kept: whether the engine's queue and library outlive it.
        key: its limits hold for all that is asked; without one it is as if a person asked.
    """
    anyio.run(_serve, create_agent_server(engine, settings, kept=kept, key=key))


def create_agent_server(engine: Engine, settings: ServerSettings, *, kept: bool, key: ApiKey | None = None) -> Server:
    """The server apart from what it is reached by; the arguments are those of :func:`serve_agents`."""
    desk = _Desk(AgentTools(engine, settings, key))
    return Server(
        "fastclip",
        title="FastClip",
        version=__version__,
        instructions=" ".join((_WHAT, _KEPT if kept else _OWN, *([] if key is None else [_limits(key)]))),
        on_list_tools=desk.list_tools,
        on_call_tool=desk.call_tool,
    )


def _limits(key: ApiKey) -> str:
    sentences = [f"It goes by the limits of the key {key.name!r}, and what it makes expires unless a person pins it."]
    if key.budget is not None:
        sentences.append(f"It may spend {key.budget} in all.")
    if key.expires is not None:
        sentences.append(f"It is good until {datetime.fromtimestamp(key.expires, UTC):%Y-%m-%d %H:%M} UTC.")
    return " ".join(sentences)


async def _serve(server: Server) -> None:
    async with stdio_server() as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())


class _Desk:
    """Takes calls; each is a task of its own, which is cancelled when the caller takes it back or has gone."""

    def __init__(self, tools: AgentTools) -> None:
        self._tools = tools
        self._jobs = tools.engine.jobs

    async def list_tools(
        self, _context: ServerRequestContext, _params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(
            tools=[
                Tool(
                    name=name,
                    description=kind.description,
                    input_schema=kind.arguments.model_json_schema(),
                    annotations=ToolAnnotations(read_only_hint=not kind.changes, destructive_hint=kind.ends),
                )
                for name, kind in ((name, TOOLS[name]) for name in self._tools.names)
            ]
        )

    async def call_tool(self, context: ServerRequestContext, params: CallToolRequestParams) -> CallToolResult:
        try:
            arguments = read_arguments(params.name, params.arguments or {})
            await anyio.to_thread.run_sync(self._tools.admit, params.name)
            answer = await self._answer(context, arguments)
        except FastClipError as error:
            return _failure(error)
        except Exception as error:  # noqa: BLE001 - the edge of the request
            _log.exception("The tool %r failed", params.name)
            return _failure(
                InternalError(ErrorCode.INTERNAL, f"Something went wrong inside FastClip: {type(error).__name__}.")
            )
        return _success(answer)

    async def _answer(self, context: ServerRequestContext, arguments: Arguments) -> Answer:
        request = self._tools.request(arguments)
        if request is None:
            return await self._ask(context, arguments)
        job = await self._submit(request)
        if getattr(arguments, "wait", True):
            job = await self._follow(context, job)
        answer = job_answer(job)
        if isinstance(request, AnalyzeRequest):
            return {"segments": answer["segments"], "cost": answer["cost"]}
        return answer

    async def _ask(self, context: ServerRequestContext, arguments: Arguments) -> Answer:
        """Have a call answered on a thread, and tell meanwhile how far that is.

        Raises:
            FastClipError: it cannot be answered.
        """
        cancel, done = CancelToken(), anyio.Event()
        stages: dict[str, float] = {}
        answers: list[Answer] = []
        failures: list[Exception] = []

        async def work() -> None:
            call = partial(self._tools.answer, arguments, cancel, stages.__setitem__)
            try:
                answers.append(await anyio.to_thread.run_sync(call, abandon_on_cancel=True))
            except Exception as error:  # noqa: BLE001 - raised where it belongs, and not in a group with others
                failures.append(error)
            done.set()

        try:
            async with anyio.create_task_group() as group:
                group.start_soon(work)
                told = -1.0
                while not done.is_set():
                    with anyio.move_on_after(_LOOK_AROUND):
                        await done.wait()
                    seen = list(stages.items())
                    reached = (
                        len(seen) - 1 + seen[-1][1] if seen else told
                    )  # in stages; nobody knows how many there are
                    if reached > told:
                        told = reached
                        await context.session.report_progress(reached, None, seen[-1][0])
        finally:
            cancel.cancel()  # without effect where it is done
        if failures:
            raise failures[0]
        return answers[0]

    async def _submit(self, request: JobRequest) -> Job:
        with anyio.CancelScope(shield=True):  # a job that nobody knows of could not be taken back
            (job,) = await anyio.to_thread.run_sync(self._jobs.submit, (request,), Priority.SCRIPT, self._tools.key)
        return job

    async def _follow(self, context: ServerRequestContext, job: Job) -> Job:
        """Tell how far a job is until it has ended.

        Raises:
            FastClipError: the job's own error; ``Cancelled`` if somebody else cancelled it.
        """
        told = -1
        try:
            while not job.state.is_terminal:
                percent = round(job.fraction * 100)
                if percent > told:
                    told = percent
                    await context.session.report_progress(percent, 100, job.stage or None)
                await anyio.sleep(_LOOK_AROUND)
                job = await anyio.to_thread.run_sync(self._jobs.get, job.id)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await anyio.to_thread.run_sync(self._take_back, job.id)
            raise
        if job.error is not None:
            raise job.error
        if job.state is JobState.CANCELLED:
            raise Cancelled
        return job

    def _take_back(self, job_id: str) -> None:
        with suppress(InputError):  # it has ended in this very moment
            self._jobs.cancel(job_id)


def _success(answer: Answer) -> CallToolResult:
    text = _sayable(json.dumps(answer, ensure_ascii=False))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=json.loads(text))


def _failure(error: FastClipError) -> CallToolResult:
    message = _sayable(error.message)
    fault = {"error": {"code": str(error.code), "message": message}}
    return CallToolResult(content=[TextContent(type="text", text=message)], structured_content=fault, is_error=True)


def _sayable(text: str) -> str:
    """The text without the halves of characters that a file's name may have."""
    return text.encode(errors="replace").decode()
