"""Each kind of bad input: one clear sentence that names it, a stable code, exit 3, and nothing left on disk."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec, make_media, read_frame_numbers


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return make_media(folder / "talk.mp4", VideoSpec(frames=120), audio=(AudioSpec(),))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def clip(source: object, out: Path, start: str = "1", end: str = "2", *more: str) -> int:
    return main(["clip", str(source), "--start", start, "--end", end, "-o", f"{out}/", "--json", *more])


def refused(capsys: pytest.CaptureFixture[str], exit_code: int, code: str, *named: str, out: Path) -> None:
    text, err = capsys.readouterr()
    error = json.loads(text)["error"]
    assert error["code"] == code
    assert exit_code == 3
    for word in named:
        assert word in error["message"]
    assert error["message"].endswith(".")
    assert error["hint"]
    assert "Traceback" not in err
    assert list(out.iterdir()) == []


def test_no_such_file(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, clip(tmp_path / "gone.mp4", out), "source_not_found", "gone.mp4", out=out)


def test_a_folder(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, clip(tmp_path, out), "source_is_folder", tmp_path.name, out=out)


def test_a_web_page_named_mp4(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.mp4"
    page.write_text("<!DOCTYPE html><html><body>Sign in to continue</body></html>")
    refused(capsys, clip(page, out), "not_media", "page.mp4", "web page", out=out)


def test_an_empty_file(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.mp4").touch()
    refused(capsys, clip(tmp_path / "empty.mp4", out), "source_empty", "empty.mp4", out=out)


def test_random_bytes(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.mp4").write_bytes(bytes((n * 7919) % 251 for n in range(5000)))
    refused(capsys, clip(tmp_path / "noise.mp4", out), "not_media", "noise.mp4", out=out)


def test_a_truncated_file_gives_what_is_there_and_says_so(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = make_media(tmp_path / "whole.mkv", VideoSpec(frames=300), audio=(AudioSpec(),))
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert clip(broken, out) == 0
    (made,) = json.loads(capsys.readouterr().out)["clips"]
    assert [read.number for read in read_frame_numbers(Path(made["path"]))] == list(range(30, 60))
    assert made["receipt"]["notes"]


def test_a_range_in_the_missing_part_of_a_truncated_file_is_refused(
    tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = make_media(tmp_path / "whole.mkv", VideoSpec(frames=300), audio=(AudioSpec(),))
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    exit_code = clip(broken, out, "9", "9.5")
    error = json.loads(capsys.readouterr().out)["error"]
    assert exit_code == 3
    assert error["code"] in {"damaged_media", "range_outside_source"}
    assert "broken.mkv" in error["message"]
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(("start", "end"), [("2", "2"), ("3", "2"), ("1", "1.000001")])
def test_a_start_that_is_not_before_the_end(talk: Path, out: Path, capsys, start: str, end: str) -> None:
    refused(capsys, clip(talk, out, start, end), "bad_range", "start", out=out)


def test_a_range_beyond_the_end(talk: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, clip(talk, out, "60", "70"), "range_outside_source", "talk.mp4", out=out)


def test_a_range_that_runs_over_the_end_is_clamped_with_a_note(talk: Path, out: Path, capsys) -> None:
    assert clip(talk, out, "3", "99") == 0
    (made,) = json.loads(capsys.readouterr().out)["clips"]
    assert [read.number for read in read_frame_numbers(Path(made["path"]))] == list(range(90, 120))
    assert abs(made["end"] - 4) < 0.05
    assert any("end" in note for note in made["receipt"]["notes"])


def test_no_sound_for_mp3(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = make_media(tmp_path / "silent.mp4", VideoSpec(frames=90))
    refused(capsys, clip(silent, out, "1", "2", "--format", "mp3"), "no_audio", "silent.mp4", out=out)


def test_no_picture_for_gif(tmp_path: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = make_media(tmp_path / "sound.m4a", None, audio=(AudioSpec(duration=Fraction(4)),))
    refused(capsys, clip(sound, out, "1", "2", "--format", "gif"), "no_video", "sound.m4a", out=out)


@pytest.mark.slow
def test_an_unreachable_host(out: Path, capsys: pytest.CaptureFixture[str], unused_port: int) -> None:
    url = f"http://127.0.0.1:{unused_port}/talk.mp4"
    refused(capsys, clip(url, out), "source_unreachable", "127.0.0.1", out=out)


def test_a_missing_page(local_site: LocalSite, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, clip(local_site.url("/gone.mp4"), out), "source_not_found", "gone.mp4", out=out)


def test_a_page_without_media(local_site: LocalSite, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (local_site.folder / "text.html").write_text("<!doctype html><title>Words</title><p>Only words here.</p>")
    refused(capsys, clip(local_site.url("/text.html"), out), "unsupported_site", "text.html", out=out)


def test_something_that_is_neither_path_nor_link(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exit_code = clip("gopher://example.org/1", out)
    error = json.loads(capsys.readouterr().out)["error"]
    assert exit_code == 3
    assert "gopher" in error["message"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(talk: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out.chmod(0o500)
    refused(capsys, clip(talk, out), "output_not_writable", str(out), out=out)


def _may_mount() -> bool:
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "--map-root-user", "--mount", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _may_mount(), reason="needs a mount namespace of its own")
def test_a_full_disk(talk: Path, out: Path) -> None:
    script = (
        'mount -t tmpfs -o size=16k tmpfs "$1" && '
        '"$2" -m fastclip_desktop clip "$3" --start 0 --end 4 -o "$1/" --json; '
        'code=$?; ls -A "$1" >&2; exit $code'
    )
    done = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", out, sys.executable, talk],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    error = json.loads(done.stdout)["error"]
    assert done.returncode == 3, done.stderr
    assert error["code"] == "disk_full"
    assert str(out) in error["message"]
    assert ".part" not in done.stderr
    assert ".mp4" not in done.stderr
