from __future__ import annotations

import pytest

from fastclip_desktop.sources.mp4_boxes import declared_end


def box(kind: bytes, size: int, here: int | None = None) -> bytes:
    return (size.to_bytes(4, "big") + kind + bytes(size))[: size if here is None else here]


LARGE = (1).to_bytes(4, "big") + b"mdat" + (5_000_000_000).to_bytes(8, "big") + bytes(100)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (box(b"styp", 24) + box(b"moof", 300) + box(b"mdat", 5000, here=40), 5324),
        (box(b"styp", 24) + box(b"moof", 300) + box(b"mdat", 5000), 5324),
        (box(b"styp", 24) + box(b"moof", 300, here=299), None),
        (box(b"sidx", 52, here=20), None),
        (box(b"moof", 300) + box(b"mdat", 40) + box(b"moof", 300) + box(b"mdat", 900, here=8), 1540),
        (box(b"moof", 300) + LARGE, 5_000_000_300),
        (box(b"moof", 300) + LARGE[:12], 312),
        (b"\x47\x40\x11\x10" * 100, 400),
        (b"\x1f\x43\xb6\x75\x01\x00\x00\x00" * 10, 80),
        (bytes(100), 100),
        (b"\x00\x00\x00\x03mdat" + bytes(10), 18),
        (b"", 0),
    ],
)
def test_a_piece_reaches_as_far_as_its_last_box_says(data: bytes, end: int | None) -> None:
    assert declared_end(data) == end
