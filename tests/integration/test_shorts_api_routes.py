"""The routes of the AI clipping contract, over real HTTP: from the job to the files, and what they do to the engine."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.api.subclip.quota import UNLIMITED
from fastclip_desktop.domain.api_key import Scope
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.transcript import TranscriptOrigin
from tests.api_site import ApiSite, api_site
from tests.unit.engine.small_jobs import Gate, SetClock, wait_until, write_short
from tests.unit.engine.test_shorts import FETCHED, LINK, MOMENTS, WORDS

JOBS = "/api/v1/ai-clipping/jobs"
QUOTA = "/api/v1/quota"
SOURCE = "https://www.youtube.com/watch?v=abcdefghijk&token=secret"
CHOSEN = {
    "videoUrl": SOURCE,
    "projectName": "Podcast clips",
    "language": "en",
    "youtubeTranscript": True,
    "numberOfClips": 2,
    "ctaText": "Follow for more",
}
EXACT = {
    "videoUrl": SOURCE,
    "language": "en",
    "dynamicCaptions": False,
    "segments": [
        {"startTimeSeconds": 24.5, "endTimeSeconds": 28.9},
        {"startTimeSeconds": 8.3, "endTimeSeconds": 12.6, "textHook": "This changed it"},
    ],
}
SCRIPT: dict[str, object] = {
    "ResolveSource": LINK,
    "Transcribe": WORDS,
    "SelectMoments": (MOMENTS,),
    "FetchMedia": FETCHED,
}
NAMED = {"Idempotency-Key": "order 66"}
HURRIED = dataclasses.replace(HOSTED, requests_a_minute=100_000, jobs_an_hour=None)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path, **SCRIPT) as site:
        yield site


def begun(site: ApiSite, body: dict[str, Any] = CHOSEN) -> str:
    answer = site.http.post(JOBS, json=body)
    assert answer.status_code == 200, answer.text
    project: str = answer.json()["projectId"]
    return project


def ended(site: ApiSite, project: str) -> dict[str, Any]:
    """The status of a project once nobody works on it any more."""
    (job,) = [each for each in site.engine.jobs.newest(100) if is_of(site, project, each.id)]
    wait_until(
        site.engine,
        lambda: site.engine.jobs.get(job.id).state.is_terminal and not site.engine.jobs.is_under_way(job.id),
    )
    return status(site, project)


def is_of(site: ApiSite, project: str, job: str) -> bool:
    found = site.engine.projects.find(project, site.engine.jobs.get(job).key)
    return found is not None and found.job.id == job


def status(site: ApiSite, project: str) -> dict[str, Any]:
    answer = site.http.get(f"{JOBS}/{project}")
    assert answer.status_code == 200, answer.text
    assert "youtube.com" not in answer.text
    told: dict[str, Any] = answer.json()
    return told


def refused(answer: httpx.Response, number: int, code: str) -> None:
    assert (answer.status_code, answer.json()["error"]["code"]) == (number, code), answer.text
    assert answer.json()["error"]["message"]


def test_a_choice_goes_from_queued_to_clips_and_a_montage(site: ApiSite) -> None:
    taken = site.http.post(JOBS, json=CHOSEN).json()
    assert re.fullmatch("rproj_[0-9A-Za-z]{20}", taken["projectId"])
    assert re.fullmatch("run_[0-9A-Za-z]{20}", taken["runId"])
    assert taken == {
        "projectId": taken["projectId"],
        "status": "queued",
        "runId": taken["runId"],
        "estimatedCredits": 0,
        "statusUrl": f"{JOBS}/{taken['projectId']}",
        "downloadUrl": f"{JOBS}/{taken['projectId']}/download",
    }
    done = ended(site, taken["projectId"])
    assert (done["status"], done["progress"], done["outputReady"]) == ("completed", 100, True)
    assert (done["projectName"], done["label"]) == ("Podcast clips", "AI clipping video ready")
    assert (done["runId"], done["errorMessage"]) == (taken["runId"], None)
    assert re.fullmatch("render_[0-9A-Za-z]{20}", done["renderId"])
    assert (done["transcriptSource"], done["youtubeTranscriptStatus"]) == ("youtube", "fetched")
    assert [(clip["startTimeSeconds"], clip["score"], clip["ctaText"]) for clip in done["clips"]] == [
        (0, 50, "Follow for more"),
        (29.85, 91, "Follow for more"),
    ]
    assert [clip["outputStartTimeSeconds"] for clip in done["clips"]] == [
        0,
        pytest.approx(done["clips"][0]["outputEndTimeSeconds"] + 0.8, abs=0.001),
    ]
    with httpx.Client() as anybody:
        for clip in done["clips"]:
            answer = anybody.get(clip["downloadUrl"])
            assert (answer.content, answer.headers["content-type"]) == (b"short", "video/mp4")
            assert clip["fileSize"] == 5
            part = anybody.get(clip["downloadUrl"], headers={"Range": "bytes=1-2"})
            assert (part.status_code, part.content) == (206, b"ho")


def test_a_download_is_fresh_links_that_need_no_key(site: ApiSite) -> None:
    project = begun(site)
    done = ended(site, project)
    answer = site.http.get(f"{JOBS}/{project}/download").json()
    assert (answer["fileName"], answer["fileSize"], answer["expiresIn"]) == ("Podcast clips.mp4", 6, 3600)
    assert (answer["mediaType"], answer["contentType"]) == ("video", "video/mp4")
    montage = httpx.get(answer["downloadUrl"])
    assert montage.content == b"joined"
    assert "Podcast%20clips.mp4" in montage.headers["content-disposition"]
    assert [each["fileSize"] for each in answer["clips"]] == [each["fileSize"] for each in done["clips"]]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["expiresAt"])
    for link in (answer["downloadUrl"], answer["clips"][0]["downloadUrl"]):
        assert link.startswith(site.server.address + "/download/")
        assert httpx.get(link[:-1] + ("0" if link[-1] != "0" else "1")).status_code == 403


def test_links_expire_and_are_made_afresh(tmp_path: Path) -> None:
    clock = SetClock(1_782_000_000.0)
    with api_site(tmp_path, clock=clock, **SCRIPT) as site:
        done = ended(site, project := begun(site))
        link = done["clips"][0]["downloadUrl"]
        assert done["clips"][0]["downloadUrlExpiresAt"] == "2026-06-21T01:00:00.000Z"
        clock.let_pass(3599)
        assert httpx.get(link).status_code == 200
        clock.let_pass(1)
        assert httpx.get(link).status_code == 403
        assert httpx.get(status(site, project)["clips"][0]["downloadUrl"]).status_code == 200


def test_exact_segments_need_nobody_to_choose(site: ApiSite) -> None:
    done = ended(site, begun(site, EXACT))
    assert [(clip["startTimeSeconds"], clip["endTimeSeconds"]) for clip in done["clips"]] == [(8.3, 12.6), (24.5, 28.9)]
    assert [clip["textHook"] for clip in done["clips"]] == ["This changed it", None]
    assert [(clip["reason"], clip["score"]) for clip in done["clips"]] == [(None, None)] * 2
    assert (done["aiAnalysis"], done["transcriptSource"], done["projectName"]) == (False, None, "AI clips")


def test_what_is_not_ready_is_not_downloaded_yet(tmp_path: Path) -> None:
    gate = Gate(write_short)
    with api_site(tmp_path, **SCRIPT, RenderShort=gate) as site:
        project = begun(site)
        gate.wait()
        told = status(site, project)
        assert (told["status"], told["outputReady"], told["clips"]) == ("processing", False, [])
        assert (told["transcriptSource"], told["youtubeTranscriptStatus"]) == ("youtube", "fetched")
        assert 0 < told["progress"] < 100
        assert told["label"] not in ("", "AI clipping video ready")
        refused(site.http.get(f"{JOBS}/{project}/download"), 409, "not_ready")
        gate.open()
        assert ended(site, project)["outputReady"]
        assert site.http.get(f"{JOBS}/{project}/download").status_code == 200


def test_the_try_of_youtubes_captions_is_told_step_by_step(tmp_path: Path) -> None:
    gone = InputError(ErrorCode.NO_TRANSCRIPT, f"{SOURCE!r} has no captions.")
    gate = Gate(lambda *_: (_ for _ in ()).throw(gone))
    with api_site(tmp_path, **{**SCRIPT, "Transcribe": gate}) as site:
        project = begun(site)
        gate.wait()
        assert status(site, project)["youtubeTranscriptStatus"] == "fetching"
        gate.open()
        told = ended(site, project)
        # Nothing hears words here, so that the job itself fails afterwards.
        assert told["youtubeTranscriptStatus"] == "failed_fallback_asr"
        assert told["youtubeTranscriptError"] == "the address has no captions."
        assert told["youtubeTranscriptCreditsUsed"] == 0


def test_a_failed_job_says_why_costs_nothing_and_gives_no_source_away(tmp_path: Path) -> None:
    fault = InputError(ErrorCode.SOURCE_NOT_FOUND, f"The video {SOURCE!r} is gone.", "Try another.")
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **{**SCRIPT, "ResolveSource": fault}) as site:
        project = begun(site)
        told = ended(site, project)
        assert (told["status"], told["errorMessage"]) == ("failed", "The video the address is gone.")
        assert (told["label"], told["creditsUsed"], told["outputReady"]) == ("AI clipping failed", 0, False)
        refused(site.http.get(f"{JOBS}/{project}/download"), 409, "job_failed")
        assert site.engine.accounts.balance() == Money(1000)


def test_a_cancelled_job_is_a_failed_one_to_scripts(tmp_path: Path) -> None:
    gate = Gate(write_short)
    with api_site(tmp_path, **SCRIPT, RenderShort=gate) as site:
        project = begun(site)
        gate.wait()
        site.engine.jobs.cancel(site.engine.jobs.newest(1)[0].id)
        assert ended(site, project)["errorMessage"] == "The job was cancelled."


def test_nobody_hears_of_anothers_project_nor_of_one_that_there_is_not(site: ApiSite) -> None:
    project = begun(site)
    ended(site, project)
    _, other = site.engine.keys.create("other")
    (job,) = site.engine.jobs.newest(1)
    names = [
        project.lower(),
        project + "x",
        project[:-1],
        "rproj_" + "a" * 20,
        job.id,
        "..",
        "%2e%2e",
        "%00",
        "🎬",
        "x" * 5000,
    ]
    for tail in ("", "/download"):
        theirs = {"Authorization": f"Bearer {other}"}
        refused(site.http.get(f"{JOBS}/{project}{tail}", headers=theirs), 404, "unknown_project")
        for name in names:
            answer = site.http.get(f"{JOBS}/{name}{tail}")
            assert answer.status_code == 404, name
            assert list(answer.json()) == ["error"]


def test_the_clips_of_a_project_are_gone_after_a_day_and_with_them_the_project(tmp_path: Path) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock, **SCRIPT) as site:
        project = begun(site)
        ended(site, project)
        assert site.http.get(QUOTA).json()["storage"]["usedBytes"] == 0
        clock.let_pass(24 * 3600 + 1)
        for tail in ("", "/download"):
            refused(site.http.get(f"{JOBS}/{project}{tail}"), 404, "project_expired")


@pytest.mark.parametrize(
    "show",
    [
        lambda key: {"Authorization": f"Bearer {key}"},
        lambda key: {"Authorization": f"bearer  {key}"},
        lambda key: {"x-api-key": key},
        lambda key: {"X-API-Key": key},
        lambda key: {"Authorization": f"Bearer {key}", "x-api-key": key},
    ],
)
def test_a_key_may_come_in_either_header(site: ApiSite, show: Callable[[str], dict[str, str]]) -> None:
    with site.stranger as stranger:
        answer = stranger.get(QUOTA, headers=show(site.key))
        assert answer.status_code == 200
        assert int(answer.headers["x-ratelimit-remaining"]) > 0
        assert int(answer.headers["x-ratelimit-reset"]) > 0


def test_no_other_header_is_a_key(site: ApiSite) -> None:
    _, other = site.engine.keys.create("other")
    shown: list[list[tuple[str, str]]] = [
        [],
        [("x-api-key", "")],
        [("x-api-key", site.key + "x")],
        [("x-api-key", f"Bearer {site.key}")],
        [("Authorization", site.key)],
        [("Authorization", f"Basic {site.key}")],
        [("Authorization", f"Bearer {site.key}"), ("x-api-key", other)],
        [("Authorization", f"Basic {site.key}"), ("x-api-key", site.key)],
        [("x-api-key", site.key), ("x-api-key", site.key)],
        [("x-api-key", f"{site.key},{site.key}")],
        [("Cookie", f"x-api-key={site.key}")],
    ]
    with site.stranger as stranger:
        for headers in shown:
            refused(stranger.get(QUOTA, headers=headers), 401, "invalid_api_key")
        refused(stranger.get(f"{QUOTA}?x-api-key={site.key}"), 401, "invalid_api_key")


def test_a_key_that_only_makes_clips_makes_these_too(site: ApiSite) -> None:
    _, narrow = site.engine.keys.create("narrow", scope=Scope.CLIPS)
    headers = {"Authorization": f"Bearer {narrow}"}
    answer = site.http.post(JOBS, json=EXACT, headers=headers)
    assert answer.status_code == 200
    assert site.http.get(f"{JOBS}/{answer.json()['projectId']}", headers=headers).status_code == 200
    refused(site.http.get(QUOTA, headers=headers), 403, "forbidden")


def test_credits_are_estimated_set_aside_and_settled(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **SCRIPT) as site:
        assert site.http.get(QUOTA).json()["aiCredits"] == {"balance": 1000, "allowed": True}
        taken = site.http.post(JOBS, json={**CHOSEN, "youtubeTranscript": False, "preferredDurationSeconds": 20}).json()
        done = ended(site, taken["projectId"])
        # 5 for the work, 1 for a started minute that is rendered, 1 for captions: the words were there already.
        assert (done["status"], done["creditsUsed"]) == ("completed", 7)
        assert taken["estimatedCredits"] >= 7
        assert site.http.get(QUOTA).json()["aiCredits"]["balance"] == 993


def test_an_upload_is_looked_at_so_that_no_more_is_set_aside_than_it_can_cost(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **SCRIPT) as site:
        sent = {"fileName": "interview.mp4", "contentType": "video/mp4", "fileSize": 4}
        upload = site.http.post("/api/v1/ai-clipping/uploads", json=sent).json()
        assert httpx.put(upload["uploadUrl"], content=b"1234", headers={"Content-Type": "video/mp4"}).status_code == 200
        body = {"sourceObjectKey": upload["sourceObjectKey"], "language": "en", "segments": EXACT["segments"]}
        # 5 for the work, 10 for ten minutes that may have to be heard, 1 for a started minute, 1 for captions.
        assert site.http.post(JOBS, json=body).json()["estimatedCredits"] == 17
        assert site.http.post(JOBS, json={**EXACT, "dynamicCaptions": True}).json()["estimatedCredits"] == 187


def test_an_upload_that_is_no_media_is_taken_and_fails(tmp_path: Path) -> None:
    fault = InputError(ErrorCode.NOT_MEDIA, "It is no media.")
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **{**SCRIPT, "ResolveSource": fault}) as site:
        sent = {"fileName": "interview.mp4", "fileSize": 4}
        upload = site.http.post("/api/v1/ai-clipping/uploads", json=sent).json()
        assert httpx.put(upload["uploadUrl"], content=b"1234").status_code == 200
        done = ended(site, begun(site, {"sourceObjectKey": upload["sourceObjectKey"], "language": "en"}))
        assert (done["status"], done["errorMessage"]) == ("failed", "It is no media.")


def test_without_credits_there_are_no_clips(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=5, **SCRIPT) as site:
        refused(site.http.post(JOBS, json=EXACT, headers=NAMED), 402, "balance_too_low")
        assert site.states() == []
        site.engine.accounts.deposit(Money(100), "at last")
        assert site.http.post(JOBS, json=EXACT, headers=NAMED).status_code == 200


def test_a_key_spends_no_more_than_its_budget(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **SCRIPT) as site:
        _, thrifty = site.engine.keys.create("thrifty", budget=Money(8))
        headers = {"x-api-key": thrifty}
        with site.stranger as stranger:
            assert stranger.get(QUOTA, headers=headers).json()["aiCredits"] == {"balance": 8, "allowed": True}
            assert stranger.post(JOBS, json=EXACT, headers=headers).status_code == 200
            refused(stranger.post(JOBS, json=EXACT, headers=headers), 402, "budget_spent")


def test_a_quota_tells_of_storage_and_credits(site: ApiSite) -> None:
    answer = site.http.get(QUOTA).json()
    storage = answer.pop("storage")
    assert answer == {"uploadCheck": None, "aiCredits": {"balance": UNLIMITED, "allowed": True}}
    assert set(storage) == {"usedBytes", "remainingBytes", "limitBytes", "used", "remaining", "limit"}
    assert (storage["usedBytes"], storage["used"]) == (0, "0 bytes")
    assert site.http.get(f"{QUOTA}?fileSize=5").json()["uploadCheck"] == {"fileSize": 5, "allowed": True}
    assert site.http.get(f"{QUOTA}?fileSize={2**50}").json()["uploadCheck"]["allowed"] is False


def test_the_same_call_twice_makes_one_project_and_one_charge(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HURRIED), balance=1000, **SCRIPT) as site:
        first = site.http.post(JOBS, json=EXACT, headers=NAMED)
        ended(site, first.json()["projectId"])
        spent = site.engine.accounts.balance()
        headers = NAMED | {"Content-Type": "application/json"}
        again = site.http.post(JOBS, content=b" " + first.request.content, headers=headers)
        assert again.json() == first.json()
        refused(site.http.post(JOBS, json={**EXACT, "preset": "aura"}, headers=NAMED), 409, "key_reused")
        assert (len(site.states()), site.engine.accounts.balance()) == (1, spent)


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    hurried = dataclasses.replace(HOSTED, requests_a_minute=2)
    with api_site(tmp_path, ServerSettings(hurried), balance=1000, clock=SetClock(), **SCRIPT) as site:
        for _ in range(2):
            assert site.http.get(QUOTA).status_code == 200
        answer = site.http.get(QUOTA)
        refused(answer, 429, "too_often")
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["x-ratelimit-remaining"] == "0"


def test_only_so_many_jobs_are_begun_in_an_hour(tmp_path: Path) -> None:
    hurried = dataclasses.replace(HOSTED, jobs_an_hour=1)
    with api_site(tmp_path, ServerSettings(hurried), balance=1000, **SCRIPT) as site:
        assert site.http.post(JOBS, json=EXACT).status_code == 200
        answer = site.http.post(JOBS, json=EXACT)
        refused(answer, 429, "too_often")
        assert int(answer.headers["retry-after"]) >= 1


def test_a_body_may_have_a_megabyte(site: ApiSite) -> None:
    big = {**EXACT, "padding": "x" * (1024 * 1024 - 400)}
    assert site.http.post(JOBS, json=big).status_code == 200
    refused(site.http.post(JOBS, json={**big, "more": "x" * 400}), 413, "body_too_large")

    def in_parts() -> Iterator[bytes]:
        yield b'{"padding": "'
        for _ in range(20):
            yield b"x" * 65536
        yield b'"}'

    headers = {"Content-Type": "application/json"}
    refused(site.http.post(JOBS, content=in_parts(), headers=headers), 413, "body_too_large")


def test_a_transcript_that_is_given_is_the_one_that_is_used(site: ApiSite) -> None:
    segments = [
        {
            "start": float(segment.span.start),
            "end": float(segment.span.end),
            "text": segment.text,
            "words": [
                {"word": word.text, "start": float(word.span.start), "end": float(word.span.end)}
                for word in segment.words
            ],
        }
        for segment in WORDS.segments
    ]
    done = ended(site, begun(site, {"videoUrl": SOURCE, "numberOfClips": 1, "transcript": {"segments": segments}}))
    assert (done["status"], done["transcriptSource"]) == ("completed", "provided")
    (job,) = site.engine.jobs.newest(1)
    assert job.result is not None
    assert job.result.transcript_origin is TranscriptOrigin.GIVEN


def test_a_transcript_of_another_video_is_said_to_be_one(site: ApiSite) -> None:
    late = {"transcript": {"segments": [{"start": 90_000, "end": 90_010, "text": "Elsewhere."}]}}
    done = ended(site, begun(site, {**without_captions_off(EXACT), **late}))
    assert done["status"] == "failed"
    assert "behind the end" in done["errorMessage"]


def without_captions_off(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("dynamicCaptions", "language")}


def test_no_answer_of_any_route_holds_the_source(site: ApiSite) -> None:
    project = begun(site)
    ended(site, project)
    answers = [
        site.http.get(f"{JOBS}/{project}"),
        site.http.get(f"{JOBS}/{project}/download"),
        site.http.get(QUOTA),
        site.http.post(JOBS, json=CHOSEN),
        site.http.post(JOBS, json={**CHOSEN, "videoUrl": SOURCE.replace("www.youtube.com", "127.0.0.1")}),
        site.http.post(JOBS, json={**CHOSEN, "videoUrl": SOURCE.replace("https", "ftp")}),
        site.http.post(JOBS, json={**CHOSEN, "preset": SOURCE}),
        site.http.get(f"{JOBS}/{SOURCE}"),
    ]
    for answer in answers:
        assert "token=secret" not in answer.text
        assert "watch?v" not in json.dumps(answer.json())


def test_the_other_contract_tells_of_these_clips_as_of_all(site: ApiSite) -> None:
    ended(site, begun(site))
    clips = site.http.get("/v1/clips").json()
    assert clips["total_items"] == 3
    assert {clip["pinned"] for clip in clips["clips"]} == {False}
    assert site.http.get("/v1/storage").json()["used"] == 0


def test_the_references_tell_of_these_routes_and_their_rules(site: ApiSite) -> None:
    told = site.http.get("/llm").text
    for words in (
        "POST /api/v1/ai-clipping/uploads",
        "PUT /api/v1/ai-clipping/uploads/{upload_id} (no key)",
        "POST /api/v1/ai-clipping/jobs",
        "GET /api/v1/ai-clipping/jobs/{projectId}/download",
        "GET /api/v1/quota",
        '"portrait" or "square" or null',
        "SegmentBody: textHook",
        "TranscriptBody: text",
        "clips by their times, 1 to 50",
        "Shorts cost: nothing: 5 a job",
        "yo (Yoruba)",
    ):
        assert words in told
    page = site.http.get("/docs").text
    for words in ("AI clipping", "/api/v1/ai-clipping/jobs/{projectId}", "SegmentBody", "endTimeSeconds"):
        assert words in page
