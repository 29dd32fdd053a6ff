"""The models on this machine: one folder each, with a small record of what its files have to be.

::

    models/NAME/model.json    the record
    models/NAME/files/…       the files, unless they belong to somebody else
    models/.partial/NAME/…    what is being brought; taken up again by the next try

A model's folder appears whole, by one rename, and goes by one: no program ever sees half of one. Any number of
programs may use a shelf at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from fastclip_desktop.domain.disk_fault import explain_disk_fault
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import InstalledModel, Model, ModelFile, ModelOffer, ModelState
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.model_stages import StagedModel

RECORD = "model.json"
FILES = "files"
PARTIAL = ".partial"

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
_PASSING = ".passing-"
"""Begins the names of folders that are there for the moments of a change."""

_PASSED = 3600.0
"""Seconds after which whoever made such a folder is taken to be gone."""

_MOST_BYTES = 1024 * 1024
"""Of a record; one of a thousand files takes a fifth of that."""

_log = logging.getLogger(__name__)


class ModelShelf:
    """The folder of models; safe to use from several threads and programs.

    Args:
        folder: made when the first model comes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[InstalledModel, ...]:
        """Every model that has a record, by name; what cannot be read is logged and left out."""
        with contextlib.suppress(OSError):
            names = sorted(path.name for path in self.folder.iterdir() if _NAME.fullmatch(path.name))
            return tuple(model for name in names if (model := self.get(name)) is not None)
        return ()

    def get(self, name: str) -> InstalledModel | None:
        """One model, ``None`` if there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        folder = self.folder / name
        try:
            with (folder / RECORD).open("rb") as file:
                return _understood(name, folder, file.read(_MOST_BYTES))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
            _log.warning("The record of the model %s makes no sense: %s", name, error)
            return None

    def staging(self, name: str) -> Path:
        """The folder in which a model is brought together before it is put in its place; it need not exist.

        Raises:
            InputError: ``bad_model`` where the name is none.
        """
        return self.folder / PARTIAL / checked_name(name)

    def put(self, name: str, staged: StagedModel, offer: ModelOffer | None = None) -> InstalledModel:
        """Put a model in its place, and take away what was there under its name.

        Args:
            name: what it is called from now on.
            staged: where it lies now: below :meth:`staging`, or files of somebody else that stay there.
            offer: where it came from.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        linked = not staged.folder.is_relative_to(self.folder)
        staging = self.staging(name)
        record = {
            "kind": staged.kind,
            "main": staged.main,
            "files": [asdict(file) for file in staged.files],
            "revision": offer.revision if offer else "",
            "repository": offer.repository if offer else "",
            "licence": (offer.licence if offer else "") or staged.licence,
            "linked": str(staged.folder) if linked else "",
            "added": time.time(),
        }
        try:
            staging.mkdir(parents=True, exist_ok=True)
            fresh = Path(tempfile.mkdtemp(prefix=_PASSING, dir=self.folder / PARTIAL))
            if not linked:
                staged.folder.rename(fresh / FILES)
            _write(fresh / RECORD, record)
            self._take_away(name)
            fresh.rename(self.folder / name)
            _sync_folder(self.folder)
            shutil.rmtree(staging, ignore_errors=True)
            self._sweep()
        except OSError as error:
            raise explain_disk_fault(error, self.folder) from error
        installed = self.get(name)
        if installed is None:
            raise InputError(ErrorCode.BAD_MODEL, f"The model {name} was taken away in this very moment.", "Try again.")
        return installed

    def confirm(self, name: str, files: Iterable[ModelFile]) -> None:
        """Note that a model's files were found whole again, at their times of last change.

        Raises:
            InputError: ``output_not_writable`` or ``disk_full``.
        """
        path = self.folder / checked_name(name) / RECORD
        try:
            record = json.loads(path.read_bytes())
            record["files"] = [asdict(file) for file in files]
            _write(path, record)
        except OSError as error:
            raise explain_disk_fault(error, self.folder) from error

    def remove(self, name: str) -> None:
        """Take a model away, and what a broken-off fetch left of it; files of somebody else stay.

        Raises:
            InputError: ``output_not_writable``.
        """
        try:
            self._take_away(name)
            shutil.rmtree(self.staging(name), ignore_errors=True)
            self._sweep()
        except OSError as error:
            raise explain_disk_fault(error, self.folder) from error

    def unfinished(self) -> dict[str, int]:
        """Bytes that broken-off fetches left, by the name of their model."""
        found: dict[str, int] = {}
        with contextlib.suppress(OSError):
            for folder in sorted((self.folder / PARTIAL).iterdir()):
                if _NAME.fullmatch(folder.name) and (size := sum(_sizes(folder))):
                    found[folder.name] = size
        return found

    def _sweep(self) -> None:
        """Remove what programs that were killed in the midst of a change left."""
        for folder in (self.folder / PARTIAL).glob(f"{_PASSING}*"):
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > _PASSED:
                    shutil.rmtree(folder, ignore_errors=True)

    def _take_away(self, name: str) -> None:
        place = self.folder / checked_name(name)
        if place.exists():
            (self.folder / PARTIAL).mkdir(exist_ok=True)
            old = Path(tempfile.mkdtemp(prefix=_PASSING, dir=self.folder / PARTIAL))
            place.rename(old / name)
            shutil.rmtree(old, ignore_errors=True)


def checked_name(name: str) -> str:
    """A name that a folder can have everywhere.

    Raises:
        InputError: ``bad_model``.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            ErrorCode.BAD_MODEL,
            f"{name!r} is no name for a model.",
            "Use small letters, digits, dots and hyphens.",
        )
    return name


def digest_of(files: Iterable[ModelFile], main: str) -> str:
    """The digest of a model: its file's own or, of several, that of their names and digests in the order of names."""
    ordered = sorted(files, key=lambda file: file.name)
    if main and len(ordered) == 1:
        return ordered[0].sha256
    return hashlib.sha256("".join(f"{file.sha256}  {file.name}\n" for file in ordered).encode()).hexdigest()


def _understood(name: str, folder: Path, data: bytes) -> InstalledModel:
    record = json.loads(data)
    files = tuple(
        ModelFile(str(each["name"]), int(each["size"]), str(each["sha256"]), int(each["changed"]))
        for each in record["files"]
    )
    linked, main = str(record["linked"]), str(record["main"])
    if not files or not all(map(_stays_below, (file.name for file in files))) or (main and not _stays_below(main)):
        raise ValueError("its files have odd names")
    place = Path(linked) if linked else folder / FILES
    model = Model(
        name,
        ModelKind(record["kind"]),
        place / main if main else place,
        sum(file.size for file in files),
        digest_of(files, main),
        str(record["revision"]),
        str(record["licence"]),
    )
    return InstalledModel(
        model, _state(place, files), place, str(record["repository"]), bool(linked), float(record["added"]), files
    )


def _stays_below(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _state(folder: Path, files: Iterable[ModelFile]) -> ModelState:
    state = ModelState.WHOLE
    for file in files:
        try:
            status = (folder / file.name).stat()
        except OSError:
            return ModelState.DAMAGED
        if status.st_size != file.size:
            return ModelState.DAMAGED
        if status.st_mtime_ns != file.changed:
            state = ModelState.TOUCHED
    return state


def _write(path: Path, record: dict[str, object]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(record, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return  # Windows writes names through by itself
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # some file systems of other machines know no such call
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sizes(folder: Path) -> Iterator[int]:
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            if path.is_file():
                yield path.stat().st_size
