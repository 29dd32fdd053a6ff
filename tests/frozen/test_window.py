"""The window of the packaged application, on a screen of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .person import PATIENCE, Person, children, end, foreign, loaded, until
from .screen import Picture, read_screen

PICTURES = "FASTCLIP_SHOTS"
"""The variable that names a folder for the pictures of the window; without it they lie in the test's folder."""

_COLOURS = 500
"""What an empty window has at least, by its text, lines and icons."""

_COLOURS_WITH_VIDEO = 3000
"""What a window with a picture of the talk and its thumbnails has at least; an empty one has about 1000."""


class Screen:
    """A screen that lies in a file."""

    def __init__(self, display: str, content: Path) -> None:
        self.environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        self._content = content

    def rests(self, least: int) -> Picture | None:
        """What it shows, once that has at least so many colours and is the same twice; else nothing."""
        first, second = read_screen(self._content), read_screen(self._content)
        return second if first == second and second.colours >= least else None


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    if shutil.which("Xvfb") is None:
        pytest.skip("this machine lacks Xvfb")
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1280x800x24",
        "-nolisten",
        "tcp",
        "-fbdir",
        tmp_path,
    ]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield Screen(f":{number}", tmp_path / "Xvfb_screen0")
        server.terminate()
        server.wait(PATIENCE)


def kept_sources(person: Person) -> list[str]:
    """What is open in this person's windows."""
    windows = (person.home / ".local/share/fastclip/windows").glob("*.json")
    return [json.loads(path.read_bytes())["project"]["source"] for path in windows]


def shows(
    person: Person,
    screen: Screen,
    tmp_path: Path,
    *arguments: str,
    language: str = "C.UTF-8",
    source: Path | None = None,
) -> Picture:
    """Open the window, look at it, ask it to close, and give what was seen.

    Where a source is to be open in it, that is waited for: the window must have kept it for the case of a crash, and
    must show a video's many colours.
    """

    def seen_whole() -> Picture | None:
        if source is not None and str(source) not in kept_sources(person):
            return None
        return screen.rests(least=_COLOURS if source is None else _COLOURS_WITH_VIDEO)

    environment = screen.environment | {"LANG": language, "LANGUAGE": language.partition("_")[0]}
    with person.starts("fastclip-desktop", *arguments, environment=environment) as window:
        seen = until(f"a window: {person.said}", lambda: window.poll() is not None or seen_whole())
        assert isinstance(seen, Picture), f"The window ended with {window.poll()}: {person.said}"
        until("its children", lambda: children(window.pid))
        for process in (window.pid, *children(window.pid)):
            assert not foreign(loaded(process), person.programs, (person.home,))
        assert end(window, signal.SIGTERM) == 0
    assert "Traceback" not in person.said
    folder = Path(os.environ.get(PICTURES, tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    seen.save(folder / f"{os.environ['PYTEST_CURRENT_TEST'].partition('::')[2].partition(' ')[0]}.png")
    return seen


def test_the_window_opens_and_closes_when_it_is_asked_to(person: Person, screen: Screen, tmp_path: Path) -> None:
    assert shows(person, screen, tmp_path).shows_something


def test_the_window_opens_a_video(person: Person, screen: Screen, tmp_path: Path, talk: Path) -> None:
    shows(person, screen, tmp_path, str(talk), source=talk)


def test_the_window_opens_a_project(person: Person, screen: Screen, tmp_path: Path, talk: Path) -> None:
    project = person.home / "mine.fastclip"
    project.write_text(json.dumps({"fastclip": 1, "source": str(talk), "title": "Mine"}), encoding="utf-8")
    shows(person, screen, tmp_path, str(project), source=talk)


def test_the_window_speaks_german_where_the_system_does(person: Person, screen: Screen, tmp_path: Path) -> None:
    english = shows(person, screen, tmp_path)
    assert shows(person, screen, tmp_path, language="de_DE.UTF-8") != english
