"""Names are given to whole files or to none; what file systems refuse is said in a person's words."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.engine import publishing
from fastclip_desktop.engine.publishing import (
    copy_out,
    free_name,
    free_name_like,
    fsync_folder,
    give_name,
    has_name,
    is_gone,
    keep_name,
    leftovers,
    output_error,
    place_for,
    seal,
    take_name_back,
    temporary_path,
)

CONTENT = b"clip"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A file that was rendered and is about to get its name."""
    path = temporary_path(tmp_path, "job", 1)
    path.write_bytes(CONTENT)
    assert seal(path) == (4, DIGEST)
    return path


@pytest.fixture
def no_hard_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on exFAT."""

    def refuse(_: Path, __: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# The place to render to


def test_what_is_left_at_the_place_to_render_to_is_removed_before_and_after(tmp_path: Path) -> None:
    destination = Destination(tmp_path)
    temporary_path(tmp_path, "job", 2).write_bytes(b"of a process that was killed")
    with place_for(destination, "job", 2) as path:
        assert path == temporary_path(tmp_path, "job", 2)
        assert not path.exists()
        path.write_bytes(b"half")
    assert files(tmp_path) == []


def test_a_folder_is_made_and_goes_again_if_nothing_came_to_lie_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with place_for(Destination(folder), "job", 1) as path:
        path.write_bytes(b"half")
    assert not folder.exists()
    with place_for(Destination(folder), "job", 1):
        (folder / "clip.mp4").write_bytes(CONTENT)
    assert files(folder) == ["clip.mp4"]


def test_a_folder_that_was_there_stays_though_it_is_empty(tmp_path: Path) -> None:
    with place_for(Destination(tmp_path), "job", 1):
        pass
    assert tmp_path.is_dir()


def test_only_the_last_folder_is_made(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught, place_for(Destination(tmp_path / "a" / "b"), "job", 1):
        pass
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert not (tmp_path / "a").exists()


# Names


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("replace", [True, False])
def test_a_free_name_is_given(sealed: Path, request, links: bool, replace: bool) -> None:
    if not links:
        request.getfixturevalue("no_hard_links")
    path = sealed.with_name("clip.mp4")
    assert give_name(sealed, path, replace=replace)
    assert path.read_bytes() == CONTENT
    assert has_name(sealed, path, 4, DIGEST)
    keep_name(sealed)
    assert files(sealed.parent) == ["clip.mp4"]
    assert has_name(sealed, path, 4, DIGEST)


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("taken_by", ["file", "folder", "link to nowhere"])
def test_a_name_that_is_taken_is_not_given(sealed: Path, request, links: bool, taken_by: str) -> None:
    if not links:
        request.getfixturevalue("no_hard_links")
    path = sealed.with_name("clip.mp4")
    if taken_by == "file":
        path.write_bytes(CONTENT)
    elif taken_by == "folder":
        path.mkdir()
    else:
        path.symlink_to("nowhere")
    assert not give_name(sealed, path, replace=False)
    assert sealed.exists()
    assert os.path.lexists(path)
    assert not has_name(sealed, path, 4, DIGEST)  # though the bytes may be the same


def test_an_older_file_goes_with_the_new_name_and_comes_back_without_it(sealed: Path) -> None:
    path = sealed.with_name("clip.mp4")
    path.write_bytes(b"older")
    assert give_name(sealed, path, replace=True)
    assert path.read_bytes() == CONTENT
    take_name_back(sealed, path, 4, DIGEST, is_anothers=False)
    assert path.read_bytes() == b"older"
    assert files(path.parent) == ["clip.mp4"]


def test_a_name_that_is_a_folder_is_said_to_be_in_the_way(sealed: Path) -> None:
    path = sealed.with_name("clip.mp4")
    path.mkdir()
    with pytest.raises(InputError) as caught:
        give_name(sealed, path, replace=True)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert sealed.exists()


def test_a_file_that_was_changed_or_cut_since_it_was_sealed_is_not_whole(sealed: Path) -> None:
    path = sealed.with_name("clip.mp4")
    give_name(sealed, path, replace=True)
    for content in (b"clop", b"cli", b""):
        path.write_bytes(content)
        assert not has_name(sealed, path, 4, DIGEST)
        take_name_back(sealed, path, 4, DIGEST, is_anothers=False)
        assert path.read_bytes() == content  # it is not ours any more
    path.unlink()
    assert not has_name(sealed, path, 4, DIGEST)


def test_names_are_numbered_until_one_is_free(tmp_path: Path) -> None:
    destination = Destination(tmp_path, template="{title}")
    names = []
    for _ in range(3):
        path = free_name(destination, "Talk", "0-10", "0-20", "mp4")
        path.touch()
        names.append(path.name)
    assert names == ["Talk.mp4", "Talk (2).mp4", "Talk (3).mp4"]
    assert free_name_like(tmp_path / "Talk.mp4").name == "Talk (4).mp4"
    assert free_name_like(tmp_path / "other").name == "other"
    assert free_name(Destination(tmp_path, "Talk.mp4"), "x", "", "", "mp4").name == "Talk.mp4"


@pytest.mark.parametrize(
    ("called", "name"),
    [("The {price}?", "The {price}.mp4"), ("../up", "up.mp4"), (" ", "x.mp4"), ("Talk", "Talk (2).mp4")],
)
def test_a_clip_with_a_name_of_its_own_replaces_nothing(tmp_path: Path, called: str, name: str) -> None:
    (tmp_path / "Talk.mp4").touch()
    destination = Destination(tmp_path, template="{title}", called=called)
    assert free_name(destination, "x", "", "", "mp4").name == name


# What is left behind


def test_leftovers_are_told_by_their_names_and_spared_where_they_are_awaited(tmp_path: Path) -> None:
    made = [temporary_path(tmp_path, job, 1) for job in ("a", "b")]
    older = made[0].with_name(made[0].name + ".old")
    for path in (*made, older, tmp_path / "b-1.part", tmp_path / ".fastclip-notes"):
        path.touch()
    assert sorted(leftovers(tmp_path)) == [(made[0], "a"), (older, "a"), (made[1], "b")]
    assert list(leftovers(tmp_path, [made[0]])) == [(made[1], "b")]
    assert list(leftovers(tmp_path / "none")) == []


def test_a_file_is_gone_only_if_its_folder_shows_that_it_is(tmp_path: Path) -> None:
    (tmp_path / "there").touch()
    (tmp_path / "link").symlink_to("nowhere")
    assert not is_gone(tmp_path / "there")
    assert not is_gone(tmp_path / "link")
    assert is_gone(tmp_path / "none")
    assert not is_gone(tmp_path / "unplugged" / "clip.mp4")
    assert not is_gone(tmp_path / "there" / "clip.mp4")  # what was a folder is something else now
    assert not is_gone(tmp_path / ("x" * 300))  # the system does not even look


# Copies


def test_a_copy_that_cannot_be_made_leaves_the_older_file_and_nothing_besides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(CONTENT)
    target.write_bytes(b"older")

    def fill_the_disk(_: Path, temporary: Path) -> None:
        temporary.write_bytes(CONTENT[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(publishing.shutil, "copyfile", fill_the_disk)
        with pytest.raises(InputError) as caught:
            copy_out(source, target)
    assert caught.value.code is ErrorCode.DISK_FULL
    assert target.read_bytes() == b"older"
    assert files(tmp_path) == ["source", "target"]
    copy_out(source, target)
    assert target.read_bytes() == CONTENT
    assert files(tmp_path) == ["source", "target"]


# The disk


@pytest.mark.skipif(sys.platform == "win32", reason="folders are not synced there")
@pytest.mark.parametrize(("number", "is_an_error"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_folders_is_no_error_and_one_that_fails_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, is_an_error: bool
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    if is_an_error:
        with pytest.raises(OSError, match=os.strerror(number)):
            fsync_folder(tmp_path)
    else:
        fsync_folder(tmp_path)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, ErrorCode.DISK_FULL),
        (errno.EDQUOT, ErrorCode.DISK_FULL),
        (errno.ENOENT, ErrorCode.OUTPUT_NOT_WRITABLE),
        (errno.EACCES, ErrorCode.OUTPUT_NOT_WRITABLE),
        (errno.EROFS, ErrorCode.OUTPUT_NOT_WRITABLE),
    ],
)
def test_every_refusal_names_the_folder_and_a_way_out(number: int, code: ErrorCode) -> None:
    error = output_error(OSError(number, os.strerror(number)), Path("out"))
    assert error.code is code
    assert "out" in error.message
    assert error.hint


def test_a_file_that_is_not_there_cannot_be_sealed(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        seal(tmp_path / "none")
