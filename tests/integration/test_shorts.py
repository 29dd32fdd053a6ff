"""Shorts from end to end: the command, the real stages, and what lies in the files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import av
import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.sample_talk import make_sample_talk
from tests.conftest import MediaMaker
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec

CAPTIONS = """1
00:00:00,500 --> 00:00:02,000
Why does nobody water the garden at noon?

2
00:00:02,100 --> 00:00:04,000
Tomatoes want sun, and plenty of it.

3
00:00:06,000 --> 00:00:08,000
Pumpkins are another story altogether.
"""


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    made = made_media("garden.mp4", VideoSpec(frames=300, gop=90), (AudioSpec(),))
    (folder / "garden.srt").write_text(CAPTIONS, encoding="utf-8")
    return Path(shutil.copy(made, folder))


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, object]]:
    exit_code = main([*map(str, words), "--json"])
    return exit_code, json.loads(capsys.readouterr().out)


def picture_count(path: str) -> int:
    with av.open(path) as container:
        return sum(1 for _ in container.decode(video=0))


def test_two_shorts_and_their_montage_come_out_of_one_command(talk: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    times = ("--times", "0:00.5-0:04", "--times", "5.5-8")
    lines = ("--hooks", "--cta", "More of this?", "--montage", "--cut-pauses")
    code, answer = run_json(capsys, "shorts", talk, *times, *lines, "--size", 240, "--to", out)
    assert code == 0
    first, second, montage = answer["clips"]
    assert [(clip["width"], clip["height"]) for clip in answer["clips"]] == [(240, 426)] * 3
    told = answer["shorts"]
    assert [short["clip"] for short in told] == [first["id"], second["id"]]
    assert answer["montage"] == montage["id"]
    assert [short["hook"] for short in told] == [
        "Why does nobody water the garden at noon?",
        "Pumpkins are another story altogether.",
    ]
    assert {short["call_to_action"] for short in told} == {"More of this?"}
    assert answer["transcript_source"] == "sidecar"
    # Half a second of silence before the second short's words stays, as it is no long pause.
    assert (first["duration"], second["duration"]) == (3.5, 2.5)
    assert told[0]["output_end"] == 3.5
    assert (told[1]["output_start"], told[1]["output_end"]) == (4.3, 6.8)
    assert montage["duration"] == 6.8
    assert picture_count(montage["path"]) == 204
    assert montage["receipt"]["method"] == "smart"
    assert all(abs(clip["receipt"]["loudness"] + 14) < 0.6 for clip in (first, second))
    assert {path.suffix for path in out.iterdir()} == {".mp4"}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_sample_talk_becomes_two_shorts_and_a_montage(tmp_path: Path, capsys) -> None:
    talk = make_sample_talk(tmp_path, Reporter())
    liked = "Prioritize controversial takes, quick emotional hooks, and complete payoff endings."
    wanted = ("--count", 2, "--length", 20, "--instructions", liked, "--hooks", "--ctas", "--cut-fillers", "--montage")
    files = ("--size", 180, "--subtitles", "srt,vtt,ass", "--to", tmp_path / "out")
    code, answer = run_json(capsys, "shorts", talk.video, *wanted, *files)
    assert code == 0
    told = answer["shorts"]
    assert len(told) == 2
    assert told[0]["end"] <= told[1]["start"]
    assert all(short["hook"] and len(short["hook"]) <= 60 for short in told)
    assert all(short["reason"] and 0 <= short["score"] <= 100 for short in told)
    assert all(12 <= short["end"] - short["start"] <= 30 for short in told)
    montage = answer["clips"][-1]
    assert picture_count(montage["path"]) == round(told[1]["output_end"] * 30)
    assert told[1]["output_start"] == pytest.approx(told[0]["output_end"] + 0.8, abs=0.001)
    assert len(list((tmp_path / "out").iterdir())) == 3 + 2 * 3


def test_moments_are_chosen_by_words_of_a_linked_page(
    talk: Path, local_site: LocalSite, tmp_path: Path, capsys
) -> None:
    (local_site.folder / "talk.mp4").write_bytes(talk.read_bytes())
    url = local_site.url("/talk.mp4")
    words = ("--about", "pumpkins", "--length", 4, "--no-captions", "--transcript", talk.with_suffix(".srt"))
    code, answer = run_json(capsys, "shorts", url, *words, "--size", 240, "--to", tmp_path / "out")
    assert code == 0
    (short,) = answer["shorts"]
    assert short["start"] <= 6.0
    assert short["end"] >= 8.0
    assert 0 <= short["score"] <= 100
    assert short["reason"]
    assert answer["transcript_source"] == "given"


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("--times", "20-30"), "range_outside_source", "garden"),
        (("--about", "submarines"), "nothing_found", "submarines"),
        (("--times", "1-2", "--transcript", "missing.srt"), "source_not_found", "missing.srt"),
        (("--times", "9-10", "--transcript", "late.srt"), "bad_subtitles", "late.srt"),
        (("--times", "1-2", "--hook", "x" * 501), "bad_usage", "501 characters"),
        (("--length", "9000"), "bad_usage", "9000 seconds"),
    ],
)
def test_what_cannot_be_made_is_one_sentence_with_a_code(
    talk: Path, tmp_path: Path, capsys, monkeypatch, words: tuple[str, ...], code: str, part: str
) -> None:
    monkeypatch.chdir(talk.parent)
    Path("late.srt").write_text("1\n00:01:00,000 --> 00:01:02,000\nFar behind the end.\n", encoding="utf-8")
    exit_code, answer = run_json(capsys, "shorts", talk, *words, "--size", 240, "--to", tmp_path / "out")
    assert exit_code in (2, 3, 4)
    assert answer["error"]["code"] == code
    assert part in answer["error"]["message"]
    assert not list(tmp_path.glob("out/*"))


def test_a_linked_subtitle_file_is_fetched_and_read(local_site: LocalSite, tmp_path: Path) -> None:
    from fastclip_desktop.domain.access import Access, Trust
    from fastclip_desktop.domain.errors import ErrorCode, InputError
    from fastclip_desktop.domain.short_stages import ReadLinkedWords
    from fastclip_desktop.stages import perform

    (local_site.folder / "words.srt").write_text(CAPTIONS, encoding="utf-8")
    (local_site.folder / "page.html").write_text("<!doctype html><p>Nothing here.", encoding="utf-8")
    link = local_site.url("/words.srt")
    transcript = perform(ReadLinkedWords(link, tmp_path, language="en"), Reporter())
    assert [segment.text for segment in transcript.segments][2] == "Pumpkins are another story altogether."
    assert (transcript.language, str(transcript.origin)) == ("en", "given")
    for request, code in (
        (ReadLinkedWords(local_site.url("/page.html"), tmp_path), ErrorCode.BAD_SUBTITLES),
        (ReadLinkedWords(local_site.url("/gone.srt"), tmp_path), ErrorCode.SOURCE_NOT_FOUND),
        (ReadLinkedWords(link, tmp_path, Access(Trust.STRANGER)), ErrorCode.PRIVATE_ADDRESS),
    ):
        with pytest.raises(InputError) as caught:
            perform(request, Reporter())
        assert caught.value.code is code
