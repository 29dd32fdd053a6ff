"""What other pages send with all their might, and with a key besides, changes no row."""

from __future__ import annotations

import dataclasses
import itertools
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from fastapi.routing import iter_route_contexts

from fastclip_desktop.api.app import create_routes
from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.settings.paths import Paths
from tests.api_site import AUTO, CLIP, URL, api_site
from tests.unit.engine.small_jobs import wait_for_all

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

UPLOADS, SHORTS = "/api/v1/ai-clipping/uploads", "/api/v1/ai-clipping/jobs"

BODIES: dict[str, object] = {
    "/v1/clip": CLIP,
    "/v1/clip/auto": AUTO,
    "/v1/clip/analyze": AUTO,
    "/v1/clip/info": {"url": URL},
    "/v1/transcript": {"url": URL},
    "/v1/reload": {"amount": 500},
    "/v1/storage/purchase": {"gb": 1},
    "/v1/upload/request": {"filename": "talk.mp4", "file_size": 4},
    "/v1/webhooks": {"url": "https://example.com/told"},
    "/v1/clips/{clip_id}": {"name": "taken over"},
    "/v1/clips/{clip_id}/pin": {},
    "/v1/clips/{clip_id}/unpin": {},
    UPLOADS: {"fileName": "talk.mp4", "fileSize": 4},
    SHORTS: {"videoUrl": URL, "language": "en"},
}
"""Of every route that takes a POST or a PATCH; what it would do something for."""

KINDS = ("application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")

WITHOUT_LEAVE = [
    ("POST", "/v1/reload"),
    ("POST", "/v1/webhooks"),
    ("POST", "/v1/upload/request"),
    ("POST", UPLOADS),
    ("POST", SHORTS),
    ("POST", "/v1/clips/{clip_id}/pin"),
    ("PATCH", "/v1/clips/{clip_id}"),
    ("POST", "/v1/clip/auto"),
    ("POST", "/v1/clip"),
    ("DELETE", "/v1/webhooks/{webhook_id}"),
    ("DELETE", "/v1/clips/{clip_id}"),
]
"""What does change rows for a script."""


def rows(database: Path) -> dict[str, list[Any]]:
    """All tables but the one that counts requests."""
    with closing(sqlite3.connect(database)) as opened:
        names = [name for (name,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: opened.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name != "visits"}


def test_no_row_of_origins_methods_and_types_changes_one_of_ours(tmp_path: Path) -> None:
    settings = ServerSettings(dataclasses.replace(LOCAL, requests_a_minute=100_000), reload_needs_approval=False)
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    found = list(iter_route_contexts(create_routes().routes))
    assert {each.path for each in found if (each.methods or set()) & {"POST", "PATCH"}} == set(BODIES)
    with api_site(tmp_path, settings, kept=True) as site:
        job = site.made()
        upload = site.http.post("/v1/upload/request", json=BODIES["/v1/upload/request"]).json()
        known = {
            "job_id": job["job_id"],
            "clip_id": site.http.get("/v1/clips").json()["clips"][0]["id"],
            "file_id": upload["file_id"],
            "webhook_id": site.http.post("/v1/webhooks", json=BODIES["/v1/webhooks"]).json()["id"],
            "file_name": "clip.mp4",
            "projectId": site.http.post(SHORTS, json=BODIES[SHORTS]).json()["projectId"],
        }
        wait_for_all(site.engine, site.engine.jobs.newest(10))
        put = site.http.post(UPLOADS, json=BODIES[UPLOADS]).json()["uploadUrl"].removeprefix(site.server.address)
        known["upload_id"] = put.partition("?")[0].rpartition("/")[2]
        targets = {each.path: re.sub(r"\{(\w+)\}", lambda name: known[name[1]], each.path) for each in found}
        targets["/upload/{file_id}"] = upload["upload_url"].removeprefix(site.server.address)
        targets[UPLOADS + "/{upload_id}"] = put
        targets["/download/{clip_id}/{file_name}"] = job["download_url"].removeprefix(site.server.address)
        port = site.server.port
        foreign = [
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Origin": f"http://localhost:{port - 1}"},
            {"Sec-Fetch-Site": "cross-site"},
        ]
        own: list[dict[str, str]] = [{}, {"Origin": f"http://127.0.0.1:{port}"}]
        tried = [*itertools.product(foreign, KINDS), *itertools.product(own, KINDS[1:])]
        before = rows(paths.database)
        for (template, target), method, (headers, kind) in itertools.product(targets.items(), METHODS, tried):
            if template in ("/upload/{file_id}", UPLOADS + "/{upload_id}") and headers in own:
                continue  # a file of any type, for whoever has its link
            content = json.dumps(BODIES.get(template, {"a": "b"}))
            answer = site.http.request(method, target, content=content, headers={**headers, "Content-Type": kind})
            if method in ("GET", "HEAD") and template.startswith(("/v1/share/", "/c/", "/download/", "/stream/")):
                continue  # whether or not: it only reads
            assert answer.status_code in (400, 403), (method, target, headers, kind)
        assert rows(paths.database) == before
        for method, template in WITHOUT_LEAVE:  # the same without a page behind it
            answer = site.http.request(method, targets[template], json=None if method == "DELETE" else BODIES[template])
            assert answer.status_code == 200, (template, answer.text)
            before, after = rows(paths.database), before
            assert before != after, template
