"""How the paths in a stage's request become a worker's, and those in its result the caller's again.

A request names files to read, folders to write into, and files to write. Each is found wherever it is in the request's
values; a worker gets others in their place, which lie in the shared folder or were copied from it, and whatever it says
of them afterwards, in a result or in an error, is said of the caller's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack
from fastclip_desktop.domain.stage import StageRequest
from fastclip_desktop.runners.cluster_shelf import Shelf

ROOM = "room"
"""Begins the names of what lies in the folder of one try."""

ValueT = TypeVar("ValueT")


@dataclasses.dataclass(frozen=True, slots=True)
class Parcel:
    """A request on its way to a worker.

    Attributes:
        request: as the caller made it.
        places: for each path in it, the name of its stand-in: a source on the shelf, ``room/…`` in the folder of the
            try, or an absolute path that is the same there.
        shelf: the shared folder's address.
        ticket: the folder of this stage on the shelf.
        topic: under which to tell how it goes.
    """

    request: StageRequest[object]
    places: Mapping[Path, str]
    shelf: str
    ticket: str
    topic: str


@dataclasses.dataclass(frozen=True, slots=True)
class Product:
    """A file that a stage wrote: its name on the shelf, and where the caller wants it."""

    name: str
    path: Path


def find_places(request: object, shelf: Shelf, check: Callable[[], None]) -> dict[Path, str]:
    """A stand-in for every path of a request; files to read are put on the shelf.

    Args:
        request: what is to be done.
        shelf: the shared folder.
        check: called every now and then; raises to stop.

    Raises:
        InputError: a file cannot be read, or the shared folder cannot be used.
    """
    places: dict[Path, str] = {}
    for path in paths_in(request):
        if path in places:
            continue
        if shelf.holds(path) and path.exists():
            places[path] = str(path.absolute())
        elif path.is_file():
            places[path] = shelf.keep(path, check)
        elif path.is_dir():
            places[path] = f"{ROOM}/{len(places)}"
        else:
            places[path] = f"{ROOM}/{len(places)}/{path.name}"
    return places


def paths_in(value: object) -> Iterator[Path]:
    """Every path that a value of ``domain`` holds, at any depth."""
    match value:
        case Path():
            yield value
        case CaptionTrack(kind=CaptionKind.SIDECAR, location=location):
            yield Path(location)
        case tuple():
            for item in value:
                yield from paths_in(item)
        case _ if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                yield from paths_in(getattr(value, field.name))


def with_paths(value: ValueT, change: Callable[[Path], Path]) -> ValueT:
    """The same value with every path changed."""
    return cast("ValueT", _changed(value, change))


def _changed(value: object, change: Callable[[Path], Path]) -> object:
    match value:
        case Path():
            return change(value)
        case CaptionTrack(kind=CaptionKind.SIDECAR, location=location):
            return dataclasses.replace(value, location=str(change(Path(location))))
        case tuple():
            return tuple(_changed(item, change) for item in value)
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _changed_fields(value, change)
    return value


def _changed_fields(value: object, change: Callable[[Path], Path]) -> object:
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}  # type: ignore[arg-type]  # the only caller knows it to be one
    changed = {name: _changed(old, change) for name, old in fields.items()}
    differing = {name: new for name, new in changed.items() if new != fields[name]}
    return dataclasses.replace(value, **differing) if differing else value  # type: ignore[type-var]  # likewise


class Translation:
    """Between the caller's paths and this worker's.

    Args:
        pairs: the caller's path and this worker's; a folder stands for all that is in it.
    """

    def __init__(self, pairs: Mapping[Path, Path]) -> None:
        self._there = dict(pairs)
        # The innermost first, so that a file in a folder is not taken for another one in a folder around it.
        self._back = sorted(((here, path) for path, here in pairs.items()), key=lambda pair: -len(pair[0].parts))

    def here(self, path: Path) -> Path:
        """What stands for a path of the caller's on this worker."""
        return self._there.get(path, path)

    def back(self, path: Path) -> Path:
        """What a path of this worker's is to the caller."""
        for here, there in self._back:
            if path.is_relative_to(here):
                return there / path.relative_to(here)
        return path

    def translate(self, error: FastClipError) -> FastClipError:
        """Say of the caller's paths what an error says of this worker's; the error itself is changed."""
        for here, there in self._back:
            error.message = error.message.replace(str(here), str(there))
            error.hint = error.hint.replace(str(here), str(there))
        error.args = (error.code, error.message, error.hint)
        return error
