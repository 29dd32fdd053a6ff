"""The stages that place texts among meanings; the model stays loaded from one to the next."""

from __future__ import annotations

from fastclip_desktop.domain.finding_stages import EmbedQueries, EmbedTranscript
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.inference.embedder import Embedder
from fastclip_desktop.inference.kept import Kept
from fastclip_desktop.inference.llama import wants_graphics
from fastclip_desktop.selection.semantic import texts_to_embed

_WORKING = 64 * 1024**2
"""Bytes that 512 tokens take in models of up to a thousand numbers a token."""

_embedder = Kept(Embedder, _WORKING, lambda: wants_graphics(points=True))


def perform(request: EmbedTranscript | EmbedQueries, reporter: Reporter) -> Vectors:
    """One point for each text that the selection compares, or one for each query.

    Raises:
        InputError: ``model_too_large``; ``bad_model`` for a file that llama.cpp cannot take.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    with _embedder.using(request.model, reporter) as embedder:
        if isinstance(request, EmbedQueries):
            return embedder.of_queries(request.queries, reporter)
        return embedder.of_texts(texts_to_embed(request.transcript), reporter)
