"""The stage that finds laughter, applause, music, silence and loud places."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.domain.finding_stages import HearSounds
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.sound import Sound, SoundKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.inference.audio_tagger import FRAME, HOP, KINDS, AudioTagger
from fastclip_desktop.media.sound_events import LevelMeter, Stretching, silent_and_loud, stretches
from fastclip_desktop.media.speech_sound import RATE, SpeechSound

_HOW: dict[SoundKind, Stretching] = {
    # Speech alone scores below 0.1 as either of the first two; a giggle under speech 0.2 to 0.5.
    SoundKind.LAUGHTER: Stretching(0.25, 0.1, Fraction(2, 5), Fraction(1)),
    SoundKind.APPLAUSE: Stretching(0.25, 0.1, Fraction(9, 10), Fraction(3, 2)),
    # A jingle under a voice wavers between 0.2 and 0.9; a short tone is no music.
    SoundKind.MUSIC: Stretching(0.5, 0.2, Fraction(2), Fraction(5, 2)),
}
_LEAD = Fraction((FRAME - HOP) // 2, RATE)
"""Seconds from a frame's beginning to the part that no other frame hears better."""


def perform(request: HearSounds, reporter: Reporter) -> tuple[Sound, ...]:
    """Hear the whole track once, in blocks; the sounds in order of time.

    Raises:
        InputError: see :class:`~fastclip_desktop.media.speech_sound.SpeechSound` and
            :class:`~fastclip_desktop.inference.audio_tagger.AudioTagger`.
        Cancelled: if the reporter says so.
    """
    reporter.report(0)
    tagger = None if request.model is None else AudioTagger(request.model)
    track = SpeechSound(request.media)
    meter = LevelMeter(RATE)
    length = float(track.duration * RATE) or float("inf")
    end = 0
    for block in track.blocks(reporter.cancel.check):
        end = block.first + len(block.samples)
        meter.hear(block.first, block.samples)
        if tagger is not None:
            tagger.hear(block.first, block.samples)
        reporter.report(block.first / length)
    sounds = list(silent_and_loud(meter.decibels))
    if tagger is not None:
        tagger.finish()
        sounds += _named(tagger.scores, Fraction(end, RATE))
    reporter.report(1)
    return tuple(sorted(sounds, key=lambda sound: (sound.span.start, sound.span.end, sound.kind)))


def _named(scores: NDArray[np.float32], source_end: Fraction) -> Iterator[Sound]:
    hop = Fraction(HOP, RATE)
    for column, kind in enumerate(KINDS):
        values = scores[:, column]
        for begin, end in stretches(values, hop, _HOW[kind]):
            start, finish = begin * hop + _LEAD, min(end * hop + _LEAD, source_end)
            if start < finish:
                yield Sound(kind, TimeRange(start, finish), round(float(values[begin:end].max()), 3))
