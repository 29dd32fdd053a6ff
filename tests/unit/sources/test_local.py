from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind
from fastclip_desktop.sources.local import find_sidecars, resolve_local


def refusal(source: str) -> InputError:
    with pytest.raises(InputError) as caught:
        resolve_local(source)
    assert caught.value.message.endswith(".")
    assert caught.value.hint
    return caught.value


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "My talk.mp4"
    path.write_bytes(b"media")
    return path


def test_a_path_gives_the_file_its_title_and_what_was_typed(talk: Path) -> None:
    media = resolve_local(str(talk))
    assert (media.path, media.title, media.source) == (talk, "My talk", str(talk))
    assert (media.page_url, media.formats, media.captions, media.info) == ("", (), (), None)


def test_a_relative_path_becomes_absolute(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(talk.parent)
    assert resolve_local("My talk.mp4").path == talk


def test_a_tilde_is_the_home(talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(talk.parent))
    monkeypatch.setenv("USERPROFILE", str(talk.parent))
    assert resolve_local("~/My talk.mp4").path == talk


def test_file_urls_are_decoded(talk: Path) -> None:
    for source in (talk.as_uri(), talk.as_uri().replace("file:///", "file://localhost/"), f" {talk.as_uri()}\n"):
        assert resolve_local(source).path == talk


@pytest.mark.skipif(os.name == "nt", reason="Windows has such files")
def test_a_file_url_of_another_machine_is_refused() -> None:
    assert refusal("file://server/share/talk.mp4").code is ErrorCode.SOURCE_NOT_FOUND


def test_spaces_at_the_ends_of_a_name_are_its_own(tmp_path: Path) -> None:
    path = tmp_path / " talk.mp4 "
    path.write_bytes(b"media")
    assert resolve_local(str(path)).path == path


@pytest.mark.parametrize(
    "name",
    [
        "gone.mp4",
        "C:\\Videos\\talk.mp4",
        "\\\\server\\share\\talk.mp4",
        "~nobody-here/talk.mp4",
        "a\0b.mp4",
        "\ud800.mp4",
    ],
    ids=ascii,
)
def test_what_is_not_there_is_not_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    error = refusal(name)
    assert error.code is ErrorCode.SOURCE_NOT_FOUND
    assert error.message.isprintable()


def test_a_percent_encoded_nul_is_not_found() -> None:
    assert refusal("file:///tmp/a%00b.mp4").code is ErrorCode.SOURCE_NOT_FOUND


def test_a_path_below_a_file_is_not_found(talk: Path) -> None:
    assert refusal(str(talk / "more.mp4")).code is ErrorCode.SOURCE_NOT_FOUND


@pytest.mark.parametrize("source", ["youtube.com/watch?v=abc", "www.example.org", "example.org/talk.mp4"])
def test_a_link_without_its_beginning_is_recognised(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "https://" in refusal(source).hint


def test_an_ordinary_wrong_path_gets_no_lecture_on_links(tmp_path: Path) -> None:
    assert "https://" not in refusal(str(tmp_path / "talk.mov")).hint


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    error = refusal(str(tmp_path))
    assert error.code is ErrorCode.SOURCE_IS_FOLDER
    assert str(tmp_path) in error.message


def test_an_empty_file_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    error = refusal(str(tmp_path / "empty.mp4"))
    assert error.code is ErrorCode.SOURCE_EMPTY
    assert "empty.mp4" in error.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes in the file system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert refusal(str(tmp_path / "pipe.mp4")).code is ErrorCode.SOURCE_UNREADABLE


def test_a_link_that_names_itself_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "loop.mp4").symlink_to(tmp_path / "loop.mp4")
    assert refusal(str(tmp_path / "loop.mp4")).code is ErrorCode.SOURCE_UNREADABLE


def test_a_name_that_is_too_long_is_shortened_in_the_sentence(tmp_path: Path) -> None:
    error = refusal(str(tmp_path / f"{'x' * 5000}.mp4"))
    assert error.code is ErrorCode.SOURCE_UNREADABLE
    assert len(error.message) < 250


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_without_permission_is_unreadable(talk: Path) -> None:
    talk.chmod(0)
    assert refusal(str(talk)).code is ErrorCode.SOURCE_UNREADABLE


def test_a_hostile_name_reaches_neither_title_nor_sentence(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mred\x1b[0m\u202egpj.mp4"
    path.write_bytes(b"media")
    assert resolve_local(str(path)).title == "redgpj"
    path.write_bytes(b"")
    assert refusal(str(path)).message.isprintable()


def test_a_name_of_nothing_visible_still_gets_a_title(tmp_path: Path) -> None:
    path = tmp_path / "\u202e.mp4"
    path.write_bytes(b"media")
    assert resolve_local(str(path)).title == "mp4"


def test_sidecars_are_found_the_plain_name_first_then_by_language(talk: Path) -> None:
    for name in ("My talk.vtt", "My talk.en-US.vtt", "My talk.de.SRT", "My talk.mp4.srt", "My talk.pt_BR.srt"):
        (talk.parent / name).write_text("x")
    tracks = resolve_local(str(talk)).captions
    assert [(track.language, track.extension, Path(track.location).name) for track in tracks] == [
        ("", "srt", "My talk.mp4.srt"),
        ("", "vtt", "My talk.vtt"),
        ("de", "srt", "My talk.de.SRT"),
        ("en-US", "vtt", "My talk.en-US.vtt"),
        ("pt-BR", "srt", "My talk.pt_BR.srt"),
    ]
    assert {track.kind for track in tracks} == {CaptionKind.SIDECAR}
    assert all(Path(track.location).is_absolute() for track in tracks)


def test_files_of_other_recordings_are_no_sidecars(talk: Path) -> None:
    for name in ("My talk 2.srt", "My talk.txt", "talk.srt", "My talk.part two.srt", "My talk.srt.bak", "Other.en.vtt"):
        (talk.parent / name).write_text("x")
    (talk.parent / "My talk.en.srt").mkdir()
    assert find_sidecars(talk) == ()


def test_a_sidecar_is_found_however_its_accents_are_written(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFC", "Café.mp4")
    path.write_bytes(b"media")
    (tmp_path / unicodedata.normalize("NFD", "Café.en.srt")).write_text("x")
    assert [track.language for track in find_sidecars(path)] == ["en"]
