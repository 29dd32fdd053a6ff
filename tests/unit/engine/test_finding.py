"""Models help to answer where they are there, and cost nobody an answer where they fail."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import BY_A_PERSON
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, WorkerLost
from fastclip_desktop.domain.finding_stages import EmbedQueries, EmbedTranscript, FetchSpeech, HearSounds, JudgeMoments
from fastclip_desktop.domain.job import Findings
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.stage import FetchedMedia, SelectMoments
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.finding import MomentFinder, Question, nothing_found
from fastclip_desktop.engine.words import Words
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.media_cache import MediaCache
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_jobs import TALK, TRANSCRIPT
from tests.unit.engine.small_models import FixedShelf, model, stages_of

EMBEDDER, JUDGE = model(ModelKind.EMBEDDING), model(ModelKind.TEXT)
MOMENTS = tuple(Moment(TimeRange(Fraction(n), Fraction(n + 1)), f"number {n}", 0.5) for n in range(8))
POINTS = Vectors(2, struct.pack("<4f", 1, 0, 0, 1))
ASKED = Vectors(2, struct.pack("<2f", 0.6, 0.8))
LOST = WorkerLost(ErrorCode.WORKER_CRASHED, "The model's process ended.", "Try again.")


class Desk:
    """Where one user's questions are answered."""

    def __init__(self, folder: Path, database: Database, *models: Model) -> None:
        self._folder = folder
        self.database = database
        shelf = FixedShelf(*models)
        cache = MediaCache(folder / "insights.sqlite", 2**20)
        self.words = Words(database, cache, shelf, Clock(), folder)
        self.finder = MomentFinder(cache, shelf, self.words)

    def ask(self, runner: ScriptedRunner, most: int | None = 2, query: str = "pricing") -> Findings:
        question = Question(TALK, TRANSCRIPT, (query,), most, self._folder, BY_A_PERSON)
        (findings,) = self.finder.find(question, stages_of(runner))
        return findings


def runner_with(**changes: object) -> ScriptedRunner:
    script: dict[type, object] = {
        EmbedTranscript: POINTS,
        EmbedQueries: ASKED,
        SelectMoments: (MOMENTS,),
        JudgeMoments: ((MOMENTS[3],),),
        FetchSpeech: FetchedMedia(None, Path("sound.m4a")),
        HearSounds: (),
    }
    by_name = {kind.__name__: kind for kind in script}
    return ScriptedRunner({**script, **{by_name[name]: answer for name, answer in changes.items()}})


def asked(runner: ScriptedRunner, kind: type) -> list[object]:
    return [request for request in runner.requests if isinstance(request, kind)]


@pytest.fixture
def memory() -> Iterator[Database]:
    with Database.in_memory() as database:
        yield database


def test_without_models_the_words_alone_decide(tmp_path: Path, memory: Database) -> None:
    runner = runner_with()
    findings = Desk(tmp_path, memory).ask(runner)
    assert findings == Findings("pricing", MOMENTS[:2], "sidecar")
    assert runner.requests == [SelectMoments(TRANSCRIPT, ("pricing",), 2, keeps_unsure=True)]


def test_an_embedder_lends_its_meanings_to_the_selection(tmp_path: Path, memory: Database) -> None:
    runner = runner_with()
    assert Desk(tmp_path, memory, EMBEDDER).ask(runner).notes == ()
    assert asked(runner, SelectMoments) == [
        SelectMoments(TRANSCRIPT, ("pricing",), 2, POINTS, ASKED, keeps_unsure=True)
    ]


def test_what_is_compared_is_the_matter_and_not_how_it_is_asked_for(tmp_path: Path, memory: Database) -> None:
    runner = runner_with()
    Desk(tmp_path, memory, EMBEDDER).ask(runner, 2, "show me the part about pricing")
    assert asked(runner, EmbedQueries) == [EmbedQueries(("pricing",), EMBEDDER)]


def test_a_transcript_is_embedded_once_for_all_programs(tmp_path: Path, memory: Database) -> None:
    Desk(tmp_path, memory, EMBEDDER).ask(runner_with())
    runner = runner_with()
    with Database.in_memory() as other_programs:
        Desk(tmp_path, other_programs, EMBEDDER).ask(runner)
    assert asked(runner, EmbedTranscript) == []
    assert asked(runner, SelectMoments) == [
        SelectMoments(TRANSCRIPT, ("pricing",), 2, POINTS, ASKED, keeps_unsure=True)
    ]


def test_what_is_kept_is_not_written_again_for_every_query(
    tmp_path: Path, memory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, memory, EMBEDDER, model(ModelKind.SOUNDS))
    desk.words.keep(TALK, TRANSCRIPT)
    desk.ask(runner_with(), 2, "when everybody laughs")
    written: list[str] = []
    monkeypatch.setattr(MediaCache, "put", lambda *arguments: written.append(arguments[1]))
    with memory.reading() as connection:
        before = connection.total_changes
    runner = runner_with()
    desk.ask(runner, 2, "when the audience laughs")
    with memory.reading() as connection:
        assert connection.total_changes == before
    assert written == []
    assert not any(isinstance(request, FetchSpeech | HearSounds | EmbedTranscript) for request in runner.requests)


def test_the_meanings_are_kept_beside_a_kept_transcript(tmp_path: Path, memory: Database) -> None:
    desk = Desk(tmp_path, memory, EMBEDDER)
    desk.words.keep(TALK, TRANSCRIPT)
    desk.ask(runner_with())
    with memory.reading() as connection:
        (row,) = connection.execute("SELECT model, dimensions, LENGTH(data) FROM vectors").fetchall()
    assert tuple(row) == (EMBEDDER.digest, 2, 8)


def test_a_language_model_chooses_among_more_than_are_asked_for(tmp_path: Path, memory: Database) -> None:
    runner = runner_with()
    findings = Desk(tmp_path, memory, JUDGE).ask(runner)
    assert findings.moments == (MOMENTS[3],)
    assert asked(runner, SelectMoments) == [SelectMoments(TRANSCRIPT, ("pricing",), 8, keeps_unsure=True)]
    assert asked(runner, JudgeMoments) == [JudgeMoments(TRANSCRIPT, ("pricing",), (MOMENTS,), JUDGE, 2)]


def test_where_nothing_matches_there_is_nothing_to_judge(tmp_path: Path, memory: Database) -> None:
    runner = runner_with(SelectMoments=((),))
    assert Desk(tmp_path, memory, JUDGE).ask(runner).moments == ()
    assert asked(runner, JudgeMoments) == []


@pytest.mark.parametrize("failing", ["EmbedTranscript", "EmbedQueries", "JudgeMoments"])
@pytest.mark.parametrize("error", [LOST, InputError(ErrorCode.BAD_MODEL, "The model is broken.", "Fetch it again.")])
def test_a_model_that_fails_costs_no_answer_and_is_named(
    tmp_path: Path, memory: Database, failing: str, error: InputError
) -> None:
    runner = runner_with(**{failing: error})
    findings = Desk(tmp_path, memory, EMBEDDER, JUDGE).ask(runner)
    assert len(findings.moments) == (2 if failing == "JudgeMoments" else 1)
    (note,) = findings.notes
    assert note.startswith(error.message)
    (select,) = asked(runner, SelectMoments)
    assert isinstance(select, SelectMoments)
    assert (select.vectors is None) == (failing != "JudgeMoments")


@pytest.mark.parametrize("stopped", ["EmbedTranscript", "JudgeMoments"])
def test_a_stop_is_no_failure_of_a_model(tmp_path: Path, memory: Database, stopped: str) -> None:
    with pytest.raises(Cancelled):
        Desk(tmp_path, memory, EMBEDDER, JUDGE).ask(runner_with(**{stopped: Cancelled()}))


def test_nothing_is_embedded_of_a_transcript_without_words(tmp_path: Path, memory: Database) -> None:
    desk, runner = Desk(tmp_path, memory, EMBEDDER), runner_with(SelectMoments=((),))
    empty = replace(TRANSCRIPT, segments=())
    question = Question(TALK, empty, ("pricing",), 2, tmp_path, BY_A_PERSON)
    desk.finder.find(question, stages_of(runner))
    assert [type(request) for request in runner.requests] == [SelectMoments]


def test_what_is_to_be_known_of_the_words_is_said_of_the_moments(tmp_path: Path, memory: Database) -> None:
    heard = replace(TRANSCRIPT, notes=("German is spoken.",))
    desk = Desk(tmp_path, memory)
    question = Question(TALK, heard, ("pricing",), 2, tmp_path, BY_A_PERSON)
    (findings,) = desk.finder.find(question, stages_of(runner_with()))
    assert findings.notes == ("German is spoken.",)


def test_where_nothing_matches_it_is_said_what_comes_closest(tmp_path: Path, memory: Database) -> None:
    unsure = tuple(replace(moment, confidence=0.01) for moment in MOMENTS)
    runner = runner_with(SelectMoments=(unsure,))
    findings = Desk(tmp_path, memory, JUDGE).ask(runner)
    assert findings.moments == ()
    assert findings.closest == unsure[:3]
    assert asked(runner, JudgeMoments) == []
    assert Desk(tmp_path, memory).ask(runner_with()).closest == ()


def test_as_many_moments_as_the_query_asks_for(tmp_path: Path, memory: Database) -> None:
    def limit(query: str, most: int | None = None) -> int:
        runner = runner_with()
        Desk(tmp_path, memory).ask(runner, most, query)
        (request,) = asked(runner, SelectMoments)
        assert isinstance(request, SelectMoments)
        return request.max_moments

    assert limit("pricing") == 5
    assert limit("") == 5
    assert limit("three clips about pricing") == 3
    assert limit("all mentions of pricing") == 1000
    assert limit("all mentions of pricing", 4) == 4


def test_who_asks_for_every_place_gets_no_choice_of_them(tmp_path: Path, memory: Database) -> None:
    runner = runner_with()
    findings = Desk(tmp_path, memory, JUDGE).ask(runner, None, "every mention of pricing")
    assert findings.moments == MOMENTS
    assert asked(runner, JudgeMoments) == []


def test_sounds_are_listened_for_only_where_they_are_asked_for_and_once(tmp_path: Path, memory: Database) -> None:
    heard = (Sound(SoundKind.LAUGHTER, TimeRange(Fraction(3), Fraction(5)), 0.9),)
    runner = runner_with(HearSounds=heard)
    desk = Desk(tmp_path, memory, model(ModelKind.SOUNDS))
    desk.ask(runner)
    assert asked(runner, HearSounds) == []
    desk.ask(runner, 2, "when the audience laughs")
    desk.ask(runner, 2, "when everybody laughs")
    assert len(asked(runner, HearSounds)) == 1
    (*_, request) = asked(runner, SelectMoments)
    assert isinstance(request, SelectMoments)
    assert request.sounds == heard


def test_a_sound_that_needs_a_model_is_named_where_there_is_none(tmp_path: Path, memory: Database) -> None:
    (note,) = Desk(tmp_path, memory).ask(runner_with(), 2, "when the audience laughs").notes
    assert "laughter" in note
    assert "fastclip models" in note
    assert Desk(tmp_path, memory).ask(runner_with(), 2, "the long silence").notes == ()


def test_a_text_alone_can_only_tell_of_sounds(tmp_path: Path, memory: Database) -> None:
    desk = Desk(tmp_path, memory)
    question = Question(None, TRANSCRIPT, ("laughter", "lighthouses"), 2, tmp_path, BY_A_PERSON)
    findings = desk.finder.find(question, stages_of(runner_with(SelectMoments=(MOMENTS, MOMENTS))))
    (note,) = findings[0].notes
    assert note == "There is only text here: laughter can be found where it tells of that, but not heard."
    (findings_of_words,) = desk.finder.find(replace(question, queries=("lighthouses",)), stages_of(runner_with()))
    assert findings_of_words.notes == ()


def test_what_was_noted_is_told_where_nothing_is_found() -> None:
    error = nothing_found(TALK, "laughter", (), ("Without a model for sounds no laughter can be heard.",))
    assert error.hint.endswith("Without a model for sounds no laughter can be heard.")


def test_a_recording_that_cannot_be_listened_to_is_searched_by_its_words(tmp_path: Path, memory: Database) -> None:
    runner = runner_with(FetchSpeech=InputError(ErrorCode.NO_AUDIO, "My: talk? has no sound.", "Choose another."))
    findings = Desk(tmp_path, memory).ask(runner, 2, "the long silence")
    assert findings.moments == MOMENTS[:2]
    assert findings.notes == ("My: talk? has no sound. The sounds of the recording were left out.",)
