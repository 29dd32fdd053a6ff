"""What models are for."""

from __future__ import annotations

from enum import StrEnum


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
