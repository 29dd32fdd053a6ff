"""Keeps a Linux process, and all that it starts, from opening connections: the kernel filters its system calls.

The filter is a program for the kernel's classic packet-filter machine, see ``man 2 seccomp``. It cannot be taken off
again. Sockets that lead to processes of the same machine stay allowed (``AF_UNIX``), for graphics and sound drivers
talk over them; so does what is open already.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys
from dataclasses import dataclass

_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EACCES
_IS_NOT_THERE = 0x00050000 | errno.ENOSYS

_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER_OR_EQUAL, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Offsets in ``struct seccomp_data``; the lower half of an argument lies first, both machines being little-endian."""

_AF_UNIX = 1

_X32_BIT = 0x40000000
"""Marks x86-64's second way to make system calls, with numbers of its own."""

_IO_URING_SETUP = 425
"""Opens connections without calling ``socket``; the same number everywhere."""


@dataclass(frozen=True, slots=True)
class _Machine:
    """The numbers of a machine: its name for the kernel's audit, and ``socket``."""

    audit: int
    socket: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, 41),
    "aarch64": _Machine(0xC00000B7, 198),
}


def forbid_connections() -> bool:
    """Let this thread, and all that it starts from now on, open no socket but local ones.

    Returns:
        Whether the system does that; where it doesn't, nothing has changed.
    """
    machine = _MACHINES.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None or struct.calcsize("P") != 8 or sys.byteorder != "little":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    program = _filter(machine)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = _Program(len(program) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    if library.prctl(_PR_SET_NO_NEW_PRIVS, *map(ctypes.c_ulong, (1, 0, 0, 0))) != 0:
        return False
    done = library.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), ctypes.byref(header))
    return bool(done == 0)


def _filter(machine: _Machine) -> bytes:
    """The program; each jump says how many instructions to leave out if so and if not."""
    return b"".join(
        (
            # Numbers mean other calls where a program switches to the machine's 32-bit way of calling.
            _instruction(_LOAD, _ARCHITECTURE),
            _instruction(_JUMP_IF_EQUAL, machine.audit, 1, 0),
            _instruction(_RETURN, _REFUSE),
            _instruction(_LOAD, _NUMBER),
            _instruction(_JUMP_IF_GREATER_OR_EQUAL, _X32_BIT, 5, 0),
            _instruction(_JUMP_IF_EQUAL, _IO_URING_SETUP, 5, 0),
            _instruction(_JUMP_IF_EQUAL, machine.socket, 0, 2),
            _instruction(_LOAD, _FIRST_ARGUMENT),
            _instruction(_JUMP_IF_EQUAL, _AF_UNIX, 0, 1),
            _instruction(_RETURN, _ALLOW),
            _instruction(_RETURN, _REFUSE),
            _instruction(_RETURN, _IS_NOT_THERE),
        )
    )


def _instruction(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_so, if_not, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))
