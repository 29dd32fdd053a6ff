"""``/download`` and ``/stream``: clips' files for whoever has a signed link."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from fastclip_desktop.api.file_answer import SentFile, file_answer
from fastclip_desktop.api.services import Here
from fastclip_desktop.api.statuses import documented
from fastclip_desktop.domain.timeline import OutputFormat

router = APIRouter(tags=["Files"])

_TYPES = {
    OutputFormat.MP4: "video/mp4",
    OutputFormat.WEBM: "video/webm",
    OutputFormat.MP3: "audio/mpeg",
    OutputFormat.M4A: "audio/mp4",
    OutputFormat.WAV: "audio/wav",
    OutputFormat.FLAC: "audio/flac",
    OutputFormat.GIF: "image/gif",
}

_FILE = {
    **documented(404, 416),
    200: {"content": {"application/octet-stream": {}}, "description": "The file."},
    206: {"content": {"application/octet-stream": {}}, "description": "The asked range of the file."},
}


@router.head("/download/{clip_id}/{file_name}", include_in_schema=False)
@router.get("/download/{clip_id}/{file_name}", summary="A clip's file", response_class=Response, responses=_FILE)
async def download(clip_id: str, file_name: str, request: Request, here: Here) -> Response:
    """The file of a clip to keep, by a link of ``download_url``."""
    return await _send(clip_id, file_name, request, here, inline=False)


@router.head("/stream/{clip_id}/{file_name}", include_in_schema=False)
@router.get("/stream/{clip_id}/{file_name}", summary="A clip's file to play", response_class=Response, responses=_FILE)
async def stream(clip_id: str, file_name: str, request: Request, here: Here) -> Response:
    """The same to play, by a link of ``stream_url``."""
    return await _send(clip_id, file_name, request, here, inline=True)


async def _send(clip_id: str, file_name: str, request: Request, here: Here, *, inline: bool) -> Response:
    query = request.query_params
    if not here.links.opens(request.scope["path"], query.get("expires", ""), query.get("signature", "")):
        raise HTTPException(403, "This link is not valid, or not any more; ask for a new one.")
    clip = here.engine.library.get(clip_id)
    sent = SentFile(clip.path, file_name, _TYPES[clip.format], clip.sha256, inline)
    return await file_answer(request, sent)
