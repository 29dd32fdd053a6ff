"""A transcript in the pieces by which a search through many of them finds it."""

from __future__ import annotations

import itertools

from fastclip_desktop.domain.spoken import TEXTS_A_PARAGRAPH, Paragraph, SpokenWords
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.analysis import Analyzer, is_unparted
from fastclip_desktop.selection.passages import Passages, read_passages
from fastclip_desktop.selection.semantic import run_borders

_SAMPLE_CUES = 1000


def read_paragraphs(transcript: Transcript) -> SpokenWords:
    """The texts of :func:`~fastclip_desktop.selection.semantic.texts_to_embed`, a few a paragraph, with their terms."""
    passages = read_passages(transcript)
    sample = [segment.text for segment in transcript.segments[:_SAMPLE_CUES]]
    analyzer = Analyzer.for_text(transcript.language, sample)
    runs = list(itertools.pairwise(run_borders(passages).tolist()))
    paragraphs = (
        _paragraph(runs[first : first + TEXTS_A_PARAGRAPH], passages, analyzer)
        for first in range(0, len(runs), TEXTS_A_PARAGRAPH)
    )
    return SpokenWords(analyzer.language, tuple(paragraphs))


def _paragraph(runs: list[tuple[int, int]], passages: Passages, analyzer: Analyzer) -> Paragraph:
    texts = tuple(passages.excerpt(first, after - 1) for first, after in runs)
    spans = tuple(passages.span(first, after - 1) for first, after in runs)
    words = [word for text in texts for word in analyzer.words(text)]
    terms = [term for word in words for term in analyzer.terms_of_word(word)]
    single = {character for word in words if is_unparted(word) for character in word}
    return Paragraph(spans, texts, " ".join([*terms, *sorted(single - {*terms})]))
