"""The server: the application on a port of this machine, on a thread of its own."""

from __future__ import annotations

import asyncio
import errno
import os
import socket
import threading
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from fastclip_desktop.api.connection import Connection
from fastclip_desktop.domain.errors import ErrorCode, UsageError

LOOPBACK = "127.0.0.1"

_KEEP_ALIVE = 30
"""Seconds that a connection may wait for its next request."""

_BACKLOG = 256

_GRACE = 3
"""Seconds that answers under way get to end."""


class ApiServer:
    """Serves an application from :meth:`start` to :meth:`close`.

    The port is taken when this is made, so that who is told of it finds somebody there.

    Args:
        app: the application.
        host: an address of this machine.
        port: 0 for any that is free.
        lan_address: another one, by which others in the network reach it too, on the same port; empty for none.

    Raises:
        UsageError: ``bad_usage``: it is taken, or not ours to take.
    """

    def __init__(self, app: ASGIApp, host: str = LOOPBACK, port: int = 0, lan_address: str = "") -> None:
        self._sockets = [_listen(host, port)]
        self.host = host
        self.port: int = self._sockets[0].getsockname()[1]
        if lan_address:
            try:
                self._sockets.append(_listen(lan_address, self.port))
            except UsageError:
                self._sockets[0].close()
                raise
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # there is no proxy whose word would count
            timeout_keep_alive=_KEEP_ALIVE,
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._serve, name="api-server")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """Where this machine reaches it, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def connections(self) -> frozenset[object]:
        """Those that are open."""
        return frozenset(self._server.server_state.connections)

    @property
    def is_answering(self) -> bool:
        """Whether a request is being answered."""
        return bool(self._server.server_state.tasks)

    def start(self) -> None:
        """Begin to answer; what came since the port was taken is answered too."""
        self._thread.start()

    def close(self) -> None:
        """Take no more requests, let those under way end for a moment, and give the port back."""
        self._server.should_exit = True
        if self._thread.ident is not None:
            self._thread.join()
        for listening in self._sockets:
            listening.close()

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=self._sockets))


def _listen(host: str, port: int) -> socket.socket:
    # Its protocol is named, for only then asyncio switches Nagle's algorithm off, which costs each answer 40 ms.
    listening = socket.socket(
        socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )
    try:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        is_elsewhere = getattr(error, "errno", None) == errno.EADDRNOTAVAIL
        raise UsageError(
            ErrorCode.BAD_USAGE,
            f"Port {port} of {host} cannot be served: {reason}.",
            "Choose an address that this machine has now."
            if is_elsewhere
            else "Choose another port, or stop the program that has it.",
        ) from error
    return listening
