"""Events of jobs over a connection that stays open."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.v1 import events
from fastclip_desktop.domain.events import JobQueued
from fastclip_desktop.domain.job import Job
from tests.api_site import AUTO, CLIP, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import Gate, clip_request, write_clip

Told = tuple[str, dict[str, Any]]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


@contextmanager
def listening(site: ApiSite, key: str = "") -> Iterator[Iterator[Told]]:
    """The names and data of the events, as they come."""
    headers = {"Authorization": f"Bearer {key or site.key}"}
    with httpx.stream("GET", f"{site.server.address}/v1/events", headers=headers, timeout=20) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines).startswith("retry: ")
        wait_for(lambda: len(site.engine._bus._handlers) > 0)
        yield _told(lines)


def _told(lines: Iterator[str]) -> Iterator[Told]:
    fields: dict[str, str] = {}
    for line in lines:
        if not line and "data" in fields:
            yield fields["event"], json.loads(fields["data"])
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def until(told: Iterator[Told], name: str) -> list[Told]:
    found: list[Told] = []
    for each in told:
        found.append(each)
        if each[0] == name:
            return found
    raise AssertionError(f"{name} was not told, but {found}")


def test_a_job_is_told_of_from_its_beginning_to_its_end(site: ApiSite) -> None:
    with listening(site) as told:
        job_id = site.http.post("/v1/clip/auto", json=AUTO).json()["job_id"]
        found = until(told, "job.complete")
    names = [name for name, _ in found]
    assert (names[0], names[-1], names.count("clip.added")) == ("job.queued", "job.complete", 2)
    assert {name for name, _ in found} == {"job.queued", "job.progress", "clip.added", "job.complete"}
    assert {data["job_id"] for _, data in found} == {job_id}
    assert [len(data["clips"]) for name, data in found if name == "clip.added"] == [1, 2]
    progress = [data["progress"] for _, data in found]
    assert progress == sorted(progress)
    done = found[-1][1]
    assert {name: done[name] for name in ("status", "file_name")} == {
        "status": "complete",
        "file_name": "clip_1-39.85-1-50.15.mp4",
    }
    assert httpx.get(done["download_url"]).content == b"clip"


def test_a_cancelled_job_is_told_of_as_failed(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with api_site(tmp_path, Render=gate) as site, listening(site) as told:
        job_id = site.http.post("/v1/clip", json=CLIP).json()["job_id"]
        gate.wait()
        site.engine.jobs.cancel(job_id)
        _, data = until(told, "job.failed")[-1]
    assert (data["job_id"], data["status"], data["error"]) == (job_id, "failed", "The job was cancelled.")


def test_who_comes_later_is_told_first_what_is_open(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with api_site(tmp_path, Render=gate) as site:
        job_id = site.http.post("/v1/clip", json=CLIP).json()["job_id"]
        gate.wait()
        with listening(site) as told:
            name, data = next(told)
            assert (name, data["job_id"], data["status"]) == ("job.changed", job_id, "processing")
            gate.open()
            assert until(told, "job.complete")[-1][1]["job_id"] == job_id


def test_it_ends_after_so_many_seconds_and_tells_first_what_is_open(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with api_site(tmp_path, Render=gate) as site:
        before = len(site.engine._bus._handlers)
        assert site.http.get("/v1/events", params={"seconds": 0}).text == "retry: 2000\n\n"
        jobs = [site.http.post("/v1/clip", json=CLIP).json()["job_id"] for _ in range(3)]
        gate.wait()
        for seconds in (0, 1):
            answer = site.http.get("/v1/events", params={"seconds": seconds})
            told = list(_told(iter(answer.text.splitlines())))
            assert [data["job_id"] for _, data in told[:3]] == jobs
        wait_for(lambda: len(site.engine._bus._handlers) == before)
        gate.open()


@pytest.mark.sampled(3)
@pytest.mark.parametrize("seconds", ["-1", "86401", "1.5", "x", "", "NaN", "9" * 5000])
def test_a_time_that_cannot_be_is_refused(site: ApiSite, seconds: str) -> None:
    answer = site.http.get("/v1/events", params={"seconds": seconds})
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])


def test_others_jobs_are_not_told_of(site: ApiSite, tmp_path: Path) -> None:
    _, other = site.engine.keys.create("other")
    with listening(site, other) as told:
        site.made()
        site.engine.run(clip_request(tmp_path / "data"))
        theirs = {"Authorization": f"Bearer {other}"}
        job_id = httpx.post(f"{site.server.address}/v1/clip", json=CLIP, headers=theirs).json()["job_id"]
        found = until(told, "job.complete")
    assert {data["job_id"] for _, data in found} == {job_id}
    assert found[0][0] == "job.queued"


def test_the_stream_ends_when_the_server_closes(tmp_path: Path) -> None:
    with api_site(tmp_path) as site, listening(site) as told:
        begun = time.monotonic()
        site.server.close()
        assert list(told) == []
        assert time.monotonic() - begun < 2.5  # less than answers under way are waited for


def test_nobody_is_listened_for_who_has_gone(site: ApiSite) -> None:
    before = len(site.engine._bus._handlers)
    with listening(site):
        wait_for(lambda: len(site.engine._bus._handlers) == before + 1)
    wait_for(lambda: len(site.engine._bus._handlers) == before)


def test_who_reads_too_slowly_is_let_go(site: ApiSite, tmp_path: Path) -> None:
    (key,) = site.engine.keys.all()
    before = len(site.engine._bus._handlers)
    job = Job(clip_request(tmp_path), key=key.id, stage="x" * 10_000)
    with socket.create_connection((site.server.host, site.server.port)) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        head = (
            f"GET /v1/events HTTP/1.1\r\nHost: 127.0.0.1:{site.server.port}\r\nAuthorization: Bearer {site.key}\r\n\r\n"
        )
        slow.sendall(head.encode())
        wait_for(lambda: len(site.engine._bus._handlers) == before + 1)
        told = 0
        while len(site.engine._bus._handlers) > before:
            site.engine._bus.publish(JobQueued(job))
            told += 1
            assert told < 20_000
    assert told > events.MOST_WAITING
    assert site.made()["status"] == "complete"


def test_silence_is_broken_by_comments(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT", 0.05)
    headers = {"Authorization": f"Bearer {site.key}"}
    with httpx.stream("GET", f"{site.server.address}/v1/events", headers=headers, timeout=20) as answer:
        lines = answer.iter_lines()
        assert [next(lines) for _ in range(6)] == ["retry: 2000", "", ": alive", "", ": alive", ""]


def test_a_key_that_is_taken_back_hears_no_more(site: ApiSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "HEARTBEAT", 0.05)
    key, secret = site.engine.keys.create("other")
    with listening(site, secret) as told:
        site.engine.keys.revoke(key.id)
        assert list(told) == []
