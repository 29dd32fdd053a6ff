"""The routes of the hosted contract, over real HTTP: fields, statuses and what they do to the engine."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.preview import Thumbnail
from fastclip_desktop.settings.spending_password import protect
from tests.api_site import AUTO, CLIP, URL, ApiSite, api_site
from tests.unit.engine.small_jobs import Gate, write_clip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path) as site:
        yield site


def test_a_clip_runs_from_pending_to_a_file_that_can_be_downloaded(site: ApiSite) -> None:
    accepted = site.http.post("/v1/clip", json=CLIP)
    assert accepted.status_code == 200
    assert set(accepted.json()) == {"job_id", "status"}
    assert accepted.json()["status"] == "pending"
    assert re.fullmatch("[a-z0-9]{16}", accepted.json()["job_id"])
    done = site.ended(accepted.json()["job_id"])
    link = done.pop("download_url")
    assert done == {
        "job_id": accepted.json()["job_id"],
        "status": "complete",
        "progress": 100,
        "status_message": "Done!",
        "file_name": "clip_2-00-3-00.mp4",
        "cost": 0.0,
    }
    answer = httpx.get(link)
    assert (answer.status_code, answer.content) == (200, b"clip")
    assert answer.headers["content-type"] == "video/mp4"
    assert link.startswith(site.server.address + "/download/")


def test_clips_by_words_come_in_a_list_of_their_own(site: ApiSite) -> None:
    accepted = site.http.post("/v1/clip/auto", json=AUTO).json()
    assert set(accepted) == {"job_id", "status", "reserved"}
    done = site.ended(accepted["job_id"])
    assert [(clip["start"], clip["end"], clip["file_name"]) for clip in done["clips"]] == [
        (99.85, 110.15, "clip_1-39.85-1-50.15.mp4"),
        (199.85, 215.15, "clip_3-19.85-3-35.15.mp4"),
    ]
    assert done["file_name"] == "clip_1-39.85-1-50.15.mp4"
    assert [httpx.get(clip["download_url"]).content for clip in done["clips"]] == [b"clip", b"clip"]


def test_the_states_on_the_way_are_the_contracts(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with api_site(tmp_path, Render=gate) as site:
        job = site.http.post("/v1/clip/auto", json=AUTO).json()["job_id"]
        gate.wait()
        answer = site.http.get(f"/v1/clip/{job}").json()
        assert answer["status"] == "processing segment 1/2"
        assert 0 < answer["progress"] < 100
        assert (answer["download_url"], answer["file_name"], answer["clips"]) == (None, None, [])
        gate.open()
        assert site.ended(job)["status"] == "complete"


def test_a_failed_job_says_why_and_costs_nothing(tmp_path: Path) -> None:
    fault = InputError(ErrorCode.SOURCE_NOT_FOUND, "The video is gone.", "Try another.")
    with api_site(tmp_path, ServerSettings(HOSTED), balance=100, ResolveSource=fault) as site:
        answer = site.made()
        assert (answer["status"], answer["error"], answer["cost"]) == ("failed", "The video is gone.", 0.0)
        assert "clips" not in answer
        assert site.http.get("/v1/balance").json() == {"balance": 1.0}


def test_a_cancelled_job_is_a_failed_one_to_scripts(tmp_path: Path) -> None:
    gate = Gate(write_clip)
    with api_site(tmp_path, Render=gate) as site:
        job = site.http.post("/v1/clip", json=CLIP).json()["job_id"]
        gate.wait()
        site.engine.jobs.cancel(job)
        answer = site.ended(job)
        assert (answer["status"], answer["error"]) == ("failed", "The job was cancelled.")


def test_analyze_answers_with_segments_and_cost(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=100) as site:
        answer = site.http.post("/v1/clip/analyze", json={"url": URL, "query": "pricing"})
        assert answer.json() == {
            "segments": [
                {"start": 100, "end": 110, "excerpt": "one", "confidence": 0.9},
                {"start": 200, "end": 215, "excerpt": "two", "confidence": 0.5},
            ],
            "cost": 0.2,  # an hour and forty seconds are two started hours
        }
        assert site.http.get("/v1/balance").json() == {"balance": 0.8}


def test_info_needs_no_key_and_asks_the_source_once(site: ApiSite) -> None:
    with site.stranger as stranger:
        answers = [
            stranger.post("/v1/clip/info", json={"url": URL}),
            stranger.get("/v1/clip/info", params={"url": URL}),
        ]
    assert [answer.json() for answer in answers] == [
        {
            "title": "My: talk?",
            "duration": 3700,
            "thumbnail": None,
            "preview_url": None,
            "preview_embed_url": None,
            "max_height": None,
        }
    ] * 2
    assert len(site.runner.requests) == 1


def test_the_library_is_listed_renamed_pinned_and_emptied(site: ApiSite) -> None:
    site.made()
    listed = site.http.get("/v1/clips").json()
    (clip,) = listed.pop("clips")
    assert listed == {"page": 1, "per_page": 20, "total_items": 1, "total_pages": 1}
    assert httpx.get(clip.pop("download_url")).content == b"clip"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", clip.pop("created"))
    assert clip.pop("expires_at").endswith("+00:00")
    name = clip.pop("id")
    assert clip == {
        "name": "My - talk [2-00_3-00]",
        "format": "mp4",
        "quality": "1080p",
        "duration": 60,
        "file_size": 4,
        "pinned": False,
        "hours_left": 24.0,
        "share_url": f"/c/{name}",
        "aspect_ratio": "16:9",
        "source_title": "My: talk?",
    }
    one = f"/v1/clips/{name}"
    assert site.http.get(one).json()["id"] == name
    assert site.http.patch(one, json={"name": "Final"}).json() == {"id": name, "name": "Final"}
    assert site.http.post(f"{one}/pin").json() == {"id": name, "pinned": True}
    assert site.http.get(one).json()["hours_left"] is None
    assert site.http.get("/v1/storage").json()["used"] == 4
    unpinned = site.http.post(f"{one}/unpin").json()
    assert (unpinned["pinned"], set(unpinned)) == (False, {"id", "pinned", "expires_at"})
    with site.stranger as stranger:
        shared = stranger.get(f"/v1/share/{name}").json()
        assert (shared["name"], shared["format"], shared["duration"]) == ("Final", "mp4", 60)
        assert stranger.get(shared["stream_url"]).headers["content-disposition"].startswith("inline")
    assert site.http.delete(one).json() == {"id": name, "deleted": True, "storage_freed": 4}
    for answer in (site.http.get(one), site.http.delete(one), site.http.get(f"/v1/share/{name}")):
        assert answer.status_code == 404


def test_the_list_comes_in_pages(site: ApiSite) -> None:
    ids = [site.http.post("/v1/clip", json=CLIP).json()["job_id"] for _ in range(3)]
    for job in ids:
        site.ended(job)
    page = site.http.get("/v1/clips", params={"page": 2, "per_page": 2}).json()
    assert (len(page["clips"]), page["total_items"], page["total_pages"]) == (1, 3, 2)
    assert site.http.get("/v1/clips", params={"page": 9}).json()["clips"] == []


def test_a_job_whose_clip_is_gone_is_gone(site: ApiSite) -> None:
    job = site.made()["job_id"]
    site.http.delete(f"/v1/clips/{site.http.get('/v1/clips').json()['clips'][0]['id']}")
    assert site.http.get(f"/v1/clip/{job}").status_code == 404


def test_a_reload_waits_for_a_person_unless_they_said_otherwise(tmp_path: Path) -> None:
    with api_site(tmp_path) as site:
        answer = site.http.post("/v1/reload", json={"amount": 2500}).json()
        assert (answer["status"], answer["balance"], answer["amount"]) == ("pending", 0.0, 2500)
        (waiting,) = site.engine.funding.waiting()
        assert site.engine.funding.answer(waiting.id, agreed=True) == Money(2500)
        assert site.http.get("/v1/balance").json() == {"balance": 25.0}
    with api_site(tmp_path / "2", ServerSettings(reload_needs_approval=False), balance=490) as site:
        answer = site.http.post("/v1/reload", json={"amount": 2500, "reload_password": "x"}).json()
        assert answer.pop("payment_intent_id").startswith("pi_")
        assert answer == {"success": True, "amount": 2500, "balance": 29.9}
        assert site.http.get("/v1/cards").json() == {"cards": []}


def test_a_person_can_forbid_reloads(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(reload_allowed=False, reload_needs_approval=False)) as site:
        answer = site.http.post("/v1/reload", json={"amount": 2500})
        assert answer.status_code == 403
        assert "switched it off" in answer.json()["detail"]
        assert site.http.get("/v1/balance").json() == {"balance": 0.0}
        assert site.engine.funding.waiting() == ()


@pytest.mark.parametrize("needs_approval", [True, False])
def test_a_reload_brings_the_password_that_a_person_has_set(tmp_path: Path, *, needs_approval: bool) -> None:
    settings = ServerSettings(reload_needs_approval=needs_approval, spending_password=protect("open sesame"))
    with api_site(tmp_path, settings) as site:
        for wrong in ({}, {"reload_password": None}, {"reload_password": "open sesam"}):
            assert site.http.post("/v1/reload", json={"amount": 2500, **wrong}).status_code == 403
        assert site.engine.funding.waiting() == ()
        answer = site.http.post("/v1/reload", json={"amount": 2500, "reload_password": "open sesame"})
        assert answer.status_code == 200
        assert site.http.get("/v1/balance").json() == {"balance": 0.0 if needs_approval else 25.0}


def test_passwords_cannot_be_tried_without_end(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(spending_password=protect("open sesame"))) as site:
        tries = [site.http.post("/v1/reload", json={"amount": 2500}) for _ in range(11)]
        assert [answer.status_code for answer in tries] == [403] * 10 + [429]
        assert int(tries[-1].headers["Retry-After"]) > 3000


@pytest.mark.parametrize("amount", [499, 50_001, 0, -500])
def test_a_reload_has_its_bounds(site: ApiSite, amount: int) -> None:
    assert site.http.post("/v1/reload", json={"amount": amount}).status_code == 400


def test_the_price_card_is_kept_to_the_cent(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=200) as site:
        assert site.made()["cost"] == 0.1
        accepted = site.http.post("/v1/clip/auto", json=AUTO).json()
        assert accepted["reserved"] == 1.0  # three hours at most, and four more segments
        assert site.ended(accepted["job_id"])["cost"] == 0.5  # two started hours, one more segment
        assert site.http.get("/v1/balance").json() == {"balance": 1.4}


def test_what_is_set_aside_follows_from_a_length_that_was_looked_up(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=200) as site:
        site.http.post("/v1/clip/info", json={"url": URL})
        assert site.http.post("/v1/clip/auto", json=AUTO).json()["reserved"] == 0.8


def test_who_cannot_pay_is_told_so(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=5) as site:
        answer = site.http.post("/v1/clip", json=CLIP)
        assert answer.status_code == 402
        assert "balance" in answer.json()["detail"]


def test_a_key_spends_its_budget_and_no_more(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=500) as site:
        _, secret = site.engine.keys.create("small", budget=Money(10))
        with httpx.Client(base_url=site.server.address, headers={"Authorization": f"bearer {secret}"}) as http:
            assert http.post("/v1/clip", json=CLIP).status_code == 200
            assert http.post("/v1/clip", json=CLIP).status_code == 402


def test_a_key_of_clips_alone_opens_no_account_and_changes_no_clip(site: ApiSite) -> None:
    _, secret = site.engine.keys.create("clips", scope=Scope.CLIPS)
    site.made()
    (clip,) = site.http.get("/v1/clips").json()["clips"]
    with httpx.Client(base_url=site.server.address, headers={"Authorization": f"Bearer {secret}"}) as http:
        for path, body in (("/v1/clip", CLIP), ("/v1/clip/auto", AUTO)):
            made = http.post(path, json=body).json()["job_id"]
            assert http.get(f"/v1/clip/{made}").status_code == 200
            assert site.ended(made)["status"] == "complete"
        assert http.get(f"/v1/clip/{clip['id']}").status_code == 404
        assert http.get(f"/v1/clip/{site.engine.jobs.newest(9)[-1].id}").status_code == 404  # another key's
        one = f"/v1/clips/{clip['id']}"
        for path in ("/v1/balance", "/v1/storage", "/v1/cards", "/v1/clips", one, f"{one}/thumbnail"):
            assert http.get(path).status_code == 403
        for path in ("/v1/clip/analyze", "/v1/transcript"):
            assert http.post(path, json=AUTO).status_code == 403
        assert http.delete(f"/v1/clips/{clip['id']}").status_code == 403
        assert http.post("/v1/reload", json={"amount": 500}).status_code == 403


def test_other_platforms_are_unsupported_under_the_hosted_policy(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=500) as site:
        for body in (CLIP, AUTO):
            path = "/v1/clip/auto" if body is AUTO else "/v1/clip"
            assert site.http.post(path, json={**body, "url": "https://vimeo.com/1"}).status_code == 422
        assert site.http.get("/v1/clip/info", params={"url": "https://vimeo.com/1"}).status_code == 422


@pytest.mark.parametrize(
    "url",
    ["/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/a.mp4", "http://localhost:1/", "http://[::1]/", "ftp://a.b/c",
     "http://169.254.169.254/", "http://[::1", "nonsense", "https://"],
)  # fmt: skip
def test_paths_and_addresses_inside_are_unsupported(site: ApiSite, url: str) -> None:
    assert site.http.post("/v1/clip", json={**CLIP, "url": url}).status_code == 422
    assert site.http.get("/v1/clip/info", params={"url": url}).status_code == 422
    assert site.runner.requests == []


def test_whoever_started_the_server_may_allow_them(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(allow_local_sources=True)) as site:
        assert site.made({**CLIP, "url": str(tmp_path / "a.mp4")})["status"] == "complete"


def test_the_references_name_every_route_and_fetch_nothing(site: ApiSite) -> None:
    with site.stranger as stranger:
        schema = stranger.get("/openapi.json").json()
        docs, llm = stranger.get("/docs"), stranger.get("/llm")
    for path in schema["paths"]:
        assert path in docs.text
        assert path in llm.text
    assert "default-src 'none'" in docs.headers["content-security-policy"]
    assert not re.findall(r'(?:src|href)="(?!/)', docs.text)
    assert "600 a minute" in llm.text
    for name in set(re.findall(r"list of ([A-Z]\w+)", llm.text)):
        assert f"\n  {name}: " in llm.text
        assert f"<p>{name}</p>" in docs.text
    assert "Segment: start (number), end (number), excerpt (string), confidence (number)" in llm.text
    assert llm.headers["content-type"].startswith("text/plain")


def test_the_reference_has_every_price_and_limit_of_the_policy_in_force(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED)) as site, site.stranger as stranger:
        text = stranger.get("/llm").text
    for line in (
        "Clip by times: $0.10",
        "Clips by words: $0.20 for each started hour of source, $0.10 for each clip after the first",
        "Analyze: $0.10 for each started hour",
        "Transcript: $0.02",
        "Sources: youtu.be, youtube-nocookie.com, youtube.com; others: 422",
        "Longest clip: 10:00",
        "Longest GIF: 0:30",
        "Longest source: 3:00:00",
        "Longest query: 500 characters",
        "Longest name: 200 characters",
        "Requests: 60 a minute",
        "Clip, auto and analyze: 20 an hour",
        "Reloads: 10 an hour, $5.00 to $500.00 each",
        "New clips expire after: 24 hours",
        "Pinned storage: 1",
        "Keys: at most 10",
    ):
        assert line in text, line


def test_more_storage_can_be_had_where_there_is_a_quota(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED)) as site:
        named = {"Idempotency-Key": "once"}
        for _ in range(2):
            answer = site.http.post("/v1/storage/purchase", json={"gb": 5}, headers=named)
            assert answer.json() == {
                "success": True,
                "gb": 5,
                "cost": 0.0,
                "used": 0,
                "quota": 6 * 1024**3,
                "free": 6 * 1024**3,
            }
        assert site.http.get("/v1/storage").json()["quota"] == 6 * 1024**3
        for gigabytes in (0, -1, 10_000, "5", 1.5):
            assert site.http.post("/v1/storage/purchase", json={"gb": gigabytes}).status_code == 400


def test_a_disk_is_not_for_sale(site: ApiSite) -> None:
    answer = site.http.post("/v1/storage/purchase", json={"gb": 5})
    assert (answer.status_code, "disk" in answer.json()["detail"]) == (400, True)
    storage = site.http.get("/v1/storage").json()
    assert storage["used"] == 0
    assert storage["free"] == storage["quota"]


def test_a_full_quota_pins_no_more(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(dataclasses.replace(LOCAL, pinned_storage=7))) as site:
        for status in (200, 409):
            site.made()
            clip = site.http.get("/v1/clips").json()["clips"][0]["id"]
            assert site.http.post(f"/v1/clips/{clip}/pin").status_code == status


def test_a_clips_picture_needs_a_key_and_a_clip_with_one(tmp_path: Path) -> None:
    picture = Thumbnail(0, Fraction(0), Fraction(0), 2, 2, b"jpeg")
    with api_site(tmp_path, MakePoster=picture) as site:
        site.made()
        clip = site.http.get("/v1/clips").json()["clips"][0]["id"]
        answer = site.http.get(f"/v1/clips/{clip}/thumbnail")
        assert (answer.content, answer.headers["content-type"]) == (b"jpeg", "image/jpeg")
        assert httpx.get(f"{site.server.address}/v1/clips/{clip}/thumbnail").status_code == 401
        site.made({**CLIP, "format": "mp3"})
        sound = site.http.get("/v1/clips").json()["clips"][0]["id"]
        assert site.http.get(f"/v1/clips/{sound}/thumbnail").status_code == 404


def test_the_words_of_a_source_cost_two_cents_once(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=3) as site:
        named = {"Idempotency-Key": "once"}
        for _ in range(2):
            assert site.http.post("/v1/transcript", json={"url": URL}, headers=named).json() == {
                "title": "My: talk?",
                "language": "en",
                "origin": "sidecar",
                "segments": [{"text": "Hello there.", "start": 10, "end": 20, "words": []}],
                "cost": 0.02,
            }
        assert site.http.get("/v1/balance").json() == {"balance": 0.01}
        other = site.http.post("/v1/transcript", json={"url": URL + "&t=1"}, headers=named)
        assert other.status_code == 409
        asked = len(site.runner.requests)
        assert site.http.post("/v1/transcript", json={"url": URL}).status_code == 402
        assert len(site.runner.requests) == asked


def test_what_is_no_supported_link_is_said_before_what_it_would_cost(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED)) as site:
        for path in ("/v1/clip", "/v1/clip/auto", "/v1/clip/analyze", "/v1/transcript"):
            body = {**CLIP, **AUTO, "url": "https://vimeo.com/1"}
            assert site.http.post(path, json=body).status_code == 422, path
            assert site.http.post(path, json={**body, "url": URL}).status_code == 402, path


def test_a_source_without_words_costs_nothing(tmp_path: Path) -> None:
    silent = InputError(ErrorCode.NO_TRANSCRIPT, "Nobody says anything.")
    with api_site(tmp_path, ServerSettings(HOSTED), balance=3, Transcribe=silent) as site:
        answer = site.http.post("/v1/transcript", json={"url": URL})
        assert (answer.status_code, answer.json()) == (400, {"detail": "Nobody says anything."})
        assert site.http.get("/v1/balance").json() == {"balance": 0.03}
