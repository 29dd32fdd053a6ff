"""Reads of a partly present file what cutting it will read, so that all of that gets here and little else.

What a cut reads is known by reading it: the index, the head that shows the zero, and the packets from a key frame
before the span to its end. The index says where those lie, so they are asked for at once, before they are read.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from av.stream import Disposition

from fastclip_desktop.domain.byte_ranges import joined
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.coded_pictures import PictureReader, picture_reader
from fastclip_desktop.media.container import open_media, reading, time_base_of, translate_read_error
from fastclip_desktop.media.gop import MAX_REORDER, NotPassable
from fastclip_desktop.media.landing import seek_key
from fastclip_desktop.media.mp4_layout import Layout, Segment, read_layout
from fastclip_desktop.media.partial_file import Fill, PartialFile
from fastclip_desktop.media.probe import first_picture, first_sound, frame_rate_of, probe_container
from fastclip_desktop.media.sound_packets import LEAD_IN
from fastclip_desktop.media.track_reader import Line, Sink, TrackReader

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.stream import VideoStream

Fetch = Callable[[Iterable[tuple[int, int]]], None]
"""Brings all bytes of half-open spans, several at once."""

_TAIL = Fraction(1)
"""Seconds behind a span that are read: pictures are stored out of order, and the last one is shown until the next."""

_ROUNDED = Fraction(1, 200)
"""Seconds behind a span to which a packet's time may be rounded that belongs to it."""

_FAR = 10_000_000
"""Microseconds behind the beginning from which a seek is sure to go."""

_BRIDGE = 64 * 1024
"""Bytes between two wanted spans that cost less than another request."""


_DEFAULT_RATE = Fraction(25)

_HEAD = 192 * 1024
"""Bytes behind an index in front that are brought with it: probing reads the first second."""


class Rehearsal:
    """One remote file and the way to its bytes; use it in ``with``.

    Args:
        path: the file, with a map beside it.
        fill: brings bytes as they are read.
        fetch: brings bytes before they are read.
    """

    def __init__(self, path: Path, fill: Fill, fetch: Fetch) -> None:
        self._path = path
        self._fill = fill
        self._fetch = fetch
        self._layout: Layout | None = None
        self._alone: list[tuple[list[int], TimeRange]] = []
        self._spans = 0
        self._probed: InputContainer | None = None  # to parse an hour's index takes a fifth of a second

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._probed is not None:
            self._probed.close()
            self._probed = None

    def look(self) -> MediaInfo:
        """Read what probing reads.

        Raises:
            InputError: see :func:`~fastclip_desktop.media.probe.probe`.
            FastClipError: what brings the bytes raises.
        """
        file = PartialFile(self._path, self._fill)

        def found(start: int, end: int) -> None:
            # Of a large index it is known that all samples lie behind it; how much of them, in any case, is not.
            self._fetch([(start, min(end + (_HEAD if end - start > _HEAD else 0), file.size))])

        self._layout = read_layout(file, file.size, found)
        if self._layout is not None:
            head = min(_HEAD, _second(self._layout.segments))
            self._fetch([(start, min(end + head, file.size)) for start, end in self._layout.index])
        self._probed = open_media(self._path, self._fill)
        with reading(self._path):
            return probe_container(self._probed, self._path)

    def read(self, span: TimeRange, zero: Fraction, *, wants_picture: bool, decoded: bool) -> None:
        """Read what cutting a span reads; after :meth:`look`.

        Args:
            span: seconds of the source.
            zero: the source's zero in seconds on the file's clock.
            wants_picture: whether the clip shows anything; else the first sound alone is read.
            decoded: whether the clip is sure to be encoded anew, for which each track is read by itself.

        Raises:
            InputError: the file cannot be read.
            FastClipError: what brings the bytes raises.
        """
        with self._opened(span.start + zero - LEAD_IN) as container, reading(self._path):
            tracks = _tracks(container, wants_picture=wants_picture)
            passed = self._read_tracks(container, tracks, span, zero, decoded=decoded)
            alone = [track.index for track in tracks if track.type in ("video", "audio")]
        self._alone.append((alone, span))
        self._spans += 1
        # Several spans are parts of one clip: their transitions are decoded.
        if passed and self._spans == 1:
            return
        for indexes, part in self._alone:
            for index in indexes:
                with open_media(self._path, self._fill) as container, reading(self._path):
                    self._read_tracks(container, [container.streams[index]], part, zero, decoded=True)
        self._alone.clear()

    def _opened(self, low: Fraction) -> InputContainer:
        """A container to read from an instant on: the one that was probed is good for another place than the top."""
        probed, self._probed = self._probed, None
        if probed is not None and low * 1_000_000 > (probed.start_time or 0) + _FAR:
            return probed
        if probed is not None:
            probed.close()
        return open_media(self._path, self._fill)

    def _read_tracks(
        self, container: InputContainer, tracks: Sequence[Stream], span: TimeRange, zero: Fraction, *, decoded: bool
    ) -> bool:
        """Read tracks together; whether packets of them can be passed on into a clip, as far as that is seen here."""
        if not tracks:
            return True
        end = span.end + zero
        tail = _TAIL if decoded else Fraction(0)
        segments = self._layout.segments if self._layout is not None else ()
        ending = self._ending(tracks, segments, end + tail)
        lines = [Line(stream, _end_of(stream, span.start + zero, end, decoded=decoded)) for stream in tracks]

        def fetch(begin: Fraction | None) -> None:
            # Only after a seek, at the first of which Matroska reads its index, and an mp4 file that of a fragment.
            known = [*_indexed_spans(tracks, begin, end + tail), *ending]
            self._fetch(joined([*known, *_unknown_spans(segments, known, span.start + zero, end)], _BRIDGE))

        reader = TrackReader(container, self._path, span, zero, lines, fill=self._fill, landed=fetch)
        try:
            for line, packet in reader.packets():
                line.sink.take(packet)
        except NotPassable as broken:
            if isinstance(broken.__cause__, Exception):
                raise translate_read_error(broken.__cause__, self._path) from broken
            raise
        return not decoded and all(line.sink.has_entry for line in lines if isinstance(line.sink, _PictureEnd))

    def _ending(self, tracks: Sequence[Stream], segments: Sequence[Segment], end: Fraction) -> list[tuple[int, int]]:
        """The bytes before an instant of the segment in which it lies, which may hold many groups of pictures."""
        last = next((each for each in segments if each.start < end <= each.end), None)
        if last is None:
            return []
        # By another handle: what one has read of a fragment moves its place in others.
        with open_media(self._path, self._fill) as container:
            seek_key(container, container.streams[tracks[0].index], end)
            spans = _indexed_spans([container.streams[each.index] for each in tracks], last.start, end)
        return [each for each in spans if last.first <= each[0] < last.last]


class _PictureEnd:
    """Ends where a cut that passes packets on stops to read pictures; see :class:`PictureSplice`.

    Attributes:
        is_done: whether that was reached.
        has_entry: whether such a cut is possible: a key frame to pass from lies in the range.
    """

    def __init__(self, stream: VideoStream, start: Fraction, end: Fraction) -> None:
        self.is_done = False
        self.has_entry = False
        tick = time_base_of(stream)
        self._start, self._end = math.ceil(start / tick), math.ceil(end / tick)
        self._beyond = 0
        self._entry_beyond: int | None = None
        self._reader: PictureReader | None = None
        with suppress(NotPassable):
            self._reader = picture_reader(stream)

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Nothing; it only looks for the end."""
        if packet.pts is None or packet.pts < self._start:
            return []
        is_beyond = packet.pts >= self._end
        if is_beyond:
            self._beyond += 1
            behind_entry = self._entry_beyond is not None and packet.pts > self._entry_beyond
            self.is_done = self.is_done or behind_entry or self._beyond > MAX_REORDER
        if is_beyond or not self.has_entry:
            self._look(packet, packet.pts, is_beyond=is_beyond)
        return []

    def _look(self, packet: Packet[Stream], time: int, *, is_beyond: bool) -> None:
        try:
            is_entry = self._reader is not None and self._reader.look(packet).entry
        except NotPassable:
            is_entry, self._reader = False, None
        if is_entry and is_beyond:
            self._entry_beyond = time
        self.has_entry = self.has_entry or (is_entry and not is_beyond)


class _TimeEnd:
    """Ends with the first packet of an instant or later."""

    def __init__(self, stream: Stream, end: Fraction) -> None:
        self.is_done = False
        self._end = end / time_base_of(stream)

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Nothing; it only looks at the time."""
        time = packet.dts if packet.dts is not None else packet.pts
        self.is_done = self.is_done or (time is not None and time >= self._end)
        return []


class _NoEnd:
    """A track of which nobody waits for a packet."""

    is_done = True

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:  # noqa: ARG002 - the protocol's
        """Nothing."""
        return []


def _end_of(stream: Stream, start: Fraction, end: Fraction, *, decoded: bool) -> Sink:
    """What ends the reading of a track at or behind the end of a range, which is in seconds of the file's clock."""
    if stream.type not in ("video", "audio"):
        return _NoEnd()
    if decoded:
        return _TimeEnd(stream, end + _TAIL)
    if stream.type == "video":
        return _PictureEnd(cast("VideoStream", stream), start, end)
    return _TimeEnd(stream, end + _ROUNDED)


def _tracks(container: InputContainer, *, wants_picture: bool) -> list[Stream]:
    """The tracks that a clip reads, the one to seek by first."""
    if not wants_picture:
        sound = first_sound(container)
        return [] if sound is None else [sound]
    picture = first_picture(container)
    others: list[Stream] = [
        stream
        for stream in container.streams
        if stream.type in ("audio", "subtitle") and not stream.disposition & Disposition.attached_pic
    ]
    return [*([] if picture is None else [picture]), *others]


def _second(segments: Sequence[Segment]) -> int:
    """About how many bytes last a second; more than any where nothing tells."""
    if not segments or segments[-1].end <= segments[0].start:
        return _HEAD
    return math.ceil((segments[-1].last - segments[0].first) / (segments[-1].end - segments[0].start))


def _unknown_spans(
    segments: Sequence[Segment], known: Sequence[tuple[int, int]], start: Fraction, end: Fraction
) -> list[tuple[int, int]]:
    """The bytes of the segments of a span of which nothing is known but where they lie."""
    places = sorted(first for first, _ in known)
    return [
        (each.first, each.last)
        for each in segments
        if each.end > start and each.start < end and bisect_left(places, each.first) == bisect_left(places, each.last)
    ]


def _indexed_spans(tracks: Sequence[Stream], begin: Fraction | None, end: Fraction) -> list[tuple[int, int]]:
    """The bytes of the packets that are decoded from an instant on until ``end``, as far as an index names them."""
    spans = []
    for stream in tracks:
        entries = stream.index_entries
        tick = time_base_of(stream)
        first = 0
        if begin is not None:
            first = max(0, entries.search_timestamp(math.floor(begin / tick), any_frame=True))
        until = math.ceil((end - _delay(stream)) / tick)
        most = 0
        for number in range(first, len(entries)):
            entry = entries[number]
            if entry.size:
                spans.append((entry.pos, entry.pos + entry.size))
            elif number + 1 < len(entries):  # Matroska names where a cluster begins, which lasts until the next
                spans.append((entry.pos, max(entry.pos, entries[number + 1].pos)))
            if entry.timestamp >= until:
                if stream.type != "video" or not entry.size or most == 1:
                    break
                # See _PictureEnd: the picture behind a key frame is the last.
                most = 1 if entry.is_keyframe else (most or MAX_REORDER + 1) - 1
    return spans


def _delay(stream: Stream) -> Fraction:
    """Seconds for which the pictures of a track are decoded before they are shown, as far as its headers tell."""
    if stream.type != "video":
        return Fraction(0)
    picture = cast("VideoStream", stream)
    return picture.codec_context.reorder_depth / (frame_rate_of(picture) or _DEFAULT_RATE)
