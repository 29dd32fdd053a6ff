"""What goes wrong, as the contracts have it: a status, and one plain sentence."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from fastclip_desktop.api.dialects import CodedProblem, written
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError, TooOften

_log = logging.getLogger(__name__)

_STATUSES = {
    ErrorCode.UNSUPPORTED_SITE: 422,
    ErrorCode.PRIVATE_ADDRESS: 422,
    ErrorCode.BALANCE_TOO_LOW: 402,
    ErrorCode.BUDGET_SPENT: 402,
    ErrorCode.TOO_OFTEN: 429,
    ErrorCode.STORAGE_FULL: 409,
    ErrorCode.DISK_FULL: 409,
    ErrorCode.KEY_REUSED: 409,
    ErrorCode.JOB_ENDED: 409,
    ErrorCode.UNKNOWN_JOB: 404,
    ErrorCode.UNKNOWN_CLIP: 404,
    ErrorCode.DATA_IN_USE: 500,
    ErrorCode.DATA_NOT_WRITABLE: 500,
    ErrorCode.DATA_DAMAGED: 500,
}
"""Every other refusal is 400, and every fault of ours 500."""

_SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address takes no requests of this kind.",
    413: "The body of the request is too large.",
}

OUR_FAULT = "Something went wrong inside FastClip; its log says what."


def status_of(error: FastClipError) -> int:
    """The status that an error is answered with."""
    return _STATUSES.get(error.code, 500 if isinstance(error, InternalError) else 400)


def sentence_of(error: FastClipError) -> str:
    """What of an error is told to a script, in one line."""
    return " ".join(error.message.split()) or OUR_FAULT


def error_answer(
    status: int, sentence: str, headers: Mapping[str, str] | None = None, *, path: str = "", code: str = ""
) -> Response:
    """The answer to a request that comes to nothing.

    Args:
        status: of HTTP.
        sentence: what is wrong.
        headers: of the answer.
        path: that was asked for, which decides how it is written.
        code: of the error, where it is one of ours.
    """
    # What a client sent may be part of the sentence, and need not be text that can be sent back.
    clean = sentence.encode(errors="replace").decode()
    told, body = written(path, status, clean, code)
    return JSONResponse(body, told, headers)


def answer_to(error: FastClipError, path: str = "") -> Response:
    """The answer to a request for a path that ended with an error of ours."""
    status = status_of(error)
    if status == 500:
        _log.error("A request failed: %s", error, exc_info=error)
    headers = {"Retry-After": str(retry_after(error))} if isinstance(error, TooOften) else None
    return error_answer(status, sentence_of(error), headers, path=path, code=str(error.code))


def retry_after(error: TooOften) -> int:
    """Whole seconds after which the same call is let through, at least one."""
    return max(1, math.ceil(error.retry_after - 1e-5))  # a rounding error is no second


def answer_in_sentences(app: FastAPI) -> None:
    """Have an application answer all errors this way."""

    async def known(request: Request, error: Exception) -> Response:
        path = request.scope["path"]
        return answer_to(error, path) if isinstance(error, FastClipError) else error_answer(500, OUR_FAULT, path=path)

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        detail = error.detail if isinstance(error, HTTPException) else OUR_FAULT
        sentence = str(detail) if isinstance(error, CodedProblem) else _SENTENCES.get(status, str(detail))
        code = error.code if isinstance(error, CodedProblem) else ""
        return error_answer(status, sentence, headers, path=request.scope["path"], code=code)

    async def invalid(request: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        sentence = sentence_of_problem(problems[0]) if problems else "The request makes no sense."
        return error_answer(400, sentence, path=request.scope["path"])

    async def gone(request: Request, __: Exception) -> Response:
        return error_answer(
            400, "The body of the request ended too soon.", path=request.scope["path"]
        )  # nobody hears it

    async def unknown(request: Request, __: Exception) -> Response:
        return error_answer(500, OUR_FAULT, path=request.scope["path"])  # the server logs it with its traceback

    app.add_exception_handler(FastClipError, known)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(Exception, unknown)


def sentence_of_problem(problem: Mapping[str, object]) -> str:
    """One finding of pydantic's as a sentence."""
    place = problem.get("loc", ())
    names = [str(each) for each in place if each not in ("body", "query", "path")] if isinstance(place, tuple) else []
    message = str(problem.get("msg", "")).removeprefix("Value error, ")
    subject = ".".join(names)
    text = f"{subject}: {message}" if subject else message
    return " ".join(text.split()).rstrip(".")[:300] + "."
