"""``/v1/clip/info``: what a link is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import parse_qs, quote, urlsplit

from fastapi import APIRouter, Depends, Query

from fastclip_desktop.api.auth import counted_address
from fastclip_desktop.api.json_body import Sent, body_of, body_schema
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import OPEN, documented
from fastclip_desktop.api.v1.answers import InfoAnswer, number
from fastclip_desktop.api.v1.requests import InfoBody
from fastclip_desktop.domain.media import MediaFile

_PLAYED_BY_BROWSERS = {".mp4", ".m4v", ".webm", ".mp3", ".m4a", ".ogg", ".wav", ".flac"}

_YOUTUBE = ("youtube.com", "youtube-nocookie.com")
_YOUTUBE_ID = re.compile(r"[0-9A-Za-z_-]{11}", re.ASCII)

router = APIRouter(tags=["Clips"], dependencies=[Depends(counted_address)])


@router.post(
    "/v1/clip/info", summary="What a link is", openapi_extra=body_schema(InfoBody), responses=documented(*OPEN, 422)
)
async def post_info(here: Here, sent: Annotated[Sent[InfoBody], Depends(body_of(InfoBody))]) -> InfoAnswer:
    """Title, length and size of what a link leads to; needs no key."""
    return _answer(await here.info.look_up(sent.content.url))


@router.get("/v1/clip/info", summary="What a link is", responses=documented(*OPEN, 422))
async def get_info(here: Here, url: Annotated[str, Query(min_length=1, max_length=8192)]) -> InfoAnswer:
    """The same for a link in the query."""
    return _answer(await here.info.look_up(url))


def _answer(media: MediaFile) -> InfoAnswer:
    return InfoAnswer(
        title=media.title,
        duration=None if media.duration is None else number(media.duration),
        thumbnail=media.thumbnail or None,
        preview_url=media.preview or _preview(media),
        preview_embed_url=_embedded(media.page_url),
        max_height=media.max_height,
    )


def _preview(media: MediaFile) -> str | None:
    """The link itself where it is that of a file that browsers play."""
    parts = urlsplit(media.page_url)
    playable = PurePosixPath(parts.path).suffix.lower() in _PLAYED_BY_BROWSERS
    return media.page_url if playable and parts.scheme in ("http", "https") else None


def _embedded(page: str) -> str | None:
    """YouTube's player for a video of theirs."""
    parts = urlsplit(page)
    host = (parts.hostname or "").lower()
    if host == "youtu.be":
        video = parts.path.strip("/")
    elif any(host == each or host.endswith("." + each) for each in _YOUTUBE):
        video = parse_qs(parts.query).get("v", [""])[0]
    else:
        video = ""
    return f"https://www.youtube-nocookie.com/embed/{quote(video)}" if _YOUTUBE_ID.fullmatch(video) else None
