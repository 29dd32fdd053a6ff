"""Clips come in, are found, renamed, copied and removed."""

from __future__ import annotations

import dataclasses
import os
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.clip import Clip, Receipt, RenderedFile
from fastclip_desktop.domain.clip_choice import ClipChoice, ClipKind, ClipOrder
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError
from fastclip_desktop.domain.events import ClipAdded, ClipChanged, ClipRemoved
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.policy import LOCAL
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.engine.event_bus import EventBus
from fastclip_desktop.engine.library import Library
from fastclip_desktop.engine.origin import Origin
from fastclip_desktop.engine.publishing import temporary_path
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.transcripts import TranscriptTable
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import SCRIPT, clip_request
from tests.unit.engine.small_library import KEY, Shelf, nothing_beside

# Coming in


def test_a_clip_has_its_name_its_row_and_nothing_besides(shelf: Shelf) -> None:
    clip = shelf.add(b"four")
    assert shelf.library.get(clip.id) == clip
    assert [path.name for path in shelf.folder.iterdir()] == ["Talk [0-10_0-20].mp4"]
    assert clip.path.read_bytes() == b"four"
    assert (clip.file_size, clip.name, clip.source_title) == (4, "Talk [0-10_0-20]", "Talk")
    assert clip.sha256 == "04efaf080f5a3e74e1c29d1ca6a48569382cbbcd324e8d59d2b83ef21c039f00"
    assert clip.path.stat().st_nlink == 1


def test_a_name_of_ours_is_never_anothers(shelf: Shelf) -> None:
    (shelf.folder / "Talk [0-10_0-20].mp4").write_bytes(b"somebody's")
    (shelf.folder / "Talk [0-10_0-20] (2).mp4").symlink_to("nowhere")
    assert shelf.add().path.name == "Talk [0-10_0-20] (3).mp4"
    assert (shelf.folder / "Talk [0-10_0-20].mp4").read_bytes() == b"somebody's"


def test_a_chosen_name_replaces_the_older_file_and_its_row(shelf: Shelf) -> None:
    older, newer = shelf.add(b"older", name="mine.mp4"), shelf.add(b"newer", name="mine.mp4")
    assert newer.path.read_bytes() == b"newer"
    assert shelf.library.find().clips == (newer,)
    assert shelf.events == [ClipRemoved(older.id)]
    assert [path.name for path in shelf.folder.iterdir()] == ["mine.mp4"]


def test_what_is_not_to_be_listed_after_all_leaves_nothing(shelf: Shelf) -> None:
    def refuse(_: Clip) -> None:
        raise Cancelled

    path = temporary_path(shelf.folder, "job", 1)
    path.write_bytes(b"clip")
    span = TimeRange(Fraction(0), Fraction(1))
    rendered = RenderedFile(path, OutputFormat.MP4, span, span.duration, 1, 1, Receipt("copied"))
    with pytest.raises(Cancelled):
        shelf.library.shelve(rendered, Destination(shelf.folder), Origin(None, "T", "job", 1, "", LOCAL), refuse)
    assert list(shelf.folder.iterdir()) == []
    assert shelf.library.find().total == 0
    assert shelf.library.resume("job", 1, nothing_beside) is None
    assert shelf.events == []


@pytest.mark.parametrize("name", [b"caf\xe9", b"\xff\xfe"])
def test_a_folder_whose_name_is_no_text_holds_clips_like_any_other(shelf: Shelf, name: bytes) -> None:
    folder = Path(os.fsdecode(os.fsencode(shelf.folder) + b"/" + name))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes no such names")
    clip = shelf.add(folder=folder, title=f"Talk {folder.name}")
    found = shelf.library.get(clip.id)
    assert found.path == clip.path
    assert found.path.is_file()
    assert shelf.library.find(f"talk {folder.name}").total == 1
    shelf.library.sweep((), lambda _: True)
    assert shelf.library.delete(clip.id) == 4


# Being found


def test_clips_are_found_by_their_name_and_their_sources_title_and_address(shelf: Shelf) -> None:
    shelf.add(title="Gardening", url="https://a.example/x1")
    cooking = shelf.add(title="Cooking", url="https://b.example/x2")
    shelf.library.rename(cooking.id, "Best soup", LOCAL)
    assert shelf.names("GARD") == ["Gardening [0-10_0-20]"]
    assert shelf.names("soup") == shelf.names("cook") == shelf.names("b.example") == ["Best soup"]
    assert shelf.names("x") == ["Best soup", "Gardening [0-10_0-20]"]  # the newest first
    assert shelf.names("  soup \n") == ["Best soup"]
    assert shelf.names("nothing") == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("100%", 1), ("%", 1), ("_", 1), ("a_b", 1), ("\\", 1), ("' OR 1=1 --", 0), ("\0", 0), ("\ud800", 0), ('"', 0)],
)
def test_no_sign_in_the_words_has_a_meaning_of_its_own(shelf: Shelf, words: str, found: int) -> None:
    for number, name in enumerate(("100% true", "a_b", "axb", "back\\slash", "plain")):
        clip = shelf.add(title=f"T{number}", url=f"u{number}")
        shelf.library.rename(clip.id, name, LOCAL)
    assert len(shelf.names(words)) == found


def say(shelf: Shelf, url: str, *segments: tuple[int, int, str]) -> None:
    """Have a source's words known."""
    said = tuple(Segment(text, TimeRange(Fraction(start), Fraction(end))) for start, end, text in segments)
    with shelf.database.transaction() as connection:
        source = SourceTable(connection).remember(MediaFile(source=url, title="T", path=None, page_url=url), 1.0)
        TranscriptTable(connection).put(source, Transcript(said, "en", TranscriptOrigin.SIDECAR), 1.0)


def test_clips_are_found_by_what_is_said_in_them_and_not_beside_them(shelf: Shelf) -> None:
    say(shelf, "u", (0, 10, "Tomatoes want sun."), (10, 20, "Pumpkins don't."), (20, 30, "Café for all."))
    inside = shelf.add(url="u", span=(10, 20), title="A")
    after = shelf.add(url="u", span=(20, 30), title="B")
    shelf.add(url="v", span=(10, 20), title="C")  # of another source
    assert shelf.names("pumpkin") == [inside.name]
    assert shelf.names("cafe") == [after.name]
    assert shelf.names("tomatoes") == []


def test_pages_follow_one_another_and_know_how_many_there_are_in_all(shelf: Shelf) -> None:
    for number in range(7):
        shelf.add(title=f"Talk {number}")
    pages = [shelf.library.find("talk", most=3, skip=skip) for skip in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7] * 4
    titles = [clip.source_title for page in pages for clip in page.clips]
    assert titles == [f"Talk {number}" for number in reversed(range(7))]


# Names


def test_a_clip_leads_back_to_what_it_was_made_of(shelf: Shelf) -> None:
    assert shelf.library.source_of(shelf.add(url="https://a.example/talk?part=1").id) == "https://a.example/talk?part=1"
    with pytest.raises(InputError, match="no clip"):
        shelf.library.source_of("a" * 16)


def test_pages_of_a_choice_hold_nothing_else(shelf: Shelf) -> None:
    first, second = shelf.add(name="a.mp4"), shelf.add(name="b.mp4", key=KEY)
    assert shelf.library.find(choice=ClipChoice(order=ClipOrder.NAME)).clips == (first, second)
    page = shelf.library.find(choice=ClipChoice(ClipKind.BY_SCRIPTS))
    assert (page.clips, page.total) == ((second,), 1)


def test_a_new_name_is_the_clips_and_not_its_files(shelf: Shelf) -> None:
    clip = shelf.add()
    renamed = shelf.library.rename(clip.id, "  Best \t part ", LOCAL)
    assert renamed == dataclasses.replace(clip, name="Best part")
    assert shelf.library.get(clip.id) == renamed
    assert clip.path.is_file()
    assert shelf.events == [ClipChanged(renamed)]


@pytest.mark.parametrize("name", ["", " \n", "x" * 201])
def test_a_name_that_is_none_or_too_long_is_refused(shelf: Shelf, name: str) -> None:
    clip = shelf.add()
    with pytest.raises(InputError) as caught:
        shelf.library.rename(clip.id, name, LOCAL)
    assert caught.value.code is ErrorCode.BAD_USAGE
    assert shelf.library.rename(clip.id, "x" * 200, LOCAL).name == "x" * 200


def test_the_same_again_is_no_change(shelf: Shelf) -> None:
    clip = shelf.add()
    assert shelf.library.rename(clip.id, clip.name, LOCAL) == clip
    assert shelf.library.pin(clip.id, LOCAL) == clip
    assert shelf.events == []


# Going


def test_deleting_tells_how_many_bytes_are_free_again(shelf: Shelf) -> None:
    clip = shelf.add(b"x" * 1234)
    assert shelf.library.delete(clip.id) == 1234
    assert list(shelf.folder.iterdir()) == []
    assert shelf.events == [ClipRemoved(clip.id)]
    with pytest.raises(InputError) as caught:
        shelf.library.delete(clip.id)
    assert caught.value.code is ErrorCode.UNKNOWN_CLIP


def test_a_clip_whose_file_somebody_removed_frees_nothing(shelf: Shelf) -> None:
    clip = shelf.add()
    clip.path.unlink()
    assert shelf.library.delete(clip.id) == 0
    assert shelf.library.find().total == 0


def test_a_file_that_cannot_be_removed_keeps_its_row(shelf: Shelf) -> None:
    clip = shelf.add()
    clip.path.unlink()
    clip.path.mkdir()  # stands for a file that is locked or in a folder that may not be written
    with pytest.raises(InputError) as caught:
        shelf.library.delete(clip.id)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert str(clip.path) in caught.value.message
    assert shelf.library.get(clip.id) == clip
    assert shelf.events == []


# Copies


def test_a_copy_goes_to_a_file_or_into_a_folder(shelf: Shelf, tmp_path: Path) -> None:
    clip = shelf.add(b"content")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert shelf.library.export(clip.id, folder) == folder / clip.path.name
    assert shelf.library.export(clip.id, tmp_path / "named.mp4").read_bytes() == b"content"
    assert clip.path.is_file()
    assert [path.name for path in folder.iterdir()] == [clip.path.name]


def test_in_a_folder_a_copy_replaces_nothing_not_even_the_clip_itself(shelf: Shelf) -> None:
    clip = shelf.add(b"content")
    copies = [shelf.library.export(clip.id, shelf.folder) for _ in range(2)]
    assert [path.name for path in copies] == ["Talk [0-10_0-20] (2).mp4", "Talk [0-10_0-20] (3).mp4"]
    assert len({clip.path.stat().st_ino, *(path.stat().st_ino for path in copies)}) == 3


def test_a_copy_replaces_a_named_file_once_it_is_whole(shelf: Shelf, tmp_path: Path) -> None:
    clip = shelf.add(b"content")
    target = tmp_path / "named.mp4"
    target.write_bytes(b"old")
    assert shelf.library.export(clip.id, target).read_bytes() == b"content"
    with pytest.raises(InputError) as caught:
        shelf.library.export(clip.id, tmp_path / "no folder" / "named.mp4")
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    clip.path.unlink()
    with pytest.raises(InputError) as caught:
        shelf.library.export(clip.id, target)
    assert caught.value.code is ErrorCode.SOURCE_NOT_FOUND
    assert target.read_bytes() == b"content"
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


# Putting in order


def test_a_sweep_forgets_clips_whose_file_is_gone_and_keeps_those_whose_folder_is(shelf: Shelf, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    here, gone, away = shelf.add(title="A"), shelf.add(title="B"), shelf.add(title="C", folder=disk)
    gone.path.unlink()
    disk.rename(tmp_path / "unplugged")
    shelf.library.sweep((), lambda _: True)
    assert shelf.library.find().clips == (away, here)
    assert shelf.events == [ClipRemoved(gone.id)]


def test_a_sweep_removes_what_ended_jobs_were_rendering_and_no_file_of_anybody_else(shelf: Shelf) -> None:
    clip = shelf.add()
    kept = [
        temporary_path(shelf.folder, "another", 1),  # of another process
        shelf.folder / "holiday.part",
        shelf.folder / ".fastclip-notes.txt",
    ]
    left = temporary_path(shelf.folder, "ended", 2)
    for path in (*kept, left):
        path.write_bytes(b"x")
    shelf.library.sweep((), lambda job_id: job_id == "ended")
    assert sorted(shelf.folder.iterdir()) == sorted([clip.path, *kept])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root looks into every folder")
def test_a_folder_that_lets_nobody_look_hides_its_clips_and_stops_no_start(shelf: Shelf) -> None:
    clip = shelf.add()
    shelf.folder.chmod(0)
    try:
        shelf.library.sweep((), lambda _: True)
        assert shelf.library.find().clips == (clip,)
    finally:
        shelf.folder.chmod(0o700)


def test_the_clips_of_a_source_are_told_by_its_address_the_newest_first(shelf: Shelf) -> None:
    older, _, newer = shelf.add(url="u"), shelf.add(url="v"), shelf.add(url="u")
    media = MediaFile(source="u", title="Another title by now", path=None, page_url="u")
    assert shelf.library.of_source(media) == (newer, older)
    assert shelf.library.of_source(media, most=1) == (newer,)
    shelf.library.set_aside(newer.id)
    assert shelf.library.of_source(media) == (older,)
    assert shelf.library.of_source(MediaFile(source="w", title="Talk", path=None, page_url="w")) == ()


# Being removed, and coming back


def test_a_clip_that_was_set_aside_is_gone_for_everybody_and_comes_back_as_it_was(shelf: Shelf) -> None:
    clip = shelf.add(b"four")
    shelf.library.set_aside(clip.id)
    assert not clip.path.exists()
    assert shelf.library.find().total == 0
    assert shelf.library.storage(LOCAL).pinned == 0
    with pytest.raises(InputError) as caught:
        shelf.library.get(clip.id)
    assert caught.value.code is ErrorCode.UNKNOWN_CLIP
    assert shelf.library.bring_back(clip.id) == clip
    assert shelf.library.get(clip.id) == clip
    assert [path.name for path in shelf.folder.iterdir()] == [clip.path.name]
    assert clip.path.read_bytes() == b"four"
    assert shelf.events == [ClipRemoved(clip.id), ClipAdded(clip.job, clip)]


def test_a_clip_comes_back_under_another_name_where_its_own_was_taken(shelf: Shelf) -> None:
    clip = shelf.add(b"ours")
    shelf.library.set_aside(clip.id)
    clip.path.write_bytes(b"anothers")
    back = shelf.library.bring_back(clip.id)
    assert back.path.name == "Talk [0-10_0-20] (2).mp4"
    assert back.name == clip.name
    assert (clip.path.read_bytes(), back.path.read_bytes()) == (b"anothers", b"ours")


def test_what_was_let_go_is_gone_and_frees_its_bytes(shelf: Shelf) -> None:
    clip, other = shelf.add(b"four"), shelf.add(b"other")
    shelf.library.set_aside(clip.id)
    assert shelf.library.let_go() == 4
    assert shelf.library.let_go() == 0
    assert [path.name for path in shelf.folder.iterdir()] == [other.path.name]
    with pytest.raises(InputError) as caught:
        shelf.library.bring_back(clip.id)
    assert caught.value.code is ErrorCode.UNKNOWN_CLIP


@pytest.mark.parametrize("moved", [True, False])
def test_the_next_start_lets_go_what_was_set_aside_before_a_crash(shelf: Shelf, moved: bool) -> None:
    clip = shelf.add(b"four")
    shelf.library.set_aside(clip.id)
    if not moved:  # the row was written, and then everything stopped
        next(shelf.folder.iterdir()).rename(clip.path)
    later = Library(shelf.database, shelf.clock, EventBus(), shelf.folder)
    later.sweep((), lambda _: True)
    assert list(shelf.folder.iterdir()) == []
    assert later.find().total == 0


def test_a_file_that_cannot_be_moved_stays_listed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = shelf.add()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with pytest.raises(InputError) as caught:
            shelf.library.set_aside(clip.id)
    assert caught.value.code is ErrorCode.OUTPUT_NOT_WRITABLE
    assert shelf.library.get(clip.id) == clip
    assert clip.path.is_file()
    assert shelf.events == []


def test_stopping_a_job_keeps_its_clips_that_were_set_aside(shelf: Shelf) -> None:
    clip = shelf.add()
    shelf.library.set_aside(clip.id)
    shelf.library.discard(clip.job)
    assert shelf.library.bring_back(clip.id) == clip


def test_the_end_of_the_program_lets_go_what_was_set_aside(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    with Engine(ScriptedRunner(dict(SCRIPT)), paths, Database.in_memory()) as engine:
        (clip,) = engine.run(clip_request(tmp_path / "clips")).clips
        engine.library.set_aside(clip.id)
        assert list((tmp_path / "clips").iterdir()) != []
    assert list((tmp_path / "clips").iterdir()) == []
