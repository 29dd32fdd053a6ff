"""The local API in a process of its own, over scripted stages: ``python -m tests.api_process FOLDER``.

Prints the address, a key's secret and the ids of a finished job, its clip and a finished project of shorts, and
ends when its input does.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.preview import Thumbnail
from tests.api_site import URL, api_site
from tests.unit.engine.small_jobs import wait_until
from tests.unit.engine.test_shorts import FETCHED

SHORTS = "/api/v1/ai-clipping/jobs"

UNHURRIED = dataclasses.replace(LOCAL, requests_a_minute=10**9, reloads_an_hour=10**9)


def main(folder: Path) -> None:
    picture = Thumbnail(0, 0, 0, 2, 2, b"jpeg")  # type: ignore[arg-type]  # nobody reckons with its times
    with api_site(folder, ServerSettings(UNHURRIED), kept=True, MakePoster=picture, FetchMedia=FETCHED) as site:
        job = site.made()["job_id"]
        clip = site.http.get("/v1/clips").json()["clips"][0]["id"]
        project = site.http.post(SHORTS, json={"videoUrl": URL, "language": "en"}).json()["projectId"]
        wait_until(site.engine, lambda: site.http.get(f"{SHORTS}/{project}").json()["outputReady"])
        sys.stdout.write(f"{site.server.address} {site.key} {job} {clip} {project}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
