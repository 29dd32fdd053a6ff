"""Moments for queries that ask for sounds, grown to the sentences around them.

What makes people laugh and clap was said just before, so the sentences of some seconds before belong to the moment.
Captions tell of sounds, too, in brackets: ``[Applause]``, ``(lacht)``, ``♪``. These count where nobody has listened,
and beside what somebody heard.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.selection.evidence import Evidence
from fastclip_desktop.selection.passages import Passages
from fastclip_desktop.selection.sound_words import SoundWish, sound_named

_BRACKETED = re.compile(r"[\[(*]([^\[\]()*]{2,60})[\])*]")
_NOTES = ("\u266a", "\u266b")
_CAPTION_STRENGTH = 0.8
"""Of a sound that a caption tells of."""

_BEFORE: dict[SoundKind, float] = {
    SoundKind.LAUGHTER: 8.0,
    SoundKind.APPLAUSE: 8.0,
    SoundKind.MUSIC: 0.0,
    SoundKind.SILENCE: 2.0,
    SoundKind.LOUD: 2.0,
}
"""Seconds before a sound in which what it answers to is said."""
_TYPICAL: dict[SoundKind, float] = {
    SoundKind.LAUGHTER: 1.5,
    SoundKind.APPLAUSE: 3.0,
    SoundKind.MUSIC: 10.0,
    SoundKind.SILENCE: 3.0,
    SoundKind.LOUD: 1.0,
}
"""Seconds; a sound of that length is worth two thirds of what a long one is."""
_TOGETHER = Fraction(6)
"""Seconds between two sounds of a kind that belong to one moment."""
_AROUND = 15.0
"""Seconds around a moment in which its topic may be spoken of."""
_SUREST = 0.95
_HALF_HELD = 0.3
"""The share of the topic's weight that is half as good as all of it."""
_STRANGER = 0.7
"""What a moment is worth where nothing tells that the right one makes the sound."""


@dataclass(frozen=True, slots=True)
class Nearby:
    """What the transcript holds of the rest of a query; ``None`` where it holds nothing or nothing is asked.

    Attributes:
        topic: of what is to be spoken of near the sound.
        who: of who makes it.
    """

    topic: Evidence | None = None
    who: Evidence | None = None


def sound_moments(
    wish: SoundWish, sounds: Sequence[Sound], passages: Passages, nearby: Nearby, limits: TimeRange | None = None
) -> tuple[Moment, ...]:
    """Every moment with a sound that is asked for, best first, none overlapping another.

    Args:
        wish: what is asked for.
        sounds: what was heard.
        passages: what is said.
        nearby: where the rest of the query is spoken of.
        limits: seconds of the source in which a sound has to begin.
    """
    told = sounds_of_captions(passages.segments)
    heard = [sound for sound in (*sounds, *told) if sound.kind in wish.kinds]
    if limits is not None:
        heard = [sound for sound in heard if limits.contains(sound.span.start)]
    if wish.topic and nearby.topic is None:
        return ()
    moments = [_moment(wish, run, passages, nearby) for run in _runs(heard, passages)]
    found = [moment for moment in moments if moment is not None]
    return tuple(sorted(found, key=lambda moment: (-moment.confidence, moment.span.start)))


def sounds_of_captions(segments: Sequence[Segment]) -> tuple[Sound, ...]:
    """The sounds that captions tell of, in order."""
    return tuple(
        Sound(kind, segment.span, _CAPTION_STRENGTH) for segment in segments for kind in sorted(_told(segment.text))
    )


def _told(text: str) -> set[SoundKind]:
    kinds = {SoundKind.MUSIC} if any(note in text for note in _NOTES) else set()
    if any(bracket in text for bracket in "[(*"):
        kinds.update(filter(None, (sound_named(match[1]) for match in _BRACKETED.finditer(text))))
    return kinds


@dataclass(frozen=True, slots=True)
class _Run:
    """Sounds that make one moment, and the sentences around them; ``last < first`` where nothing is said."""

    sounds: tuple[Sound, ...]
    span: TimeRange
    first: int
    last: int


def _runs(sounds: Sequence[Sound], passages: Passages) -> Iterator[_Run]:
    current: _Run | None = None
    for sound in sorted(sounds, key=lambda each: (each.span.start, each.span.end, each.kind)):
        run = _grown(sound, passages)
        joins = current is not None and (
            run.span.start < current.span.end
            or (sound.kind == current.sounds[-1].kind and sound.span.start - current.sounds[-1].span.end <= _TOGETHER)
        )
        if current is None or not joins:
            if current is not None:
                yield current
            current = run
        else:
            said = [each for each in (current, run) if each.last >= each.first]
            current = _Run(
                (*current.sounds, sound),
                TimeRange(min(current.span.start, run.span.start), max(current.span.end, run.span.end)),
                min((each.first for each in said), default=0),
                max((each.last for each in said), default=-1),
            )
    if current is not None:
        yield current


def _grown(sound: Sound, passages: Passages) -> _Run:
    begin, end = float(sound.span.start) - _BEFORE[sound.kind], float(sound.span.end)
    inside = np.flatnonzero((passages.ends > begin) & (passages.starts < end))
    if not len(inside):
        return _Run((sound,), sound.span, 0, -1)
    first, last = int(inside[0]), int(inside[-1])
    said = passages.span(first, last)
    span = TimeRange(min(said.start, sound.span.start), max(said.end, sound.span.end))
    return _Run((sound,), span, first, last)


def _moment(wish: SoundWish, run: _Run, passages: Passages, nearby: Nearby) -> Moment | None:
    missed = 1.0
    for sound in run.sounds:
        length = 1 - math.exp(-float(sound.span.duration) / _TYPICAL[sound.kind])
        missed *= 1 - min(1.0, sound.strength * length)
    confidence = (1 - missed) * _SUREST
    if wish.topic:
        held = _held(nearby.topic, run, passages)
        if held <= 0:
            return None
        confidence *= held / (held + _HALF_HELD)
    if nearby.who is not None:
        confidence *= max(_STRANGER, _held(nearby.who, run, passages))
    kinds = sorted({sound.kind for sound in run.sounds})
    excerpt = passages.excerpt(run.first, run.last) if run.last >= run.first else ""
    return Moment(run.span, excerpt, round(min(confidence, _SUREST), 4), " and ".join(kinds))


def _held(evidence: Evidence | None, run: _Run, passages: Passages) -> float:
    """How much of a text is spoken of around a run, 0..1."""
    if evidence is None:
        return 0.0
    near = (passages.ends > float(run.span.start) - _AROUND) & (passages.starts < float(run.span.end) + _AROUND)
    counts = evidence.counts[:, near].sum(axis=1)
    return min(1.0, float(evidence.weights @ (counts / (counts + 1))) * 2)
