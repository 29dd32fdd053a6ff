"""Models in words that nobody has to look up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from fastclip_desktop.domain.machine import MachineFacts
from fastclip_desktop.domain.model import KnownModel
from fastclip_desktop.domain.model_kind import ModelKind

_NO_BREAK = "\N{NO-BREAK SPACE}"

_SHORTEST = QLocale.FloatingPointPrecisionOption.FloatingPointShortest.value
"""Of digits behind the point as many as are needed."""

_RATES = {
    "whisper-tiny": 6.0,
    "whisper-base": 3.2,
    "whisper-small": 0.96,
    "whisper-medium": 0.3,
    "whisper-large-v3-turbo": 0.25,
    "whisper-large-v3": 0.15,
}
"""Seconds of speech that one core hears in a second.

faster-whisper's own table has 780 s of speech in 102 s for ``small`` with 8-bit weights on eight threads; the others
are that by the numbers of their parameters. The self-test says it for this very machine.
"""


def size_of(size: int) -> str:
    """Bytes for a person; no line breaks between the number and its unit."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat).replace(" ", _NO_BREAK)


def name_of_kind(kind: ModelKind) -> str:
    """What models of a kind do, as a title."""
    translate = QCoreApplication.translate
    match kind:
        case ModelKind.SPEECH:
            return translate("ModelWords", "Hearing words")
        case ModelKind.EMBEDDING:
            return translate("ModelWords", "Comparing meanings")
        case ModelKind.TEXT:
            return translate("ModelWords", "Judging moments")
        case ModelKind.FACES:
            return translate("ModelWords", "Finding faces")
        case ModelKind.SOUNDS:
            return translate("ModelWords", "Telling sounds apart")


def use_of_kind(kind: ModelKind) -> str:
    """What is better with a model of a kind than without one."""
    translate = QCoreApplication.translate
    match kind:
        case ModelKind.SPEECH:
            return translate(
                "ModelWords",
                "Writes down what is said in a video without captions. Without one, finding moments needs captions or "
                "a subtitle file.",
            )
        case ModelKind.EMBEDDING:
            return translate(
                "ModelWords",
                "Finds “what it costs” when you ask for the price. Without one, only the words themselves count.",
            )
        case ModelKind.TEXT:
            return translate(
                "ModelWords",
                "Reads the best moments and picks those that answer you. Without one, their order comes from the words "
                "and meanings alone.",
            )
        case ModelKind.FACES:
            return translate("ModelWords", "Keeps faces in the picture when a clip is made upright.")
        case ModelKind.SOUNDS:
            return translate("ModelWords", "Finds laughter, applause and music when you ask for them.")


def about_model(known: KnownModel) -> str:
    """When to choose a model of the catalogue."""
    translate = QCoreApplication.translate
    told = {
        "whisper-large-v3": translate("ModelWords", "Hears best of all, slowly without a graphics card."),
        "whisper-large-v3-turbo": translate(
            "ModelWords", "Hears nearly as well several times faster; it cannot translate."
        ),
        "whisper-medium": translate("ModelWords", "Hears well where large-v3-turbo is too large."),
        "whisper-small": translate("ModelWords", "Hears clear speech well on a laptop."),
        "whisper-base": translate("ModelWords", "Quick, for clear speech in a common language."),
        "whisper-tiny": translate("ModelWords", "Quickest, and it mishears much."),
        "bge-m3": translate("ModelWords", "A hundred languages, some ten times slower than all-minilm-l6-v2."),
        "all-minilm-l6-v2": translate("ModelWords", "English, quickly on any machine."),
        "qwen2.5-7b-instruct": translate("ModelWords", "Judges best of these, for a large machine."),
        "llama-3.2-3b-instruct": translate("ModelWords", "In between: better judgement, slower answers."),
        "qwen2.5-1.5b-instruct": translate("ModelWords", "Follows instructions, with little judgement; quick."),
        "yunet": translate("ModelWords", "Small and quick."),
        "yamnet": translate("ModelWords", "Knows some five hundred kinds of sounds."),
    }
    return told.get(known.name, known.about)


def fits(known: KnownModel, facts: MachineFacts) -> bool:
    """Whether a machine has the memory that a model should have; a tenth less is what its graphics takes of it."""
    return facts.memory >= known.memory * 0.9


def fitness(known: KnownModel, facts: MachineFacts) -> str:
    """How a model would do on this machine."""
    translate = QCoreApplication.translate
    if not fits(known, facts):
        return translate("ModelWords", "Wants {0} of memory, and this machine has {1}.").format(
            size_of(known.memory), size_of(facts.memory)
        )
    rate = _RATES.get(known.name)
    if rate is None:
        return translate("ModelWords", "Fits this machine.")
    if facts.has_graphics:
        return translate("ModelWords", "Fits this machine; an hour of speech takes a few minutes.")
    minutes = 60 / (rate * facts.cores)
    if minutes >= 90:
        hours = QLocale().toString(round(minutes / 60, 1), "f", _SHORTEST)
        return translate("ModelWords", "Fits this machine; an hour of speech takes it about {0} hours.").format(hours)
    return translate("ModelWords", "Fits this machine; an hour of speech takes it about {0} minutes.").format(
        max(1, round(minutes))
    )
