"""The folder in which a model is brought together."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from fastclip_desktop.domain.disk_fault import explain_disk_fault
from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.model import ModelFile
from fastclip_desktop.inference.byte_count import ByteCount

_BLOCK = 1024 * 1024

_PATIENCE = 3.0
"""Seconds until another process is taken to be at work; one that was told to stop is gone by then."""

_SPARE = 64 * 1024**2
"""Bytes that a disk keeps for others."""


@contextmanager
def staging(folder: Path, name: str) -> Iterator[Path]:
    """Work in a folder as the only one, as long as the block runs; faults of the disk come out typed.

    Args:
        folder: made if it isn't there.
        name: the model's.

    Yields:
        The folder for what is whole.

    Raises:
        UnavailableError: ``model_busy`` while another process works there.
        InputError: ``disk_full`` or ``output_not_writable``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / "fetch.lock", timeout=_PATIENCE):
            yield folder / "whole"
    except Timeout as error:
        raise UnavailableError(
            ErrorCode.MODEL_BUSY,
            f"Another program is bringing the model {name} just now.",
            "Wait until it is done.",
        ) from error
    except OSError as error:
        raise explain_disk_fault(error, folder) from error


def check_space(folder: Path, size: int) -> None:
    """Let through what the disk has room for.

    Raises:
        InputError: ``disk_full``, with both numbers.
        OSError: nobody can tell.
    """
    free = shutil.disk_usage(folder).free
    if size + _SPARE > free:
        raise InputError(
            ErrorCode.DISK_FULL,
            f"The model takes {size / 1000**3:.2f} GB of disk, and {free / 1000**3:.2f} GB are free in {folder}.",
            "Remove models or other files.",
        )


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def digests_of(path: Path, count: ByteCount, *, git: bool) -> tuple[str, str]:
    """The SHA-256 of a file, and git's name for its content where that is wanted, in hexadecimal.

    Raises:
        Cancelled: on request.
        OSError: it cannot be read.
    """
    sha256 = hashlib.sha256()
    sha1 = hashlib.sha1(f"blob {size_of(path)}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            sha256.update(block)
            if git:
                sha1.update(block)
            count.cancel.check()
    return sha256.hexdigest(), sha1.hexdigest() if git else ""


def read_through(folder: Path, name: str, copy: Path | None, count: ByteCount) -> ModelFile:
    """Read a file to its end, copy it on the way, and say what it is.

    Args:
        folder: where names start from.
        name: the file's, with ``/`` between the parts.
        copy: the folder to copy it into; ``None`` for no copy.
        count: counts its bytes.

    Raises:
        Cancelled: on request.
        OSError: it cannot be read or written.
    """
    source, target = folder / name, None if copy is None else copy / name
    digest = hashlib.sha256()
    size = 0
    with ExitStack() as open_files:
        file = open_files.enter_context(source.open("rb"))
        out = None
        if target is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            out = open_files.enter_context(target.open("wb"))
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
            if out is not None:
                out.write(block)
            count.add(len(block))
    return ModelFile(name, size, digest.hexdigest(), (target or source).stat().st_mtime_ns)
