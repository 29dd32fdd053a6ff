"""An answer that may be minutes away, to clients of which many give up on a server that is silent for one.

So after a while of silence the answer begins: with 200, and with spaces, which JSON allows before a value. What goes
wrong from then on is told as ``detail`` all the same, only that the status was sent already. Who leaves before the
answer is there is noticed, and what nobody waits for any more can be stopped.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from fastclip_desktop.api.errors import OUR_FAULT, answer_to, error_answer
from fastclip_desktop.domain.errors import FastClipError

SILENCE = 20.0
"""Seconds without a byte; less than any client in wide use puts up with."""

_log = logging.getLogger(__name__)


class LateAnswer(Response):
    """Waits for work and answers with what comes of it.

    Args:
        work: gives the answer; raises ``FastClipError`` for one that comes to nothing.
        leave: is called, not on the event loop's thread, when nobody waits any more; it returns soon.
    """

    def __init__(self, work: Callable[[], Awaitable[Response]], leave: Callable[[], None]) -> None:
        super().__init__()
        self._work = work
        self._leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        working = asyncio.ensure_future(self._outcome())
        gone = asyncio.ensure_future(_disconnect(receive))
        begun = False
        try:
            while not working.done():
                await asyncio.wait((working, gone), timeout=SILENCE, return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    await run_in_threadpool(self._leave)
                    return
                if not working.done():
                    await _send_space(send, begin=not begun)
                    begun = True
            answer = working.result()
        except asyncio.CancelledError:  # the server closes, and its event loop with it: no time to wait for a thread
            self._leave()
            answer = error_answer(500, "The server was stopped.")
        finally:
            working.cancel()
            gone.cancel()
            await asyncio.gather(working, gone, return_exceptions=True)
        if begun:
            await send({"type": "http.response.body", "body": answer.body})
        else:
            await answer(scope, receive, send)

    async def _outcome(self) -> Response:
        """The edge of the work: what goes wrong with it is an answer too, also when the header has been sent."""
        try:
            return await self._work()
        except FastClipError as error:
            return answer_to(error)
        except Exception:  # noqa: BLE001 - the edge of the request
            _log.exception("A request failed")
            return error_answer(500, OUR_FAULT)


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_space(send: Send, *, begin: bool) -> None:
    if begin:
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b" ", "more_body": True})
