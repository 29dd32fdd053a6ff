"""``/v1/clips``: the library."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fastclip_desktop.api.auth import FullKey
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import KEYED, documented
from fastclip_desktop.api.v1.answers import (
    ClipAnswer,
    ClipList,
    DeleteAnswer,
    PinAnswer,
    RenameAnswer,
    UnpinAnswer,
    clip_answer,
    expiry,
)
from fastclip_desktop.api.v1.origin import origin_of
from fastclip_desktop.api.v1.requests import NameBody

_LAST_PAGE = 1_000_000
_MOST_A_PAGE = 100

router = APIRouter(tags=["Library"])

_ONE = documented(*KEYED, 404)


@router.get("/v1/clips", summary="The library", responses=documented(*KEYED))
async def list_clips(
    request: Request,
    here: Here,
    _: FullKey,
    page: Annotated[int, Query(ge=1, le=_LAST_PAGE)] = 1,
    per_page: Annotated[int, Query(ge=1, le=_MOST_A_PAGE)] = 20,
) -> ClipList:
    """A page of all clips, the newest first."""
    found = await run_in_threadpool(here.engine.library.find, "", per_page, (page - 1) * per_page)
    now, origin = here.engine.clock.now(), origin_of(request)
    return ClipList(
        clips=[clip_answer(clip, here.links, origin, now) for clip in found.clips],
        page=page,
        per_page=per_page,
        total_items=found.total,
        total_pages=-(-found.total // per_page),
    )


@router.get("/v1/clips/{clip_id}", summary="A clip", responses=_ONE)
async def get_clip(clip_id: str, request: Request, here: Here, _: FullKey) -> ClipAnswer:
    """One clip as the list has it."""
    clip = here.engine.library.get(clip_id)
    return clip_answer(clip, here.links, origin_of(request), here.engine.clock.now())


@router.get(
    "/v1/clips/{clip_id}/thumbnail",
    summary="A clip's picture",
    response_class=Response,
    responses={**_ONE, 200: {"content": {"image/jpeg": {}}, "description": "A JPEG."}},
)
async def get_thumbnail(clip_id: str, here: Here, _: FullKey) -> Response:
    """One picture that stands for a clip."""
    clip = here.engine.library.get(clip_id)
    if not clip.format.has_picture:
        raise HTTPException(404)
    thumbnail = await run_in_threadpool(here.engine.previews.poster, clip.path)
    return Response(thumbnail.jpeg, media_type="image/jpeg", headers={"cache-control": "private, max-age=3600"})


@router.patch("/v1/clips/{clip_id}", summary="Another name", openapi_extra=body_schema(NameBody), responses=_ONE)
async def rename_clip(
    clip_id: str, here: Here, _: FullKey, sent: Annotated[Sent[NameBody], Depends(body_of(NameBody))]
) -> RenameAnswer:
    """Give a clip another name."""
    clip = await run_in_threadpool(here.engine.library.rename, clip_id, sent.content.name, here.settings.policy)
    return RenameAnswer(id=clip.id, name=clip.name)


@router.post("/v1/clips/{clip_id}/pin", summary="Keep", responses=documented(*KEYED, 404, 409))
async def pin_clip(clip_id: str, here: Here, _: FullKey) -> PinAnswer:
    """Keep a clip until somebody deletes it."""
    clip = await run_in_threadpool(here.engine.library.pin, clip_id, here.settings.policy)
    return PinAnswer(id=clip.id, pinned=clip.pinned)


@router.post("/v1/clips/{clip_id}/unpin", summary="Let expire", responses=_ONE)
async def unpin_clip(clip_id: str, here: Here, _: FullKey) -> UnpinAnswer:
    """Let a clip expire, a lifetime from now."""
    clip = await run_in_threadpool(here.engine.library.unpin, clip_id, here.settings.policy)
    return UnpinAnswer(id=clip.id, pinned=clip.pinned, expires_at=expiry(clip))


@router.delete("/v1/clips/{clip_id}", summary="Delete", responses=_ONE)
async def delete_clip(clip_id: str, here: Here, _: FullKey) -> DeleteAnswer:
    """Delete a clip and its file for good."""
    freed = await run_in_threadpool(here.engine.library.delete, clip_id)
    return DeleteAnswer(id=clip_id, deleted=True, storage_freed=freed)
