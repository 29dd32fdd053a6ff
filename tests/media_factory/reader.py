"""Reads numbers and positions back out of a file, through the container's own times."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tests.media_factory.barcode import UnreadableFrameError, read_number

_ROUNDED_TIME = Fraction(2, 1000)
"""Matroska and FLV round time stamps to milliseconds: a smaller gap between packets is no gap."""


class UnplacedSoundError(AssertionError):
    """The clip's sound is not where it should be in the source, or lies there in pieces."""


@dataclass(frozen=True, slots=True)
class FrameRead:
    """One decoded frame: the number it carries, its presentation time in seconds, and whether it is a key frame."""

    number: int
    pts: Fraction
    key: bool


@dataclass(frozen=True, slots=True)
class SoundRead:
    """A decoded sound track as mono; ``start`` is the presentation time of ``samples[0]`` in seconds."""

    samples: NDArray[np.float32]
    sample_rate: int
    start: Fraction


def read_frame_numbers(path: Path, turned: int = 0, track: int = 0) -> list[FrameRead]:
    """Every frame of a picture track in the order of presentation.

    Args:
        path: the file.
        turned: degrees clockwise by which the pixels stand turned (a display matrix turns none).
        track: which picture track.

    Raises:
        UnreadableFrameError: if any frame's number cannot be read for sure.
    """
    reads = []
    with av.open(str(path)) as container:
        for frame in container.decode(container.streams.video[track]):
            try:
                number = read_number(_luma(frame), turned)
            except UnreadableFrameError as error:
                raise UnreadableFrameError(f"{path.name} frame {len(reads)}: {error}") from None
            reads.append(FrameRead(number, Fraction(frame.pts) * frame.time_base, bool(frame.key_frame)))
    return reads


def _luma(frame: av.VideoFrame) -> NDArray[np.uint8]:
    if frame.format.name in {"yuv420p", "yuv422p", "yuv444p", "nv12", "yuvj420p", "yuvj422p", "yuvj444p"}:
        plane = frame.planes[0]
        rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
        return rows[: frame.height, : frame.width]
    return frame.reformat(format="gray").to_ndarray()


def read_sound(path: Path, track: int = 0, sample_rate: int | None = None) -> SoundRead:
    """A sound track as mono, placed by its own time stamps; what no packet covers is silence.

    Args:
        path: the file.
        track: which sound track.
        sample_rate: resample to it.
    """
    pieces: list[tuple[Fraction, NDArray[np.float32]]] = []
    with av.open(str(path)) as container:
        stream = container.streams.audio[track]
        rate = sample_rate or stream.codec_context.sample_rate
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        frames = itertools.chain(container.decode(stream), [None])
        for frame in frames:
            pieces.extend((mono.pts * mono.time_base, mono.to_ndarray()[0]) for mono in resampler.resample(frame))
    start = pieces[0][0]
    joined: list[NDArray[np.float32]] = []
    have = 0
    for time, piece in pieces:
        gap = round((time - start) * rate) - have
        if abs(gap) > rate * _ROUNDED_TIME:
            joined.append(np.zeros(max(gap, 0), np.float32))
            piece = piece[max(-gap, 0) :]  # noqa: PLW2901 - the overlapping part was heard already
            have += max(gap, 0)
        joined.append(piece)
        have += len(piece)
    return SoundRead(np.concatenate(joined), rate, start)


def read_sound_shift(
    clip: Path,
    source: Path,
    expected: Fraction,
    *,
    window: Fraction = Fraction(1, 4),
    tracks: tuple[int, int] = (0, 0),
    tolerance: int = 1,
) -> Fraction:
    """How far the clip's sound lies from the source's: the source second that sounds at the clip's zero.

    It is in step with the picture when a frame's source time minus its clip time is the same number. Three stretches
    of the clip (its beginning, middle and end) are looked for by cross-correlation and must agree.

    Args:
        clip: the cut file.
        source: the file it was cut from.
        expected: about where to look, in seconds.
        window: how far to look on either side, in seconds.
        tracks: which sound track of the clip and of the source.
        tolerance: samples by which the stretches may differ.

    Returns:
        Seconds, to the sample at the clip's rate.

    Raises:
        UnplacedSoundError: if a stretch is not found there, or they disagree: drift, a gap, a doubled packet.
    """
    ours = read_sound(clip, tracks[0])
    theirs = read_sound(source, tracks[1], sample_rate=ours.sample_rate)
    rate = ours.sample_rate
    stretch = min(rate // 5, len(ours.samples) // 3)
    reach = round(window * rate)
    lags = []
    for begin in (0, (len(ours.samples) - stretch) // 2, len(ours.samples) - stretch):
        time = ours.start + Fraction(begin, rate) + expected
        guess = round((time - theirs.start) * rate)
        piece = ours.samples[begin : begin + stretch]
        lag = _place(piece, theirs.samples, guess, reach)
        lags.append(lag - begin)
    if max(lags) - min(lags) > tolerance:
        raise UnplacedSoundError(f"{clip.name}: stretches lie {[lag - lags[0] for lag in lags]} samples apart")
    return theirs.start + Fraction(lags[0], rate) - ours.start


def _place(piece: NDArray[np.float32], samples: NDArray[np.float32], guess: int, reach: int) -> int:
    """The index in ``samples`` at which ``piece`` fits best, within ``reach`` of ``guess``."""
    first = guess - reach
    padded = np.zeros(2 * reach + len(piece), np.float64)
    low, high = max(0, first), min(len(samples), first + len(padded))
    if high > low:
        padded[low - first : high - first] = samples[low:high]
    size = 1 << (len(padded) + len(piece)).bit_length()
    spectrum = np.fft.rfft(padded, size) * np.conj(np.fft.rfft(piece.astype(np.float64), size))
    scores = np.fft.irfft(spectrum, size)[: 2 * reach + 1]
    squares = np.concatenate([[0.0], np.cumsum(padded**2)])
    energies = squares[len(piece) :] - squares[: -len(piece)]
    energy = float((piece.astype(np.float64) ** 2).sum())
    likeness = scores / np.sqrt(np.maximum(energies[: len(scores)] * energy, 1e-12))
    best = int(np.argmax(likeness))
    if energy < 1e-6 or likeness[best] < 0.7:
        raise UnplacedSoundError(f"no stretch within {reach} samples of {guess} is alike (best {likeness[best]:.2f})")
    return first + best
