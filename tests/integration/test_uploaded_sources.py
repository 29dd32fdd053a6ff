"""Files that scripts have sent, in the place of links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.engine.uploads import LIFETIME
from fastclip_desktop.stages import perform
from tests.api_site import api_site, wait_for
from tests.integration.test_uploads import VIDEO, announced, uploaded
from tests.unit.engine.small_jobs import Gate, SetClock, write_clip


def test_an_upload_is_gone_after_a_day_unless_a_job_needs_it(tmp_path: Path) -> None:
    clock, gate = SetClock(), Gate(write_clip)
    with api_site(tmp_path, clock=clock, Render=gate) as site:
        needed, other = uploaded(site), uploaded(site)
        path = tmp_path / "data" / "uploads"
        site.http.post("/v1/clip", json={"file_id": needed, "start": 0, "end": 1})
        gate.wait()
        clock.let_pass(LIFETIME + 1)
        assert site.http.get(f"/v1/upload/{other}").status_code == 404
        site.engine._expire_uploads()
        assert [each.name for each in path.iterdir()] == [needed]
        gate.open()
        wait_for(lambda: not site.engine.jobs.queue())
        site.engine._expire_uploads()
        assert list(path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/v1/clip", {"start": 0, "end": 1}),
        ("/v1/clip/auto", {"query": "pricing"}),
        ("/v1/clip/analyze", {"query": "pricing"}),
    ],
)
def test_a_file_takes_the_place_of_a_link(tmp_path: Path, path: str, more: dict[str, Any]) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=100) as site:
        file_id = uploaded(site)
        assert site.http.post(path, json={"file_id": file_id, **more}).status_code == 200
        both = {"url": "https://youtu.be/abcdefghijk", "file_id": file_id, **more}
        assert site.http.post(path, json=both).status_code == 400
        assert site.http.post(path, json={"file_id": "a" * 16, **more}).status_code == 404
        assert site.http.post(path, json={"file_id": announced(site)["file_id"], **more}).status_code == 400
        (job,) = site.engine.jobs.newest(10)
        wait_for(lambda: not site.engine.jobs.queue())
        assert site.engine.accounts.balance() <= Money(100)
        assert Path(str(getattr(job.request, "source", ""))).read_bytes() == VIDEO


def test_the_words_of_a_file_are_given_like_those_of_a_link(tmp_path: Path) -> None:
    with api_site(tmp_path, ServerSettings(HOSTED), balance=100) as site:
        answer = site.http.post("/v1/transcript", json={"file_id": uploaded(site)})
        assert (answer.status_code, answer.json()["segments"][0]["text"]) == (200, "Hello there.")


def test_a_video_that_was_sent_becomes_a_clip(tmp_path: Path, plain_mp4: Path) -> None:
    with api_site(
        tmp_path, ServerSettings(HOSTED), balance=100, ResolveSource=perform, FetchMedia=perform, Render=perform
    ) as site:
        file_id = uploaded(site, plain_mp4.read_bytes(), "My talk.mp4")
        done = site.made({"file_id": file_id, "start": 1, "end": 2})
        assert done["status"] == "complete", done
        assert httpx.get(done["download_url"]).content[4:8] == b"ftyp"
        (clip,) = site.http.get("/v1/clips").json()["clips"]
        assert clip["source_title"] == "My talk"
