"""What the engine needs from the outside."""

from __future__ import annotations

from typing import Protocol, TypeVar

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest

ResultT = TypeVar("ResultT")


class StageRunner(Protocol):
    """Carries out one stage somewhere: here, in a child process, on another machine."""

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work and give its result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        ...

    def close(self) -> None:
        """Give back whatever the runner holds; it runs nothing afterwards."""
        ...
