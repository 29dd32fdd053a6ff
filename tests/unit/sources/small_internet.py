"""An internet of a few hosts on the loopback interface, with a private network around it.

Names resolve as a test says, and public addresses lead to local servers. Any other address leads to the canary and is
written down: nothing may ever be. What is replaced is the system's: its resolver and its ``connect``.
"""

from __future__ import annotations

import itertools
import socket
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tests.local_site import LocalSite

_resolve = socket.getaddrinfo


class SmallInternet:
    """Lives as long as the test.

    Attributes:
        canary: answers at every address that is not public.
        inside: the addresses inside that somebody tried to connect to.
        asked: the names that were looked up, in order.
    """

    def __init__(self, canary: LocalSite, monkeypatch: pytest.MonkeyPatch) -> None:
        self.canary = canary
        self.inside: list[str] = []
        self.asked: list[str] = []
        self._names: dict[str, Iterator[list[str]]] = {}
        self._servers: dict[str, LocalSite] = {}
        self._connect = socket.socket.connect
        monkeypatch.setattr(socket, "getaddrinfo", self._getaddrinfo)
        monkeypatch.setattr(socket.socket, "connect", lambda *where: self._lead(*where))  # noqa: PLW0108 - binds
        for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)

    def host(self, name: str, site: LocalSite) -> str:
        """Put a server on the internet; gives the address of its root without the last slash."""
        address = f"93.184.216.{len(self._servers) + 1}"
        self._servers[address] = site
        self.name(name, [address])
        return f"http://{name}"

    def name(self, name: str, *answers: Sequence[str]) -> None:
        """Resolve a name to these addresses, the first time to the first of the answers, at last to the last one."""
        self._names[name] = itertools.chain(map(list, answers), itertools.repeat(list(answers[-1])))

    def _getaddrinfo(self, host: Any, port: Any, *_: Any, **__: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else str(host)
        self.asked.append(name)
        answers = self._names.get(name.rstrip(".").lower())
        if answers is None:
            # Numbers in every spelling that the system knows, and no network asked for the rest.
            return _resolve(name.rstrip("."), port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        found = []
        for address in next(answers):
            found += _resolve(address, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
        return found

    def _lead(self, connection: socket.socket, address: Any) -> None:
        site = self._servers.get(address[0])
        if site is None:
            self.inside.append(str(address[0]))
            site = self.canary
        if connection.family != socket.AF_INET:
            raise ConnectionRefusedError
        self._connect(connection, ("127.0.0.1", site.port))
