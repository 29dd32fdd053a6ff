"""Ranges of files: what is asked for is sent, and what makes no sense costs no more than the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fastclip_desktop.domain.clip import Receipt, RenderedFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Render, StageRequest
from tests.api_site import ApiSite, api_site

BYTES = bytes(range(256)) * 4096
"""A mebibyte."""


def write_long_clip(request: StageRequest[object], _: Reporter) -> RenderedFile:
    assert isinstance(request, Render)
    request.path.write_bytes(BYTES)
    span = request.timeline.span
    form = request.timeline.output.format
    return RenderedFile(request.path, form, span, span.duration, 320, 180, Receipt("reencoded", frames=300))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ApiSite]:
    with api_site(tmp_path, Render=write_long_clip) as site:
        yield site


def test_a_range_is_sent_as_such(site: ApiSite) -> None:
    link = site.made()["download_url"]
    end = len(BYTES)
    for asked, first, last in (
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=300000-700000", 300_000, 700_000),
        ("bytes=1000000-", 1_000_000, end - 1),
        ("bytes=-7", end - 7, end - 1),
        (f"bytes=-{end + 5}", 0, end - 1),
        (f"bytes=9-{end + 5}", 9, end - 1),
        ("Bytes= 1-2", 1, 2),
    ):
        answer = httpx.get(link, headers={"Range": asked})
        assert answer.status_code == 206, asked
        assert answer.headers["content-range"] == f"bytes {first}-{last}/{end}"
        assert answer.content == BYTES[first : last + 1]


def test_a_range_beyond_the_end_has_no_bytes(site: ApiSite) -> None:
    link = site.made()["download_url"]
    for asked in (f"bytes={len(BYTES)}-", "bytes=99999999999-", "bytes=-0"):
        answer = httpx.get(link, headers={"Range": asked})
        assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(BYTES)}"), asked
        assert list(answer.json()) == ["detail"]


def test_a_range_that_makes_no_sense_is_passed_over(site: ApiSite) -> None:
    link = site.made()["download_url"]
    many = "bytes=" + ",".join(f"{place}-{place}" for place in range(1000))
    for asked in ("bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "lines=1-2", "bytes=1-2,4-5", many, "bytes=--5",
                  "bytes=0x1-2", "bytes=" + "9" * 4000 + "-", "bytes=٣-٤", "bytes 1-2"):  # fmt: skip
        answer = httpx.get(link, headers=[(b"range", asked.encode())])
        assert (answer.status_code, len(answer.content)) == (200, len(BYTES)), asked


def test_a_range_counts_only_for_the_file_that_was_meant(site: ApiSite) -> None:
    link = site.made()["download_url"]
    whole = httpx.get(link)
    for mark in (whole.headers["etag"], whole.headers["last-modified"]):
        assert httpx.get(link, headers={"Range": "bytes=1-2", "If-Range": mark}).status_code == 206
    for mark in ('"another"', "Thu, 01 Jan 1970 00:00:00 GMT", "W/" + whole.headers["etag"]):
        assert httpx.get(link, headers={"Range": "bytes=1-2", "If-Range": mark}).status_code == 200


def test_a_head_says_what_a_get_would(site: ApiSite) -> None:
    link = site.made()["download_url"]
    head, whole = httpx.head(link), httpx.get(link)
    assert (head.status_code, head.content) == (200, b"")
    unlike = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in unlike} == {
        k: v for k, v in whole.headers.items() if k not in unlike
    }
    assert head.headers["content-disposition"] == "attachment; filename*=UTF-8''clip_2-00-3-00.mp4"
    assert head.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_is_gone_is_not_there(site: ApiSite) -> None:
    link = site.made()["download_url"]
    (clip,) = site.engine.library.find().clips
    clip.path.unlink()
    assert httpx.get(link).status_code == 404
    clip.path.mkdir()
    assert httpx.get(link).status_code == 404
    clip.path.rmdir()
