"""``fastclip transcribe``: the words of a source as text, subtitles and JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec

SPOKEN = """1
00:00:00,500 --> 00:00:02,000
Good evening, <i>dear</i> gardeners.

2
00:00:02,100 --> 00:01:04,250
Tomatoes & "sun"
go together.
"""


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    made = made_media("garden.mp4", VideoSpec(frames=30, gop=15), (AudioSpec(),))
    copy = Path(shutil.copy(made, tmp_path))
    copy.with_suffix(".srt").write_text(SPOKEN, encoding="utf-8")
    return copy


def test_text_has_a_time_and_a_line_for_each_cue(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(talk)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "[0:00.500] Good evening, dear gardeners.",
        '[0:02.100] Tomatoes & "sun" go together.',
    ]


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_subtitles_say_the_same_when_they_are_read_again(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    written = tmp_path / f"out.{form}"
    assert main(["transcribe", str(talk), "-o", str(written)]) == 0
    assert capsys.readouterr().out.strip() == str(written)
    assert main(["transcribe", str(talk), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    talk.with_suffix(".srt").unlink()
    shutil.copy(written, talk.with_suffix(f".{form}"))
    assert main(["transcribe", str(talk), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == before
    assert [(each["start"], each["end"]) for each in before["segments"]] == [(0.5, 2), (2.1, 64.25)]


def test_a_source_without_words_says_how_to_get_some(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    talk.with_suffix(".srt").unlink()
    assert main(["transcribe", str(talk)]) == 3
    said = capsys.readouterr().err
    assert "garden has no captions" in said
    assert "fastclip models" in said


def test_a_file_that_cannot_be_written_is_named(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = talk.parent / "missing" / "out.srt"
    assert main(["transcribe", str(talk), "-o", str(place), "--json"]) == 3
    fault = json.loads(capsys.readouterr().out)["error"]
    assert fault["code"] == "output_not_writable"
    assert str(place) in fault["message"]


def test_the_library_finds_what_single_commands_came_across(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(talk)]) == 0
    assert main(["analyze", str(talk), "tomatoes"]) == 0
    capsys.readouterr()
    assert main(["library", "search", "tomatoes", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert str(talk) in json.dumps(found)
    assert main(["library", "list", "--json"]) == 0
    assert json.dumps(json.loads(capsys.readouterr().out)).count(str(talk)) == 1
