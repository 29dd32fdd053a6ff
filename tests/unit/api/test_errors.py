from __future__ import annotations

import json

import pytest

from fastclip_desktop.api.errors import answer_to, error_answer
from fastclip_desktop.domain.errors import (
    Cancelled,
    ErrorCode,
    FastClipError,
    InputError,
    InternalError,
    NothingFound,
    Refused,
    TooOften,
    UsageError,
)

STATUSES = {
    UsageError(ErrorCode.BAD_TIME, "No time."): 400,
    InputError(ErrorCode.CLIP_TOO_LONG, "Too long."): 400,
    InputError(ErrorCode.UNSUPPORTED_SITE, "Not that site."): 422,
    InputError(ErrorCode.PRIVATE_ADDRESS, "Not inside."): 422,
    InputError(ErrorCode.UNKNOWN_JOB, "No job."): 404,
    InputError(ErrorCode.UNKNOWN_CLIP, "No clip."): 404,
    InputError(ErrorCode.DISK_FULL, "Full."): 409,
    InputError(ErrorCode.DATA_DAMAGED, "Damaged."): 500,
    NothingFound(ErrorCode.NOTHING_FOUND, "Nothing."): 400,
    Cancelled(): 400,
    Refused(ErrorCode.BALANCE_TOO_LOW, "Too low."): 402,
    Refused(ErrorCode.BUDGET_SPENT, "Spent."): 402,
    Refused(ErrorCode.STORAGE_FULL, "Full."): 409,
    Refused(ErrorCode.KEY_REUSED, "Reused."): 409,
    TooOften(ErrorCode.TOO_OFTEN, "Too often."): 429,
    InternalError(ErrorCode.INTERNAL, "Ours."): 500,
}


@pytest.mark.parametrize("error", STATUSES, ids=lambda error: str(error.code))
def test_every_error_has_its_status_and_one_sentence(error: FastClipError) -> None:
    answer = answer_to(error)
    assert answer.status_code == STATUSES[error]
    assert json.loads(answer.body) == {"detail": error.message}
    assert ("retry-after" in answer.headers) == (answer.status_code == 429)


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.001, "1"), (1.0, "1"), (41.2, "42"), (60.000001, "60"), (60.01, "61")]
)
def test_whole_seconds_are_enough_and_no_more(seconds: float, said: str) -> None:
    error = TooOften(ErrorCode.TOO_OFTEN, "Too often.", retry_after=seconds)
    assert answer_to(error).headers["retry-after"] == said


def test_a_sentence_has_one_line_and_can_be_sent() -> None:
    answer = answer_to(InputError(ErrorCode.BAD_RANGE, "Two\nlines."))
    assert json.loads(answer.body) == {"detail": "Two lines."}
    assert json.loads(error_answer(400, "half a \ud800 pair").body) == {"detail": "half a ? pair"}
