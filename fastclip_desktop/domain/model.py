"""Models on this machine: what each is for, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class ModelKind(StrEnum):
    """What a model is for."""

    SPEECH = "speech"
    """Hears words; a folder in CTranslate2's format."""

    EMBEDDING = "embedding"
    """Says how near two texts are in meaning; a GGUF file."""

    TEXT = "text"
    """Follows instructions; a GGUF file."""

    FACES = "faces"
    """Finds faces in a picture; an ONNX file."""

    SOUNDS = "sounds"
    """Names sounds such as laughter and applause."""


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
