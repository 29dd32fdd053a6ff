"""Reads of a partly present file what cutting it will read, so that all of that gets here and little else.

What a cut reads is known by reading it: the index, the head that shows the zero, and the packets from a key frame
before the span to its end. The index says where those lie, so they are asked for at once, before they are read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import av.error
from av.stream import Discard, Disposition

from fastclip_desktop.domain.byte_ranges import joined
from fastclip_desktop.domain.media import MediaInfo
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.mp4_layout import Layout, Segment, read_layout
from fastclip_desktop.media.partial_file import Fill, PartialFile
from fastclip_desktop.media.probe import first_picture, first_sound, probe_container
from fastclip_desktop.media.sound_packets import LEAD_IN

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream

Fetch = Callable[[Iterable[tuple[int, int]]], None]
"""Brings all bytes of half-open spans, several at once."""

_TAIL = Fraction(1)
"""Seconds behind a span that are read: pictures are stored out of order, and the last one is shown until the next."""

_FAR = 10_000_000
"""Microseconds behind the beginning from which a seek is sure to go."""

_BRIDGE = 64 * 1024
"""Bytes between two wanted spans that cost less than another request."""


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
        self._layout = read_layout(
            file, file.size, lambda start, end: self._fetch([(start, min(end + _HEAD, file.size))])
        )
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
        low, high = span.start + zero - LEAD_IN, span.end + zero
        if self._layout is not None and self._layout.segments:
            self._fetch(joined(_segment_spans(self._layout.segments, low, high), _BRIDGE))
        with self._opened(low) as container, reading(self._path):
            tracks = _tracks(container, wants_picture=wants_picture)
            self._read_tracks(container, tracks, low, high + _TAIL)
            alone = [track.index for track in tracks if track.type == "audio"] if decoded else []
        for index in alone:
            with open_media(self._path, self._fill) as container, reading(self._path):
                self._read_tracks(container, [container.streams[index]], low, high + _TAIL)

    def _opened(self, low: Fraction) -> InputContainer:
        """A container to read from an instant on: the one that was probed is good for another place than the top."""
        probed, self._probed = self._probed, None
        if probed is not None and low * 1_000_000 > (probed.start_time or 0) + _FAR:
            return probed
        if probed is not None:
            probed.close()
        return open_media(self._path, self._fill)

    def _read_tracks(self, container: InputContainer, tracks: Sequence[Stream], low: Fraction, high: Fraction) -> None:
        if not tracks:
            return
        for stream in container.streams:
            if stream not in tracks:
                stream.discard = Discard.all
        leader = tracks[0]
        if leader.start_time is not None and low > leader.start_time * time_base_of(leader):
            _seek(container, leader, low)
        # Now, for Matroska reads its index at the first seek.
        self._fetch(joined(_indexed_spans(tracks, low, high), _BRIDGE))
        waiting = {stream.index for stream in tracks if stream.type in ("video", "audio")}
        for packet in container.demux(list(tracks)):
            time = packet.dts if packet.dts is not None else packet.pts
            if time is not None and packet.time_base and time * packet.time_base >= high:
                waiting.discard(packet.stream_index)
                if not waiting:
                    return


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


def _seek(container: InputContainer, leader: Stream, instant: Fraction) -> None:
    try:
        container.seek(math.floor(instant / time_base_of(leader)), stream=leader)
    except av.error.FFmpegError:
        container.seek(leader.start_time or 0, stream=leader)


def _segment_spans(segments: Sequence[Segment], low: Fraction, high: Fraction) -> list[tuple[int, int]]:
    return [(each.first, each.last) for each in segments if each.end > low and each.start < high]


def _indexed_spans(tracks: Sequence[Stream], low: Fraction, high: Fraction) -> list[tuple[int, int]]:
    """The bytes of the packets from a key frame before ``low`` to ``high``, as far as an index names them."""
    spans = []
    for stream in tracks:
        entries = stream.index_entries
        tick = time_base_of(stream)
        first = max(0, entries.search_timestamp(math.floor(low / tick)))
        if stream is tracks[0] and len(entries):
            low = min(low, entries[first].timestamp * tick)  # the others are sought to where this one begins
        until = math.ceil(high / tick)
        for number in range(first, len(entries)):
            entry = entries[number]
            if entry.size:
                spans.append((entry.pos, entry.pos + entry.size))
            elif number + 1 < len(entries):  # Matroska names where a cluster begins, which lasts until the next
                spans.append((entry.pos, max(entry.pos, entries[number + 1].pos)))
            if entry.timestamp > until:
                break
    return spans
