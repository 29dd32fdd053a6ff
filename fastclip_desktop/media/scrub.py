"""Exact pictures of a source for a hand that moves about in it, as soon as can be.

The file and its decoder stay open, and so do the pictures that were decoded last: a step forward decodes one picture,
a step back mostly none. Elsewhere decoding begins at the key frame before. Between that and a second before the
wanted picture those are left out that no other leans on; the second makes the next steps back quick.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import av.error

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.preview import Still
from fastclip_desktop.media.container import reading, time_base_of
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack
from fastclip_desktop.media.graph import Shape, build_graph, shape_of
from fastclip_desktop.media.landing import seek_key
from fastclip_desktop.media.miniature import SCREEN, fitted_size, miniature_plan
from fastclip_desktop.media.orientation import Orientation
from fastclip_desktop.media.picture import decode_pictures
from fastclip_desktop.media.probe import codec_name, probe
from fastclip_desktop.media.spare_decoder import STANDALONE, spare_decoders

if TYPE_CHECKING:
    from av.filter import Graph
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_HELD_BYTES = 192 * 1024**2
"""Of decoded pictures: sixty of 1920×1080."""

_FEWEST_HELD = 4

_STEPS_BACK = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds to seek before the wanted instant, in turn, until a picture comes that is not after it; then from the top."""

_CALM = Fraction(1)
"""Seconds before the wanted picture of which every picture is decoded."""

_NEAR = Fraction(2)
"""Seconds by which decoding goes on rather than begins anew where no index says where the next key frame is."""


class Scrubber:
    """One file, open to be looked at anywhere; use it in ``with``.

    Args:
        path: a local file.

    Raises:
        InputError: ``no_video``, ``unsupported_codec``, and what opening the file raises.
    """

    def __init__(self, path: Path) -> None:
        info = probe(path)
        if info.picture is None:
            raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
        self._path = path
        self._origin = info.origin
        self._picture = info.picture
        self._track: SourceTrack[VideoStream] = SourceTrack(path, info.picture.index)
        if codec_name(self._track.stream) == "unknown":
            self._track.container.close()
            raise InputError(
                ErrorCode.UNSUPPORTED_CODEC,
                f"{path.name} has a picture in a format that FastClip cannot decode.",
                "Convert it to H.264 first.",
            )
        self._base = time_base_of(self._track.stream)
        self._check: Callable[[], None] = lambda: None
        self._held: deque[VideoFrame] = deque()
        self._rest: Iterator[VideoFrame] = iter(())
        self._log = DecodeLog()
        self._has_ended = False
        self._calm_from = -math.inf  # the held pictures have no gaps from this presentation time on
        self._stack = ExitStack()
        self._easel = _Easel(Orientation(info.picture.rotation, info.picture.mirrored))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._held.clear()
        self._stack.close()
        self._track.container.close()

    def show(
        self, instant: Fraction, box: tuple[int, int], deliver: Callable[[Still], None], check: Callable[[], None]
    ) -> Still:
        """The picture that is on screen at an instant; before the first picture that one, after the last the last.

        Args:
            instant: seconds of the source.
            box: width and height in pixels that it fits into.
            deliver: gets the key frame before it, where decoding begins there.
            check: called for each packet; stops the work by raising.

        Raises:
            InputError: ``damaged_media`` or ``encrypted_media`` where nothing can be decoded there.
        """
        self._check = check
        wanted = math.floor((instant + self._origin) / self._base)
        size = fitted_size(self._picture, box)

        def still(frame: VideoFrame, *, is_exact: bool) -> Still:
            source = (frame.pts or 0) * self._base - self._origin
            return Still(instant, max(Fraction(0), source), *size, self._easel.paint(frame, size), is_exact)

        try:
            return self._look(wanted, still, deliver)
        except BaseException:
            self._held.clear()  # the decoder stands somewhere in the middle
            raise

    def _look(self, wanted: int, still: Callable[..., Still], deliver: Callable[[Still], None]) -> Still:
        with reading(self._path):
            if not self._goes_on_to(wanted):
                first = self._begin_before(wanted, wanted - math.ceil(_CALM / self._base))
                if first is not None and (first.pts or 0) < wanted:
                    deliver(still(first, is_exact=False))
            frame = self._reach(wanted)
            if frame is not None and (frame.pts or 0) < self._calm_from:
                # Nothing else is shown for that long, unless it was left out.
                self._begin_before(wanted, None)
                frame = self._reach(wanted)
            if frame is None:
                self._log.raise_for_nothing(self._path, "picture")
                raise InputError(
                    ErrorCode.DAMAGED_MEDIA,
                    f"No picture of {self._path.name} can be decoded there.",
                    "Go elsewhere, or get the file again.",
                )
            return still(frame, is_exact=True)

    def _go_on(self) -> None:
        self._check()  # the one of whoever asks now

    def _goes_on_to(self, wanted: int) -> bool:
        """Whether the wanted picture is held, or is reached sooner by decoding on than from a key frame."""
        if not self._held or wanted < max(self._held[0].pts or 0, self._calm_from):
            return False
        last = self._held[-1].pts or 0
        if wanted <= last or self._has_ended:
            return True
        entries = self._track.stream.index_entries
        place = entries.search_timestamp(wanted, backward=True) if len(entries) else -1
        if place < 0:
            return (wanted - last) * self._base <= _NEAR
        return entries[place].timestamp <= last

    def _begin_before(self, wanted: int, hurry_until: int | None) -> VideoFrame | None:
        """Begin to decode at a key frame that is not shown after the wanted picture; the first picture from there.

        Args:
            wanted: presentation time of the instant.
            hurry_until: one before which what no other picture leans on may be left out.
        """
        self._calm_from = -math.inf if hurry_until is None else hurry_until
        for back in (*_STEPS_BACK, None):
            self._held.clear()
            self._has_ended = False
            self._log = DecodeLog()
            decoder, from_top = self._go_to(None if back is None else wanted * self._base - back)
            self._rest = decode_pictures(
                self._track, self._log, self._go_on, from_top=from_top, decoder=decoder, hurry_until=hurry_until
            )
            first = next(self._rest, None)
            if first is not None and (from_top or (first.pts or 0) <= wanted):
                self._hold(first)
                return first
        return None

    def _go_to(self, instant: Fraction | None) -> tuple[VideoCodecContext | None, bool]:
        """A decoder for what comes now, ``None`` for the track's own, and whether the file stands at its beginning.

        To open a file anew takes as long as to decode fifty pictures of it, so a new decoder takes its place where
        one needs nothing but the file's header.
        """
        if instant is None or codec_name(self._track.stream) not in STANDALONE:
            return None, not self._track.seek(instant) or instant is None
        try:
            seek_key(self._track.container, self._track.stream, instant)
        except av.error.FFmpegError:
            self._track.seek(None)
            return None, True
        (decoder,) = spare_decoders(self._stack, self._path, self._track.stream, 1, rough=False, threads="AUTO")
        decoder.reorder_depth = self._track.stream.codec_context.reorder_depth
        return decoder, False

    def _reach(self, wanted: int) -> VideoFrame | None:
        """Decode until the wanted picture is among the held ones, and give it."""
        while self._held and (self._held[-1].pts or 0) <= wanted and not self._has_ended:
            frame = next(self._rest, None)
            if frame is None:
                self._has_ended = True
            else:
                self._hold(frame)
        return next(
            (frame for frame in reversed(self._held) if (frame.pts or 0) <= wanted),
            self._held[0] if self._held else None,
        )

    def _hold(self, frame: VideoFrame) -> None:
        self._held.append(frame)
        size = sum(plane.buffer_size for plane in frame.planes)
        while len(self._held) > max(_FEWEST_HELD, _HELD_BYTES // max(1, size)):
            self._held.popleft()


class _Easel:
    """Makes pictures of decoded frames."""

    def __init__(self, orientation: Orientation) -> None:
        self._orientation = orientation
        self._graphs: dict[tuple[Shape, tuple[int, int]], Graph] = {}
        self._count = 0

    def paint(self, frame: VideoFrame, size: tuple[int, int]) -> bytes:
        """The pixels of a frame, upright and of a size; the frame stays as it is."""
        key = (shape_of(frame), size)
        if key not in self._graphs:
            self._graphs.clear()  # one is used for long, then another
            plan = miniature_plan(key[0], self._orientation, size, SCREEN)
            self._graphs[key] = build_graph(plan, key[0], Fraction(1, 25))
        pts, base = frame.pts, frame.time_base
        self._count += 1
        frame.pts, frame.time_base = self._count, Fraction(1, 25)
        self._graphs[key].vpush(frame)
        frame.pts, frame.time_base = pts, base
        return self._graphs[key].vpull().to_ndarray(format=SCREEN).tobytes()
