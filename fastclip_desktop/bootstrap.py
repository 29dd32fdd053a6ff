"""The only place that constructs adapters and joins them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastclip_desktop import outside
from fastclip_desktop.domain.device_choices import DEVICES_VARIABLE, parse_devices
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.hardware.book import DeviceBook
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths, find_paths
from fastclip_desktop.settings.preferences import read_preferences

if TYPE_CHECKING:
    from fastclip_desktop.engine.engine import Engine
    from fastclip_desktop.engine.keyring import Keyring
    from fastclip_desktop.engine.ports import StageRunner
    from fastclip_desktop.engine.remote_keys import RemoteKeyring
    from fastclip_desktop.engine.remote_search import RemoteSearch
    from fastclip_desktop.engine.search import LibrarySearch
    from fastclip_desktop.store.data_folder import ClaimedFolder

_PATIENCE = 10.0
"""Seconds that a program that has the data folder gets until it answers; it may just be starting."""

_PAUSE = 0.1


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where work goes that outgrows this machine.

    Attributes:
        address: of a Dask scheduler.
        shared: the folder that this machine and all workers have at the same path, or a URL that fsspec knows.
    """

    address: str
    shared: str


def build_engine(cluster: Cluster | None = None) -> Engine:
    """An engine for one command of this user, which remembers nothing afterwards but its clips' files.

    Close it, or use it in a ``with``. Any number of them may run at once, beside the one of :func:`build_kept_engine`.

    Args:
        cluster: does the work instead of this machine.

    Raises:
        UsageError: ``bad_usage`` if there is no Dask here, or for devices in the environment that there are not.
        InputError: ``output_not_writable`` if there is no such shared folder; ``offline`` for any cluster then.
    """
    paths = find_paths(os.environ)
    outside.watch(partial(_is_offline, paths))
    devices = _devices(paths)
    if cluster is not None:
        # Wherever its scheduler is: no worker knows what this machine's person chose, and workers fetch.
        outside.check_afar(urlsplit(cluster.address).hostname or cluster.address)
    with ExitStack() as on_failure:
        runner: StageRunner = on_failure.enter_context(closing(_warm_runner(paths, devices)))
        if cluster is not None:
            from fastclip_desktop.runners.cluster import ClusterRunner

            runner = on_failure.enter_context(closing(ClusterRunner(cluster.address, cluster.shared, runner)))

        # Imported while the children import what they need.
        from fastclip_desktop.engine.engine import Engine
        from fastclip_desktop.store.database import Database

        engine = Engine(runner, paths, Database.in_memory(), devices=devices)
        engine.start()
        on_failure.pop_all()
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
    outside.watch(partial(_is_offline, paths))
    devices = _devices(paths)
    with ExitStack() as on_failure:
        claimed = claim(paths.data, program)
        on_failure.callback(claimed.release)
        runner = on_failure.enter_context(closing(_warm_runner(paths, devices)))

        # Imported while the children import what they need.
        from fastclip_desktop.engine.engine import Engine
        from fastclip_desktop.store.database import Database

        engine = Engine(runner, paths, Database.open(paths.database), claimed, devices=devices)
        engine.start()
        on_failure.pop_all()
    return engine


def _warm_runner(paths: Paths, devices: DeviceBook) -> ProcessRunner:
    # Asked before each stage that opens connections: what a person sets holds from the next one on.
    runner = ProcessRunner(
        paths.sites,
        proxy=lambda: read_preferences(paths.config)[0].proxy,
        offline=partial(_is_offline, paths),
        devices=devices,
    )
    runner.warm()
    return runner


def _is_offline(paths: Paths) -> bool:
    if outside.wants_offline(os.environ):
        return True
    preferences, warnings = read_preferences(paths.config)
    # Who wrote something there that makes no sense did not mean to be online.
    return preferences.offline or any("'offline'" in warning for warning in warnings)


def _devices(paths: Paths) -> DeviceBook:
    """What is wished for in the environment, which holds for one command, else in the preferences."""
    said = os.environ.get(DEVICES_VARIABLE, "")
    if said.strip():
        wishes = parse_devices(said)
        return DeviceBook(lambda: wishes)
    return DeviceBook(lambda: read_preferences(paths.config)[0].devices)


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
    from fastclip_desktop.store.backups import restore_newest_backup
    from fastclip_desktop.store.data_folder import claim
    from fastclip_desktop.store.database import Database
    from fastclip_desktop.store.sqlite_errors import explain_file

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


@contextmanager
def open_keyring() -> Iterator[Keyring | RemoteKeyring]:
    """The keys of this user's data folder; by way of the program that has the folder, if one has.

    Raises:
        InputError: ``data_in_use`` if the program that has it answers nobody, or what else
            :func:`build_kept_engine` raises.
    """
    from fastclip_desktop.engine.clock import Clock
    from fastclip_desktop.engine.keyring import Keyring
    from fastclip_desktop.engine.remote_keys import RemoteKeyring
    from fastclip_desktop.store.database import Database
    from fastclip_desktop.store.hand_over import ask

    paths = find_paths(os.environ)
    remote = RemoteKeyring(partial(ask, paths.data))
    claimed = _claim_unless_answered(paths, "fastclip keys", remote.answers)
    if claimed is None:
        yield remote
        return
    with claimed, Database.open(paths.database) as database:
        yield Keyring(database, Clock())


@contextmanager
def open_search() -> Iterator[LibrarySearch | RemoteSearch]:
    """The search through this user's library; by way of the program that has the data folder, if one has.

    Raises:
        InputError: ``data_in_use`` if the program that has it answers nobody, or what else
            :func:`build_kept_engine` raises.
    """
    from fastclip_desktop.engine.event_bus import EventBus
    from fastclip_desktop.engine.models import Models
    from fastclip_desktop.engine.remote_search import RemoteSearch
    from fastclip_desktop.engine.search import LibrarySearch
    from fastclip_desktop.store.database import Database
    from fastclip_desktop.store.hand_over import ask
    from fastclip_desktop.store.left_words import LeftWordsFolder

    paths = find_paths(os.environ)
    remote = RemoteSearch(partial(ask, paths.data))
    claimed = _claim_unless_answered(paths, "fastclip library", remote.answers)
    if claimed is None:
        yield remote
        return
    with claimed, closing(ProcessRunner(paths.sites)) as runner, Database.open(paths.database) as database:
        left = LeftWordsFolder(paths.left_words)
        yield LibrarySearch(database, runner, Models(runner, paths, EventBus()), left)


def _claim_unless_answered(paths: Paths, program: str, is_answered: Callable[[], bool]) -> ClaimedFolder | None:
    """The data folder, claimed for a moment; ``None`` where another program has it and answers in its place."""
    from fastclip_desktop.store.data_folder import claim

    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            return claim(paths.data, program, briefly=True)
        except InputError as error:
            if error.code is not ErrorCode.DATA_IN_USE:
                raise
            if is_answered():
                return None
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)  # it has just started, or is about to end
