"""The stages that take a transcript's words apart: for the search through the library, and for what it speaks of."""

from __future__ import annotations

from fastclip_desktop.domain.finding_stages import FindTopics
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.selection.paragraphs import read_paragraphs
from fastclip_desktop.selection.topics import find_topics


def perform(request: IndexWords | FindTopics, reporter: Reporter) -> SpokenWords | tuple[str, ...]:
    """Part a transcript into paragraphs and their words into terms, or rank its phrases.

    Raises:
        Cancelled: if the stop was asked for.
    """
    reporter.report(0)
    found: SpokenWords | tuple[str, ...]
    if isinstance(request, FindTopics):
        found = find_topics(request.transcript, request.most)
    else:
        found = read_paragraphs(request.transcript)
    reporter.report(1)
    return found
