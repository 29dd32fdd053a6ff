"""Texts as points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vectors:
    """Points whose nearness is nearness in meaning, one a text.

    Attributes:
        dimensions: numbers a point.
        data: the points one after another, each of length 1, as little-endian 32-bit floats.
    """

    dimensions: int
    data: bytes

    def __len__(self) -> int:
        return len(self.data) // (4 * self.dimensions) if self.dimensions else 0
