"""Where we are reached, as the one who asks has it."""

from __future__ import annotations

from fastapi import Request


def origin_of(request: Request) -> str:
    """Scheme, host and port; the guard has seen to it that the host is one of ours."""
    return f"http://{request.headers['host']}"
