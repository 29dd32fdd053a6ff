"""Looks sources up for whoever asks: one at a time, in bounded time, and not the same one twice."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from contextlib import suppress
from fractions import Fraction

from starlette.concurrency import run_in_threadpool

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, TooOften, UnavailableError
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.engine.admission import check_link
from fastclip_desktop.engine.engine import Engine

LONGEST = 20.0
"""Seconds for a look-up, and to wait for one's turn."""

_KEPT = 600.0
"""Seconds that an answer is good for."""

_MOST_KEPT = 256


class InfoDesk:
    """The look-ups of one application.

    Args:
        engine: looks up.
        settings: says what may be asked for; may be set anew from any thread.
    """

    def __init__(self, engine: Engine, settings: ServerSettings) -> None:
        self._engine = engine
        self.settings = settings
        self._turn = asyncio.Lock()
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[float, MediaFile]] = OrderedDict()

    async def look_up(self, source: str) -> MediaFile:
        """What a link is.

        Raises:
            InputError: it is none that clips can come from; ``source_unreachable`` after a while without an answer.
            TooOften: others are looking something up for longer than one likes to wait.
        """
        check_link(source, self.settings.policy, self.settings.access)
        known = self._recall(source)
        if known is not None:
            return known
        try:
            async with asyncio.timeout(LONGEST):
                await self._turn.acquire()
        except TimeoutError:
            raise TooOften(
                ErrorCode.TOO_OFTEN, "Too many sources are being looked up.", "Try again later.", LONGEST
            ) from None
        try:
            return self._recall(source) or await self._ask(source)
        finally:
            self._turn.release()

    def duration(self, source: str) -> Fraction | None:
        """How many seconds a source lasts, if it was looked up lately."""
        known = self._recall(source)
        return None if known is None else known.duration

    async def _ask(self, source: str) -> MediaFile:
        cancel = CancelToken()
        asked = asyncio.ensure_future(run_in_threadpool(self._engine.info, source, self.settings.access, cancel))
        try:
            done, _ = await asyncio.wait((asked,), timeout=LONGEST)
        finally:
            cancel.cancel()  # without effect where it is done
        if not done:
            with suppress(Cancelled):  # the next one's turn comes when this one has ended indeed
                await asked
            raise UnavailableError(
                ErrorCode.SOURCE_UNREACHABLE,
                f"{source[:80]!r} could not be looked up within {LONGEST:.0f} seconds.",
                "Try again later.",
            )
        media = asked.result()
        with self._lock:
            self._known[source] = (self._engine.clock.steady(), media)
            while len(self._known) > _MOST_KEPT:
                self._known.popitem(last=False)
        return media

    def _recall(self, source: str) -> MediaFile | None:
        with self._lock:
            at, media = self._known.get(source, (0.0, None))
        return media if media is not None and self._engine.clock.steady() - at < _KEPT else None
