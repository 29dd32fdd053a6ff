"""``/api/v1/ai-clipping/jobs``: finished shorts of a video, chosen or by their times, and a montage of all."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.concurrency import run_in_threadpool

from fastclip_desktop.api.auth import CallName, EitherKey, named_call
from fastclip_desktop.api.dialects import CodedProblem
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.api.signed_links import LIFETIME
from fastclip_desktop.api.statuses import KEYED
from fastclip_desktop.api.subclip.answers import (
    DownloadAnswer,
    ProjectAccepted,
    StatusAnswer,
    accepted,
    download_answer,
    montage_of,
    status_answer,
)
from fastclip_desktop.api.subclip.bodies import JobBody
from fastclip_desktop.api.subclip.problems import documented
from fastclip_desktop.api.subclip.requests import shorts_request
from fastclip_desktop.api.v1.origin import origin_of
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import JobState, ShortsRequest
from fastclip_desktop.domain.shorts_project import ShortsProject
from fastclip_desktop.engine.named_calls import NamedCall

router = APIRouter(tags=["AI clipping"])


@router.post(
    "/api/v1/ai-clipping/jobs",
    summary="Shorts of a video",
    openapi_extra=body_schema(JobBody),
    responses=documented(*KEYED, 402, 409),
)
async def create_job(
    here: Here, key: EitherKey, call: CallName, sent: Annotated[Sent[JobBody], Depends(body_of(JobBody))]
) -> ProjectAccepted:
    """Begin to make shorts: of ``segments`` by their times, or without them of the best moments.

    Ask for the status until outputReady is true or the status is failed.
    """
    name = named_call(call, key, "POST /api/v1/ai-clipping/jobs", sent.canonical)
    return accepted(await run_in_threadpool(_create, here, key, sent.content, name))


@router.get("/api/v1/ai-clipping/jobs/{projectId}", summary="Where shorts stand", responses=documented(*KEYED, 404))
async def get_status(
    project_id: Annotated[str, Path(alias="projectId")], request: Request, here: Here, key: EitherKey
) -> StatusAnswer:
    """Where shorts stand; the links are made afresh at every request and work without a key for an hour."""
    project = await run_in_threadpool(_find, here, key, project_id)
    return status_answer(project, here.links, origin_of(request))


@router.get(
    "/api/v1/ai-clipping/jobs/{projectId}/download",
    summary="Links to shorts and their montage",
    responses=documented(*KEYED, 404, 409),
)
async def get_download(
    project_id: Annotated[str, Path(alias="projectId")], request: Request, here: Here, key: EitherKey
) -> DownloadAnswer:
    """Fresh links to the montage and to each clip; 409 until they are there."""
    project = await run_in_threadpool(_find, here, key, project_id)
    montage = montage_of(project)
    if montage is None:
        if project.job.state in (JobState.FAILED, JobState.CANCELLED):
            raise CodedProblem(409, "job_failed", "The project has failed; its status says why.")
        raise CodedProblem(
            409, "not_ready", "The clips are not ready yet; ask for the status until outputReady is true."
        )
    return download_answer(project, montage, here.links, origin_of(request), LIFETIME)


def _create(here: Services, key: ApiKey, body: JobBody, call: NamedCall | None) -> ShortsProject:
    request = shorts_request(body, here, key)
    return here.engine.projects.create(request, key.id, _duration(here, request), call)


def _duration(here: Services, request: ShortsRequest) -> Fraction | None:
    """Seconds of the source, as far as that is soon known; an upload is looked at where its length has a price."""
    known = here.info.duration(request.source)
    if known is None and request.access.uploaded and request.policy.credit_price.cents:
        with suppress(FastClipError):  # the job itself says what is wrong with it
            return here.engine.info(request.source, request.access).duration
    return known


def _find(here: Services, key: ApiKey, project_id: str) -> ShortsProject:
    """The project of an id that the key has made and whose clips, if any, have not expired.

    Raises:
        CodedProblem: 404.
    """
    project = here.engine.projects.find(project_id, key.id)
    if project is None or project.id != project_id:
        raise CodedProblem(404, "unknown_project", "There is no such project of this key.")
    montage, now = montage_of(project), here.engine.clock.earliest()
    is_gone = montage is None or (montage.expires is not None and montage.expires <= now)
    if project.job.state is JobState.COMPLETE and is_gone:
        raise CodedProblem(404, "project_expired", "The clips of this project have expired or were deleted.")
    return project
