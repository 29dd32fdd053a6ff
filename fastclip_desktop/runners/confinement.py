"""What a child takes from itself before it touches anything that strangers made.

=================  ==========================================================  =======================================
What               Linux                                                       elsewhere
=================  ==========================================================  =======================================
memory             ``RLIMIT_DATA``                                             ``RLIMIT_DATA`` where it binds; Windows:
                                                                               nothing
processor time     ``RLIMIT_CPU``, counted anew for each stage                 the same on macOS; Windows: nothing
file size, files   ``RLIMIT_FSIZE``, ``RLIMIT_NOFILE``, no core dumps          the same on macOS; Windows: nothing
connections        a filter in the kernel (:mod:`.seccomp`) on x86-64, ARM64   Python's own are refused; a native
                                                                               library's are not
the parent's end   the kernel kills the child                                  the child sees the wire end and goes
=================  ==========================================================  =======================================

Memory is limited as ``RLIMIT_DATA``, not ``RLIMIT_AS``: an address space counts what is merely reserved. JavaScript
engines reserve gigabytes and graphics drivers terabytes without using them, and die of a limit on it. The data limit
counts private memory that can be written to, which is what a bomb takes.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

_NEARLY_ALL = 0.9
"""Share of the memory allowed: FFmpeg and x264 were left with 1 to 5 % when they gave up."""

_PR_SET_PDEATHSIG = 1
_SIGKILL = 9

_CONNECTING = frozenset(
    {"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}
)
"""Python's audit events of what opens a connection or sends something without one."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What a child may do.

    Attributes:
        network: open connections.
        memory: bytes of private memory; 0 for all that there is.
        processor: seconds of all cores together that a stage may compute.
        file_size: bytes that any one file may grow to.
        open_files: at a time.
        niceness: 0 for as urgent as the application itself, up to 19.
    """

    network: bool
    memory: int
    processor: int
    file_size: int
    open_files: int
    niceness: int


def confine(confinement: Confinement) -> None:
    """Give up what the confinement does not grant; for good, and for all that this process starts."""
    _leave_real_time()
    _limit("RLIMIT_CORE", 0)
    _limit("RLIMIT_FSIZE", confinement.file_size)
    _limit("RLIMIT_NOFILE", confinement.open_files)
    if confinement.memory:
        _limit("RLIMIT_DATA", confinement.memory)
    if confinement.niceness and hasattr(os, "nice"):
        os.nice(confinement.niceness)
    if not confinement.network:
        from fastclip_desktop.runners.seccomp import forbid_connections

        if not forbid_connections():
            sys.addaudithook(_refuse_connections)
            _log.info("This system keeps only Python, not native libraries, from opening connections.")


def _leave_real_time() -> None:
    """Compute no more urgently than other programs do.

    Who runs as root may be put into real-time scheduling by a library, as SVT-AV1 does to whoever calls it, and hands
    that on to what it starts. A child that computes without end would then keep its parent from ending it.
    """
    if sys.platform == "linux" and os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def allow_processor_time(seconds: int) -> None:
    """Let this process compute for so long from now on before the system ends it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def has_used_up_its_memory() -> bool:
    """Whether this process holds nearly all that it may, as far as the system says; then libraries fail oddly."""
    if sys.platform != "linux":
        return False
    import resource

    most = resource.getrlimit(resource.RLIMIT_DATA)[0]
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except (OSError, ValueError, IndexError):
        return False
    return 0 < most * _NEARLY_ALL < pages * resource.getpagesize()


def die_with_parent(parent: int) -> None:
    """Have Linux kill this process when the *thread* that started it ends; elsewhere do nothing.

    Args:
        parent: the process that is expected to have started this one; if it is gone already, this one ends here.
    """
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, ctypes.c_ulong(_SIGKILL))
    if os.getppid() != parent:
        os._exit(0)


def _limit(name: str, most: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    which = getattr(resource, name)
    hard = resource.getrlimit(which)[1]
    most = most if hard < 0 else min(most, hard)
    with contextlib.suppress(ValueError, OSError):  # some systems know a limit by name alone
        resource.setrlimit(which, (most, most))


def _refuse_connections(event: str, _: tuple[object, ...]) -> None:
    if event in _CONNECTING:
        raise PermissionError("This process may not open connections.")
