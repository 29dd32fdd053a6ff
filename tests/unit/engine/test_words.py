"""Whose words count, and that nothing is heard twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.access import BY_A_PERSON
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, InputError, WorkerLost
from fastclip_desktop.domain.finding_stages import FetchSpeech, RecogniseSpeech
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.stage import FetchedMedia, StageRequest, Transcribe
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.words import ListeningOffer, Words, WordsWanted, identity_of
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.media_cache import MediaCache
from fastclip_desktop.store.transcripts import TranscriptTable
from tests.scripted_runner import InParts, ScriptedRunner
from tests.unit.engine.small_models import FixedShelf, model, stages_of

TALK = MediaFile(
    "https://site.example/talk", "A talk", None, duration=Fraction(60), page_url="https://site.example/talk"
)
NO_CAPTIONS = InputError(ErrorCode.NO_TRANSCRIPT, "A talk has no captions.", "Pass a file.")
EAR = model(ModelKind.SPEECH)


def segment(number: int) -> Segment:
    return Segment(f"Sentence {number}.", TimeRange(Fraction(number), Fraction(number + 1)))


HEARD = Transcript(tuple(map(segment, range(4))), "en", TranscriptOrigin.SPEECH_RECOGNITION)
STRETCHES = (HEARD.segments[:2], HEARD.segments[2:])


class House:
    """The words of one user's sources, over files of their own."""

    def __init__(self, folder: Path, database: Database, models: Iterable[Model] = (EAR,)) -> None:
        self.folder = folder
        self.database = database
        cache = MediaCache(folder / "insights.sqlite", 2**20)
        self.words = Words(database, cache, FixedShelf(*models), Clock(), folder / "fetched")
        self.told: list[Segment] = []

    def ask(self, runner: ScriptedRunner, media: MediaFile = TALK, given: Path | None = None) -> Transcript:
        wanted = WordsWanted(media, given, self.folder, BY_A_PERSON)
        return self.words.of(wanted, stages_of(runner), self.told.extend)


def runner_with(recognise: object = HEARD, captions: object = NO_CAPTIONS) -> ScriptedRunner:
    sound = FetchedMedia(None, Path("sound.m4a"))
    return ScriptedRunner({Transcribe: captions, FetchSpeech: sound, RecogniseSpeech: recognise})


def kinds(runner: ScriptedRunner) -> list[type[StageRequest[object]]]:
    return [type(request) for request in runner.requests]


@pytest.fixture
def house(tmp_path: Path, memory: Database) -> House:
    return House(tmp_path, memory)


@pytest.fixture
def memory() -> Iterable[Database]:
    with Database.in_memory() as database:
        yield database


def test_captions_are_taken_before_anything_is_heard(house: House) -> None:
    captions = Transcript(HEARD.segments, "en", TranscriptOrigin.CAPTIONS)
    runner = runner_with(captions=captions)
    assert house.ask(runner) == captions
    assert kinds(runner) == [Transcribe]


def test_without_captions_the_sound_is_fetched_and_heard(house: House) -> None:
    runner = runner_with(InParts(STRETCHES, HEARD))
    assert house.ask(runner) == HEARD
    assert kinds(runner) == [Transcribe, FetchSpeech, RecogniseSpeech]
    request = runner.requests[-1]
    assert isinstance(request, RecogniseSpeech)
    assert (request.media.sound, request.model, request.known) == (Path("sound.m4a"), EAR, ())
    assert house.told == [*HEARD.segments]


def test_nothing_is_heard_unless_that_was_wanted(house: House) -> None:
    runner = runner_with(InParts(STRETCHES, HEARD))
    with pytest.raises(InputError) as refused:
        house.words.of(WordsWanted(TALK, None, house.folder, BY_A_PERSON, listens=False), stages_of(runner))
    assert refused.value is NO_CAPTIONS
    assert kinds(runner) == [Transcribe]


def test_without_a_model_the_way_to_one_is_named(tmp_path: Path, memory: Database) -> None:
    with pytest.raises(InputError) as refused:
        House(tmp_path, memory, ()).ask(runner_with())
    assert refused.value.code is ErrorCode.NO_TRANSCRIPT
    assert refused.value.message == NO_CAPTIONS.message
    assert "fastclip models" in str(refused.value.hint)


@pytest.mark.parametrize("code", [ErrorCode.BAD_SUBTITLES, ErrorCode.SOURCE_UNREACHABLE])
def test_other_faults_are_not_a_reason_to_listen(house: House, code: ErrorCode) -> None:
    runner = runner_with(captions=InputError(code, "No.", "Way out."))
    with pytest.raises(InputError):
        house.ask(runner)
    assert kinds(runner) == [Transcribe]


def test_captions_in_other_languages_are_told_of_rather_than_listened_past(house: House) -> None:
    german = CaptionTrack("de", CaptionKind.MANUAL, "vtt", "https://site.example/de.vtt")
    runner = runner_with(captions=NO_CAPTIONS)
    wanted = WordsWanted(dataclasses.replace(TALK, captions=(german,)), None, house.folder, BY_A_PERSON, "fr")
    with pytest.raises(InputError) as refused:
        house.words.of(wanted, stages_of(runner))
    assert refused.value is NO_CAPTIONS
    assert kinds(runner) == [Transcribe]


def test_a_given_file_that_holds_nothing_is_not_made_up_for_by_listening(house: House) -> None:
    runner = runner_with()
    with pytest.raises(InputError):
        house.ask(runner, given=Path("talk.srt"))
    assert kinds(runner) == [Transcribe]


def test_what_was_heard_once_is_not_heard_again(house: House, tmp_path: Path) -> None:
    house.ask(runner_with(InParts(STRETCHES, HEARD)))
    with Database.in_memory() as other_programs:
        again = House(tmp_path, other_programs)
        runner = runner_with()
        assert again.ask(runner) == HEARD
    assert kinds(runner) == [Transcribe]
    assert again.told == [*HEARD.segments]


def test_who_waited_for_another_that_hears_the_same_does_not_hear_it_again(house: House, tmp_path: Path) -> None:
    def hear_elsewhere(*_: object) -> FetchedMedia:
        with Database.in_memory() as other_programs:
            House(tmp_path, other_programs).ask(runner_with(InParts(STRETCHES, HEARD)))
        return FetchedMedia(None, Path("sound.m4a"))

    runner = ScriptedRunner({Transcribe: NO_CAPTIONS, FetchSpeech: hear_elsewhere})
    assert house.ask(runner) == HEARD
    assert kinds(runner) == [Transcribe, FetchSpeech]


def test_another_model_hears_for_itself(house: House, tmp_path: Path, memory: Database) -> None:
    house.ask(runner_with(InParts(STRETCHES, HEARD)))
    runner = runner_with()
    House(tmp_path, memory, (model(ModelKind.SPEECH, "large"),)).ask(runner)
    assert RecogniseSpeech in kinds(runner)


def test_a_graphics_card_on_which_the_process_dies_is_done_without(house: House) -> None:
    lost = InParts(STRETCHES[:1], WorkerLost(ErrorCode.WORKER_CRASHED, "Gone.", "Again."))
    tries = iter((lost, InParts(STRETCHES[1:], HEARD)))
    runner = runner_with(lambda *_: next(tries))
    assert house.ask(runner) == HEARD
    first, second = (request for request in runner.requests if isinstance(request, RecogniseSpeech))
    assert (first.device, first.known) == ("auto", ())
    assert (second.device, second.known) == ("cpu", STRETCHES[0])
    assert house.told == [*HEARD.segments]


def test_a_try_that_was_cut_short_goes_on_after_its_last_stretch(house: House) -> None:
    with pytest.raises(Cancelled):
        house.ask(runner_with(InParts(STRETCHES[:1], Cancelled())))
    house.told.clear()
    runner = runner_with(InParts(STRETCHES[1:], HEARD))
    assert house.ask(runner) == HEARD
    request = runner.requests[-1]
    assert isinstance(request, RecogniseSpeech)
    assert request.known == STRETCHES[0]
    assert house.told == [*HEARD.segments]


def test_a_correction_stands_above_everything_but_a_given_file(house: House) -> None:
    corrected = Transcript(HEARD.segments[:1], "en", TranscriptOrigin.EDITED)
    house.words.keep(TALK, corrected)
    runner = runner_with()
    assert house.ask(runner) == corrected
    assert runner.requests == []
    given = Transcript(HEARD.segments, "", TranscriptOrigin.GIVEN)
    assert house.ask(runner_with(captions=given), given=Path("talk.srt")) == given


def test_what_was_corrected_is_known_and_what_was_heard_can_be_had_back(house: House) -> None:
    house.ask(runner_with(InParts(STRETCHES, HEARD)))
    assert house.words.known(TALK) == HEARD
    corrected = house.words.correct(TALK, dataclasses.replace(HEARD, segments=HEARD.segments[:1]))
    assert corrected.origin is TranscriptOrigin.EDITED
    assert house.words.known(TALK) == corrected
    assert house.ask(runner_with()) == corrected
    wanted = WordsWanted(TALK, None, house.folder, BY_A_PERSON, corrected=False)
    assert house.words.of(wanted, stages_of(runner_with())) == HEARD
    house.words.forget_corrections(TALK)
    assert house.words.known(TALK) == HEARD
    runner = runner_with()
    assert house.ask(runner) == HEARD
    assert RecogniseSpeech not in kinds(runner)


def test_how_long_listening_takes_is_told_by_the_last_time(tmp_path: Path, memory: Database) -> None:
    house = House(tmp_path, memory)
    assert house.words.offer(TALK) == ListeningOffer(EAR.name)
    clock = house.words._clock
    ticks = iter((0.0, 30.0))
    clock.steady = lambda: next(ticks)  # type: ignore[method-assign] # half as long as the talk
    house.ask(runner_with(InParts(STRETCHES, HEARD)))
    assert house.words.offer(dataclasses.replace(TALK, duration=Fraction(600))) == ListeningOffer(EAR.name, 300.0)
    assert house.words.offer(dataclasses.replace(TALK, duration=None)).seconds is None
    assert House(tmp_path, memory, ()).words.offer(TALK) == ListeningOffer()


def test_of_a_source_that_nobody_heard_nothing_is_known(house: House) -> None:
    assert house.words.known(TALK) is None
    house.words.forget_corrections(TALK)
    assert house.words.known(TALK) is None


def test_searches_go_by_the_corrected_words_alone(house: House) -> None:
    house.words.keep(TALK, HEARD)
    said = dataclasses.replace(HEARD.segments[0], text="Paragraph none.")
    house.words.correct(TALK, dataclasses.replace(HEARD, segments=(said, *HEARD.segments[1:])))

    def found(words: str) -> int:
        with house.database.reading() as connection:
            return len(TranscriptTable(connection).search(words, 5))

    assert (found("sentence 0"), found("paragraph"), found("sentence 1")) == (0, 1, 1)
    house.words.forget_corrections(TALK)
    assert (found("sentence 0"), found("paragraph")) == (1, 0)


def test_the_library_finds_what_was_heard(house: House) -> None:
    house.ask(runner_with(InParts(STRETCHES, HEARD)))
    with house.database.reading() as connection:
        (hit,) = TranscriptTable(connection).search("sentence 3", 5)
    assert (hit.title, hit.span) == ("A talk", HEARD.segments[3].span)


def test_a_file_is_known_by_what_it_holds_and_a_link_by_its_address(tmp_path: Path) -> None:
    first, moved = tmp_path / "a.mp4", tmp_path / "b.mp4"
    first.write_bytes(b"sound")
    before = identity_of(MediaFile(str(first), "a", first))
    first.rename(moved)
    assert identity_of(MediaFile(str(moved), "b", moved)) == before
    moved.write_bytes(b"other")
    assert identity_of(MediaFile(str(moved), "b", moved)) != before
    assert identity_of(TALK) != identity_of(
        MediaFile("x", "A talk", None, duration=Fraction(60), page_url="https://x.example")
    )
