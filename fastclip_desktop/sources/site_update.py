"""Keeps yt-dlp fresh: the newest one from the registry, tried before it is used."""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from yt_dlp.networking.exceptions import RequestError

from fastclip_desktop import __version__
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import CancelToken, Reporter
from fastclip_desktop.domain.stage import SitesUpdated, UpdateSites
from fastclip_desktop.sources.download_room import download_room, is_forgotten
from fastclip_desktop.sources.newest_deno import renew_deno
from fastclip_desktop.sources.newest_ytdlp import CHOICE, Choice, bundled_version, usable_choice
from fastclip_desktop.sources.registry import (
    bad_update,
    check_index,
    fetch_wheel,
    newest_wheel,
    required_version,
    unpack_wheel,
)
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.wording import clean_line
from fastclip_desktop.sources.ytdlp import SiteSession

_log = logging.getLogger(__name__)

_TRIAL_SECONDS = 120
_LOOK_SECONDS = 0.2
"""Between two looks at whether somebody wants a stop."""
_FOLDER = re.compile(r"\d[\w.]*-[0-9a-f]{8}")


def update_sites(request: UpdateSites, reporter: Reporter) -> SitesUpdated:
    """Fetch the newest yt-dlp if it is newer than the one in use, try it, and choose it for the processes to come.

    Nothing changes if any of that fails; what a killed run leaves, a later one removes. A Deno that was fetched is
    renewed after that, if there is a newer one.

    Raises:
        InputError: ``bad_update`` where the registry has nothing fit or what it sent doesn't pass the trial, what
            :func:`~fastclip_desktop.sources.download_room.download_room` raises, and the network's.
        Cancelled: if the reporter says so.
    """
    check_index(request.index)
    updated = _update_ytdlp(request, reporter)
    with SiteSession(reporter, link=request.index) as session:
        renew_deno(request.folder, session, reporter, request.index)
    return updated


def _update_ytdlp(request: UpdateSites, reporter: Reporter) -> SitesUpdated:
    chosen = usable_choice(request.folder)
    current = chosen.version if chosen else bundled_version()
    _make_folder(request.folder)
    with download_room(request.folder) as room, SiteSession(reporter, link=request.index) as session:
        try:
            wheel = newest_wheel(session, request.index, "yt-dlp")
            if wheel.version <= _version(current):
                return SitesUpdated(current, current)
            reporter.report(0.1)
            candidate = room / "candidate"
            candidate.mkdir()
            fetched = fetch_wheel(session, wheel, room, reporter)
            needs = required_version(unpack_wheel(fetched, "yt_dlp", candidate), "yt-dlp-ejs")
            reporter.report(0.5)
            if needs and not _is_here("yt-dlp-ejs", needs):
                solver = newest_wheel(session, request.index, "yt-dlp-ejs", needs)
                unpack_wheel(fetch_wheel(session, solver, room, reporter), "yt_dlp_ejs", candidate)
        except RequestError as error:
            raise explain(error, request.index) from error
        reporter.report(0.7)
        _try(candidate, reporter.cancel)
        _choose(request.folder, candidate, str(wheel.version))
    return SitesUpdated(current, str(wheel.version))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The folder {folder} can't be made: {error.strerror or error}.",
            "Set FASTCLIP_HOME to a folder of yours.",
        ) from error


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        return Version("0")


def _is_here(project: str, needs: str) -> bool:
    try:
        return metadata.version(project) in SpecifierSet(needs)
    except (metadata.PackageNotFoundError, InvalidSpecifier, InvalidVersion):
        return False


def _try(candidate: Path, cancel: CancelToken) -> None:
    """Run the trial in a process of its own, which has no yt-dlp yet."""
    command = [*_own_command(), "update-sites", "--try", str(candidate), "--json"]
    environment = _without_proxies(os.environ)
    with subprocess.Popen(  # noqa: S603 - this program itself
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    ) as trial:
        try:
            said = _wait(trial, cancel)
        except BaseException:
            trial.kill()
            raise
    if trial.returncode != 0:
        _log.warning("The trial said: %s", clean_line(said[-2000:].decode(errors="replace")))
        raise bad_update("The new yt-dlp does not work with this FastClip.")


def _wait(trial: subprocess.Popen[bytes], cancel: CancelToken) -> bytes:
    for _ in range(round(_TRIAL_SECONDS / _LOOK_SECONDS)):
        cancel.check()
        try:
            return trial.communicate(timeout=_LOOK_SECONDS)[1]
        except subprocess.TimeoutExpired:
            continue
    raise bad_update("The new yt-dlp did not pass its trial in time.")


def _without_proxies(environment: Mapping[str, str]) -> dict[str, str]:
    # The trial talks to itself on this machine, which no proxy should hear of.
    kept = {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}
    return kept | {"no_proxy": "*"}


def _own_command() -> list[str]:
    if getattr(sys, "frozen", False):
        # The window and the command line are two programs in one folder.
        window = Path(sys.executable)
        return [str(window.with_name(f"fastclip{window.suffix}"))]
    return [sys.executable, "-m", "fastclip_desktop"]


def _choose(folder: Path, candidate: Path, version: str) -> None:
    """Move the candidate out of the room, then name it as the one to use, each at one stroke."""
    home = folder / f"{version}-{secrets.token_hex(4)}"
    candidate.replace(home)
    choice = folder / f"{CHOICE}.part"
    with choice.open("w", encoding="utf-8") as file:
        json.dump(asdict(Choice(home.name, version, __version__)), file)
        file.flush()
        os.fsync(file.fileno())
    choice.replace(folder / CHOICE)
    for other in folder.iterdir():
        if other != home and (_FOLDER.fullmatch(other.name) or is_forgotten(other)):
            # What another process still reads stays on Windows; the next update takes it along.
            shutil.rmtree(other, ignore_errors=True)
