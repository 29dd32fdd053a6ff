"""``/v1/clip/analyze``: moments without clips, in one answer however long it takes.

Many clients give up on a server that is silent for a minute. So after a while of silence the answer begins: with 200,
and with spaces, which JSON allows before a value. What goes wrong from then on is told as ``detail`` all the same, only
that the status was sent already.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fastclip_desktop.api.auth import AnyKey, CallName, named_call
from fastclip_desktop.api.errors import answer_to, error_answer
from fastclip_desktop.api.job_watch import end_of
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import AnalyzeAnswer, segment
from fastclip_desktop.api.v1.requests import AnalyzeBody, analyze_request
from fastclip_desktop.api.v1.submission import submitted
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.job import Job, JobState
from fastclip_desktop.engine.engine import Engine

SILENCE = 20.0
"""Seconds without a byte; less than any client in wide use puts up with."""

router = APIRouter(tags=["Clips"])


@router.post(
    "/v1/clip/analyze",
    summary="Moments by words",
    openapi_extra=body_schema(AnalyzeBody),
    response_model=AnalyzeAnswer,
    responses=documented(*KEYED, 402, 404, 409, 422),
)
async def analyze(
    here: Here, key: AnyKey, call: CallName, sent: Annotated[Sent[AnalyzeBody], Depends(body_of(AnalyzeBody))]
) -> Response:
    """Find the moments that words describe, and cut nothing.

    The answer comes when they are found. Who leaves before stops the work, unless the call has an Idempotency-Key:
    then they may ask again and get the answer of the first time.
    """
    job = await submitted(
        here, analyze_request(sent.content, here), key, named_call(call, key, "POST /v1/clip/analyze", sent.canonical)
    )
    return _LateAnswer(here.engine, job.id, stops_with_client=call is None)


class _LateAnswer(Response):
    """Waits for a job and answers with what it found."""

    def __init__(self, engine: Engine, job_id: str, *, stops_with_client: bool) -> None:
        super().__init__()
        self._engine = engine
        self._job_id = job_id
        self._stops_with_client = stops_with_client

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnect(receive))
        begun = False
        answer: Response
        try:
            async with end_of(self._engine, self._job_id) as ended:
                waiting = asyncio.ensure_future(ended.wait())
                try:
                    while not ended.is_set():
                        await asyncio.wait((waiting, gone), timeout=SILENCE, return_when=asyncio.FIRST_COMPLETED)
                        if gone.done():
                            await run_in_threadpool(self._leave)
                            return
                        if not ended.is_set():
                            await _send_space(send, begin=not begun)
                            begun = True
                finally:
                    waiting.cancel()
            answer = _answer(self._engine.jobs.get(self._job_id))
        except asyncio.CancelledError:  # the server closes, and its event loop with it: no time to wait for a thread
            self._leave()
            answer = error_answer(500, "The server was stopped.")
        finally:
            gone.cancel()
        if begun:
            await send({"type": "http.response.body", "body": answer.body})
        else:
            await answer(scope, receive, send)

    def _leave(self) -> None:
        if self._stops_with_client:
            with suppress(InputError):  # it ended in this very moment
                self._engine.jobs.cancel(self._job_id)


def _answer(job: Job) -> Response:
    if job.state is JobState.CANCELLED:
        return answer_to(Cancelled(message="The job was cancelled."))
    if job.error is not None or job.result is None:
        return answer_to(job.error or InternalError(ErrorCode.INTERNAL, "The job ended without a result."))
    moments = job.result.findings[0].moments if job.result.findings else ()
    found = AnalyzeAnswer(segments=[segment(each) for each in moments], cost=job.result.cost.to_dollars())
    return Response(found.model_dump_json(), media_type="application/json")


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_space(send: Send, *, begin: bool) -> None:
    if begin:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b" ", "more_body": True})
