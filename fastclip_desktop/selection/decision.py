"""Which windows to show, a decision under uncertainty.

Every candidate has a probability of being the answer. The first moment is the one that can expect most overlap with the
answer, whichever it is; each further moment is the one that adds most to what those before it can expect. So neighbours
of a good hit, which say the same again, come last.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from fastclip_desktop.selection.lexical import Floats, Integers
from fastclip_desktop.selection.windows import Windows

Singles = npt.NDArray[np.float32]

_CENTRE_WORTH = 0.8
"""What it is worth that a moment's middle lies in the answer, next to 1 for the full overlap."""
_LIKELIEST = 1500
"""Windows that stand for all that the answer may be."""
_CANDIDATES = 450
"""Windows that may be shown, one a first sentence; a third as many more for the likeliest of all."""
_SHARED = 0.5
"""How much of the shorter one two windows may share; what they share goes to the better one."""


def choose_windows(windows: Windows, probabilities: Floats, most: int) -> Iterator[tuple[int, int, float]]:
    """First and last sentence of what to show, and how likely its middle lies in the answer; none overlap another."""
    likeliest = np.argsort(-probabilities, kind="stable")[:_LIKELIEST]
    answers = windows.where(likeliest)
    weights = (probabilities[likeliest] / probabilities[likeliest].sum()).astype(np.float32)
    shown = windows.where(_best_of_each_start(windows, probabilities))
    worth, centred = _worth(shown, answers)
    expected = np.zeros(len(answers), dtype=np.float32)
    free = np.ones(len(shown), dtype=bool)
    taken: list[tuple[int, int]] = []
    for _ in range(most):
        gains = np.where(free, np.maximum(worth - expected, 0) @ weights, -1.0)
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            return
        run = _beside(taken, int(shown.firsts[best]), int(shown.lasts[best]))
        if run is not None:
            taken.append(run)
            yield *run, float(centred[best] @ weights)
        expected = np.maximum(expected, worth[best])
        shared = np.minimum(shown.ends, shown.ends[best]) - np.maximum(shown.starts, shown.starts[best])
        free &= shared <= _SHARED * np.minimum(shown.ends - shown.starts, shown.ends[best] - shown.starts[best])


def _beside(taken: list[tuple[int, int]], first: int, last: int) -> tuple[int, int] | None:
    """The longest part of a run of sentences that no taken run holds, ``None`` where nothing is left."""
    for begin, end in taken:
        if first <= end and last >= begin:
            first, last = (first, begin - 1) if begin - first >= last - end else (end + 1, last)
            if first > last:
                return None
    return first, last


def _best_of_each_start(windows: Windows, probabilities: Floats) -> Integers:
    order = np.lexsort((-probabilities, windows.firsts))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = windows.firsts[order][1:] != windows.firsts[order][:-1]
    best = order[is_first]
    likeliest = np.argsort(-probabilities[best], kind="stable")[:_CANDIDATES]
    overall = np.argsort(-probabilities, kind="stable")[: _CANDIDATES // 3]
    return np.unique(np.concatenate((best[likeliest], overall)))


def _worth(shown: Windows, answers: Windows) -> tuple[Singles, Singles]:
    """What showing a window is worth if another one is the answer, and whether its middle lies in it."""
    starts, ends = shown.starts[:, None], shown.ends[:, None]
    shared = np.maximum(0.0, np.minimum(ends, answers.ends) - np.maximum(starts, answers.starts))
    overlap = shared / (ends - starts + answers.ends - answers.starts - shared)
    middle = (starts + ends) / 2
    centred = (middle >= answers.starts) & (middle <= answers.ends)
    return (overlap + _CENTRE_WORTH * centred).astype(np.float32), centred.astype(np.float32)
