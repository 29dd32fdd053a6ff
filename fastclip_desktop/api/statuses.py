"""What the reference says of the statuses that a route may answer with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

_MEANINGS = {
    400: "The request makes no sense, or its source cannot be used.",
    401: "The API key is missing or not valid.",
    402: "The balance, or the key's budget, is too low.",
    403: "The request comes from another page, the key does not open this, or the link is not valid any more.",
    404: "There is none of this id, or it has expired.",
    405: "The address takes no requests of this kind.",
    409: "The storage quota is full, or the Idempotency-Key was used for another request.",
    413: "The body is too large.",
    416: "The file has no bytes in that range.",
    421: "The request calls the server by a name that is not its own.",
    422: "The URL is not supported.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
    500: "A fault of FastClip's own.",
}

_ALWAYS = (400, 403, 405, 413, 421, 500)

OPEN = (429,)
"""Besides those of every route, of a route without a key."""

KEYED = (401, 429)
"""Likewise of a route with a key."""


class Problem(BaseModel):
    """Every answer that comes to nothing: one plain sentence."""

    detail: str


def documented(*statuses: int, model: type[BaseModel] = Problem) -> dict[int | str, dict[str, Any]]:
    """The statuses of a route besides its success, and what is answered then."""
    return {status: {"model": model, "description": _MEANINGS[status]} for status in sorted({*_ALWAYS, *statuses})}
