"""Turns values of ``domain`` into bytes and back, without pickle.

A record is a JSON text of what a value holds, behind its length in four bytes, and then all its ``bytes`` fields one
after the other: base64 would make a waveform a third larger. Reading goes by the type that the reader names and makes
nothing else, so that whatever lies in a file cannot run; a value whose fields have changed since is simply unreadable.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import typing
from collections.abc import Iterator
from fractions import Fraction
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import FastClipError

ValueT = TypeVar("ValueT")

_LENGTH = 4
_PLAIN = (bool, int, float, str)


def pack(value: object) -> bytes:
    """The bytes of a value: plain ones, fractions, bytes, tuples of one kind, and dataclasses of all these.

    Raises:
        TypeError: for anything else.
    """
    blobs: list[bytes] = []
    text = json.dumps(_plain(value, blobs), separators=(",", ":")).encode()
    return b"".join([len(text).to_bytes(_LENGTH, "big"), text, *blobs])


def unpack(kind: type[ValueT], data: bytes) -> ValueT:
    """The value that was packed.

    Args:
        kind: its type, such as ``Thumbnail`` or ``tuple[Thumbnail, ...]``.
        data: what :func:`pack` gave.

    Raises:
        ValueError: if the bytes are no record of such a value.
    """
    try:
        begin = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
        reader = _Reader(data, begin)
        value = reader.value(kind, json.loads(data[_LENGTH:begin]))
    except (TypeError, KeyError, ValueError, ArithmeticError, RecursionError, FastClipError) as error:
        raise ValueError(f"no record of {kind}: {error}") from error
    if reader.position != len(data):
        raise ValueError(f"no record of {kind}: {len(data)} bytes instead of {reader.position}")
    return cast("ValueT", value)


def _plain(value: object, blobs: list[bytes]) -> object:
    match value:
        case bool() | int() | float() | str():
            return value
        case Fraction():
            return [value.numerator, value.denominator]
        case bytes():
            blobs.append(value)
            return len(value)
        case tuple():
            return [_plain(item, blobs) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name), blobs) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no record")


class _Reader:
    """Builds a value; ``position`` is the first of the bytes that it has not used."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position

    def value(self, kind: object, plain: object) -> object:
        if kind is Fraction:
            numerator, denominator = self._items(int, plain)
            return Fraction(cast("int", numerator), cast("int", denominator))
        if kind is bytes:
            return self._bytes(cast("int", self.value(int, plain)))
        if kind in _PLAIN:
            if type(plain) is not kind:
                raise TypeError(f"{plain!r:.40} is no {kind}")
            return plain
        if typing.get_origin(kind) is tuple:
            return tuple(self._items(typing.get_args(kind)[0], plain))
        if isinstance(kind, type) and dataclasses.is_dataclass(kind):
            fields = _field_types(kind)
            if not isinstance(plain, dict) or plain.keys() != fields.keys():
                raise TypeError(f"{plain!r:.40} is no {kind.__name__}")
            return kind(**{name: self.value(fields[name], item) for name, item in plain.items()})
        raise TypeError(f"{kind} has no record")

    def _items(self, kind: object, plain: object) -> Iterator[object]:
        return (self.value(kind, item) for item in self._list(plain))

    @staticmethod
    def _list(plain: object) -> list[object]:
        if not isinstance(plain, list):
            raise TypeError(f"{plain!r:.40} is no list")
        return plain

    def _bytes(self, length: int) -> bytes:
        if not 0 <= length <= len(self._data) - self.position:
            raise ValueError(f"{length} bytes are not there")
        self.position += length
        return self._data[self.position - length : self.position]


@functools.cache
def _field_types(kind: type) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}
