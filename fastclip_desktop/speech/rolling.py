"""Folding of rolling captions, in which each cue shows the previous line again.

Automatic captions scroll: a line is written at the bottom, moves up, and is shown a second and third time while the
next one is written. Searching such a text would count every word twice and quote every sentence twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from fastclip_desktop.speech.cues import Cue

_LONGEST_REPEAT = 60
"""Words of the previous cue that may come again; bounds the work for each cue."""
_TOGETHER_MS = 500
"""Rolling cues follow each other without a pause."""
_ROLLING_SHARE = 0.4
_FEWEST_SCROLLS = 3
"""Cues that show old words and new ones; a chant repeats words, too, but adds none."""


def fold_rolling(cues: Sequence[Cue]) -> list[Cue]:
    """Each line once, at its first showing; cues that don't roll come back as they are.

    A singer who repeats a line is left alone: it is rolling only where a good part of all cues repeat the one before.

    Args:
        cues: ordered by start.
    """
    texts = [cue.text.split() for cue in cues]
    repeats = [0] * len(cues)
    for number, (earlier, later) in enumerate(pairwise(cues), start=1):
        if later.start - max(earlier.start, earlier.end) <= _TOGETHER_MS:
            repeats[number] = _repeated_words(texts[number - 1], texts[number])
    repeating = sum(1 for count in repeats if count)
    scrolling = sum(1 for count, text in zip(repeats, texts, strict=True) if 0 < count < len(text))
    if scrolling < _FEWEST_SCROLLS or repeating < _ROLLING_SHARE * len(cues):
        return list(cues)
    folded: list[Cue] = []
    for cue, text, repeat in zip(cues, texts, repeats, strict=True):
        if repeat < len(text):
            folded.append(_without_head(cue, text, repeat))
    return [_ending_by(cue, following.start) for cue, following in pairwise(folded)] + folded[-1:]


def end_where_the_next_begins(cues: Sequence[Cue]) -> list[Cue]:
    """Each line as long as it is the newest one, where nearly all of them stay on the screen under their successors.

    YouTube writes automatic captions so in its own formats: every line lasts until it has scrolled away, which is two
    lines later. Two people who talk at once now and then are left alone.

    Args:
        cues: ordered by start.
    """
    staying = sum(1 for cue, following in pairwise(cues) if cue.start < following.start < cue.end)
    if staying < _FEWEST_SCROLLS or staying < _ROLLING_SHARE * len(cues):
        return list(cues)
    return [_ending_by(cue, following.start) for cue, following in pairwise(cues)] + list(cues[-1:])


def _repeated_words(earlier: list[str], later: list[str]) -> int:
    """How many of the later cue's first words are the earlier cue's last; a chance meeting of two doesn't count."""
    most = min(len(earlier), len(later), _LONGEST_REPEAT)
    for count in range(most, 0, -1):
        if earlier[-count:] == later[:count]:
            return count if count >= min(3, len(earlier)) else 0
    return 0


def _without_head(cue: Cue, text: list[str], count: int) -> Cue:
    if not count:
        return cue
    words = cue.words[count:]
    start = words[0].start if words else cue.start
    return Cue(start, max(cue.end, start + 1), (" ".join(text[count:]),), words, cue.speaker)


def _ending_by(cue: Cue, limit: int) -> Cue:
    """The cue off the screen when the next one is written, so that a time is never given to two lines."""
    latest = max(limit, cue.words[-1].start + 1 if cue.words else cue.start + 1)
    if cue.end <= latest:
        return cue
    words = cue.words
    if words and words[-1].end > latest:
        words = (*words[:-1], type(words[-1])(words[-1].text, words[-1].start, latest))
    return Cue(cue.start, latest, cue.lines, words, cue.speaker)
