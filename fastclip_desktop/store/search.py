"""The tables of the search through everything that was ever said in a source.

A paragraph of a transcript is a row of SQLite's full-text index, by terms that were made of its words already: so all
languages are found alike, also those that write no spaces. What SQLite ranks by is BM25.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.spoken import KnownTranscript, Paragraph, SpokenWords
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.store.records import unpack
from fastclip_desktop.store.texts import shown
from fastclip_desktop.store.transcripts import SUPERSEDED

EDITION = 1
"""Counts up when transcripts are taken apart in another way; all are then taken apart anew."""

_BETWEEN = "\x1f"
"""Between the texts of a paragraph; no transcript holds it."""

_ROW = """
    SELECT paragraphs.transcript, paragraphs.number, paragraphs.spans, paragraphs.texts, indexed.language,
        sources.location, sources.title
    FROM paragraphs
    JOIN indexed ON indexed.transcript = paragraphs.transcript
    JOIN transcripts ON transcripts.id = paragraphs.transcript
    JOIN sources ON sources.id = transcripts.source
"""
_MATCH = """
    SELECT paragraphs_fts.rowid, paragraphs.transcript, paragraphs.number
    FROM paragraphs_fts JOIN paragraphs ON paragraphs.id = paragraphs_fts.rowid
    WHERE paragraphs_fts MATCH ? ORDER BY paragraphs_fts.rank LIMIT ?
"""
_MISSING = """
    SELECT transcripts.id FROM transcripts LEFT JOIN indexed ON indexed.transcript = transcripts.id
    WHERE indexed.edition IS NOT ? ORDER BY transcripts.created DESC LIMIT ?
"""
_KNOWN = """
    SELECT sources.location, sources.title, transcripts.language, transcripts.origin, transcripts.created
    FROM transcripts JOIN sources ON sources.id = transcripts.source ORDER BY transcripts.created DESC LIMIT ?
"""

Place = tuple[int, int]
"""The number of a transcript, and of a paragraph in it."""


@dataclass(frozen=True, slots=True)
class PlacedParagraph:
    """A paragraph, and where it is from.

    Attributes:
        place: of what and where.
        language: in which its words were taken apart.
        location: of its source.
        title: of its source.
        exact: the spans of its texts as they are kept.
        texts: what is said.
    """

    place: Place
    language: str
    location: str
    title: str
    exact: str
    texts: tuple[str, ...]

    @property
    def spans(self) -> tuple[TimeRange, ...]:
        """When each text is said."""
        return tuple(map(_span, self.exact.split(",")))


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """Where the texts of a transcript lie among meanings, as 16-bit floats one after another."""

    transcript: int
    dimensions: int
    data: bytes


class SearchTable:
    """What the search knows.

    Args:
        connection: of a transaction, or of a reading for what only looks.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def missing(self, most: int) -> tuple[int, ...]:
        """The numbers of transcripts that are to be taken apart, the newest first."""
        return tuple(row[0] for row in self._connection.execute(_MISSING, (EDITION, most)))

    def transcript(self, number: int) -> Transcript | None:
        """A transcript by its number; ``None`` if it is gone, or cannot be read any more."""
        row = self._connection.execute("SELECT record FROM transcripts WHERE id = ?", (number,)).fetchone()
        try:
            return None if row is None else unpack(Transcript, row["record"])
        except ValueError:
            return None

    def put(self, number: int, words: SpokenWords) -> None:
        """Let a transcript be found by its words, and by nothing else any more; one that is gone meanwhile is not."""
        self._connection.execute("DELETE FROM indexed WHERE transcript = ?", (number,))
        self._connection.execute("DELETE FROM paragraphs WHERE transcript = ?", (number,))
        added = self._connection.execute(
            "INSERT INTO indexed (transcript, language, edition) SELECT id, ?, ? FROM transcripts WHERE id = ?",
            (words.language, EDITION, number),
        )
        if added.rowcount:
            self._connection.executemany(
                "INSERT INTO paragraphs (transcript, number, spans, texts, terms) VALUES (?, ?, ?, ?, ?)",
                (_values(number, place, paragraph) for place, paragraph in enumerate(words.paragraphs)),
            )

    def languages(self) -> tuple[str, ...]:
        """In which languages words were taken apart."""
        return tuple(row[0] for row in self._connection.execute("SELECT DISTINCT language FROM indexed ORDER BY 1"))

    def match(self, query: str, most: int) -> tuple[Place, ...]:
        """The paragraphs that a query of the full-text index finds, the best first."""
        return tuple((row[1], row[2]) for row in self._connection.execute(_MATCH, (query, most)))

    def paragraph(self, place: Place) -> PlacedParagraph | None:
        """One paragraph; ``None`` if it is gone, or a person corrected what is said."""
        row = self._connection.execute(
            f"{_ROW} WHERE paragraphs.transcript = ? AND paragraphs.number = ? AND NOT EXISTS ({SUPERSEDED})", place
        ).fetchone()
        if row is None:
            return None
        return PlacedParagraph(
            place,
            row["language"],
            row["location"],
            row["title"],
            row["spans"],
            tuple(row["texts"].split(_BETWEEN)),
        )

    def has_term(self, term: str, *, is_beginning: bool = False) -> bool:
        """Whether anything is found by a term, or by any that begins so."""
        condition = "term >= ? AND term < ?" if is_beginning else "term = ?"
        values = (term, term + "\U0010ffff") if is_beginning else (term,)
        found = self._connection.execute(f"SELECT 1 FROM paragraph_terms WHERE {condition} LIMIT 1", values)  # noqa: S608 - our own words
        return found.fetchone() is not None

    def terms_beside(self, term: str, slips: int) -> tuple[str, ...]:
        """The terms with the same first letter and about as many letters."""
        rows = self._connection.execute(
            "SELECT term FROM paragraph_terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
            (term[:1], term[:1] + "\U0010ffff", len(term) - slips, len(term) + slips),
        )
        return tuple(row[0] for row in rows)

    def vectors(self, model: str, known: Collection[int] = ()) -> Iterator[KeptVectors]:
        """All vectors of a model but those of some transcripts.

        Args:
            model: its digest.
            known: numbers of transcripts.
        """
        numbers = self._connection.execute("SELECT transcript FROM vectors WHERE model = ?", (model,)).fetchall()
        for (number,) in numbers:
            if number not in known:
                yield from self.vectors_of(model, (number,))

    def vectors_of(self, model: str, transcripts: Iterable[int]) -> Iterator[KeptVectors]:
        """The vectors of some transcripts, of those that have any."""
        for number in transcripts:
            row = self._connection.execute(
                "SELECT dimensions, data FROM vectors WHERE transcript = ? AND model = ?", (number, model)
            ).fetchone()
            if row is not None:
                yield KeptVectors(number, row["dimensions"], row["data"])

    def vectored(self, model: str) -> frozenset[int]:
        """The numbers of the transcripts that have vectors of a model."""
        rows = self._connection.execute("SELECT transcript FROM vectors WHERE model = ?", (model,))
        return frozenset(row[0] for row in rows)

    def known(self, most: int) -> tuple[KnownTranscript, ...]:
        """The transcripts that are kept, the newest first."""
        return tuple(KnownTranscript(*row) for row in self._connection.execute(_KNOWN, (most,)))


def any_of(alternatives: Iterable[Sequence[str]], *, beginning: str = "") -> str:
    """What to give to :meth:`SearchTable.match` for one word: any of some sequences of terms.

    Args:
        alternatives: terms that follow each other.
        beginning: finds all terms that begin so, too, unless it is empty.
    """
    phrases = dict.fromkeys(_quoted(" ".join(terms)) for terms in alternatives if terms)
    found = [*phrases, f"{_quoted(beginning)} *"] if beginning else [*phrases]
    return f"({' OR '.join(found)})"


def _quoted(text: str) -> str:
    """A phrase in which nothing has a meaning of its own."""
    return '"' + shown(text).replace("\0", " ").replace('"', '""') + '"'


def _values(number: int, place: int, paragraph: Paragraph) -> tuple[object, ...]:
    spans = ",".join(f"{span.start} {span.end}" for span in paragraph.spans)
    texts = _BETWEEN.join(shown(text).replace(_BETWEEN, " ") for text in paragraph.texts)
    return number, place, spans, texts, shown(paragraph.terms)


def _span(exact: str) -> TimeRange:
    start, end = exact.split(" ")
    return TimeRange(Fraction(start), Fraction(end))
