"""``fastclip library`` on a data folder of its own, and on one that another program holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fastclip_desktop.cli.main import main
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.settings.paths import Paths, find_paths
from fastclip_desktop.stages import index
from fastclip_desktop.store.data_folder import claim
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.transcripts import TranscriptTable
from tests.media_factory import VideoSpec, make_media
from tests.scripted_runner import ScriptedRunner

Capture = pytest.CaptureFixture[str]
SAID = ("Good evening everybody.", "Today we bake a loaf of bread.", "Good night.")


@pytest.fixture
def paths(fastclip_home: Path) -> Paths:
    return find_paths({"FASTCLIP_HOME": str(fastclip_home)})


def keep(database: Database, media: MediaFile) -> None:
    spans = [TimeRange(Fraction(number), Fraction(number + 1)) for number in range(len(SAID))]
    segments = tuple(Segment(text, span) for text, span in zip(SAID, spans, strict=True))
    with database.transaction() as connection:
        source = SourceTable(connection).remember(media, 1.0)
        TranscriptTable(connection).put(source, Transcript(segments, "en", TranscriptOrigin.CAPTIONS), 1.0)


def indexed(request: StageRequest[object], reporter: Reporter) -> SpokenWords:
    assert isinstance(request, IndexWords)
    return index.perform(request, reporter)


@pytest.fixture
def filled(paths: Paths) -> None:
    url = "https://site.example/talk"
    with claim(paths.data, briefly=True), Database.open(paths.database) as database:
        keep(database, MediaFile(url, "A talk", None, page_url=url))


@pytest.fixture
def _holder(filled: None, paths: Paths) -> Iterator[None]:
    del filled
    claimed = claim(paths.data, "the window")
    with Engine(ScriptedRunner({IndexWords: indexed}), paths, Database.open(paths.database), claimed):
        yield


@pytest.fixture(params=["filled", "_holder"])
def _held_by(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(request.param)


def run(capsys: Capture, *words: str) -> Any:
    assert main(["library", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("_held_by")
def test_what_was_said_is_found_whoever_has_the_library(capsys: Capture) -> None:
    answer = run(capsys, "search", "baking", "bread")
    assert answer["query"] == "baking bread"
    (source,) = answer["sources"]
    assert (source["source"], source["title"]) == ("https://site.example/talk", "A talk")
    (passage,) = source["passages"]
    assert passage["number"] == 1
    assert [passage["excerpt"][start:end] for start, end in passage["marks"]] == ["bake", "bread"]
    assert (passage["start"], passage["end"]) == (0.0, 3.0)
    (known,) = run(capsys, "list")["transcripts"]
    assert (known["source"], known["language"], known["origin"]) == ("https://site.example/talk", "en", "captions")


@pytest.mark.usefixtures("filled")
def test_people_see_the_words_marked(capsys: Capture) -> None:
    assert main(["library", "search", "bread"]) == 0
    out = capsys.readouterr().out
    assert "A talk\n  https://site.example/talk\n" in out
    assert "a loaf of *bread*." in out
    assert main(["library", "list"]) == 0
    assert "captions, en" in capsys.readouterr().out


@pytest.mark.usefixtures("filled")
def test_nothing_found_ends_like_any_search_that_finds_nothing(capsys: Capture) -> None:
    assert main(["library", "search", "parliament"]) == 4
    assert "matches 'parliament'" in capsys.readouterr().err
    assert main(["library", "search", "  "]) == 2
    assert "nothing to search for" in capsys.readouterr().err
    assert main(["library", "search", "bread", "--clip", "2"]) == 2
    assert "no number 2" in capsys.readouterr().err


@pytest.mark.usefixtures("fastclip_home")
def test_a_new_library_says_that_it_is_empty(capsys: Capture) -> None:
    assert main(["library", "list"]) == 0
    assert "no transcripts yet" in capsys.readouterr().err


def test_a_place_is_clipped_by_its_number(capsys: Capture, paths: Paths, tmp_path: Path) -> None:
    video = tmp_path / "talk.mp4"
    make_media(video, VideoSpec(frames=100))
    with claim(paths.data, briefly=True), Database.open(paths.database) as database:
        keep(database, MediaFile(str(video), "A talk", video))
    answer = run(capsys, "search", "bread", "--clip", "1", "-o", str(tmp_path / "found.mp4"))
    (clip,) = answer["clips"]
    assert (clip["start"], clip["end"]) == (0.0, 3.0)
    assert Path(clip["path"]) == tmp_path / "found.mp4"
    assert (tmp_path / "found.mp4").stat().st_size > 0
