"""Bits of a coded header: fixed-length fields and the exponential Golomb codes of ITU-T H.264 and H.265, clause 9."""

from __future__ import annotations


class BitReader:
    """Reads a payload from its most significant bit on.

    Raises:
        ValueError: from every read past the end; a damaged header ends there.
    """

    __slots__ = ("_size", "_value", "position")

    def __init__(self, payload: bytes, position: int = 0) -> None:
        self._value = int.from_bytes(payload, "big")
        self._size = len(payload) * 8
        self.position = position

    @property
    def left(self) -> int:
        """Bits not read yet."""
        return self._size - self.position

    def u(self, bits: int) -> int:
        """An unsigned number of so many bits."""
        if bits > self.left:
            raise ValueError("the header ends early")
        self.position += bits
        return (self._value >> (self._size - self.position)) & ((1 << bits) - 1)

    def flag(self) -> bool:
        """One bit."""
        return self.u(1) == 1

    def ue(self) -> int:
        """An unsigned Golomb code."""
        rest = self._value & ((1 << self.left) - 1)
        zeros = self.left - rest.bit_length()
        if zeros > 32 or rest == 0:
            raise ValueError("a Golomb code is too long")
        self.position += zeros
        return self.u(zeros + 1) - 1

    def se(self) -> int:
        """A signed Golomb code."""
        code = self.ue()
        return (code + 1) // 2 if code & 1 else -(code // 2)


class BitWriter:
    """Collects bits, most significant first."""

    __slots__ = ("_size", "_value")

    def __init__(self) -> None:
        self._value = 0
        self._size = 0

    def u(self, value: int, bits: int) -> BitWriter:
        """An unsigned number of so many bits."""
        self._value = self._value << bits | value
        self._size += bits
        return self

    def flag(self, value: bool) -> BitWriter:  # noqa: FBT001 - the bit is what the call is about
        """One bit."""
        return self.u(int(value), 1)

    def ue(self, value: int) -> BitWriter:
        """An unsigned Golomb code."""
        return self.u(value + 1, 2 * (value + 1).bit_length() - 1)

    def se(self, value: int) -> BitWriter:
        """A signed Golomb code."""
        return self.ue(2 * value - 1 if value > 0 else -2 * value)

    def copy(self, reader: BitReader, bits: int) -> BitWriter:
        """The next bits of a reader, unchanged."""
        return self.u(reader.u(bits), bits)

    def align(self, bit: int) -> BitWriter:
        """Fill up the byte with a bit's value."""
        missing = -self._size % 8
        return self.u((1 << missing) - 1 if bit else 0, missing)

    def trail(self) -> BitWriter:
        """The stop bit and the zeros after it that end every payload."""
        return self.u(1, 1).align(0)

    def to_bytes(self) -> bytes:
        """What was written; the size must be whole bytes.

        Raises:
            ValueError: if it isn't.
        """
        if self._size % 8:
            raise ValueError("the payload does not end on a byte")
        return self._value.to_bytes(self._size // 8, "big")
