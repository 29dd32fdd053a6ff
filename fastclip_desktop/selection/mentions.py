"""Every place where a transcript speaks of something, for queries such as "all mentions of ..." and for quotes."""

from __future__ import annotations

import numpy as np

from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.lexical import Floats
from fastclip_desktop.selection.windows import Timing, Windows

_FULL_MENTION = 0.6
"""A sentence that holds this much of what the best one holds is a mention, too."""
_ONE_MENTION_SECONDS = 8.0
"""Mentions no further apart than this belong together."""
_SHORTEST_SECONDS = 4.0
"""A shorter mention takes the sentence after it along, if that comes soon: a person can then tell what it is about."""


def mention_windows(timing: Timing, evidence: Evidence) -> tuple[Windows, Floats]:
    """The mentions in order of time, and how much each holds of what the fullest one holds, 0..1."""
    held = evidence.by_sentence
    if evidence.required is not None:
        held = np.where(evidence.required, held, 0.0)
    barred = np.zeros(len(held), dtype=bool) if evidence.forbidden is None else evidence.forbidden
    held = np.where(barred, 0.0, held)
    fullest = float(held.max())
    if fullest <= 0:
        nothing = np.zeros(0, dtype=np.int64)
        return Windows(nothing, nothing, np.zeros(0), np.zeros(0)), np.zeros(0)
    runs: list[tuple[int, int]] = []
    for sentence in np.flatnonzero(held >= _FULL_MENTION * fullest).tolist():
        near = bool(runs) and timing.starts[sentence] - timing.ends[runs[-1][1]] <= _ONE_MENTION_SECONDS
        if near and not barred[runs[-1][1] : sentence].any():
            runs[-1] = (runs[-1][0], max(sentence, runs[-1][1]))
        else:
            runs.append((sentence, sentence))
        first, last = runs[-1]
        short = timing.ends[last] - timing.starts[first] < _SHORTEST_SECONDS
        if short and last + 1 < len(held) and not barred[last + 1]:
            goes_on = timing.starts[last + 1] - timing.ends[last] <= _ONE_MENTION_SECONDS
            runs[-1] = (first, last + 1 if goes_on else last)
    firsts, lasts = np.array(runs, dtype=np.int64).T
    strength = np.maximum.reduceat(held, firsts) / fullest
    return Windows(firsts, lasts, timing.starts[firsts], timing.ends[lasts]), np.minimum(strength, 1.0)


def with_one_mention(windows: Windows, timing: Timing, evidence: Evidence) -> Windows:
    """The windows around one mention of a quoted phrase, the whole of it; all of them where there is none without more.

    Somebody who quotes looks for a place. What lies between two of them is about something else, however close by they
    are in minutes.
    """
    quoted = np.flatnonzero(evidence.required) if evidence.required is not None else np.zeros(0, dtype=np.int64)
    if not len(quoted):
        return windows
    gaps = timing.starts[quoted[1:]] - timing.ends[quoted[:-1]]
    opens = np.concatenate(([True], gaps > _ONE_MENTION_SECONDS))
    number = np.cumsum(opens) - 1
    firsts, lasts = quoted[opens], quoted[np.append(opens[1:], True)]
    at = np.searchsorted(quoted, windows.firsts)
    mention = number[np.minimum(at, len(quoted) - 1)]
    following = np.append(firsts[1:], np.iinfo(np.int64).max)[mention]
    is_whole = (windows.firsts <= firsts[mention]) & (windows.lasts >= lasts[mention])
    alone = windows.where((at < len(quoted)) & is_whole & (windows.lasts < following))
    return alone if len(alone) else windows
