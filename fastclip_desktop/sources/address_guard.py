"""The one place that decides which machine may be connected to.

A page can name any address: the router, a service that listens on this machine alone, the cloud's store of keys. So a
name is resolved once, what it resolves to is judged, and the connection is made to the very address that was judged;
looking the name up again could give another answer. Spelling plays no part: ``2130706433``, ``0x7f.1`` and a name that
somebody pointed at 127.0.0.1 are all the same address by then. Redirects, playlists and embedded players come by here
as everything does.

What counts as the open internet follows IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890), not
``ipaddress.is_global``, which lets through 224.0.0.1, ``fec0::1`` and the many ways to write an IPv4 address inside an
IPv6 one. One of those ways is believed: a network without IPv4 gives its machines an address of NAT64's well-known
prefix for every host that has no other, so the address inside is judged in its place.
"""

from __future__ import annotations

import enum
import ipaddress
import re
import socket
import threading
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from fastclip_desktop import outside
from fastclip_desktop.domain.access import Trust
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.wording import clean_line

Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


class Depth(enum.IntEnum):
    """How far inside an address lies; nothing may lead from one of these to a deeper one."""

    INTERNET = 0
    NETWORK = 1
    MACHINE = 2


def _networks(text: str) -> Networks:
    return tuple(map(ipaddress.ip_network, text.split()))


_PRIVATE = _networks("10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7 fec0::/10")
_SPECIAL_4 = _networks(
    "0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 "
    "203.0.113.0/24 224.0.0.0/4 240.0.0.0/4"
    " 168.63.129.16/32"  # Azure's own, reachable from its machines alone
)
_UNICAST_6 = ipaddress.ip_network("2000::/3")
_SPECIAL_6 = _networks("2001::/23 2001:db8::/32 2002::/16 3fff::/20")  # among them Teredo and 6to4
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""Addresses that a translator turns into the IPv4 address in their last 32 bits (RFC 6052, section 2.1)."""

_ISATAP = (0x00005EFE, 0x02005EFE)
"""The middle of an interface identifier that holds an IPv4 address (RFC 5214, section 6.1)."""

_PLAIN_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+(?:%[a-z0-9._-]+)?", re.ASCII)
_LOCAL_NAME = re.compile(r"(?:.*\.)?(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)|[^.]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Found:
    """An address that a name resolved to, ready to be connected to once a port is put in."""

    family: int
    address: str
    rest: tuple[int, ...]


def depth_of(address: str) -> Depth:
    """How far inside an address lies, given as the resolver writes it, perhaps with a zone."""
    known = ipaddress.ip_address(address.partition("%")[0])
    if any(known in network for network in _PRIVATE):
        return Depth.NETWORK
    if known in _NAT64:
        # What lies inside has no business in this prefix (RFC 6052, section 3.1), whoever names it.
        inner = depth_of(str(ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)))
        return Depth.INTERNET if inner is Depth.INTERNET else Depth.MACHINE
    if isinstance(known, ipaddress.IPv4Address):
        special = any(known in network for network in _SPECIAL_4)
    else:
        special = (
            known not in _UNICAST_6
            or any(known in network for network in _SPECIAL_6)
            or int(known) >> 32 & 0xFFFFFFFF in _ISATAP
        )
    return Depth.MACHINE if special else Depth.INTERNET


class AddressGuard:
    """Resolves and connects for one session; safe to use from several threads.

    A person's own link may lead to their machine or network, and from there no deeper than it lies itself: a page on
    127.0.0.1 may name anything, one in the local network its neighbours, one on the internet only the internet. Names
    keep their first addresses as long as the session lasts.

    Args:
        trust: who gave the link.
    """

    def __init__(self, trust: Trust) -> None:
        self._trust = trust
        self._lock = threading.Lock()
        self._names: dict[str, tuple[_Found, ...]] = {}
        self._link = ""
        self._deepest: Depth | None = None
        self._refusal: InputError | None = None

    @property
    def may_use_proxy(self) -> bool:
        """Whether somebody else may resolve names: the person's own proxy, for the person alone."""
        return self._trust is Trust.PERSON

    def follow(self, link: str) -> None:
        """Take the link that somebody gave; the first one counts."""
        with self._lock:
            self._link = self._link or link

    def connect(self, host: str, port: int, timeout: float | None, source: tuple[str, int] | None) -> socket.socket:
        """Connect to a host that may be reached.

        Args:
            host: a name, or an address without brackets.
            port: the TCP port.
            timeout: seconds for each address of the host, ``None`` to wait.
            source: the address to connect from, ``None`` for any.

        Raises:
            InputError: ``private_address``, or ``offline``.
            OSError: it cannot be resolved or reached.
        """
        self._check_outside(host)
        failure: OSError | None = None
        allowed = self._allowed(host)
        for found in allowed:
            connection = socket.socket(found.family, socket.SOCK_STREAM)
            try:
                connection.settimeout(timeout)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if source is not None:
                    connection.bind(source)
                connection.connect((found.address, port, *found.rest))
            except OSError as error:
                connection.close()
                failure = error
            except BaseException:
                connection.close()
                raise
            else:
                if found != allowed[0]:
                    self._put_first(host, found)
                return connection
        raise failure or OSError(f"{host} has no address")

    def check_for_proxy(self, host: str) -> None:
        """Judge a host that a proxy will look up: by its name, and by its addresses where they are known here, too.

        Raises:
            InputError: ``private_address``, or ``offline``.
        """
        self._check_outside(host)
        if host == self._host_of_link():
            return
        if ":" not in host and _LOCAL_NAME.fullmatch(host.lower().rstrip(".")) and not self._deepest_allowed():
            raise self._refuse(host, host)
        try:
            self._allowed(host)
        except OSError:
            # Behind such proxies the names of the internet often mean nothing: what the proxy makes of it is its own.
            return

    def take_refusal(self) -> InputError | None:
        """The last refusal since this was asked, for whoever swallowed it on the way."""
        with self._lock:
            refusal, self._refusal = self._refusal, None
        return refusal

    def _check_outside(self, host: str) -> None:
        try:
            outside.check(host)
        except InputError as refusal:
            with self._lock:
                self._refusal = refusal
            raise

    def _allowed(self, host: str) -> tuple[_Found, ...]:
        found = self._resolve(host)
        allowed = tuple(each for each in found if depth_of(each.address) <= Depth.INTERNET)
        if len(allowed) < len(found):
            deepest = self._deepest_allowed()
            allowed = tuple(each for each in found if depth_of(each.address) <= deepest)
        if not allowed:
            raise self._refuse(host, found[0].address)
        return allowed

    def _deepest_allowed(self) -> Depth:
        if self._trust is not Trust.PERSON:
            return Depth.INTERNET
        if self._deepest is None:
            self._deepest = self._depth_of_link()
        return self._deepest

    def _depth_of_link(self) -> Depth:
        host = self._host_of_link()
        try:
            return min(depth_of(each.address) for each in self._resolve(host)) if host else Depth.INTERNET
        except OSError:
            return Depth.INTERNET

    def _host_of_link(self) -> str:
        """The host that the link names, empty where two parsers may think differently which part of it that is."""
        try:
            host = unquote(urlsplit(self._link).hostname or "")
        except ValueError:
            return ""
        return host if _PLAIN_HOST.fullmatch(host) and "\\" not in self._link else ""

    def _resolve(self, host: str) -> tuple[_Found, ...]:
        name = host.lower().rstrip(".")
        with self._lock:
            known = self._names.get(name)
        if known:
            return known
        try:
            answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except UnicodeError as error:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from error
        found = tuple(
            dict.fromkeys(
                _Found(family, str(where[0]), tuple(int(each) for each in where[2:])) for family, *_, where in answers
            )
        )
        with self._lock:
            return self._names.setdefault(name, found)

    def _put_first(self, host: str, found: _Found) -> None:
        """Begin with the address that answered: where IPv6 leads nowhere, only the first connection waits for it."""
        name = host.lower().rstrip(".")
        with self._lock:
            self._names[name] = (found, *(each for each in self._names[name] if each != found))

    def _refuse(self, host: str, address: str) -> InputError:
        place = clean_line(host) if host == address else f"{clean_line(host)} ({clean_line(address)})"
        refusal = InputError(
            ErrorCode.PRIVATE_ADDRESS,
            f"The link leads to {place}, which is not on the open internet.",
            "FastClip goes into a private network only by a link of yours: give it the video's own link, or its file.",
        )
        with self._lock:
            self._refusal = refusal
        return refusal
