"""Small transcripts for the tests of selection."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin

BREAD = (
    "Today we bake a loaf of bread.",
    "You need flour, water, salt and yeast.",
    "Mix the flour with warm water and let it rest.",
    "Knead the dough for ten minutes until it is smooth.",
    "Then the dough has to rise under a towel.",
    "Bake it in a hot oven until the crust is brown.",
)
BICYCLE = (
    "Now let me show you how to repair a flat tyre.",
    "Turn the bicycle upside down and take the wheel off.",
    "Pull the inner tube out and look for the hole.",
    "Put a patch on the hole and press it firmly.",
    "Pump the tyre up and put the wheel back.",
)
TELESCOPE = (
    "At night we look at the planets through a telescope.",
    "Jupiter shows four bright moons in a line.",
    "Saturn has a ring that even a small telescope shows.",
    "Move slowly, because the sky turns while you look.",
)
TALK = (*BREAD, *BICYCLE, *TELESCOPE)


def transcript_of(texts: Sequence[str], *, seconds: int = 5, language: str = "en") -> Transcript:
    """A transcript with one cue a text, each so many seconds long and a fifth of a second apart."""
    segments = tuple(
        Segment(text, TimeRange(Fraction(number * seconds), Fraction((number + 1) * seconds) - Fraction(1, 5)))
        for number, text in enumerate(texts)
    )
    return Transcript(segments, language, TranscriptOrigin.GIVEN)
