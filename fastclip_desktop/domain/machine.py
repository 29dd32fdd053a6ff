"""What this machine does each kind of work with, and how well it did it when it was tried."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fastclip_desktop.domain.model_kind import ModelKind
from fastclip_desktop.domain.work import Work

TRIAL_SIZE = (1280, 720)
"""Pixels of the pictures that a machine is tried with."""


MODEL_FOR = {
    Work.HEAR: ModelKind.SPEECH,
    Work.COMPARE: ModelKind.EMBEDDING,
    Work.JUDGE: ModelKind.TEXT,
    Work.FACES: ModelKind.FACES,
}
"""Which model some of it takes."""


class Device(StrEnum):
    """What does it."""

    PROCESSOR = "processor"
    GRAPHICS = "graphics"


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """What a kind of work will be done with.

    Attributes:
        work: which.
        device: the best one that offers itself; where it fails at the work, the processor takes over.
        detail: the name of the encoder, or of the numbers that a model is computed with; may be empty.
        note: one sentence on why it is not what was wished for, or would have been; empty where all is well.
    """

    work: Work
    device: Device
    detail: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """What a machine has to offer.

    Attributes:
        cores: that this program may use.
        memory: in bytes.
        uses: one for each kind of work, in its order.
    """

    cores: int
    memory: int
    uses: tuple[DeviceUse, ...]

    @property
    def has_graphics(self) -> bool:
        """Whether some of the work is done by a graphics card."""
        return any(use.device is Device.GRAPHICS for use in self.uses)


@dataclass(frozen=True, slots=True)
class MediaTrial:
    """How a machine did with pictures.

    Attributes:
        encoder: FFmpeg's name of the one that was used.
        device: what it runs on.
        encoded: pictures a second.
        decoded: pictures a second.
        sound: a file with some seconds of sound, for a model to listen to.
        picture: the file with the pictures, for a model to look at.
    """

    encoder: str
    device: Device
    encoded: float
    decoded: float
    sound: Path
    picture: Path | None = None


class Outcome(StrEnum):
    """What came of a trial."""

    WELL = "well"
    FAILED = "failed"
    NO_MODEL = "no_model"


@dataclass(frozen=True, slots=True)
class Trial:
    """One line of a self-test.

    Attributes:
        work: what was tried.
        outcome: what came of it.
        rate: pictures a second, of what is done with pictures.
        seconds: that a model took until it had answered, loading included.
        tool: the name of the encoder or of the model.
        fault: what happened, where it failed.
        hint: the way out.
    """

    work: Work
    outcome: Outcome
    rate: float = 0.0
    seconds: float = 0.0
    tool: str = ""
    fault: str = ""
    hint: str = ""
