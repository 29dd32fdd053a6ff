"""One program at a time on a data folder: the lock, and who holds it.

The lock is the system's own (``flock``, or ``LockFileEx`` on Windows), so that it goes with the process however that
ends; nothing that is written here decides who holds the folder. A file beside it says for people who does, and where
it can be reached, see :mod:`~fastclip_desktop.store.hand_over`.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import re
import socket
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from filelock import FileLock, Timeout

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.store.hand_over import (
    DEADLINE,
    Answer,
    Holder,
    Reception,
    Take,
    holder_answers,
    read_holder,
    remove_traces,
    write_traces,
)

LOCK = "instance.lock"
"""The file that is locked; it stays, for a file that goes while somebody waits for it is no lock."""

_PAUSE = 0.05
_FULL = (errno.ENOSPC, errno.EDQUOT)
_OTHER_FOLDER = "set FASTCLIP_HOME to a folder of yours on this machine."

_SHARES = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.davfs2"),
        *("afs", "ceph", "coda", "glusterfs", "lustre", "gpfs", "beegfs", "fuse.glusterfs"),
        *("9p", "drvfs", "virtiofs", "vboxsf", "fuse.vmhgfs-fuse"),  # between a virtual machine and its host
        *("fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.curlftpfs", "fuse.gvfsd-fuse"),
    }
)
"""File systems on which another machine may write too; there SQLite's write-ahead log can lose what was committed."""

_log = logging.getLogger(__name__)


class Mount(NamedTuple):
    """A line of the system's list of file systems.

    Attributes:
        point: the folder at which it begins.
        kind: the system's name for its kind.
        options: how it is mounted; on Windows ``remote`` is among them for a network drive.
    """

    point: str
    kind: str
    options: str


class ClaimedFolder:
    """A data folder that is this process's alone until it is released; made by :func:`claim`.

    Attributes:
        folder: the folder; it exists.
        warnings: sentences that a person should read.
    """

    def __init__(self, folder: Path, lock: FileLock, reception: Reception | None, warnings: tuple[str, ...]) -> None:
        self.folder = folder
        self.warnings = warnings
        self._lock = lock
        self._reception = reception

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def listen(self, take: Take) -> None:
        """Take the arguments of later starts; each call comes on a thread of its own.

        Until this is called, a later start is told who holds the folder.
        """
        if self._reception is not None:
            self._reception.take = take

    def reply(self, answer: Answer) -> None:
        """Answer the questions of later starts; each call comes on a thread of its own.

        Until this is called, and where ``answer`` raises an exception, they get no answer.
        """
        if self._reception is not None:
            self._reception.answer = answer

    def release(self) -> None:
        """Let the next one have it; releasing twice does no harm."""
        if not self._lock.is_locked:
            return
        if self._reception is not None:
            self._reception.close()
            remove_traces(self.folder)
        self._lock.release()


def claim(folder: Path, program: str = "FastClip", *, briefly: bool = False) -> ClaimedFolder:
    """Make the folder if need be, and keep every other program out of it until it is released.

    Args:
        folder: the data folder.
        program: what this one is called when another asks who holds the folder.
        briefly: for a moment only; others do not find out who it is, and wait for a while instead.

    Raises:
        InputError: ``data_in_use`` if another program has it, and says which; ``data_not_writable`` or ``disk_full``
            if nothing can be put there.
    """
    lock = FileLock(folder / LOCK, timeout=0, thread_local=False, fallback_to_soft=False)
    deadline = time.monotonic() + DEADLINE
    while not _acquired(lock, folder):
        # Whoever got the lock a moment ago has not yet said so, and what lies there may be from one that was killed.
        if holder_answers(folder) or time.monotonic() > deadline:
            raise _in_use(folder)
        time.sleep(_PAUSE)
    try:
        warnings = _share_warnings(folder)
        remove_traces(folder)  # of one that was killed
        reception = None if briefly else _open_reception(folder, program)
    except BaseException:
        lock.release()
        raise
    return ClaimedFolder(folder, lock, reception, warnings)


def find_share(folder: Path, mounts: Iterable[Mount]) -> str:
    """The kind of network file system that a folder lies on; empty for one of this machine's own.

    Args:
        folder: an absolute path without symbolic links.
        mounts: in the order in which they were mounted, so that a later one hides an earlier one.
    """
    if str(folder).startswith("\\\\"):
        return "smb"
    kind, depth = "", -1
    for mount in mounts:
        point = Path(mount.point)
        if len(point.parts) >= depth and folder.is_relative_to(point):
            depth = len(point.parts)
            kind = "network drive" if "remote" in mount.options.split(",") else mount.kind
    return kind if kind.lower() in _SHARES or kind == "network drive" else ""


def _acquired(lock: FileLock, folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout:
        return False
    except OSError as error:
        if error.errno in _FULL:
            raise InputError(
                ErrorCode.DISK_FULL,
                f"The disk that holds {folder} is full.",
                f"Free some space, or {_OTHER_FOLDER}",
            ) from error
        raise InputError(
            ErrorCode.DATA_NOT_WRITABLE,
            f"FastClip cannot keep its data in {folder}: {error.strerror or error}.",
            f"Make the folder writable, or {_OTHER_FOLDER}",
        ) from error
    return True


def _open_reception(folder: Path, program: str) -> Reception | None:
    """Where later starts can ask; ``None`` where this cannot be had, which is no reason not to start."""
    with contextlib.ExitStack() as undo:
        try:
            reception = Reception()
            undo.callback(reception.close)
            holder = Holder(program, os.getpid(), socket.gethostname(), time.time(), reception.port)
            write_traces(folder, holder, reception.key)
        except OSError as error:
            _log.warning("Later starts cannot reach this one: %s", error)
            remove_traces(folder)
            return None
        undo.pop_all()
        return reception


def _in_use(folder: Path) -> InputError:
    holder = read_holder(folder)
    if holder is None:
        who = "Another FastClip"
    else:
        began = datetime.fromtimestamp(holder.since).astimezone()
        is_today = began.date() == datetime.now().astimezone().date()
        since = began.strftime("%H:%M" if is_today else "%Y-%m-%d %H:%M")
        where = "" if holder.host == socket.gethostname() else f" on {holder.host}"
        who = f"{holder.program}{where} (process {holder.pid}, since {since})"
    return InputError(
        ErrorCode.DATA_IN_USE,
        f"{who} has {folder}.",
        "Close it first, or set FASTCLIP_HOME to another folder.",
    )


def _share_warnings(folder: Path) -> tuple[str, ...]:
    try:
        kind = find_share(Path(os.path.realpath(folder)), _mounts())
    except OSError as error:
        _log.info("Whether %s is on a network share is unknown: %s", folder, error)
        return ()
    if not kind:
        return ()
    warning = (
        f"{folder} lies on a network share ({kind}), where a cut connection or a second machine can damage the "
        f"database; better {_OTHER_FOLDER}"
    )
    return (warning,)


def _mounts() -> list[Mount]:
    if sys.platform == "linux":
        # What psutil does with the same file, without the 30 ms that its import takes.
        with Path("/proc/self/mounts").open(encoding=sys.getfilesystemencoding(), errors="surrogateescape") as lines:
            fields = [[_unescaped(field) for field in line.split(" ")] for line in lines]
        return [Mount(point, kind, options) for _, point, kind, options, *_ in fields]
    else:  # noqa: RET505 - a type checker on Linux takes what follows a plain return for unreachable
        import psutil

        return [Mount(each.mountpoint, each.fstype, each.opts) for each in psutil.disk_partitions(all=True)]


def _unescaped(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)
