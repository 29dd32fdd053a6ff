"""The main job from end to end: a clip by times and clips by words, from files and from a real page."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from tests.conftest import MediaMaker
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers, read_sound_shift

CAPTIONS = """WEBVTT

00:00.500 --> 00:02.000
Good evening and welcome to the garden hour.

00:02.100 --> 00:04.000
Tomatoes want sun, and plenty of it.

00:04.100 --> 00:06.000
Water them in the morning, never at night.

00:06.100 --> 00:08.000
Pumpkins are another story altogether.

00:08.100 --> 00:09.500
Thank you for listening.
"""


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    made = made_media("garden.mp4", VideoSpec(frames=300, gop=90), (AudioSpec(),))
    return Path(shutil.copy(made, folder))


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, object]:
    exit_code = main([*map(str, words), "--json"])
    return exit_code, json.loads(capsys.readouterr().out)


def numbers(clip: dict[str, object]) -> list[int]:
    return [read.number for read in read_frame_numbers(Path(str(clip["path"])))]


def test_a_clip_of_a_file_holds_exactly_the_asked_frames(talk: Path, tmp_path: Path, capsys) -> None:
    code, answer = run_json(capsys, "clip", talk, "--start", "1.5", "--end", "0:03.25", "-o", tmp_path / "out.mp4")
    assert code == 0
    (clip,) = answer["clips"]
    assert set(clip) == {"id", "path", "start", "end", "duration", "format", "width", "height", "file_size", "receipt"}
    assert numbers(clip) == list(range(45, 98))
    assert (clip["start"], clip["end"], clip["format"]) == (1.5, 3.25, "mp4")
    assert (clip["width"], clip["height"]) == (320, 180)
    assert clip["file_size"] == Path(clip["path"]).stat().st_size
    assert abs(read_sound_shift(Path(clip["path"]), talk, Fraction(3, 2)) - Fraction(3, 2)) < Fraction(1, 1000)
    assert answer["cost"] == 0
    assert clip["receipt"]["stages"].keys() == {"resolve", "fetch", "render"}


def test_a_clip_of_a_page_is_the_same_as_of_the_file(talk: Path, local_site: LocalSite, tmp_path: Path, capsys) -> None:
    (local_site.folder / "talk.mp4").write_bytes(talk.read_bytes())
    (local_site.folder / "page.html").write_text(
        '<!doctype html><title>Garden hour</title><video><source src="talk.mp4" type="video/mp4"></video>'
    )
    code, answer = run_json(
        capsys, "clip", local_site.url("/page.html"), "--start", 2, "--end", 3, "-o", f"{tmp_path}/"
    )
    assert code == 0
    (clip,) = answer["clips"]
    assert numbers(clip) == list(range(60, 90))
    assert Path(clip["path"]).name.startswith("Garden hour")
    assert clip["receipt"]["bytes_moved"] >= talk.stat().st_size


def test_words_find_their_moment_through_a_page_track(
    talk: Path, local_site: LocalSite, tmp_path: Path, capsys
) -> None:
    (local_site.folder / "talk.mp4").write_bytes(talk.read_bytes())
    (local_site.folder / "talk.vtt").write_text(CAPTIONS)
    (local_site.folder / "page.html").write_text(
        '<!doctype html><title>Garden hour</title><video><source src="talk.mp4" type="video/mp4">'
        '<track kind="captions" srclang="en" src="talk.vtt"></video>'
    )
    code, answer = run_json(
        capsys, "auto", local_site.url("/page.html"), "the part about pumpkins", "--max-clips", 1, "-o", f"{tmp_path}/"
    )
    assert code == 0
    (segment,) = answer["segments"]
    assert "Pumpkins are another story altogether." in segment["excerpt"]
    assert 0 < segment["confidence"] <= 1
    (clip,) = answer["clips"]
    frames = numbers(clip)
    assert frames[0] / 30 <= 6.1
    assert frames[-1] / 30 >= 7.9
    assert frames == list(range(frames[0], frames[-1] + 1))


def test_a_sidecar_counts_as_captions(talk: Path, capsys) -> None:
    talk.with_suffix(".en.vtt").write_text(CAPTIONS)
    code, answer = run_json(capsys, "analyze", talk, "tomatoes")
    assert code == 0
    assert answer["query"] == "tomatoes"
    assert answer["transcript_source"] == "sidecar"
    assert "Tomatoes want sun" in answer["segments"][0]["excerpt"]


def test_a_given_transcript_answers_many_queries_line_by_line(tmp_path: Path, capsys) -> None:
    captions = tmp_path / "garden.vtt"
    captions.write_text(CAPTIONS)
    assert main(["analyze", "--transcript", str(captions), "tomatoes", "zebras", "pumpkins", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["query"] for line in lines] == ["tomatoes", "zebras", "pumpkins"]
    assert lines[1]["segments"] == []
    assert {line["transcript_source"] for line in lines} == {"given"}


def test_words_that_nobody_says_are_answered_with_4(talk: Path, tmp_path: Path, capsys) -> None:
    talk.with_suffix(".vtt").write_text(CAPTIONS)
    out = tmp_path / "out"
    out.mkdir()
    code, answer = run_json(capsys, "auto", talk, "quantum chromodynamics", "-o", out)
    assert code == 4
    assert answer["error"]["code"] == "nothing_found"
    assert list(out.iterdir()) == []
    code, answer = run_json(capsys, "analyze", talk, "quantum chromodynamics")
    assert code == 4
    assert answer["segments"] == []


def test_a_source_without_words_says_what_to_do(talk: Path, capsys) -> None:
    code, answer = run_json(capsys, "analyze", talk, "tomatoes")
    assert code == 3
    assert answer["error"]["code"] == "no_transcript"
    assert "--transcript" in answer["error"]["hint"]


def test_info_tells_streams_and_captions(talk: Path, capsys) -> None:
    talk.with_suffix(".srt").write_text("1\n00:00:00,500 --> 00:00:02,000\nHello.\n")
    code, answer = run_json(capsys, "info", talk)
    assert code == 0
    assert answer["title"] == "garden"
    assert abs(answer["duration"] - 10) < 0.05
    assert [stream["kind"] for stream in answer["streams"]] == ["video", "audio"]
    assert [caption["kind"] for caption in answer["captions"]] == ["sidecar"]
    assert answer["max_height"] == 180


def test_info_for_people_names_what_matters(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(talk)]) == 0
    text = capsys.readouterr().out
    assert "garden" in text
    assert "320×180" in text
    assert "0:10.0" in text


@pytest.mark.parametrize("suffix", ["mp3", "gif"])
def test_the_format_follows_the_name(talk: Path, tmp_path: Path, capsys, suffix: str) -> None:
    code, answer = run_json(capsys, "clip", talk, "--start", 1, "--end", 2, "-o", tmp_path / f"x.{suffix}")
    assert code == 0
    (clip,) = answer["clips"]
    assert clip["format"] == suffix
    assert abs(clip["duration"] - 1) < 0.1
    assert (tmp_path / f"x.{suffix}").stat().st_size > 1000


def test_the_source_is_never_written_to(talk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = talk.read_bytes()
    assert main(["clip", str(talk), "--start", "1", "--end", "2", "-o", str(talk)]) == 2
    assert "source itself" in capsys.readouterr().err
    assert talk.read_bytes() == before


def test_progress_goes_to_stderr_as_lines(talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clip", str(talk), "--start", "1", "--end", "2", "-o", str(tmp_path / "a.mp4"), "--json"]) == 0
    out, err = capsys.readouterr()
    assert out.count("\n") == 1
    assert "Rendering" in err.splitlines()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_stop_ends_with_5_and_leaves_nothing(talk: Path, tmp_path: Path, stop: signal.Signals) -> None:
    out = tmp_path / "out"
    out.mkdir()
    # VP9 takes many times as long to write as this test takes to stop it.
    words = ["clip", str(talk), "--start", "0.5", "--end", "9.5", "--format", "webm", "-o", f"{out}/"]
    with subprocess.Popen(
        [sys.executable, "-m", "fastclip_desktop", *words], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Rendering"):
                process.send_signal(stop)
                break
        rest = process.stderr.read()
        assert process.wait(20) == 5
    assert "Cancelled" in rest
    assert list(out.iterdir()) == []


def test_doctor_finds_this_machine_fit(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer = run_json(capsys, "doctor")
    assert code == 0
    assert all(finding["ok"] for finding in answer["findings"] if finding["needed"])
    trials = {trial["name"]: trial for trial in answer["trials"]}
    assert all(trial["works"] for trial in trials.values() if trial["needed"])
    assert trials["libx264"]["needed"]
    assert trials["h264 software"]["milliseconds"] > 0
    assert all(trial["works"] or trial["detail"] for trial in trials.values())
    assert [device["work"] for device in answer["devices"]] == [
        *("decode", "encode", "hear", "compare", "judge", "faces")
    ]
