"""Says of a dead child what a person and a script want to know."""

from __future__ import annotations

import logging
import signal
from pathlib import Path

from fastclip_desktop.diagnostics.crashes import write_child_crash
from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, WorkerLost
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.stage import FetchedMedia, Resource, StageRequest
from fastclip_desktop.runners.child_process import Death
from fastclip_desktop.runners.wire import BadMessage

_NEARLY = 0.8
"""Share of its memory's limit that a child had in use when it is said to have died of it."""

_SIGNS_OF_WANT = ("std::bad_alloc", "MemoryError", "Cannot allocate memory", "out of memory")

_CRASHES = frozenset(
    getattr(signal, name)
    for name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGILL", "SIGFPE", "SIGSYS")
    if hasattr(signal, name)
)

_FIRST_NT_ERROR = 0xC0000000
"""From here on, Windows' exit codes say by which fault a process died."""

_log = logging.getLogger(__name__)


def crashed(request: StageRequest[object], death: Death, memory: int) -> FastClipError:
    """The error for work whose process died.

    Args:
        request: what it was about.
        death: how the process ended.
        memory: bytes that it was allowed; 0 for no limit.
    """
    _log.warning("%s died: %s", type(request).__name__, _manner(death.exit_code))
    _log.debug("Its last words:\n%s", death.last_words)
    if _of_memory(death, memory):
        return out_of_memory(request)
    report_crash(f"the process of {type(request).__name__}", death)
    return WorkerLost(
        ErrorCode.WORKER_CRASHED,
        f"The process that worked on {_work(request)} died: {_manner(death.exit_code)}.",
        _or_for_a_model(
            request,
            "Try again; if it stays, the file is one that FFmpeg or FastClip cannot take: report it with the source.",
        ),
    )


def report_crash(what: str, death: Death) -> None:
    """Write a report of a death in native code; none of a child that somebody ended.

    Args:
        what: died.
        death: how it did.
    """
    if _is_crash(death.exit_code):
        write_child_crash(f"{what} died: {_manner(death.exit_code)}", death.last_words)


def misbehaved(request: StageRequest[object], fault: BadMessage) -> WorkerLost:
    """The error for work whose process sent what no process of ours sends: something in it runs that should not."""
    _log.error("%s was ended, for it sent what it should not: %s", type(request).__name__, fault)
    return WorkerLost(
        ErrorCode.WORKER_CRASHED,
        f"The process that worked on {_work(request)} was ended: it sent what it should not.",
        "Do not open the source again unless you trust it, and report this with the source.",
    )


def fell_silent(request: StageRequest[object], seconds: float) -> WorkerLost:
    """The error for work that was ended because nothing moved for so many seconds."""
    _log.warning("%s was ended: nothing moved for %g s", type(request).__name__, seconds)
    return WorkerLost(
        ErrorCode.WORKER_SILENT,
        f"The process that worked on {_work(request)} was ended: nothing had moved for {seconds:g} seconds.",
        _or_for_a_model(request, "Try again; if it stays, report it with the source."),
    )


def out_of_memory(request: StageRequest[object]) -> InputError:
    """The error for work that takes more memory than it gets."""
    return InputError(
        ErrorCode.OUT_OF_MEMORY,
        f"There is not enough memory for {_work(request)}.",
        _or_for_a_model(
            request,
            "Close other programs, or ask for a lower quality or a shorter clip.",
            "Close other programs, or choose a smaller model.",
        ),
    )


def _or_for_a_model(
    request: StageRequest[object],
    hint: str,
    model_hint: str = "Try again; if it stays, remove the model and fetch it again, or choose another one.",
) -> str:
    return model_hint if request.resource is Resource.MODEL else hint


def _of_memory(death: Death, memory: int) -> bool:
    if death.killed_for_memory or (memory and death.peak_memory > memory * _NEARLY):
        return True
    return death.exit_code not in (0, None) and any(sign in death.last_words for sign in _SIGNS_OF_WANT)


def _is_crash(exit_code: int | None) -> bool:
    """Whether native code failed; a process that somebody killed did not."""
    return exit_code is not None and (-exit_code in _CRASHES or exit_code >= _FIRST_NT_ERROR)


def _manner(exit_code: int | None) -> str:
    if exit_code is None:
        return "the system does not say how"
    if exit_code >= 0:
        return f"it ended by itself with code {exit_code}"
    try:
        number = signal.Signals(-exit_code)
    except ValueError:
        return f"signal {-exit_code}"
    return f"{signal.strsignal(number) or 'signal'} ({number.name})".lower().replace(number.name.lower(), number.name)


def _work(request: StageRequest[object]) -> str:
    """The stage, and the source as far as the request names it."""
    subject = _subject(request)
    return f"{subject!r} ({type(request).__name__})" if subject else type(request).__name__


def _subject(request: StageRequest[object]) -> str:
    for name in ("source", "media", "sources", "path", "model"):
        value = getattr(request, name, None)
        if isinstance(value, tuple) and value:
            value = value[0]
        match value:
            case MediaFile():
                return value.title
            case Model():
                return value.name
            case FetchedMedia():
                return next((path.name for path in (value.picture, value.sound) if path), "")
            case Path():
                return value.name
            case str() if value:
                return value
    return ""
