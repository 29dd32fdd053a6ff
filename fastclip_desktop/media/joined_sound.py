"""Mixes the sound of parts into one piece: each part begins and ends on its sample, without a click at the joints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from av.audio.frame import AudioFrame
from numpy.typing import NDArray

from fastclip_desktop.domain.montage import Montage, TransitionKind
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.sound import SoundCut, SoundSettings, cut_sound

Samples: TypeAlias = NDArray[np.float32]

_CLICK_FADE = Fraction(3, 1000)
"""Seconds over which a part's sound comes and goes where it is joined: too short to hear, too long to click."""

_SOFT_FADE = Fraction(1, 10)
"""Seconds over which it does beside a dissolving picture."""

_LONGEST_FRAME = 1 << 16
"""Samples handed to the encoder at a time."""


@dataclass(frozen=True, slots=True)
class Window:
    """Where a part sounds in the joined clip.

    Attributes:
        place: seconds of the joined clip.
        fade_in: seconds from its start over which it comes.
        fade_out: seconds before its end over which it goes.
        overlap: seconds before its end in which the next part sounds, too.
    """

    place: TimeRange
    fade_in: Fraction = Fraction(0)
    fade_out: Fraction = Fraction(0)
    overlap: Fraction = Fraction(0)


def window_of(montage: Montage, number: int, place: TimeRange) -> Window:
    """How part ``number`` of a montage, counting from 0, sounds at a place of the joined clip."""
    transition = montage.transition
    shortest = place.duration / 4
    match transition.kind:
        case TransitionKind.OVERLAP:
            fade = transition.seconds
        case TransitionKind.CROSS_FADE:
            fade = min(_SOFT_FADE, shortest)
        case _:
            fade = min(_CLICK_FADE, shortest)
    nothing = Fraction(0)
    is_last = number == len(montage.parts) - 1
    return Window(
        place,
        fade_in=nothing if number == 0 else fade,
        fade_out=nothing if is_last else fade,
        overlap=transition.seconds if transition.kind is TransitionKind.OVERLAP and not is_last else nothing,
    )


class JoinedSound:
    """One sound track of a joined clip.

    Args:
        settings: what the encoder gets; its sample format is ``fltp``.

    Attributes:
        heard: samples from the clip's zero to the end of what was heard last.
        given: samples that came out so far.
    """

    def __init__(self, settings: SoundSettings) -> None:
        self.heard = 0
        self._settings = settings
        self._rate = settings.sample_rate
        self.given = 0
        channels = {"mono": 1, "stereo": 2, "5.1": 6}[settings.layout]
        self._waiting: Samples = np.zeros((channels, 0), np.float32)

    def part(self, cut: SoundCut | None, window: Window) -> Iterator[AudioFrame]:
        """Frames that are complete once this part is mixed in; parts come in order.

        Args:
            cut: the part's sound from its zero on; ``None`` for a silent part.
            window: where it belongs.
        """
        frames = () if cut is None else cut_sound(cut, self._settings)
        yield from self.mix(map(chunk_of, frames), window)

    def mix(self, chunks: Iterable[tuple[int, Samples]], window: Window) -> Iterator[AudioFrame]:
        """Frames that are complete once samples are mixed in; parts come in order.

        Args:
            chunks: how many samples after the part's start they begin, and samples of shape (channels, n).
            window: where the part belongs.
        """
        first, last = round(window.place.start * self._rate), round(window.place.end * self._rate)
        final = last - round(window.overlap * self._rate)
        for since_start, chunk in chunks:
            at = first + since_start
            samples = chunk[:, : max(0, last - at)]
            if not samples.shape[1]:
                break
            self._add(at, self._faded(samples, at - first, last - at, window))
            self.heard = at + samples.shape[1]
            yield from self._give(min(self.heard, final))

    def rest(self) -> Iterator[AudioFrame]:
        """What is left after the last part."""
        yield from self._give(self.given + self._waiting.shape[1])

    def _faded(self, samples: Samples, since_start: int, to_end: int, window: Window) -> Samples:
        """Samples of a part, counted from its start and to its end, as loud as they are to be."""
        count = samples.shape[1]
        if window.fade_in * self._rate > since_start:
            samples = samples * _rising(np.arange(since_start, since_start + count), window.fade_in * self._rate)
        if window.fade_out * self._rate > to_end - count:
            samples = samples * _rising(np.arange(to_end - 1, to_end - 1 - count, -1), window.fade_out * self._rate)
        return samples

    def _add(self, at: int, samples: Samples) -> None:
        """Mix samples in; what comes too late is dropped."""
        begin = at - self.given
        if begin < 0:
            samples, begin = samples[:, -begin:], 0
        missing = begin + samples.shape[1] - self._waiting.shape[1]
        if missing > 0:
            silence = np.zeros((len(self._waiting), missing), np.float32)
            self._waiting = np.concatenate([self._waiting, silence], axis=1)
        self._waiting[:, begin : begin + samples.shape[1]] += samples

    def _give(self, until: int) -> Iterator[AudioFrame]:
        while self.given < until:
            count = min(until - self.given, _LONGEST_FRAME)
            ready, self._waiting = self._waiting[:, :count], self._waiting[:, count:]
            frame = AudioFrame.from_ndarray(np.ascontiguousarray(ready), format="fltp", layout=self._settings.layout)
            frame.sample_rate, frame.time_base, frame.pts = self._rate, Fraction(1, self._rate), self.given
            self.given += count
            yield frame


def chunk_of(frame: AudioFrame) -> tuple[int, Samples]:
    """A frame as :meth:`JoinedSound.mix` takes it: its time stamp in samples, and samples of shape (channels, n)."""
    return frame.pts or 0, frame.to_ndarray().astype(np.float32, copy=False)


def _rising(distance: NDArray[np.int64], length: Fraction) -> Samples:
    """From silent to full over a length in samples. Of two sounds that cross, the powers add up to one."""
    share = np.clip((distance + 0.5) / float(length), 0, 1)
    gain: Samples = np.sin(share * (np.pi / 2)).astype(np.float32)
    return gain
