import os
import shutil
from pathlib import Path

import pytest

from fastclip_desktop.store.fingerprint import fingerprint

END = 64 * 1024
LENGTH = 3 * END


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "talk.mp4"
    path.write_bytes(bytes(LENGTH))
    return path


def test_a_file_keeps_its_fingerprint_under_another_name(source: Path, tmp_path: Path) -> None:
    before = fingerprint(source)
    assert before is not None
    moved = source.rename(tmp_path / "renamed.mov")
    assert fingerprint(moved) == before
    assert fingerprint(Path(shutil.copy2(moved, tmp_path / "copy.mp4"))) == before


@pytest.mark.parametrize("place", [0, END - 1, LENGTH - END, LENGTH - 1])
def test_a_changed_byte_at_either_end_shows_although_size_and_time_stay(source: Path, place: int) -> None:
    before, status = fingerprint(source), source.stat()
    with source.open("r+b") as file:
        file.seek(place)
        file.write(b"x")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(source) not in (before, None)


def test_a_later_time_shows(source: Path) -> None:
    before, status = fingerprint(source), source.stat()
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert source.stat().st_mtime_ns != status.st_mtime_ns
    assert fingerprint(source) not in (before, None)


def test_another_size_shows(source: Path) -> None:
    before, status = fingerprint(source), source.stat()
    with source.open("ab") as file:
        file.write(bytes(1))
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fingerprint(source) not in (before, None)


@pytest.mark.parametrize("length", [0, 1, END, END + 1, 2 * END])
def test_short_files_have_one_too(tmp_path: Path, length: int) -> None:
    path = tmp_path / "short"
    path.write_bytes(bytes(length))
    assert fingerprint(path) is not None


def test_what_cannot_be_read_has_none(tmp_path: Path) -> None:
    assert fingerprint(tmp_path / "missing.mp4") is None
    assert fingerprint(tmp_path) is None
    assert fingerprint(Path("a\0b")) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert fingerprint(tmp_path / "pipe") is None
