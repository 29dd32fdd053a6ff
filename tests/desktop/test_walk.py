"""From a source to its clips with mouse and keyboard alone, by the program as it is installed."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from tests.desktop.program import NAME, Program
from tests.desktop.screen import SIZE, Screen, changed, until
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(sys.platform != "linux", reason="X11 is the screen of Linux"),
]

SECONDS, RATE = 9, 30
CAPTIONS = """WEBVTT

00:00.500 --> 00:02.000
Good evening and welcome to the garden hour.

00:02.100 --> 00:04.000
Tomatoes want sun, and plenty of it.

00:04.100 --> 00:06.000
Water them in the morning, never at night.

00:06.100 --> 00:08.000
Pumpkins are another story altogether.
"""

RULER, CUTS = 545, 690
"""Where the times and the cuts stand on the timeline, in pixels from the top."""

EXPORT = (1205, 775)
"""The button that makes the clips."""

PICTURE = (20, 145, 890, 480)
"""Where the source is seen."""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "garden.vtt").write_text(CAPTIONS)
    video = VideoSpec(frames=SECONDS * RATE, rate=Fraction(RATE), size=(640, 360), gop=60)
    return make_media(folder / "garden.mp4", video, audio=(AudioSpec(),))


def at(seconds: float) -> float:
    """Where a time stands on the timeline that shows all of the source."""
    return seconds / SECONDS * SIZE[0]


def open_talk(desktop: Screen, source: str, title: str) -> None:
    desktop.press("ctrl+l")
    desktop.type(source)
    desktop.press("Return")
    desktop.wait_for_title(title, NAME)


def assert_exact(clip: Path, span: tuple[Fraction, Fraction]) -> None:
    """A clip has the pictures of its span: each that is shown first at or after its start, and before its end."""
    start, end = span
    wanted = [number for number in range(SECONDS * RATE) if start <= Fraction(number, RATE) < end]
    assert [frame.number for frame in read_frame_numbers(clip)] == wanted


def close(desktop: Screen, program: Program) -> None:
    desktop.press("ctrl+q")
    assert program.wait() == 0
    assert "Traceback" not in program.said


def test_a_file_is_scrubbed_marked_searched_nudged_and_exported(desktop: Screen, program: Program, talk: Path) -> None:
    program.start()
    desktop.shoot("start")
    open_talk(desktop, str(talk), "garden")
    first = desktop.shoot("opened")

    desktop.drag((at(2), RULER), (at(3.02), RULER))
    until("the playhead where the mouse let go of it", lambda: program.playhead == 3)
    assert changed(first, desktop.shoot("scrubbed"), PICTURE) > 10_000

    desktop.press("i")
    desktop.press("Right", "period", "period", "o")
    by_hand = (Fraction(3), Fraction(122, RATE))
    until("what was marked", lambda: program.cuts == [by_hand])
    desktop.shoot("marked")
    desktop.press("ctrl+z")
    until("another end", lambda: program.cuts not in ([], [by_hand]))
    desktop.press("ctrl+z")
    until("nothing marked", lambda: program.cuts == [])
    desktop.shoot("undone")
    desktop.press("ctrl+shift+z", times=2)
    until("what was marked", lambda: program.cuts == [by_hand])
    desktop.shoot("redone")

    desktop.press("ctrl+1")
    desktop.type("pumpkins")
    desktop.shoot("typed")
    desktop.press("Return")
    until("a moment that was found", lambda: len(program.cuts) == 2)
    found = program.cuts[1]
    assert found[0] <= Fraction("6.1")
    assert found[1] >= 8
    desktop.shoot("found")

    desktop.click(at(7), CUTS)
    desktop.press("shift+Right")
    until("another edge", lambda: program.cuts[1] != found)
    moved = program.cuts[1]
    assert sum(before != now for before, now in zip(found, moved, strict=True)) == 1
    desktop.shoot("nudged")

    desktop.press("ctrl+e")
    until("the clips", lambda: len(program.clips) == 2)
    desktop.shoot("exported")
    for clip, span in zip(program.clips, (by_hand, moved), strict=True):
        assert_exact(clip, span)
    close(desktop, program)


def test_a_link_is_opened_searched_and_exported_and_the_settings_are_looked_at(
    desktop: Screen, program: Program, talk: Path, local_site: LocalSite
) -> None:
    local_site.folder = talk.parent
    link = local_site.page("/talk", video="/garden.mp4", tracks=(("en", "/garden.vtt"),), title="The garden hour")
    program.start()
    open_talk(desktop, link, "The garden hour")
    desktop.shoot("opened")

    desktop.press("ctrl+1")
    desktop.type("tomatoes or pumpkins")
    desktop.press("Return")
    until("moments", lambda: program.cuts)
    desktop.shoot("found")
    desktop.press("ctrl+2")
    desktop.shoot("transcript")

    before = desktop.shoot("closed")
    desktop.press("ctrl+comma")
    desktop.wait_for_title("Settings")
    desktop.shoot("settings")
    for number in range(8):
        desktop.press("Down")
        desktop.shoot(f"settings-{number}")
    desktop.press("Escape")
    desktop.wait_for_title("The garden hour")
    until("the window as it was", lambda: changed(before, desktop.look()) < 1000)

    desktop.click(*EXPORT)
    until("the clips", lambda: len(program.clips) == len(program.cuts))
    desktop.press("ctrl+3")
    desktop.shoot("exported")
    for clip, span in zip(program.clips, sorted(program.cuts), strict=True):
        assert_exact(clip, span)
    close(desktop, program)


def test_what_was_done_is_there_again_after_the_program_was_killed(
    desktop: Screen, program: Program, talk: Path
) -> None:
    program.start(str(talk))
    desktop.wait_for_title("garden", NAME)
    desktop.click(at(1), RULER)
    desktop.press("i")
    desktop.click(at(2.5), RULER)
    desktop.press("o")
    until("what was marked", lambda: program.cuts and program.cuts[0][1] < 3)
    kept = program.kept
    before = desktop.shoot("marked")
    program.kill()

    program.start()
    desktop.fill("garden", NAME)  # it goes to where it was, as far as its frame lets it
    until("the same picture", lambda: changed(before, desktop.look(), PICTURE) < 1000)
    desktop.shoot("back")
    until("what it held", lambda: program.kept == kept)  # it is written down a moment after it is shown
    desktop.press("ctrl+e")
    until("the clip", lambda: program.clips)
    assert_exact(program.clips[0], program.cuts[0])
    close(desktop, program)


def test_the_mouse_pulls_an_edge_to_where_it_lets_go_of_it(desktop: Screen, program: Program, talk: Path) -> None:
    program.start(str(talk))
    desktop.wait_for_title("garden", NAME)
    desktop.click(at(1), RULER)
    desktop.press("i")
    desktop.click(at(2.5), RULER)
    desktop.press("o")
    until("what was marked", lambda: program.cuts and program.cuts[0][1] < 3)
    ((start, end),) = program.cuts
    desktop.drag((at(float(end)) - 2, CUTS), (at(5), CUTS))
    until("another end", lambda: program.cuts[0][1] > Fraction("4.5"))
    desktop.shoot("pulled")
    assert program.cuts[0][0] == start
    assert abs(program.cuts[0][1] - 5) < Fraction(1, 4)
    close(desktop, program)
