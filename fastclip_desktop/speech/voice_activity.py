"""Where somebody speaks, found while the sound comes in.

Silero's detector, which comes with faster-whisper, says of each 32 ms how likely they are speech. What makes stretches
of that is written here, because theirs wants the whole recording in memory: five hours are 1.2 GB.

The levels are lower than usual (0.5 and 0.35). Speech that is passed over is lost for good, while sound that is none
is found out later, by what Whisper makes of it. On a noisy recording of the moon landing they found 39 seconds of
speech instead of 23, and still none in noise, tones and silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fastclip_desktop.speech.speech_windows import AIR, LONGEST, RATE, Stretch, Voice

FRAME = 512
"""Samples that one probability is about."""

_BEGINS = 0.35
"""The probability from which on a frame begins speech."""
_ENDS = 0.2
"""The probability below which a frame may end it."""
_PAUSE = 10
"""Frames (0.32 s) below that level that do end it."""
_SHORTEST = 3
"""Frames (0.1 s) of speech below which it is none."""
_LONGEST = (LONGEST - 2 * AIR) // FRAME
"""Frames of speech behind which it is split at its weakest place."""
_SPLIT_FROM = _LONGEST * 6 // 10
"""Frames that the first half has at least."""
_CHUNK = 30 * RATE // FRAME
"""Frames that the detector looks at together."""
_WARM_UP = 2 * RATE // FRAME
"""Frames before them that it looks at once more, because it begins without any memory."""
_INAUDIBLE = 1e-4
"""Full scale 1: what is nowhere louder than -80 dB is not looked at."""

Detector = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Takes sound, a multiple of :data:`FRAME` samples, and gives the probability of speech for each frame."""


class _Block(Protocol):
    @property
    def first(self) -> int: ...
    @property
    def samples(self) -> NDArray[np.float32]: ...


def silero() -> Detector:
    """The detector that comes with faster-whisper; it takes a fifth of a second to load."""
    from faster_whisper.vad import get_vad_model

    model = get_vad_model()

    def probabilities(sound: NDArray[np.float32]) -> NDArray[np.float32]:
        # It writes into what it is given.
        return np.asarray(model(sound.copy()), np.float32).reshape(-1)

    return probabilities


def find_voices(blocks: Iterable[_Block], detect: Detector) -> Iterator[Voice]:
    """The speech in a recording, in order; none of it is longer than a window.

    Args:
        blocks: the recording, in rising order; where one does not begin at the end of the last there is a gap.
        detect: says what is speech.
    """
    for run in _runs(blocks):
        finder = _Finder()
        for first, sound, probabilities in _watched(run, detect):
            yield from finder.take(first, sound, probabilities)
        yield from finder.finish()


def _runs(blocks: Iterable[_Block]) -> Iterator[Iterator[_Block]]:
    """The blocks of each stretch without a gap; each has to be used up before the next."""
    remaining = iter(blocks)
    ahead: list[_Block] = list(_next(remaining))

    def run() -> Iterator[_Block]:
        while ahead:
            block = ahead.pop()
            yield block
            ahead.extend(_next(remaining))
            if ahead and ahead[0].first != block.first + len(block.samples):
                return

    while ahead:
        yield run()


def _next(blocks: Iterator[_Block]) -> Iterator[_Block]:
    for block in blocks:
        yield block
        return


def _watched(run: Iterator[_Block], detect: Detector) -> Iterator[tuple[int, NDArray[np.float32], NDArray[np.float32]]]:
    """Whole frames with their first sample and probabilities; the last one is filled up with silence."""
    position: int | None = None
    waiting: list[NDArray[np.float32]] = []
    before = np.zeros(0, np.float32)
    size = 0
    for block in run:
        position = block.first if position is None else position
        waiting.append(block.samples)
        size += len(block.samples)
        if size >= _CHUNK * FRAME:
            sound = np.concatenate(waiting)
            whole = size // FRAME * FRAME
            waiting, size = [sound[whole:]], size - whole
            yield position, sound[:whole], _probabilities(before, sound[:whole], detect)
            position += whole
            before = sound[:whole][-_WARM_UP * FRAME :]
    if position is not None and size:
        sound = np.concatenate(waiting)
        filled = np.pad(sound, (0, -size % FRAME))
        yield position, sound, _probabilities(before, filled, detect)


def _probabilities(before: NDArray[np.float32], sound: NDArray[np.float32], detect: Detector) -> NDArray[np.float32]:
    if np.abs(sound).max() < _INAUDIBLE:
        return np.zeros(len(sound) // FRAME, np.float32)
    return detect(np.concatenate([before, sound]))[len(before) // FRAME :]


class _Finder:
    """Makes stretches of probabilities; positions are in frames from the first sample it gets."""

    def __init__(self) -> None:
        self._first: int | None = None
        self._sound = np.zeros(0, np.float32)
        self._sound_at = 0  # the source's sample at which ``_sound`` begins
        self._seen = 0
        self._open: int | None = None
        self._weak = 0
        self._levels: list[float] = []
        """The probabilities of the frames since speech began."""
        self._ready: list[tuple[int, int]] = []
        """Speech that waits for the sound around it: frames ``begin <= n < end``."""
        self._last_end = 0

    def take(self, first: int, sound: NDArray[np.float32], probabilities: NDArray[np.float32]) -> Iterator[Voice]:
        if self._first is None:
            self._first = self._sound_at = first
        self._sound = np.concatenate([self._sound, sound])
        for probability in probabilities.tolist():
            self._hear(probability)
            self._seen += 1
        yield from self._voices(last=False)
        self._forget()

    def finish(self) -> Iterator[Voice]:
        if self._open is not None:
            self._close(self._seen - self._weak)
        yield from self._voices(last=True)

    def _hear(self, probability: float) -> None:
        if self._open is None:
            if probability < _BEGINS:
                return
            self._open, self._weak, self._levels = self._seen, 0, []
        self._levels.append(probability)
        self._weak = self._weak + 1 if probability < _ENDS else 0
        if self._weak >= _PAUSE:
            self._close(self._seen + 1 - self._weak)
        elif len(self._levels) >= _LONGEST:
            self._split()

    def _close(self, end: int) -> None:
        if self._open is not None and end - self._open >= _SHORTEST:
            self._ready.append((self._open, end))
        self._open, self._levels = None, []

    def _split(self) -> None:
        """End speech where it is weakest and go on from there: most likely between two words."""
        levels = np.asarray(self._levels, np.float32)
        smooth = np.convolve(levels, np.full(3, 1 / 3), mode="same")
        smooth[-1] = levels[-1]
        at = _SPLIT_FROM + int(np.argmin(smooth[_SPLIT_FROM:]))
        begin = self._open or 0
        self._ready.append((begin, begin + at))
        self._open, self._levels = begin + at, self._levels[at:]

    def _voices(self, *, last: bool) -> Iterator[Voice]:
        """Speech whose surroundings are known."""
        while self._ready:
            begin, end = self._ready[0]
            stretch = Stretch(self._sample(begin), self._sample(end))
            known = self._sound_at + len(self._sound)
            if not last and known < stretch.end + AIR:
                return
            del self._ready[0]
            following = self._ready[0][0] if self._ready else self._open
            behind = known if following is None else max(stretch.end, self._sample(following))
            # Air belongs to nobody, so that neighbours may share it; speech doesn't.
            begin_air = max(stretch.start - AIR, self._last_end, self._sound_at)
            end_air = min(stretch.end + AIR, behind, known)
            self._last_end = stretch.end
            sound = self._sound[begin_air - self._sound_at : end_air - self._sound_at]
            stretch = Stretch(stretch.start, min(stretch.end, known))
            yield Voice(stretch, sound.copy(), begin_air)

    def _sample(self, frame: int) -> int:
        return (self._first or 0) + frame * FRAME

    def _forget(self) -> None:
        """Drop sound that no later stretch holds."""
        open_frames = [begin for begin, _ in self._ready] + ([] if self._open is None else [self._open])
        needed = self._sample(min(open_frames, default=self._seen)) - AIR
        drop = max(0, needed - self._sound_at)
        self._sound = self._sound[drop:].copy()
        self._sound_at += drop
