"""Joining from the command line to the file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Destination, JoinPart, JoinRequest
from fastclip_desktop.domain.policy import HOSTED
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.admission import check_request
from tests.conftest import MediaMaker
from tests.local_site import LocalSite
from tests.media_factory import AudioSpec, VideoSpec, read_frame_numbers

SIZE = (128, 96)


@pytest.fixture
def talk(tmp_path: Path, made_media: MediaMaker) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return Path(shutil.copy(made_media("garden.mp4", VideoSpec(frames=150, size=SIZE), (AudioSpec(),)), folder))


def run_json(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict]:
    code = main(["join", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_ranges_of_a_file_become_one_clip(talk: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out.mp4"
    code, answer = run_json(capsys, f"{talk}@0.5-1.5", f"{talk}@3-", f"{talk}@-1", "--gap", "0.5", "-o", out)
    assert code == 0
    (clip,) = answer["clips"]
    assert [part["place"] for part in clip["receipt"]["parts"]] == [[0, 1], [1.5, 3.5], [4, 5]]
    assert [part["span"] for part in clip["receipt"]["parts"]] == [[0.5, 1.5], [3, 5], [0, 1]]
    assert (clip["duration"], clip["receipt"]["method"]) == (5, "smart")
    assert clip["receipt"]["stages"].keys() == {"resolve", "fetch", "join"}
    assert answer["cost"] == 0


def test_files_and_pages_are_joined(talk: Path, local_site: LocalSite, tmp_path: Path, capsys) -> None:
    (local_site.folder / "talk.mp4").write_bytes(talk.read_bytes())
    url = local_site.url("/talk.mp4")
    code, answer = run_json(capsys, f"{talk}@3-4", f"{url}@1-2", "-o", f"{tmp_path}/")
    assert code == 0
    (clip,) = answer["clips"]
    assert Path(clip["path"]).name == "garden and 1 more [0-00_0-02].mp4"
    assert [frame.number for frame in read_frame_numbers(Path(clip["path"]))] == [*range(90, 120), *range(30, 60)]
    assert clip["receipt"]["bytes_moved"] >= talk.stat().st_size


def test_people_are_told_where_each_part_lies(talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["join", f"{talk}@0.5-1.5", f"{talk}@3-4", "-o", str(tmp_path / "a.mp4")]) == 0
    assert "part 2: 0:01.000–0:02.000, from 0:03.000–0:04.000 of source 1" in capsys.readouterr().out


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["{}@0-1", "{}@2-3", "-o", "a.gif"], 2, "bad_format"),
        (["{}@0-1", "{}@2-3", "--overlap", "0.6"], 2, "bad_transition"),
        (["{}@0-1", "{}@8-9"], 3, "range_outside_source"),
        (["{}@2-1"], 3, "bad_range"),
        (["{}@0-1", "missing.mp4"], 3, "source_not_found"),
        (["{}@0-1", "-o", "{}"], 2, "bad_usage"),
    ],
)
def test_bad_parts_are_one_sentence_and_leave_nothing(
    words: list[str], code: int, error: str, talk: Path, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)
    got, answer = run_json(capsys, *(word.format(talk) for word in words))
    assert (got, answer["error"]["code"]) == (code, error)
    assert list(empty.iterdir()) == []


def test_every_part_is_held_against_the_policy(tmp_path: Path) -> None:
    parts = (JoinPart("https://youtube.com/watch?v=1"), JoinPart("https://example.org/talk"))
    with pytest.raises(InputError) as caught:
        check_request(JoinRequest(parts, OutputSpec(), Destination(tmp_path), policy=HOSTED))
    assert caught.value.code is ErrorCode.UNSUPPORTED_SITE
    assert "example.org" in caught.value.message
