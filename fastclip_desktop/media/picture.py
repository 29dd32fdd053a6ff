"""The picture frames of a range: found, decoded and timed.

The contract: a clip holds every frame whose presentation time ``p`` (counted from the source's first presented instant)
satisfies ``start <= p < end``. The clip's zero is the time of the first of them, with three exceptions in which it is
``start`` itself:

* nothing is on screen at ``start`` yet, because the picture track begins later: then it begins later in the clip too;
* the first of them comes late, in a recording whose picture stands still: then the frame on screen is shown from zero;
* there are none, because the range lies between two frames: then the frame on screen is shown all the time.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media.container import MAX_PIXELS, time_base_of
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack, show_first_packet, tolerating
from fastclip_desktop.media.probe import codec_name, frame_rate_of

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

_DEFAULT_RATE = Fraction(25)
_STILL = Fraction(1, 5)
"""Seconds without a new frame after which a picture counts as standing still; two frames where that is longer."""

_STEPS_BACK = (Fraction(0), Fraction(2), Fraction(15))
"""Seconds to seek before the wanted instant, in turn, until a frame comes out at or before it; then from the top."""

_FINE = Fraction(1, 90_000)
_COARSEST_UNIT = 1_000_000
"""mp4 counts time in 32 bits of units a second; a container's clock finer than a microsecond is rounded to that."""


@dataclass(frozen=True, slots=True)
class TimedFrame:
    """A picture of the clip.

    Attributes:
        frame: its ``pts``, ``duration`` and ``time_base`` are those of the clip.
        source_pts: presentation time in the source, in seconds on the container's clock.
    """

    frame: VideoFrame
    source_pts: Fraction


@dataclass(slots=True)
class PictureCut:
    """The picture of a clip, found and ready to be read.

    Attributes:
        zero: the clip's zero in seconds on the container's clock.
        end: where the range ends, likewise.
        time_base: of the clip's frames.
        rate: nominal frames a second.
        source_base: seconds a unit of the source's time stamps.
        first: the first frame, not yet timed.
        rest: the frames after it.
        log: what went wrong so far.
        held_from_before: the first frame came on screen before ``start`` and is shown from zero.
        source_end: the end of the source's last frame on the container's clock, once it was read to the end.
    """

    zero: Fraction
    end: Fraction
    time_base: Fraction
    rate: Fraction
    source_base: Fraction
    first: VideoFrame
    rest: Iterator[VideoFrame]
    log: DecodeLog
    held_from_before: bool = False
    source_end: Fraction | None = None

    def frames(self) -> Iterator[TimedFrame]:
        """Each frame with its time in the clip and its duration from the next one's time."""
        held = self.first
        held_pts = held.pts or 0
        held_at = Fraction(0) if self.held_from_before else held_pts * self.source_base - self.zero
        end_pts = math.ceil(self.end / self.source_base)
        for frame in self.rest:
            pts = frame.pts or 0
            if pts >= end_pts:
                yield self._timed(held, held_pts, held_at, self.end - self.zero)
                return
            at = pts * self.source_base - self.zero
            yield self._timed(held, held_pts, held_at, at)
            held, held_pts, held_at = frame, pts, at
        # The source ends here: its last frame is shown for its own time, or to the end of a range that is shorter.
        shown_until = held_pts * self.source_base + own_duration(held, self.source_base, self.rate)
        self.source_end = shown_until
        until = min(self.end, shown_until) - self.zero
        yield self._timed(held, held_pts, held_at, until if until > held_at else self.end - self.zero)

    def _timed(self, frame: VideoFrame, source_pts: int, at: Fraction, until: Fraction) -> TimedFrame:
        pts = round(at / self.time_base)
        frame.pts = pts
        frame.duration = max(1, round(until / self.time_base) - pts)
        frame.time_base = self.time_base
        frame.pict_type = 0  # or the encoder would repeat the source's choice of key frames
        return TimedFrame(frame, source_pts * self.source_base)


def own_duration(frame: VideoFrame, time_base: Fraction, rate: Fraction) -> Fraction:
    """Seconds that a frame is shown when no other follows: what the container says, if it can be true."""
    stated = (frame.duration or 0) * time_base
    # Matroska and FLV state 1 ms for whatever has no duration of its own.
    return stated if stated * rate * 2 >= 1 and stated <= 60 else 1 / rate


def find_picture(
    track: SourceTrack[VideoStream], start: Fraction, end: Fraction, check: Callable[[], None]
) -> PictureCut | None:
    """Seek to a range, decode up to its first frame and settle the clip's zero.

    Args:
        track: the picture.
        start: seconds on the container's clock.
        end: likewise.
        check: called for each packet; stops the work by raising.

    Returns:
        ``None`` where the picture track has ended before ``start`` or begins at ``end`` or later.

    Raises:
        InputError: ``encrypted_media``, ``unsupported_codec``, or ``damaged_media`` where nothing can be decoded.
    """
    if codec_name(track.stream) == "unknown":
        raise InputError(
            ErrorCode.UNSUPPORTED_CODEC,
            f"{track.path.name} has a picture in a format that FastClip cannot decode.",
            "Convert it to H.264 first.",
        )
    base = time_base_of(track.stream)
    rate = frame_rate_of(track.stream) or _DEFAULT_RATE
    log = DecodeLog()
    before, first, rest = _frames_around(track, start, log, check)
    if first is None and before is None:
        log.raise_for_nothing(track.path, "picture")
    at = None if first is None else (first.pts or 0) * base
    inside = at is not None and at < end
    if before is not None:
        shown_until = at if at is not None else (before.pts or 0) * base + own_duration(before, base, rate)
        late = not inside or (at is not None and at - start > max(2 / rate, _STILL))
        if late and shown_until > start:
            rest = rest if first is None else itertools.chain([first], rest)
            return PictureCut(start, end, _clip_base(base, start), rate, base, before, rest, log, held_from_before=True)
    if first is None or at is None or not inside:
        return None
    # Nobody looks for what is before a frame that begins with the range, to the tick.
    zero = start if before is None and at - start >= base else at
    return PictureCut(zero, end, _clip_base(base, zero), rate, base, first, rest, log)


def _frames_around(
    track: SourceTrack[VideoStream], start: Fraction, log: DecodeLog, check: Callable[[], None]
) -> tuple[VideoFrame | None, VideoFrame | None, Iterator[VideoFrame]]:
    """The last frame before ``start`` and the first one at or after it, ``None`` where there is none, and the rest."""
    base = time_base_of(track.stream)
    start_pts = math.ceil(start / base)
    begins = track.stream.start_time
    for back in (None,) if begins is None or start_pts <= begins else (*_STEPS_BACK, None):
        log.errors = 0
        from_top = not track.seek(None if back is None else start - back) or back is None
        frames = decode_pictures(track, log, check, from_top=from_top)
        before: VideoFrame | None = None
        for frame in frames:
            if (frame.pts or 0) >= start_pts:
                if before is None and not from_top and (frame.pts or 0) > start_pts:
                    break  # the key frame is shown later than it is stored, or the index is wrong: from further back
                return before, frame, frames
            before = frame
        else:
            if before is not None or from_top:
                return before, None, frames
    return None, None, iter(())


def decode_pictures(
    track: SourceTrack[VideoStream],
    log: DecodeLog,
    check: Callable[[], None],
    *,
    from_top: bool,
    decoder: VideoCodecContext | None = None,
    leaves_out: Callable[[int], bool] | None = None,
) -> Iterator[VideoFrame]:
    """Frames from where the track stands, in order of presentation, each with a ``pts``.

    Args:
        track: the picture.
        log: gets what goes wrong.
        check: called for each packet; stops the work by raising.
        from_top: the track stands at its beginning. Elsewhere some demuxers land between two key frames, where decoders
            give grey pictures rather than none, so packets before a key frame are left out.
        decoder: one that has been given nothing yet; the track's own, which a seek must not have flushed, where there
            is none.
        leaves_out: asked, before each packet, whether a picture of that presentation time may be left out if no other
            leans on it.
    """
    context = decoder or track.stream.codec_context
    if decoder is None:
        context.thread_type = "AUTO"  # PyAV's default, slices, uses one core for most files
        context.options = {"max_pixels": str(MAX_PIXELS)}
        if not from_top:
            show_first_packet(context, track.stream, track.path)
    step = max(1, round(1 / (frame_rate_of(track.stream) or _DEFAULT_RATE) / time_base_of(track.stream)))
    last: int | None = None
    decodable = from_top
    for packet in track.packets(log, check):
        decodable = decodable or packet.is_keyframe
        if not decodable and packet.size:
            continue
        if leaves_out is not None:
            may_go = packet.pts is not None and leaves_out(packet.pts)
            context.skip_frame = "NONREF" if may_go else "DEFAULT"
        frames: list[VideoFrame] = []
        with tolerating(log):
            frames = context.decode(packet)
        for frame in frames:
            if frame.pts is None:  # raw streams and some AVI files carry no presentation times
                frame.pts = last + step if last is not None else (frame.dts or 0)
            if last is None or frame.pts > last:  # else its time stamp is broken or repeated: it is never shown
                last = frame.pts
                yield frame


def _clip_base(source_base: Fraction, zero: Fraction) -> Fraction:
    """A time base on which the clip's times are exact, or off by six microseconds at most."""
    exact = (zero / source_base).denominator == 1
    if exact and source_base.denominator <= _COARSEST_UNIT:
        return source_base
    fine = math.lcm(source_base.denominator, _FINE.denominator)
    return Fraction(1, fine) if fine <= _COARSEST_UNIT else Fraction(1, _COARSEST_UNIT)
