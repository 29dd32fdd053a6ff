"""The package registry, by the standard that all of them follow: the JSON form of the simple API (PEP 691).

A file counts only with its SHA-256, and only a wheel that runs on this system: it is unpacked and never imported by the
fetching process.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, parse_wheel_filename
from packaging.version import InvalidVersion, Version
from yt_dlp.networking.common import Response

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.wording import host_of, shown

_ACCEPT = "application/vnd.pypi.simple.v1+json"
_LARGEST_PAGE = 50 * 1000**2
_LARGEST_WHEEL = 100 * 1000**2
_LARGEST_UNPACKED = 500 * 1000**2
_MOST_FILES = 50_000
_BLOCK = 256 * 1024

_STAYS = "The yt-dlp that came with FastClip stays in use; try again later."


class Opens(Protocol):
    """What asks for a URL: a :class:`~fastclip_desktop.sources.ytdlp.SiteSession`."""

    def open(self, url: str, headers: Mapping[str, str]) -> Response:
        """Ask for a URL; close the answer."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A file on the registry.

    Attributes:
        name: its file name.
        version: what it holds.
        url: where it is.
        sha256: of its bytes, in hexadecimal.
    """

    name: str
    version: Version
    url: str
    sha256: str


def newest_wheel(session: Opens, index: str, project: str, wanted: str = "") -> Wheel:
    """The newest release of a project that runs here.

    Args:
        session: whose connections are used.
        index: the registry's address, such as ``https://pypi.org/simple/``.
        project: its normalised name.
        wanted: which versions, such as ``==0.8.0``; any where empty.

    Raises:
        InputError: ``bad_update`` where the registry's answer makes no sense or offers nothing; and all that
            :func:`~fastclip_desktop.sources.site_errors.explain` lists.
    """
    check_index(index)
    page = urljoin(index.rstrip("/") + "/", f"{project}/")
    wheels = [wheel for wheel in _wheels(_files(session, page), page) if wheel.version in SpecifierSet(wanted)]
    if not wheels:
        raise bad_update(f"{host_of(index)} offers no {project}{wanted} that runs here.")
    return max(wheels, key=lambda wheel: wheel.version)


def check_index(index: str) -> None:
    """Refuse a registry that anybody on the way could pose as.

    Raises:
        InputError: ``bad_update``.
    """
    parts = urlsplit(index)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")):
        raise bad_update(f"{shown(index)} is no address of a registry that starts with https://.")


def fetch_wheel(session: Opens, wheel: Wheel, folder: Path, reporter: Reporter) -> Path:
    """Bring a wheel into the folder and check its hash.

    Raises:
        InputError: ``bad_update`` where the bytes are not those that the registry promised.
        Cancelled: if the reporter says so; it hears of every block, as a sign that the work moves.
    """
    check_index(wheel.url)
    path = folder / "update.whl"
    digest = hashlib.sha256()
    size = 0
    with session.open(wheel.url, {}) as answer, path.open("wb") as file:
        while block := answer.read(_BLOCK):
            reporter.report(0)
            size += len(block)
            if size > _LARGEST_WHEEL:
                break
            digest.update(block)
            file.write(block)
    if size > _LARGEST_WHEEL or digest.hexdigest() != wheel.sha256.lower():
        path.unlink()
        raise bad_update(f"What {host_of(wheel.url)} sent as {shown(wheel.name)} is not what the registry promises.")
    return path


def unpack_wheel(path: Path, package: str, folder: Path) -> str:
    """Unpack a wheel's package into the folder, and give its metadata; whatever else it holds stays in it.

    Raises:
        InputError: ``bad_update`` for no zip file, one without the package, or one that is out to do harm.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            inside = [entry for entry in entries if PurePosixPath(entry.filename).parts[:1] == (package,)]
            if len(entries) > _MOST_FILES or sum(entry.file_size for entry in inside) > _LARGEST_UNPACKED:
                raise bad_update("The update is far larger than it can be.")
            if not any(entry.filename == f"{package}/__init__.py" for entry in inside):
                raise bad_update(f"The update holds no {package}.")
            for entry in inside:
                _unpack(archive, entry, folder)
            (metadata,) = (entry for entry in entries if entry.filename.endswith(".dist-info/METADATA"))
            if metadata.file_size > _LARGEST_PAGE:
                raise bad_update("The update is far larger than it can be.")
            return archive.read(metadata).decode(errors="replace")
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise bad_update("The update is damaged.") from error


def unpack_program(path: Path, name: str, folder: Path) -> Path:
    """Unpack the one program of a wheel into the folder, ready to be started.

    Raises:
        InputError: ``bad_update`` for no zip file, or one without the program.
    """
    target = folder / name
    try:
        with zipfile.ZipFile(path) as archive:
            (entry,) = (
                entry
                for entry in archive.infolist()
                if re.fullmatch(rf"[^/]+\.data/scripts/{re.escape(name)}", entry.filename)
            )
            if entry.file_size > _LARGEST_UNPACKED:
                raise bad_update("The update is far larger than it can be.")
            _write(archive, entry, target)
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, RuntimeError) as error:
        raise bad_update(f"What the registry sent holds no {name}.") from error
    target.chmod(0o755)
    return target


def required_version(metadata: str, project: str) -> str:
    """Which versions of a project the metadata asks for, empty where it asks for none."""
    for line in metadata.partition("\n\n")[0].splitlines():
        field, _, value = line.partition(":")
        if field == "Requires-Dist":
            try:
                requirement = Requirement(value.strip())
            except InvalidRequirement:
                continue
            if requirement.name.lower().replace("_", "-") == project:
                return str(requirement.specifier)
    return ""


def bad_update(sentence: str) -> InputError:
    """An update that is not used."""
    return InputError(ErrorCode.BAD_UPDATE, sentence, _STAYS)


def _files(session: Opens, page: str) -> list[dict[str, Any]]:
    with session.open(page, {"Accept": _ACCEPT}) as answer:
        data = answer.read(_LARGEST_PAGE)
    try:
        files = json.loads(data)["files"]
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise bad_update(f"{host_of(page)} does not answer as a package registry does.") from error
    return [file for file in files if isinstance(file, dict)] if isinstance(files, list) else []


def _wheels(files: Iterable[dict[str, Any]], page: str) -> Iterable[Wheel]:
    here = frozenset(sys_tags())
    for file in files:
        hashes = file.get("hashes")
        name, url = file.get("filename"), file.get("url")
        sha256 = hashes.get("sha256") if isinstance(hashes, dict) else None
        if not (isinstance(name, str) and isinstance(url, str) and isinstance(sha256, str)) or file.get("yanked"):
            continue
        try:
            _, version, _, of = parse_wheel_filename(name)
            runs = SpecifierSet(str(file.get("requires-python") or "")).contains(platform.python_version())
        except (InvalidWheelFilename, InvalidVersion, InvalidSpecifier):
            continue
        if runs and not version.is_prerelease and not of.isdisjoint(here):
            yield Wheel(name, version, urljoin(page, url), sha256)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    parts = PurePosixPath(entry.filename).parts
    odd = any(part in ("..", ".", "/") or "\\" in part or ":" in part for part in parts)
    if odd or stat.S_ISLNK(entry.external_attr >> 16):
        raise bad_update("The update is out to write where it should not.")
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(archive, entry, target)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    written = 0
    with archive.open(entry) as source, target.open("xb") as file:
        while block := source.read(_BLOCK):
            written += len(block)
            if written > entry.file_size:
                raise bad_update("The update is far larger than it can be.")
            file.write(block)
