"""Projects as files: JSON that a person may read, mend and keep beside the source.

They lie in this room and not in the engine, because a window keeps what its person does whether or not there is an
engine just now, and reads it before there is one.

What this version does not know of a file is kept and written again. A file of a newer version is left alone.
"""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import cast

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.project import PROJECT_VERSION, Project
from fastclip_desktop.settings.readable import NonsenseError, from_json, to_json, unknown_fields
from fastclip_desktop.settings.whole_file import replace_file

SUFFIX = ".fastclip"

_VERSION = "fastclip"
"""The field that says of which version a file is, and that it is a project at all."""

_BESIDE = "source_beside"
"""The field that says where the source lies from the file, for folders that are moved as a whole."""

_CUTS = "cuts"
_MOST_BYTES = 64 * 1024**2


def read_project(path: Path) -> Project:
    """The project in a file.

    Raises:
        InputError: ``bad_project`` if it makes no sense, ``project_newer`` if a newer version wrote it,
            ``source_not_found``, ``source_is_folder`` or ``source_unreadable``.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(
            ErrorCode.SOURCE_NOT_FOUND, f"There is no project {path}.", "It may have been moved or renamed."
        ) from error
    except IsADirectoryError as error:
        raise InputError(
            ErrorCode.SOURCE_IS_FOLDER, f"{path} is a folder and no project.", "Open a file in it."
        ) from error
    except OSError as error:
        raise InputError(
            ErrorCode.SOURCE_UNREADABLE,
            f"The project {path} cannot be read: {error.strerror or error}.",
            "Check its permissions.",
        ) from error
    try:
        project, beside = _parse(data, path)
    except (NonsenseError, ValueError, RecursionError) as error:
        raise InputError(
            ErrorCode.BAD_PROJECT,
            f"The project {path.name} makes no sense: {_told(error)}.",
            "Mend it in a text editor, or open another copy of it.",
        ) from error
    return _relocated(project, beside, path)


def write_project(path: Path, project: Project) -> None:
    """Put a project into a file, all at once.

    Raises:
        InputError: ``output_not_writable`` or ``disk_full``.
    """
    fields = project_fields(project)
    beside = _place_beside(path, project.source)
    if beside:
        fields[_BESIDE] = beside
    try:
        replace_file(path, as_text(fields))
    except OSError as error:
        raise explain_unwritten(path, error) from error


def project_fields(project: Project) -> dict[str, object]:
    """A project as ``json.dumps`` takes it."""
    fields = cast("dict[str, object]", to_json(project))
    unknown = {of: cast("dict[str, object]", json.loads(text)) for of, text in project.unknown}
    del fields["unknown"]
    cuts = cast("list[dict[str, object]]", fields.pop(_CUTS))
    known = {_VERSION: PROJECT_VERSION, **fields, _CUTS: [unknown.get(str(cut["id"]), {}) | cut for cut in cuts]}
    return unknown.get("", {}) | known


def project_of(fields: object) -> Project:
    """The project that :func:`project_fields` wrote.

    Raises:
        NonsenseError: it is none.
        InputError: ``project_newer``.
    """
    if not isinstance(fields, dict) or _VERSION not in fields:
        raise NonsenseError(f"it is no project, in which the field {_VERSION!r} says the version")
    version = from_json(int, fields[_VERSION], _VERSION)
    if version > PROJECT_VERSION:
        raise InputError(
            ErrorCode.PROJECT_NEWER,
            f"This project was written by a newer FastClip: its version is {version}, and this one knows "
            f"{PROJECT_VERSION}.",
            "Open it with that one, or update this one.",
        )
    project = from_json(Project, {name: each for name, each in fields.items() if name != "unknown"})
    if project.playhead < 0:
        raise NonsenseError("playhead has to be 0 or later")
    known = {_VERSION, _BESIDE}
    spare = {name: each for name, each in unknown_fields(Project, fields).items() if name not in known}
    unknown = [("", json.dumps(spare))] if spare else []
    cuts: list[Cut] = []
    for cut, given in zip(project.cuts, fields.get(_CUTS, []), strict=True):
        own = cut if cut.id and cut.id not in {each.id for each in cuts} else replace(cut, id=new_id())
        cuts.append(own)
        spare = unknown_fields(Cut, given)
        if spare:
            unknown.append((own.id, json.dumps(spare)))
    return replace(project, cuts=tuple(cuts), unknown=tuple(unknown))


def as_text(fields: dict[str, object]) -> bytes:
    """JSON for people, in UTF-8; names that are not Unicode are escaped."""
    try:
        return (json.dumps(fields, indent=1, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(fields, indent=1) + "\n").encode()


def parse_text(data: bytes) -> object:
    """What JSON says; numbers that are none are not let in.

    Raises:
        ValueError, RecursionError: it is no JSON.
    """
    if len(data) > _MOST_BYTES:
        raise NonsenseError(f"it has more than {_MOST_BYTES} bytes")
    return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)


def explain_unwritten(path: Path, error: OSError) -> InputError:
    """The fault of a place where a project cannot be written."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return InputError(ErrorCode.DISK_FULL, f"There is no room left for {path}.", "Free some space.")
    return InputError(
        ErrorCode.OUTPUT_NOT_WRITABLE,
        f"The project cannot be written to {path}: {error.strerror or error}.",
        "Save it somewhere else.",
    )


def _parse(data: bytes, path: Path) -> tuple[Project, str]:
    fields = parse_text(data)
    try:
        project = project_of(fields)
    except InputError as error:
        sentence = error.message.replace("This project", f"The project {path.name}", 1)
        raise InputError(error.code, sentence, error.hint) from error
    beside = cast("dict[str, object]", fields).get(_BESIDE, "")
    return project, beside if isinstance(beside, str) and "\0" not in beside else ""


def _refuse(text: str) -> float:
    raise NonsenseError(f"{text} is no number")


def _told(error: Exception) -> str:
    if isinstance(error, NonsenseError):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON from line {error.lineno} on ({error.msg.lower()})"
    if isinstance(error, UnicodeDecodeError):
        return "it is no text"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def _place_beside(path: Path, source: str) -> str:
    """Where a local source lies from the project's folder, if it lies in it."""
    local = Path(source)
    if not source or "://" in source or not local.is_absolute():
        return ""
    folder = path.absolute().parent
    return local.relative_to(folder).as_posix() if local.is_relative_to(folder) else ""


def _relocated(project: Project, beside: str, path: Path) -> Project:
    """The project with its source where it went along with the file."""
    if not beside or os.path.lexists(project.source):
        return project
    moved = path.absolute().parent / beside
    return replace(project, source=str(moved)) if moved.is_file() else project
