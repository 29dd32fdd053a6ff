"""Every field of every route given something else, and every limit of the policies one step to either side."""

from __future__ import annotations

import dataclasses
import itertools
import socket
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import HOSTED, LOCAL, Policy
from tests.api_site import AUTO, CLIP, URL, api_site
from tests.integration.test_api_bad_input import RAW, refused
from tests.unit.engine.small_jobs import SetClock

PATIENT = dataclasses.replace(LOCAL, requests_a_minute=100_000)
PATIENTLY_HOSTED = dataclasses.replace(HOSTED, requests_a_minute=100_000, jobs_an_hour=None)

NO_TEXTS = (1, 1.5, True, [], {}, ["a"], {"a": 1})
NO_NUMBERS = ("1", None, True, [], {}, [1])

BODIES: dict[str, tuple[dict[str, Any], dict[str, tuple[Any, ...]]]] = {
    "/v1/clip/info": ({"url": URL}, {"url": (*NO_TEXTS, None, "")}),
    "/v1/clip": (
        CLIP,
        {
            "url": NO_TEXTS,
            "file_id": NO_TEXTS,
            "start": (*NO_NUMBERS, -1),
            "end": (*NO_NUMBERS, -1),
            "format": (*NO_TEXTS, None),
            "quality": (*NO_TEXTS, None),
        },
    ),
    "/v1/clip/auto": (AUTO, {"url": NO_TEXTS, "query": (*NO_TEXTS, None, "", " \n"), "format": NO_TEXTS}),
    "/v1/clip/analyze": ({"url": URL, "query": "q"}, {"url": NO_TEXTS, "query": (*NO_TEXTS, None, "")}),
    "/v1/transcript": ({"url": URL}, {"url": (*NO_TEXTS, None), "file_id": NO_TEXTS}),
    "/v1/reload": ({"amount": 500}, {"amount": (*NO_NUMBERS, 499, 50_001, 500.5), "reload_password": NO_TEXTS}),
    "/v1/storage/purchase": ({"gb": 1}, {"gb": (*NO_NUMBERS, 0, -1, 10_001, 1.5)}),
    "/v1/upload/request": (
        {"filename": "a.mp4", "file_size": 1},
        {"filename": (*NO_TEXTS, ""), "content_type": NO_TEXTS, "file_size": (*NO_NUMBERS, 0, -1, 2**63)},
    ),
    "/v1/webhooks": (
        {"url": "https://example.org/"},
        {"url": (*NO_TEXTS, None, ""), "events": ("job.complete", [], [1], {"a": 1}, ["job.begun"])},
    ),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("path", BODIES)
def test_no_field_takes_what_it_is_not_for(tmp_path: Path, path: str) -> None:
    body, fields = BODIES[path]
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        for name, values in fields.items():
            for value in values:
                refused(site.http.post(path, json={**body, name: value}))
        assert (site.states(), site.engine.funding.waiting()) == ([], ())
        assert site.http.get("/v1/webhooks").json() == {"webhooks": []}


def test_a_name_is_read_as_strictly_as_the_rest(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        site.made()
        (clip,) = site.http.get("/v1/clips").json()["clips"]
        headers = {"Content-Type": "application/json"}
        for raw in (*RAW, b'{"name": "a\\u0000b"}', b'{"name": "\\ud800"}', b'{"name": NaN}'):
            refused(site.http.patch(f"/v1/clips/{clip['id']}", content=raw, headers=headers))
        assert site.http.get(f"/v1/clips/{clip['id']}").json()["name"] == clip["name"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("policy", "form", "seconds", "status"),
    [
        (PATIENTLY_HOSTED, "mp4", 600, 200),
        (PATIENTLY_HOSTED, "mp4", 600.001, 400),
        (PATIENTLY_HOSTED, "mp3", 600.001, 400),
        (PATIENTLY_HOSTED, "gif", 30, 200),
        (PATIENTLY_HOSTED, "gif", 30.001, 400),
        (PATIENT, "mp4", 360_000, 200),
        (PATIENT, "gif", 60, 200),
        (PATIENT, "gif", 60.001, 400),
    ],
)
def test_a_clip_is_as_long_as_the_policy_allows_and_no_longer(
    tmp_path: Path, policy: Policy, form: str, seconds: float, status: int
) -> None:
    with api_site(tmp_path, ServerSettings(policy), balance=100) as site:
        body = {**CLIP, "format": form, "start": 1, "end": 1 + seconds}
        assert site.http.post("/v1/clip", json=body).status_code == status


def test_a_source_is_as_long_as_the_policy_allows_and_no_longer(tmp_path: Path) -> None:
    talk = MediaFile(URL, "A long talk", None, page_url=URL, duration=Fraction(3 * 3600 + 1))
    with api_site(tmp_path, ServerSettings(PATIENTLY_HOSTED), balance=100, ResolveSource=talk) as site:
        assert site.made()["status"] == "failed"
        refused(site.http.post("/v1/clip/analyze", json={"url": URL, "query": "q"}))
        refused(site.http.post("/v1/transcript", json={"url": URL}))
        assert site.http.get("/v1/balance").json() == {"balance": 1.0}


@pytest.mark.parametrize("what", ["expired", "nobodys", "half"])
def test_a_file_that_is_not_there_is_no_source(tmp_path: Path, what: str) -> None:
    clock = SetClock()
    with api_site(tmp_path, ServerSettings(PATIENT), clock=clock) as site:
        made = site.http.post("/v1/upload/request", json={"filename": "a.mp4", "file_size": 4}).json()
        content, headers = (b"ab", {"Content-Range": "bytes 0-1/4"}) if what == "half" else (b"abcd", {})
        assert httpx.put(made["upload_url"], content=content, headers=headers).status_code in (200, 308)
        clock.let_pass(24 * 3600 + 1 if what == "expired" else 0)
        file_id = "a" * 16 if what == "nobodys" else made["file_id"]
        for path in ("/v1/clip", "/v1/clip/auto", "/v1/clip/analyze", "/v1/transcript"):
            body = {**CLIP, **AUTO}
            asked = {name: value for name, value in body.items() if name != "url"} | {"file_id": file_id}
            refused(site.http.post(path, json=asked), 400 if what == "half" else 404)
        assert site.states() == []


def test_two_names_for_a_call_are_none(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        headers = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
        refused(site.http.post("/v1/clip", json=CLIP, headers=headers))
        assert site.states() == []


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "head",
    [
        b"POST /v1/clip HTTP/1.1\r\n%bContent-Length: -1\r\n\r\n",
        b"POST /v1/clip HTTP/1.1\r\n%bContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        b"POST /v1/clip HTTP/1.1\r\n%bContent-Length: 99999999999999999999999\r\n\r\n",
        b"POST /v1/clip HTTP/1.1\r\n%bTransfer-Encoding: gzip\r\n\r\n",
        b"POST /v1/clip HTTP/1.1\r\n%bTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET http://evil.example/v1/balance HTTP/1.1\r\n%b\r\n",
        b"GET *  HTTP/1.1\r\n%b\r\n",
        b"CONNECT evil.example:443 HTTP/1.1\r\n%b\r\n",
        b"GET /v1/balance HTTP/9.9\r\n%b\r\n",
        b"GET /v1/bal\x00ance HTTP/1.1\r\n%b\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n%b",
        b"TRACE /v1/balance HTTP/1.1\r\n%b\r\n",
    ],
)
def test_a_request_that_is_odd_as_such_is_refused_and_stops_nobody(tmp_path: Path, head: bytes) -> None:
    with api_site(tmp_path) as site:
        named = f"Host: 127.0.0.1:{site.server.port}\r\nAuthorization: Bearer {site.key}\r\nConnection: close\r\n"
        with socket.create_connection(("127.0.0.1", site.server.port), timeout=20) as plug:
            plug.sendall(head.replace(b"%b", named.encode() + b"Content-Type: application/json\r\n"))
            plug.shutdown(socket.SHUT_WR)
            answer = plug.makefile("rb").read()
        status = int(answer.split()[1]) if answer else 0
        assert status in (0, 400, 403, 404, 405, 413, 421), answer
        assert site.http.get("/v1/balance").status_code == 200
        assert site.states() == []


def test_no_two_fields_together_are_a_fault_of_ours(tmp_path: Path) -> None:
    odd = (None, "", "\u202e", "x" * 8192, -1, 0, 1e308, 2**63, [], {}, True, "🎬")
    names = ("url", "file_id", "start", "end", "format", "quality", "query")
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        answers = [
            site.http.post(path, json={**CLIP, **AUTO, first: one, second: other})
            for path in ("/v1/clip", "/v1/clip/auto")
            for (first, second), (one, other) in zip(
                itertools.combinations(names, 2), itertools.cycle(itertools.permutations(odd, 2)), strict=False
            )
        ]
        assert {answer.status_code for answer in answers} <= {200, 400, 404, 422}
        assert all(isinstance(answer.json()["detail"], str) for answer in answers if answer.status_code != 200)
