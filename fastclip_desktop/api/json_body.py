"""Reads the body of a request as strict JSON into a model.

FastAPI reads bodies before it asks who sends them, takes NaN, and answers with the value that it refused, which need
not be one that can be sent. Here a body is read by a dependency like any other, after the key was looked at.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import pydantic_core
from fastapi import Request
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException

from fastclip_desktop.api.errors import sentence_of_problem
from fastclip_desktop.api.guard import TooLarge

ModelT = TypeVar("ModelT", bound="Body")


class Body(BaseModel):
    """What a script sends; fields that nobody knows are passed over."""

    model_config = ConfigDict(extra="ignore", strict=True, allow_inf_nan=False)


@dataclass(frozen=True, slots=True)
class Sent(Generic[ModelT]):
    """A body that was understood.

    Attributes:
        content: what it says.
        canonical: the same bytes for the same JSON, however it was written.
    """

    content: ModelT
    canonical: bytes


def body_of(kind: type[ModelT]) -> Callable[[Request], Awaitable[Sent[ModelT]]]:
    """A dependency that reads a body of a kind."""

    async def read(request: Request) -> Sent[ModelT]:
        try:
            raw = await request.body()
        except TooLarge:
            raise HTTPException(413) from None
        data = _parse(raw)
        if not isinstance(data, dict):
            raise HTTPException(400, "The body has to be a JSON object.")
        try:
            content = kind.model_validate(data)
        except ValidationError as error:
            problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
            raise HTTPException(400, sentence_of_problem(problem)) from None
        return Sent(content, json.dumps(data, sort_keys=True).encode())

    return read


def body_schema(kind: type[Body]) -> dict[str, object]:
    """What the reference says of a body of a kind."""
    schema = kind.model_json_schema(ref_template="#/components/schemas/{model}")
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _parse(raw: bytes) -> object:
    try:
        data: object = pydantic_core.from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise HTTPException(400, f"The body is no JSON: {str(error)[:200]}.") from None
    if b"\\u0000" in raw:
        raise HTTPException(400, "The body holds a character that no text has.")
    return data
