"""What the engine needs from the outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")


class StageRunner(Protocol):
    """Carries out one stage somewhere: here, in a child process, on another machine."""

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work and give its result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        ...

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        """Do the work, hand over parts of it meanwhile, and give its whole result.

        Args:
            request: what to do.
            deliver: called on the calling thread with each part, in the order in which the stage made them, all of
                them before this call returns. A part is a value and crosses a process border by pickle; a runner
                keeps none. It should be quick, for the stage may wait, and raise nothing.
            reporter: gets the part that is done, and says when to stop.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        ...

    def close(self) -> None:
        """Give back whatever the runner holds; it runs nothing afterwards."""
        ...


class ModelShelf(Protocol):
    """Knows which models lie on this machine."""

    def installed(self, kind: ModelKind) -> Model | None:
        """The model to use for a purpose: the one that was chosen, else the best there is; ``None`` without any."""
        ...
