"""yt-dlp's way to the network, with every connection made by :class:`AddressGuard`.

yt-dlp sends all it has to ask through request handlers, and picks one by the kind of link. It gets two of ours and
nothing else: one for http and https over ``requests``, whose connections the guard opens, and one for ``data:`` links,
which opens none. There is none for ``ftp:``, ``file:`` and websockets, and none over libcurl, which looks names up by
itself. A redirect is a connection like any other.

Proxies come from the environment alone, never from a page, and serve only a person's own requests: a proxy looks names
up by itself, so that what it connects to is beyond our judgement. What can be judged of such a host is judged.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
from collections.abc import Callable
from typing import Any

import urllib3
import urllib3.exceptions
from requests.structures import CaseInsensitiveDict
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from yt_dlp.networking._requests import RequestsHTTPAdapter, RequestsRH, RequestsSession
from yt_dlp.networking._urllib import UrllibRH
from yt_dlp.networking.common import Response
from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.utils.networking import select_proxy

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.address_guard import AddressGuard
from fastclip_desktop.sources.wording import host_of

MOST_PAGE_BYTES = 100 * 1000**2
"""Of a page or playlist that is read as a whole; a playlist of a million fragments is some 60 MB."""

MOST_UNPACKED = 64 * 1024**2
"""Bytes of a packed answer, read in blocks, from which on it has to be of a size with its packed form."""

_LIKELY_RATIO = 20
"""To which text may be packed; pictures and sound hardly are at all, and a bomb is at a thousand."""

_BLOCK = 1024 * 1024


class GuardedRequestsRH(RequestsRH):  # type: ignore[misc]  # yt-dlp has no types
    """http and https."""

    def __init__(self, guard: AddressGuard, **options: Any) -> None:  # noqa: ANN401 - yt-dlp has no types
        self._guard = guard
        super().__init__(**options)

    def _send(self, request: Any) -> Any:  # noqa: ANN401 - likewise
        try:
            return BoundedResponse(super()._send(request))
        except HTTPError as error:
            raise HTTPError(BoundedResponse(error.response), redirect_loop=error.redirect_loop) from error

    def _get_proxies(self, request: Any) -> dict[str, str]:  # noqa: ANN401, ARG002 - likewise; the parent's signature
        # Not the request's own: a page can hide one in a link that it makes a site module follow.
        return dict(self.proxies) if self._guard.may_use_proxy else {}

    def _create_instance(
        self,
        cookiejar: Any,  # noqa: ANN401 - yt-dlp has no types
        legacy_ssl_support: bool | None = None,  # noqa: FBT001 - the parent's signature
    ) -> Any:  # noqa: ANN401 - likewise
        session = RequestsSession()
        context = self._make_sslcontext(legacy_ssl_support=legacy_ssl_support)
        # Besides the browsers' list that yt-dlp brings along: many a company signs what its machines get to see.
        with contextlib.suppress(ssl.SSLError):  # of a certificate in the system's store that makes no sense
            context.load_default_certs()
        adapter = _GuardedAdapter(
            self._guard,
            ssl_context=context,
            source_address=self.source_address,
            max_retries=urllib3.util.retry.Retry(0, redirect=False, raise_on_redirect=False),
        )
        session.adapters.clear()
        session.headers = CaseInsensitiveDict()
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        session.cookies = cookiejar
        session.trust_env = False
        return session


class DataOnlyRH(UrllibRH):  # type: ignore[misc]  # yt-dlp has no types
    """Links that hold what they lead to."""

    _SUPPORTED_URL_SCHEMES = ("data",)


def guarded_handlers(guard: AddressGuard) -> list[Any]:
    """The makers of all handlers that yt-dlp gets."""
    return [functools.partial(GuardedRequestsRH, guard), DataOnlyRH]


class BoundedResponse(Response):  # type: ignore[misc]  # yt-dlp has no types
    """An answer that is never read into memory without a limit: pages have no end if a server wants it so.

    A small page can also be the packed form of a huge one. Whoever asks for a number of bytes gets them as ever.

    Attributes:
        on_bytes: hears of each reading how many bytes came over the network for it.
    """

    def __init__(self, answer: Any) -> None:  # noqa: ANN401 - likewise
        super().__init__(answer.fp, answer.url, answer.headers, answer.status, answer.reason, answer.extensions)
        self._answer = answer
        self._unpacked = 0
        self._told = 0
        self.on_bytes: Callable[[int], None] = _nobody

    def read(self, amt: int | None = None) -> bytes:
        """The next bytes, all that are left where no number is given."""
        data = self._read_whole() if amt is None else bytes(self._answer.read(amt))
        came = self.fp.tell()
        self.on_bytes(came - self._told)
        self._told = came
        if self.get_header("Content-Encoding"):
            self._unpacked += len(data)
            self._check_unpacked()
        if self._answer.closed:
            self.close()
        return data

    def close(self) -> None:
        """Let go of the connection."""
        self._answer.close()
        super().close()

    def _check_unpacked(self) -> None:
        if self._unpacked > MOST_UNPACKED and self._unpacked > _LIKELY_RATIO * self.fp.tell():
            self.close()
            raise RequestError(
                cause=InputError(
                    ErrorCode.SOURCE_TOO_LARGE,
                    f"What {host_of(self.url)} sends unpacks to far more than a video.",
                    "Check in a browser what the link leads to.",
                )
            )

    def _read_whole(self) -> bytes:
        blocks: list[bytes] = []
        size = 0
        while block := self._answer.read(_BLOCK):
            blocks.append(block)
            size += len(block)
            if size > MOST_PAGE_BYTES:
                self.close()
                raise RequestError(
                    cause=InputError(
                        ErrorCode.SOURCE_TOO_LARGE,
                        f"{host_of(self.url)} sends a page of more than {MOST_PAGE_BYTES // 1000**2} MB.",
                        "Check in a browser what the link leads to.",
                    )
                )
        return b"".join(blocks)


def _nobody(_came: int) -> None:
    """Hear, and do nothing about it."""


class _GuardedAdapter(RequestsHTTPAdapter):  # type: ignore[misc]  # yt-dlp has no types
    def __init__(self, guard: AddressGuard, **options: Any) -> None:  # noqa: ANN401 - yt-dlp has no types
        self._guard = guard
        super().__init__(**options)

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - likewise
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {
            "http": functools.partial(_GuardedPool, self._guard),
            "https": functools.partial(_GuardedTlsPool, self._guard),
        }

    def get_connection_with_tls_context(
        self,
        request: Any,  # noqa: ANN401 - likewise
        verify: Any,  # noqa: ANN401 - likewise
        proxies: Any = None,  # noqa: ANN401 - likewise
        cert: Any = None,  # noqa: ANN401 - likewise
    ) -> Any:  # noqa: ANN401 - likewise
        url = urllib3.util.parse_url(request.url)
        if select_proxy(url.url, proxies):
            try:
                self._guard.check_for_proxy((url.host or "").strip("[]"))
            except InputError as error:
                raise RequestError(cause=error) from error
        return super().get_connection_with_tls_context(request, verify, proxies, cert)


class _GuardedPool(HTTPConnectionPool):
    def __init__(self, guard: AddressGuard, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's own
        super().__init__(*arguments, **options)
        self.ConnectionCls = functools.partial(_GuardedConnection, guard)  # type: ignore[assignment]  # only called


class _GuardedTlsPool(HTTPSConnectionPool):
    def __init__(self, guard: AddressGuard, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's own
        super().__init__(*arguments, **options)
        self.ConnectionCls = functools.partial(_GuardedTlsConnection, guard)  # type: ignore[assignment]  # only called


class _GuardedConnection(HTTPConnection):
    def __init__(self, guard: AddressGuard, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's own
        self._guard = guard
        super().__init__(*arguments, **options)

    def _new_conn(self) -> socket.socket:
        return _connect(self._guard, self)


class _GuardedTlsConnection(HTTPSConnection):
    def __init__(self, guard: AddressGuard, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - urllib3's own
        self._guard = guard
        super().__init__(*arguments, **options)

    def _new_conn(self) -> socket.socket:
        return _connect(self._guard, self)


def _connect(guard: AddressGuard, connection: HTTPConnection) -> socket.socket:
    """As urllib3's own connections do it, with their errors, but by the guard."""
    timeout = connection.timeout if isinstance(connection.timeout, (int, float)) else None
    try:
        return guard.connect(connection.host, connection.port, timeout, connection.source_address)
    except InputError as error:
        # yt-dlp takes anything but its own errors for a bug of the handler, and tries the next one.
        raise RequestError(cause=error) from error
    except socket.gaierror as error:
        raise urllib3.exceptions.NameResolutionError(connection.host, connection, error) from error
    except TimeoutError as error:
        raise urllib3.exceptions.ConnectTimeoutError(
            connection, f"Connection to {connection.host} timed out. (connect timeout={timeout})"
        ) from error
    except OSError as error:
        raise urllib3.exceptions.NewConnectionError(
            connection, f"Failed to establish a new connection: {error}"
        ) from error
