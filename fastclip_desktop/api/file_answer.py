"""Sends a file or a range of it, as RFC 9110 has it in its sections 13 and 14, a block at a time.

One range is served. A header that asks for several, or that makes no sense, is passed over as section 14.2 allows: the
answer is then the whole file, once, however often the header named its parts.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import IO
from urllib.parse import quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_BLOCK = 256 * 1024
_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,18})-([0-9]{0,18})[ \t]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it goes out.

    Attributes:
        path: where it lies.
        name: what the receiver is to call it.
        content_type: what it is.
        mark: changes whenever its bytes do.
        inline: it is to be shown rather than kept.
    """

    path: Path
    name: str
    content_type: str
    mark: str
    inline: bool = False


async def file_answer(request: Request, sent: SentFile) -> Response:
    """The answer to a GET or a HEAD of a file.

    Raises:
        HTTPException: 404 if it is gone; 416 for a range beyond its end.
    """
    try:
        file = await run_in_threadpool(sent.path.open, "rb")
    except OSError:
        raise HTTPException(404) from None
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        file.close()
        raise HTTPException(404)
    size = status.st_size
    etag = f'"{sent.mark[:32]}-{size:x}-{status.st_mtime_ns:x}"'
    modified = formatdate(status.st_mtime, usegmt=True)
    headers = {
        "accept-ranges": "bytes",
        "etag": etag,
        "last-modified": modified,
        "cache-control": "private, no-cache",
        "content-type": sent.content_type,
        "content-disposition": f"{'inline' if sent.inline else 'attachment'}; filename*=UTF-8''{quote(sent.name)}",
    }
    span = _span(request, size, (etag, modified))
    if span is not None and span[0] >= span[1]:
        file.close()
        raise HTTPException(416, "The file has no bytes in that range.", {"content-range": f"bytes */{size}"})
    first, end = span or (0, size)
    headers["content-length"] = str(end - first)
    if span is not None:
        headers["content-range"] = f"bytes {first}-{end - 1}/{size}"
    return _FileResponse(file, first, end, 206 if span is not None else 200, headers)


def _span(request: Request, size: int, marks: tuple[str, str]) -> tuple[int, int] | None:
    """The bytes that are asked for, first and end; ``None`` for all, and an empty span if there are none such."""
    wanted = request.headers.getlist("range")
    if request.method != "GET" or len(wanted) != 1 or request.headers.get("if-range", marks[0]) not in marks:
        return None
    match = _RANGE.fullmatch(wanted[0].strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size
    first = int(match[1])
    if match[2] and int(match[2]) < first:
        return None
    return first, max(first, min(size, int(match[2]) + 1 if match[2] else size)) if first < size else first


class _FileResponse(Response):
    """Streams an open file, which it closes."""

    def __init__(self, file: IO[bytes], first: int, end: int, status: int, headers: dict[str, str]) -> None:
        super().__init__(None, status, headers)
        self._file = file
        self._first = first
        self._end = end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive  # a client that has gone is noticed at the next block
        with self._file as file:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            left = 0 if scope["method"] == "HEAD" else self._end - self._first
            file.seek(self._first)
            while left > 0:
                block = await run_in_threadpool(file.read, min(_BLOCK, left))
                if not block:
                    raise OSError(f"{file.name} became shorter while it was sent")
                left -= len(block)
                await send({"type": "http.response.body", "body": block, "more_body": left > 0})
            if self._end == self._first or scope["method"] == "HEAD":
                await send({"type": "http.response.body", "body": b""})
