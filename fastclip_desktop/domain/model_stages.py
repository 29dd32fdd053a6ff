"""The stages that bring models to this machine and look whether they are whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.model import KnownModel, ModelFile, ModelOffer
from fastclip_desktop.domain.model_hub import HUB, ModelProgress
from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.stage import ProgressiveRequest, Resource, StageRequest


@dataclass(frozen=True, slots=True)
class LookUpModels(StageRequest[tuple[ModelOffer | str, ...]]):
    """Ask the hub what it offers under names of the catalogue; a sentence in the place of what it does not offer.

    Attributes:
        models: what to ask for.
        hub: its address.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    models: tuple[KnownModel, ...]
    hub: str = HUB


@dataclass(frozen=True, slots=True)
class StagedModel:
    """A model that was found whole and waits to be put in its place.

    Attributes:
        kind: what its content says that it is for.
        folder: where its files lie.
        main: the file to load, below the folder; empty where that is the folder itself.
        files: all of them.
        licence: as its content states it; may be empty.
    """

    kind: ModelKind
    folder: Path
    main: str
    files: tuple[ModelFile, ...]
    licence: str = ""


@dataclass(frozen=True, slots=True)
class FetchModel(ProgressiveRequest[StagedModel, ModelProgress]):
    """Bring a model to this machine and check every byte of it; what an earlier try brought is not brought again.

    Attributes:
        offer: what was shown to whoever asked for it.
        folder: where to put it; only one process at a time works there.
        hub: its address.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    offer: ModelOffer
    folder: Path
    hub: str = HUB


@dataclass(frozen=True, slots=True)
class ImportModel(ProgressiveRequest[StagedModel, ModelProgress]):
    """Find out what a file or folder is, check it, and copy it.

    Attributes:
        path: a file or a folder.
        folder: where to put the copy; ``None`` to leave the files where they are.
    """

    path: Path
    folder: Path | None


@dataclass(frozen=True, slots=True)
class CheckModel(StageRequest[tuple[ModelFile, ...]]):
    """Read a model's files again; gives what they are now.

    Attributes:
        folder: where they lie.
        files: what they were.
    """

    folder: Path
    files: tuple[ModelFile, ...]
