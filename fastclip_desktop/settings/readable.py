"""Turns values of ``domain`` into JSON that a person can read and mend, and back with a word on what is wrong.

The records of the store are made for programs; these are for files that people open in an editor. Times are exact
fractions, ``"151/2"`` for 75.5 seconds; a hand may also write ``75.5`` or ``1:15.5``. Reading goes by the type that the
reader names and makes nothing else.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
import types
import typing
from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.timecode import parse_timecode, seconds_from_number

ValueT = TypeVar("ValueT")

_FRACTION = re.compile(r"(-?[0-9]{1,40})(?:/([0-9]{1,40}))?", re.ASCII)
_LONGEST_TEXT = 100_000
_MOST_ITEMS = 100_000


class NonsenseError(ValueError):
    """Something in a file cannot be what it is meant to be; the message says where and what is expected."""


def to_json(value: object) -> object:  # noqa: PLR0911 - one for each kind
    """What ``json.dumps`` takes for a value: plain, a fraction, a path, an enumeration's, a tuple or a dataclass."""
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case Path():
            return str(value)
        case tuple():
            return [to_json(item) for item in value]
        case _ if dataclasses.is_dataclass(value):
            return {each.name: to_json(getattr(value, each.name)) for each in dataclasses.fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} is not made for files")


def from_json(kind: type[ValueT], value: object, where: str = "") -> ValueT:
    """The value of a kind; fields that are missing have their defaults, and those that nobody knows are left out.

    Raises:
        NonsenseError: it is no such value.
    """
    return cast("ValueT", _read(kind, value, where))


def unknown_fields(kind: type, value: Mapping[str, object]) -> dict[str, object]:
    """What of an object's fields a dataclass does not know."""
    return {name: each for name, each in value.items() if name not in _fields(kind)}


def _read(kind: object, value: object, where: str) -> object:  # noqa: PLR0911 - one for each kind
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        return _read_optional(typing.get_args(kind), value, where)
    if origin is tuple:
        return _read_items(typing.get_args(kind)[0], value, where)
    if kind is bool:
        return _expect(isinstance(value, bool), value, where, "true or false")
    if kind is int:
        return _expect(isinstance(value, int) and not isinstance(value, bool), value, where, "a whole number")
    if kind is float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        return float(cast("float", _expect(is_number, value, where, "a number")))
    if kind is str:
        return _expect(isinstance(value, str) and len(value) <= _LONGEST_TEXT, value, where, "a text")
    if kind is Fraction:
        return _read_seconds(value, where)
    if kind is Path:
        is_path = isinstance(value, str) and 0 < len(value) <= _LONGEST_TEXT and "\0" not in value
        return Path(cast("str", _expect(is_path, value, where, "a path")))
    if isinstance(kind, type) and issubclass(kind, Enum):
        known = [each.value for each in kind]
        return kind(_expect(value in known, value, where, "one of " + ", ".join(map(repr, known))))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _read_fields(kind, value, where)
    raise TypeError(f"{kind} is not made for files")


def _expect(is_so: bool, value: object, where: str, expected: str) -> object:  # noqa: FBT001 - what is expected
    if not is_so:
        raise NonsenseError(f"{where or 'it'} has to be {expected}")
    return value


def _read_optional(kinds: tuple[object, ...], value: object, where: str) -> object:
    if value is None and types.NoneType in kinds:
        return None
    (kind,) = (each for each in kinds if each is not types.NoneType)
    return _read(kind, value, where)


def _read_items(kind: object, value: object, where: str) -> tuple[object, ...]:
    _expect(isinstance(value, list) and len(value) <= _MOST_ITEMS, value, where, "a list")
    return tuple(_read(kind, item, f"{where}[{number}]") for number, item in enumerate(cast("list[object]", value)))


def _read_seconds(value: object, where: str) -> Fraction:
    expected = 'a time in seconds such as "151/2" or 75.5'
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return seconds_from_number(value)
        if isinstance(value, str):
            match = _FRACTION.fullmatch(value.strip())
            return Fraction(int(match[1]), int(match[2] or 1)) if match else parse_timecode(value)
    except (FastClipError, ZeroDivisionError):
        pass
    raise NonsenseError(f"{where or 'it'} has to be {expected}")


def _read_fields(kind: type, value: object, where: str) -> object:
    known = cast("dict[str, object]", _expect(isinstance(value, dict), value, where, "an object in braces"))
    inside = f"{where}." if where else ""
    given = {
        name: _read(of, known[name], f"{inside}{name}") for name, (of, _) in _fields(kind).items() if name in known
    }
    for name, (_, is_needed) in _fields(kind).items():
        _expect(not is_needed or name in given, None, f"{inside}{name}", "there")
    try:
        return kind(**given)
    except FastClipError as error:
        raise NonsenseError(f"{where or 'it'} cannot be: {error.message.rstrip('.')}") from error


@functools.cache
def _fields(kind: type) -> dict[str, tuple[object, bool]]:
    """The type of each field, and whether it has no default."""
    types_of = typing.get_type_hints(kind)
    missing = dataclasses.MISSING
    return {
        each.name: (types_of[each.name], each.default is missing and each.default_factory is missing)
        for each in dataclasses.fields(kind)
    }
