"""Who gets in: hosts, origins, content types, keys, and what is said to those who do not."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.routing import iter_route_contexts

from fastclip_desktop.api.app import create_routes
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from tests.api_site import CLIP, ApiSite, api_site

OPEN = {
    "/v1/clip/info",
    "/v1/share/{clip_id}",
    "/c/{clip_id}",
    "/download/{clip_id}/{file_name}",
    "/stream/{clip_id}/{file_name}",
    "/upload/{file_id}",  # by a signed link
    "/api/v1/ai-clipping/uploads/{upload_id}",  # likewise
}
"""What asks for no key, beside the references."""

PATIENT = dataclasses.replace(LOCAL, requests_a_minute=100_000)

REFERENCES = ("/llm", "/docs", "/openapi.json")
SHARED = ("/v1/share/", "/c/", "/download/", "/stream/")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        yield site


def routes() -> list[tuple[str, str, str]]:
    """Method, template and a path of every route that the application has, whether its schema tells of it or not."""
    found = [
        (method, route.path) for route in iter_route_contexts(create_routes().routes) for method in route.methods or ()
    ]
    assert len(found) >= 36
    return [(method, path, re.sub(r"\{\w+\}", "a" * 16, path)) for method, path in sorted(found)]


def problem(answer: httpx.Response) -> int:
    """The status of an answer that says nothing but what is wrong."""
    assert answer.request.method == "HEAD" or is_said(answer)
    return answer.status_code


def is_said(answer: httpx.Response) -> bool:
    """Whether an answer says what is wrong as the contract of its path has it, and nothing else."""
    body = answer.json()
    if answer.request.url.path.startswith("/api/"):
        return list(body) == ["error"] and list(body["error"]) == ["code", "message"]
    return list(body) == ["detail"]


def hostile_hosts(port: int) -> list[str]:
    other = port + 1 if port < 65535 else port - 1
    return [
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{other}",
        f"localhost:{other}",
        f"localhost.evil.example:{port}",
        f"evil.localhost:{port}",
        f"localhost.:{port}",
        f"127.0.0.1.nip.io:{port}",
        f"127.1:{port}",
        f"2130706433:{port}",
        f"0.0.0.0:{port}",
        f"[::]:{port}",
        f"[::ffff:127.0.0.1]:{port}",
        f"user@127.0.0.1:{port}",
        f"127.0.0.1:{port}@evil.example",
        f"127.0.0.1:{port}/",
        f"127.0.0.1:0{port}",
        "",
    ]


def test_no_route_answers_to_another_name(site: ApiSite) -> None:
    for (method, _, path), host in itertools.product(routes(), hostile_hosts(site.server.port)):
        answer = site.http.request(method, path, headers={"Host": host})
        assert problem(answer) == 421, (method, path, host)


def test_a_request_needs_one_host(site: ApiSite) -> None:
    for hosts in ("", f"Host: 127.0.0.1:{site.server.port}\r\nHost: 127.0.0.1:{site.server.port}\r\n"):
        with socket.create_connection(("127.0.0.1", site.server.port)) as plug:
            plug.sendall(f"GET /llm HTTP/1.0\r\n{hosts}\r\n".encode())
            assert plug.recv(100).split()[1] in (b"421", b"400"), hosts


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_our_own_names_are_answered(site: ApiSite, name: str) -> None:
    host = f"{name}:{site.server.port}"
    assert site.http.get("/v1/balance", headers={"Host": host}).status_code == 200
    origin = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert site.http.get("/v1/balance", headers=origin).status_code == 200


def test_no_route_refuses_our_own_names(site: ApiSite) -> None:
    for (method, _, path), name in itertools.product(routes(), ("127.0.0.1", "localhost", "[::1]")):
        host = f"{name}:{site.server.port}"
        headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
        with site.http.stream(method, path, headers=headers, json={}) as answer:  # events have no end
            assert answer.status_code != 421, (method, path, host)
            if answer.status_code >= 400:
                assert "other pages" not in answer.read().decode(), (method, path, host)


def foreign(port: int) -> list[dict[str, str]]:
    """Headers of requests that other pages make."""
    return [
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "https://evil.example"},
        {"Origin": f"https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": f"http://127.0.0.1:{port - 1}"},
        {"Origin": f"http://localhost:{port - 1}"},
        {"Origin": f"http://evil.localhost:{port}"},
        {"Origin": f"http://127.0.0.1:{port}.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": f"http://127.0.0.1:{port}", "Sec-Fetch-Site": "cross-site"},
    ]


def test_other_pages_get_nothing_but_what_is_shared(site: ApiSite) -> None:
    for (method, _, path), headers in itertools.product(routes(), foreign(site.server.port)):
        answer = site.http.request(method, path, headers=headers)
        if path.startswith(SHARED):
            assert "other pages" not in answer.text
        else:
            assert problem(answer) == 403, (method, path, headers)
        assert not [name for name in answer.headers if name.startswith("access-control")]
        assert "set-cookie" not in answer.headers


def test_a_page_cannot_even_ask_whether_it_may(site: ApiSite) -> None:
    preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert site.http.options("/v1/clip", headers=preflight).status_code == 403
    assert site.http.options("/v1/clip").status_code == 405


KINDS = (
    None,
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json",
    "application/jsonp",
    "text/plain; application/json",
)


def test_only_json_is_taken(site: ApiSite) -> None:
    for kind in KINDS:
        headers = {} if kind is None else {"Content-Type": kind}
        for method, path in (("POST", "/v1/clip"), ("POST", "/v1/reload"), ("PATCH", f"/v1/clips/{'a' * 16}")):
            answer = site.http.request(method, path, content=json.dumps(CLIP), headers=headers)
            assert answer.status_code == 400, (kind, path)
    assert site.states() == []


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_is_taken_however_it_is_written(site: ApiSite, kind: str) -> None:
    answer = site.http.post("/v1/clip", content=json.dumps(CLIP), headers={"Content-Type": kind})
    assert answer.status_code == 200


def test_every_route_but_the_open_ones_asks_for_a_key(site: ApiSite) -> None:
    revoked, secret = site.engine.keys.create("revoked")
    site.engine.keys.revoke(revoked.id)
    _, expired = site.engine.keys.create("expired", expires=1.0)
    shown: list[dict[str, str] | list[tuple[str, str]]] = [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {secret}"},
        {"Authorization": f"Bearer {expired}"},
        {"Authorization": f"Basic {site.key}"},
        {"Authorization": site.key},
        {"Authorization": f"Bearer {site.key}x"},
        {"Authorization": f"Bearer {site.key[:-1]}"},
        {"Authorization": f"Bearer {site.key.swapcase()}"},
        {"Authorization": f"Bearer {site.key} {site.key}"},
        {"Authorization": "Bearer sk_live_" + "é" * 43},
        {"Cookie": f"key={site.key}"},
        {"x-api-key": site.key},
        [("Authorization", f"Bearer {site.key}"), ("Authorization", f"Bearer {site.key}")],
    ]
    walked = 0
    with site.stranger as stranger:
        for (method, template, path), headers in itertools.product(routes(), shown):
            if template in OPEN or template in REFERENCES or (path.startswith("/api/") and "x-api-key" in headers):
                continue
            raw = [(name.encode(), value.encode()) for name, value in dict(headers).items()]
            raw = [(n.encode(), v.encode()) for n, v in headers] if isinstance(headers, list) else raw
            answer = stranger.request(method, path, headers=raw, json={} if method in ("POST", "PATCH") else None)
            assert problem(answer) == 401, (method, path, headers)
            assert "x-ratelimit-remaining" not in answer.headers
            walked += 1
        spelt = ["/v1/balance/", "//v1/balance", "/v1//balance", "/V1/balance", "/v1/%62alance", "/v1/share/../balance"]
        for path in spelt:
            assert stranger.get(path).status_code in (401, 404, 400), path
    assert walked >= 23 * len(shown)


def test_the_open_routes_are_exactly_those(site: ApiSite) -> None:
    with site.stranger as stranger:
        schema = stranger.get("/openapi.json").json()
        found = {
            path
            for path, operations in schema["paths"].items()
            for each in operations.values()
            if "security" not in each
        }
        assert found == OPEN
        for path in REFERENCES:
            assert stranger.get(path).status_code == 200


def test_what_is_not_there_is_said_in_a_sentence(site: ApiSite) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("GET", "/", 404), ("PUT", "/v1/clip", 405)):
        answer = site.http.request(method, path)
        assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_no_proxys_word_counts(site: ApiSite) -> None:
    headers = {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    link = site.ended(site.http.post("/v1/clip", json=CLIP).json()["job_id"])["download_url"]
    assert httpx.get(link, headers=headers).status_code == 200
    assert link.startswith("http://127.0.0.1:")
