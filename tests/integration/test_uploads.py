"""Files that scripts send and then clip, over real HTTP."""

from __future__ import annotations

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from fastclip_desktop.api import connection
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.engine.uploads import MOST_FILES
from tests.api_site import ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import SetClock

VIDEO = bytes(range(256)) * 4096
"""A megabyte that is no video."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def announced(site: ApiSite, size: int = len(VIDEO), name: str = "talk.mp4") -> dict[str, Any]:
    answer = site.http.post(
        "/v1/upload/request", json={"filename": name, "content_type": "video/mp4", "file_size": size}
    )
    assert answer.status_code == 200, answer.text
    accepted: dict[str, Any] = answer.json()
    return accepted


def status(site: ApiSite, file_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = site.http.get(f"/v1/upload/{file_id}").json()
    return answer


def on_disk(site: ApiSite, file_id: str) -> bytes:
    upload = site.engine.uploads.find(file_id)
    assert upload is not None
    return upload.path.read_bytes()


def put(url: str, content: bytes, content_range: str = "") -> httpx.Response:
    return httpx.put(url, content=content, headers={"content-range": content_range} if content_range else {})


def uploaded(site: ApiSite, content: bytes = VIDEO, name: str = "talk.mp4") -> str:
    accepted = announced(site, len(content), name)
    assert put(accepted["upload_url"], content).status_code == 200
    file_id: str = accepted["file_id"]
    return file_id


def test_a_file_comes_at_one_go_without_a_key(site: ApiSite) -> None:
    accepted = announced(site)
    assert set(accepted) == {"file_id", "upload_url", "expires_at"}
    assert status(site, accepted["file_id"])["status"] == "pending"
    answer = put(accepted["upload_url"], VIDEO)
    assert answer.status_code == 200
    told = status(site, accepted["file_id"])
    assert answer.json() == told
    assert {name: told[name] for name in ("status", "filename", "file_size", "received", "upload_url")} == {
        "status": "ready",
        "filename": "talk.mp4",
        "file_size": len(VIDEO),
        "received": len(VIDEO),
        "upload_url": None,
    }
    assert on_disk(site, accepted["file_id"]) == VIDEO


def test_a_file_comes_in_parts_that_say_where_to_go_on(site: ApiSite) -> None:
    accepted, size = announced(site), len(VIDEO)
    first = put(accepted["upload_url"], VIDEO[:1000], f"bytes 0-999/{size}")
    assert (first.status_code, first.headers["range"]) == (308, "bytes=0-999")
    assert first.json()["status"] == "uploading"
    asked = put(accepted["upload_url"], b"", f"bytes */{size}")
    assert (asked.status_code, asked.headers["range"]) == (308, "bytes=0-999")
    overlapping = put(accepted["upload_url"], VIDEO[500:2000], f"bytes 500-1999/{size}")
    assert (overlapping.status_code, overlapping.headers["range"]) == (308, "bytes=0-1999")
    gap = put(accepted["upload_url"], VIDEO[3000:4000], f"bytes 3000-3999/{size}")
    assert (gap.status_code, gap.headers["range"]) == (409, "bytes=0-1999")
    last = put(accepted["upload_url"], VIDEO[2000:], f"bytes 2000-{size - 1}/*")
    assert (last.status_code, last.json()["status"]) == (200, "ready")
    assert on_disk(site, accepted["file_id"]) == VIDEO
    assert put(accepted["upload_url"], b"", f"bytes */{size}").status_code == 200


def test_nothing_is_there_before_the_first_byte(site: ApiSite) -> None:
    answer = put(announced(site)["upload_url"], b"", f"bytes */{len(VIDEO)}")
    assert (answer.status_code, "range" in answer.headers) == (308, False)


def test_a_link_works_once(site: ApiSite) -> None:
    accepted = announced(site)
    assert put(accepted["upload_url"], VIDEO).status_code == 200
    again = put(accepted["upload_url"], b"\0" * len(VIDEO))
    assert (again.status_code, again.json()) == (403, {"detail": "This link has been used: the file is there."})
    assert on_disk(site, accepted["file_id"]) == VIDEO


@pytest.mark.parametrize("change", ["path", "expires", "signature", "none"])
def test_a_link_that_was_changed_opens_nothing(site: ApiSite, change: str) -> None:
    accepted, other = announced(site), announced(site)
    link = accepted["upload_url"]
    changed = {
        "path": link.replace(accepted["file_id"], other["file_id"]),
        "expires": link.replace("expires=", "expires=9"),
        "signature": link[:-1] + ("0" if link[-1] != "0" else "1"),
        "none": link.partition("?")[0],
    }[change]
    assert put(changed, VIDEO).status_code == 403
    assert status(site, accepted["file_id"])["received"] == 0


def test_a_link_expires(tmp_path: Path) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock) as site:
        accepted = announced(site)
        clock.let_pass(3601)
        assert put(accepted["upload_url"], VIDEO).status_code == 403
        fresh = status(site, accepted["file_id"])["upload_url"]
        assert put(fresh, VIDEO).status_code == 200


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("content", "content_range"),
    [
        (VIDEO[:-1], ""),
        (VIDEO + b"\0", ""),
        (b"", ""),
        (VIDEO[:10], f"bytes 0-10/{len(VIDEO)}"),
        (VIDEO[:10], "bytes 0-9/11"),
        (VIDEO[:10], f"bytes 9-0/{len(VIDEO)}"),
        (VIDEO[:10], f"bytes {len(VIDEO)}-{len(VIDEO) + 9}/{len(VIDEO)}"),
        (VIDEO[:10], "bytes 0-9"),
        (VIDEO[:10], "lines 0-9/10"),
    ],
)
def test_a_body_of_another_size_is_refused(site: ApiSite, content: bytes, content_range: str) -> None:
    accepted = announced(site)
    answer = put(accepted["upload_url"], content, content_range)
    assert answer.status_code == 400
    assert isinstance(answer.json()["detail"], str)
    assert status(site, accepted["file_id"])["status"] == "pending"


def test_a_body_without_a_length_may_not_be_longer_than_announced(site: ApiSite) -> None:
    accepted = announced(site)
    answer = httpx.put(accepted["upload_url"], content=iter([VIDEO, b"more"]))
    assert answer.status_code == 400
    assert status(site, accepted["file_id"])["status"] == "pending"
    short = httpx.put(accepted["upload_url"], content=iter([VIDEO[:10]]))
    assert short.status_code == 400
    assert status(site, accepted["file_id"])["received"] == 10
    assert httpx.put(accepted["upload_url"], content=iter([VIDEO[:9], VIDEO[9:]])).status_code == 200
    assert on_disk(site, accepted["file_id"]) == VIDEO


def _begun(link: str, content: bytes, content_range: str = "") -> socket.socket:
    """A connection on which only a part of a PUT was sent."""
    parts = urlsplit(link)
    opened = socket.create_connection((parts.hostname, parts.port))
    head = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nTransfer-Encoding: chunked\r\n"
    if content_range:
        head += f"Content-Range: {content_range}\r\n"
    opened.sendall(f"{head}\r\n{len(content):x}\r\n".encode() + content + b"\r\n")
    return opened


def received(site: ApiSite, file_id: str) -> int:
    upload = site.engine.uploads.find(file_id)
    assert upload is not None
    return upload.received


def has_come(site: ApiSite, file_id: str, size: int) -> bool:
    return received(site, file_id) >= size


def has_passed(instant: float) -> bool:
    return time.monotonic() > instant


def test_what_came_before_a_connection_broke_is_gone_on_with(site: ApiSite) -> None:
    accepted, size = announced(site), len(VIDEO)
    with _begun(accepted["upload_url"], VIDEO[:600_000]):
        wait_for(lambda: received(site, accepted["file_id"]) > 0)
    asked = put(accepted["upload_url"], b"", f"bytes */{size}")
    assert asked.status_code == 308
    first = int(asked.headers["range"].rpartition("-")[2]) + 1
    assert 0 < first <= 600_000
    answer = put(accepted["upload_url"], VIDEO[first:], f"bytes {first}-{size - 1}/{size}")
    assert (answer.status_code, on_disk(site, accepted["file_id"])) == (200, VIDEO)


def test_who_comes_last_sends_the_file(site: ApiSite) -> None:
    accepted = announced(site)
    with _begun(accepted["upload_url"], VIDEO[:-1]) as stuck:
        wait_for(lambda: received(site, accepted["file_id"]) > 0)
        answer = put(accepted["upload_url"], VIDEO)
        assert answer.status_code == 200
        stuck.sendall(b"1\r\n" + VIDEO[-1:] + b"\r\n0\r\n\r\n")
        assert stuck.recv(20).startswith(b"HTTP/1.1 409")
    assert on_disk(site, accepted["file_id"]) == VIDEO


def test_an_upload_may_take_its_time_as_long_as_something_comes(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.5)
    accepted, piece = announced(site, 8 * 300_000), bytes(300_000)
    begun = time.monotonic()
    with _begun(accepted["upload_url"], piece) as slow:
        for number in range(1, 8):
            wait_for(partial(has_come, site, accepted["file_id"], (number - 1) * 300_000 + 1))
            wait_for(partial(has_passed, begun + number * 0.15))
            slow.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        slow.sendall(b"0\r\n\r\n")
        assert slow.recv(20).startswith(b"HTTP/1.1 200")
    assert time.monotonic() - begun > 2 * connection.BODY_SECONDS


def test_an_upload_of_which_nothing_comes_any_more_is_ended(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BODY_SECONDS", 0.2)
    accepted = announced(site)
    with _begun(accepted["upload_url"], VIDEO[:300_000]) as silent:
        try:
            answer = silent.recv(20)
        except ConnectionResetError:
            answer = b""
    assert answer == b""
    wait_for(lambda: received(site, accepted["file_id"]) == 300_000)


def test_a_body_without_a_good_link_is_let_pass_by(site: ApiSite) -> None:
    link = announced(site)["upload_url"].partition("?")[0]
    tracemalloc.start()
    try:
        answer = httpx.put(link, content=repeat(bytes(1024**2), 32), headers={"content-length": str(32 * 1024**2)})
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (answer.status_code, peak < 8 * 1024**2) == (403, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_an_upload_survives_that_the_program_is_killed(tmp_path: Path) -> None:
    with api_site(tmp_path, kept=True) as site:
        accepted, secret = announced(site), site.key
    path = tmp_path / "data" / "uploads" / accepted["file_id"] / "talk.mp4"
    program = (
        "import sys, threading; from pathlib import Path; from tests.api_site import api_site\n"
        "with api_site(Path(sys.argv[1]), kept=True, key=sys.argv[2]) as site:\n"
        "    print(site.http.get('/v1/upload/' + sys.argv[3]).json()['upload_url'], flush=True)\n"
        "    threading.Event().wait()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path), secret, accepted["file_id"]], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        answer = put(link, VIDEO[:300_000], f"bytes 0-299999/{len(VIDEO)}")
        assert answer.status_code == 308
        with _begun(link, VIDEO[300_000:900_000], f"bytes 300000-{len(VIDEO) - 1}/{len(VIDEO)}"):
            wait_for(lambda: path.stat().st_size > 300_000)
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    with api_site(tmp_path, kept=True, key=secret) as site:
        told = status(site, accepted["file_id"])
        first = told["received"]
        assert 300_000 <= first < len(VIDEO)
        assert on_disk(site, accepted["file_id"]) == VIDEO[:first]
        content_range = f"bytes {first}-{len(VIDEO) - 1}/{len(VIDEO)}"
        assert put(told["upload_url"], VIDEO[first:], content_range).status_code == 200
        assert on_disk(site, accepted["file_id"]) == VIDEO


def test_a_file_that_was_whole_when_the_program_was_killed_is_ready_when_asked_for(site: ApiSite) -> None:
    accepted = announced(site)
    upload = site.engine.uploads.find(accepted["file_id"])
    assert upload is not None
    upload.path.parent.mkdir(parents=True)
    upload.path.write_bytes(VIDEO)
    assert status(site, upload.id)["status"] == "uploading"
    assert put(accepted["upload_url"], b"", f"bytes */{len(VIDEO)}").json()["status"] == "ready"


@pytest.mark.parametrize(
    ("name", "stem"), [("../../etc/passwd", "passwd"), ("C:\\a\\b.mp4", "b.mp4"), ("/", "clip"), (".ssh", "ssh")]
)
def test_a_files_name_leads_nowhere(site: ApiSite, tmp_path: Path, name: str, stem: str) -> None:
    file_id = uploaded(site, name=name)
    upload = site.engine.uploads.find(file_id)
    assert upload is not None
    assert upload.path == tmp_path / "data" / "uploads" / file_id / stem
    assert status(site, file_id)["filename"] == name


def test_a_file_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    roomless = dataclasses.replace(LOCAL, disk_reserve=2**60)
    with api_site(tmp_path, ServerSettings(roomless)) as site:
        body = {"filename": "a.mp4", "content_type": "video/mp4", "file_size": 1}
        answer = site.http.post("/v1/upload/request", json=body)
    assert answer.status_code == 409
    assert "does not fit" in answer.json()["detail"]


def test_what_others_were_promised_is_not_promised_again(site: ApiSite) -> None:
    body = {"filename": "a.mp4", "content_type": "video/mp4"}
    room = site.engine.library.storage(LOCAL).quota
    if room < 2**20:
        pytest.skip("the disk is full")
    assert site.http.post("/v1/upload/request", json={**body, "file_size": room * 3 // 4}).status_code == 200
    assert site.http.post("/v1/upload/request", json={**body, "file_size": room * 3 // 4}).status_code == 409


def test_there_is_an_end_to_how_many_files_are_expected(site: ApiSite) -> None:
    for _ in range(MOST_FILES):
        site.engine.uploads.announce("a.mp4", "video/mp4", 1, "", LOCAL)
    body = {"filename": "a.mp4", "content_type": "video/mp4", "file_size": 1}
    assert site.http.post("/v1/upload/request", json=body).status_code == 409


def test_the_same_call_twice_expects_one_file(site: ApiSite) -> None:
    body = {"filename": "a.mp4", "content_type": "video/mp4", "file_size": 1}
    answers = [
        site.http.post("/v1/upload/request", json=body, headers={"Idempotency-Key": "one"}).json() for _ in range(2)
    ]
    assert answers[0]["file_id"] == answers[1]["file_id"]
    other = site.http.post("/v1/upload/request", json={**body, "file_size": 2}, headers={"Idempotency-Key": "one"})
    assert other.status_code == 409


@pytest.mark.parametrize(
    "change", [{"file_size": 0}, {"file_size": -1}, {"file_size": 1.5}, {"file_size": 2**60}, {"filename": ""}]
)
def test_a_file_that_makes_no_sense_is_refused(site: ApiSite, change: dict[str, Any]) -> None:
    body = {"filename": "a.mp4", "content_type": "video/mp4", "file_size": 1, **change}
    assert site.http.post("/v1/upload/request", json=body).status_code == 400


def test_a_large_file_takes_no_memory_to_speak_of(site: ApiSite) -> None:
    size, block = 64 * 1024**2, bytes(1024**2)
    accepted = announced(site, size)
    tracemalloc.start()
    try:
        answer = httpx.put(
            accepted["upload_url"],
            content=repeat(block, size // len(block)),
            headers={"content-length": str(size)},
            timeout=60,
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answer.status_code == 200
    assert peak < 8 * 1024**2
    assert received(site, accepted["file_id"]) == size
