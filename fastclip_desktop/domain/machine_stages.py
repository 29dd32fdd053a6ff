"""Finding out what this machine can do; see :mod:`~fastclip_desktop.domain.stage`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.machine import MachineFacts, MediaTrial
from fastclip_desktop.domain.stage import Resource, StageRequest


@dataclass(frozen=True, slots=True)
class LookAtMachine(StageRequest[MachineFacts]):
    """Find out what each kind of work will be done with; models are not loaded for that."""

    resource: ClassVar[Resource] = Resource.NOTHING


@dataclass(frozen=True, slots=True)
class TryMedia(StageRequest[MediaTrial]):
    """Encode some pictures of :data:`TRIAL_SIZE` and decode them again.

    Attributes:
        folder: an existing one for what is made.
    """

    folder: Path
