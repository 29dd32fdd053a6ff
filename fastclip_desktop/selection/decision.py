"""Which windows to show, a decision under uncertainty.

Every candidate has a probability of being the answer. The first moment is the one that can expect most overlap with the
answer, whichever it is, and also that its middle lies in it. Each further moment is the one that adds most to the
chance that one of them has its middle in the answer, so neighbours of a good hit, which say the same again, come last.
No moment overlaps another: where two would share sentences, the better one has them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from fastclip_desktop.selection.lexical import Floats
from fastclip_desktop.selection.sums import weighted_sums
from fastclip_desktop.selection.windows import Windows

Singles = npt.NDArray[np.float32]

_CENTRE_WORTH = 0.5
"""What it is worth that the first moment's middle lies in the answer, next to 1 for the full overlap."""
_FURTHER_CENTRE_WORTH = 5.0
"""The same for a further moment, of which a person wants to know first of all whether it is the right place."""
_SHARPNESS = 1.3
"""Exponent of the probabilities for the first moment: an extent close to the likeliest one serves better than a
compromise among all that are possible."""
_LEAST_SECONDS = 1e-3
_LIKELIEST = 800
"""Windows that stand for all that the answer may be, and for all that may be shown."""


def choose_windows(windows: Windows, probabilities: Floats, most: int) -> Iterator[tuple[int, int, float]]:
    """First and last sentence of what to show, and how likely its middle lies in the answer; none overlap another."""
    likeliest = np.argsort(-probabilities, kind="stable")[:_LIKELIEST]
    likely = windows.where(likeliest)
    weights = (probabilities[likeliest] / probabilities[likeliest].sum()).astype(np.float32)
    sharpened = weights**_SHARPNESS
    overlap, centred = _shared(likely)
    gains = weighted_sums(overlap + _CENTRE_WORTH * centred, sharpened)
    worth = overlap + _FURTHER_CENTRE_WORTH * centred
    expected = np.zeros(len(likely), dtype=np.float32)
    free = np.ones(len(likely), dtype=bool)
    for _ in range(most):
        gains = np.where(free, gains, -1.0)
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            return
        yield int(likely.firsts[best]), int(likely.lasts[best]), float(centred[best] @ weights)
        free &= (likely.starts >= likely.ends[best]) | (likely.ends <= likely.starts[best])
        expected = np.maximum(expected, worth[best])
        np.subtract(worth, expected, out=overlap)
        gains = weighted_sums(np.maximum(overlap, 0, out=overlap), weights)


def _shared(windows: Windows) -> tuple[Singles, Singles]:
    """How much of both together each window has in common with each other one, and whether its middle lies in it."""
    begins, finishes = windows.starts.astype(np.float32), windows.ends.astype(np.float32)
    starts, ends = begins[:, None], finishes[:, None]
    shared = np.minimum(ends, finishes)
    shared -= np.maximum(starts, begins)
    np.maximum(shared, 0, out=shared)
    length = finishes - begins
    together = length[:, None] + length
    together -= shared
    shared /= np.maximum(together, _LEAST_SECONDS, out=together)
    middle = (starts + ends) / 2
    return shared, ((middle >= begins) & (middle <= finishes)).astype(np.float32)
