"""The command line of the packaged application."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .person import Person

CAPTIONS = """\
1
00:00:01,000 --> 00:00:04,000
First of all I want to say hello to everybody.

2
00:00:06,000 --> 00:00:11,000
Now let us talk about the microphones that we use.

3
00:00:14,000 --> 00:00:18,000
In the end, thank you for coming here.
"""


@pytest.fixture
def captions(person: Person) -> str:
    """The path of what is said in the talk, as far as these tests care."""
    path = person.home / "talk.srt"
    path.write_text(CAPTIONS, encoding="utf-8")
    return str(path)


def clips(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The clips that an answer tells of; each is a whole file."""
    assert all(Path(each["path"]).stat().st_size for each in answer["clips"])
    return list(answer["clips"])


def test_a_clip_by_times_holds_every_picture_from_its_start_to_before_its_end(person: Person, talk: Path) -> None:
    (clip,) = clips(person.ask("clip", str(talk), "--start", "3", "--end", "5.5", "-o", "clip.mp4"))
    assert (clip["receipt"]["frames"], clip["receipt"]["first_frame"], clip["receipt"]["last_frame"]) == (25, 3.0, 5.4)
    streams: Any = person.ask("info", "clip.mp4")["streams"]
    assert [each["kind"] for each in streams] == ["video", "audio"]


@pytest.mark.parametrize("kind", ["webm", "gif", "mp3", "m4a", "wav", "flac"])
def test_every_format_can_be_written(person: Person, talk: Path, kind: str) -> None:
    (clip,) = clips(person.ask("clip", str(talk), "--start", "3", "--end", "4", "--format", kind))
    assert clip["format"] == kind


def test_a_clip_by_words_holds_the_sentence(person: Person, talk: Path, captions: str) -> None:
    (clip,) = clips(person.ask("auto", str(talk), "microphones", "--transcript", captions, "--max-clips", "1"))
    assert clip["start"] <= 6.5
    assert clip["end"] >= 10.5


def test_a_short_is_upright_and_has_captions(person: Person, talk: Path, captions: str) -> None:
    wished = ("--times", "5-12", "--transcript", captions, "--size", "270", "--to", "shorts", "--subtitles", "srt")
    (short,) = clips(person.ask("shorts", str(talk), *wished))
    assert (short["width"], short["height"]) == (270, 480)
    (written,) = (person.home / "shorts").glob("*.srt")
    assert "microphones" in written.read_text(encoding="utf-8")


def test_two_ranges_are_joined_with_a_cross_fade(person: Person, talk: Path) -> None:
    (clip,) = clips(person.ask("join", f"{talk}@1-3", f"{talk}@6-8", "--cross-fade", "0.5", "-o", "joined.mp4"))
    assert clip["duration"] == pytest.approx(4.5, abs=0.1)  # its pictures dissolve while both stand still


def test_every_library_works_that_is_needed_or_was_packed(person: Person) -> None:
    answer: Any = person.ask("doctor")
    assert not [each for each in answer["findings"] if each["needed"] and not each["ok"]]
    libraries = {each["subject"]: each["ok"] for each in answer["findings"]}
    for part in ("The window", "Speech recognition", "Language models", "JavaScript"):
        assert [ok for subject, ok in libraries.items() if subject.startswith(part)] == [True]
    works = {each["name"] for each in answer["trials"] if each["works"]}
    assert works >= {"h264 software", "hevc software", "av1 software", "vp9 software", "libx264", "libvpx-vp9"}
    assert works >= {"ctranslate2 cpu", "llama.cpp cpu", "litert cpu", "onnx cpu"}


def test_javascript_for_youtube_is_here_or_said_to_come(person: Person) -> None:
    answer: Any = person.ask("doctor")
    (javascript,) = [each for each in answer["findings"] if each["subject"].startswith("JavaScript")]
    assert javascript["ok"]
    assert not list(person.programs.rglob("deno"))


def test_the_models_are_listed_without_a_network(person: Person) -> None:
    listed = person.run("models", "list", environment={"FASTCLIP_OFFLINE": "1"})
    assert "whisper-small" in listed.stdout


def test_an_update_of_yt_dlp_that_cannot_be_fetched_says_so_in_one_sentence(person: Person) -> None:
    refused = person.run("update-sites", "--index", "http://127.0.0.1:9/", code=3)
    assert "127.0.0.1 does not answer" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_fault_is_one_object_with_a_way_out(person: Person) -> None:
    error: Any = person.ask("clip", "nowhere.mp4", "--start", "1", "--end", "2", code=3)["error"]
    assert "nowhere.mp4" in error["message"]
    assert error["hint"]


def test_an_agent_is_answered(person: Person) -> None:
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}},
    }
    answered = json.loads(person.run("mcp", typed=json.dumps(hello) + "\n").stdout.splitlines()[0])
    assert answered["id"] == 1
    assert "fastclip" in answered["result"]["serverInfo"]["name"].lower()


def test_the_report_for_whoever_helps_names_the_versions(person: Person) -> None:
    assert "yt-dlp" in person.run("doctor", "--report").stdout
