"""``/v1/share``: a clip for whoever has its link."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request

from fastclip_desktop.api.auth import counted_address
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import OPEN, documented
from fastclip_desktop.api.v1.answers import ShareAnswer, download_url, expiry, number, stream_url
from fastclip_desktop.api.v1.origin import origin_of

router = APIRouter(tags=["Sharing"], dependencies=[Depends(counted_address)])


@router.get("/v1/share/{clip_id}", summary="A shared clip", responses=documented(*OPEN, 404))
async def get_shared(clip_id: str, request: Request, here: Here) -> ShareAnswer:
    """A clip by its id, which nobody can guess; until it expires, and without a key."""
    clip = here.engine.library.get(clip_id)
    origin = origin_of(request)
    return ShareAnswer(
        id=clip.id,
        name=clip.name,
        format=str(clip.format),
        duration=number(clip.duration),
        stream_url=stream_url(clip, here.links, origin),
        download_url=download_url(clip, here.links, origin),
        expires_at=expiry(clip),
    )
