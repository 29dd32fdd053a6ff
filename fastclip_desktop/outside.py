"""Whether anything may leave this machine, and what does.

A person who works offline wants no connection at all, and no question to a name server either: it would tell which
host was meant. Who opens connections asks :func:`check` and says so in one sentence. Behind them stands a hook in the
interpreter, which sees every connection and every look-up of Python code, whichever library makes it; what it is asked
for while a person works offline is refused. Native libraries open none: FFmpeg reads through our own readers, ONNX
Runtime is told not to report its use (``fastclip_desktop/__init__.py``), and children that need no network are kept
from it by the kernel (:mod:`fastclip_desktop.runners.seccomp`).

What a program on this machine is asked for stays on this machine, and is no business of ours.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping, MutableMapping

from fastclip_desktop.domain.errors import ErrorCode, InputError

OFFLINE_VARIABLE = "FASTCLIP_OFFLINE"
"""In the environment: ``1`` keeps a command, and all it starts, from leaving this machine."""

OFFLINE_FLAG = "--offline"
"""Does the same for one command; it stands in the variable then, so that every process can say whose wish it is."""

_NO = frozenset({"", "0", "no", "off", "false"})

_log = logging.getLogger(__name__)

_WITH_ADDRESS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_WITH_NAME = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})
_BACKWARDS = frozenset({"socket.gethostbyaddr", "socket.getnameinfo"})
"""Python's audit events of what opens a connection, sends something without one, or asks a name server: for a name's
address, or for an address's name, where a number is asked about, too."""


class _Gate:
    """What holds for this process; a hook can never be taken away again, so there is one."""

    def __init__(self) -> None:
        self.is_offline: Callable[[], bool] = lambda: False
        self._lock = threading.Lock()
        self._is_watched = False

    def watch(self) -> None:
        with self._lock:
            if not self._is_watched:
                sys.addaudithook(self._see)
                self._is_watched = True

    def _see(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in _WITH_ADDRESS:
            address = arguments[1] if len(arguments) > 1 else None
            if not isinstance(address, tuple) or not address:
                return  # a socket of the file system, or one that was connected, and seen, before
            host, port = address[0], address[1] if len(address) > 1 else ""
        elif event in _WITH_NAME:
            host, port = arguments[0], arguments[1] if len(arguments) > 1 else ""
            if _is_number(host):
                return  # nobody is asked
        elif event in _BACKWARDS:
            about = arguments[0]
            host, port = about[0] if isinstance(about, tuple) and about else about, ""
        else:
            return
        if not is_here(host):
            if self.is_offline():
                raise PermissionError(f"FastClip works offline and does not contact {_written(host)}")
            _log.debug("%s %s:%s", event, _written(host), port)


_gate = _Gate()


def watch(is_offline: Callable[[], bool]) -> None:
    """Keep this process from leaving the machine whenever that is so, from now on.

    Args:
        is_offline: asked at every connection that leads outside, and by :func:`check`; on whichever thread.
    """
    _gate.is_offline = is_offline
    _gate.watch()


def wants_offline(environment: Mapping[str, str]) -> bool:
    """Whether the environment says to work offline."""
    return environment.get(OFFLINE_VARIABLE, "").strip().lower() not in _NO


def stay_offline(environment: MutableMapping[str, str]) -> None:
    """Write down that one command, and all it starts, was told to work offline; a variable that says so stays."""
    if not wants_offline(environment):
        environment[OFFLINE_VARIABLE] = OFFLINE_FLAG


def way_online(environment: Mapping[str, str]) -> str:
    """What a person does to be online again: the opposite of what was done to be offline."""
    if environment.get(OFFLINE_VARIABLE, "").strip().lower() == OFFLINE_FLAG:
        return f"Leave out {OFFLINE_FLAG}"
    if wants_offline(environment):
        return f"Unset {OFFLINE_VARIABLE}"
    return "Switch that off in Settings → Network"


def check(host: str) -> None:
    """Refuse a host that is not on this machine, if a person works offline.

    Raises:
        InputError: ``offline``.
    """
    if not is_here(host):
        check_afar(host)


def check_afar(name: str) -> None:
    """Refuse what works on other machines wherever it is asked, as a cluster does, if a person works offline.

    Raises:
        InputError: ``offline``.
    """
    if _gate.is_offline():
        raise InputError(
            ErrorCode.OFFLINE,
            f"{_written(name)} was not contacted, because FastClip works offline.",
            f"{way_online(os.environ)}; files of this machine work as ever.",
        )


def is_here(host: object) -> bool:
    """Whether a name or an address is this machine's own; a name counts only if nobody has to be asked for it."""
    name = _written(host).lower().partition("%")[0]
    if name in ("", "localhost"):  # a name server is asked for app.localhost, and for localhost with a full stop
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address.is_loopback or address.is_unspecified


def _is_number(host: object) -> bool:
    try:
        ipaddress.ip_address(_written(host).partition("%")[0])
    except ValueError:
        return False
    return True


def _written(host: object) -> str:
    if isinstance(host, bytes):
        return host.decode("ascii", "replace")
    return "" if host is None else str(host)
