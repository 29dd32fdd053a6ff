"""Scripts that are told of their jobs: who is told what, signed how, and how often it is tried."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.engine import outbox, webhooks
from fastclip_desktop.engine.webhooks import PAUSES
from fastclip_desktop.stages import perform
from fastclip_desktop.store.webhooks import WebhookTable
from tests.api_site import CLIP, ApiSite, api_site, wait_for
from tests.unit.engine.small_jobs import Gate, InTurn, SetClock, write_clip
from tests.webhook_listener import listener

HERE = ServerSettings(allow_local_sources=True)


@contextmanager
def telling(folder: Path, settings: ServerSettings = HERE, **changes: object) -> Iterator[ApiSite]:
    """A site that really sends its notices."""
    with api_site(folder, settings, DeliverNotice=perform, **changes) as site:
        yield site


def made(site: ApiSite, url: str, **more: object) -> dict[str, Any]:
    answer = site.http.post("/v1/webhooks", json={"url": url, **more})
    assert answer.status_code == 200, answer.text
    webhook: dict[str, Any] = answer.json()
    return webhook


def waiting(site: ApiSite, webhook_id: str) -> int:
    with site.engine._database.reading() as connection:
        return WebhookTable(connection).waiting(webhook_id)


def tries(site: ApiSite) -> int | None:
    """How often the notice was sent in vain that is due first."""
    with site.engine._database.reading() as connection:
        notice = WebhookTable(connection).next()
    return None if notice is None else notice.attempts


def has_tried(site: ApiSite, times: int) -> bool:
    return tries(site) == times


def is_held(site: ApiSite, clock: SetClock) -> bool:
    """Whether what is due first is not due yet."""
    with site.engine._database.reading() as connection:
        notice = WebhookTable(connection).next()
    return notice is not None and notice.due > clock.now()


def test_a_finished_job_is_told_of_with_a_signature(tmp_path: Path) -> None:
    with listener() as listening, telling(tmp_path) as site:
        webhook = made(site, listening.url)
        job = site.made()
        wait_for(lambda: bool(listening.told))
        ((headers, body),) = listening.told
        wait_for(lambda: waiting(site, webhook["id"]) == 0)
    assert listening.paths == ["/told?by=fastclip"]
    told = json.loads(body)
    assert set(told) == {"id", "event", "created", "job_id", "status"}
    assert (told["event"], told["job_id"], told["status"]) == ("job.complete", job["job_id"], "complete")
    assert headers["Content-Type"] == "application/json"
    assert headers["FastClip-Event"] == "job.complete"
    seconds, _, digest = headers["FastClip-Signature"].removeprefix("t=").partition(",v1=")
    expected = hmac.new(webhook["secret"].encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(digest, expected)


def test_a_failed_and_a_cancelled_job_are_told_of_as_failed(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    fault = InputError(ErrorCode.NOT_MEDIA, "This is no video.", "")
    with listener() as listening, telling(tmp_path, Render=InTurn(fault, gate)) as site:
        made(site, listening.url, events=["job.failed"])
        site.made()
        cancelled = site.http.post("/v1/clip", json=CLIP).json()["job_id"]
        gate.wait()
        site.engine.jobs.cancel(cancelled)
        wait_for(lambda: len(listening.told) == 2)
    told = [json.loads(body) for _, body in listening.told]
    assert [each["error"] for each in told] == ["This is no video.", "The job was cancelled."]
    assert {each["status"] for each in told} == {"failed"}


def test_nobody_is_told_of_what_they_did_not_ask_for(tmp_path: Path) -> None:
    with listener() as listening, telling(tmp_path) as site:
        _, other = site.engine.keys.create("other")
        made(site, listening.url, events=["job.failed"])
        theirs = httpx.post(
            f"{site.server.address}/v1/webhooks",
            json={"url": listening.url},
            headers={"Authorization": f"Bearer {other}"},
        ).json()
        site.made()
        assert waiting(site, theirs["id"]) == 0
        assert (tries(site), listening.paths) == (None, [])


@pytest.mark.parametrize("status", [500, 404, 301, 302, 307])
def test_what_was_not_taken_is_sent_again_and_redirects_are_not_followed(tmp_path: Path, status: int) -> None:
    clock = SetClock()
    with listener(status, 200) as listening, telling(tmp_path, clock=clock) as site:
        webhook = made(site, listening.url)
        site.made()
        wait_for(lambda: tries(site) == 1)
        clock.let_pass(PAUSES[0] + 1)
        site.engine.webhooks._news.set()
        wait_for(lambda: len(listening.told) == 2 and waiting(site, webhook["id"]) == 0)
    assert set(listening.paths) == {"/told?by=fastclip"}
    assert listening.told[0][1] == listening.told[1][1]
    signatures = {headers["FastClip-Signature"] for headers, _ in listening.told}
    assert len(signatures) == 2  # each with its own time


def test_after_all_tries_nobody_is_told_any_more(tmp_path: Path) -> None:
    clock = SetClock()
    with listener(503) as listening, telling(tmp_path, clock=clock) as site:
        webhook = made(site, listening.url)
        site.made()
        for number, pause in enumerate(PAUSES, start=1):
            wait_for(partial(has_tried, site, number))
            clock.let_pass(pause + 1)
            site.engine.webhooks._news.set()
        wait_for(lambda: waiting(site, webhook["id"]) == 0)
    assert len(listening.told) == len(PAUSES) + 1


def test_what_ends_while_a_person_works_offline_is_told_when_they_do_not_any_more(tmp_path: Path) -> None:
    clock = SetClock()
    offline = InputError(ErrorCode.OFFLINE, "hook.example was not contacted, because FastClip works offline.", "")
    looks = len(PAUSES) + 2  # more than there are tries
    asked: list[int] = []

    def deliver(request: StageRequest[Any], reporter: Reporter) -> object:
        asked.append(len(asked))
        if len(asked) <= looks:
            raise offline
        return perform(request, reporter)

    with listener() as listening, api_site(tmp_path, HERE, clock=clock, DeliverNotice=deliver) as site:
        webhook = made(site, listening.url)
        site.made()
        for number in range(1, looks + 1):
            wait_for(partial(is_held, site, clock))
            assert len(asked) == number
            assert tries(site) == 0
            clock.let_pass(webhooks._OFFLINE_PAUSE + 1)
            site.engine.webhooks._news.set()
        wait_for(lambda: len(listening.told) == 1 and waiting(site, webhook["id"]) == 0)


def test_what_was_not_told_yet_is_told_after_a_restart(tmp_path: Path) -> None:
    with listener() as listening:
        with telling(tmp_path, kept=True, ResolveSource=InputError(ErrorCode.NOT_MEDIA, "No.", "")) as site:
            secret = site.key
            listening.statuses = [500, 204]
            first = made(site, listening.url)
            site.made()
            wait_for(lambda: tries(site) == 1)
        clock = SetClock(site.engine.clock.now() + PAUSES[0] + 10)
        with telling(tmp_path, kept=True, key=secret, clock=clock) as site:
            wait_for(lambda: len(listening.told) == 2)
            listed = site.http.get("/v1/webhooks").json()["webhooks"]
    assert [each["id"] for each in listed] == [first["id"]]
    assert listening.told[0][1] == listening.told[1][1]


def test_a_webhook_is_shown_with_its_secret_once_and_can_be_deleted(tmp_path: Path) -> None:
    with telling(tmp_path) as site:
        webhook = made(site, "https://example.org/hook")
        assert set(webhook) == {"id", "url", "events", "created", "secret"}
        assert webhook["secret"].startswith("whsec_")
        (listed,) = site.http.get("/v1/webhooks").json()["webhooks"]
        assert listed == {name: value for name, value in webhook.items() if name != "secret"}
        _, other = site.engine.keys.create("other")
        theirs = {"Authorization": f"Bearer {other}"}
        address = f"{site.server.address}/v1/webhooks"
        assert httpx.get(address, headers=theirs).json() == {"webhooks": []}
        assert httpx.delete(f"{address}/{webhook['id']}", headers=theirs).status_code == 404
        gone = site.http.delete(f"/v1/webhooks/{webhook['id']}")
        assert (gone.status_code, gone.json()) == (200, {"id": webhook["id"], "deleted": True})
        assert site.http.delete(f"/v1/webhooks/{webhook['id']}").status_code == 404


def test_the_same_call_twice_makes_one_webhook(tmp_path: Path) -> None:
    with telling(tmp_path) as site:
        body, name = {"url": "https://example.org/hook"}, {"Idempotency-Key": "one"}
        answers = [site.http.post("/v1/webhooks", json=body, headers=name).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert len(site.http.get("/v1/webhooks").json()["webhooks"]) == 1


def test_a_key_has_only_so_many(tmp_path: Path) -> None:
    with telling(tmp_path) as site:
        for number in range(webhooks.MOST_WEBHOOKS):
            made(site, f"https://example.org/{number}")
        assert site.http.post("/v1/webhooks", json={"url": "https://example.org/more"}).status_code == 400


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("http://127.0.0.1:9/", 422),
        ("https://127.0.0.1/", 422),
        ("https://localhost/", 422),
        ("https://10.0.0.1/", 422),
        ("https://[::1]/", 422),
        ("http://example.org/", 422),
        ("ftp://example.org/", 422),
        ("file:///etc/passwd", 422),
        ("example.org", 422),
        ("https://user:word@example.org/", 422),
        ("https://example.org:0/", 422),
        ("https://example.org:99999/", 422),
        ("https://example.org/a b", 422),
        ("https://example.org/\r\nX-Header: 1", 422),
        ("https://exämple.org/", 422),
        ("https://[/", 422),
        ("", 400),
    ],
)
def test_a_stranger_may_name_only_https_addresses_of_the_open_internet(tmp_path: Path, url: str, status: int) -> None:
    with telling(tmp_path, ServerSettings()) as site:
        answer = site.http.post("/v1/webhooks", json={"url": url})
        assert (answer.status_code, site.http.get("/v1/webhooks").json()) == (status, {"webhooks": []})


@pytest.mark.parametrize(
    ("url", "status"),
    [("http://localhost:9/", 200), ("http://10.0.0.1/", 422), ("http://example.org/", 422), ("https://[/", 422)],
)
def test_with_local_sources_a_plain_address_may_be_this_machines(tmp_path: Path, url: str, status: int) -> None:
    with telling(tmp_path) as site:
        assert site.http.post("/v1/webhooks", json={"url": url}).status_code == status


@pytest.mark.parametrize("events", [[], ["job.started"], "job.complete", [1], ["job.complete"] * 11])
def test_events_that_there_are_none_of_are_refused(tmp_path: Path, events: object) -> None:
    with telling(tmp_path) as site:
        body = {"url": "https://example.org/", "events": events}
        assert site.http.post("/v1/webhooks", json=body).status_code == 400


def test_one_that_takes_nothing_is_not_told_of_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "MOST_WAITING", 2)
    with listener(500) as listening, telling(tmp_path) as site:
        webhook = made(site, listening.url)
        for _ in range(4):
            site.made()
        assert waiting(site, webhook["id"]) == 2


def test_whoever_has_a_key_that_was_taken_back_is_told_nothing_more(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with listener() as listening, telling(tmp_path, Render=gate) as site:
        key, secret = site.engine.keys.create("other")
        theirs = httpx.Client(base_url=site.server.address, headers={"Authorization": f"Bearer {secret}"})
        with theirs:
            webhook = theirs.post("/v1/webhooks", json={"url": listening.url}).json()
            job_id = theirs.post("/v1/clip", json=CLIP).json()["job_id"]
        gate.wait()
        site.engine.keys.revoke(key.id)
        gate.open()
        assert site.ended(job_id)["status"] == "complete"
        assert (waiting(site, webhook["id"]), site.engine.webhooks.of(key.id)) == (0, ())
    assert listening.told == []
