"""The programs, a person who has them, and a talk that they made themselves."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from .person import Person

PROGRAMS = "FASTCLIP_PROGRAMS"
"""The variable that names the folder with the two programs."""

if PROGRAMS not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session", autouse=True)
def heard() -> Iterator[None]:
    """See that Ctrl-C is heard by what is started here: a shell's background jobs, and their children, are deaf."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder of the packaged application."""
    return Path(os.environ[PROGRAMS]).resolve()


@pytest.fixture
def person(programs: Path, tmp_path: Path) -> Person:
    """Somebody who has just installed it."""
    return Person(programs, tmp_path / "home")


@pytest.fixture(scope="session")
def talk(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of 47.1 s with 10 pictures a second and sound, which the demo cut out of the talk that it makes.

    The demo serves that talk as a web page with a video, so this is yt-dlp's way from a page to a clip as well.
    """
    somebody = Person(programs, tmp_path_factory.mktemp("demo"))
    somebody.run("demo", "-o", "demo")
    by_times, by_words = sorted((somebody.home / "demo").glob("*.mp4"))
    assert "[2-05.4_2-20]" in by_times.name
    return by_words.rename(by_words.with_name("talk.mp4"))
