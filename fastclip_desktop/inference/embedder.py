"""Texts as points whose nearness is nearness in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.vectors import Vectors
from fastclip_desktop.inference.llama import Llama, Tokens, Use
from fastclip_desktop.inference.llama_grammar import Floats

_TOGETHER = 512
"""Tokens computed at a time. Every token is compared with all of these, those of other texts too: 1024 took a fifth
longer, and 256 asks twice as often for threads that are busy elsewhere."""
_TEXTS = 256
_LONGEST = 20_000
"""Characters of a text that are looked at: more than any model takes."""
_MOST_TOKENS = 1_000_000
"""Of all texts: some five minutes of two cores with a small model, and eighty hours of speech."""
_SHORTEST = 64
"""Tokens of a text that count in any case."""

_PREFIXES = {
    "e5": ("query: ", "passage: "),
    "nomic": ("search_query: ", "search_document: "),
    "embeddinggemma": ("task: search result | query: ", "title: none | text: "),
    "arctic": ("query: ", ""),
    "mxbai": ("Represent this sentence for searching relevant passages: ", ""),
    "bge": ("Represent this sentence for searching relevant passages: ", ""),
    "qwen3": (
        "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:",
        "",
    ),
}
"""What a family of models wants before a question and before a text, as its cards say; ``bge-m3`` wants nothing."""
_WITHOUT = ("bge-m3", "bge m3")


class Embedder:
    """A loaded embedding model; used by one thread at a time.

    Args:
        model: of the kind ``embedding``.
        reporter: says when to stop.

    Raises:
        InputError: ``bad_model`` for a file that llama.cpp cannot take.
        Cancelled: if the reporter says so.
    """

    def __init__(self, model: Model, reporter: Reporter) -> None:
        self._llama = Llama(model.path, model.name, Use(_TOGETHER, _TEXTS, points=True), reporter.cancel.check)
        title = " ".join((model.name, self._llama.metadata("general.name"), self._llama.metadata("general.basename")))
        self._before_query, self._before_text = prefixes_of(title)

    def close(self) -> None:
        """Give its memory back."""
        self._llama.close()

    def of_queries(self, queries: Sequence[str], reporter: Reporter) -> Vectors:
        """One point a query; what is too long for the model counts by its beginning.

        Raises:
            InputError: ``bad_model`` where what comes out are no numbers.
            Cancelled: if the reporter says so.
        """
        return self._embed([self._before_query + query for query in queries], reporter)

    def of_texts(self, texts: Sequence[str], reporter: Reporter) -> Vectors:
        """One point a text, likewise.

        Raises:
            InputError: ``bad_model`` where what comes out are no numbers.
            Cancelled: if the reporter says so.
        """
        return self._embed([self._before_text + text for text in texts], reporter)

    def _embed(self, texts: Sequence[str], reporter: Reporter) -> Vectors:
        parts: list[Floats] = []
        done = 0
        reporter.report(0)
        for batch in self._batches(texts, tokens_each(len(texts), self._llama.longest)):
            parts.append(self._llama.points(batch, reporter.cancel.check))
            done += len(batch)
            reporter.report(done / len(texts))
        if not parts:
            return Vectors(0, b"")
        points = np.concatenate(parts)
        return Vectors(points.shape[1], points.astype("<f4").tobytes())

    def _batches(self, texts: Sequence[str], longest: int) -> Iterator[list[Tokens]]:
        """Texts in order, as many at a time as fit."""
        batch: list[Tokens] = []
        held = 0
        for text in texts:
            tokens = self._tokens(text, longest)
            if batch and (held + len(tokens) > self._llama.context or len(batch) == self._llama.texts):
                yield batch
                batch, held = [], 0
            batch.append(tokens)
            held += len(tokens)
        if batch:
            yield batch

    def _tokens(self, text: str, longest: int) -> Tokens:
        tokens = self._llama.tokens(text[:_LONGEST], ends=True)
        if len(tokens) > longest:
            return [*tokens[: longest - 1], tokens[-1]]  # the last one may be what the model sums up in
        return tokens or [0]


def tokens_each(count: int, longest: int) -> int:
    """Tokens of each of so many texts that count, where a model takes so many of one."""
    return min(longest, max(_SHORTEST, _MOST_TOKENS // max(1, count)))


def prefixes_of(title: str) -> tuple[str, str]:
    """What a model of this name wants before a query and before a text."""
    title = title.lower()
    if any(name in title for name in _WITHOUT):
        return "", ""
    return next((prefixes for name, prefixes in _PREFIXES.items() if name in title), ("", ""))
