"""``/v1/upload`` and ``/upload``: files that scripts send instead of naming a link.

A file comes with one PUT, or in parts: each says with ``Content-Range`` which bytes it brings, and is answered with 308
and the ``Range`` that is there until it is all, as in Google Cloud Storage's resumable uploads. A part that begins
before the end of what is there adds what is new in it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fastclip_desktop.api.auth import AnyKey, CallName, named_call
from fastclip_desktop.api.connection import UNHURRIED
from fastclip_desktop.api.guard import FILES
from fastclip_desktop.api.json_body import Body, Sent, body_of, body_schema
from fastclip_desktop.api.receiving import LARGEST_FILE, Part, receive, received_range
from fastclip_desktop.api.services import Here, Services
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import instant
from fastclip_desktop.api.v1.origin import origin_of

_RANGE = re.compile(r"bytes (?:\*|([0-9]{1,16})-([0-9]{1,16}))/(\*|[0-9]{1,16})", re.ASCII | re.IGNORECASE)

router = APIRouter(tags=["Uploads"])


class UploadBody(Body):
    """What ``POST /v1/upload/request`` takes."""

    filename: str = Field(min_length=1, max_length=255)
    content_type: str = Field("application/octet-stream", min_length=1, max_length=255)
    file_size: int = Field(ge=1, le=LARGEST_FILE, description="Bytes, exactly.")


class UploadAccepted(BaseModel):
    """A file that is expected, and where to PUT it."""

    file_id: str
    upload_url: str
    expires_at: str


class UploadAnswer(BaseModel):
    """How far a file is: ``pending``, ``uploading`` or ``ready``; while it is not ready, with a fresh link."""

    file_id: str
    status: str
    filename: str
    content_type: str
    file_size: int
    received: int
    expires_at: str
    upload_url: str | None


@router.post(
    "/v1/upload/request",
    summary="Announce a file",
    openapi_extra=body_schema(UploadBody),
    responses=documented(*KEYED, 409),
)
async def request_upload(
    request: Request,
    here: Here,
    key: AnyKey,
    call: CallName,
    sent: Annotated[Sent[UploadBody], Depends(body_of(UploadBody))],
) -> UploadAccepted:
    """Get a link to PUT a file to, which works for an hour and until the file is there.

    Its file_id can then be given instead of a url, for a day.
    """
    body = sent.content
    announce = partial(
        here.engine.uploads.announce,
        body.filename,
        body.content_type,
        body.file_size,
        key.id,
        here.settings.policy,
        named_call(call, key, "POST /v1/upload/request", sent.canonical),
    )
    upload = await run_in_threadpool(announce)
    return UploadAccepted(
        file_id=upload.id, upload_url=_link(here, request, upload.id), expires_at=instant(upload.expires)
    )


@router.get("/v1/upload/{file_id}", summary="How far a file is", responses=documented(*KEYED, 404))
async def get_upload(file_id: str, request: Request, here: Here, _: AnyKey) -> UploadAnswer:
    """How far a file is."""
    return await run_in_threadpool(_status, file_id, request, here)


@router.put(
    "/upload/{file_id}",
    summary="Send a file",
    response_model=UploadAnswer,
    openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    responses={
        **documented(404, 409),
        308: {"model": UploadAnswer, "description": "More is to come; Range says what is there."},
    },
)
async def put_file(file_id: str, request: Request, here: Here) -> Response:
    """Send a file, or with Content-Range a part of it, by a link of ``upload_url``.

    ``Content-Range: bytes */SIZE`` without a body asks how much is there. A PUT without Content-Range begins anew.
    """
    query = request.query_params
    if not here.links.opens(request.scope["path"], query.get("expires", ""), query.get("signature", "")):
        raise HTTPException(403, "This link is not valid, or not any more; ask for a new one.")
    upload = await run_in_threadpool(here.engine.uploads.find, file_id)
    if upload is None or upload.purpose:
        raise HTTPException(404)
    part = _part(request, upload.size)
    if part is None and upload.received < upload.size:
        return await _progress(file_id, request, here)
    if part is not None and upload.is_ready:
        raise HTTPException(403, "This link has been used: the file is there.")
    reception = await run_in_threadpool(
        partial(here.engine.uploads.begin, upload, anew=part is not None and part.is_whole)
    )
    if reception is not None:
        setattr(request.state, UNHURRIED, True)
        try:
            if part is not None:
                await receive(request, reception, part)
        finally:
            await run_in_threadpool(here.engine.uploads.end, reception)
    return await _progress(file_id, request, here)


def _part(request: Request, size: int) -> Part | None:
    """Which bytes of a file of a size the body brings; ``None`` for none, to ask how much is there."""
    lengths, ranges = request.headers.getlist("content-length"), request.headers.getlist("content-range")
    if not ranges:
        part = Part(0, size, is_whole=True)
    else:
        match = _RANGE.fullmatch(ranges[0].strip()) if len(ranges) == 1 else None
        if match is None or match[3] not in ("*", str(size)):
            raise HTTPException(400, f"A Content-Range of this file is bytes FIRST-LAST/{size}.")
        if match[1] is None:
            return None
        part = Part(int(match[1]), int(match[2]) + 1)
        if not part.first < part.end <= size:
            raise HTTPException(400, f"The Content-Range {ranges[0][:80]!r} is none of {size} bytes.")
    if lengths and int(lengths[0]) != part.size:
        raise HTTPException(400, f"The body was announced as {part.size} bytes, and has {lengths[0]}.")
    return part


async def _progress(file_id: str, request: Request, here: Services) -> Response:
    answer = await run_in_threadpool(_status, file_id, request, here)
    is_there = answer.status == "ready"
    return Response(
        answer.model_dump_json(),
        200 if is_there else 308,
        {} if is_there else received_range(answer.received),
        media_type="application/json",
    )


def _status(file_id: str, request: Request, here: Services) -> UploadAnswer:
    upload = here.engine.uploads.find(file_id)
    if upload is None or upload.purpose:
        raise HTTPException(404)
    status = "ready" if upload.is_ready else "uploading" if upload.received else "pending"
    return UploadAnswer(
        file_id=upload.id,
        status=status,
        filename=upload.name,
        content_type=upload.content_type,
        file_size=upload.size,
        received=upload.received,
        expires_at=instant(upload.expires),
        upload_url=None if upload.is_ready else _link(here, request, upload.id),
    )


def _link(here: Services, request: Request, file_id: str) -> str:
    return here.links.sign(origin_of(request), FILES + file_id)
