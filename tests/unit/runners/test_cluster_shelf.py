"""The folder that all machines of a cluster share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.runners.cluster_shelf import Shelf
from tests.dask_cluster import url_of

BOTH = pytest.mark.parametrize("address_of", [str, url_of], ids=["folder", "URL"])


@pytest.fixture(scope="module", autouse=True)
def _thread_of_fsspec(tmp_path_factory: pytest.TempPathFactory) -> None:
    """It is started once and never ended."""
    Shelf(url_of(tmp_path_factory.mktemp("first")))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared folder"
    folder.mkdir()
    return folder


@BOTH
def test_a_file_goes_there_and_comes_back(shared: Path, tmp_path: Path, address_of: Callable[[Path], str]) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    there.write_bytes(b"words")
    back.write_bytes(b"what was here before")
    shelf = Shelf(address_of(shared))
    shelf.put(there, "tickets/one/there")
    shelf.get("tickets/one/there", back)
    assert back.read_bytes() == b"words"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["back", "shared folder", "there"]
    shelf.remove("tickets/one")
    assert [path for path in shared.rglob("*") if path.is_file()] == []
    shelf.remove("tickets/one")


@BOTH
def test_what_is_not_there_cannot_be_had(shared: Path, tmp_path: Path, address_of: Callable[[Path], str]) -> None:
    with pytest.raises(InputError) as caught:
        Shelf(address_of(shared)).get("tickets/none", tmp_path / "back")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert list(tmp_path.glob("back*")) == []


def test_a_source_that_cannot_be_read_is_refused(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        Shelf(str(shared)).keep(tmp_path / "missing.mp4", lambda: None)
    assert caught.value.code is ErrorCode.SOURCE_UNREADABLE


def test_only_what_lies_in_a_folder_is_held_by_it(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(shared)
    (shared / "out").symlink_to(tmp_path)
    shelf = Shelf(str(shared))
    assert shelf.holds(shared / "a.mp4")
    assert shelf.holds(tmp_path / "link" / "a.mp4")
    assert not shelf.holds(shared / "out" / "a.mp4")
    assert not shelf.holds(shared / ".." / "a.mp4")
    assert not Shelf(url_of(shared)).holds(shared / "a.mp4")


@pytest.mark.parametrize("address_of", [str, url_of], ids=["folder", "URL"])
def test_a_stop_while_a_source_is_copied_leaves_no_half(
    shared: Path, tmp_path: Path, address_of: Callable[[Path], str]
) -> None:
    source = tmp_path / "long.mp4"
    source.write_bytes(bytes(9 * 1024**2))
    looks = iter((None, None, Cancelled()))

    def check() -> None:
        stop = next(looks)
        if stop is not None:
            raise stop

    shelf = Shelf(address_of(shared))
    with pytest.raises(Cancelled):
        shelf.keep(source, check)
    assert [path for path in shared.rglob("*") if path.is_file()] == []
    name = shelf.keep(source, lambda: None)
    assert [path.stat().st_size for path in shared.rglob("*") if path.is_file()] == [9 * 1024**2]
    assert name.endswith("/long.mp4")


def test_what_nobody_used_for_long_is_swept(shared: Path, plain_mp4: Path) -> None:
    shelf = Shelf(str(shared))
    shelf.keep(plain_mp4, lambda: None)
    shelf.write("tickets/lost/try/parts/0", b"")
    shelf.sweep()
    assert len([path for path in shared.rglob("*") if path.is_file()]) == 2
    for folder in (*shared.glob("sources/*"), *shared.glob("tickets/*")):
        os.utime(folder, (0, 0))
    shelf.keep(plain_mp4, lambda: None)
    shelf.sweep()
    assert [path.name for path in shared.rglob("*") if path.is_file()] == ["plain.mp4"]
