"""What was said, in pieces that a search through everything finds."""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.domain.timecode import TimeRange

TEXTS_A_PARAGRAPH = 4
"""Some half a minute: words that are searched for together are said in about as much."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few neighbouring texts of a transcript; :data:`TEXTS_A_PARAGRAPH` but for the last one.

    Attributes:
        spans: when each text is said, in seconds of the source.
        texts: the transcript's own words; those whose meanings are compared, in the same order.
        terms: all that it can be found by, parted by spaces.
    """

    spans: tuple[TimeRange, ...]
    texts: tuple[str, ...]
    terms: str


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """A transcript made ready for the search.

    Attributes:
        language: two letters, or empty: in which language the words were taken apart.
        paragraphs: in order of the transcript.
    """

    language: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A place where something is said that was searched for.

    Attributes:
        number: 1 for the first of all that were found, and so on.
        span: whole sentences, in seconds of the source.
        excerpt: the transcript's own words of the span.
        marks: where in the excerpt the words stand that were searched for, as first and last + 1 of its characters.
        by_meaning: it was found by what it means, and by no word.
    """

    number: int
    span: TimeRange
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source and the best places in it.

    Attributes:
        location: its page's address or its path; what to ask clips of.
        title: what it is called.
        passages: the best first.
    """

    location: str
    title: str
    passages: tuple[FoundPassage, ...]


@dataclass(frozen=True, slots=True)
class KnownTranscript:
    """A transcript that was kept.

    Attributes:
        location: of the source.
        title: of the source.
        language: a BCP 47 tag, or empty.
        origin: who wrote it.
        created: seconds since 1970.
    """

    location: str
    title: str
    language: str
    origin: str
    created: float
