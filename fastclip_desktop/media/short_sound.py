"""The sound of a short: its pieces joined without a click, as loud as shorts are, with no peak that would clip.

Where two pieces meet, the few milliseconds behind the one fade into the beginning of the other with equal power. All is
mixed into a file without a name first and measured there: how much louder it has to be can't be known before. Then one
gain goes over everything. Only where that would lift a peak above the ceiling does a limiter hold the peaks, at four
times the rate so that those between two samples are held, too; what it takes from the loudness is given back.

Loudness is that of EBU R 128, the peaks are the true peaks of ITU-R BS.1770.
"""

from __future__ import annotations

import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING

import av.error
import numpy as np
from av.audio.frame import AudioFrame
from av.filter import Graph

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.decoding import SourceTrack
from fastclip_desktop.media.join_sources import JoinSource
from fastclip_desktop.media.joined_sound import JoinedSound, Samples, Window, chunk_of
from fastclip_desktop.media.loudness import LoudnessMeter
from fastclip_desktop.media.short_pieces import PlacedPiece, Placing, Reading
from fastclip_desktop.media.sound import SoundCut, cut_sound, find_sound, sound_settings

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.filter.context import FilterContext

RATE = 48_000
CHANNELS = 2
SETTINGS = sound_settings(OutputFormat.MP4, RATE, CHANNELS)
"""The same for all shorts, so that any of them join; one channel would also be measured 3 LU too quiet."""

CEILING = -2.0
"""dBTP that no peak passes before it is encoded; AAC adds up to 1 dB to single ones."""

MOST_GAIN = 24.0
"""Decibels by which sound is made louder at most: somebody who speaks far from their phone still comes to the front,
and a room in which nobody speaks stays in the background."""

_JOINT = Fraction(6, 1000)
_BEGIN, _END = Fraction(10, 1000), Fraction(30, 1000)
"""Seconds of the fades between two pieces, and at the short's beginning and end."""

_LOOK_BACK = Fraction(1, 2)
"""Seconds of decoded sound that are kept for a piece which begins before the end of the fade behind the last one."""

_NEAR_ENOUGH = 0.1
_TRIES = 4
"""LU by which limited sound may miss its loudness, and how often its gain is set anew."""

_MOST_GIVEN_BACK = 6.0
"""Decibels that are added at most for what the limiter took: beyond that it would be heard at work."""

_PATIENCE = 0.1
"""Seconds between two looks at whether the work should stop."""

_CHUNK = RATE
_BYTES = CHANNELS * 4


@dataclass(slots=True)
class ShortSound:
    """The sound of one short.

    Args:
        source: where it comes from.
        placing: where its pieces belong.
        loudness: LUFS that it is to have; ``None`` leaves it as it is.
        folder: gets the file without a name.
        check: called again and again; stops the work by raising.

    Attributes:
        notes: sentences for the receipt.
        before: LUFS of the joined sound; ``None`` for silence.
    """

    source: JoinSource
    placing: Placing
    loudness: float | None
    folder: Path
    check: Callable[[], None]
    notes: list[str] = field(default_factory=list)
    before: float | None = None
    _meter: LoudnessMeter = field(default_factory=LoudnessMeter)
    _errors: int = 0
    _heard: Fraction = Fraction(0)
    _is_read: threading.Event = field(default_factory=threading.Event)

    @property
    def after(self) -> float | None:
        """LUFS of what was given so far; ``None`` for silence."""
        return self._meter.integrated

    def heard_until(self) -> Fraction:
        """Seconds of the short after which nothing is heard any more; waits for another thread to read the sound.

        Raises:
            Cancelled: if it was stopped meanwhile.
        """
        while not self._is_read.wait(_PATIENCE):
            self.check()
        return self._heard

    def frames(self) -> Iterator[AudioFrame]:
        """All of it for the encoder; silence where there is nothing to hear.

        Raises:
            InputError: if the disk is full or the source cannot be read any more.
        """
        try:
            with tempfile.TemporaryFile(dir=self.folder) as spool:
                meter = LoudnessMeter(peaks=True)
                for frame in self._joined():
                    meter.hear(frame)
                    _write(spool, frame)
                self._is_read.set()
                self.before = meter.integrated
                self._say()
                gain, limited = self._level(spool, meter.true_peak)
                for frame in _changed(_read(spool, self.check), gain, limited=limited):
                    self._meter.hear(frame)
                    yield frame
        finally:
            self._is_read.set()  # nobody may wait for sound that will never come

    def _say(self) -> None:
        if self._errors:
            self.notes.append(f"{self._errors} damaged {'packet' if self._errors == 1 else 'packets'} of sound passed.")
        if not self._heard and not self.notes:
            self.notes.append("The source has no sound in this range.")

    def _level(self, spool: IO[bytes], peak: float) -> tuple[float, bool]:
        """The gain in decibels, and whether peaks have to be held."""
        if self.loudness is None or self.before is None:
            return 0.0, False
        wanted = min(self.loudness, self.before + MOST_GAIN)
        gain = wanted - self.before
        if peak + gain <= CEILING:
            self._tell(gain, limited=False)
            return gain, False
        most = gain + _MOST_GIVEN_BACK
        for _ in range(_TRIES):
            meter = LoudnessMeter()
            for frame in _changed(_read(spool, self.check), gain, limited=True):
                meter.hear(frame)
            missing = wanted - (meter.integrated or wanted)
            if abs(missing) <= _NEAR_ENOUGH:
                break
            gain = min(gain + missing, most)
        self._tell(gain, limited=True)
        return gain, True

    def _tell(self, gain: float, *, limited: bool) -> None:
        if self.before is None or self.loudness is None or (abs(gain) < _NEAR_ENOUGH and not limited):
            return
        if self.loudness - self.before > MOST_GAIN:
            self.notes.append(
                f"The sound is very quiet, {self.before:.1f} LUFS; it was made only {gain:.0f} dB louder, so that its "
                "noise stays in the background."
            )
            return
        held = "; its peaks were held" if limited else ""
        way = "louder" if gain >= 0 else "quieter"
        self.notes.append(f"The sound was made {abs(gain):.1f} dB {way}, from {self.before:.1f} LUFS{held}.")

    def _joined(self) -> Iterator[AudioFrame]:
        """The pieces one after another."""
        mixer = JoinedSound(SETTINGS)
        pieces = [piece for part in self.placing.readings for piece in part.pieces]
        for part in self.placing.readings:
            with ExitStack() as stack:
                cut = self._find(stack, part)
                if cut is None or self.source.sound is None:
                    continue
                run = _Run(cut_sound(cut, SETTINGS))
                with reading(self.source.sound):
                    for piece in part.pieces:
                        place, fades = self._window(piece, pieces)
                        first = round((piece.source - part.pieces[0].source) * RATE)
                        chunks = run.between(first, first + round(place * RATE))
                        yield from mixer.mix(chunks, fades)
                self._errors += cut.log.errors
        self._heard = Fraction(mixer.heard, RATE)
        yield from mixer.rest()
        if not self._heard:
            yield from _silence(0, round(self.placing.duration * RATE))

    def _window(self, piece: PlacedPiece, pieces: list[PlacedPiece]) -> tuple[Fraction, Window]:
        """Seconds that are taken of a piece, and how they sound."""
        rate = self.placing.rate
        is_first, is_last = piece is pieces[0], piece is pieces[-1]
        start, length = piece.first / rate, piece.pictures / rate
        most = length / 4
        behind = Fraction(0) if is_last else _JOINT
        place = TimeRange(start, start + length + behind)
        fade_in = min(most, _BEGIN) if is_first else _JOINT
        fade_out = min(most, _END) if is_last else _JOINT
        return length + behind, Window(place, fade_in, fade_out, behind)

    def _find(self, stack: ExitStack, part: Reading) -> SoundCut | None:
        path = self.source.sound
        tracks = self.source.sound_tracks
        if path is None or not tracks:
            return None
        last = part.pieces[-1]
        start, end = part.pieces[0].source, last.source + last.pictures / self.placing.rate + _JOINT
        zero = self.source.clock.sound
        track: SourceTrack[AudioStream] = stack.enter_context(SourceTrack(path, tracks[0].index))
        try:
            with reading(path):
                return find_sound(track, zero + start, zero + end, self.check)
        except InputError as error:
            if error.code is ErrorCode.ENCRYPTED_MEDIA:
                raise
            self.notes.append(f"The short is silent in part: {error.message}")
            return None


class _Run:
    """Sound that is read once, in order; the latest of it can be had again."""

    def __init__(self, frames: Iterator[AudioFrame]) -> None:
        self._frames = frames
        self._kept: deque[tuple[int, Samples]] = deque()

    def between(self, first: int, last: int) -> Iterator[tuple[int, Samples]]:
        """Samples ``first <= n < last``, each chunk with how many samples after ``first`` it begins."""
        for begin, samples in self._from(first):
            if begin >= last:
                return
            early = max(0, first - begin)
            inside = samples[:, early : last - begin]
            if inside.shape[1]:
                yield begin + early - first, inside

    def _from(self, first: int) -> Iterator[tuple[int, Samples]]:
        yield from [chunk for chunk in self._kept if chunk[0] + chunk[1].shape[1] > first]
        for frame in self._frames:
            begin, samples = chunk_of(frame)
            self._kept.append((begin, samples))
            while self._kept[0][0] + self._kept[0][1].shape[1] < begin - _LOOK_BACK * RATE:
                self._kept.popleft()
            yield begin, samples


def _write(spool: IO[bytes], frame: AudioFrame) -> None:
    spool.write(np.ascontiguousarray(frame.to_ndarray().T).tobytes())


def _read(spool: IO[bytes], check: Callable[[], None]) -> Iterator[AudioFrame]:
    """Everything that was written, in pieces of a second."""
    spool.seek(0)
    at = 0
    while data := spool.read(_CHUNK * _BYTES):
        check()
        samples = np.frombuffer(data, np.float32).reshape(-1, CHANNELS).T
        yield _frame(samples, at)
        at += samples.shape[1]


def _silence(begin: int, end: int) -> Iterator[AudioFrame]:
    while begin < end:
        count = min(_CHUNK, end - begin)
        yield _frame(np.zeros((CHANNELS, count), np.float32), begin)
        begin += count


def _frame(samples: Samples, at: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=SETTINGS.layout)
    frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), at
    return frame


def _changed(frames: Iterable[AudioFrame], gain: float, *, limited: bool) -> Iterator[AudioFrame]:
    """Sound that is louder by so many decibels, with its peaks held below :data:`CEILING` if they have to be."""
    if not limited:
        factor = np.float32(10 ** (gain / 20))
        for frame in frames:
            at, samples = chunk_of(frame)
            yield _frame(samples * factor, at)
        return
    graph = Graph()
    entry: FilterContext = graph.add_abuffer(
        sample_rate=RATE, format="fltp", layout=SETTINGS.layout, time_base=Fraction(1, RATE)
    )
    limit = {"limit": f"{10 ** (CEILING / 20):.6f}", "attack": "5", "release": "60", "level": "0", "latency": "1"}
    leave = graph.add("abuffersink")
    graph.link_nodes(
        entry,
        graph.add("volume", volume=f"{gain:.4f}dB", precision="float"),
        graph.add("aresample", sample_rate=str(4 * RATE)),
        graph.add("alimiter", **limit),
        graph.add("aresample", sample_rate=str(RATE)),
        graph.add("aformat", sample_fmts="fltp", channel_layouts=SETTINGS.layout),
        leave,
    )
    graph.configure()
    at = 0
    for given in _with_end(frames):
        entry.push(given)
        for made in _pulled(leave):
            made.pts, made.time_base = at, Fraction(1, RATE)
            at += made.samples
            yield made


def _with_end(frames: Iterable[AudioFrame]) -> Iterator[AudioFrame | None]:
    yield from frames
    yield None


def _pulled(leave: FilterContext) -> Iterator[AudioFrame]:
    try:
        while True:
            made = leave.pull()
            if isinstance(made, AudioFrame):
                yield made
    except (av.error.BlockingIOError, av.error.EOFError):
        return
