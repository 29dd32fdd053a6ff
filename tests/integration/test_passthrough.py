"""The quality that encodes nothing, from the command line to the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from tests.conftest import MediaMaker
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

SMALL = VideoSpec(size=(128, 96))


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code = main(["clip", *map(str, words), "--quality", "passthrough", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_clip_says_where_it_begins(made_media: MediaMaker, tmp_path: Path, capsys) -> None:
    source = made_media("a.mp4", SMALL, (AudioSpec(),))
    code, answer = run_json(capsys, source, "--start", "1.24", "--end", "3", "-o", tmp_path / "out.mp4")
    assert code == 0
    (clip,) = answer["clips"]
    assert (clip["start"], clip["end"], clip["receipt"]["method"]) == (1, 3, "copied")
    assert clip["receipt"]["notes"] == [
        "The clip begins 0.240 s before what was asked, because nothing may be encoded."
    ]
    assert [frame.number for frame in read_frame_numbers(Path(clip["path"]))] == list(range(30, 90))


def test_what_has_to_be_encoded_is_refused(made_media: MediaMaker, tmp_path: Path, capsys) -> None:
    source = made_media("a.mp4", SMALL, (AudioSpec(),))
    code, answer = run_json(capsys, source, "--start", "1", "--end", "2", "-o", tmp_path / "out.webm")
    assert (code, answer["error"]["code"]) == (3, "not_passable")
    assert list(tmp_path.iterdir()) == []
