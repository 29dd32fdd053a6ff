"""``/v1/clip/analyze``: moments without clips, in one answer however long it takes."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from fastclip_desktop.api.auth import CallName, FullKey, named_call
from fastclip_desktop.api.job_watch import end_of
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.late_answer import LateAnswer
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import AnalyzeAnswer, segment
from fastclip_desktop.api.v1.requests import AnalyzeBody, analyze_request
from fastclip_desktop.api.v1.submission import submitted
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, InternalError
from fastclip_desktop.domain.job import Job, JobState

router = APIRouter(tags=["Clips"])


@router.post(
    "/v1/clip/analyze",
    summary="Moments by words",
    openapi_extra=body_schema(AnalyzeBody),
    response_model=AnalyzeAnswer,
    responses=documented(*KEYED, 402, 404, 409, 422),
)
async def analyze(
    here: Here, key: FullKey, call: CallName, sent: Annotated[Sent[AnalyzeBody], Depends(body_of(AnalyzeBody))]
) -> Response:
    """Find the moments that words describe, and cut nothing.

    The answer comes when they are found. Who leaves before stops the work, unless the call has an Idempotency-Key:
    then they may ask again and get the answer of the first time.
    """
    job = await submitted(
        here, analyze_request(sent.content, here), key, named_call(call, key, "POST /v1/clip/analyze", sent.canonical)
    )
    jobs = here.engine.jobs

    async def work() -> Response:
        async with end_of(here.engine, job.id) as ended:
            await ended.wait()
        return _answer(jobs.get(job.id))

    def leave() -> None:
        if call is None:
            with suppress(InputError):  # it ended in this very moment
                jobs.cancel(job.id)

    return LateAnswer(work, leave)


def _answer(job: Job) -> Response:
    """What a job that has ended found.

    Raises:
        FastClipError: why it found nothing.
    """
    if job.state is JobState.CANCELLED:
        raise Cancelled(message="The job was cancelled.")
    if job.error is not None or job.result is None:
        raise job.error or InternalError(ErrorCode.INTERNAL, "The job ended without a result.")
    moments = job.result.findings[0].moments if job.result.findings else ()
    found = AnalyzeAnswer(segments=[segment(each) for each in moments], cost=job.result.cost.to_dollars())
    return Response(found.model_dump_json(), media_type="application/json")
