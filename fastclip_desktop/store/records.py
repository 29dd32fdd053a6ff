"""Turns values of ``domain`` into bytes and back, without pickle.

A record is a JSON text of what a value holds, behind its length in four bytes, and then all its ``bytes`` fields one
after the other: base64 would make a waveform a third larger. Reading goes by the type that the reader names and makes
nothing else, so that whatever lies in a file cannot run.

A dataclass carries its name where the type alone does not say which it is: as the whole record, and in a field that
may hold one of several. A failure always does. A field that a class got later is missing in an older record and takes
its default; one that nobody knows makes the record unreadable.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import FastClipError

ValueT = TypeVar("ValueT")

_LENGTH = 4
_PLAIN = frozenset({bool, int, float, str})

_NAME = ""
"""The key under which a class has its name; no field can be called so."""


def pack(value: object) -> bytes:
    """The bytes of a value.

    It may be ``None``, plain, a fraction, bytes, a path, a member of an enumeration, a tuple, a frozen set of texts, a
    dataclass of all these, or a :class:`~fastclip_desktop.domain.errors.FastClipError`. Equal values have equal bytes.

    Raises:
        TypeError: for anything else.
    """
    blobs: list[bytes] = []
    text = json.dumps(_plain(value, blobs, named=True), separators=(",", ":")).encode()
    return b"".join([len(text).to_bytes(_LENGTH, "big"), text, *blobs])


def unpack(kind: type[ValueT], data: bytes) -> ValueT:
    """The value that was packed.

    Args:
        kind: its type, such as ``Thumbnail``, ``tuple[Thumbnail, ...]`` or a union of dataclasses.
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


def _plain(value: object, blobs: list[bytes], *, named: bool) -> object:  # noqa: PLR0911 - one for each kind
    if value is None or type(value) in _PLAIN:
        return value
    match value:
        case tuple():
            return [_plain(item, blobs, named=named) for item in value]
        case Fraction():
            return [value.numerator, value.denominator]
        case Enum():
            return value.value
        case bytes():
            blobs.append(value)
            return len(value)
        case Path():
            return str(value)
        case frozenset():
            return _sorted_texts(value)
        case FastClipError():
            return _fields(value, _failure_fields(type(value)), blobs, named=True)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value, _field_types(type(value)), blobs, named=named)
    raise TypeError(f"{type(value).__name__} has no record")


def _sorted_texts(items: Iterable[object]) -> list[str]:
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) != len(list(items)):
        raise TypeError("only a set of texts has a record")
    return sorted(texts)


def _fields(value: object, kinds: dict[str, object], blobs: list[bytes], *, named: bool) -> dict[str, object]:
    name = {_NAME: type(value).__name__} if named else {}
    return name | {field: _plain(getattr(value, field), blobs, named=_is_choice(kind)) for field, kind in kinds.items()}


class _Reader:
    """Builds a value; ``position`` is the first of the bytes that it has not used."""

    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position

    def value(self, kind: object, plain: object) -> object:
        return _way(kind)(self, plain)

    def tuple_of(self, kinds: tuple[object, ...], plain: object) -> tuple[object, ...]:
        if kinds[-1] is Ellipsis:
            way = _way(kinds[0])
            return tuple([way(self, item) for item in _list(plain)])
        return tuple([self.value(kind, item) for kind, item in zip(kinds, _list(plain), strict=True)])

    def one_of(self, kinds: Sequence[object], plain: object) -> object:
        """The first that it can be; a name leaves only one."""
        begin = self.position
        for kind in kinds[:-1]:
            try:
                return self.value(kind, plain)
            except (TypeError, KeyError, ValueError, ArithmeticError, FastClipError):
                self.position = begin
        return self.value(kinds[-1], plain)

    def instance(self, kind: type, kinds: dict[str, object], plain: object) -> object:
        """Made with what is there; the class itself complains of what is missing."""
        if not isinstance(plain, dict) or plain.get(_NAME, kind.__name__) != kind.__name__:
            raise TypeError(f"{plain!r:.40} is no {kind.__name__}")
        return kind(**{name: _way(kinds[name])(self, item) for name, item in plain.items() if name != _NAME})

    def failure(self, kind: type[FastClipError], plain: object) -> object:
        name = plain.get(_NAME) if isinstance(plain, dict) else None
        for known in (kind, *_below(kind)):
            if known.__name__ == name:
                return self.instance(known, _failure_fields(known), plain)
        raise TypeError(f"{name!r:.40} is no {kind.__name__}")

    def bytes_of(self, plain: object) -> bytes:
        length = cast("int", self.value(int, plain))
        if not 0 <= length <= len(self._data) - self.position:
            raise ValueError(f"{length} bytes are not there")
        self.position += length
        return self._data[self.position - length : self.position]


_Way = Callable[[_Reader, object], object]


@functools.cache
def _way(kind: object) -> _Way:
    """How a value of a type is built from what JSON has of it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return lambda reader, plain: reader.tuple_of(arguments, plain)
    if origin is frozenset:
        return lambda reader, plain: frozenset(reader.tuple_of((arguments[0], ...), plain))
    if origin in (types.UnionType, typing.Union):
        # Nothing fits first of all: to try it costs least.
        choices = sorted(arguments, key=lambda each: each is not types.NoneType)
        return lambda reader, plain: reader.one_of(choices, plain)
    if isinstance(kind, type):
        return _way_to_class(kind)
    raise TypeError(f"{kind} has no record")


def _way_to_class(kind: type) -> _Way:  # noqa: PLR0911 - one for each kind
    if kind is float:  # a whole number of seconds is one too
        return lambda _, plain: float(_checked(plain, (float, int)))
    if kind in _PLAIN or kind is types.NoneType:
        return lambda _, plain: _checked(plain, (kind,))
    if kind is Fraction:
        return lambda reader, plain: Fraction(*cast("tuple[int, int]", reader.tuple_of((int, int), plain)))
    if kind is bytes:
        return lambda reader, plain: reader.bytes_of(plain)
    if kind is Path:
        return lambda _, plain: Path(_checked(plain, (str,)))
    if issubclass(kind, Enum):
        return lambda _, plain: kind(plain)
    if issubclass(kind, FastClipError):
        return lambda reader, plain: reader.failure(kind, plain)
    if dataclasses.is_dataclass(kind):
        kinds = _field_types(kind)
        return lambda reader, plain: reader.instance(kind, kinds, plain)
    raise TypeError(f"{kind.__name__} has no record")


def _checked(plain: typing.Any, kinds: tuple[type, ...]) -> typing.Any:  # noqa: ANN401 - a member of kinds
    if type(plain) not in kinds:
        raise TypeError(f"{plain!r:.40} is no {kinds[0].__name__}")
    return plain


def _list(plain: object) -> list[object]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r:.40} is no list")
    return plain


def _below(kind: type[FastClipError]) -> Iterator[type[FastClipError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


@functools.cache
def _is_choice(kind: object) -> bool:
    """Whether values of a type need their class's name."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return sum(dataclasses.is_dataclass(each) for each in typing.get_args(kind)) > 1
    return any(_is_choice(each) for each in typing.get_args(kind))


@functools.cache
def _field_types(kind: type) -> dict[str, object]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _failure_fields(kind: type[FastClipError]) -> dict[str, object]:
    """What a failure is made with; each is an attribute of the same name."""
    hints = typing.get_type_hints(kind.__init__)
    return {name: hint for name, hint in hints.items() if name != "return"}
