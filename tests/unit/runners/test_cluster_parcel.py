"""Paths on their way to a worker and back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.errors import ErrorCode, InputError, SeveralMedia
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, ListedMedia, MediaFile
from fastclip_desktop.domain.preview_stages import MakePoster
from fastclip_desktop.domain.stage import FetchedMedia, Render, SelectMoments, Transcribe
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin
from fastclip_desktop.runners.cluster_parcel import Translation, find_places, paths_in, with_paths
from fastclip_desktop.runners.cluster_shelf import Shelf

LINE = Timeline(TimeRange(Fraction(0), Fraction(1)), OutputSpec())
SIDECAR = CaptionTrack("en", CaptionKind.SIDECAR, "srt", str(Path("in/talk.srt")))
ONLINE = CaptionTrack("en", CaptionKind.MANUAL, "vtt", "https://example.org/talk.vtt")

TALK = MediaFile("s", "t", Path("m"), captions=(SIDECAR, ONLINE))


@pytest.mark.parametrize(
    ("request_", "paths"),
    [
        (MakePoster(Path("a.mp4")), ["a.mp4"]),
        (Render(FetchedMedia(Path("p"), None), LINE, Path("out.mp4")), ["p", "out.mp4"]),
        (
            Transcribe(MediaFile("s", "t", Path("m"), captions=(SIDECAR, ONLINE)), None, Path("f")),
            ["m", "in/talk.srt", "f"],
        ),
        (SelectMoments(Transcript((), "en", TranscriptOrigin.GIVEN), ("a/b",), 1), []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_path_of_a_request_is_found_and_changed(request_: object, paths: list[str]) -> None:
    assert list(paths_in(request_)) == [Path(path) for path in paths]
    changed = with_paths(request_, lambda path: Path("there") / path)
    assert list(paths_in(changed)) == [Path("there") / path for path in paths]
    assert with_paths(changed, lambda path: path.relative_to("there")) == request_


def test_what_is_no_path_stays_the_same_value() -> None:
    request = SelectMoments(Transcript((), "en", TranscriptOrigin.GIVEN), ("a",), 1)
    assert with_paths(request, lambda _: Path("x")) is request


def test_files_folders_and_what_is_not_there_yet_get_each_a_fitting_place(tmp_path: Path) -> None:
    source, folder, output = tmp_path / "a.mp4", tmp_path / "work", tmp_path / "out.mp4"
    shared = tmp_path / "shared"
    inside = shared / "b.mp4"
    folder.mkdir()
    shared.mkdir()
    for file in (source, inside):
        file.write_bytes(b"video")
    parts = (FetchedMedia(source, source), FetchedMedia(inside, None))
    places = find_places((parts, folder, output), Shelf(str(shared)), lambda: None)
    assert places[source].startswith("sources/")
    assert places[source].endswith("/a.mp4")
    assert places[inside] == str(inside)
    assert places[folder].startswith("room/")
    assert places[output].startswith("room/")
    assert places[output].endswith("/out.mp4")
    assert len(set(places.values())) == 4


TRANSLATION = Translation(
    {
        Path("/mine/files"): Path("/shared/t/1/0"),
        Path("/mine/out.mp4"): Path("/shared/t/1/2/out.mp4"),
        Path("talk.mp4"): Path("/shared/sources/ab/talk.mp4"),
    }
)


def test_a_path_of_the_worker_is_told_as_the_callers() -> None:
    assert TRANSLATION.back(Path("/shared/t/1/0/section.mkv")) == Path("/mine/files/section.mkv")
    assert TRANSLATION.back(Path("/shared/t/1/2/out.mp4")) == Path("/mine/out.mp4")
    assert TRANSLATION.back(Path("/shared/sources/ab/talk.mp4")) == Path("talk.mp4")
    assert TRANSLATION.back(Path("/usr/lib/else")) == Path("/usr/lib/else")
    assert TRANSLATION.here(Path("talk.mp4")) == Path("/shared/sources/ab/talk.mp4")
    assert TRANSLATION.here(Path("else")) == Path("else")


def test_an_error_of_the_worker_speaks_of_the_callers_files() -> None:
    error = InputError(ErrorCode.NOT_MEDIA, "/shared/sources/ab/talk.mp4 is no video.", "See /shared/t/1/0.")
    told = TRANSLATION.translate(error)
    assert (told.message, told.hint) == ("talk.mp4 is no video.", "See /mine/files.")
    assert told.args == (ErrorCode.NOT_MEDIA, told.message, told.hint)


def test_what_an_error_carries_besides_stays_with_it() -> None:
    entries = (ListedMedia("One", "https://example.org/1"),)
    error = SeveralMedia(ErrorCode.PLAYLIST_SOURCE, "Several.", "Choose.", entries)
    told = TRANSLATION.translate(error)
    assert isinstance(told, SeveralMedia)
    assert told.entries == entries
