"""``/api/v1/ai-clipping/uploads``: sources and subtitle files that scripts send before they ask for clips of them."""

from __future__ import annotations

import mimetypes
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fastclip_desktop.api.auth import CallName, EitherKey, named_call
from fastclip_desktop.api.connection import UNHURRIED
from fastclip_desktop.api.guard import OBJECTS
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.receiving import Part, receive
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED
from fastclip_desktop.api.subclip.answers import ObjectAccepted
from fastclip_desktop.api.subclip.bodies import UploadBody
from fastclip_desktop.api.subclip.problems import documented
from fastclip_desktop.api.v1.origin import origin_of
from fastclip_desktop.engine.upload_objects import Purpose, object_key

LIFETIME = 900
"""Seconds that a link to PUT a file to is good for."""

_UNKNOWN = "application/octet-stream"

router = APIRouter(tags=["AI clipping"])


@router.post(
    "/api/v1/ai-clipping/uploads",
    summary="Announce a source or a transcript",
    openapi_extra=body_schema(UploadBody),
    responses=documented(*KEYED, 409),
    response_model_exclude_none=True,
)
async def request_upload(
    request: Request,
    here: Here,
    key: EitherKey,
    call: CallName,
    sent: Annotated[Sent[UploadBody], Depends(body_of(UploadBody))],
) -> ObjectAccepted:
    """Get a link to PUT a file to, which works for 15 minutes and once.

    The PUT has to bring exactly as many bytes as were announced, and the Content-Type if one was. The object key can
    then be given to a job for a day.
    """
    body = sent.content
    purpose = Purpose(body.upload_type or Purpose.SOURCE)
    announce = partial(
        here.engine.uploads.announce,
        body.file_name,
        body.content_type or "",
        body.file_size,
        key.id,
        here.settings.policy,
        named_call(call, key, "POST /api/v1/ai-clipping/uploads", sent.canonical),
        purpose,
    )
    upload = await run_in_threadpool(announce)
    promised = _promised(object_key(upload), upload.content_type, upload.size)
    accepted = ObjectAccepted(
        upload_url=here.links.sign(origin_of(request), OBJECTS + upload.id, promised, LIFETIME), expires_in=LIFETIME
    )
    if purpose is Purpose.TRANSCRIPT:
        accepted.transcript_srt_object_key = object_key(upload)
    else:
        accepted.source_object_key = object_key(upload)
        accepted.source_object_name = upload.name
        accepted.source_object_mime_type = upload.content_type or mimetypes.guess_type(upload.name)[0] or _UNKNOWN
    return accepted


@router.put(
    "/api/v1/ai-clipping/uploads/{upload_id}",
    summary="Send a source or a transcript",
    response_class=Response,
    openapi_extra={"requestBody": {"required": True, "content": {_UNKNOWN: {}}}},
    responses={**documented(404, 409), 200: {"description": "All of it is there."}},
)
async def put_object(upload_id: str, request: Request, here: Here) -> Response:
    """Send a file, all of it at once, by a link of ``uploadUrl``."""
    uploads, query = here.engine.uploads, request.query_params
    upload = await run_in_threadpool(uploads.find, upload_id)
    if upload is None or not upload.purpose:
        raise HTTPException(404)
    promised = _promised(object_key(upload), upload.content_type, upload.size)
    if not here.links.opens(request.scope["path"], query.get("expires", ""), query.get("signature", ""), promised):
        raise HTTPException(403, "This link is not valid, or not any more; ask for a new one.")
    if upload.content_type and not _is_same(request.headers.getlist("content-type"), upload.content_type):
        raise HTTPException(403, f"The link is for the Content-Type {upload.content_type[:80]}.")
    part = _whole(request, upload.size)
    if upload.is_ready:
        raise HTTPException(403, "This link has been used: the file is there.")
    reception = await run_in_threadpool(partial(uploads.begin, upload, anew=True))
    if reception is not None:
        setattr(request.state, UNHURRIED, True)
        try:
            await receive(request, reception, part)
        finally:
            await run_in_threadpool(uploads.end, reception)
    return Response()


def _promised(name: str, content_type: str, size: int) -> tuple[str, ...]:
    """What a link is signed over besides its path and its expiry."""
    return "PUT", name, content_type, str(size)


def _is_same(given: list[str], announced: str) -> bool:
    return len(given) == 1 and given[0].strip().lower() == announced.strip().lower()


def _whole(request: Request, size: int) -> Part:
    if "content-range" in request.headers:
        raise HTTPException(400, "A file is sent at one go: no Content-Range is understood here.")
    lengths = request.headers.getlist("content-length")
    if lengths and int(lengths[0]) != size:
        raise HTTPException(400, f"The body was announced as {size} bytes, and has {lengths[0]}.")
    return Part(0, size, is_whole=True)
