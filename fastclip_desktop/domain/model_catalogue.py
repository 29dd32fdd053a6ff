"""The models that can be fetched by name: which they are and where, in the words of their repositories.

What they weigh, their licence and the hash of every file are the hub's to say, at the time of fetching.
"""

from __future__ import annotations

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.model import KnownModel
from fastclip_desktop.domain.model_kind import ModelKind

_GIB = 1024**3

_WHISPER = ("config.json", "model.bin", "tokenizer.json", "vocabulary.*")


def _whisper(size: str, about: str, gigabytes: int, owner: str = "Systran", *, recommended: bool = False) -> KnownModel:
    name = f"whisper-{size}"
    repository = f"{owner}/faster-whisper-{size}"
    optional = ("preprocessor_config.json",)
    return KnownModel(name, ModelKind.SPEECH, repository, _WHISPER, about, gigabytes * _GIB, recommended, optional)


CATALOGUE: tuple[KnownModel, ...] = (
    _whisper("large-v3", "hears best of all, slowly without a graphics card", 10),
    _whisper("large-v3-turbo", "hears nearly as well several times faster; cannot translate", 8, "mobiuslabsgmbh"),
    _whisper("medium", "hears well where large-v3-turbo is too large", 6),
    _whisper("small", "hears clear speech well on a laptop", 4, recommended=True),
    _whisper("base", "quick, for clear speech in a common language", 2),
    _whisper("tiny", "quickest, and it mishears much", 2),
    KnownModel(
        "bge-m3",
        ModelKind.EMBEDDING,
        "gpustack/bge-m3-GGUF",
        ("bge-m3-Q4_K_M.gguf",),
        "compares meanings in a hundred languages, some ten times slower than all-minilm-l6-v2",
        4 * _GIB,
    ),
    KnownModel(
        "all-minilm-l6-v2",
        ModelKind.EMBEDDING,
        "second-state/All-MiniLM-L6-v2-Embedding-GGUF",
        ("all-MiniLM-L6-v2-Q8_0.gguf",),
        "compares meanings in English, quickly on any machine",
        2 * _GIB,
        recommended=True,
    ),
    KnownModel(
        "qwen2.5-7b-instruct",
        ModelKind.TEXT,
        "bartowski/Qwen2.5-7B-Instruct-GGUF",
        ("Qwen2.5-7B-Instruct-Q4_K_M.gguf",),
        "judges best of these; for 16 GB of memory or a graphics card",
        16 * _GIB,
    ),
    KnownModel(
        "llama-3.2-3b-instruct",
        ModelKind.TEXT,
        "bartowski/Llama-3.2-3B-Instruct-GGUF",
        ("Llama-3.2-3B-Instruct-Q4_K_M.gguf",),
        "for 8 GB of memory",
        8 * _GIB,
    ),
    KnownModel(
        "qwen2.5-1.5b-instruct",
        ModelKind.TEXT,
        "Qwen/Qwen2.5-1.5B-Instruct-GGUF",
        ("qwen2.5-1.5b-instruct-q4_k_m.gguf",),
        "for 4 GB of memory; follows instructions, with little judgement",
        4 * _GIB,
        recommended=True,
    ),
    KnownModel(
        "yunet",
        ModelKind.FACES,
        "opencv/face_detection_yunet",
        ("face_detection_yunet_[0-9][0-9][0-9][0-9][a-z][a-z][a-z].onnx",),
        "finds faces, to keep them in upright clips",
        _GIB,
        recommended=True,
    ),
    KnownModel(
        "yamnet",
        ModelKind.SOUNDS,
        "thelou1s/yamnet",
        ("lite-model_yamnet_classification_tflite_1.tflite",),
        "hears laughter, applause and music",
        _GIB,
        recommended=True,
    ),
)
"""Of each kind the best first; which fits a machine is another matter."""


def find_known(name: str) -> KnownModel:
    """The model of that name.

    Raises:
        InputError: ``unknown_model``.
    """
    for known in CATALOGUE:
        if known.name == name:
            return known
    raise InputError(
        ErrorCode.UNKNOWN_MODEL,
        f"There is no model called {name!r} in the catalogue.",
        "`fastclip models list` shows all names; a model of your own comes in by `fastclip models import`.",
    )


def rank(name: str) -> int:
    """The place of a name in the catalogue; behind all of them where it is not there."""
    return next((place for place, known in enumerate(CATALOGUE) if known.name == name), len(CATALOGUE))
