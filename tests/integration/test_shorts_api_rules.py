"""Every rule of the AI clipping contract's page, broken one at a time over real HTTP, and what is made of the rest."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.api.subclip.bodies import LARGEST_SRT, MOST_SEGMENTS
from fastclip_desktop.api.subclip.languages import LANGUAGES
from fastclip_desktop.domain.access import Access, Trust
from fastclip_desktop.domain.job import ShortsRequest
from fastclip_desktop.domain.policy import HOSTED, LOCAL
from fastclip_desktop.domain.short_look import Aspect, Framing, ShortLook, WantedShort
from fastclip_desktop.domain.short_presets import PRESETS, look_of
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, TranscriptOrigin, Word
from fastclip_desktop.settings.own_look import write_own_look
from tests.api_site import URL, ApiSite, api_site
from tests.integration.test_api_bad_input import RAW

PATIENT = dataclasses.replace(LOCAL, requests_a_minute=100_000)

JOBS = "/api/v1/ai-clipping/jobs"
UPLOADS = "/api/v1/ai-clipping/uploads"

CHOSEN: dict[str, Any] = {"videoUrl": URL, "language": "en"}
TIMES: dict[str, Any] = {"startTimeSeconds": 83.2, "endTimeSeconds": 126.8}
EXACT: dict[str, Any] = {**CHOSEN, "segments": [TIMES]}
SAID: dict[str, Any] = {"start": 0, "end": 2, "text": "Hello there."}
GIVEN: dict[str, Any] = {"videoUrl": URL, "transcript": {"segments": [SAID]}}
SOURCE: dict[str, Any] = {"fileName": "interview.mp4", "contentType": "video/mp4", "fileSize": 4}
SRT: dict[str, Any] = {
    "uploadType": "transcript_srt",
    "fileName": "podcast.srt",
    "contentType": "text/plain",
    "fileSize": 4,
}

NO_TEXT: tuple[object, ...] = (1, 1.5, True, [], {}, ["a"])
NO_NUMBER: tuple[object, ...] = ("1", True, [], {}, [1])
NO_FLAG: tuple[object, ...] = ("true", "false", 0, 1, [], {})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path, ServerSettings(PATIENT)) as site:
        yield site


def refused(answer: httpx.Response, status: int = 400, code: str = "invalid_request") -> str:
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert list(body) == ["error"]
    assert list(body["error"]) == ["code", "message"]
    assert body["error"]["code"] == code
    message: str = body["error"]["message"]
    assert message
    assert len(message) < 400
    assert "\n" not in message
    assert "://" not in message
    return message


def asked(site: ApiSite, body: dict[str, Any]) -> ShortsRequest:
    """What the engine is asked for by a body that is taken."""
    answer = site.http.post(JOBS, json=body)
    assert answer.status_code == 200, answer.text
    project = site.engine.projects.find(answer.json()["projectId"], site.engine.jobs.newest(1)[0].key)
    assert project is not None
    assert isinstance(project.job.request, ShortsRequest)
    return project.job.request


def uploaded(site: ApiSite, body: dict[str, Any], content: bytes = b"1234") -> str:
    """The object key of a file that is there."""
    answer = site.http.post(UPLOADS, json=body).json()
    sent = httpx.put(answer["uploadUrl"], content=content, headers={"Content-Type": body["contentType"]})
    assert sent.status_code == 200, sent.text
    key: str = answer.get("sourceObjectKey") or answer["transcriptSrtObjectKey"]
    return key


def without(body: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in names}


def said(*segments: dict[str, Any]) -> dict[str, Any]:
    return {**GIVEN, "transcript": {"segments": list(segments)}}


def times(start: object, end: object) -> dict[str, Any]:
    return {**CHOSEN, "segments": [{"startTimeSeconds": start, "endTimeSeconds": end}]}


RULES: list[tuple[str, dict[str, Any], str]] = [
    ("neither source", {"language": "en"}, "videoUrl or sourceObjectKey"),
    ("both sources", {**CHOSEN, "sourceObjectKey": "user_a/ai-clipping-api/sources/b-c.mp4"}, "and not both"),
    ("no language", {"videoUrl": URL}, "language is needed"),
    ("no language, exact", without(EXACT, "language"), "language is needed"),
    ("no language, youtubeTranscript alone", {"videoUrl": URL, "youtubeTranscript": True}, "language is needed"),
    ("unknown language", {**CHOSEN, "language": "xx"}, "language"),
    ("language with a region", {**CHOSEN, "language": "en-US"}, "language"),
    ("language by its name", {**CHOSEN, "language": "English"}, "language"),
    ("empty language", {**CHOSEN, "language": ""}, "language"),
    ("unknown language beside a transcript", {**GIVEN, "language": "xx"}, "language"),
    ("videoUrl of another scheme", {**CHOSEN, "videoUrl": "ftp://example.org/a.mp4"}, "videoUrl"),
    ("videoUrl that is a path", {**CHOSEN, "videoUrl": "/etc/passwd"}, "videoUrl"),
    ("videoUrl that is a file URL", {**CHOSEN, "videoUrl": "file:///etc/passwd"}, "videoUrl"),
    ("videoUrl without a host", {**CHOSEN, "videoUrl": "https://"}, "videoUrl"),
    ("videoUrl with half an address", {**CHOSEN, "videoUrl": "http://[::1"}, "videoUrl"),
    ("empty videoUrl", {**CHOSEN, "videoUrl": ""}, "videoUrl"),
    ("endless videoUrl", {**CHOSEN, "videoUrl": f"https://example.org/{'x' * 9000}"}, "videoUrl"),
    (
        "youtubeTranscript of another site",
        {**CHOSEN, "videoUrl": "https://vimeo.com/1", "youtubeTranscript": True},
        "youtubeTranscript",
    ),
    (
        "youtubeTranscript of a site that only sounds so",
        {**CHOSEN, "videoUrl": "https://notyoutube.com/watch?v=1", "youtubeTranscript": True},
        "youtubeTranscript",
    ),
    (
        "youtubeTranscript of an upload",
        {"sourceObjectKey": "user_a/x", "language": "en", "youtubeTranscript": True},
        "youtubeTranscript",
    ),
    ("numberOfClips and maxClips", {**CHOSEN, "numberOfClips": 3, "maxClips": 3}, "not both"),
    ("preferredDurationSeconds too short", {**CHOSEN, "preferredDurationSeconds": 9.999}, "preferredDurationSeconds"),
    ("preferredDurationSeconds too long", {**CHOSEN, "preferredDurationSeconds": 120.001}, "preferredDurationSeconds"),
    ("styleInstructions too long", {**CHOSEN, "styleInstructions": "ä" * 601}, "styleInstructions"),
    ("unknown preset", {**CHOSEN, "preset": "bold"}, "preset"),
    ("preset in capitals", {**CHOSEN, "preset": "Default"}, "preset"),
    ("unknown aspectRatio", {**CHOSEN, "aspectRatio": "9:16"}, "aspectRatio"),
    ("square for face_track", {**CHOSEN, "preset": "face_track", "aspectRatio": "square"}, "square"),
    ("square for face_track, exact", {**EXACT, "preset": "face_track", "aspectRatio": "square"}, "square"),
    ("segments to choose from", {**EXACT, "aiAnalysis": True}, "aiAnalysis"),
    ("exact without segments", {**CHOSEN, "aiAnalysis": False}, "segments are needed"),
    ("exact with no segments", {**CHOSEN, "aiAnalysis": False, "segments": []}, "segments"),
    ("no segments, and no word of the mode", {**CHOSEN, "segments": []}, "segments is empty"),
    ("too many segments", {**CHOSEN, "segments": [TIMES] * (MOST_SEGMENTS + 1)}, "segments"),
    ("segment without an end", {**CHOSEN, "segments": [{"startTimeSeconds": 1}]}, "segments.0.endTimeSeconds"),
    ("segment without a start", {**CHOSEN, "segments": [{"endTimeSeconds": 1}]}, "segments.0.startTimeSeconds"),
    ("segment that ends before it starts", times(10, 5), "endTimeSeconds"),
    ("segment of no time", times(10, 10), "endTimeSeconds"),
    ("segment of less than a millisecond", times(10, 10.0001), "endTimeSeconds"),
    ("segment before the beginning", times(-1, 5), "startTimeSeconds"),
    ("segment beyond all videos", times(1, 1e9), "endTimeSeconds"),
    ("segment that is none", {**CHOSEN, "segments": [7]}, "segments.0"),
    ("second of two segments", {**CHOSEN, "segments": [TIMES, {**TIMES, "endTimeSeconds": 1}]}, "segments.1"),
    ("segments that are one", {**CHOSEN, "segments": TIMES}, "segments"),
    ("numberOfClips in exact mode", {**EXACT, "numberOfClips": 1}, "numberOfClips"),
    ("maxClips in exact mode", {**EXACT, "maxClips": 1}, "maxClips"),
    ("preferredDurationSeconds in exact mode", {**EXACT, "preferredDurationSeconds": 30}, "preferredDurationSeconds"),
    ("styleInstructions in exact mode", {**EXACT, "styleInstructions": "hooks"}, "styleInstructions"),
    (
        "numberOfClips in exact mode that is said",
        {**EXACT, "aiAnalysis": False, "numberOfClips": 1},
        "numberOfClips",
    ),
    ("long textHook", {**CHOSEN, "textHook": "x" * 201}, "textHook"),
    ("long ctaText", {**CHOSEN, "ctaText": "x" * 201}, "ctaText"),
    ("long textHook of a segment", {**CHOSEN, "segments": [{**TIMES, "textHook": "x" * 201}]}, "segments.0.textHook"),
    ("long ctaText of a segment", {**CHOSEN, "segments": [{**TIMES, "ctaText": "x" * 201}]}, "segments.0.ctaText"),
    ("long projectName", {**CHOSEN, "projectName": "x" * 201}, "projectName"),
    ("long sourceObjectName", {**CHOSEN, "sourceObjectName": "x" * 256}, "sourceObjectName"),
    ("sourceObjectMimeType that is none", {**CHOSEN, "sourceObjectMimeType": "video"}, "sourceObjectMimeType"),
    ("transcript and its address", {**GIVEN, "transcriptSrtUrl": "https://example.org/a.srt"}, "not several"),
    ("transcript and its key", {**GIVEN, "transcriptSrtObjectKey": "user_a/b"}, "not several"),
    (
        "address and key of a transcript",
        {**CHOSEN, "transcriptSrtUrl": "https://example.org/a.srt", "transcriptSrtObjectKey": "user_a/b"},
        "not several",
    ),
    ("transcriptSrtUrl that is a path", {**CHOSEN, "transcriptSrtUrl": "/etc/passwd"}, "transcriptSrtUrl"),
    ("transcriptSrtUrl of another scheme", {**CHOSEN, "transcriptSrtUrl": "ftp://example.org/a"}, "transcriptSrtUrl"),
    ("transcript of text alone", {**GIVEN, "transcript": {"text": "Hello there."}}, "text alone"),
    ("transcript of text and no segments", {**GIVEN, "transcript": {"text": "Hello.", "segments": []}}, "text alone"),
    ("transcript of nothing", {**GIVEN, "transcript": {}}, "transcript"),
    ("transcript that is a text", {**GIVEN, "transcript": "Hello."}, "transcript"),
    ("transcript that is a list", {**GIVEN, "transcript": [SAID]}, "transcript"),
    ("transcript in which nothing is said", said({**SAID, "text": " \n"}), "nothing is said"),
    ("transcript segment without a time", said(without(SAID, "start")), "transcript.segments.0.start"),
    ("transcript segment without a text", said(without(SAID, "text")), "transcript.segments.0.text"),
    ("transcript segment that ends before it starts", said({**SAID, "start": 3}), "transcript.segments.0"),
    ("transcript segment before the beginning", said({**SAID, "start": -1}), "transcript.segments.0.start"),
    ("transcript segment with a long text", said({**SAID, "text": "x" * 5001}), "transcript.segments.0.text"),
    (
        "transcript segments out of order",
        said({**SAID, "start": 1}, {**SAID, "start": 0}),
        "begins before the segment before it",
    ),
    (
        "word that ends before it starts",
        said({**SAID, "words": [{"word": "Hello", "start": 1, "end": 0}]}),
        "transcript.segments.0.words.0",
    ),
    ("word without a time", said({**SAID, "words": [{"word": "Hello", "start": 1}]}), "words.0.end"),
    ("word without a word", said({**SAID, "words": [{"start": 0, "end": 1}]}), "words.0.word"),
    (
        "word outside its segment",
        said({**SAID, "words": [{"word": "Hello", "start": 50, "end": 51}]}),
        "outside its segment",
    ),
    (
        "words out of order",
        said({**SAID, "words": [{"word": "a", "start": 1, "end": 2}, {"word": "b", "start": 0, "end": 1}]}),
        "begins before the word before it",
    ),
    ("long word", said({**SAID, "words": [{"word": "x" * 201, "start": 0, "end": 1}]}), "words.0.word"),
    ("words that are a text", said({**SAID, "words": "Hello there."}), "words"),
]


def broken(site: ApiSite, path: str, rules: list[tuple[str, dict[str, Any], str]]) -> None:
    """Break each rule; all that is not refused as it should be is told at once."""
    wrong = []
    for name, body, names in rules:
        answer = site.http.post(path, json=body)
        if answer.status_code != 400 or names not in answer.text:
            wrong.append((name, answer.status_code, answer.text))
        else:
            refused(answer)
    assert wrong == []
    assert site.states() == []


def test_a_job_that_breaks_a_rule_is_refused_and_says_which(site: ApiSite) -> None:
    assert len({name for name, _, _ in RULES}) == len(RULES) >= 14
    broken(site, JOBS, RULES)


WRONG_KINDS: dict[str, tuple[object, ...]] = {
    "videoUrl": NO_TEXT,
    "sourceObjectName": NO_TEXT,
    "sourceObjectMimeType": NO_TEXT,
    "projectName": NO_TEXT,
    "language": NO_TEXT,
    "youtubeTranscript": NO_FLAG,
    "aiAnalysis": NO_FLAG,
    "preset": NO_TEXT,
    "aspectRatio": NO_TEXT,
    "dynamicCaptions": NO_FLAG,
    "numberOfClips": (*NO_NUMBER, 0, 13, -1, 1.5, 1e30, 10**30),
    "maxClips": (*NO_NUMBER, 0, 13, -1, 1.5),
    "preferredDurationSeconds": NO_NUMBER,
    "styleInstructions": NO_TEXT,
    "textHook": NO_TEXT,
    "ctaText": NO_TEXT,
    "addTextHook": NO_FLAG,
    "addCtaText": NO_FLAG,
    "transcript": (1, True, "a"),
    "transcriptSrtUrl": NO_TEXT,
    "transcriptSrtObjectKey": NO_TEXT,
    "segments": (1, True, "a", {}, [1], ["a"], [None], [[]]),
}


def test_no_field_of_a_job_takes_what_it_is_not_for(site: ApiSite) -> None:
    for field, values in WRONG_KINDS.items():
        for value in values:
            assert field in refused(site.http.post(JOBS, json={**CHOSEN, field: value})), (field, value)
    assert site.states() == []


def test_no_field_of_a_segment_takes_what_it_is_not_for(site: ApiSite) -> None:
    wrong = {
        "startTimeSeconds": (*NO_NUMBER, None),
        "endTimeSeconds": (*NO_NUMBER, None),
        "textHook": NO_TEXT,
        "ctaText": NO_TEXT,
        "addTextHook": NO_FLAG,
        "addCtaText": NO_FLAG,
    }
    for field, values in wrong.items():
        for value in values:
            body = {**CHOSEN, "segments": [{**TIMES, field: value}]}
            assert f"segments.0.{field}" in refused(site.http.post(JOBS, json=body)), value
    assert site.states() == []


def test_what_is_no_json_object_is_refused(site: ApiSite) -> None:
    headers = {"Content-Type": "application/json"}
    endless = f'{{"videoUrl": "{URL}", "language": "en", "preferredDurationSeconds": NaN}}'.encode()
    for path in (JOBS, UPLOADS):
        for raw in (*RAW, endless):
            refused(site.http.post(path, content=raw, headers=headers))
        refused(site.http.post(path, content=json.dumps(CHOSEN), headers={"Content-Type": "text/plain"}))
    assert site.states() == []


def test_what_nobody_knows_and_what_is_null_is_passed_over(site: ApiSite) -> None:
    nothing = dict.fromkeys(WRONG_KINDS) | CHOSEN
    request = asked(site, {**nothing, "surprise": {"a": [1]}})
    assert request == asked(site, CHOSEN)


def test_every_language_of_the_table_is_taken_and_may_be_written_large(site: ApiSite) -> None:
    assert len(LANGUAGES) == 100
    for code in LANGUAGES:
        tag = {"auto": "", "jw": "jv"}.get(code, code)
        assert asked(site, {**CHOSEN, "language": code}).language == tag
    assert asked(site, {**CHOSEN, "language": " EN "}).language == "en"


def test_a_job_with_nothing_more_than_it_needs_is_a_choice_in_the_default_look(site: ApiSite) -> None:
    request = asked(site, CHOSEN)
    assert request == ShortsRequest(
        source=URL,
        destination=request.destination,
        look=look_of("default"),
        language="en",
        joins=True,
        words=dataclasses.replace(request.words, asks_site=False),
        policy=PATIENT,
        access=Access(Trust.STRANGER),
    )
    assert request.destination.folder == site.engine.clips_folder
    assert (request.count, request.preferred, request.segments) == (None, None, ())


def test_a_choice_is_told_how_many_how_long_and_how(site: ApiSite) -> None:
    body = {
        **CHOSEN,
        "projectName": "  Podcast\nclips ",
        "youtubeTranscript": True,
        "aiAnalysis": True,
        "segments": [],
        "numberOfClips": 6,
        "preferredDurationSeconds": 45.5,
        "styleInstructions": "Prioritize controversial takes.",
        "textHook": "This changed the launch",
        "ctaText": "Follow",
        "addTextHook": True,
        "addCtaText": True,
    }
    request = asked(site, body)
    assert request.title == "Podcast clips"
    assert (request.count, request.preferred) == (6, Fraction(91, 2))
    assert (request.query, request.hint) == ("", "Prioritize controversial takes.")
    assert (request.hook, request.call_to_action) == ("This changed the launch", "Follow")
    assert (request.adds_hooks, request.adds_calls) == (True, True)
    assert request.words.asks_site


def test_numbers_may_be_at_their_bounds(site: ApiSite) -> None:
    for count in (1, 12):
        assert asked(site, {**CHOSEN, "maxClips": count}).count == count
        assert asked(site, {**CHOSEN, "numberOfClips": count}).count == count
    for seconds in (10, 120, 10.0):
        assert asked(site, {**CHOSEN, "preferredDurationSeconds": seconds}).preferred == Fraction(seconds)
    assert len(asked(site, {**CHOSEN, "segments": [TIMES] * MOST_SEGMENTS}).segments) == MOST_SEGMENTS


def test_a_whole_number_may_be_written_with_a_point(site: ApiSite) -> None:
    for name in ("numberOfClips", "maxClips"):
        assert asked(site, {**CHOSEN, name: 6.0}).count == 6
        assert name in refused(site.http.post(JOBS, json={**CHOSEN, name: 2.5}))
    assert site.http.post(UPLOADS, json={**SOURCE, "fileSize": 4.0}).status_code == 200
    assert "fileSize" in refused(site.http.post(UPLOADS, json={**SOURCE, "fileSize": 4.5}))


def test_600_characters_of_instructions_are_taken(site: ApiSite) -> None:
    assert asked(site, {**CHOSEN, "styleInstructions": "ä" * 600}).hint == "ä" * 600


@pytest.mark.parametrize("mode", [None, False])
def test_segments_are_clips_by_their_times_in_the_order_given(site: ApiSite, *, mode: bool | None) -> None:
    later = {"startTimeSeconds": 242.5, "endTimeSeconds": 289.1, "textHook": "Most teams miss this", "ctaText": "Save"}
    body = {**EXACT, "aiAnalysis": mode, "segments": [later, TIMES], "styleInstructions": " "}
    assert asked(site, body).segments == (
        WantedShort(TimeRange(Fraction("242.5"), Fraction("289.1")), "Most teams miss this", "Save"),
        WantedShort(TimeRange(Fraction("83.2"), Fraction("126.8"))),
    )


def test_what_a_segment_does_not_say_of_missing_lines_is_as_for_all(site: ApiSite) -> None:
    body = {
        **EXACT,
        "addTextHook": True,
        "addCtaText": False,
        "segments": [TIMES, {**TIMES, "addTextHook": False, "addCtaText": True}],
    }
    request = asked(site, body)
    assert [(each.adds_hook, each.adds_call) for each in request.segments] == [(True, False), (False, True)]
    assert (request.adds_hooks, request.adds_calls) == (False, False)


def test_a_preset_and_a_shape_are_a_look(site: ApiSite) -> None:
    shapes = {None: Aspect.PORTRAIT, "portrait": Aspect.PORTRAIT, "square": Aspect.SQUARE}
    for preset, aspect in itertools.product(PRESETS, shapes):
        if (preset, aspect) != ("face_track", "square"):
            look = asked(site, {**CHOSEN, "preset": preset, "aspectRatio": aspect}).look
            assert look == dataclasses.replace(look_of(preset), aspect=shapes[aspect])


def test_captions_can_be_left_out(site: ApiSite) -> None:
    assert asked(site, {**CHOSEN, "dynamicCaptions": False}).look.captions is None
    assert asked(site, {**CHOSEN, "dynamicCaptions": True}).look.captions is not None


def test_the_customised_look_is_the_one_that_the_owner_has_saved(site: ApiSite, tmp_path: Path) -> None:
    write_own_look(tmp_path / "config", ShortLook(framing=Framing.CROP, captions=None))
    look = asked(site, {**CHOSEN, "preset": "customised"}).look
    assert (look.preset, look.framing, look.captions) == ("customised", Framing.CROP, None)
    assert asked(site, {**CHOSEN, "preset": "customised", "dynamicCaptions": True}).look.captions is not None
    assert asked(site, {**CHOSEN, "preset": "aura"}).look.framing is Framing.AURA


def test_a_transcript_in_the_body_is_taken_as_it_is(site: ApiSite) -> None:
    transcript = {
        "text": "Hello there. General.",
        "segments": [
            {
                "start": 0.5,
                "end": 1.7,
                "text": " Hello  there. ",
                "words": [
                    {"word": " Hello", "start": 0.5, "end": 0.9},
                    {"word": " ", "start": 0.9, "end": 0.9},
                    {"word": "there.", "start": 1.7, "end": 1.7},
                ],
            },
            {"start": 1.8, "end": 1.9, "text": " ", "words": []},
            {"start": 2, "end": 2, "text": "", "words": [{"word": "General.", "start": 2, "end": 2}]},
        ],
    }
    words = asked(site, {**GIVEN, "transcript": transcript, "language": "pt"}).words
    assert words.transcript is not None
    assert words.transcript.segments == (
        Segment(
            "Hello there.",
            TimeRange(Fraction("0.5"), Fraction("1.7")),
            (
                Word("Hello", TimeRange(Fraction("0.5"), Fraction("0.9"))),
                Word("there.", TimeRange(Fraction("1.7"), Fraction("1.71"))),
            ),
        ),
        Segment(
            "General.",
            TimeRange(Fraction(2), Fraction("2.01")),
            (Word("General.", TimeRange(Fraction(2), Fraction("2.01"))),),
        ),
    )
    assert (words.transcript.language, words.transcript.origin) == ("pt", TranscriptOrigin.GIVEN)
    assert not words.asks_site


def test_a_transcript_by_its_address_is_left_to_be_fetched(site: ApiSite) -> None:
    words = asked(site, {"videoUrl": URL, "transcriptSrtUrl": "https://example.org/a.srt"}).words
    assert (words.link, words.asks_site) == ("https://example.org/a.srt", False)


def test_a_quotation_mark_in_an_address_is_written_as_links_write_it(site: ApiSite) -> None:
    # Sentences put links between such marks, and are looked through for them.
    body = {"videoUrl": 'https://example.org/a"b?sig=1', "transcriptSrtUrl": 'https://example.org/"a.srt'}
    request = asked(site, body)
    assert request.source == "https://example.org/a%22b?sig=1"
    assert request.words.link == "https://example.org/%22a.srt"


@pytest.mark.parametrize("field", ["videoUrl", "transcriptSrtUrl"])
def test_addresses_of_this_network_are_the_owners_to_name(site: ApiSite, tmp_path: Path, field: str) -> None:
    inside = {**CHOSEN, field: "http://127.0.0.1:9/secret"}
    assert "127.0.0.1" in refused(site.http.post(JOBS, json=inside), code="private_address")
    with api_site(tmp_path / "allowed", ServerSettings(PATIENT, allow_local_sources=True)) as allowed:
        assert asked(allowed, inside)


def test_an_uploads_transcript_may_not_lead_inside_either(site: ApiSite) -> None:
    body = {"sourceObjectKey": uploaded(site, SOURCE), "transcriptSrtUrl": "http://127.0.0.1:9/secret"}
    refused(site.http.post(JOBS, json=body), code="private_address")


def test_sources_come_from_anywhere_whatever_the_other_contract_allows(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=1000) as site:
        signed = "https://bucket.s3.amazonaws.com/interview.mp4?X-Amz-Signature=abc"
        assert asked(site, {**CHOSEN, "videoUrl": signed}).source == signed


def test_youtubes_own_captions_are_tried_for_each_of_its_addresses(site: ApiSite) -> None:
    for address in (
        "https://www.youtube.com/watch?v=1",
        "https://youtu.be/1",
        "http://m.youtube.com/watch?v=1",
        "https://www.youtube-nocookie.com/embed/1",
        "HTTPS://YOUTUBE.COM./watch?v=1",
    ):
        assert asked(site, {**CHOSEN, "videoUrl": address, "youtubeTranscript": True}).words.asks_site


def test_youtubes_own_captions_are_not_tried_where_a_transcript_is_given(site: ApiSite) -> None:
    assert not asked(site, {**GIVEN, "youtubeTranscript": True}).words.asks_site


def test_uploaded_files_are_found_by_their_keys(site: ApiSite) -> None:
    source, srt = uploaded(site, SOURCE), uploaded(site, SRT)
    request = asked(site, {"sourceObjectKey": source, "transcriptSrtObjectKey": srt})
    assert Path(request.source).read_bytes() == b"1234"
    assert request.title == "interview"
    assert request.access == Access(Trust.STRANGER, uploaded=True)
    assert request.words.file is not None
    assert request.words.file.name == "podcast.srt"
    named = {"sourceObjectKey": source, "sourceObjectName": "Other.mov", "language": "en"}
    assert asked(site, named).title == "Other"
    assert asked(site, {**named, "projectName": "Mine"}).title == "Mine"


def test_a_file_with_a_long_name_gives_its_project_as_much_of_it_as_fits(site: ApiSite) -> None:
    source = uploaded(site, {**SOURCE, "fileName": f"{'interview ' * 25}.mp4"})
    assert asked(site, {"sourceObjectKey": source, "language": "en"}).title == ("interview " * 20).rstrip()
    named = {"sourceObjectKey": source, "sourceObjectName": f"{'x' * 250}.mp4", "language": "en"}
    assert asked(site, named).title == "x" * 200


def test_an_object_key_that_is_not_theirs_or_not_for_this_names_nothing(site: ApiSite) -> None:
    source, srt = uploaded(site, SOURCE), uploaded(site, SRT)
    waiting = site.http.post(UPLOADS, json=SOURCE).json()["sourceObjectKey"]
    first = site.http.post("/v1/upload/request", json={"filename": "interview.mp4", "file_size": 4}).json()
    own = source.partition("/")[0]
    wrong = {
        srt: "uploaded as transcript_srt",
        waiting: "only 0 of 4 bytes",
        source.replace("sources", "transcripts"): "no uploaded file",
        source.replace("interview", "other"): "no uploaded file",
        source + "x": "no uploaded file",
        source.rpartition("/")[2]: "no uploaded file",
        "x" + source: "no uploaded file",
        source.replace("user_", "user_x"): "no uploaded file",
        "../../../../etc/passwd": "no uploaded file",
        f"{own}/ai-clipping-api/sources/{first['file_id']}-interview.mp4": "no uploaded file",
        f"{own}/ai-clipping-api/sources/{'a' * 16}-interview.mp4": "no uploaded file",
        "\x00": "no text has",
        "x" * 1025: "1024",
        "": "sourceObjectKey",
    }
    for name, why in wrong.items():
        assert why in refused(site.http.post(JOBS, json={"sourceObjectKey": name, "language": "en"})), name
    as_srt = {"videoUrl": URL, "transcriptSrtObjectKey": source}
    assert "uploaded as source" in refused(site.http.post(JOBS, json=as_srt))
    _, other = site.engine.keys.create("other")
    headers = {"Authorization": f"Bearer {other}"}
    foreign = site.http.post(JOBS, json={"sourceObjectKey": source, "language": "en"}, headers=headers)
    assert "no uploaded file" in refused(foreign)


UPLOAD_RULES: list[tuple[str, dict[str, Any], str]] = [
    ("no name", without(SOURCE, "fileName"), "fileName"),
    ("empty name", {**SOURCE, "fileName": ""}, "fileName"),
    ("long name", {**SOURCE, "fileName": "x" * 256}, "fileName"),
    ("no size", without(SOURCE, "fileSize"), "fileSize"),
    ("no bytes", {**SOURCE, "fileSize": 0}, "fileSize"),
    ("less than no bytes", {**SOURCE, "fileSize": -1}, "fileSize"),
    ("half a byte", {**SOURCE, "fileSize": 1.5}, "fileSize"),
    ("size in words", {**SOURCE, "fileSize": "4"}, "fileSize"),
    ("size that is a flag", {**SOURCE, "fileSize": True}, "fileSize"),
    ("size beyond counting", {**SOURCE, "fileSize": 2**60}, "fileSize"),
    ("unknown type", {**SOURCE, "uploadType": "video"}, "uploadType"),
    ("type that is no text", {**SOURCE, "uploadType": 1}, "uploadType"),
    ("content type that is none", {**SOURCE, "contentType": "mp4"}, "contentType"),
    ("content type with a line feed", {**SOURCE, "contentType": "video/mp4\r\nX: y"}, "contentType"),
    ("content type that is no text", {**SOURCE, "contentType": 7}, "contentType"),
    ("source that is a text", {**SOURCE, "contentType": "text/plain"}, "contentType"),
    ("source that is a picture", {**SOURCE, "contentType": "image/png"}, "contentType"),
    ("transcript that is a video", {**SRT, "contentType": "video/mp4"}, "contentType"),
    ("transcript larger than a transcript", {**SRT, "fileSize": LARGEST_SRT + 1}, "fileSize"),
]


def test_an_upload_that_breaks_a_rule_is_refused_and_says_which(site: ApiSite) -> None:
    broken(site, UPLOADS, UPLOAD_RULES)


def test_a_quota_for_no_size_is_refused(site: ApiSite) -> None:
    for size in ("-1", "x", "1.5", "", str(2**60)):
        assert "fileSize" in refused(site.http.get(f"/api/v1/quota?fileSize={size}"))


def test_no_two_odd_fields_together_are_a_fault_of_ours(site: ApiSite) -> None:
    odd = (None, "", "\u202e", "x" * 8192, -1, 0, 1e308, 2**63, [], {}, True, "🎬")
    names = [*WRONG_KINDS, "sourceObjectKey"]
    for place, first in enumerate(names):
        second = names[(place + 7) % len(names)]
        for one, other in zip(odd, odd[5:] + odd[:5], strict=True):
            answer = site.http.post(JOBS, json={**CHOSEN, first: one, second: other})
            assert answer.status_code in (200, 400), answer.text
