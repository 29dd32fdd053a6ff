from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.spoken import Paragraph, SpokenWords
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.search import SearchTable, any_of
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.tables import STEPS
from fastclip_desktop.store.transcripts import TranscriptTable

SPANS = (TimeRange(Fraction(1, 3), Fraction(2, 3)), TimeRange(Fraction(2, 3), Fraction(5, 3)))
TALK = MediaFile("https://site.example/talk", "A talk", None, page_url="https://site.example/talk")


def keep(database: Database, *texts: str) -> None:
    segments = tuple(Segment(text, span) for text, span in zip(texts, SPANS, strict=False))
    with database.transaction() as connection:
        source = SourceTable(connection).remember(TALK, 1.0)
        TranscriptTable(connection).put(source, Transcript(segments, "en", TranscriptOrigin.CAPTIONS), 1.0)


def make_ready(database: Database, *terms: str) -> int:
    paragraphs = tuple(Paragraph(SPANS, ("Bread is baked.", "It smells."), each) for each in terms)
    with database.transaction() as connection:
        (number,) = SearchTable(connection).missing(10)
        SearchTable(connection).put(number, SpokenWords("en", paragraphs))
    return number


def test_paragraphs_are_found_by_their_terms_and_come_back_whole(memory: Database) -> None:
    keep(memory, "Bread is baked.", "It smells.")
    number = make_ready(memory, "bread bake smell", "other")
    with memory.reading() as connection:
        table = SearchTable(connection)
        assert table.missing(10) == ()
        assert table.languages() == ("en",)
        assert table.match(any_of([("bread",)]), 10) == ((number, 0),)
        assert table.match(any_of([("bread", "bake"), ("nothing",)]), 10) == ((number, 0),)
        assert table.match(any_of([("bake", "bread")]), 10) == ()
        assert table.match(any_of([], beginning="sme"), 10) == ((number, 0),)
        paragraph = table.paragraph((number, 0))
        assert paragraph is not None
        assert (paragraph.spans, paragraph.texts) == (SPANS, ("Bread is baked.", "It smells."))
        assert (paragraph.location, paragraph.title, paragraph.language) == (TALK.page_url, "A talk", "en")
        assert table.paragraph((number, 9)) is None


@pytest.mark.parametrize("term", ['"', "*", "AND", "a:b", "(", "^x", "'", "\0", "\ud800", "NEAR(a b)", "-", "{a}"])
def test_no_term_is_a_command(memory: Database, term: str) -> None:
    keep(memory, "Bread is baked.")
    make_ready(memory, "bread")
    with memory.reading() as connection:
        assert SearchTable(connection).match(any_of([("bread",), (term,)]), 10)


def test_terms_of_the_library_are_looked_up(memory: Database) -> None:
    keep(memory, "Bread is baked.")
    make_ready(memory, "bread broad zebra")
    with memory.reading() as connection:
        table = SearchTable(connection)
        assert table.has_term("bread")
        assert not table.has_term("brea")
        assert table.has_term("brea", is_beginning=True)
        assert set(table.terms_beside("braed", 1)) == {"bread", "broad"}
        assert table.terms_beside("bre", 1) == ()


def test_what_is_found_goes_with_its_source(memory: Database) -> None:
    keep(memory, "Bread is baked.")
    make_ready(memory, "bread")
    with memory.transaction() as connection:
        connection.execute("DELETE FROM sources")
    with memory.reading() as connection:
        table = SearchTable(connection)
        assert table.match(any_of([("bread",)]), 10) == ()
        assert table.known(10) == ()
        assert not table.has_term("bread")


def test_a_transcript_that_is_gone_is_not_made_ready(memory: Database) -> None:
    with memory.transaction() as connection:
        SearchTable(connection).put(17, SpokenWords("en", (Paragraph(SPANS, ("a", "b"), "a b"),)))
        assert SearchTable(connection).match(any_of([("a",)]), 10) == ()
        assert SearchTable(connection).transcript(17) is None


def test_an_older_library_is_made_ready_when_it_is_opened(tmp_path: Path) -> None:
    older = tuple(step for step in STEPS if int(step.name.partition(":")[0]) < 4)
    with Database.open(tmp_path / "library.sqlite", older) as database:
        keep(database, "Bread is baked.")
    with Database.open(tmp_path / "library.sqlite") as database:
        number = make_ready(database, "bread")
    with Database.open(tmp_path / "library.sqlite") as database, database.reading() as connection:
        assert SearchTable(connection).match(any_of([("bread",)]), 10) == ((number, 0),)
