"""What the reference says of answers that come to nothing; see :mod:`fastclip_desktop.api.dialects`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from fastclip_desktop.api import statuses


class Fault(BaseModel):
    """What is wrong: a code for programs, and one plain sentence."""

    code: str
    message: str


class Failure(BaseModel):
    """Every answer of this contract that comes to nothing."""

    error: Fault


def documented(*numbers: int) -> dict[int | str, dict[str, Any]]:
    """The statuses of a route besides its success."""
    return statuses.documented(*numbers, model=Failure)
