"""Which bytes of a file are here: spans that grow, and the lines by which a map of them is kept beside the file.

The map is only ever appended to. Each line carries a checksum of itself, so one that was cut off by the death of its
writer says nothing, and neither does one that two writers tore.
"""

from __future__ import annotations

import bisect
import re
import zlib
from collections.abc import Iterable, Iterator

MAP_SUFFIX = ".fastclip-map"
"""What the map's name adds to the name of its file."""

MAP_HEAD = b"FastClip map 1 "
"""What a map begins with."""

_HEAD = re.compile(rb"FastClip map 1 (\d{1,18}) [0-9a-f]{1,32} ([0-9a-f]{8})")
_LINE = re.compile(rb"(\d{1,18}) (\d{1,18}) ([0-9a-f]{8})")


class ByteRanges:
    """A set of bytes, kept as half-open spans ``start <= byte < end`` that rise and never touch."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in spans:
            self.add(start, end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(tuple(zip(self._starts, self._ends, strict=True)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByteRanges) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # it changes

    def __repr__(self) -> str:
        return f"ByteRanges({list(self)})"

    @property
    def total(self) -> int:
        """How many bytes there are."""
        return sum(self._ends) - sum(self._starts)

    def add(self, start: int, end: int) -> None:
        """Put a span in; an empty one changes nothing."""
        if start >= end:
            return
        first = bisect.bisect_left(self._ends, start)
        last = bisect.bisect_right(self._starts, end)
        if first < last:
            start, end = min(start, self._starts[first]), max(end, self._ends[last - 1])
        self._starts[first:last] = [start]
        self._ends[first:last] = [end]

    def run(self, start: int) -> int:
        """How many bytes there are from ``start`` on without a gap."""
        at = bisect.bisect_right(self._starts, start) - 1
        return max(0, self._ends[at] - start) if at >= 0 else 0

    def missing(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of ``start <= byte < end`` that are not here, rising."""
        gaps = []
        at = start
        for begin, until in zip(self._starts, self._ends, strict=True):
            if until <= at:
                continue
            if begin >= end:
                break
            if begin > at:
                gaps.append((at, begin))
            at = until
        if at < end:
            gaps.append((at, end))
        return gaps


def joined(spans: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Spans in rising order, those put together that lie at most ``gap`` bytes apart."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start - together[-1][1] <= gap:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        elif start < end:
            together.append((start, end))
    return together


def map_head(size: int, edition: str = "0") -> bytes:
    """The first line of a map.

    Args:
        size: bytes of the whole file.
        edition: hexadecimal digits that tell the file from another that was made in its place.
    """
    text = MAP_HEAD + b"%d %s" % (size, edition.encode())
    return text + b" %08x\n" % zlib.crc32(text)


def map_line(start: int, end: int) -> bytes:
    """The line that says that a span is here."""
    text = b"%d %d" % (start, end)
    return text + b" %08x\n" % zlib.crc32(text)


def read_map(data: bytes) -> tuple[int, ByteRanges] | None:
    """The size of the whole file and what is here of it; ``None`` where the first line is no map's.

    Lines that are damaged, or speak of bytes behind the end, are passed over.
    """
    first, _, rest = data.partition(b"\n")
    head = _HEAD.fullmatch(first)
    if head is None or int(head[2], 16) != zlib.crc32(first.rpartition(b" ")[0]):
        return None
    size = int(head[1])
    ranges = ByteRanges()
    for line in rest.split(b"\n"):
        match = _LINE.fullmatch(line)
        if match is None or int(match[3], 16) != zlib.crc32(line.rpartition(b" ")[0]):
            continue
        start, end = int(match[1]), int(match[2])
        if start < end <= size:
            ranges.add(start, end)
    return size, ranges
