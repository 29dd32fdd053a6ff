"""The only place that constructs adapters and joins them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.sources.newest_ytdlp import use_newest
from fastclip_desktop.store.backups import restore_newest_backup
from fastclip_desktop.store.database import Database
from fastclip_desktop.store.sqlite_errors import explain_file


def build_engine() -> Engine:
    """An engine for one command of this user, which remembers nothing afterwards but its clips' files.

    Close it, or use it in a ``with``. Any number of them may run at once, beside the one of :func:`build_kept_engine`.
    """
    paths = find_paths(os.environ)
    use_newest(paths.sites)
    engine = Engine(InProcessRunner(), paths, Database.in_memory())
    engine.start()
    return engine


def build_kept_engine(program: str) -> Engine:
    """The engine that owns this user's data folder: its queue and its library outlive it.

    Args:
        program: what it is called when another one asks who has the folder.

    Raises:
        InputError: ``data_in_use``, ``data_not_writable``, ``data_damaged``, ``data_newer`` or ``disk_full``.
    """
    # Locking a folder takes libraries that a single command has no use for.
    from fastclip_desktop.store.data_folder import claim

    paths = find_paths(os.environ)
    use_newest(paths.sites)
    claimed = claim(paths.data, program)
    try:
        database = Database.open(paths.database)
    except BaseException:
        claimed.release()
        raise
    engine = Engine(InProcessRunner(), paths, database, claimed)
    engine.start()
    return engine


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of a database that was to be restored.

    Attributes:
        was_whole: nothing was wrong with it, and it was left alone.
        backup: the copy that is in its place now; ``None`` if there was no good one.
    """

    was_whole: bool
    backup: Path | None = None


def restore_database() -> Restored:
    """Put the newest good backup in the place of this user's damaged database, which is kept under another name.

    Raises:
        InputError: ``data_in_use``, ``data_not_writable`` or ``disk_full``.
    """
    from fastclip_desktop.store.data_folder import claim

    paths = find_paths(os.environ)
    with claim(paths.data, "fastclip restore"):
        try:
            Database.open(paths.database).close()
        except InputError as error:
            if error.code not in (ErrorCode.DATA_DAMAGED, ErrorCode.DATA_NEWER):
                raise
        else:
            return Restored(was_whole=True)
        try:
            return Restored(was_whole=False, backup=restore_newest_backup(paths.database))
        except OSError as error:
            raise explain_file(error, paths.database) from error


def hand_over(arguments: tuple[str, ...]) -> bool:
    """Give a later start's arguments to the program that has this user's data folder, if it takes them."""
    from fastclip_desktop.store.hand_over import hand_over as give

    return give(find_paths(os.environ).data, arguments)
