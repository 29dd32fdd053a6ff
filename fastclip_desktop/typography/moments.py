"""When a cue looks different: at each word, and a few times while a word springs up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from fastclip_desktop.domain.caption import Cue
from fastclip_desktop.domain.short_look import Spoken

_FRAME = Fraction(1, 30)
"""Seconds between two steps of a movement; short videos have 30 frames a second as a rule."""

_SPRING = (1.08, 1.16, 1.08)
"""How large a word is as it comes, in steps; then it is as large as the others, and has room between them."""

LARGEST = max(_SPRING)
"""How large it gets."""

_FADE = (0.3, 0.55, 0.8)
"""How much of a banner is to be seen as it comes, in steps."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How a cue looks for a while.

    Attributes:
        spoken: the number of the word that is being said, counted through all lines; -1 for none yet.
        scale: how large that word is.
    """

    spoken: int = -1
    scale: float = 1.0


def looks(cue: Cue, spoken: Spoken, *, moves: bool = True) -> list[tuple[Fraction, Shown]]:
    """How a cue looks from when on, in order of time, no two of them at the same time.

    Args:
        cue: what is shown.
        spoken: how the word shows that is being said.
        moves: whether words spring up; else they only change their colour.
    """
    if spoken is Spoken.PLAIN:
        return [(cue.span.start, Shown())]
    changes = {cue.span.start: Shown()}
    words = [word for line in cue.lines for word in line]
    starts = [min(max(word.span.start, cue.span.start), cue.span.end) for word in words]
    for number, start in enumerate(starts):
        until = min([cue.span.end, *starts[number + 1 :]])
        for time, scale in _springs(start, moves=moves) if spoken is Spoken.POP else ((start, 1.0),):
            if time < until:
                changes[time] = Shown(number, scale)
    return sorted(changes.items())


def look_at(cue: Cue, spoken: Spoken, moment: Fraction) -> Shown | None:
    """How a cue looks at a time; ``None`` where it is not shown."""
    if not cue.span.contains(moment):
        return None
    return [shown for time, shown in looks(cue, spoken) if time <= moment][-1]


def fades(start: Fraction, end: Fraction) -> list[tuple[Fraction, float]]:
    """How much of a banner is to be seen from when on.

    What is there from the first picture on, which is what a clip is known by, is there at once and goes softly; what
    comes later comes softly and stays to the end.
    """
    steps = [(Fraction(number + 1) * _FRAME, share) for number, share in enumerate(_FADE)]
    if end - start < 4 * steps[-1][0]:
        return [(start, 1.0)]
    if start == 0:
        return [(start, 1.0), *((end - time, share) for time, share in reversed(steps))]
    return [*((start + time - _FRAME, share) for time, share in steps), (start + steps[-1][0], 1.0)]


def _springs(start: Fraction, *, moves: bool) -> Iterator[tuple[Fraction, float]]:
    if moves:
        for number, scale in enumerate(_SPRING):
            yield start + number * _FRAME, scale
    yield start + (len(_SPRING) * _FRAME if moves else 0), 1.0
