"""Spoils model files the way broken downloads, bad disks and people with ill intent do."""

from __future__ import annotations

import random
from collections.abc import Iterator

_EXTREMES = (b"\x00", b"\xff", b"\x7f", b"\x80")


def spoilt(data: bytes, count: int, head: int, seed: int = 0) -> Iterator[bytes]:
    """Variants of a file, the same ones for the same seed.

    Args:
        data: a whole file.
        count: how many variants.
        head: bytes at the beginning in which most of the harm is done, for there lie the numbers that readers trust.
        seed: begins the sequence.
    """
    chance = random.Random(seed)
    ways = (_flip_a_bit, _overwrite_a_number, _cut_off, _take_out, _put_in, _repeat, _swap)
    for number in range(count):
        variant = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            ways[number % len(ways)](variant, min(head, max(1, len(variant))), chance)
        yield bytes(variant)


def _flip_a_bit(data: bytearray, head: int, chance: random.Random) -> None:
    if data:
        data[chance.randrange(head)] ^= 1 << chance.randrange(8)


def _overwrite_a_number(data: bytearray, head: int, chance: random.Random) -> None:
    size = chance.choice((1, 2, 4, 8))
    at = chance.randrange(head)
    data[at : at + size] = chance.choice(_EXTREMES) * size


def _cut_off(data: bytearray, head: int, chance: random.Random) -> None:
    del data[chance.randrange(chance.choice((head, len(data) + 1))) :]


def _take_out(data: bytearray, head: int, chance: random.Random) -> None:
    at = chance.randrange(head)
    del data[at : at + chance.randrange(1, 64)]


def _put_in(data: bytearray, head: int, chance: random.Random) -> None:
    at = chance.randrange(head)
    data[at:at] = chance.randbytes(chance.randrange(1, 64))


def _repeat(data: bytearray, head: int, chance: random.Random) -> None:
    at = chance.randrange(head)
    data[at:at] = data[at : at + chance.randrange(1, 512)]


def _swap(data: bytearray, head: int, chance: random.Random) -> None:
    one, other, size = chance.randrange(head), chance.randrange(head), chance.choice((4, 8, 32))
    if abs(one - other) >= size and max(one, other) + size <= len(data):
        data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]
