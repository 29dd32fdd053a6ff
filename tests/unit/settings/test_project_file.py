from __future__ import annotations

import json
import os
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.edge import Edge, EdgeReason
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.project import PROJECT_VERSION, Project
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.settings.project_file import project_fields, project_of, read_project, write_project

CUT = Cut(
    TimeRange(Fraction(1001, 30000), Fraction(151, 2)),
    "a" * 16,
    "The price",
    ticked=False,
    query="what it costs",
    excerpt="“It costs you — nothing.”",
    confidence=0.875,
    reason="said twice",
    start=Edge(EdgeReason.PAUSE, Fraction(-1, 7)),
    end=Edge(EdgeReason.SHOT, Fraction(3, 100)),
)
WHOLE = Project(
    "/videos/ann/talk.mp4",
    "A talk",
    (CUT, Cut(TimeRange(Fraction(5), Fraction(6)), "b" * 16)),
    "every time she\nmentions prices",
    Fraction(100, 3),
    TimeRange(Fraction(1), Fraction(90)),
    OutputSpec(OutputFormat.GIF, 480),
    Path("/videos/ann/talk.srt"),
)


def mended(path: Path, **changes: object) -> Path:
    """The file with some fields as a person typed them."""
    fields = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(fields | changes), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "talk.fastclip"
    write_project(path, WHOLE)
    return path


def fault_of(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_project(path)
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value


def test_a_project_comes_back_as_it_was(file: Path) -> None:
    assert read_project(file) == WHOLE


texts = st.text(max_size=20)
seconds = st.builds(Fraction, st.integers(0, 10**9), st.integers(1, 10**5))
spans = st.tuples(seconds, seconds).map(lambda each: TimeRange(each[0], each[0] + each[1] + Fraction(1, 1000)))
edges = st.builds(Edge, st.sampled_from(EdgeReason), st.builds(Fraction, st.integers(-99, 99), st.integers(1, 99)))
cuts = st.builds(
    Cut,
    spans,
    name=texts,
    ticked=st.booleans(),
    query=texts,
    excerpt=texts,
    confidence=st.none() | st.floats(0, 1),
    reason=texts,
    start=edges,
    end=edges,
)
outputs = st.builds(OutputSpec, st.sampled_from(OutputFormat), st.none() | st.integers(1, 4320))
projects = st.builds(
    Project, texts, texts, st.lists(cuts, max_size=4).map(tuple), texts, seconds, st.none() | spans, st.none() | outputs
)


@settings(max_examples=50)
@given(projects)
def test_any_project_comes_back_as_it_was(project: Project) -> None:
    assert project_of(json.loads(json.dumps(project_fields(project)))) == project


def test_times_are_exact_and_readable(file: Path) -> None:
    fields = json.loads(file.read_text(encoding="utf-8"))
    assert fields["fastclip"] == PROJECT_VERSION
    assert fields["cuts"][0]["span"] == {"start": "1001/30000", "end": "151/2"}
    assert "“It costs you — nothing.”" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"), [("151/2", "75.5"), (75.5, "75.5"), (75, "75"), ("75.5", "75.5"), ("1:15.5", "75.5")]
)
def test_a_hand_may_write_times_in_other_ways(file: Path, typed: object, meant: str) -> None:
    assert read_project(mended(file, playhead=typed)).playhead == Fraction(meant)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"playhead": "soon"}, "playhead has to be a time"),
        ({"playhead": "1/0"}, "playhead has to be a time"),
        ({"playhead": -1}, "playhead has to be"),
        ({"playhead": True}, "playhead has to be a time"),
        ({"playhead": "9" * 500}, "playhead has to be a time"),
        ({"cuts": {}}, "cuts has to be a list"),
        ({"cuts": [3]}, "cuts[0] has to be an object"),
        ({"cuts": [{}]}, "cuts[0].span has to be there"),
        ({"cuts": [{"span": {"start": "5", "end": "4"}}]}, "cuts[0].span cannot be: The start"),
        ({"cuts": [{"span": {"start": "-5", "end": "4"}}]}, "cuts[0].span cannot be: The start"),
        ({"cuts": [{"span": {"start": "1"}}]}, "cuts[0].span.end has to be there"),
        ({"cuts": [{"span": {"start": 1, "end": 2}, "ticked": "yes"}]}, "cuts[0].ticked has to be true or false"),
        ({"cuts": [{"span": {"start": 1, "end": 2}, "start": {"reason": "luck"}}]}, "cuts[0].start.reason has to be"),
        ({"output": {"format": "vhs"}}, "output.format has to be one of 'mp4'"),
        ({"prompt": None}, "prompt has to be a text"),
        ({"fastclip": "one"}, "fastclip has to be a whole number"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(file: Path, changes: dict[str, object], words: str) -> None:
    fault = fault_of(mended(file, **changes))
    assert fault.code is ErrorCode.BAD_PROJECT
    assert words in fault.message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"playhead": 1}',
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b'{"fastclip": 1, "playhead": NaN}',
        b'{"fastclip": 1, "x": ' + b"[" * 100_000,
        b"GIF89a",
    ],
)
def test_a_file_that_is_no_project_is_one_clear_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "nonsense.fastclip"
    path.write_bytes(data)
    assert fault_of(path).code is ErrorCode.BAD_PROJECT


def test_a_project_of_a_newer_version_is_left_alone_and_says_so(file: Path) -> None:
    newer = mended(file, fastclip=PROJECT_VERSION + 1, cuts="something new")
    before = newer.read_bytes()
    fault = fault_of(newer)
    assert fault.code is ErrorCode.PROJECT_NEWER
    assert str(PROJECT_VERSION + 1) in fault.message
    assert newer.read_bytes() == before


def test_what_other_versions_wrote_is_kept(file: Path, tmp_path: Path) -> None:
    fields = json.loads(file.read_text(encoding="utf-8"))
    fields["cuts"][1]["mood"] = {"is": "good"}
    project = read_project(mended(file, cuts=fields["cuts"], colour="red"))
    assert project.cuts == WHOLE.cuts
    other = tmp_path / "other.fastclip"
    write_project(other, project)
    written = json.loads(other.read_text(encoding="utf-8"))
    assert written["colour"] == "red"
    assert written["cuts"][1]["mood"] == {"is": "good"}
    assert "mood" not in written["cuts"][0]


def test_fields_that_are_missing_have_their_defaults(tmp_path: Path) -> None:
    path = tmp_path / "small.fastclip"
    path.write_text('{"fastclip": 1, "source": "/a.mp4", "cuts": [{"span": {"start": 1, "end": 2}}]}')
    project = read_project(path)
    assert project.cuts[0].ticked
    assert len(project.cuts[0].id) == 16
    assert project.playhead == 0


def test_two_cuts_with_one_id_get_one_each(file: Path) -> None:
    cut = {"span": {"start": 1, "end": 2}, "id": "same"}
    first, second = read_project(mended(file, cuts=[cut, cut])).cuts
    assert (first.id, second.id != "same") == ("same", True)


def test_a_folder_that_was_moved_as_a_whole_keeps_its_source(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "media").mkdir(parents=True)
    (home / "media" / "talk.mp4").write_bytes(b"media")
    write_project(home / "talk.fastclip", Project(str(home / "media" / "talk.mp4")))
    moved = home.rename(tmp_path / "moved")
    assert read_project(moved / "talk.fastclip").source == str(moved / "media" / "talk.mp4")
    (moved / "media" / "talk.mp4").unlink()
    assert read_project(moved / "talk.fastclip").source == str(home / "media" / "talk.mp4")


def test_a_link_is_kept_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "link.fastclip"
    write_project(path, Project("https://example.org/talk?v=1"))
    assert read_project(path).source == "https://example.org/talk?v=1"
    assert "beside" not in path.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names that are no text")
def test_a_source_whose_name_is_no_text_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "odd.fastclip"
    source = os.fsdecode(b"/videos/ann/t\xe4lk.mp4")
    write_project(path, Project(source))
    assert read_project(path).source == source


def test_what_is_not_there_or_cannot_be_written_is_said(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "none.fastclip").code is ErrorCode.SOURCE_NOT_FOUND
    (tmp_path / "folder.fastclip").mkdir()
    assert fault_of(tmp_path / "folder.fastclip").code is ErrorCode.SOURCE_IS_FOLDER
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError) as caught:
        write_project(tmp_path / "file" / "talk.fastclip", WHOLE)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    with pytest.raises(InputError):
        write_project(tmp_path / "folder.fastclip", WHOLE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.fastclip"]


def test_an_older_file_is_replaced_whole_and_its_permissions_stay(file: Path) -> None:
    file.chmod(0o640)
    write_project(file, Project("/other.mp4"))
    assert read_project(file) == Project("/other.mp4")
    assert list(file.parent.iterdir()) == [file]
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_project_stays_one(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.fastclip"
    link.symlink_to(file)
    write_project(link, Project("/other.mp4"))
    assert link.is_symlink()
    assert read_project(file).source == "/other.mp4"


def test_a_blank_project_is_one_that_nobody_would_miss() -> None:
    assert Project(prompt=" ").is_blank
    assert not Project(prompt="prices").is_blank
    assert not WHOLE.is_blank
