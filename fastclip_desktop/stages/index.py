"""The stage that makes a transcript ready for the search through the library."""

from __future__ import annotations

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.search_stages import IndexWords
from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.selection.paragraphs import read_paragraphs


def perform(request: IndexWords, reporter: Reporter) -> SpokenWords:
    """Part a transcript into paragraphs and their words into terms.

    Raises:
        Cancelled: if the stop was asked for.
    """
    reporter.report(0)
    spoken = read_paragraphs(request.transcript)
    reporter.report(1)
    return spoken
