"""The hosted service's own samples, edited only in base URL, key and video URL, against ``fastclip serve``.

They are quoted from its documentation, whose page has them in six languages; where an interpreter is missing its
samples are skipped.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import httpx
import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from tests.api_site import wait_for
from tests.conftest import MediaMaker
from tests.integration.test_serve import serving
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers
from tests.vendor_samples import ACCOUNT, CLIP, Sample

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")]

Run = Callable[[Sample], str]


@pytest.fixture
def server(
    made_media: MediaMaker, fastclip_home: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[tuple[str, str, str]]:
    """Address, key and the video that the samples clip."""
    video = made_media("talk.mp4", VideoSpec(frames=950, rate=Fraction(10), gop=50), (AudioSpec(),))
    write_preferences(fastclip_home / "config", Preferences(reload_needs_approval=False))
    assert main(["keys", "create", "samples", "--json"]) == 0
    key = json.loads(capsys.readouterr().out)["key"]
    with serving("--allow-local-sources") as served:
        yield served.url, key, str(video)
        served.end()


@pytest.fixture
def run(server: tuple[str, str, str], tmp_path: Path) -> Run:
    """Edits a sample, runs it, and gives what it prints."""
    url, key, video = server

    def edited(sample: Sample) -> str:
        if shutil.which(sample.command[0]) is None and sample.command[0] != sys.executable:
            pytest.skip(f"there is no {sample.command[0]}")
        text = sample.text.replace("https://api.fastclip.dev", url).replace(
            "api.fastclip.dev", url.removeprefix("http://")
        )
        text = text.replace("sk_live_...", key).replace("https://youtube.com/watch?v=dQw4w9WgXcQ", video)
        host, port = url.removeprefix("http://").split(":")
        text = text.replace(f'"{host}:{port}", 443', f'"{host}", {port}').replace("http.use_ssl = true\n", "")
        path = tmp_path / sample.file
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [*sample.command, path], capture_output=True, text=True, timeout=100, env=os.environ, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return edited


@pytest.mark.parametrize("sample", CLIP, ids=lambda sample: sample.name)
def test_a_clip_sample_makes_a_clip_that_plays(
    run: Run, server: tuple[str, str, str], tmp_path: Path, sample: Sample
) -> None:
    said = run(sample)
    url, key, _ = server
    with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as http:
        if not sample.polls:
            wait_for(lambda: http.get("/v1/clips").json()["total_items"] == 1, 60)
            said = http.get("/v1/clips").json()["clips"][0]["download_url"]
        (link,) = re.findall(r"http://\S+/download/\S+", said)
        file = tmp_path / "clip.mp4"
        file.write_bytes(http.get(link).content)
    assert [read.number for read in read_frame_numbers(file)] == list(range(300, 900))  # seconds 30 to 90


@pytest.mark.parametrize("sample", ACCOUNT, ids=lambda sample: sample.name)
def test_an_account_sample_prints_what_it_promises(run: Run, sample: Sample) -> None:
    said = run(sample)
    assert "0.00" in said or '"balance":0.0' in said
    assert "25.00" in said or '"balance":25.0' in said
