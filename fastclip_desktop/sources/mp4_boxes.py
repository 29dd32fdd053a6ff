"""How far an mp4 piece reaches of which only the first bytes are here (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

_OF_A_PIECE = (b"styp", b"sidx", b"ssix", b"prft", b"emsg", b"free", b"skip", b"uuid", b"moof", b"mdat")


def declared_end(data: bytes) -> int | None:
    """The byte behind the last box that begins in ``data``; ``None`` if a box other than the media itself is cut.

    For what is no mp4 piece it is the end of ``data``.
    """
    at = 0
    while at + 8 <= len(data):
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if kind not in _OF_A_PIECE or size < head or at + head > len(data):
            break
        if at + size > len(data):
            return at + size if kind == b"mdat" else None
        at += size
    return len(data)
