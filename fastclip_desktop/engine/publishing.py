"""Gives finished files their names: a name is taken by a whole file or by none, and what was said to be there is.

The order is fsync, rename, fsync of the folder. A file is rendered beside its place, as ``.fastclip-JOB-N.part``, since
a rename is whole only within one file system. An older file of a chosen name is kept beside it too, as
``.fastclip-JOB-N.part.old``, until the new one is listed.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import Destination
from fastclip_desktop.settings.file_names import NameTemplate, safe_file_name

_PREFIX = ".fastclip-"
_SUFFIX = ".part"
_OLDER = ".old"

_NO_SUCH_CALL = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""What some file systems on other machines say to the fsync of a folder; they write names through by themselves."""


def temporary_path(folder: Path, job_id: str, number: int) -> Path:
    """Where a clip of a job is rendered to before it has its name."""
    return folder / f"{_PREFIX}{job_id}-{number}{_SUFFIX}"


def leftovers(folder: Path, awaited: Collection[Path] = ()) -> Iterator[tuple[Path, str]]:
    """Files that were being rendered into a folder or kept there meanwhile, and the ids of their jobs.

    Args:
        folder: the folder; there may be none, or one on a disk that fails.
        awaited: sealed files that somebody will still give a name or take it back, and what is kept for them.
    """
    kept = {*awaited, *map(_older, awaited)}
    found: list[Path] = []
    with suppress(OSError):
        for suffix in (_SUFFIX, _SUFFIX + _OLDER):
            found.extend(folder.glob(f"{_PREFIX}*-*{suffix}"))
    for path in found:
        if path not in kept:
            yield path, path.name.removeprefix(_PREFIX).partition("-")[0]


@contextmanager
def place_for(destination: Destination, job_id: str, number: int) -> Iterator[Path]:
    """A path beside the destination to render to; whatever still lies there afterwards is removed.

    The destination folder itself is made when only its last part is missing, and removed again if nothing came to lie
    in it.

    Raises:
        InputError: ``output_not_writable``.
    """
    made = _make_folder(destination.folder)
    path = temporary_path(destination.folder, job_id, number)
    try:
        path.unlink(missing_ok=True)  # a process that was killed may have left it
    except OSError as error:
        raise output_error(error, destination.folder) from error
    try:
        yield path
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        if made:
            # A folder that is no longer empty, or already gone, is not ours to remove.
            with suppress(OSError):
                destination.folder.rmdir()


def seal(path: Path) -> tuple[int, str]:
    """Bring a file to the disk; its bytes, and their SHA-256 in hexadecimal digits.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    try:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
            return os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise output_error(error, path.parent) from error


def has_name(temporary: Path, path: Path, size: int, sha256: str) -> bool:
    """Whether a sealed file was given its name, and still has it and all of its bytes.

    As long as its first name is there, the file must be the same one: two jobs may make the same bytes, and want the
    same name for them.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if temporary.exists() and not os.path.samestat(status, temporary.stat()):
                return False
            return status.st_size == size and hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


def keep_name(temporary: Path) -> None:
    """Remove what was needed until a named file was listed."""
    for path in (temporary, _older(temporary)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def take_name_back(temporary: Path, path: Path, size: int, sha256: str, *, is_anothers: bool) -> None:
    """Remove a sealed file, whether it was given its name or not; an older file of that name comes back.

    Args:
        temporary: its first name.
        path: the name that it was given or was to get.
        size: its bytes.
        sha256: of them.
        is_anothers: whether another clip of that name is listed that has the same bytes.
    """
    if has_name(temporary, path, size, sha256):
        older = _older(temporary)
        with suppress(OSError):
            if older.exists():
                older.replace(path)
            elif not is_anothers:
                path.unlink()
    keep_name(temporary)


def free_name(destination: Destination, title: str, start: str, end: str, extension: str) -> Path:
    """A path that nothing has yet, by the destination's template; or the name that the person chose, taken or not."""
    if destination.file_name is not None:
        return destination.folder / destination.file_name
    if destination.called.strip():
        return free_name_like(destination.folder / f"{safe_file_name(destination.called)}.{extension}")
    template = NameTemplate(destination.template)
    number = 1
    while True:
        path = destination.folder / template.fill(title, start, end, extension, number)
        if not os.path.lexists(path):
            return path
        number += 1


def free_name_like(path: Path) -> Path:
    """A path, or the first one with a number behind it that nothing has yet."""
    number = 2
    free = path
    while os.path.lexists(free):
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return free


def is_gone(path: Path) -> bool:
    """Whether there is no such file in its folder; a folder that is not there, or lets nobody look, hides it only."""
    try:
        path.lstat()
    except FileNotFoundError:
        return path.parent.is_dir()
    except OSError:
        return False
    return False


def give_name(temporary: Path, path: Path, *, replace: bool) -> bool:
    """Put a sealed file under its name and bring the name to the disk.

    Args:
        temporary: the file.
        path: its name, in the same folder.
        replace: whether an older file of that name goes.

    Returns:
        Whether the name was free, or an older file went.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    try:
        if replace:
            _keep_older(temporary, path)
            temporary.replace(path)
        elif not _link(temporary, path):
            return False
        fsync_folder(path.parent)
    except OSError as error:
        raise output_error(error, path.parent) from error
    return True


def copy_out(source: Path, path: Path) -> None:
    """Put a copy of a file under a name that is free or goes.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    temporary = path.with_name(f"{_PREFIX}{new_id()}{_SUFFIX}")
    try:
        shutil.copyfile(source, temporary)
        seal(temporary)
        give_name(temporary, path, replace=True)
    except OSError as error:
        raise output_error(error, path.parent) from error
    finally:
        keep_name(temporary)


def output_error(error: OSError, folder: Path) -> InputError:
    """Say in a person's words why nothing could be written to a folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return InputError(
            ErrorCode.DISK_FULL, f"The disk that holds {folder} is full.", "Free some space or choose another folder."
        )
    if error.errno == errno.ENOENT:
        return InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"The folder {folder} does not exist.", "Create it or choose another one."
        )
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"Nothing can be written to {folder}: {error.strerror or error}.",
        "Choose another folder.",
    )


def fsync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    if sys.platform == "win32":
        return  # a directory can't be opened there; the rename is journalled by NTFS
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(descriptor)


def _older(temporary: Path) -> Path:
    return temporary.with_name(temporary.name + _OLDER)


def _keep_older(temporary: Path, path: Path) -> None:
    older = _older(temporary)
    # Where there is no hard link to be had, the older file is gone with the rename and does not come back.
    with suppress(OSError):
        older.unlink(missing_ok=True)
        older.hardlink_to(path)


def make_work_folder(folder: Path) -> None:
    """Make a folder for what a job needs meanwhile, if it is not there.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, folder.parent) from error


def _link(temporary: Path, path: Path) -> bool:
    try:
        # A hard link never replaces: two jobs that want one name get two.
        path.hardlink_to(temporary)
    except FileExistsError:
        return False
    except OSError:
        # Some file systems have no hard links; there a look before the rename has to do.
        if os.path.lexists(path):
            return False
        temporary.rename(path)
    return True


def _make_folder(folder: Path) -> bool:
    if folder.is_dir():
        return False
    try:
        folder.mkdir()
    except OSError as error:
        raise output_error(error, folder) from error
    return True
