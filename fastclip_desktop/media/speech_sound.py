"""A sound track as speech recognition wants it: mono, 16,000 samples a second, on the source's own clock.

Sound is placed by its time stamps, never by counting: a track that starts late has its first sample where it is heard,
and a gap in it is a gap between two blocks. Memory stays at a block or two whatever the source's length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.sound import find_sound

if TYPE_CHECKING:
    from pathlib import Path

    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream

RATE = 16_000
"""Samples a second."""

_BLOCK = 10 * RATE
"""Samples that a block has at most, but for the rest of a frame."""

_JITTER = 0.03 * RATE
"""Samples by which time stamps may wander before sound counts as missing."""

_LOST = RATE // 2
"""Samples of a gap that is silence in the same block: packets get lost, and nobody pauses for that."""

_BEHIND = Fraction(60)
"""Seconds behind the claimed end of the source to which sound may jump; headers are a little wrong at times."""

_NO_END = Fraction(1_000_000_000)
"""Seconds; what a header says of a track's end is no reason to leave out what comes behind it."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundBlock:
    """A stretch of sound without a gap.

    Attributes:
        first: the number of its first sample, counted from the source's zero at :data:`RATE`.
        samples: shape (n,), full scale 1.
    """

    first: int
    samples: NDArray[np.float32]


class SpeechSound:
    """The first sound track of a source.

    Args:
        media: local files; the one with the sound is read.

    Attributes:
        name: of the file with the sound.
        duration: seconds of the source as its headers claim; 0 where they don't.

    Raises:
        InputError: ``no_audio``, and what opening a file raises.
    """

    def __init__(self, media: FetchedMedia) -> None:
        sound = media.sound or media.picture
        info = None if sound is None else _seen(sound, media.sound_info if media.sound else media.picture_info)
        if sound is None or info is None or info.sound is None:
            name = sound.name if sound is not None else "The source"
            raise InputError(ErrorCode.NO_AUDIO, f"{name} has no sound.", "Choose a source that can be heard.")
        picture = media.picture if media.picture != sound else None
        clock = common_clock(None if picture is None else _seen(picture, media.picture_info), info)
        self.name = sound.name
        self.duration = clock.duration
        self._path = sound
        self._index = info.sound.index
        self._zero = clock.sound
        self._truncated = info.truncated

    def blocks(self, check: Callable[[], None]) -> Iterator[SoundBlock]:
        """The sound in blocks of some seconds, in rising order.

        Args:
            check: called for each packet; stops the work by raising.

        Raises:
            InputError: ``unsupported_codec``, ``encrypted_media``, or ``damaged_media`` where nothing can be decoded.
        """
        track: SourceTrack[AudioStream]
        with SourceTrack(self._path, self._index) as track, reading(self._path):
            cut = find_sound(track, self._zero, _NO_END, check)
            if cut is None:
                if self._truncated:
                    raise InputError(
                        ErrorCode.DAMAGED_MEDIA,
                        f"No sound of {self.name} can be decoded.",
                        "Download or copy it again; it may not be complete.",
                    )
                return
            end = self.duration + _BEHIND if self.duration else _NO_END
            yield from _Placer(cut.source_base, self._zero, end).blocks(cut.frames)


def _seen(path: Path, info: MediaInfo | None) -> MediaInfo:
    return probe(path) if info is None else info


def _to_mono() -> AudioResampler:
    return AudioResampler(format="flt", layout="mono", rate=RATE)


class _Placer:
    """Brings frames into form and puts them where their time stamps say."""

    def __init__(self, base: Fraction, zero: Fraction, end: Fraction) -> None:
        self._scale = float(base * RATE)
        self._zero = float(zero * RATE)
        self._limit = float(end * RATE)
        self._end = 0  # all before it was given, or lies before the source's zero
        self._form: tuple[str, str, int] | None = None
        self._resampler = _to_mono()
        self._position = 0
        """Where the first sample that waits belongs."""
        self._waiting = 0
        self._heard = 0.0
        """Where the sound that came in ends, in samples."""
        self._parts: list[NDArray[np.float32]] = []

    def blocks(self, frames: Iterator[AudioFrame]) -> Iterator[SoundBlock]:
        for frame in frames:
            at = (frame.pts or 0) * self._scale - self._zero
            form = (frame.format.name, frame.layout.name, frame.sample_rate)
            if at > self._limit and at - self._heard > _JITTER:
                # A time stamp that cannot be: the sound goes on where it was.
                self._zero += at - self._heard
                at = self._heard
            if form != self._form or abs(at - self._heard) > _JITTER:
                yield from self._go_on(round(at))
                self._form, self._heard = form, at
            self._heard += frame.samples * RATE / frame.sample_rate
            frame.pts = None  # or libswresample would want to place it, too
            self._take(self._resampler.resample(frame))
            if self._waiting >= _BLOCK:
                yield from self._block()
        yield from self._go_on(0)
        yield from self._block()

    def _go_on(self, place: int) -> Iterator[SoundBlock]:
        """Take what the resampler still holds, and go on at another place with a fresh one."""
        if self._form is not None:
            self._take(self._resampler.resample(None))
        self._resampler = _to_mono()
        missing = place - self._position - self._waiting
        if self._waiting and 0 <= missing <= _LOST:
            self._put(np.zeros(missing, np.float32))
            return
        yield from self._block()
        self._position = place

    def _take(self, made: list[AudioFrame]) -> None:
        for frame in made:
            self._put(np.frombuffer(memoryview(frame.planes[0]), np.float32)[: frame.samples].copy())

    def _put(self, samples: NDArray[np.float32]) -> None:
        self._parts.append(samples)
        self._waiting += len(samples)

    def _block(self) -> Iterator[SoundBlock]:
        if not self._parts:
            return
        samples = np.concatenate(self._parts)
        first, self._parts = self._position, []
        self._position, self._waiting = first + len(samples), 0
        late = max(0, self._end - first)
        if late < len(samples):
            self._end = first + len(samples)
            # Broken samples are not numbers in some files; no model is to see them.
            clean = np.nan_to_num(samples[late:], copy=False, nan=0.0, posinf=1.0, neginf=-1.0)
            yield SoundBlock(first + late, np.clip(clean, -1.0, 1.0))
