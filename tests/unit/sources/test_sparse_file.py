from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fastclip_desktop.sources.sparse_file import SparseFile


def written(path: Path, *spans: tuple[int, bytes], size: int = 1000) -> SparseFile:
    sparse = SparseFile(path, size)
    for at, data in spans:
        with sparse.writer(at) as writer:
            writer.write(data)
    return sparse


def test_what_was_written_is_here_and_the_rest_is_missing(tmp_path: Path) -> None:
    sparse = written(tmp_path / "data", (100, b"abc"), (0, b"x" * 50))
    assert sparse.missing(0, 1000) == [(50, 100), (103, 1000)]
    assert sparse.missing(900, 5000) == [(900, 1000)]
    assert (tmp_path / "data").stat().st_size == 1000
    assert (tmp_path / "data").read_bytes()[100:103] == b"abc"
    assert not sparse.is_whole


def test_it_is_as_it_was_when_it_is_opened_again(tmp_path: Path) -> None:
    written(tmp_path / "data", (100, b"abc"))
    assert SparseFile(tmp_path / "data", 1000).missing(90, 110) == [(90, 100), (103, 110)]


def test_a_file_of_another_size_begins_anew(tmp_path: Path) -> None:
    written(tmp_path / "data", (100, b"abc"))
    assert SparseFile(tmp_path / "data", 2000).missing(0, 2000) == [(0, 2000)]
    assert (tmp_path / "data").stat().st_size == 2000


def test_what_was_written_before_a_failure_stays(tmp_path: Path) -> None:
    sparse = SparseFile(tmp_path / "data", 1000)

    def write_and_fail() -> None:
        with sparse.writer(10) as writer:
            writer.write(b"abc")
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        write_and_fail()
    assert sparse.missing(0, 20) == [(0, 10), (13, 20)]


def test_a_line_that_its_writer_died_over_loses_itself_alone(tmp_path: Path) -> None:
    sparse = written(tmp_path / "data", (0, b"abc"), (10, b"def"))
    with sparse.map_path.open("r+b") as file:
        file.truncate(sparse.map_path.stat().st_size - 4)
    again = written(tmp_path / "data", (20, b"ghi"))
    assert again.missing(0, 23) == [(3, 20)]
    assert SparseFile(tmp_path / "data", 1000).missing(0, 23) == [(3, 20)]


def test_another_name_for_it_outlives_it(tmp_path: Path) -> None:
    sparse = written(tmp_path / "data", (0, b"abc"))
    sparse.lay_out(tmp_path / "copy")
    (tmp_path / "data").unlink()
    sparse.map_path.unlink()
    again = SparseFile(tmp_path / "copy", 1000)
    assert again.missing(0, 10) == [(3, 10)]
    assert (tmp_path / "copy").read_bytes()[:3] == b"abc"


def test_another_name_where_the_disk_has_none_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    written(tmp_path / "data", (10, b"abc"), (500, b"def")).lay_out(tmp_path / "copy")
    assert SparseFile(tmp_path / "copy", 1000).missing(0, 600) == [(0, 10), (13, 500), (503, 600)]
    assert (tmp_path / "copy").read_bytes() == (tmp_path / "data").read_bytes()


def test_a_whole_file_gets_no_map(tmp_path: Path) -> None:
    written(tmp_path / "data", (0, bytes(1000))).lay_out(tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "data", "data.fastclip-map"]


_WRITER = """
import sys
from pathlib import Path
from fastclip_desktop.sources.sparse_file import SparseFile
sparse = SparseFile(Path(sys.argv[1]), 1_000_000)
at = 0
while True:
    with sparse.writer(at % 990_000) as writer:
        for _ in range(10):
            writer.write(bytes([1 + (writer.at // 100) % 250]) * 100)
    at += 1000
    print(at, flush=True)
"""


def test_a_writer_that_is_killed_loses_nothing_that_was_mapped(tmp_path: Path) -> None:
    path = tmp_path / "data"
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            said = [int(writer.stdout.readline()) for _ in range(20)]
            writer.send_signal(signal.SIGKILL)
        sparse = SparseFile(path, 1_000_000)
        assert sparse.run(0) >= min(said[-1], 990_000)
        data = path.read_bytes()
        for at in range(0, sparse.run(0) // 100 * 100, 100):
            assert data[at : at + 100] == bytes([1 + (at // 100) % 250]) * 100
