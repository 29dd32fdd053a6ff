"""The only place that constructs adapters and joins them."""

from __future__ import annotations

import os

from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.in_process import InProcessRunner
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.sources.newest_ytdlp import use_newest
from fastclip_desktop.store.database import Database


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
