"""What came of trying one decoder, encoder or model library; see :mod:`~fastclip_desktop.hardware.trials`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from fastclip_desktop.domain.stage import ProgressiveRequest, Resource


class Part(StrEnum):
    """What kind of thing was tried."""

    DECODER = "decoder"
    ENCODER = "encoder"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to try.

    Attributes:
        part: what kind of thing.
        name: FFmpeg's for an encoder; of a decoder the codec and what decodes it, such as ``h264 cuda``; of a model
            library the library and what it computes on, such as ``ctranslate2 cuda``.
    """

    part: Part
    name: str

    @property
    def is_hardware(self) -> bool:
        """Whether a driver has a part in it."""
        return not self.name.startswith("lib") and self.name.rpartition(" ")[2] not in ("cpu", "software")


@dataclass(frozen=True, slots=True)
class DeviceTrial:
    """What came of it.

    Attributes:
        candidate: what was tried.
        works: it did what it should, and what came out was right.
        milliseconds: that the trial itself took, once everything was loaded; 0 where nothing worked.
        driver: the driver's version, as far as it can be known.
        detail: what was done, or one sentence on why it does not work.
        remedy: the way out, in one sentence; empty where there is none or none is needed.
        is_of_another_system: nothing of the kind can be on this one.
    """

    candidate: Candidate
    works: bool
    milliseconds: float = 0.0
    driver: str = ""
    detail: str = ""
    remedy: str = ""
    is_of_another_system: bool = False


@dataclass(frozen=True, slots=True)
class TryDevices(ProgressiveRequest[tuple[DeviceTrial, ...], DeviceTrial]):
    """Try each of these, in order, in a process that nobody else needs: a driver may take it along.

    Its parts are the trials, one by one.

    Attributes:
        candidates: what to try.
    """

    resource: ClassVar[Resource] = Resource.CPU

    candidates: tuple[Candidate, ...]
