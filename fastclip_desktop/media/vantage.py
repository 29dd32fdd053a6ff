"""A place in a file from which pictures are decoded on, and the pictures that were passed last.

Decoding begins at the key frame before the wanted picture. Between that and a second before the picture those are left
out that no other leans on; the second makes the next steps back quick. Who stops it finds it as far as it had come, and
may go on from there to another picture than the one that was wanted.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av.error

from fastclip_desktop.media.container import time_base_of
from fastclip_desktop.media.cores import decode_on_all_cores, decode_on_enough_cores, decode_on_one_core
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack
from fastclip_desktop.media.landing import seek_key
from fastclip_desktop.media.partial_file import Fill
from fastclip_desktop.media.picture import decode_pictures
from fastclip_desktop.media.probe import codec_name
from fastclip_desktop.media.spare_decoder import STANDALONE, spare_decoders

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_HELD_BYTES = 128 * 1024**2
"""Of decoded pictures: forty of 1920×1080."""

_FEWEST_HELD = 4

_STEPS_BACK = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds to seek before the wanted instant, in turn, until a picture comes that is not after it; then from the top."""

_CALM = Fraction(1)
"""Seconds before the wanted picture of which every picture is decoded."""

_MARGIN = Fraction(1, 5)
"""Seconds after what was left out last within which a picture may be on screen that was left out."""

_NEAR = Fraction(2)
"""Seconds by which decoding goes on rather than begins anew where no index says where the next key frame is."""

_SOON = Fraction(1, 10)
"""Seconds of video that are decoded in next to no time."""

_PATIENCE = 64
"""Packets without a picture after which a stop is obeyed though decoding has then to begin anew."""


class Vantage:
    """One decoder of a file's picture.

    Args:
        path: a local file.
        index: of the track.
        is_frugal: keep to one core and few pictures: nobody waits, and nobody steps back.
        is_alone: where it is frugal, use more cores than one all the same.

    Raises:
        InputError: the file cannot be opened.
    """

    def __init__(
        self, path: Path, index: int, fill: Fill | None = None, *, is_frugal: bool = False, is_alone: bool = False
    ) -> None:
        self._path = path
        frugal = decode_on_enough_cores if is_alone else decode_on_one_core
        self._spread = frugal if is_frugal else decode_on_all_cores
        self._most_held = 0 if is_frugal else _HELD_BYTES
        self._track: SourceTrack[VideoStream] = SourceTrack(path, index, fill)
        self._base = time_base_of(self._track.stream)
        self._check: Callable[[], None] = lambda: None
        self._held: deque[VideoFrame] = deque()
        self._rest: Iterator[VideoFrame] = iter(())
        self._decoder: VideoCodecContext | None = None
        self._fruitless = 0
        self._has_ended = False
        self._calm_from = -math.inf  # the held pictures have no gaps from this presentation time on
        self._left_out_to = -math.inf  # nothing after this one was left out until now
        self._stack = ExitStack()
        self.log = DecodeLog()

    @property
    def base(self) -> Fraction:
        """Seconds that a unit of presentation time lasts."""
        return self._base

    @property
    def codec(self) -> str:
        """FFmpeg's name of how the picture is coded."""
        return codec_name(self._track.stream)

    def close(self) -> None:
        """Give the file back."""
        self._held.clear()
        self._stack.close()
        self._track.container.close()

    def forget(self) -> None:
        """Begin anew at the next look."""
        self._held.clear()

    def holds(self, wanted: int) -> bool:
        """Whether the picture that is on screen at a presentation time needs no decoding."""
        return self._has_from(wanted) and (wanted < (self._held[-1].pts or 0) or self._has_ended)

    def goes_on_to(self, wanted: int) -> bool:
        """Whether the wanted picture is held, or is reached sooner by decoding on than from a key frame."""
        if not self._has_from(wanted) and not self._can_stay_for(wanted):
            return False
        last = self._held[-1].pts or 0
        if wanted <= last or self._has_ended:
            return True
        entries = self._track.stream.index_entries
        place = entries.search_timestamp(wanted, backward=True) if len(entries) else -1
        if place < 0:
            return (wanted - last) * self._base <= _NEAR
        return entries[place].timestamp <= last

    def way_to(self, wanted: int) -> int:
        """Units of presentation time to decode until a wanted picture, where decoding goes on to it."""
        return 0 if self.holds(wanted) else max(0, wanted - (self._held[-1].pts or 0))

    def reaches_soon(self, wanted: int) -> bool:
        """Whether the wanted picture is held, or a few pictures further on."""
        if not self.goes_on_to(wanted):
            return False
        return self.holds(wanted) or (wanted - (self._held[-1].pts or 0)) * self._base <= _SOON

    def look(self, wanted: int, early: Callable[[VideoFrame], None], check: Callable[[], None]) -> VideoFrame | None:
        """The picture that is on screen at a presentation time; ``None`` where nothing can be decoded.

        Args:
            wanted: the time.
            early: gets the first picture of those that are decoded, where decoding has to begin anew.
            check: stops the work by raising; what was decoded until then is not lost.
        """
        self._check = check
        if self.goes_on_to(wanted):
            self._calm_down_for(wanted)
        else:
            first = self._begin_before(wanted, wanted - math.ceil(_CALM / self._base))
            if first is not None and (first.pts or 0) < wanted:
                early(first)
        frame = self._reach(wanted)
        if frame is not None and (frame.pts or 0) < self._calm_from:
            # Nothing else is shown for that long, unless it was left out.
            self._begin_before(wanted, None)
            frame = self._reach(wanted)
        return frame

    def after(self, frame: VideoFrame) -> int | None:
        """The presentation time of the picture after one that was looked at just now; ``None`` after the last."""
        shown = frame.pts or 0
        return next((each.pts for each in self._held if each.pts is not None and each.pts > shown), None)

    def _has_from(self, wanted: int) -> bool:
        return bool(self._held) and wanted >= max(self._held[0].pts or 0, self._calm_from)

    def _can_stay_for(self, wanted: int) -> bool:
        """Whether a picture that is nearer than the one that was wanted comes without a gap before it all the same."""
        after_gaps = self._left_out_to + math.ceil(_MARGIN / self._base)
        return bool(self._held) and wanted > (self._held[-1].pts or 0) and wanted >= after_gaps

    def _calm_down_for(self, wanted: int) -> None:
        """Hurry on to a second before another picture than the one that was wanted, where that is still ahead."""
        calm = wanted - math.ceil(_CALM / self._base)
        if wanted < self._calm_from or calm > (self._held[-1].pts or 0) + math.ceil(_CALM / self._base):
            self._calm_from = max(calm, self._left_out_to + 1)

    def _leaves_out(self, pts: int) -> bool:
        if pts >= self._calm_from:
            return False
        self._left_out_to = max(self._left_out_to, pts)
        return True

    def _begin_before(self, wanted: int, hurry_until: int | None) -> VideoFrame | None:
        """Begin to decode at a key frame that is not shown after the wanted picture; the first picture from there.

        Args:
            wanted: presentation time of the instant.
            hurry_until: one before which what no other picture leans on may be left out.
        """
        self._calm_from = -math.inf if hurry_until is None else hurry_until
        for back in (*_STEPS_BACK, None):
            self._held.clear()
            self._left_out_to = -math.inf
            self._has_ended = False
            self.log = DecodeLog()
            decoder, from_top = self._go_to(None if back is None else wanted * self._base - back)
            self._rest = decode_pictures(
                self._track, self.log, self._count, from_top=from_top, decoder=decoder, leaves_out=self._leaves_out
            )
            first = self._pull()
            if first is not None and (from_top or (first.pts or 0) <= wanted):
                self._hold(first)
                return first
        return None

    def _go_to(self, instant: Fraction | None) -> tuple[VideoCodecContext | None, bool]:
        """A decoder for what comes now, ``None`` for the track's own, and whether the file stands at its beginning.

        To open a file anew takes as long as to decode fifty pictures of it, so a decoder beside the track's own takes
        its place where one needs nothing but the file's header. It is kept, and with it the memory of its pictures.
        """
        if instant is None or self.codec not in STANDALONE:
            from_top = not self._track.seek(instant) or instant is None
            self._spread(self._track.stream.codec_context)
            return None, from_top
        try:
            seek_key(self._track.container, self._track.stream, instant)
        except av.error.FFmpegError:
            self._track.seek(None)
            self._spread(self._track.stream.codec_context)
            self._decoder = None
            return None, True
        if self._decoder is None:
            (self._decoder,) = spare_decoders(
                self._stack, self._path, self._track.stream, 1, rough=False, threads="AUTO"
            )
            self._spread(self._decoder)
        else:
            self._decoder.flush_buffers()
        self._decoder.reorder_depth = self._track.stream.codec_context.reorder_depth  # which a flush makes it forget
        return self._decoder, False

    def _reach(self, wanted: int) -> VideoFrame | None:
        """Decode until the wanted picture is among the held ones, and give it."""
        while self._held and (self._held[-1].pts or 0) <= wanted and not self._has_ended:
            self._check()  # here everything is in order, and whoever looks next goes on
            frame = self._pull()
            if frame is None:
                self._has_ended = True
            else:
                self._hold(frame)
        return next(
            (frame for frame in reversed(self._held) if (frame.pts or 0) <= wanted),
            self._held[0] if self._held else None,
        )

    def _pull(self) -> VideoFrame | None:
        self._fruitless = 0
        try:
            return next(self._rest, None)
        except BaseException:
            self._held.clear()  # the decoder stands somewhere in the middle
            raise

    def _count(self) -> None:
        self._fruitless += 1
        if self._fruitless > _PATIENCE:
            self._check()

    def _hold(self, frame: VideoFrame) -> None:
        if self._held and (self._held[-1].pts or 0) < self._calm_from:
            self._held.pop()  # nobody steps back to there, and its memory is needed for the next
        self._held.append(frame)
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._held) > max(_FEWEST_HELD, self._most_held // max(1, size)):
            self._held.popleft()
