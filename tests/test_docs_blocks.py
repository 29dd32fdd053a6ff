"""Every block of the pages runs.

How a block is written, in README.md, CONTRIBUTING.md and docs/:

- Each has a fence with a language. ``sh`` and ``python`` are run, ``json`` and ``toml`` read, ``text`` and ``diff``
  only shown; ``js``, ``go``, ``ruby`` and ``php`` are run where their program is there.
- The blocks of a page run one after another in one folder and one shell, which ends with the first command that fails:
  a variable or a file of one block is there in the next, and so is a server that was started with ``&``.
- What cannot run here stands behind a remark that says why, a sentence and not a word:
  ``<!-- not run: installs packages into the system -->``. What needs the internet, another system or the rights of root
  is such; there should be few.
- A ``text`` block behind ``<!-- output -->`` is what the block before it prints, where ``…`` stands for anything.

In the folder lie ``talk.mp4`` (14 minutes), ``talk.srt`` with words about microphones, pricing, Berlin and more, and
``cookies.txt``; in ``~/Downloads`` a model. ``https://example.org/talk`` is a page with that talk, and
``https://example.org/talk.mp4`` its file, both on this machine; ``127.0.0.1:7420`` becomes a port that is free. Scripts
may name files and addresses of this machine. The home is a fresh one, with a Firefox that has no cookies.

``fastclip models fetch``, ``update-sites`` and ``update-check`` would go to the internet; their words are looked at.
``fastclip shorts`` makes small ones. ``fastclip serve`` and ``fastclip-desktop`` in a line of their own are started,
waited for, and ended. ``curl`` waits for a server that was just started, and fails when it says no.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import psutil
import pytest

from fastclip_desktop.settings.preferences import Preferences, write_preferences
from tests.conftest import MediaMaker
from tests.docs_blocks import PROGRAMS, blocks_of, is_shown, script_of
from tests.local_site import LocalSite, Route, unused_port
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers
from tests.tiny_gguf import write_embedder

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])

READ: dict[str, Callable[[str], object]] = {"json": json.loads, "toml": tomllib.loads}
SHOWN = ("text", "diff")

RATE = 2
TALK = VideoSpec(frames=14 * 60 * RATE, size=(96, 64), rate=Fraction(RATE), gop=10)
CLIP = list(range(75 * RATE, 90 * RATE))
"""The frames of what the guide asks for."""

COOKIES = "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc\n"

TOPICS = (
    "Pricing is the hardest question of all, and I changed my price three times.",
    "A good microphone matters more than a good camera, and two microphones matter more than one.",
    "Last summer I lived in Berlin, where everything is a little slower.",
    "The audience laughs when you least expect it, and stays silent when you need them.",
    "Through the telescope you see how small all of this is.",
    "Here is the one mistake that everybody makes in their first year.",
)

PATIENCE = 500
"""Seconds for one page."""

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")

GUIDE = ROOT / "docs" / "api.md"


def _runs(language: str) -> bool:
    return language == "sh" or language in PROGRAMS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_what_it_is(page: Path) -> None:
    for block in blocks_of(page):
        known = _runs(block.language) or block.language in READ or block.language in SHOWN
        if block.not_run:
            assert len(block.not_run.split()) > 2, f"{block.place}: a sentence should say why this is not run"
        else:
            assert known, (
                f"{block.place}: {block.language or 'no language'}; see the rules in tests/test_docs_blocks.py"
            )
        if block.language in READ:
            READ[block.language](block.text)


RUN = [page for page in PAGES if any(_runs(block.language) and not block.not_run for block in blocks_of(page))]


@pytest.mark.slow
@on_posix
@pytest.mark.timeout(PATIENCE + 60)
@pytest.mark.parametrize("page", [page for page in RUN if page != GUIDE], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_blocks_run(page: Path, desk: Desk) -> None:
    desk.run(page, {"sh", "python"})


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize("language", [language for language in PROGRAMS if language != "python"])
def test_the_guide_makes_the_same_clip_in_each_language(language: str, desk: Desk) -> None:
    program = PROGRAMS[language][0].split()[0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    desk.run(GUIDE, {"sh", language})
    assert desk.frames(f"clip-{language}.mp4") == CLIP


@pytest.mark.slow
@on_posix
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_guide_makes_the_same_clip_with_curl_and_python(desk: Desk) -> None:
    desk.run(GUIDE, {"sh", "python"})
    assert desk.frames("clip-curl.mp4") == desk.frames("clip-python.mp4") == CLIP


@pytest.mark.slow
@on_posix
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```sh\ntrue\nfalse\n```", "page.md:1: false"),
        ("```python\nraise SystemExit(3)\n```", "page.md:1"),
        ("```sh\necho one two\n```\n\n<!-- output -->\n```text\none … three\n```", "page.md:6"),
    ],
)
def test_a_block_that_is_wrong_is_named(text: str, said: str, desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match=said):
        desk.run(page, {"sh", "python"})


class Desk:
    """A fresh home and folder in which the blocks of a page run."""

    def __init__(self, folder: Path, site: LocalSite, port: int) -> None:
        self.folder = folder / "work"
        self._made = folder / "made"
        self._home = folder / "home"
        self._site, self._port = site, port
        for each in (self.folder, self._made, self._home / "Downloads"):
            each.mkdir(parents=True)
        self._environment = os.environ | {
            "HOME": str(self._home),
            "FASTCLIP_HOME": str(self._home / "fastclip"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "NO_PROXY": "*",
            "HF_HUB_OFFLINE": "1",
            "GOPATH": str(self._home / "go"),
            "GOCACHE": str(folder / "go-cache"),
        }
        write_preferences(
            self._home / "fastclip" / "config", Preferences(port=port, allow_local_sources=True, welcomed=True)
        )
        write_embedder(self._home / "Downloads" / "some-model-Q4_K_M.gguf")
        _make_firefox(self._home / ".mozilla" / "firefox" / "fresh.default")

    def run(self, page: Path, languages: set[str]) -> None:
        """Run the blocks of a page, which have to print what it shows."""
        script, shown = script_of(page, languages, self._made)
        path = self._made / "page.sh"
        path.write_text(self._here(script), encoding="utf-8")
        for file in self._made.iterdir():
            file.write_text(self._here(file.read_text(encoding="utf-8")), encoding="utf-8")
        with subprocess.Popen(
            ["bash", str(path)],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as shell:
            try:
                said = _all_of(shell)
            finally:
                _end_group(shell.pid)
        printed = "".join(file.read_text(encoding="utf-8")[-2000:] for file in sorted(self._made.glob("*.txt")))
        assert shell.returncode == 0, f"{said[-4000:]}\n{printed[-4000:]}"
        for file, block in shown:
            text = file.read_text(encoding="utf-8")
            assert is_shown(block.text, text), f"{block.place} shows something else than was printed:\n{text}"

    def frames(self, name: str) -> list[int | None]:
        """The numbers of the frames of a clip in the folder."""
        return [read.number for read in read_frame_numbers(self.folder / name)]

    def _here(self, text: str) -> str:
        site = self._site.url("")
        return text.replace("https://example.org", site.rstrip("/")).replace(
            "127.0.0.1:7420", f"127.0.0.1:{self._port}"
        )


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, local_site: LocalSite, made_media: MediaMaker) -> Desk:
    with unused_port() as port:
        pass
    desk = Desk(tmp_path_factory.mktemp("docs"), local_site, port)
    talk = made_media("talk.mp4", TALK, (AudioSpec(sample_rate=16_000, channels=1, bit_rate=32_000),))
    shutil.copy(talk, desk.folder / "talk.mp4")
    (desk.folder / "talk.srt").write_text(_words(), encoding="utf-8")
    (desk.folder / "cookies.txt").write_text(COOKIES, encoding="utf-8")
    local_site.route("/talk.mp4", Route(file=talk))
    words = local_site.route("/talk.vtt", Route(body=b"WEBVTT\n\n" + _words().replace(",", ".").encode()))
    local_site.page("/talk", video=local_site.url("/talk.mp4"), tracks=(("en", words),), title="A talk")
    return desk


def _words() -> str:
    """Subtitles for the talk: what is said changes every six seconds."""
    lines = []
    for number in range(14 * 60 // 6):
        start, end = _time(number * 6), _time(number * 6 + 5)
        lines.append(f"{number + 1}\n{start} --> {end}\n{TOPICS[number // 5 % len(TOPICS)]}\n")
    return "\n".join(lines)


def _time(seconds: int) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02},000"


def _make_firefox(profile: Path) -> None:
    profile.mkdir(parents=True)
    with closing(sqlite3.connect(profile / "cookies.sqlite")) as database:
        database.execute(
            "CREATE TABLE moz_cookies (host TEXT, name TEXT, value TEXT, path TEXT, expiry INTEGER, isSecure INTEGER)"
        )
        database.commit()


def _all_of(shell: subprocess.Popen[str]) -> str:
    """What it says until it ends; servers that it leaves behind hold the same pipe, and are ended before it is read."""
    assert shell.stderr is not None
    try:
        shell.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return "It takes too long."
    finally:
        _end_group(shell.pid)
    return shell.stderr.read()


def _end_group(leader: int) -> None:
    """End what the shell has started and left."""
    left = [process for process in psutil.process_iter() if _group_of(process) == leader]
    for process in left:
        process.terminate()
    _, stubborn = psutil.wait_procs(left, 20)
    for process in stubborn:
        process.kill()


def _group_of(process: psutil.Process) -> int:
    try:
        return os.getsid(process.pid)
    except OSError:
        return -1
