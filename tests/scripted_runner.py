"""A runner that answers from a table instead of doing the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest

ResultT = TypeVar("ResultT")
Answer = Callable[[StageRequest[object], Reporter], object]


class ScriptedRunner:
    """Gives each kind of request the answer that its script names: a value, an error to raise, or a call.

    Attributes:
        requests: what was asked for, in order.
        closed: whether ``close`` was called.
    """

    def __init__(self, script: dict[type, object]) -> None:
        self._script = script
        self.requests: list[StageRequest[object]] = []
        self.closed = False

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        self.requests.append(request)
        reporter.report(0.0)
        answer = self._script[type(request)]
        if isinstance(answer, BaseException):
            raise answer
        if callable(answer):
            answer = answer(request, reporter)
        reporter.report(1.0)
        return cast("ResultT", answer)

    def close(self) -> None:
        self.closed = True
