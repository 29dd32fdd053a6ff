"""What the timeline shows of a source, made ready to be painted; it fills as the source is read."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap

from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.preview import Peaks, Thumbnail
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment
from fastclip_desktop.editing.snapping import Mark

Levels = npt.NDArray[np.int16]

_UNREAD_LOW, _UNREAD_HIGH = 1, -1
"""As :class:`~fastclip_desktop.domain.preview.Peaks` says that a bucket was not read."""

FULL_SCALE = 32_768

_MOST_CLOSE_UPS = 600


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word, or a cue whose words have no times, where it is said."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said, made ready for the timeline.

    Attributes:
        words: in order, by words where they have times.
        cues: the same by cues.
        edges: where words begin and end, ascending.
        instants: the same in seconds.
    """

    words: Sequence[SpokenWord]
    cues: Sequence[SpokenWord]
    edges: Sequence[Fraction]
    instants: npt.NDArray[np.float64]


@dataclass(slots=True)
class _Level:
    """One zoom level of the waveform: extremes in buckets of so many seconds."""

    bucket: float
    low: Levels
    high: Levels


@dataclass(slots=True)
class Contents:
    """All that is known of a source.

    Attributes:
        duration: seconds.
        frame: seconds that a picture is shown; 0 without a picture.
        has_picture: whether there is a film strip.
        has_sound: whether there is a waveform.
        picture_spacing: seconds between two thumbnails when all are there.
        pictures: thumbnails by the seconds that they stand for, ascending.
        words: what is said, in order, by words where they have times.
        cues: the same by cues.
        matches: start, end and strength 0..1 of what fits the prompt.
        marks: what edges come to rest at.
        silences: spans without sound.
        close_ups: single pictures by their numbers, counted by the rate.
        picture_fault: no more of the film strip is going to come.
        sound_fault: no more of the waveform is.
    """

    duration: Fraction = Fraction(0)
    frame: Fraction = Fraction(1, 30)
    has_picture: bool = True
    has_sound: bool = True
    picture_spacing: float = 0.0
    pictures: list[tuple[float, int]] = field(default_factory=list)
    words: Sequence[SpokenWord] = ()
    cues: Sequence[SpokenWord] = ()
    matches: Sequence[tuple[float, float, float]] = ()
    marks: dict[Mark, Sequence[Fraction]] = field(default_factory=dict)
    silences: Sequence[TimeRange] = ()
    close_ups: dict[int, QPixmap] = field(default_factory=dict)
    picture_fault: bool = False
    sound_fault: bool = False
    _instants: dict[Mark, npt.NDArray[np.float64]] = field(default_factory=dict)
    _levels: dict[Fraction, _Level] = field(default_factory=dict)
    _pixmaps: list[QPixmap] = field(default_factory=list)
    _scaled: dict[int, QPixmap] = field(default_factory=dict)
    _scaled_size: tuple[int, float] = (0, 0.0)

    def add_picture(self, thumbnail: Thumbnail) -> None:
        """One more thumbnail."""
        pixmap = QPixmap()
        if pixmap.loadFromData(thumbnail.jpeg, "JPG"):
            self._pixmaps.append(pixmap)
            insort(self.pictures, (float(thumbnail.instant), len(self._pixmaps) - 1))

    @property
    def any_picture(self) -> QPixmap | None:
        """One of the thumbnails, which are all of one size; ``None`` while there is none."""
        return self._pixmaps[0] if self._pixmaps else None

    def picture_near(self, seconds: float, reach: float, size: tuple[int, float] | None = None) -> QPixmap | None:
        """The thumbnail that stands nearest; ``None`` where it is still to come.

        Args:
            seconds: of the source.
            reach: seconds by which it may stand apart, if no nearer one is expected.
            size: pixels in which it is wanted; it is kept in the last such size.
        """
        if not self.pictures:
            return None
        place = bisect_left(self.pictures, (seconds, -1))
        around = self.pictures[max(0, place - 1) : place + 1]
        instant, number = min(around, key=lambda each: abs(each[0] - seconds))
        if abs(instant - seconds) > max(reach, self.picture_spacing):
            return None
        return self._pixmaps[number] if size is None else self._scaled_to(number, size)

    def frames_between(self, start: float, end: float) -> range:
        """The numbers of the pictures of which something is shown in a stretch, by the rate."""
        if not self.frame:
            return range(0)
        return range(max(0, int(start / self.frame)), min(int(end / self.frame), int(self.duration / self.frame)) + 1)

    def add_close_up(self, number: int, image: QImage) -> None:
        """One picture as itself; those that came first are forgotten when there are many."""
        self.close_ups[number] = QPixmap.fromImage(image)
        while len(self.close_ups) > _MOST_CLOSE_UPS:
            del self.close_ups[next(iter(self.close_ups))]

    def _scaled_to(self, number: int, size: tuple[int, float]) -> QPixmap:
        if self._scaled_size != size:
            self._scaled_size = size
            self._scaled.clear()
        known = self._scaled.get(number)
        if known is None:
            mode = Qt.TransformationMode.SmoothTransformation
            width, height = size[0], round(size[1])
            known = self._pixmaps[number].scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
            self._scaled[number] = known
        return known

    def add_peaks(self, peaks: Peaks) -> None:
        """A stretch of the waveform at one zoom level; what was only sampled before is read over."""
        level = self._levels.get(peaks.bucket)
        if level is None:
            count = int(self.duration / peaks.bucket) + 2
            low = np.full(count, _UNREAD_LOW, dtype=np.int16)
            high = np.full(count, _UNREAD_HIGH, dtype=np.int16)
            level = self._levels[peaks.bucket] = _Level(float(peaks.bucket), low, high)
        low = np.frombuffer(peaks.low, dtype="<i2")[: max(0, len(level.low) - peaks.first)]
        high = np.frombuffer(peaks.high, dtype="<i2")[: len(low)]
        read = low <= high
        part = slice(peaks.first, peaks.first + len(low))
        level.low[part][read] = low[read]
        level.high[part][read] = high[read]

    def columns(self, start: float, per_pixel: float, width: int) -> tuple[Levels, Levels] | None:
        """The extremes of each pixel column, ``low > high`` where nothing was read; ``None`` without any waveform."""
        if not self._levels:
            return None
        fit = [level for level in self._levels.values() if level.bucket <= per_pixel]
        level = max(fit, key=lambda each: each.bucket) if fit else min(self._levels.values(), key=lambda e: e.bucket)
        edges = ((start + np.arange(width + 1) * per_pixel) / level.bucket).astype(np.int64)
        edges = np.clip(edges, 0, len(level.low) - 1)
        begins, ends = edges[:-1], np.maximum(edges[1:], edges[:-1] + 1)
        first, last = int(begins[0]), int(ends[-1])
        # reduceat takes from each index to the next; what a column shares with the next one belongs to both
        places = np.column_stack((begins, ends)).ravel() - first
        low = np.minimum.reduceat(np.append(level.low[first:last], _UNREAD_LOW), places)[::2]
        high = np.maximum.reduceat(np.append(level.high[first:last], _UNREAD_HIGH), places)[::2]
        return low.astype(np.int16), high.astype(np.int16)

    def set_spoken(self, spoken: Spoken) -> None:
        """What is said, made ready before, as hours of speech take longer than a window may wait."""
        self.words, self.cues = spoken.words, spoken.cues
        self.marks[Mark.WORD] = spoken.edges
        self._instants[Mark.WORD] = spoken.instants

    def set_matches(self, moments: Iterable[Moment]) -> None:
        """How well which seconds fit the prompt."""
        self.matches = tuple(
            (float(moment.span.start), float(moment.span.end), moment.confidence) for moment in moments
        )

    def add_marks(self, marks: Mapping[Mark, Iterable[Fraction]]) -> None:
        """More key frames, shots, silences; those that come after all that are known cost nothing but themselves."""
        for mark, instants in marks.items():
            more = {float(instant): instant for instant in instants}
            known = self._floats(mark)
            if more and len(known) and min(more) <= known[-1]:
                more = dict(zip(known.tolist(), self.marks[mark], strict=True)) | more
                self.marks[mark], known = [], known[:0]
            in_order = sorted(more)
            self.marks[mark] = [*self.marks.get(mark, ()), *(more[instant] for instant in in_order)]
            self._instants[mark] = np.append(known, np.array(in_order, dtype=np.float64))

    def marks_between(self, mark: Mark, start: float, end: float) -> npt.NDArray[np.float64]:
        """The instants of a kind in a stretch, as seconds."""
        instants = self._floats(mark)
        first, last = np.searchsorted(instants, (start, end))
        return instants[first:last]

    def _floats(self, mark: Mark) -> npt.NDArray[np.float64]:
        """The instants of a kind as seconds, ascending."""
        known = self.marks.get(mark, ())
        instants = self._instants.get(mark)
        if instants is None or len(instants) != len(known):
            instants = self._instants[mark] = np.array(known, dtype=np.float64)
        return instants

    def spoken_between(self, start: float, end: float, most: int) -> Sequence[SpokenWord]:
        """The words of which something lies in a stretch; its cues where those are too many, or nothing at all."""
        for spoken in (self.words, self.cues):
            first = bisect_left(spoken, start, key=lambda each: each.end)
            last = bisect_left(spoken, end, lo=first, key=lambda each: each.start)
            if last - first <= most:
                return spoken[first:last]
        return ()


def spoken_of(segments: Sequence[Segment]) -> Spoken:
    """Make ready what is said; may be called on any thread."""
    spans = [span for segment in segments for span in _spans(segment)]
    # By floats, which are equal where the fractions are as far as milliseconds go, and a hundred times as quick.
    edges = {float(edge): edge for span in spans for edge in (span.start, span.end)}
    instants = sorted(edges)
    return Spoken(
        tuple(_spoken(segments)),
        tuple(map(_cue, segments)),
        [edges[instant] for instant in instants],
        np.array(instants, dtype=np.float64),
    )


def _spans(segment: Segment) -> Iterable[TimeRange]:
    return [word.span for word in segment.words] or [segment.span]


def _spoken(segments: Iterable[Segment]) -> Iterable[SpokenWord]:
    for segment in segments:
        if segment.words:
            for word in segment.words:
                yield SpokenWord(float(word.span.start), float(word.span.end), word.text.strip())
        else:
            yield _cue(segment)


def _cue(segment: Segment) -> SpokenWord:
    return SpokenWord(float(segment.span.start), float(segment.span.end), " ".join(segment.text.split()))
