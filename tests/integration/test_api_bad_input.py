"""Bodies and queries that make no sense: 400 and one sentence, never the framework's list, never a fault of ours."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from tests.api_site import AUTO, CLIP, URL, ApiSite, api_site

PATIENT = dataclasses.replace(LOCAL, requests_a_minute=100_000)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        yield site


def refused(answer: httpx.Response, status: int = 400) -> str:
    assert answer.status_code == status, answer.text
    problem = answer.json()
    assert list(problem) == ["detail"]
    assert isinstance(problem["detail"], str)
    assert problem["detail"]
    assert "\n" not in problem["detail"]
    return problem["detail"]


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


RAW = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"NaN",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    json.dumps(CLIP).encode("utf-16"),
    b'{"url": "https://youtu.be/1", "start": NaN, "end": 3}',
    b'{"url": "https://youtu.be/1", "start": 0, "end": Infinity}',
    b'{"url": "https://youtu.be/1", "start": -Infinity, "end": 3}',
    b'{"url": "https://youtu.be/1", "start": 0, "end": 1e400}',
    b'{"url": "https://youtu.be/1", "start": 0, "end": 1e99}',
    b'{"url": "https://youtu.be/1", "start": 0, "end": ' + b"9" * 400 + b"}",
    b'{"url": "https://youtu.be/1", "start": 0, "end": ' + b"9" * 5000 + b"}",
    b'{"url": "https://youtu.be/\\ud800", "start": 0, "end": 3}',
    b'{"url": "https://youtu.be/\\u0000", "start": 0, "end": 3}',
    b'{"\\udfff": 1, "url": "https://youtu.be/1", "start": 0, "end": 3}',
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"url": "https://youtu.be/1", "start": 0, "end": 3}{}',
]


JSON_ROUTES = (
    *("/v1/clip", "/v1/clip/auto", "/v1/clip/analyze", "/v1/clip/info", "/v1/reload", "/v1/transcript"),
    *("/v1/upload/request", "/v1/webhooks", "/v1/storage/purchase"),
)

WITH_A_LINK_ALONE = ("/v1/clip/info", "/v1/transcript", "/v1/webhooks")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("path", JSON_ROUTES)
def test_what_is_no_json_object_of_this_kind_is_refused(site: ApiSite, path: str) -> None:
    for raw in RAW:
        if path not in WITH_A_LINK_ALONE or b"https://youtu.be/1" not in raw:
            refused(site.http.post(path, content=raw, headers={"Content-Type": "application/json"}))
    assert site.states() == []


FIELDS = [
    ("url", [None, 1, True, [], {}, "", [URL], "x" * 9000]),
    ("start", [None, "120", True, [], {}, -1, -0.001, 180, 181, 1e10]),
    ("end", [None, "3:00", False, [], {}, 0, 120, 119.999, 10**30]),
    ("format", [None, 1, [], "", "avi", "mp4\n\nx" * 10, "mpeg"]),
    ("quality", [None, 1, [], "", "4k", "8000p"]),
]


@pytest.mark.parametrize(("name", "values"), FIELDS, ids=[name for name, _ in FIELDS])
def test_a_field_of_another_kind_is_refused(site: ApiSite, name: str, values: list[object]) -> None:
    for value in values:
        detail = refused(site.http.post("/v1/clip", json={**CLIP, name: value}))
        assert len(detail) < 400
    assert site.states() == []


def test_a_missing_field_is_named(site: ApiSite) -> None:
    for name in ("url", "start", "end"):
        assert name in refused(site.http.post("/v1/clip", json=without(CLIP, name)))


@pytest.mark.parametrize("path", ["/v1/clip", "/v1/clip/auto", "/v1/clip/analyze", "/v1/transcript"])
def test_a_source_is_a_link_or_a_file_and_not_both(site: ApiSite, path: str) -> None:
    body = {**CLIP, **AUTO}
    expected = {"filename": "talk.mp4", "file_size": 4}
    accepted = site.http.post("/v1/upload/request", json=expected).json()
    assert httpx.put(accepted["upload_url"], content=b"talk").status_code == 200
    refused(site.http.post(path, json={**body, "file_id": accepted["file_id"]}))
    refused(site.http.post(path, json={**body, "file_id": "a"}))
    refused(site.http.post(path, json=without(body, "url")))
    refused(site.http.post(path, json={**without(body, "url"), "file_id": "a"}), 404)
    assert site.states() == []


def test_unknown_fields_are_passed_over(site: ApiSite) -> None:
    assert site.http.post("/v1/clip", json={**CLIP, "surprise": {"a": [1]}}).status_code == 200


def test_aliases_of_qualities_are_understood(site: ApiSite) -> None:
    for quality in ("high", "medium", "1080p", "720p", "2160p", "480p", "source"):
        assert site.http.post("/v1/clip", json={**CLIP, "quality": quality}).status_code == 200


def test_a_query_has_at_most_500_characters(site: ApiSite) -> None:
    for length, status in ((500, 200), (501, 400), (0, 400)):
        for path in ("/v1/clip/auto", "/v1/clip/analyze"):
            body = {**AUTO, "query": "ä" * length}
            assert site.http.post(path, json=body).status_code == status


PAGES = ["page=0", "page=-1", "page=x", "page=1.5", "page=", f"page={10**30}", "per_page=0", "per_page=101", "page=NaN",
     f"per_page={'9' * 5000}", "page=%00"]  # fmt: skip


def test_a_page_that_cannot_be_is_refused(site: ApiSite) -> None:
    for query in PAGES:
        refused(site.http.get(f"/v1/clips?{query}"))


def test_a_name_that_cannot_be_is_refused(site: ApiSite) -> None:
    site.made()
    clip = site.http.get("/v1/clips").json()["clips"][0]["id"]
    for name in ("", " ", "x" * 201, 5, None, ["a"]):
        refused(site.http.patch(f"/v1/clips/{clip}", json={"name": name}))


IDS = ("a" * 16, "A" * 16, "..", "%2e%2e", "a" * 5000, "%00", "%ff", "'; DROP TABLE clips; --", "🎬", "%ED%A0%80")


def test_an_id_that_nobody_gave_is_not_there(site: ApiSite) -> None:
    for name in IDS:
        for path in (f"/v1/clip/{name}", f"/v1/clips/{name}", f"/v1/clips/{name}/thumbnail", f"/v1/share/{name}"):
            refused(site.http.get(path), 404)
        refused(site.http.delete(f"/v1/clips/{name}"), 404)
        for verb in ("pin", "unpin"):
            refused(site.http.post(f"/v1/clips/{name}/{verb}"), 404)


def test_an_amount_is_a_whole_number_of_cents(site: ApiSite) -> None:
    for amount in ("2500", 2500.5, True, None, [], 10**400, -(10**30)):
        refused(site.http.post("/v1/reload", json={"amount": amount}))


def test_a_name_of_a_call_has_its_form(site: ApiSite) -> None:
    for name in ("", "x" * 256, "a\tb"):
        refused(site.http.post("/v1/clip", json=CLIP, headers={"Idempotency-Key": name}))


def test_a_body_may_have_a_megabyte(site: ApiSite) -> None:
    big = {**CLIP, "padding": "x" * (1024 * 1024 - 200)}
    assert site.http.post("/v1/clip", json=big).status_code == 200
    refused(site.http.post("/v1/clip", json={**big, "more": "x" * 200}), 413)

    def in_parts() -> Iterator[bytes]:
        yield b'{"padding": "'
        for _ in range(20):
            yield b"x" * 65536
        yield b'"}'

    headers = {"Content-Type": "application/json"}
    refused(site.http.post("/v1/clip", content=in_parts(), headers=headers), 413)
