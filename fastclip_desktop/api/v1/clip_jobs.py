"""``/v1/clip`` and ``/v1/clip/auto``: jobs that make clips, and where they stand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from fastclip_desktop.api.auth import AnyKey, CallName, named_call
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import AutoAccepted, JobAccepted, JobAnswer, job_answer
from fastclip_desktop.api.v1.origin import origin_of
from fastclip_desktop.api.v1.requests import AutoBody, ClipBody, auto_request, clip_request
from fastclip_desktop.api.v1.submission import submitted
from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AnalyzeRequest, Job, JobState

router = APIRouter(tags=["Clips"])

_SPENDING = documented(*KEYED, 402, 404, 409, 422)


@router.post("/v1/clip", summary="A clip by times", openapi_extra=body_schema(ClipBody), responses=_SPENDING)
async def create_clip(
    here: Here, key: AnyKey, call: CallName, sent: Annotated[Sent[ClipBody], Depends(body_of(ClipBody))]
) -> JobAccepted:
    """Begin to cut a clip; ask for its job until that is complete."""
    job = await submitted(
        here, clip_request(sent.content, here), key, named_call(call, key, "POST /v1/clip", sent.canonical)
    )
    return JobAccepted(job_id=job.id)


@router.post("/v1/clip/auto", summary="Clips by words", openapi_extra=body_schema(AutoBody), responses=_SPENDING)
async def create_auto(
    here: Here, key: AnyKey, call: CallName, sent: Annotated[Sent[AutoBody], Depends(body_of(AutoBody))]
) -> AutoAccepted:
    """Begin to find the moments that words describe, and to cut a clip of each."""
    job = await submitted(
        here, auto_request(sent.content, here), key, named_call(call, key, "POST /v1/clip/auto", sent.canonical)
    )
    return AutoAccepted(job_id=job.id, reserved=job.reserved.to_dollars())


@router.get(
    "/v1/clip/{job_id}",
    summary="Where a job stands",
    response_model=JobAnswer,
    responses=documented(*KEYED, 404),
)
async def get_job(job_id: str, request: Request, here: Here, key: AnyKey) -> Response:
    """Where a job stands; its links are made afresh at every request."""
    # Read right here: it takes less time than to ask another thread for it.
    job = here.engine.jobs.get(job_id)
    if key.scope is not Scope.ALL and job.key != key.id:
        raise InputError(ErrorCode.UNKNOWN_JOB, f"This key has no job {job_id[:40]!r}.")
    if _is_gone(job, here.engine.clock.earliest()):
        raise InputError(ErrorCode.UNKNOWN_JOB, f"The clips of job {job_id!r} have expired or were deleted.")
    answer = job_answer(job, here.links, origin_of(request))
    return Response(answer.model_dump_json(exclude_unset=True), media_type="application/json")


def _is_gone(job: Job, now: float) -> bool:
    """Whether nothing is left of what a job has made."""
    if job.state is not JobState.COMPLETE or isinstance(job.request, AnalyzeRequest) or job.result is None:
        return False
    return not any(clip.expires is None or clip.expires > now for clip in job.result.clips)
