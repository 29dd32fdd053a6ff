"""The hosted service's samples run against ``fastclip serve`` after changing only base URL, key and video URL.

They lie in ``tests/vendor_samples`` letter for letter as its page prints them, and the three changes are made here.
Ruby spells the base URL out as a host, a port and ``use_ssl``; those are its base URL. The page leaves out PHP's
opening tag, and that its JavaScript is a module, whose files Node knows by their ending.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.card import Card
from fastclip_desktop.domain.money import Money
from fastclip_desktop.engine.accounts import Accounts
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import Preferences, write_preferences
from fastclip_desktop.store.database import Database
from tests.conftest import MediaMaker
from tests.integration.test_serve import PATIENCE, POLL, Serving, ended, serving
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

SAMPLES = Path(__file__).parent.parent / "vendor_samples"

TALK = VideoSpec(frames=95 * 5, size=(64, 48), rate=Fraction(5), gop=25)
CLIP_FRAMES = list(range(30 * 5, 90 * 5))
"""The samples ask for seconds 30 to 90."""


@dataclass(frozen=True, slots=True)
class Language:
    """How its samples are run.

    Attributes:
        ending: of the samples' files.
        command: runs the file whose name follows.
        run_as: ending of the file that is run.
        opening: stands before the sample.
    """

    ending: str
    command: tuple[str, ...]
    run_as: str
    opening: str = ""


def needs(tool: str) -> pytest.MarkDecorator:
    """Skip where a program is missing."""
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


VISA = Card("card_1a2b3c", "visa", "4242", 12, 2027)

PYTHON = Language("py", (sys.executable,), "py")
JAVASCRIPT = Language("js", ("node",), "mjs")
CURL = Language("sh", ("bash", "-e"), "sh")
GO = Language("go", ("go", "run"), "go")
RUBY = Language("rb", ("ruby",), "rb")
PHP = Language("php", ("php",), "php", "<?php\n")

THAT_WAIT = [
    pytest.param(PYTHON, id="Python"),
    pytest.param(JAVASCRIPT, id="JavaScript", marks=(pytest.mark.slow, needs("node"))),
    pytest.param(RUBY, id="Ruby", marks=(pytest.mark.slow, needs("ruby"))),
    pytest.param(PHP, id="PHP", marks=(pytest.mark.slow, needs("php"))),
]
"""Their samples wait for the clip, and print balances as dollars; the others print what the server answers."""

RunSample = Callable[[str, Language], str]


@pytest.fixture
def server(fastclip_home: Path) -> Iterator[Serving]:
    """``fastclip serve`` whose owner has $4.90 and a card, and lets scripts reload."""
    write_preferences(fastclip_home / "config", Preferences(reload_needs_approval=False, cards=(VISA,)))
    with Database.open(find_paths(os.environ).database) as database:
        Accounts(database).deposit(Money(490), "for the samples")
    with serving("--allow-local-sources") as running:
        yield running
        running.end()


@pytest.fixture
def key(capsys: pytest.CaptureFixture[str]) -> str:
    """The secret of a key."""
    assert main(["keys", "create", "samples", "--json"]) == 0
    secret: str = json.loads(capsys.readouterr().out)["key"]
    return secret


@pytest.fixture
def video(local_site: LocalSite, made_media: MediaMaker) -> str:
    """The address of a video."""
    assert local_site.folder is not None
    shutil.copy(made_media("long-talk.mp4", TALK, (AudioSpec(bit_rate=32_000),)), local_site.folder / "talk.mp4")
    return local_site.url("/talk.mp4")


@pytest.fixture
def run_sample(server: Serving, key: str, video: str, tmp_path: Path) -> RunSample:
    """``run_sample(name, language)``: what the sample prints."""

    def run(name: str, language: Language) -> str:
        text = (SAMPLES / f"{name}.{language.ending}").read_text(encoding="utf-8")
        script = tmp_path / f"{name}.{language.run_as}"
        script.write_text(language.opening + edited(text, server.url, key, video), encoding="utf-8")
        done = subprocess.run(
            [*language.command, str(script)], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def edited(sample: str, base: str, key: str, video: str) -> str:
    """What a person changes in it."""
    address = urlsplit(base)
    changes = {
        "https://api.fastclip.dev": base,
        'Net::HTTP.new("api.fastclip.dev", 443)': f'Net::HTTP.new("{address.hostname}", {address.port})',
        "http.use_ssl = true": "http.use_ssl = false",
        "sk_live_...": key,
        "https://youtube.com/watch?v=dQw4w9WgXcQ": video,
    }
    for printed, own in changes.items():
        sample = sample.replace(printed, own)
    return sample


def frames_at(download_url: str, folder: Path) -> list[int | None]:
    """The numbers of the frames of a clip that anybody may download from there."""
    clip = folder / "clip.mp4"
    clip.write_bytes(httpx.get(download_url).raise_for_status().content)
    return [read.number for read in read_frame_numbers(clip)]


@pytest.mark.parametrize("language", THAT_WAIT)
def test_the_clip_sample_prints_where_a_playing_clip_is(
    language: Language, run_sample: RunSample, tmp_path: Path
) -> None:
    printed = run_sample("clip", language)
    assert frames_at(printed.strip(), tmp_path) == CLIP_FRAMES


@pytest.mark.slow
@needs("curl")
def test_the_clip_sample_for_curl_prints_the_job(
    run_sample: RunSample, server: Serving, key: str, tmp_path: Path
) -> None:
    printed = json.loads(run_sample("clip", CURL))
    assert printed == {"job_id": printed["job_id"], "status": "pending"}
    with server.client(key) as client:
        assert frames_at(ended(client, printed["job_id"])["download_url"], tmp_path) == CLIP_FRAMES


@needs("go")
@pytest.mark.slow  # Go compiles its own library first
def test_the_clip_sample_for_go_prints_that_the_job_was_taken(
    run_sample: RunSample, server: Serving, key: str, tmp_path: Path
) -> None:
    assert run_sample("clip", GO) == "200 OK\n"
    deadline = time.monotonic() + PATIENCE
    with server.client(key) as client:
        while not (clips := client.get("/v1/clips").json()["clips"]):
            assert time.monotonic() < deadline
            time.sleep(POLL)
    assert frames_at(clips[0]["download_url"], tmp_path) == CLIP_FRAMES


@pytest.mark.slow
@pytest.mark.parametrize("language", THAT_WAIT)
def test_the_reload_sample_prints_the_card_and_both_balances(language: Language, run_sample: RunSample) -> None:
    assert run_sample("reload", language).splitlines() == [
        "Balance: $4.90",
        "  visa ****4242",
        "New balance: $29.90",
    ]


@needs("curl")
def test_the_reload_sample_for_curl_prints_the_answers(run_sample: RunSample) -> None:
    printed = run_sample("reload", CURL)
    answers = []
    while printed:
        answer, end = json.JSONDecoder().raw_decode(printed)
        answers.append(answer)
        printed = printed[end:]
    balance, cards, reload = answers
    assert balance == {"balance": 4.9}
    assert cards == {"cards": [asdict(VISA)]}
    assert reload == {
        "success": True,
        "payment_intent_id": reload["payment_intent_id"],
        "amount": 2500,
        "balance": 29.9,
    }


@needs("go")
@pytest.mark.slow  # Go compiles its own library first
def test_the_reload_sample_for_go_prints_the_balance_the_card_and_the_last_answer(run_sample: RunSample) -> None:
    balance, card, reload = run_sample("reload", GO).splitlines()
    assert (balance, card) == ("Balance: $4.90", "  visa ****4242")
    assert json.loads(reload)["success"] is True
    assert json.loads(reload)["balance"] == 29.9
