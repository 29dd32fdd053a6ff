"""The two ways in which an answer says that it comes to nothing."""

from __future__ import annotations

import json

import pytest

from fastclip_desktop.api.dialects import without_addresses, written
from fastclip_desktop.api.errors import answer_to, error_answer
from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError, Refused, TooOften

JOBS = "/api/v1/ai-clipping/jobs"


@pytest.mark.parametrize("path", ["", "/v1/clip", "/apiary", "//api/v1/quota", "/download/a/b.mp4"])
def test_the_first_contract_says_what_is_wrong_in_detail(path: str) -> None:
    assert written(path, 422, "No.", "unsupported_site") == (422, {"detail": "No."})


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "invalid_request"),
        (401, "invalid_api_key"),
        (402, "insufficient_credits"),
        (403, "forbidden"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (409, "conflict"),
        (413, "body_too_large"),
        (421, "wrong_host"),
        (429, "too_often"),
        (500, "internal"),
        (507, "error"),
    ],
)
def test_the_second_contract_has_a_code_and_a_message(status: int, code: str) -> None:
    assert written(JOBS, status, "No.") == (status, {"error": {"code": code, "message": "No."}})


ERRORS = [
    (InputError(ErrorCode.UNSUPPORTED_SITE, "Not that site."), 400, "unsupported_site"),
    (InputError(ErrorCode.PRIVATE_ADDRESS, "Not inside."), 400, "private_address"),
    (InputError(ErrorCode.CLIP_TOO_LONG, "Too long."), 400, "clip_too_long"),
    (Refused(ErrorCode.BALANCE_TOO_LOW, "Too low."), 402, "balance_too_low"),
    (Refused(ErrorCode.BUDGET_SPENT, "Spent."), 402, "budget_spent"),
    (Refused(ErrorCode.KEY_REUSED, "Reused."), 409, "key_reused"),
    (Refused(ErrorCode.STORAGE_FULL, "Full."), 409, "storage_full"),
    (TooOften(ErrorCode.TOO_OFTEN, "Too often.", retry_after=3.2), 429, "too_often"),
    (InternalError(ErrorCode.INTERNAL, "Ours."), 500, "internal"),
]


@pytest.mark.parametrize(("error", "status", "code"), ERRORS, ids=[code for _, _, code in ERRORS])
def test_errors_of_ours_keep_their_codes(error: InputError, status: int, code: str) -> None:
    answer = answer_to(error, JOBS)
    assert (answer.status_code, json.loads(answer.body)) == (
        status,
        {"error": {"code": code, "message": error.message}},
    )
    assert answer.headers.get("retry-after") == ("4" if status == 429 else None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "'https://bucket.s3.amazonaws.com/a.mp4?X-Amz-Signature=abc' does not answer.",
            "the address does not answer.",
        ),
        ("Nothing at https://youtu.be/abc.", "Nothing at the address."),
        ("HTTP://EXAMPLE.ORG/a and file:///etc/passwd", "the address and the address"),
        ("'https://example.org/a b', \"ftp://c\"", "the address, the address"),
        ("Of the 3 files 2 are there: a/b//c.", "Of the 3 files 2 are there: a/b//c."),
    ],
)
def test_no_address_is_repeated(said: str, told: str) -> None:
    assert without_addresses(said) == told
    assert json.loads(error_answer(400, said, path=JOBS).body)["error"]["message"] == told
    assert json.loads(error_answer(400, said).body)["detail"] == said
