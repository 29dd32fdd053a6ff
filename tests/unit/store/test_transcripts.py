import struct
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sources import SourceTable
from fastclip_desktop.store.transcripts import SpokenHit, TranscriptTable

NOW = 1_790_000_000.0
TALK = MediaFile("https://site.example/talk", "A talk", None, page_url="https://site.example/talk")
OTHER = MediaFile("https://site.example/other", "Another", None, page_url="https://site.example/other")


def transcript(*texts: str, language: str = "en", origin: TranscriptOrigin = TranscriptOrigin.CAPTIONS) -> Transcript:
    spans = [TimeRange(Fraction(number, 3), Fraction(number + 1, 3)) for number in range(len(texts))]
    segments = [Segment(text, span, (Word(text, span),)) for text, span in zip(texts, spans, strict=True)]
    return Transcript(tuple(segments), language, origin)


def put(database: Database, value: Transcript, media: MediaFile = TALK, now: float = NOW) -> int:
    with database.transaction() as connection:
        source = SourceTable(connection).remember(media, now)
        TranscriptTable(connection).put(source, value, now)
        return source


def search(database: Database, words: str, most: int = 10) -> list[str]:
    with database.reading() as connection:
        return [hit.text for hit in TranscriptTable(connection).search(words, most)]


def test_a_transcript_comes_back_whole(memory: Database) -> None:
    said = transcript("one", "two")
    source = put(memory, said)
    with memory.reading() as connection:
        table = TranscriptTable(connection)
        assert table.newest(source) == said
        assert table.newest(source, "en") == said
        assert table.newest(source, "de") is None
        assert table.newest(source + 1) is None


def test_a_newer_one_of_the_same_kind_takes_its_place(memory: Database) -> None:
    put(memory, transcript("old words"))
    put(memory, transcript("alte Worte", language="de"))
    source = put(memory, transcript("new words"))
    with memory.reading() as connection:
        assert TranscriptTable(connection).newest(source, "en") == transcript("new words")
        assert connection.execute("SELECT COUNT(*) FROM transcripts").fetchone()[0] == 2
    assert search(memory, "old") == []
    assert search(memory, "words") == ["new words"]


def test_the_same_one_again_is_the_newest_and_not_indexed_anew(memory: Database) -> None:
    put(memory, transcript("one two"), now=NOW)
    put(memory, transcript("eins zwei", language="de"), now=NOW + 1)
    with memory.reading() as connection:
        before = connection.execute("SELECT id FROM passages ORDER BY id").fetchall()
    source = put(memory, transcript("one two"), now=NOW + 2)
    with memory.reading() as connection:
        assert connection.execute("SELECT id FROM passages ORDER BY id").fetchall() == before
        assert TranscriptTable(connection).newest(source) == transcript("one two")


def test_a_hit_names_its_source_and_its_exact_time(memory: Database) -> None:
    put(memory, transcript("nothing here", "the quantum computer"))
    with memory.reading() as connection:
        hits = TranscriptTable(connection).search("computer quantum", 5)
    span = TimeRange(Fraction(1, 3), Fraction(2, 3))
    assert hits == (SpokenHit("https://site.example/talk", "A talk", span, "the quantum computer"),)


def test_all_words_have_to_be_said_and_the_last_may_be_cut_short(memory: Database) -> None:
    put(memory, transcript("a quantum computer", "a computer", "the quant"))
    put(memory, transcript("quantum computation"), OTHER)
    assert sorted(search(memory, "quantum comp")) == ["a quantum computer", "quantum computation"]
    assert search(memory, "quan computer") == []
    assert len(search(memory, "comp", most=2)) == 2


def test_case_and_accents_do_not_matter(memory: Database) -> None:
    put(memory, transcript("Ein Café in Zürich", "ПРИВЕТ мир", "東京 タワー"))
    assert search(memory, "cafe zurich") == ["Ein Café in Zürich"]
    assert search(memory, "привет") == ["ПРИВЕТ мир"]
    assert search(memory, "東京") == ["東京 タワー"]


@pytest.mark.parametrize(
    "words",
    [
        "AND",
        'say "',
        "NEAR(a b)",
        "text:",
        "a*",
        "(",
        "^a",
        "-a",
        "a OR",
        "{a}",
        "a + b",
        "\0",
        "'; DROP",
        "🙂 NOT",
        "",
    ],
)
def test_nothing_that_is_typed_is_a_fault(memory: Database, words: str) -> None:
    put(memory, transcript("unrelated"))
    assert search(memory, words) == []


def test_words_of_the_query_language_are_words(memory: Database) -> None:
    put(memory, transcript("black AND white", "not near"))
    assert search(memory, "and") == ["black AND white"]
    assert search(memory, "NOT NEAR") == ["not near"]


@given(st.text(max_size=60))
def test_any_text_can_be_searched_for(words: str) -> None:
    with Database.in_memory() as database:
        put(database, transcript("a b c", words))
        for hit in search(database, words):
            assert hit in ("a b c", words)


def test_a_source_that_goes_takes_its_words_along(memory: Database) -> None:
    source = put(memory, transcript("one two"))
    with memory.transaction() as connection:
        connection.execute("DELETE FROM sources WHERE id = ?", (source,))
        connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('integrity-check')")
        assert connection.execute("SELECT COUNT(*) FROM passages").fetchone()[0] == 0
    assert search(memory, "one") == []


def test_a_record_of_another_time_counts_as_none(memory: Database) -> None:
    source = put(memory, transcript("one"))
    with memory.transaction() as connection:
        connection.execute("UPDATE transcripts SET record = x'00'")
        assert TranscriptTable(connection).newest(source) is None


def test_vectors_lie_beside_their_transcript_and_go_with_it(memory: Database) -> None:
    said = transcript("one", "two")
    source = put(memory, said)
    points = Vectors(2, struct.pack("<4f", 1.0, 0.0, 0.6, -0.8))
    with memory.transaction() as connection:
        TranscriptTable(connection).put_vectors(source, said, "digest", points)
        (number,) = connection.execute("SELECT id FROM transcripts").fetchone()
    with memory.reading() as connection:
        table = TranscriptTable(connection)
        kept = table.vectors(number, "digest")
        assert kept is not None
        assert kept.dimensions == 2
        assert struct.unpack("<4f", kept.data) == pytest.approx((1.0, 0.0, 0.6, -0.8), abs=0.0005)
        assert table.vectors(number, "another model's") is None
    put(memory, transcript("one", "three"))
    with memory.reading() as connection:
        assert connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0] == 0


def test_vectors_of_a_transcript_that_was_never_kept_are_not_kept(memory: Database) -> None:
    source = put(memory, transcript("one"))
    with memory.transaction() as connection:
        TranscriptTable(connection).put_vectors(
            source, transcript("eins", language="de"), "digest", Vectors(1, bytes(4))
        )
        assert connection.execute("SELECT COUNT(*) FROM vectors").fetchone()[0] == 0


def test_the_newest_of_one_origin_can_be_asked_for(memory: Database) -> None:
    edited = transcript("mended", origin=TranscriptOrigin.EDITED)
    put(memory, edited, now=NOW)
    source = put(memory, transcript("as it was"), now=NOW + 1)
    with memory.reading() as connection:
        table = TranscriptTable(connection)
        assert table.newest(source) == transcript("as it was")
        assert table.newest(source, origin=TranscriptOrigin.EDITED) == edited
        assert table.newest(source, origin=TranscriptOrigin.SIDECAR) is None
