"""Runs stages right here, on the calling thread."""

from __future__ import annotations

import logging
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.stages import perform

_log = logging.getLogger(__name__)

ResultT = TypeVar("ResultT")


class InProcessRunner:
    """The simplest runner: no child, no queue, nothing to close."""

    def run(self, request: StageRequest[ResultT], reporter: Reporter) -> ResultT:
        """Do the work and give its result.

        Raises:
            FastClipError: every failure, typed; a bug in a stage comes as ``InternalError``.
        """
        try:
            # perform() gives what the request's type parameter names; its match statement can't say so to a checker.
            return cast("ResultT", perform(request, reporter))
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
