# ruff: noqa: RUF001 - other alphabets are meant

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fastclip_desktop.domain.errors import ErrorCode, InputError, InternalError
from fastclip_desktop.domain.finding_stages import EmbedQueries
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.engine.remote_search import RemoteSearch, answer_about_search
from fastclip_desktop.engine.search import LibrarySearch
from fastclip_desktop.stages import index
from fastclip_desktop.store.database import Database
from tests.scripted_runner import ScriptedRunner
from tests.unit.engine.small_search import SmallLibrary

FILLER = tuple(f"Nothing of any note happened on day number {number} of our long journey." for number in range(30))


@pytest.fixture
def database() -> Iterator[Database]:
    with Database.in_memory() as database:
        yield database


@pytest.fixture
def library(database: Database) -> SmallLibrary:
    return SmallLibrary(database)


def breaking_once() -> Callable[[StageRequest[object], Reporter], SpokenWords]:
    asked: list[object] = []

    def answer(request: StageRequest[object], reporter: Reporter) -> SpokenWords:
        assert isinstance(request, IndexWords)
        asked.append(request)
        if len(asked) == 1:
            raise InternalError(ErrorCode.INTERNAL, "It broke.")
        return index.perform(request, reporter)

    return answer


def saying(answer: str | None) -> Callable[[tuple[str, ...]], str | None]:
    return lambda _: answer


def marked(library: SmallLibrary, words: str) -> list[str]:
    """What is marked in the first place that is found."""
    passage = library.search.find(words)[0].passages[0]
    return [passage.excerpt[start:end] for start, end in passage.marks]


def test_a_place_is_found_with_its_span_and_its_words_marked(library: SmallLibrary) -> None:
    url = library.add("bread", *FILLER[:8], "Today we are baking a loaf of sourdough bread.", *FILLER[8:16])
    library.add("other", *FILLER)
    (source,) = library.search.find("show me the part about baked breads")
    assert (source.location, source.title) == (url, "bread")
    (passage,) = source.passages
    assert passage.number == 1
    assert passage.span.contains(Fraction(80))
    assert passage.span.duration <= 40
    assert "baking a loaf of sourdough bread" in passage.excerpt
    assert marked(library, "baked breads") == ["baking", "bread"]


def test_sources_with_all_words_come_before_those_with_some(library: SmallLibrary) -> None:
    library.add("some", *FILLER[:5], "The telescope stood there. The telescope was big. A telescope!", *FILLER[5:10])
    library.add("all", *FILLER[:5], "The telescope shows us Saturn.", *FILLER[5:10])
    library.add("none", *FILLER)
    assert library.titles("telescope saturn") == ["all", "some"]


def test_one_of_many_words_is_not_enough(library: SmallLibrary) -> None:
    library.add("one", "The hole in the road was black.")
    library.add("two", "The physics of a black car.")
    assert set(library.titles("quantum physics of black holes")) == {"one", "two"}
    assert library.titles("quantum physics of black paint") == ["two"]


def test_what_is_not_wanted_is_left_out(library: SmallLibrary) -> None:
    library.add("wanted", "We bake bread.")
    library.add("advert", "Buy our bread, says this advert.")
    assert set(library.titles("bread")) == {"wanted", "advert"}
    assert library.titles("bread but not the adverts") == ["wanted"]


def test_several_places_of_a_source_come_together_and_are_numbered_through(library: SmallLibrary) -> None:
    library.add("many", *("The umbrella is here by the wall.", *FILLER[:12]) * 5)
    library.add("one", "Somebody has lost an umbrella and many other things.", *FILLER)
    found = library.search.find("umbrella", each=2)
    assert sorted(len(source.passages) for source in found) == [1, 2]
    assert [passage.number for source in found for passage in source.passages] == [1, 2, 3]
    (second,) = library.search.find("umbrella", each=2, skip=1)
    assert second == found[1]
    assert library.search.find("umbrella", most=1, each=2) == found[:1]


@pytest.mark.parametrize(
    ("language", "said", "typed"),
    [
        ("de", "Die Häuser am Ufer wurden verkauft.", "haus"),
        ("de", "Wir trinken Kaffee in der Straße.", "STRASSE"),
        ("fr", "L'été, les écoles sont fermées.", "ecole"),
        ("es", "Las canciones de mi niñez.", "canción"),
        ("ru", "Мы смотрим на планеты.", "планета"),
        ("ja", "今日は東京の天気がいいです。", "東京"),
        ("ja", "今日は東京の天気がいいです。", "天気がいい"),
        ("zh", "我们今天讨论预算问题", "预算"),
        ("zh", "家里有一只猫。", "猫"),
        ("th", "วันนี้อากาศดีมาก", "อากาศ"),
        ("ko", "오늘은 날씨가 좋습니다", "날씨가"),
        ("hi", "आज हम बजट पर बात करेंगे", "बजट"),
        ("", "Café au lait", "cafe"),
        ("en", "O\u2019Brien doesn\u2019t agree.", "o'brien"),
        ("en", "It costs ４７ dollars", "47"),
    ],
)
def test_every_language_of_the_library_is_searched(library: SmallLibrary, language: str, said: str, typed: str) -> None:
    library.add("english", *FILLER)
    library.add("wanted", said, language=language)
    assert library.titles(typed) == ["wanted"]
    assert marked(library, typed)


def test_the_last_word_may_be_cut_short(library: SmallLibrary) -> None:
    library.add("wanted", "The kaleidoscope is broken.")
    assert library.titles("broken kalei") == ["wanted"]
    assert marked(library, "kalei") == ["kaleidoscope"]
    assert library.titles("kale bro") == ["wanted"]


def test_a_misspelt_word_is_understood(library: SmallLibrary) -> None:
    library.add("wanted", "The kaleidoscope is broken.")
    assert library.titles("kaleidoscpoe broken") == ["wanted"]
    assert library.titles("kaleidoscpoe") == ["wanted"]
    assert library.titles("kaleidoscpoe here") == ["wanted"]


def test_quoted_text_stands_as_it_is(library: SmallLibrary) -> None:
    library.add("right", "To be or not to be, that is it.")
    library.add("wrong", "Be that as it may, it is not to be had.")
    assert library.titles('"to be or not to be"') == ["right"]
    assert library.titles('"not that is"') == []


@pytest.mark.parametrize("words", ["", "   ", "?!", "🎉", '"', "NOT", "a AND b*", "x" * 5000, "(", "\0", '"" ""'])
def test_whatever_is_typed_is_searched(library: SmallLibrary, words: str) -> None:
    library.add("bread", "Today we bake bread, not cake.")
    for source in library.search.find(words):
        assert source.passages


def test_words_that_mean_little_are_searched_where_there_are_no_others(library: SmallLibrary) -> None:
    library.add("wanted", "Where is it?")
    assert library.titles("where is it") == ["wanted"]


def test_two_transcripts_of_a_source_give_a_place_once(library: SmallLibrary) -> None:
    library.add("talk", "Today we bake bread.", *FILLER[:3])
    library.add("talk", "Today we bake some bread.", *FILLER[:3], origin=TranscriptOrigin.SPEECH_RECOGNITION)
    (source,) = library.search.find("bread")
    assert len(source.passages) == 1


def test_a_transcript_is_taken_apart_once_and_anew_when_another_takes_its_place(library: SmallLibrary) -> None:
    library.add("talk", "Today we bake bread.")
    library.search.find("bread")
    library.search.find("bread")
    assert [type(request) for request in library.runner.requests] == [IndexWords]
    library.add("talk", "Today we bake cake.")
    assert library.titles("bread") == []
    assert library.titles("cake") == ["talk"]
    assert len(library.runner.requests) == 2


def test_what_was_taken_apart_in_an_older_way_is_taken_apart_anew(library: SmallLibrary) -> None:
    library.add("talk", "Today we bake bread.")
    library.search.catch_up()
    with library.database.transaction() as connection:
        connection.execute("UPDATE indexed SET edition = edition - 1")
    assert library.search.catch_up() == 1
    assert [len(source.passages) for source in library.search.find("bread")] == [1]


def test_a_short_place_takes_what_follows_along(library: SmallLibrary) -> None:
    pad = (
        "and goes on for more than a hundred and twenty characters, so that each of these is a text of its own in here"
    )
    library.add("talk", *(f"Number {name} {pad}." for name in ("one", "two", "three", "four")), seconds=4)
    (passage,) = library.search.find("number two")[0].passages
    assert passage.span == TimeRange(Fraction(4), Fraction(15))
    assert passage.excerpt.startswith("Number two")


def test_catching_up_can_be_done_in_parts(library: SmallLibrary) -> None:
    for number in range(3):
        library.add(f"talk {number}", "Today we bake bread.")
    assert library.search.catch_up(2) == 2
    assert library.search.catch_up(2) == 1
    assert library.search.catch_up(2) == 0


def test_nothing_is_taken_apart_any_more_when_the_program_ends(library: SmallLibrary) -> None:
    library.add("talk", "Today we bake bread.")
    library.search.close()
    assert library.search.catch_up() == 0
    assert library.titles("bread") == []


def test_a_transcript_that_cannot_be_taken_apart_keeps_no_other_from_being_found(database: Database) -> None:
    library = SmallLibrary(database)
    library.add("bad", "Today we bake bread.")
    broken = ScriptedRunner({IndexWords: breaking_once()})
    search = LibrarySearch(database, broken, library)
    assert search.find("bread") == ()
    library.add("good", "Today we bake bread.")
    assert [source.title for source in search.find("bread")] == ["good"]
    assert len(broken.requests) == 2
    assert set(library.titles("bread")) == {"good", "bad"}  # as after the next start


def test_what_means_the_same_is_found_without_its_words(database: Database) -> None:
    library = SmallLibrary(database, with_model=True)
    pad = (
        "so that this is a text of its own, which takes more than a hundred and twenty characters to write down, or so."
    )
    library.add("animals", f"The first puppy slept {pad}", *[f"Number {n} is {pad}" for n in range(6)])
    library.add("weather", f"The drizzle went on {pad}", f"My dog did not like it {pad}")
    found = library.search.find("dog")
    assert {source.title for source in found} == {"weather", "animals"}
    assert found[0].title == "weather"
    (passage,) = found[1].passages
    assert passage.by_meaning
    assert "puppy" in passage.excerpt
    assert passage.marks == ()
    assert [source.title for source in library.search.find("dog", by_meaning=False)] == ["weather"]
    assert library.search.find("quark") == ()


def test_meanings_that_came_since_are_known_and_those_that_went_forgotten(database: Database) -> None:
    library = SmallLibrary(database, with_model=True)
    library.add("one", "A puppy.")
    assert library.titles("dogs") == ["one"]
    library.add("two", "Another puppy, and one more.")
    assert set(library.titles("dogs")) == {"one", "two"}
    with database.transaction() as connection:
        connection.execute("DELETE FROM sources WHERE title = 'one'")
    assert library.titles("dogs") == ["two"]


def test_a_model_that_fails_leaves_the_words(database: Database) -> None:
    library = SmallLibrary(database, with_model=True)
    library.add("one", "A puppy.")
    library.search.catch_up()
    failing = ScriptedRunner({EmbedQueries: InternalError(ErrorCode.INTERNAL, "It broke.")})
    assert [source.title for source in LibrarySearch(database, failing, library).find("puppy")] == ["one"]


def test_the_known_transcripts_are_listed_newest_first(library: SmallLibrary) -> None:
    library.add("old", "a", now=1.0)
    library.add("new", "b", language="de", now=2.0)
    assert [(each.title, each.language, each.origin) for each in library.search.known()] == [
        ("new", "de", "captions"),
        ("old", "en", "captions"),
    ]


def test_another_program_is_asked_the_same_and_says_the_same(library: SmallLibrary) -> None:
    library.add("bread", "Today we bake bread.")
    remote = RemoteSearch(lambda words: answer_about_search(library.search, words))
    assert remote.find("bread") == library.search.find("bread") != ()
    assert remote.known() == library.search.known()
    assert remote.answers()


def test_a_program_that_does_not_answer_has_the_library() -> None:
    for said in (None, "", "AAAA", "!"):
        with pytest.raises(InputError) as caught:
            RemoteSearch(saying(said)).find("bread")
        assert not RemoteSearch(saying(said)).answers()
        assert caught.value.code is ErrorCode.DATA_IN_USE


def test_only_questions_about_the_library_are_answered(library: SmallLibrary) -> None:
    with pytest.raises(ValueError, match="nothing is known"):
        answer_about_search(library.search, ("keys", ""))


def test_spans_are_those_of_the_transcript(library: SmallLibrary) -> None:
    library.add("bread", "Today we bake bread.")
    assert library.search.find("bread")[0].passages[0].span == TimeRange(Fraction(0), Fraction(9))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(max_size=80), max_size=6),
    st.text(max_size=40),
    st.sampled_from(["en", "de", "ja", "ko", "he", "", "xx", "zh-Hant"]),
)
def test_any_transcript_and_any_words_give_marks_inside_excerpts(texts: list[str], words: str, language: str) -> None:
    with Database.in_memory() as database:
        library = SmallLibrary(database)
        library.add("hostile", *texts, language=language)
        said = " ".join(texts)
        for typed in (words, f'"{words}"', *said.split()[:2]):
            for source in library.search.find(typed):
                for passage in source.passages:
                    assert 0 <= passage.span.start < passage.span.end <= 10 * len(texts)
                    assert all(0 <= start < end <= len(passage.excerpt) for start, end in passage.marks)


def test_several_threads_search_while_transcripts_come(tmp_path: Path) -> None:
    with Database.open(tmp_path / "library.sqlite") as database:
        library = SmallLibrary(database)
        library.add("first", "Today we bake bread.")
        with ThreadPoolExecutor(4) as pool:
            searches = [pool.submit(library.titles, "bread") for _ in range(12)]
            for number in range(5):
                library.add(f"talk {number}", "Today we bake bread.")
            assert all("first" in search.result() for search in searches)
        assert len(library.titles("bread")) == 6


def test_a_corrected_source_is_found_by_the_correction_alone(library: SmallLibrary) -> None:
    library.add("talk", "We speak of bread and of batter.")
    assert library.titles("batter") == ["talk"]
    library.add("talk", "We speak of bread and of butter.", origin=TranscriptOrigin.EDITED)
    assert library.titles("batter") == []
    assert library.titles("butter") == ["talk"]
