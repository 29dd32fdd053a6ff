"""Sources and transcripts that scripts send before they ask for clips of them, over real HTTP."""

from __future__ import annotations

import dataclasses
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from tests.api_site import ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import SetClock

UPLOADS = "/api/v1/ai-clipping/uploads"
VIDEO = bytes(range(256)) * 4096
"""A megabyte that is no video."""

KIND = {"Content-Type": "video/mp4"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def announced(site: ApiSite, size: int = len(VIDEO), **changes: object) -> dict[str, Any]:
    body = {"uploadType": "source", "fileName": "interview.mp4", "contentType": "video/mp4", "fileSize": size}
    answer = site.http.post(UPLOADS, json={**body, **changes})
    assert answer.status_code == 200, answer.text
    accepted: dict[str, Any] = answer.json()
    return accepted


def on_disk(site: ApiSite, accepted: dict[str, Any]) -> bytes | None:
    """What has come of a file; ``None`` for nothing."""
    upload = site.engine.uploads.find(urlsplit(accepted["uploadUrl"]).path.rpartition("/")[2])
    assert upload is not None
    return upload.path.read_bytes() if upload.path.exists() else None


def refused(answer: httpx.Response, status: int) -> str:
    assert answer.status_code == status, answer.text
    assert list(answer.json()) == ["error"]
    message: str = answer.json()["error"]["message"]
    return message


def test_a_source_is_announced_with_all_that_the_page_names(site: ApiSite) -> None:
    accepted = announced(site)
    key = site.engine.keys.all()[0].id
    assert re.fullmatch(
        rf"user_{key}/ai-clipping-api/sources/[a-z0-9]{{16}}-interview\.mp4", accepted["sourceObjectKey"]
    )
    assert accepted["uploadUrl"].startswith(site.server.address + UPLOADS + "/")
    assert {name: value for name, value in accepted.items() if name not in ("uploadUrl", "sourceObjectKey")} == {
        "method": "PUT",
        "sourceObjectName": "interview.mp4",
        "sourceObjectMimeType": "video/mp4",
        "expiresIn": 900,
    }


def test_a_transcript_is_announced_with_all_that_the_page_names(site: ApiSite) -> None:
    accepted = announced(site, 18, uploadType="transcript_srt", fileName="podcast.srt", contentType="text/plain")
    assert set(accepted) == {"uploadUrl", "method", "transcriptSrtObjectKey", "expiresIn"}
    assert "/ai-clipping-api/transcripts/" in accepted["transcriptSrtObjectKey"]


def test_a_file_comes_at_one_go_without_a_key_and_the_link_works_once(site: ApiSite) -> None:
    accepted = announced(site)
    answer = httpx.put(accepted["uploadUrl"], content=VIDEO, headers=KIND)
    assert (answer.status_code, answer.content) == (200, b"")
    assert on_disk(site, accepted) == VIDEO
    again = httpx.put(accepted["uploadUrl"], content=b"\0" * len(VIDEO), headers=KIND)
    assert refused(again, 403) == "This link has been used: the file is there."
    assert on_disk(site, accepted) == VIDEO


@pytest.mark.parametrize("kind", ["video/webm", "video/mp4; codecs=avc1", "", None, "application/json"])
def test_a_file_of_another_type_than_was_announced_is_refused(site: ApiSite, kind: str | None) -> None:
    accepted = announced(site)
    headers = {} if kind is None else {"Content-Type": kind}
    assert "video/mp4" in refused(httpx.put(accepted["uploadUrl"], content=VIDEO, headers=headers), 403)
    assert on_disk(site, accepted) is None
    assert httpx.put(accepted["uploadUrl"], content=VIDEO, headers={"Content-Type": "Video/MP4"}).status_code == 200


def test_a_file_whose_type_nobody_announced_may_be_of_any(site: ApiSite) -> None:
    accepted = announced(site, contentType=None)
    assert accepted["sourceObjectMimeType"] == "video/mp4"
    assert announced(site, contentType=None, fileName="interview")["sourceObjectMimeType"] == "application/octet-stream"
    assert httpx.put(accepted["uploadUrl"], content=VIDEO, headers={"Content-Type": "a/b"}).status_code == 200


@pytest.mark.sampled(2)
@pytest.mark.parametrize("content", [b"", VIDEO[:-1], VIDEO + b"\0"], ids=["nothing", "a byte less", "a byte more"])
@pytest.mark.parametrize("is_counted", [True, False])
def test_a_file_of_another_size_than_was_announced_is_refused(
    site: ApiSite, content: bytes, *, is_counted: bool
) -> None:
    accepted = announced(site)
    body = content if is_counted else iter([content])
    refused(httpx.put(accepted["uploadUrl"], content=body, headers=KIND), 400)
    source = {"sourceObjectKey": accepted["sourceObjectKey"], "language": "en"}
    assert "bytes are there" in refused(site.http.post("/api/v1/ai-clipping/jobs", json=source), 400)
    assert httpx.put(accepted["uploadUrl"], content=VIDEO, headers=KIND).status_code == 200
    assert on_disk(site, accepted) == VIDEO


def test_parts_are_not_mistaken_for_the_whole(site: ApiSite) -> None:
    accepted = announced(site)
    headers = {**KIND, "Content-Range": f"bytes 0-99/{len(VIDEO)}"}
    assert "one go" in refused(httpx.put(accepted["uploadUrl"], content=VIDEO[:100], headers=headers), 400)


def test_what_came_before_a_connection_broke_is_forgotten_and_the_link_still_good(site: ApiSite) -> None:
    accepted = announced(site)
    parts = urlsplit(accepted["uploadUrl"])
    head = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: video/mp4\r\n"
    with socket.create_connection((parts.hostname, parts.port)) as broken:
        broken.sendall(f"{head}Content-Length: {len(VIDEO)}\r\n\r\n".encode() + VIDEO[:600_000])
        wait_for(lambda: len(on_disk(site, accepted) or b"") > 0)
    assert httpx.put(accepted["uploadUrl"], content=VIDEO, headers=KIND).status_code == 200
    assert on_disk(site, accepted) == VIDEO


@pytest.mark.parametrize("change", ["path", "expires", "signature", "none"])
def test_a_link_that_was_changed_opens_nothing(site: ApiSite, change: str) -> None:
    accepted, other = announced(site), announced(site)
    link = accepted["uploadUrl"]
    name, others = (urlsplit(each["uploadUrl"]).path.rpartition("/")[2] for each in (accepted, other))
    changed = {
        "path": link.replace(name, others),
        "expires": link.replace("expires=", "expires=9"),
        "signature": link[:-1] + ("0" if link[-1] != "0" else "1"),
        "none": link.partition("?")[0],
    }[change]
    refused(httpx.put(changed, content=VIDEO, headers=KIND), 403)
    assert (on_disk(site, accepted), on_disk(site, other)) == (None, None)


def test_the_links_of_the_two_contracts_open_nothing_of_each_other(site: ApiSite) -> None:
    here, there = announced(site), site.http.post("/v1/upload/request", json={"filename": "a", "file_size": 4}).json()
    swapped = here["uploadUrl"].replace(UPLOADS, "/upload")
    assert httpx.put(swapped, content=VIDEO, headers=KIND).status_code == 403
    swapped = there["upload_url"].replace("/upload/", UPLOADS + "/")
    refused(httpx.put(swapped, content=b"1234", headers=KIND), 404)
    name = urlsplit(here["uploadUrl"]).path.rpartition("/")[2]
    assert site.http.get(f"/v1/upload/{name}").status_code == 404
    assert site.http.post("/v1/transcript", json={"file_id": name}).status_code == 404


def test_a_link_expires_after_a_quarter_of_an_hour_and_the_file_after_a_day(tmp_path: Path) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock) as site:
        late, early = announced(site), announced(site)
        clock.let_pass(899)
        assert httpx.put(early["uploadUrl"], content=VIDEO, headers=KIND).status_code == 200
        clock.let_pass(1)
        assert "not any more" in refused(httpx.put(late["uploadUrl"], content=VIDEO, headers=KIND), 403)
        job = {"sourceObjectKey": early["sourceObjectKey"], "language": "en"}
        assert site.http.post("/api/v1/ai-clipping/jobs", json=job).status_code == 200
        clock.let_pass(24 * 3600)
        assert "not any more" in refused(site.http.post("/api/v1/ai-clipping/jobs", json=job), 400)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\a\\b.mp4", "/", "a\u202eb.mp4", "ä 🎬.mp4", "%2e%2e%2f.mp4"])
def test_a_files_name_leads_nowhere(site: ApiSite, tmp_path: Path, name: str) -> None:
    accepted = announced(site, fileName=name)
    assert accepted["sourceObjectName"] == name
    assert httpx.put(accepted["uploadUrl"], content=VIDEO, headers=KIND).status_code == 200
    upload = site.engine.uploads.find(urlsplit(accepted["uploadUrl"]).path.rpartition("/")[2])
    assert upload is not None
    assert upload.path.parent == tmp_path / "data" / "uploads" / upload.id
    assert accepted["sourceObjectKey"].count("/") == 3
    job = {"sourceObjectKey": accepted["sourceObjectKey"], "language": "en"}
    assert site.http.post("/api/v1/ai-clipping/jobs", json=job).status_code == 200


def test_the_same_call_twice_expects_one_file(site: ApiSite) -> None:
    body = {"fileName": "a.mp4", "fileSize": 1}
    named = {"Idempotency-Key": "one"}
    first, again = (site.http.post(UPLOADS, json=body, headers=named).json() for _ in range(2))
    assert first["sourceObjectKey"] == again["sourceObjectKey"]
    other = site.http.post(UPLOADS, json={**body, "fileSize": 2}, headers=named)
    assert other.json()["error"]["code"] == "key_reused"
    assert other.status_code == 409


def test_a_file_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    roomless = dataclasses.replace(LOCAL, disk_reserve=2**60)
    with api_site(tmp_path, ServerSettings(roomless)) as site:
        answer = site.http.post(UPLOADS, json={"fileName": "a.mp4", "fileSize": 1})
        assert "does not fit" in refused(answer, 409)
        assert site.http.get("/api/v1/quota?fileSize=1").json()["uploadCheck"] == {"fileSize": 1, "allowed": False}


def test_other_pages_send_no_files(site: ApiSite) -> None:
    accepted = announced(site)
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        refused(httpx.put(accepted["uploadUrl"], content=VIDEO, headers={**KIND, **headers}), 403)
    refused(httpx.put(accepted["uploadUrl"], content=VIDEO, headers={**KIND, "Host": "evil.example"}), 421)
    assert on_disk(site, accepted) is None
