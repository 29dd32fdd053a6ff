"""A runner that answers from a table instead of doing the work."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar, cast

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")
Answer = Callable[[StageRequest[object], Reporter], object]


@dataclass(frozen=True)
class InParts:
    """An answer that shows parts first, with a chance to stop after each; the result may be an error to raise."""

    parts: Iterable[object]
    result: object


class ScriptedRunner:
    """Gives each kind of request the answer that its script names: a value, an error to raise, a call, or parts.

    Attributes:
        requests: what was asked for, in order.
        closed: whether ``close`` was called.
    """

    def __init__(self, script: dict[type, object]) -> None:
        self._script = script
        self.requests: list[StageRequest[object]] = []
        self.closed = False

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        return self._answer(request, lambda _: None, reporter)

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        return self._answer(request, lambda part: deliver(cast("PartT", part)), reporter)

    def _answer(self, request: StageRequest[ResultT], deliver: Callable[[object], None], reporter: Reporter) -> ResultT:
        self.requests.append(request)
        reporter.report(0.0)
        answer = self._script[type(request)]
        if callable(answer):
            answer = answer(request, reporter)
        if isinstance(answer, InParts):
            for part in answer.parts:
                deliver(part)
                reporter.report(0.5)
            answer = answer.result
        if isinstance(answer, BaseException):
            raise answer
        reporter.report(1.0)
        return cast("ResultT", answer)

    def close(self) -> None:
        self.closed = True
