"""Which texts of a transcript are compared in meaning, and which sentences each of them stands for.

A sentence alone is often too short to mean anything ("Yep."), so what is compared are short runs of sentences. Whoever
embeds a transcript embeds :func:`texts_to_embed`, in its order; the selection reads the points by the same runs.
"""

from __future__ import annotations

import itertools

import numpy as np

from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.selection.lexical import Integers
from fastclip_desktop.selection.passages import Passages, read_passages

_LEAST_CHARACTERS = 120
"""A run goes on until it has as many."""
_MOST_RUNS = 20_000
"""A transcript with more gets longer runs, so that time and memory stay bounded."""


def texts_to_embed(transcript: Transcript) -> tuple[str, ...]:
    """The texts whose points :attr:`SelectMoments.vectors` holds, in order; none for an empty transcript."""
    passages = read_passages(transcript)
    borders = run_borders(passages).tolist()
    return tuple(passages.excerpt(first, after - 1) for first, after in itertools.pairwise(borders))


def run_borders(passages: Passages) -> Integers:
    """The number of each run's first sentence, and the count of sentences."""
    offsets = np.array(passages.borders, dtype=np.int64)
    least = max(_LEAST_CHARACTERS, int(offsets[-1]) // _MOST_RUNS)
    borders = [0]
    while borders[-1] < len(passages):
        after = int(np.searchsorted(offsets, offsets[borders[-1]] + least))
        borders.append(min(max(after, borders[-1] + 1), len(passages)))
    return np.array(borders, dtype=np.int64)
