"""The library's rows: announced before the file has its name, listed afterwards."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.clip import Clip, Receipt, StageTime
from fastclip_desktop.domain.clip_choice import ClipChoice, ClipKind, ClipOrder
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.store.clips import ClipTable, Publication
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.texts import path_of, shown, stored

CLIP = Clip(
    path=Path("out/talk.mp4"),
    span=TimeRange(Fraction(1, 3), Fraction(10)),
    duration=Fraction(29, 3),
    format=OutputFormat.MP4,
    width=320,
    height=180,
    file_size=1000,
    source_title="Talk",
    receipt=Receipt("smart", "libx264", frames=290, stages=(StageTime("render", 1.5),), notes=("A note.",)),
    id="c" * 16,
    sha256="ab" * 32,
    name="talk",
    quality="720p",
    job="j" * 16,
    key="k" * 16,
    created=100.0,
    expires=200.5,
)


@pytest.fixture
def table(memory: Database) -> Iterator[ClipTable]:
    """Of an open transaction."""
    with memory.transaction() as connection:
        yield ClipTable(connection)


def announced(table: ClipTable, clip: Clip, number: int = 1, source: int | None = None) -> Publication:
    publication = Publication(clip, number, clip.path.with_name(f".{clip.id}.part"))
    table.announce(publication, source)
    return publication


def listed(table: ClipTable, name: str, **changes: object) -> Clip:
    changes = {"id": name, "job": f"job of {name}", "name": name, "path": Path(f"out/{name}.mp4"), **changes}
    clip = dataclasses.replace(CLIP, **changes)  # type: ignore[arg-type]
    announced(table, clip)
    table.list_as(clip)
    return clip


def names(table: ClipTable, words: str = "", **options: object) -> list[str]:
    clips, total = table.newest(10, now=0.0, words=words, **options)  # type: ignore[arg-type]
    assert total >= len(clips)
    return [clip.name for clip in clips]


def test_a_clip_is_announced_then_listed_and_comes_back_as_it_was(table: ClipTable) -> None:
    publication = announced(table, CLIP)
    assert table.publishing() == (publication,)
    assert table.placed(CLIP.job, 1) == publication
    assert table.find(CLIP.id) is table.at(CLIP.path) is None
    assert table.of_job(CLIP.job) == ()
    table.list_as(CLIP)
    assert table.publishing() == ()
    assert table.placed(CLIP.job, 1) == dataclasses.replace(publication, listed=True)
    assert table.find(CLIP.id) == table.at(CLIP.path) == CLIP
    assert table.of_job(CLIP.job) == tuple(table.each()) == (CLIP,)
    table.remove(CLIP.id)
    assert table.find(CLIP.id) is table.placed(CLIP.job, 1) is None


def test_a_second_announcement_for_a_place_replaces_the_first(table: ClipTable) -> None:
    announced(table, CLIP)
    again = announced(table, dataclasses.replace(CLIP, id="d" * 16, path=Path("out/talk (2).mp4")))
    assert table.publishing() == (again,)


def test_the_clips_of_a_job_come_in_their_order(table: ClipTable) -> None:
    for number in (3, 1, 2):
        clip = dataclasses.replace(CLIP, id=str(number), path=Path(f"{number}.mp4"))
        announced(table, clip, number)
        table.list_as(clip)
    assert [clip.id for clip in table.of_job(CLIP.job)] == ["1", "2", "3"]


def test_only_clips_whose_time_has_come_expire(table: ClipTable) -> None:
    listed(table, "pinned", expires=None)
    listed(table, "late", expires=300.0)
    due = listed(table, "due", expires=200.0)
    announced(table, dataclasses.replace(CLIP, id="unlisted", job="other", expires=1.0))
    assert table.expired(199.9) == ()
    assert table.expired(200.0) == (due,)
    assert [clip.name for clip in table.newest(10, now=200.0)[0]] == ["late", "pinned"]
    assert table.newest(10, now=200.0)[1] == 2


def test_bytes_are_counted_by_whether_they_stay(table: ClipTable) -> None:
    assert table.bytes_held() == (0, 0)
    listed(table, "a", expires=None, file_size=1)
    listed(table, "b", expires=5.0, file_size=20)
    listed(table, "c", expires=None, file_size=300)
    announced(table, dataclasses.replace(CLIP, id="unlisted", job="other"))
    assert table.bytes_held() == (301, 20)


def test_a_change_is_of_name_and_lifetime_alone(table: ClipTable) -> None:
    clip = listed(table, "a")
    table.change(dataclasses.replace(clip, name="b", expires=None, file_size=7))
    assert table.find("a") == dataclasses.replace(clip, name="b", expires=None)


def test_folders_are_those_of_every_row(table: ClipTable) -> None:
    listed(table, "a", path=Path("one/a.mp4"))
    listed(table, "b", path=Path("one/b.mp4"))
    announced(table, dataclasses.replace(CLIP, path=Path("two/c.mp4")))
    assert sorted(table.folders()) == [Path("one"), Path("two")]


def test_pages_tell_the_whole_number_even_beyond_the_last(table: ClipTable) -> None:
    for number in range(5):
        listed(table, f"clip {number}", created=float(number))
    assert [clip.name for clip in table.newest(2, 1, now=0.0)[0]] == ["clip 3", "clip 2"]
    assert table.newest(2, 10, now=0.0) == ((), 5)
    assert table.newest(2, 10, now=0.0, words="nothing") == ((), 0)
    assert table.newest(0, 0, now=0.0)[0] == ()


def test_only_the_clips_of_a_kind_and_a_format_come(table: ClipTable) -> None:
    listed(table, "kept", expires=None, key="")
    listed(table, "passing", key="")
    listed(table, "script's", format=OutputFormat.MP3)
    assert names(table, choice=ClipChoice(ClipKind.PINNED)) == ["kept"]
    assert sorted(names(table, choice=ClipChoice(ClipKind.EXPIRING))) == ["passing", "script's"]
    assert names(table, choice=ClipChoice(ClipKind.BY_SCRIPTS)) == ["script's"]
    assert names(table, choice=ClipChoice(format=OutputFormat.MP3)) == ["script's"]
    assert names(table, "kept", choice=ClipChoice(ClipKind.EXPIRING)) == []


@pytest.mark.parametrize("order", ClipOrder)
def test_clips_come_in_every_order_as_the_order_itself_would_have_them(table: ClipTable, order: ClipOrder) -> None:
    clips = [
        listed(table, "b", created=1.0, duration=Fraction(29, 3), file_size=5),
        listed(table, "C", created=3.0, duration=Fraction(10), file_size=5),
        listed(table, "a", created=2.0, duration=Fraction(19, 2), file_size=700),
    ]
    choice = ClipChoice(order=order)
    expected = {
        ClipOrder.NEWEST: "Cab",
        ClipOrder.OLDEST: "baC",
        ClipOrder.NAME: "abC",
        ClipOrder.LONGEST: "Cba",
        ClipOrder.LARGEST: "aCb",
    }[order]
    assert "".join(names(table, choice=choice)) == expected
    assert "".join(clip.name for clip in sorted(clips, key=choice.place)) == expected


def test_what_a_clip_was_made_of_is_known_as_long_as_its_source_is(table: ClipTable, memory: Database) -> None:
    name = os.fsdecode(b"/films/\xff.mp4")
    with memory.transaction() as connection:
        media = MediaFile(source=name, title="T", path=Path(name))
        source = SourceTable(connection).remember(media, 1.0)
    announced(table, CLIP, source=source)
    assert table.source(CLIP.id) == name
    listed(table, "orphan")
    assert table.source("orphan") == ""


SIGNS = st.text("aAb%_\\'[é \ud800", max_size=6)


@given(SIGNS, SIGNS)
def test_a_name_is_found_by_any_part_of_it_and_no_sign_means_anything(called: str, words: str) -> None:
    with Database.in_memory() as memory, memory.transaction() as connection:
        table = ClipTable(connection)
        clip = listed(table, "id", source_title="")
        table.change(dataclasses.replace(clip, name=called))
        assert bool(names(table, words)) == (shown(words).lower() in shown(called).lower())


def test_clips_of_a_source_are_found_by_the_times_that_they_hold(table: ClipTable, memory: Database) -> None:
    with memory.transaction() as connection:
        media = MediaFile(source="u", title="T", path=None, page_url="u")
        source = SourceTable(connection).remember(media, 1.0)
    spans = {"a": (0, 10), "b": (10, 20), "c": (5, 15)}
    for name, (start, end) in spans.items():
        span = TimeRange(Fraction(start), Fraction(end))
        clip = dataclasses.replace(CLIP, id=name, job=name, path=Path(name), span=span)
        announced(table, clip, source=source)
        table.list_as(clip)

    def within(start: int, end: int) -> list[str]:
        return sorted(table.ids_within("u", TimeRange(Fraction(start), Fraction(end))))

    assert within(0, 5) == ["a"]
    assert within(9, 11) == ["a", "b", "c"]
    assert within(10, 12) == ["b", "c"]  # one that only touches holds nothing of it
    assert within(20, 30) == []
    assert table.ids_within("v", TimeRange(Fraction(0), Fraction(30))) == ()


@given(st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name))
def test_every_path_that_a_file_system_has_comes_back(name: bytes) -> None:
    path = Path(os.fsdecode(name))
    assert path_of(stored(path)) == path
    stored(path).encode()  # is Unicode


def test_a_text_for_people_loses_only_what_nobody_can_read() -> None:
    assert shown("caf\udce9 é") == "caf\ufffd é"
    assert stored("é") == "é"
