"""Writes the body of a request to the file that it was announced to be, a block at a time."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from fastclip_desktop.engine.uploads import Reception

LARGEST_FILE = 2**53 - 1
"""Bytes; the greatest whole number that every JSON reader knows."""

_BLOCK = 256 * 1024
"""Bytes that are gathered before they are written."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which bytes of a file a body brings: from the first one up to, but without, the end.

    Attributes:
        first: counted from 0.
        end: likewise.
        is_whole: the body is sent as the whole file, so that what came before is nothing to go on from.
    """

    first: int
    end: int
    is_whole: bool = False

    @property
    def size(self) -> int:
        """Bytes."""
        return self.end - self.first


async def receive(request: Request, reception: Reception, part: Part) -> None:
    """Write a body to its file.

    Raises:
        HTTPException: 400 for a body of another size, 409 for one that leaves out what is missing, or when somebody
            else sends the file by now.
    """
    begin = reception.received
    if part.first > begin:
        raise HTTPException(409, f"The file goes on at byte {begin}.", received_range(begin))
    skip, came, block = begin - part.first, 0, bytearray()

    async def write() -> None:
        if block and not await run_in_threadpool(reception.write, bytes(block)):
            raise HTTPException(409, "Another request sends this file by now.")
        block.clear()

    try:
        async for piece in request.stream():
            came += len(piece)
            if came > part.size:
                block.clear()
                await run_in_threadpool(reception.cut_back, begin)
                raise HTTPException(400, f"The body has more than the {part.size} bytes that were announced.")
            block += piece[skip:]
            skip = max(0, skip - len(piece))
            if len(block) >= _BLOCK:
                await write()
    except ClientDisconnect:
        await write()
        raise HTTPException(400, "The body is not complete.") from None  # to nobody
    await write()
    if came < part.size:
        raise HTTPException(400, f"The body was announced as {part.size} bytes, and has {came}.")


def received_range(received: int) -> dict[str, str]:
    """The header that says which bytes of a file are there; none where nothing is."""
    return {"range": f"bytes=0-{received - 1}"} if received else {}
