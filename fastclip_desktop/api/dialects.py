"""How the two contracts write an answer that comes to nothing.

``/v1`` says what is wrong in ``detail``. Below ``/api`` it is an ``error`` with a code for programs and a message for
people, which never repeats an address: a signed link is a secret, and that contract returns no source.
"""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException

CODED = "/api/"
"""What the paths of the second contract begin with."""

_CODES = {
    400: "invalid_request",
    401: "invalid_api_key",
    402: "insufficient_credits",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "body_too_large",
    421: "wrong_host",
    429: "too_often",
    500: "internal",
}

_LINK = r"(?:https?|ftp|file)://"
_ADDRESS = re.compile(rf"""'{_LINK}[^']*'|"{_LINK}[^"]*"|\b{_LINK}[^\s'"]*[^\s'".,;:!?]""", re.IGNORECASE)

NO_ADDRESS = "the address"
"""Stands where there was one."""


class CodedProblem(HTTPException):
    """An answer that comes to nothing, with a code of its own where the contract has codes.

    Attributes:
        code: for programs.
    """

    def __init__(self, status: int, code: str, sentence: str) -> None:
        super().__init__(status, sentence)
        self.code = code


def written(path: str, status: int, sentence: str, code: str = "") -> tuple[int, dict[str, object]]:
    """Status and body of an answer that comes to nothing.

    Args:
        path: that was asked for.
        status: as ``/v1`` has it.
        sentence: what is wrong.
        code: of the error that it comes from, if it comes from one of ours.
    """
    if not path.startswith(CODED):
        return status, {"detail": sentence}
    status = 400 if status == 422 else status
    return status, {"error": {"code": code or _CODES.get(status, "error"), "message": without_addresses(sentence)}}


def without_addresses(text: str) -> str:
    """A text without the links in it."""
    return _ADDRESS.sub(NO_ADDRESS, text)
