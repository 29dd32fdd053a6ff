"""Clips that have expired or were deleted are nowhere any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastclip_desktop.domain.policy import LOCAL
from tests.api_site import api_site
from tests.unit.engine.small_jobs import SetClock


@pytest.mark.parametrize("how", ["expired", "deleted"])
def test_a_clip_that_is_gone_is_gone_everywhere(tmp_path: Path, how: str) -> None:
    clock = SetClock()
    with api_site(tmp_path, clock=clock) as site, site.stranger as stranger:
        job = site.made()
        clip = site.http.get("/v1/clips").json()["clips"][0]
        shared = site.http.get(f"/v1/share/{clip['id']}").json()
        if how == "expired":
            clock.let_pass(LOCAL.clip_lifetime - 10)
            shared = site.http.get(f"/v1/share/{clip['id']}").json()  # whose links are fresh
            assert stranger.get(shared["stream_url"]).status_code == 200
            clock.let_pass(11)
        else:
            assert site.http.delete(f"/v1/clips/{clip['id']}").status_code == 200
        one = f"/v1/clips/{clip['id']}"
        for method, path in (
            ("GET", f"/v1/clip/{job['job_id']}"),
            ("GET", one),
            ("GET", f"{one}/thumbnail"),
            ("PATCH", one),
            ("POST", f"{one}/pin"),
            ("POST", f"{one}/unpin"),
            ("DELETE", one),
            ("GET", f"/v1/share/{clip['id']}"),
            ("GET", f"/c/{clip['id']}"),
            ("GET", shared["download_url"]),
            ("GET", shared["stream_url"]),
        ):
            body = {"name": "again"} if method == "PATCH" else None
            assert site.http.request(method, path, json=body).status_code == 404, (method, path)
        assert site.http.get("/v1/clips").json()["total_items"] == 0
