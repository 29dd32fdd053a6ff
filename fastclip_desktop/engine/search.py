"""The search through everything that was ever said in a source: by words, and by meaning where it is known.

Both rankings are joined by reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): a place counts ``1 / (60 + its
rank)`` in each. Places of a source come together, and a source stands where its best place does.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Iterable, Sequence

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.finding_stages import EmbedQueries
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import FoundPassage, FoundSource, KnownTranscript, SpokenWords
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.engine.meanings import Meanings
from fastclip_desktop.engine.ports import ModelShelf, StageRunner
from fastclip_desktop.engine.search_words import SearchWords, read_search_words
from fastclip_desktop.engine.words import take_left_words
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.left_words import LeftWordsFolder
from fastclip_desktop.store.search import Place, PlacedParagraph, SearchTable

_log = logging.getLogger(__name__)

_LIKELIEST = 300
"""Paragraphs that are looked at, of each ranking."""
_ENOUGH = 10
"""Paragraphs with all words; where fewer have them all, those with some are looked at, too."""
_TOGETHER = 2
"""Of more words, a paragraph with some of them has to hold as many: a single one of many says little."""
_COMBINED = 6
"""Words of which some may be missing, the first ones."""
_FLATTENING = 60
"""Of reciprocal rank fusion; the usual value."""
_AT_A_TIME = 20
"""Transcripts that are taken apart between two looks."""
_SHORTEST = 8
"""Seconds; a shorter place takes the text after it along, so that a person can tell what it is about."""


class LibrarySearch:
    """Finds what was said, and takes new transcripts apart for it; may be used from several threads.

    Args:
        database: holds the transcripts.
        runner: takes them apart, and finds the meaning of what is searched for.
        models: the one for meanings is used if there is one.
        left: what single commands left for the library.
    """

    def __init__(
        self, database: Database, runner: StageRunner, models: ModelShelf, left: LeftWordsFolder | None = None
    ) -> None:
        self._database = database
        self._runner = runner
        self._models = models
        self._left = left
        self._indexing = threading.Lock()
        self._failed: set[int] = set()
        self._closing = threading.Event()
        self._meanings = Meanings(database)

    def find(
        self, words: str, most: int = 20, each: int = 3, skip: int = 0, *, by_meaning: bool = True
    ) -> tuple[FoundSource, ...]:
        """The sources in which something is said, the best first.

        Args:
            words: what a person types: words in any of the library's languages, or quoted text. The last word may be
                cut short.
            most: sources at most.
            each: places of a source at most.
            skip: how many better sources to leave out.
            by_meaning: whether to find what means the same in other words, too.

        Raises:
            FastClipError: the database cannot be read or written.
        """
        self.catch_up()
        with self._database.reading() as connection:
            table = SearchTable(connection)
            wanted = read_search_words(words, table)
            ranked = [_by_words(wanted, table)] if wanted.groups else []
        if by_meaning and wanted.matter:
            ranked.append(self._by_meaning(wanted.matter))
        places = _fused(ranked)
        with self._database.reading() as connection:
            table = SearchTable(connection)
            sources: dict[str, list[PlacedParagraph]] = {}
            for paragraph in filter(None, map(table.paragraph, places)):
                sources.setdefault(paragraph.location, []).append(paragraph)
        return _found(list(sources.values())[: skip + most], wanted, each, skip)

    def known(self, most: int = 1000) -> tuple[KnownTranscript, ...]:
        """The transcripts that are searched, the newest first."""
        self._take_left()
        with self._database.reading() as connection:
            return SearchTable(connection).known(most)

    def close(self) -> None:
        """Take no more transcripts apart; what is missing is missing from what is found."""
        self._closing.set()

    def catch_up(self, most: int | None = None) -> int:
        """Take transcripts apart that came since; how many there were.

        Args:
            most: at most so many; all if it is ``None``.
        """
        done = 0
        self._take_left()
        with self._indexing:
            while most is None or done < most:
                with self._database.reading() as connection:
                    table = SearchTable(connection)
                    missing = table.missing(_AT_A_TIME + len(self._failed))
                numbers = [number for number in missing if number not in self._failed]
                numbers = numbers[: _AT_A_TIME if most is None else min(_AT_A_TIME, most - done)]
                if not numbers:
                    break
                for number in numbers:
                    if self._closing.is_set():
                        return done
                    self._index(number)
                    done += 1
        return done

    def _take_left(self) -> None:
        if self._left is not None:
            with self._indexing:
                take_left_words(self._left, self._database)

    def _index(self, number: int) -> None:
        with self._database.reading() as connection:
            transcript = SearchTable(connection).transcript(number)
        words = SpokenWords("", ())
        if transcript is not None:
            try:
                words = self._runner.run(IndexWords(transcript), Reporter())
            except FastClipError as error:
                # One cannot keep all others from being found; the next start tries it again.
                _log.warning("A transcript cannot be searched: %s", error)
                self._failed.add(number)
                return
        with self._database.transaction() as connection:
            SearchTable(connection).put(number, words)

    def _by_meaning(self, matter: str) -> tuple[Place, ...]:
        model = self._models.installed(ModelKind.EMBEDDING)
        if model is None or not self._meanings.has_any(model.digest):
            return ()
        try:
            vectors = self._runner.run(EmbedQueries((matter,), model), Reporter())
        except FastClipError as error:
            _log.warning("The search goes by words alone: %s", error)
            return ()
        return self._meanings.nearest(model.digest, vectors, _LIKELIEST)


def _by_words(wanted: SearchWords, table: SearchTable) -> tuple[Place, ...]:
    """Paragraphs with all of the words, and after them those with some where few have all."""
    places = table.match(_query(" AND ", wanted.groups, wanted), _LIKELIEST)
    if len(places) >= _ENOUGH or len(wanted.groups) < 2 or wanted.is_exact:
        return places
    some = wanted.groups
    if len(some) > _TOGETHER:
        some = tuple(f"({' AND '.join(few)})" for few in itertools.combinations(some[:_COMBINED], _TOGETHER))
    return (*dict.fromkeys((*places, *table.match(_query(" OR ", some, wanted), _LIKELIEST))),)


def _query(how: str, groups: Sequence[str], wanted: SearchWords) -> str:
    without = f" NOT ({' OR '.join(wanted.excluded)})" if wanted.excluded else ""
    return f"({how.join(groups)}){without}"


def _fused(rankings: Sequence[Iterable[Place]]) -> list[Place]:
    worth: dict[Place, float] = {}
    for ranking in rankings:
        for rank, place in enumerate(ranking, start=1):
            worth[place] = worth.get(place, 0.0) + 1 / (_FLATTENING + rank)
    return sorted(worth, key=lambda place: -worth[place])


def _found(
    sources: Sequence[Sequence[PlacedParagraph]], wanted: SearchWords, each: int, skip: int
) -> tuple[FoundSource, ...]:
    """The best places of each source; one that another transcript of the source has, too, is there once."""
    found = []
    before = 0
    for number, paragraphs in enumerate(sources):
        passages: list[FoundPassage] = []
        for paragraph in paragraphs:
            if len(passages) == each:
                break
            passage = _passage(paragraph, wanted, before + len(passages) + 1)
            if all(_apart(passage.span, other.span) for other in passages):
                passages.append(passage)
        before += len(passages)
        if number >= skip:
            found.append(FoundSource(paragraphs[0].location, paragraphs[0].title, tuple(passages)))
    return tuple(found)


def _passage(paragraph: PlacedParagraph, wanted: SearchWords, number: int) -> FoundPassage:
    """The part of a paragraph that holds what was searched for."""
    held = [wanted.held_by(text, paragraph.language) for text in paragraph.texts]
    first, last = 0, len(held) - 1
    if any(held):
        first = max(range(len(held)), key=lambda place: len(held[place]))
        last = max(place for place in range(first, len(held)) if place == first or held[place] - held[first])
    spans = paragraph.spans
    start = min(span.start for span in spans[first : last + 1])
    while last + 1 < len(held) and spans[last].end - start < _SHORTEST:
        last += 1
    end = max(span.end for span in spans[first : last + 1])
    excerpt = " ".join(paragraph.texts[first : last + 1])
    marks = wanted.marks(excerpt, paragraph.language)
    return FoundPassage(number, TimeRange(start, end), excerpt, marks, by_meaning=not any(held))


def _apart(span: TimeRange, other: TimeRange) -> bool:
    return 2 * span.overlap(other) < min(span.duration, other.duration)
