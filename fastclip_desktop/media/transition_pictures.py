"""What is shown between two parts: a dissolve of two still pictures, or two parts that play at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.media.dissolve import dissolved

if TYPE_CHECKING:
    from av.video.frame import VideoFrame


@dataclass(frozen=True, slots=True)
class TimedPicture:
    """A picture and the second of the clip from which it is shown."""

    time: Fraction
    frame: VideoFrame


def dissolve(
    last: VideoFrame, first: VideoFrame, begin: Fraction, seconds: Fraction, rate: Fraction
) -> Iterator[TimedPicture]:
    """A still picture turning into another of the same size and pixel format.

    Args:
        last: what is seen before.
        first: what is seen afterwards.
        begin: seconds of the clip.
        seconds: for how long.
        rate: pictures a second.
    """
    count = max(1, round(seconds * rate))
    for number in range(count):
        yield TimedPicture(begin + seconds * number / count, dissolved(last, first, (number + 1) / (count + 1)))


class OnScreen:
    """Pictures in order of time, asked for what is on screen at rising times."""

    def __init__(self, pictures: Iterable[TimedPicture]) -> None:
        self._pictures = iter(pictures)
        self._shown = self._next = next(self._pictures, None)

    def at(self, time: Fraction) -> TimedPicture | None:
        """The picture on screen at a time, the first one before it has come; ``None`` where there are none."""
        while self._next is not None and self._next.time <= time:
            self._shown, self._next = self._next, next(self._pictures, None)
        return self._shown

    def rest(self, begin: Fraction) -> Iterator[TimedPicture]:
        """The pictures from a time on that were not on screen yet."""
        while self._next is not None:
            if self._next.time >= begin:
                yield self._next
            self._next = next(self._pictures, None)


def overlapped(
    before: Iterable[TimedPicture], after: OnScreen, begin: Fraction, seconds: Fraction
) -> Iterator[TimedPicture]:
    """The pictures of the first part, each dissolved into what the second part shows at its time.

    Args:
        before: the first part's pictures from ``begin`` on.
        after: the second part's; what it shows in this time is used up.
        begin: seconds of the clip at which both play.
        seconds: for how long.
    """
    for picture in before:
        other = after.at(picture.time)
        share = float((picture.time - begin) / seconds)
        yield picture if other is None else TimedPicture(picture.time, dissolved(picture.frame, other.frame, share))
