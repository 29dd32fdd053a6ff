"""How one look-up of a page asks: little of what may be a film, and again where a server is only busy.

yt-dlp opens a link that no module of it knows to see what it is. If that is a film, the system has a quarter of a
megabyte of it by the time that anybody hangs up. So such a request asks for as many bytes as yt-dlp reads to tell, and
the rest is asked for when somebody reads on, as they do with a page.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from yt_dlp.networking.common import Request, Response
from yt_dlp.networking.exceptions import HTTPError, RequestError

from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.sources.remote_answer import promise_of

FIRST_BYTES = 512
"""That yt-dlp reads to tell a page from a film."""

_LONGEST_WAIT = 10.0
"""Seconds that a server may ask for; who asks for more is left alone."""

_TICK = 0.1
_BUSY = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT)

Open = Callable[[Any], Any]
"""Sends one of yt-dlp's requests and gives its answer."""


class PageLook:
    """One look-up; for one thread.

    Args:
        send: sends a request once.
        retries: how often to try again, over all requests.
        pause: seconds before a try, which are counted from 0.
        cancel: ends the waiting.
    """

    def __init__(self, send: Open, retries: int, pause: Callable[[int], float], cancel: CancelToken) -> None:
        self._send = send
        self._retries = retries
        self._pause = pause
        self._cancel = cancel
        self._tried = 0

    def open(self, request: Any) -> Any:  # noqa: ANN401 - yt-dlp has no types
        """Send a request, perhaps more than once.

        Raises:
            RequestError: yt-dlp's own.
            Cancelled: if that was asked for while a busy server was waited for.
        """
        asked = _for_first_bytes(request)
        while True:
            try:
                answer = self._send(asked)
            except HTTPError as error:
                if asked is not request and error.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    asked = request  # what is empty has no first bytes
                    continue
                seconds = self._wait_for(error)
                if seconds is None:
                    raise
            else:
                return answer if asked is request else self._begun(request, answer)
            self._wait(seconds)

    def _begun(self, request: Request, answer: Any) -> Any:  # noqa: ANN401 - likewise
        if answer.status != HTTPStatus.PARTIAL_CONTENT:
            return answer
        promise = promise_of(answer)
        if promise is None or promise.start != 0 or promise.end is None or promise.facts is None:
            answer.close()  # of what nobody knows how long it is, all is asked for
            return self._send(request)
        end, facts = promise.end, promise.facts

        def rest() -> Any:  # noqa: ANN401 - likewise
            wanted = {"Range": f"bytes={end}-"}
            if facts.etag and not facts.etag.startswith("W/"):
                wanted["If-Range"] = facts.etag
            more = self._send(_with_headers(request, wanted))
            found = promise_of(more)
            if found is None or found.start not in (0, end):
                more.close()
                raise RequestError("The rest of the page is not what was asked for.")
            if found.start == 0:
                more.read(end)
            return more

        return BegunAnswer(answer, end, facts.size, rest)

    def _wait_for(self, error: HTTPError) -> float | None:
        """Seconds to wait before another try; ``None`` where there is to be none."""
        if error.status not in _BUSY or self._tried >= self._retries:
            return None
        asked = _seconds(error.response.get_header("Retry-After") or "")
        if asked > _LONGEST_WAIT:
            return None
        self._tried += 1
        return max(asked, self._pause(self._tried - 1))

    def _wait(self, seconds: float) -> None:
        clock = threading.Event()
        while seconds > 0:
            self._cancel.check()
            clock.wait(min(_TICK, seconds))
            seconds -= _TICK
        self._cancel.check()


class BegunAnswer(Response):  # type: ignore[misc]  # yt-dlp has no types
    """An answer whose rest is asked for once somebody reads so far.

    Args:
        answer: the first bytes.
        end: how many they are.
        size: of the whole.
        rest: asks for the others.
    """

    def __init__(self, answer: Any, end: int, size: int, rest: Callable[[], Any]) -> None:  # noqa: ANN401 - likewise
        super().__init__(answer.fp, answer.url, answer.headers, HTTPStatus.OK, None, answer.extensions)
        del self.headers["Content-Range"], self.headers["Content-Length"]
        self.headers["Content-Length"] = str(size)
        self._answer = answer
        self._left = end
        self._rest = rest if end < size else None

    def read(self, amt: int | None = None) -> bytes:
        """The next bytes, all that are left where no number is given."""
        data = b""
        while self._left and (amt is None or len(data) < amt):
            block = bytes(self._answer.read(self._left if amt is None else min(self._left, amt - len(data))))
            self._left = self._left - len(block) if block else 0
            data += block
        if amt is not None and len(data) >= amt:
            return data
        if self._rest is not None:
            rest, self._rest = self._rest, None
            self._answer.close()
            self._answer = rest()
            self.fp = self._answer.fp
            return data + bytes(self._answer.read(None if amt is None else amt - len(data)))
        return data if data or self._answer.closed else bytes(self._answer.read(amt))

    def close(self) -> None:
        """Let go of the connection."""
        self._answer.close()
        super().close()


def _for_first_bytes(request: Any) -> Any:  # noqa: ANN401 - likewise
    """The request with a range, if it is the one that yt-dlp sends for a link that may be anything."""
    if not isinstance(request, Request) or request.method != "GET" or "Range" in request.headers:
        return request
    # That module alone asks for the bytes as they lie there, lest a server pack a film.
    if request.headers.get("Accept-Encoding") != "identity":
        return request
    return _with_headers(request, {"Range": f"bytes=0-{FIRST_BYTES - 1}"})


def _with_headers(request: Request, headers: dict[str, str]) -> Request:
    other = request.copy()
    other.headers.update(headers)
    return other


def _seconds(said: str) -> float:
    """What ``Retry-After`` asks for, as a number or a date (RFC 9110, section 10.2.3); 0 where it makes no sense."""
    if said.strip().isascii() and said.strip().isdigit():
        return float(said.strip()[:9])
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())
