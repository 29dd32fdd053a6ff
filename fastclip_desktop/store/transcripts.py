"""What was said in each source, and the search through all of it.

Each segment is a row of its own in SQLite's full-text index, which folds case and accents: ``cafe`` finds ``Café``.
"""

from __future__ import annotations

import sqlite3
import struct
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.store.records import pack, unpack
from fastclip_desktop.store.texts import shown

_MOST_WORDS = 32
"""Of a search; more than anybody types."""

_SAME = "UPDATE transcripts SET created = ? WHERE source = ? AND language = ? AND origin = ? AND record = ?"
_REMOVE = "DELETE FROM transcripts WHERE source = ? AND language = ? AND origin = ?"
_PUT = """
    INSERT INTO transcripts (source, language, origin, record, created) VALUES (?, ?, ?, ?, ?) RETURNING id
"""
_HAS_VECTORS = """
    SELECT 1 FROM vectors JOIN transcripts ON transcripts.id = vectors.transcript
    WHERE model = ? AND source = ? AND language = ? AND origin = ?
"""
_PUT_VECTORS = """
    INSERT INTO vectors (transcript, model, dimensions, data)
    SELECT id, ?, ?, ? FROM transcripts WHERE source = ? AND language = ? AND origin = ?
"""
_PUT_PASSAGE = 'INSERT INTO passages (transcript, number, start, "end", exact, text) VALUES (?, ?, ?, ?, ?, ?)'

SUPERSEDED = """
    SELECT 1 FROM transcripts AS corrected
    WHERE corrected.source = transcripts.source AND corrected.language = transcripts.language
        AND corrected.origin = 'edited' AND transcripts.origin <> 'edited'
"""
"""Whether a person corrected the words of a row of ``transcripts``: a search goes by theirs alone then."""

_SEARCH = f"""
    SELECT sources.location, sources.title, passages.exact, passages.text
    FROM passages_fts
    JOIN passages ON passages.id = passages_fts.rowid
    JOIN transcripts ON transcripts.id = passages.transcript
    JOIN sources ON sources.id = transcripts.source
    WHERE passages_fts MATCH ? AND NOT EXISTS ({SUPERSEDED}) ORDER BY passages_fts.rank, passages.id LIMIT ?
"""  # noqa: S608 - our own words


@dataclass(frozen=True, slots=True)
class SpokenHit:
    """A place where something was said.

    Attributes:
        source: the location of the source.
        title: what the source is called.
        span: the segment's own, in seconds of the source.
        text: the segment's.
    """

    source: str
    title: str
    span: TimeRange
    text: str


class TranscriptTable:
    """The tables of transcripts and of their segments.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def put(self, source: int, transcript: Transcript, now: float) -> None:
        """Keep a transcript in the place of an older one of the same language and origin.

        Args:
            source: the number of the source; see :class:`~fastclip_desktop.store.sources.SourceTable`.
            transcript: what was said.
            now: seconds since 1970.
        """
        record = pack(transcript)
        names = (source, transcript.language, str(transcript.origin))
        if self._connection.execute(_SAME, (now, *names, record)).rowcount:
            return  # the words need not be indexed again
        self._connection.execute(_REMOVE, names)  # its passages go with it
        (number,) = self._connection.execute(_PUT, (*names, record, now)).fetchone()
        rows = (_passage(number, place, segment) for place, segment in enumerate(transcript.segments))
        self._connection.executemany(_PUT_PASSAGE, rows)

    def remove(self, source: int, origin: TranscriptOrigin) -> None:
        """Keep a source's transcripts of an origin no more, in whatever language.

        Args:
            source: the number of the source.
            origin: who wrote them.
        """
        self._connection.execute("DELETE FROM transcripts WHERE source = ? AND origin = ?", (source, str(origin)))

    def newest(self, source: int, language: str = "", origin: TranscriptOrigin | None = None) -> Transcript | None:
        """The transcript of a source that came last; ``None`` also where its record cannot be read any more.

        Args:
            source: the number of the source.
            language: a BCP 47 tag; empty for any.
            origin: who wrote it; ``None`` for anybody.
        """
        row = self._connection.execute(
            """
            SELECT record FROM transcripts
            WHERE source = :source AND :language IN ('', language) AND :origin IN ('', origin)
            ORDER BY created DESC, id DESC LIMIT 1
            """,
            {"source": source, "language": language, "origin": str(origin or "")},
        ).fetchone()
        if row is None:
            return None
        try:
            return unpack(Transcript, row["record"])
        except ValueError:
            return None

    def put_vectors(self, source: int, transcript: Transcript, model: str, vectors: Vectors) -> None:
        """Keep where a kept transcript's texts lie among a model's meanings.

        Nothing happens if the transcript is kept no more, or its vectors are already.

        Args:
            source: the number of the source.
            transcript: one that was put before.
            model: the digest of the model.
            vectors: one for each of the transcript's texts.
        """
        names = (source, transcript.language, str(transcript.origin))
        if self._connection.execute(_HAS_VECTORS, (model, *names)).fetchone() is not None:
            return
        count = len(vectors.data) // 4
        halves = struct.pack(f"<{count}e", *struct.unpack(f"<{count}f", vectors.data))
        self._connection.execute(_PUT_VECTORS, (model, vectors.dimensions, halves, *names))

    def vectors(self, number: int, model: str) -> Vectors | None:
        """What was kept of a transcript with :meth:`put_vectors`, to three digits.

        Args:
            number: of the transcript.
            model: the digest of the model.
        """
        row = self._connection.execute(
            "SELECT dimensions, data FROM vectors WHERE transcript = ? AND model = ?", (number, model)
        ).fetchone()
        if row is None:
            return None
        count = len(row["data"]) // 2
        return Vectors(row["dimensions"], struct.pack(f"<{count}f", *struct.unpack(f"<{count}e", row["data"])))

    def search(self, words: str, most: int) -> tuple[SpokenHit, ...]:
        """The segments in which all words are said, the best first.

        Args:
            words: what a person types; nothing in it has a meaning of its own. The last word may be cut short.
            most: how many at most.
        """
        query = full_text_query(words)
        if not query:
            return ()
        rows = self._connection.execute(_SEARCH, (query, most)).fetchall()
        return tuple(SpokenHit(row["location"], row["title"], _span(row["exact"]), row["text"]) for row in rows)


def full_text_query(words: str) -> str:
    """What to give to ``MATCH`` so that all words have to occur, the last one as the beginning of a word.

    Empty where there is nothing to look for. The words of the index's own language, its signs and its quotes are
    quoted, so that a search for ``AND "`` is one for the word "and".
    """
    terms = [_quoted(word) for word in words.replace("\0", " ").split() if any(map(str.isalnum, word))]
    return f"{' AND '.join(terms[:_MOST_WORDS])} *" if terms else ""


def _quoted(word: str) -> str:
    return '"' + shown(word).replace('"', '""') + '"'


def _passage(transcript: int, place: int, segment: Segment) -> tuple[object, ...]:
    start, end = segment.span.start, segment.span.end
    return (transcript, place, float(start), float(end), f"{start} {end}", shown(segment.text))


def _span(exact: str) -> TimeRange:
    start, end = exact.split(" ")
    return TimeRange(Fraction(start), Fraction(end))
