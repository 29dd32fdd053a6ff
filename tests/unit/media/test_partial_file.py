from __future__ import annotations

import os
from pathlib import Path

import av
import pytest

from fastclip_desktop.domain.byte_ranges import MAP_SUFFIX, map_head, map_line
from fastclip_desktop.domain.errors import BytesNotFetched, Cancelled, UnavailableError
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.partial_file import PartialFile, map_of
from fastclip_desktop.media.probe import probe


def spoiled(whole: Path, path: Path, *spans: tuple[int, int]) -> Path:
    """A file that has only spans of another, and the map that says so."""
    data = whole.read_bytes()
    here = bytearray(len(data))
    for start, end in spans:
        here[start:end] = data[start:end]
    path.write_bytes(here)
    lines = b"".join(map_line(*span) for span in spans)
    path.with_name(path.name + MAP_SUFFIX).write_bytes(map_head(len(data)) + lines)
    return path


def test_reading_stops_before_a_hole_and_refuses_it(plain_mp4: Path, tmp_path: Path) -> None:
    file = PartialFile(spoiled(plain_mp4, tmp_path / "a.mp4", (0, 1000), (2000, 3000)))
    assert file.read(5000) == plain_mp4.read_bytes()[:1000]
    with pytest.raises(BytesNotFetched):
        file.read(1)
    assert file.seek(2500) == 2500
    assert file.read(5000) == plain_mp4.read_bytes()[2500:3000]


def test_it_is_as_large_as_the_whole(plain_mp4: Path, tmp_path: Path) -> None:
    file = PartialFile(spoiled(plain_mp4, tmp_path / "a.mp4", (0, 1000)))
    size = plain_mp4.stat().st_size
    assert file.seek(0, os.SEEK_END) == file.size == size
    assert file.read(10) == b""
    assert file.seek(-1, os.SEEK_CUR) == size - 1
    with pytest.raises(ValueError, match="before"):
        file.seek(-1)


def test_what_is_missing_is_brought_while_it_is_read(plain_mp4: Path, tmp_path: Path) -> None:
    path = spoiled(plain_mp4, tmp_path / "a.mp4", (0, 1000))
    asked = []

    def fill(start: int, end: int) -> None:
        asked.append((start, end))
        with path.open("r+b") as file:
            file.seek(start)
            file.write(plain_mp4.read_bytes()[start:end])
        with path.with_name(path.name + MAP_SUFFIX).open("ab") as file:
            file.write(map_line(start, end))

    file = PartialFile(path, fill)
    assert file.read(1500) + file.read(500) == plain_mp4.read_bytes()[:1500]
    assert asked == [(1000, 1500)]
    with open_media(path, fill) as container:
        assert sum(packet.size for packet in container.demux()) > 0
    assert probe(path) == probe(plain_mp4)


@pytest.mark.parametrize("failure", [Cancelled(), UnavailableError("source_unreachable", "No.")])
def test_what_stops_the_bringing_comes_out_of_ffmpeg(plain_mp4: Path, tmp_path: Path, failure: Exception) -> None:
    path = spoiled(plain_mp4, tmp_path / "a.mp4", (0, 1000))

    def fill(*_: int) -> None:
        raise failure

    with pytest.raises(type(failure)):
        open_media(path, fill)


def test_a_hole_in_the_middle_ends_the_reading_and_gives_no_zeros(plain_mp4: Path, tmp_path: Path) -> None:
    size = plain_mp4.stat().st_size
    with av.open(str(plain_mp4)) as container:
        packets = [packet.pos for packet in container.demux(video=0) if packet.size]
    path = spoiled(plain_mp4, tmp_path / "a.mp4", (0, packets[40]), (packets[41], size))
    read: list[object] = []
    with open_media(path) as container, pytest.raises(BytesNotFetched):
        read.extend(container.demux(video=0))
    assert 30 < len(read) <= 41


def test_another_file_that_is_called_like_a_map_changes_nothing(plain_mp4: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(plain_mp4.read_bytes())
    for text in (b"", b"my notes\n", map_head(7)[:-3]):
        path.with_name(path.name + MAP_SUFFIX).write_bytes(text)
        assert map_of(path) is None
        assert probe(path) == probe(plain_mp4)
