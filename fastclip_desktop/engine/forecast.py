"""How far a job is and how long it will still take, by what this machine's earlier jobs took."""

from __future__ import annotations

import statistics
from collections import deque
from collections.abc import Mapping, Sequence

from fastclip_desktop.domain.job import (
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    JobRequest,
    JoinRequest,
    ShortsRequest,
)
from fastclip_desktop.domain.short_look import Framing
from fastclip_desktop.engine.clock import Clock
from fastclip_desktop.engine.shorts_needs import needs_words

_UNKNOWN = {
    "resolve": 1.0,
    "transcribe": 2.0,
    "sound": 10.0,
    "recognise": 300.0,
    "embed": 15.0,
    "compare": 0.2,
    "listen": 20.0,
    "select": 1.0,
    "judge": 20.0,
    "fetch": 4.0,
    "settle": 1.0,
    "render": 4.0,
    "join": 6.0,
    "words": 2.0,
    "copy": 10.0,
    "faces": 15.0,
    "paint": 5.0,
    "short": 60.0,
}
"""Seconds for the shares of stages where there is no history; no time left is told then."""

_MOST_A_SECOND = 10


def stages_of(request: JobRequest) -> tuple[str, ...]:
    """The names of the stages that a job will have, as far as it is known before it has begun."""
    match request:
        case ClipRequest():
            return ("resolve", "fetch", "render")
        case AutoClipRequest():
            return ("resolve", "transcribe", "select", "fetch", "settle", "render")
        case AnalyzeRequest(source=source, settles=settles):
            to_settle = ("fetch", "settle") if source and settles else ()
            return (*(("resolve",) if source else ()), "transcribe", "select", *to_settle)
        case JoinRequest(parts=parts):
            sources = len({part.source for part in parts})
            return ("resolve",) * sources + ("fetch",) * sources + ("join",)
        case ShortsRequest() as shorts:
            return _stages_of_shorts(shorts)


def _stages_of_shorts(request: ShortsRequest) -> tuple[str, ...]:
    """They are as many as will be made; a montage is joined at last."""
    found = () if request.segments else ("select",)
    settled = () if request.segments else ("settle",)
    words = ("transcribe",) if needs_words(request) else ()
    faces = ("faces",) if request.look.framing is Framing.FACES else ()
    each = ("paint", "short") * (len(request.segments) or request.count or 1)
    return ("resolve", *words, *found, "fetch", *settled, *faces, *each, *(("join",) if request.joins else ()))


class Forecast:
    """One job's way from 0 to 1.

    Args:
        history: how many seconds the last stages of each name took.
        plan: the names of the job's stages in order.
        clock: measures this job's own pace.
        done: how much of it an earlier try was told to have done.
    """

    def __init__(
        self, history: Mapping[str, Sequence[float]], plan: Sequence[str], clock: Clock, done: float = 0.0
    ) -> None:
        self._clock = clock
        self._usual = {name: statistics.median(seconds) for name, seconds in history.items() if seconds}
        self._ahead = list(plan)
        self._behind = 0.0  # seconds that the stages so far would usually take
        self._now = ""
        self._begun = clock.steady()
        self._best = done

    def begin(self, name: str) -> None:
        """Say which stage comes now; the one before has ended."""
        if self._now:
            self._behind += self._share(self._now)
        self._now = name
        self.set_out()
        if name in self._ahead:
            self._ahead.remove(name)

    def set_out(self) -> None:
        """Say that the stage that was begun had to wait until now."""
        self._begun = self._clock.steady()

    def expect(self, name: str, count: int) -> None:
        """Say how many stages of a name are still to come."""
        self._ahead = [other for other in self._ahead if other != name] + [name] * count

    def at(self, fraction: float) -> tuple[float, float | None]:
        """How much of the job is done, 0..1, and how many seconds are left, with a part of this stage done."""
        share = self._share(self._now)
        ahead = sum(map(self._share, self._ahead))
        done = self._behind + share * fraction
        self._best = max(self._best, done / (self._behind + share + ahead))
        if any(name not in self._usual for name in [*self._ahead, self._now]):
            return self._best, None
        usual = share * (1 - fraction)
        passed = self._clock.steady() - self._begun
        # The more of the stage is done, the more its own pace says than that of others before it.
        paced = passed * (1 - fraction) / fraction if fraction else usual
        return self._best, ahead + usual * (1 - fraction) + paced * fraction

    def _share(self, name: str) -> float:
        return max(0.001, self._usual.get(name, _UNKNOWN[name]))


class Throttle:
    """Room for so many reports a second, whatever stage they come from.

    Args:
        clock: measures the second.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._sent: deque[float] = deque(maxlen=_MOST_A_SECOND)

    def has_room(self) -> bool:
        """Whether another report may be sent now."""
        return len(self._sent) < _MOST_A_SECOND or self._clock.steady() - self._sent[0] >= 1

    def count(self) -> None:
        """Say that one is sent."""
        self._sent.append(self._clock.steady())
