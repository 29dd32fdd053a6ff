"""Whether a file ends before its own index says it should: a download or a recording that was cut off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.container import InputContainer

_EBML = b"\x1aE\xdf\xa3"
_SEGMENT = b"\x18S\x80g"


def is_truncated(container: InputContainer, path: Path) -> bool:
    """Whether bytes are missing at the end. mp4 and Matroska can tell; everything else counts as complete."""
    size = path.stat().st_size
    if "mp4" in container.format.name:
        return _last_indexed_byte(container) > size
    if "matroska" in container.format.name:
        with path.open("rb") as file:
            return (matroska_end(file.read(4096)) or 0) > size
    return False


def _last_indexed_byte(container: InputContainer) -> int:
    """The byte after the last sample that the index names, 0 without an index."""
    furthest = 0
    for stream in container.streams:
        entries = stream.index_entries
        if len(entries):
            last = entries[len(entries) - 1]
            furthest = max(furthest, last.pos + last.size)
    return furthest


def matroska_end(head: bytes) -> int | None:
    """The byte after the segment, from the first bytes of a Matroska file; ``None`` where it has no stated size.

    Element sizes are EBML variable-size integers (RFC 8794, section 4); all ones mean unknown, as in live streams.
    """
    if not head.startswith(_EBML):
        return None
    header = _read_size(head, len(_EBML))
    if header is None:
        return None
    position = header[1] + header[0]
    if head[position : position + len(_SEGMENT)] != _SEGMENT:
        return None
    segment = _read_size(head, position + len(_SEGMENT))
    return None if segment is None else segment[1] + segment[0]


def _read_size(data: bytes, position: int) -> tuple[int, int] | None:
    """An element's size and the position behind the number; ``None`` for the unknown size and for garbage."""
    if position >= len(data) or data[position] == 0:
        return None
    length = 9 - data[position].bit_length()
    field = data[position : position + length]
    value = int.from_bytes(field, "big") & ((1 << 7 * length) - 1)
    if len(field) < length or value == (1 << 7 * length) - 1:
        return None
    return value, position + length
