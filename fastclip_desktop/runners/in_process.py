"""Runs stages right here, on the calling thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ProgressiveRequest, StageRequest
from fastclip_desktop.stages import perform

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")
PartT = TypeVar("PartT")


class InProcessRunner:
    """The simplest runner: no child, no queue, nothing to close."""

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work and give its result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        return self._run(request, lambda _: None, reporter)

    def run_in_parts(
        self, request: ProgressiveRequest[ResultT, PartT], deliver: Callable[[PartT], None], reporter: Reporter
    ) -> ResultT:
        """Do the work, hand over parts of it meanwhile, and give its whole result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        # The stage of a request delivers what the request's second type parameter names, and nothing else.
        return self._run(request, lambda part: deliver(cast("PartT", part)), reporter)

    @staticmethod
    def _run(request: StageRequest[ResultT], deliver: Callable[[object], None], reporter: Reporter) -> ResultT:
        try:
            # perform() gives what the request's type parameter names; its match statement can't say so to a checker.
            return cast("ResultT", perform(request, reporter, deliver))
        except FastClipError:
            raise
        except Exception as error:
            _log.exception("Stage %s failed", type(request).__name__)
            raise InternalError(
                ErrorCode.INTERNAL,
                f"{type(request).__name__} failed inside FastClip: {type(error).__name__}: {error}.",
                "Run `fastclip doctor`, and report this with the source if it stays.",
            ) from error

    def close(self) -> None:
        """Hold nothing, so give back nothing."""
