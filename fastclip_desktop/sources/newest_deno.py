"""Fetches Deno, as the wheel that its makers put on the registry, when YouTube first needs it."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

from packaging.version import Version
from yt_dlp.networking.exceptions import RequestError

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.download_room import download_room, sweep_forgotten
from fastclip_desktop.sources.javascript import PROGRAM, fetched_version
from fastclip_desktop.sources.registry import Opens, bad_update, fetch_wheel, newest_wheel, unpack_program
from fastclip_desktop.sources.site_errors import explain

_log = logging.getLogger(__name__)

_TRIAL_SECONDS = 60
_OWN_WAY_OUT = frozenset({ErrorCode.DISK_FULL, ErrorCode.OUTPUT_NOT_WRITABLE, ErrorCode.OFFLINE})
"""What has a better way out than another program."""


def fetch_deno(folder: Path, session: Opens, reporter: Reporter, index: str) -> None:
    """Bring the newest Deno into the folder, checked by the registry's hash and started once, or change nothing.

    Args:
        folder: where it is to lie.
        session: whose connections are used.
        reporter: stops the download, and hears that it moves.
        index: a package registry.

    Raises:
        InputError: ``bad_update`` where the registry has nothing fit or what it sent does not start; what
            :func:`~fastclip_desktop.sources.download_room.download_room` raises, and the network's.
        Cancelled: if a stop was asked for.
    """
    try:
        _fetch(folder, session, reporter, index)
    except InputError as error:
        if error.code in _OWN_WAY_OUT:
            raise
        raise InputError(
            error.code,
            f"YouTube needs Deno, which could not be fetched: {error.message}",
            "Try again later, or install Deno or Node.js 22 on this machine; FastClip finds either by itself.",
        ) from error


def renew_deno(folder: Path, session: Opens, reporter: Reporter, index: str) -> None:
    """Bring a newer Deno where one was fetched; where none can be had, the one that is there stays.

    Args:
        folder: where it lies.
        session: whose connections are used.
        reporter: stops the download, and hears that it moves.
        index: a package registry.

    Raises:
        Cancelled: if a stop was asked for.
    """
    if not (folder / PROGRAM).is_file():
        return
    try:
        _fetch(folder, session, reporter, index, fetched_version(folder))
    except InputError as error:
        _log.warning("No newer Deno could be had, so the one that was fetched stays: %s", error.message)


def _fetch(folder: Path, session: Opens, reporter: Reporter, index: str, older: Version | None = None) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The folder {folder} can't be made: {error.strerror or error}.",
            "Set FASTCLIP_HOME to a folder of yours.",
        ) from error
    sweep_forgotten(folder)
    with download_room(folder) as room:
        try:
            wheel = newest_wheel(session, index, "deno")
            if older is not None and wheel.version <= older:
                return
            _log.info("Getting Deno %s, which YouTube needs.", wheel.version)
            program = unpack_program(fetch_wheel(session, wheel, room, reporter), PROGRAM, room)
        except RequestError as error:
            raise explain(error, index) from error
        _try(program)
        _put(program, folder / PROGRAM)


def _put(program: Path, place: Path) -> None:
    try:
        program.replace(place)
    except PermissionError:
        # Windows keeps a program that runs: somebody else brought it meanwhile, and uses it.
        if not place.is_file():
            raise
        _log.debug("%s stays", place, exc_info=True)


def _try(program: Path) -> None:
    try:
        # The program that was just checked against the registry's hash.
        done = subprocess.run(  # noqa: S603
            [program, "--version"], check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=_TRIAL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise bad_update(f"{program.name} does not start on this machine.") from error
    if done.returncode != 0:
        raise bad_update(f"{program.name} does not start on this machine.")
