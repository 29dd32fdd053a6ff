"""What goes over the wire between the application and a child: framed pickles, of which the child's are not trusted.

A child reads media and pages that strangers made. Should one of them take the child over, it must not be able to make
this process run anything, which a free pickle could: from a child come only plain values and the classes of ``domain``.
"""

from __future__ import annotations

import enum
import io
import pickle
import struct
from fractions import Fraction
from pathlib import Path, PosixPath, PurePath, PurePosixPath, PureWindowsPath, WindowsPath

_LENGTH = struct.Struct("!Q")

MOST_BYTES = 1024**3
"""In one message; five times the largest sprite sheet."""

_OWN_VALUES = "fastclip_desktop.domain."

_PLAIN = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        *(Fraction, Path, PosixPath, PurePath, PurePosixPath, PureWindowsPath, WindowsPath),
        *(bytearray, complex, frozenset, set, slice, range),
    )
}


class BadMessage(Exception):  # noqa: N818 - says what happened
    """A child sent what no child of ours sends."""


def framed(message: object) -> bytes:
    """A message as bytes.

    Raises:
        Exception: it does not pickle; what exactly is raised is up to what is in it.
    """
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


class Frames:
    """Puts frames together from bytes as they come."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The frames that are whole now.

        Raises:
            BadMessage: one is announced that is too large.
        """
        self._waiting += data
        whole = []
        while len(self._waiting) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(self._waiting)
            if length > MOST_BYTES:
                raise BadMessage(f"A message of {length} bytes is announced.")
            end = _LENGTH.size + length
            if len(self._waiting) < end:
                break
            whole.append(bytes(memoryview(self._waiting)[_LENGTH.size : end]))
            del self._waiting[:end]
        return whole


def from_parent(frame: bytes) -> object:
    """What the application sent."""
    return pickle.loads(frame)  # noqa: S301 - it comes from whoever started this process


def from_child(frame: bytes) -> object:
    """What a child sent.

    Raises:
        BadMessage: it is no pickle, or names anything but plain values and the classes of ``domain``.
    """
    try:
        return _Suspicious(io.BytesIO(frame)).load()
    except BadMessage:
        raise
    except Exception as error:
        raise BadMessage(f"{type(error).__name__}: {error}") from error


class _Suspicious(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """The class of that name, if it is one of a value."""
        if (plain := _PLAIN.get((module, name))) is not None:
            return plain
        if (module, name) == ("builtins", "getattr"):
            return _member  # how Python 3.11 and 3.12 pickle some enumerations
        if module.startswith(_OWN_VALUES) and "." not in name:
            found = super().find_class(module, name)
            # A module also holds what it imports and its functions: neither is a value of its own.
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise BadMessage(f"{module}.{name} is no value.")


def _member(kind: object, name: object) -> object:
    if isinstance(kind, enum.EnumType) and isinstance(name, str):
        return kind[name]
    raise BadMessage(f"{kind!r} has no member {name!r}.")
