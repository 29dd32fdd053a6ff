"""One connection of the server, which waits for nobody for ever.

uvicorn by itself waits for a header as long as its bytes keep dripping, and answers those beyond its limit with 503.
Here a header and a body have to be whole in time. Where there are too many connections, the one goes that has asked for
nothing for longest; if all have asked for something, the one whose body has not come for longest, then the one that has
not taken its answer for longest. Who waits for an answer is never sent away for somebody else.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import cast

import h11
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0
"""From the first byte of a request, or the opening of its connection, until its header is whole."""

BODY_SECONDS = 30.0
"""From the end of the header until the body is whole; answers may take as long as they like."""

UNHURRIED = "unhurried"
"""The name under which a request's state says that not its whole body but each piece has to come within that time."""

AT_CLOSE = "at_close"
"""The name under which a request's state holds what to call when the server closes, for an answer without end."""

MOST_CONNECTIONS = 256


class Connection(H11Protocol):
    """A connection with deadlines.

    Attributes:
        heard: when something last came, by the event loop's clock.
        stalled: since when the other end takes nothing of its answer; ``None`` if it does.
    """

    heard: float = 0.0
    stalled: float | None = None
    _deadline: asyncio.TimerHandle | None = None
    _awaited: str = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own has it
        """Let it in, and ask for a header; where there are too many, somebody idle has to go."""
        super().connection_made(transport)
        self.heard = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            self._make_room()
        self._await("header", HEADER_SECONDS)

    def data_received(self, data: bytes) -> None:
        """Take in what came, and see what is missing still."""
        self.heard = self.loop.time()
        super().data_received(data)
        self._look(has_begun=True)

    def pause_writing(self) -> None:
        """Send no more for now: the other end takes nothing."""
        super().pause_writing()
        self.stalled = self.loop.time()

    def resume_writing(self) -> None:
        """Go on sending."""
        super().resume_writing()
        self.stalled = None

    def on_response_complete(self) -> None:
        """Go on with the next request, whose beginning may be here already."""
        super().on_response_complete()
        self._look(has_begun=bool(self.conn.trailing_data[0]))

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._await("", 0.0)
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Take no more requests, and tell an answer that would never end by itself."""
        super().shutdown()
        if self._at_close is not None:
            self._at_close()

    @property
    def _at_close(self) -> Callable[[], None] | None:
        scope = cast("Scope | None", self.scope)  # there is none before the first request
        return None if scope is None else scope["state"].get(AT_CLOSE)

    def send_400_response(self, msg: str) -> None:
        """Say in the words of all other errors that this is no HTTP."""
        body = json.dumps({"detail": msg}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        try:
            for event in (h11.Response(status_code=400, headers=headers), h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        except h11.LocalProtocolError:
            pass  # an answer was on its way already
        self.transport.close()

    def _look(self, *, has_begun: bool) -> None:
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            if self.scope.get("state", {}).get(UNHURRIED):
                self._await("", 0.0)
            self._await("body", BODY_SECONDS)
        elif state is h11.IDLE and (has_begun or self._awaited == "header"):
            self._await("header", HEADER_SECONDS)
        else:
            self._await("", 0.0)

    def _await(self, what: str, seconds: float) -> None:
        """Close the connection unless something comes in time; to go on to wait for the same starts no new time."""
        if what == self._awaited:
            return
        self._awaited = what
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if what:
            self._deadline = self.loop.call_later(seconds, self.transport.abort)

    def _make_room(self) -> None:
        # One that was told to go is still in the list until the event loop's next round.
        there = [each for each in self.connections if isinstance(each, Connection) and not each.transport.is_closing()]
        if len(there) > MOST_CONNECTIONS:
            others = [(each.patience, each) for each in there if each is not self]
            waiting = [(patience, each) for patience, each in others if patience is not None]
            (min(waiting, key=lambda pair: pair[0])[1] if waiting else self).transport.abort()

    @property
    def patience(self) -> tuple[int, float] | None:
        """Who has the least has to go first; ``None`` for one that has done its part and waits for an answer."""
        if self.conn.their_state is h11.IDLE:
            return 0, self.heard
        if self.conn.their_state is h11.SEND_BODY:
            return 1, self.heard
        return None if self.stalled is None else (2, self.stalled)
