"""Models on this machine: what each is for, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fastclip_desktop.domain.model_kind import ModelKind


@dataclass(frozen=True, slots=True)
class Model:
    """A model that lies on this machine and was found whole.

    Attributes:
        name: as the catalogue, or whoever imported it, calls it.
        kind: what it is for.
        path: its file or folder.
        size: bytes on disk.
        digest: SHA-256 over its content, in hexadecimal; two models with the same digest are the same.
        revision: of the repository that it came from; empty for an imported one.
        licence: as its repository states it; empty where nobody does.
    """

    name: str
    kind: ModelKind
    path: Path
    size: int
    digest: str
    revision: str = ""
    licence: str = ""


class ModelState(StrEnum):
    """How a model's files are today."""

    WHOLE = "whole"
    """As they were when they were last found whole, to size and time of last change."""

    TOUCHED = "touched"
    """Of the right sizes, but changed at another time: they may hold something else."""

    DAMAGED = "damaged"
    """Not there, or of another size."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: its path below the model's folder, with ``/`` between the parts.
        size: in bytes.
        sha256: of its bytes, in hexadecimal.
        changed: nanoseconds since 1970 of its last change, when it was found whole.
    """

    name: str
    size: int
    sha256: str
    changed: int


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on this machine and what became of it.

    Attributes:
        model: what it is.
        state: how its files are today.
        folder: where the names of its files start from.
        repository: where it came from; empty for an imported one.
        linked: its files belong to somebody else and stay where they are.
        added: seconds since 1970.
        files: all of them.
    """

    model: Model
    state: ModelState
    folder: Path
    repository: str
    linked: bool
    added: float
    files: tuple[ModelFile, ...]


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A line of the catalogue: what can be fetched by its name. What it weighs and its licence only the hub knows.

    Attributes:
        name: what people and scripts call it.
        kind: what it is for.
        repository: ``owner/name`` on the hub.
        files: the files of the repository that make it up, as patterns of :mod:`fnmatch`; where several fit one, the
            last by name is meant.
        about: half a sentence on when to choose it.
        memory: bytes that a machine should have for it.
        recommended: it is what somebody without a wish should take.
        optional: files that some repositories have besides, and that are then part of it.
    """

    name: str
    kind: ModelKind
    repository: str
    files: tuple[str, ...]
    about: str
    memory: int
    recommended: bool = False
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file as the hub states it.

    Attributes:
        name: its path in the repository.
        size: in bytes.
        sha256: of its bytes, in hexadecimal; empty where the hub states only the other one.
        git_sha1: git's name for its content: SHA-1 over ``blob SIZE``, a zero byte and the bytes.
    """

    name: str
    size: int
    sha256: str = ""
    git_sha1: str = ""

    @property
    def promise(self) -> str:
        """The hash that its bytes must have."""
        return self.sha256 or self.git_sha1


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """What the hub offers under a name of the catalogue, at one commit.

    Attributes:
        name: in the catalogue.
        kind: what it is for.
        repository: ``owner/name``.
        revision: the commit.
        licence: as the repository states it; empty where it states none.
        files: what would be fetched.
    """

    name: str
    kind: ModelKind
    repository: str
    revision: str
    licence: str
    files: tuple[OfferedFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)
