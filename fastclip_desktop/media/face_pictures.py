"""Small upright pictures of a span, some a second, and the hard cuts in it, from one decoding.

Frames that no other leans on are left out where the codec allows it, except for one each time that a picture is due.
That halves the decoding of a file with B frames. A cut has to be right to the frame all the same: else one frame of a
shot is shown where the shot before had its subject. So where frames were left out right before a cut, those are looked
at as well. That is rare, for most encoders begin a shot with a key frame.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Iterator
from fractions import Fraction
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.clock import common_clock
from fastclip_desktop.media.container import reading
from fastclip_desktop.media.edge_shots import edge_shots
from fastclip_desktop.media.graph import PicturePlan, Shape, filtered, shape_of
from fastclip_desktop.media.miniature import SCREEN, fitted_size, miniature_plan
from fastclip_desktop.media.orientation import orientation_of
from fastclip_desktop.media.picture import find_picture
from fastclip_desktop.media.probe import probe
from fastclip_desktop.media.reel import SparseTrack
from fastclip_desktop.media.shots import Picture, cuts

if TYPE_CHECKING:
    from av.video.frame import VideoFrame

RATE = 5
"""Pictures a second."""

_GREY_SIZE = (48, 27)

_MOST_LOOKS = 12
"""Cuts of a span that are looked at more closely; more would cost more than was saved."""

Colours = NDArray[np.uint8]
"""Blue, green and red, shape (height, width, 3)."""


class FacePictures:
    """The picture of a source, looked at span by span; use it in ``with``.

    Attributes:
        width: display pixels of the source.
        height: likewise.
        size: width and height of the small pictures.

    Args:
        media: local files; the one with the sound only helps to find the source's zero.
        box: width and height that the small pictures fit into.
        check: called for each frame; stops the work by raising.
        rate: pictures a second, at most those that there are.

    Raises:
        InputError: ``no_video`` and what opening the file raises.
    """

    def __init__(self, media: FetchedMedia, box: tuple[int, int], check: Callable[[], None], rate: int = RATE) -> None:
        source = media.picture
        seen = None if source is None else media.picture_info or probe(source)
        if source is None or seen is None or seen.picture is None:
            name = "The source" if source is None else source.name
            raise InputError(ErrorCode.NO_VIDEO, f"{name} has no picture.", "Choose something that can be watched.")
        heard = seen if media.sound in (None, source) else media.sound_info or probe(media.sound)
        self._zero = common_clock(seen, heard).picture
        self._check = check
        self._rate = rate
        self._source = source
        self._base = seen.picture.time_base
        self.width, self.height = (max(1, side) for side in seen.picture.display_size)
        self.size = fitted_size(seen.picture, box)
        self._track = SparseTrack(source, seen.picture.index)
        self._track.rough = seen.picture.width >= 2 * max(self.size)
        self._reformatter = VideoReformatter()
        self._grey: list[tuple[Fraction, Picture]] = []
        self._stored: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._track.__exit__(kind, error, trace)

    def shots(self) -> tuple[Fraction, ...]:
        """The first instants of new shots in the span that was looked at last, once it was looked at to its end.

        Raises:
            InputError: what opening the file raises.
        """
        times = [at for at, _ in self._grey]
        left_out = sorted({pts * self._base - self._zero for pts in self._stored}.difference(times))
        rough = [boundary.instant for boundary in cuts(self._grey)]
        gaps: dict[Fraction, TimeRange] = {}
        for instant in rough:
            before = times[bisect_left(times, instant) - 1]
            if bisect_right(left_out, before) < bisect_left(left_out, instant) and len(gaps) < _MOST_LOOKS:
                gaps[instant] = TimeRange(before + self._base / 2, instant + self._base / 2)
        if not gaps:
            return tuple(rough)
        looks = edge_shots(self._source, self._track.stream.index, self._zero, list(gaps.values()), self._check)
        exact = {instant: found[0] for instant, found in zip(gaps, looks, strict=True) if found}
        return tuple(exact.get(instant, instant) for instant in rough)

    def look(self, span: TimeRange) -> Iterator[tuple[Fraction, Colours]]:
        """The pictures of a span with their times in seconds of the source; none where the source shows none.

        Raises:
            InputError: ``damaged_media``, ``encrypted_media`` or ``unsupported_codec``.
        """
        self._grey, self._stored = [], set()
        with reading(self._source):
            yield from self._look(span)

    def _look(self, span: TimeRange) -> Iterator[tuple[Fraction, Colours]]:
        start, end = self._zero + span.start, self._zero + span.end
        asked: set[int] = set()

        def is_needed(pts: int) -> bool:
            """Whether no frame of the time in which a picture is due was asked for; called for each packet."""
            self._stored.add(pts)
            due = math.floor((pts * self._base - start) * self._rate)
            is_new = due >= 0 and due not in asked
            asked.add(due)
            return is_new

        self._track.needs = is_needed
        found = find_picture(self._track, start, end, self._check)
        if found is None:
            return
        waiting: deque[Fraction] = deque()  # times of what is being scaled

        def chosen() -> Iterator[VideoFrame]:
            end_pts = math.ceil(end / found.source_base)
            tick = Fraction(0)
            slack = 1 / (2 * found.rate)
            frame = found.first
            while True:
                self._check()
                at = max(span.start, (frame.pts or 0) * found.source_base - self._zero)
                self._grey.append((at, self._small(frame)))
                if at - span.start + slack >= tick:
                    tick = (math.floor((at - span.start + slack) * self._rate) + 1) / Fraction(self._rate)
                    waiting.append(at)
                    yield frame
                following = next(found.rest, None)
                if following is None or (following.pts or 0) >= end_pts:
                    return
                frame = following

        orientation = orientation_of(found.first)

        def plan(shape: Shape) -> PicturePlan:
            return miniature_plan(shape, orientation, self.size, SCREEN)

        for small in filtered(chosen(), plan(shape_of(found.first)), plan, found.source_base):
            plane = small.planes[0]
            rows = np.frombuffer(memoryview(plane), np.uint8).reshape(small.height, plane.line_size // 4, 4)
            yield waiting.popleft(), np.ascontiguousarray(rows[:, : small.width, :3])

    def _small(self, frame: VideoFrame) -> Picture:
        width, height = _GREY_SIZE
        # The quickest way reads two rows for each one it makes; the same in every frame, so it compares well.
        small = self._reformatter.reformat(
            frame, width, height, "gray", interpolation=Interpolation.FAST_BILINEAR, threads=1
        )
        plane = small.planes[0]
        return np.frombuffer(memoryview(plane), np.uint8).reshape(height, plane.line_size)[:, :width].copy()
