"""Calls that are made twice, calls that are made too often, and links that somebody tampered with."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.store.ledger import Account
from tests.api_site import AUTO, CLIP, URL, ApiSite, api_site
from tests.unit.engine.small_jobs import SetClock

HURRIED = dataclasses.replace(HOSTED, requests_a_minute=100_000, jobs_an_hour=None)
NAMED = {"Idempotency-Key": "order 66"}
ASKED = {"url": URL, "query": "pricing"}


def test_the_same_call_twice_makes_one_job_and_one_charge(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000) as site:
        for path, body in (("/v1/clip", CLIP), ("/v1/clip/auto", AUTO)):
            first = site.http.post(path, json=body, headers=NAMED)
            site.ended(first.json()["job_id"])
            again = site.http.post(
                path, content=b" " + first.request.content, headers=NAMED | {"Content-Type": "application/json"}
            )
            assert again.json() == first.json()
            other = site.http.post(path, json={**body, "quality": "480p"}, headers=NAMED)
            assert (other.status_code, list(other.json())) == (409, ["detail"])
        found = [site.http.post("/v1/clip/analyze", json=ASKED, headers=NAMED).json() for _ in range(2)]
        assert found[0] == found[1]
        assert len(site.states()) == 3
        assert site.http.get("/v1/balance").json() == {"balance": 9.2}


def test_the_same_reload_twice_is_one(tmp_path: Path) -> None:
    settings = ServerSettings(LOCAL, reload_needs_approval=False)
    with api_site(tmp_path, settings) as site:
        answers = [site.http.post("/v1/reload", json={"amount": 500}, headers=NAMED).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert site.http.post("/v1/reload", json={"amount": 600}, headers=NAMED).status_code == 409
        assert site.engine.accounts.balance() == Money(500)


def test_a_refused_call_may_be_made_again_by_its_name(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED)) as site:
        assert site.http.post("/v1/clip", json=CLIP, headers=NAMED).status_code == 402
        site.engine.accounts.deposit(Money(100), "at last")
        assert site.http.post("/v1/clip", json=CLIP, headers=NAMED).status_code == 200


def test_names_are_each_keys_own(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        _, other = site.engine.keys.create("other")
        mine = site.http.post("/v1/clip", json=CLIP, headers=NAMED).json()
        theirs = site.http.post("/v1/clip", json=CLIP, headers=NAMED | {"Authorization": f"Bearer {other}"}).json()
        assert mine != theirs


def fifty_at_once(site: ApiSite, path: str, body: dict[str, Any]) -> list[httpx.Response]:
    """The answers to one call that fifty threads make under one name."""
    together = threading.Barrier(50)
    answers: list[httpx.Response] = []

    def call() -> None:
        with httpx.Client(base_url=site.server.address, headers=site.http.headers, timeout=60) as http:
            together.wait()
            answers.append(http.post(path, json=body, headers=NAMED))

    threads = [threading.Thread(target=call) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize(
    ("path", "body", "cost"),
    [
        ("/v1/clip", CLIP, 10),
        pytest.param("/v1/clip/auto", AUTO, 50, marks=pytest.mark.slow),
        pytest.param("/v1/clip/analyze", ASKED, 20, marks=pytest.mark.slow),
    ],
)
def test_fifty_at_once_make_one_job_and_one_charge(tmp_path: Path, path: str, body: dict[str, Any], cost: int) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, kept=True) as site:
        answers = fifty_at_once(site, path, body)
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content.strip() for answer in answers}) == 1
        (job,) = site.engine.jobs.newest(10)
        site.ended(job.id)
        assert site.engine.accounts.balance() == Money(1000 - cost)
        assert site.engine.accounts.balances().get(Account.RESERVED, Money(0)) == Money(0)


@pytest.mark.parametrize("needs_approval", [pytest.param(False, marks=pytest.mark.slow), True])
def test_fifty_at_once_make_one_reload(tmp_path: Path, *, needs_approval: bool) -> None:
    settings = ServerSettings(HURRIED, reload_needs_approval=needs_approval)
    with api_site(tmp_path, settings, kept=True) as site:
        answers = fifty_at_once(site, "/v1/reload", {"amount": 500})
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        assert site.engine.accounts.balance() == Money(0 if needs_approval else 500)
        assert len(site.engine.funding.waiting()) == needs_approval


def test_fifty_at_once_pay_for_one_transcript(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, kept=True) as site:
        answers = fifty_at_once(site, "/v1/transcript", {"url": URL})
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content.strip() for answer in answers}) == 1
        assert site.engine.accounts.balance() == Money(998)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/storage/purchase", {"gb": 3}),
        pytest.param("/v1/upload/request", {"filename": "a.mp4", "file_size": 4}, marks=pytest.mark.slow),
        pytest.param("/v1/webhooks", {"url": "https://example.org/hook"}, marks=pytest.mark.slow),
    ],
)
def test_fifty_at_once_make_one_of_everything_else(tmp_path: Path, path: str, body: dict[str, Any]) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), kept=True) as site:
        before = site.http.get("/v1/storage").json()["quota"]
        answers = fifty_at_once(site, path, body)
        assert {answer.status_code for answer in answers} == {200}
        ids = [answer.json().get("file_id") or answer.json().get("id") or answer.json()["quota"] for answer in answers]
        assert len(set(ids)) == 1
        bought = site.http.get("/v1/storage").json()["quota"] - before
        assert bought == 1024**3 * body.get("gb", 0)
        assert len(site.http.get("/v1/webhooks").json()["webhooks"]) == (path == "/v1/webhooks")


def exactly_enough(clock: SetClock, refused: httpx.Response, ask: Callable[[], httpx.Response]) -> None:
    """The seconds of a refusal are enough, and one less is not."""
    assert refused.status_code == 429
    wait = int(refused.headers["retry-after"])
    assert wait >= 1
    if wait > 1:
        clock.let_pass(wait - 1)
        assert ask().status_code == 429
        wait = 1
    clock.let_pass(wait)
    assert ask().status_code == 200


@pytest.mark.parametrize("restarted", [False, True])
def test_request_61_of_a_minute_is_told_when_to_come_back(tmp_path: Path, *, restarted: bool) -> None:
    clock = SetClock()
    settings = ServerSettings(HOSTED)
    with api_site(tmp_path, settings, clock=clock, kept=True) as site:
        key = site.key
        for number in range(60):
            answer = site.http.get("/v1/balance")
            assert answer.status_code == 200
            assert answer.headers["x-ratelimit-remaining"] == str(59 - number)
            assert int(answer.headers["x-ratelimit-reset"]) == 1_000_060
            if number == 29:
                clock.let_pass(7.25)
        if not restarted:
            refused = site.http.get("/v1/balance")
            assert refused.headers["x-ratelimit-remaining"] == "0"
            assert refused.headers["retry-after"] == "53"
            exactly_enough(clock, refused, lambda: site.http.get("/v1/balance"))
    if restarted:
        with api_site(tmp_path, settings, clock=clock, kept=True, key=key) as site:
            refused = site.http.get("/v1/balance")
            assert refused.headers["retry-after"] == "53"
            exactly_enough(clock, refused, lambda: site.http.get("/v1/balance"))


KINDS = {"/v1/clip": CLIP, "/v1/clip/auto": AUTO, "/v1/clip/analyze": ASKED}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("path", KINDS)
def test_job_21_of_an_hour_is_told_when_to_come_back(tmp_path: Path, path: str, *, restarted: bool) -> None:
    clock = SetClock()
    settings = ServerSettings(HOSTED)
    with api_site(tmp_path, settings, clock=clock, kept=True, balance=10_000) as site:
        key, ask = site.key, partial(site.http.post, path, json=KINDS[path])
        for number in range(20):  # jobs of all kinds are counted together
            kind = list(KINDS)[number % 3]
            assert site.http.post(kind, json=KINDS[kind]).status_code == 200
            clock.let_pass(7.25 if number == 0 else 0)
        if not restarted:
            refused = ask()
            assert refused.headers["retry-after"] == "3593"
            exactly_enough(clock, refused, ask)
            _, other = site.engine.keys.create("other")  # nor does another key help
            assert ask(headers={"Authorization": f"Bearer {other}"}).status_code == 429
    if restarted:
        with api_site(tmp_path, settings, clock=clock, kept=True, key=key) as site:
            ask = partial(site.http.post, path, json=KINDS[path])
            refused = ask()
            assert refused.headers["retry-after"] == "3593"
            exactly_enough(clock, refused, ask)


@pytest.mark.parametrize("restarted", [False, True])
def test_reload_11_of_an_hour_is_told_when_to_come_back(tmp_path: Path, *, restarted: bool) -> None:
    clock = SetClock()
    settings = ServerSettings(HOSTED, reload_needs_approval=False)
    with api_site(tmp_path, settings, clock=clock, kept=True) as site:
        key = site.key
        for _ in range(10):
            assert site.http.post("/v1/reload", json={"amount": 500}).status_code == 200
        if not restarted:
            ask = lambda: site.http.post("/v1/reload", json={"amount": 500})  # noqa: E731 - shorter than a name
            exactly_enough(clock, ask(), ask)
    if restarted:
        with api_site(tmp_path, settings, clock=clock, kept=True, key=key) as site:
            ask = lambda: site.http.post("/v1/reload", json={"amount": 500})  # noqa: E731 - shorter than a name
            exactly_enough(clock, ask(), ask)


def test_those_without_a_key_are_counted_by_address(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), clock=SetClock()) as site, site.stranger as stranger:
        answers = [stranger.get("/v1/clip/info", params={"url": URL}) for _ in range(61)]
        assert [answer.status_code for answer in answers] == [200] * 60 + [429]
        assert site.http.get("/v1/balance").status_code == 200


def test_a_link_with_any_byte_changed_opens_nothing(tmp_path: Path) -> None:
    with api_site(tmp_path) as site, site.stranger as stranger:
        link = site.made()["download_url"]
        parts = urlsplit(link)
        target = f"{parts.path}?{parts.query}"
        assert stranger.get(target).content == b"clip"
        for place in range(1, len(target)):
            for change in (1, 2, 32):
                changed = chr(ord(target[place]) ^ change)
                if changed in ' "<>\\^`{|}#' or not changed.isprintable():
                    continue
                answer = stranger.get(target[:place] + changed + target[place + 1 :])
                assert answer.status_code in (403, 404), (place, changed)
        for other in (
            parts.path,
            f"{parts.path}?expires=9999999999&signature={parts.query[-64:]}",
            target[:-1],
            target + "0",
        ):
            assert stranger.get(other).status_code == 403
        assert stranger.get(target.replace("/download/", "/stream/")).status_code == 403
        assert stranger.post(target).status_code == 405


def test_a_link_expires_and_so_does_the_clip_behind_it(tmp_path: Path) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock) as site:
        done = site.made()
        assert httpx.get(done["download_url"]).status_code == 200
        clock.let_pass(3601)
        assert httpx.get(done["download_url"]).status_code == 403
        fresh = site.http.get(f"/v1/clip/{done['job_id']}").json()["download_url"]
        assert httpx.get(fresh).status_code == 200
        clip = site.http.get("/v1/clips").json()["clips"][0]["id"]
        clock.let_pass(24 * 3600)
        for path in (f"/v1/clip/{done['job_id']}", f"/v1/clips/{clip}", f"/v1/share/{clip}"):
            assert site.http.get(path).status_code == 404


def test_links_outlive_a_restart_and_are_each_folders_own(tmp_path: Path) -> None:
    with api_site(tmp_path / "a", kept=True) as site:
        link, key = site.made()["download_url"], site.key
    target = link.removeprefix(site.server.address)
    with api_site(tmp_path / "a", kept=True, key=key) as site, site.stranger as stranger:
        assert stranger.get(target).content == b"clip"
    with api_site(tmp_path / "b", kept=True) as site, site.stranger as stranger:
        assert stranger.get(target).status_code == 403
