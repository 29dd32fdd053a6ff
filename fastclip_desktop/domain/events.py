"""The closed set of things that the engine announces."""

from __future__ import annotations

from dataclasses import dataclass

from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.job import Job, JobState
from fastclip_desktop.domain.model_hub import ModelProgress
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.transcript import Segment


@dataclass(frozen=True, slots=True)
class JobQueued:
    """A request was accepted."""

    job: Job


@dataclass(frozen=True, slots=True)
class JobAdvanced:
    """A job moved on.

    Attributes:
        state: the contract's word for where it stands.
        stage: the stage's name for a person, such as ``Rendering 2 of 3``.
        fraction: how much of this stage is done, 0..1, never falling within a stage.
        overall: how much of the job is done, 0..1, never falling.
        seconds_left: until the job is done, as this machine's earlier jobs tell; ``None`` where there were none.
    """

    job_id: str
    state: JobState
    stage: str
    fraction: float
    overall: float = 0.0
    seconds_left: float | None = None


@dataclass(frozen=True, slots=True)
class JobChanged:
    """A job was paused, resumed, moved in the queue, or goes back into it for another try."""

    job: Job


@dataclass(frozen=True, slots=True)
class ClipAdded:
    """A clip is on disk under its final name."""

    job_id: str
    clip: Clip


@dataclass(frozen=True, slots=True)
class JobCompleted:
    """All of a job's work is done."""

    job: Job


@dataclass(frozen=True, slots=True)
class JobFailed:
    """A job ended with a fault."""

    job_id: str
    error: FastClipError


@dataclass(frozen=True, slots=True)
class JobCancelled:
    """A person stopped a job."""

    job_id: str


@dataclass(frozen=True, slots=True)
class ClipChanged:
    """A clip was renamed, pinned or unpinned."""

    clip: Clip


@dataclass(frozen=True, slots=True)
class ClipRemoved:
    """A clip is no longer in the library: deleted, expired, or its file is gone."""

    clip_id: str


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """Speech recognition of a job's source came a stretch further; what was told before stays as it is."""

    job_id: str
    source: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class ReloadAsked:
    """A script asked for funds, and a person has to agree.

    Attributes:
        reload_id: sixteen characters of ``[a-z0-9]``.
        key: the id of the key that the script showed.
        amount: how much.
    """

    reload_id: str
    key: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ModelAdvanced:
    """A model is being brought to this machine.

    Attributes:
        name: the model's.
        progress: how far it is.
    """

    name: str
    progress: ModelProgress


@dataclass(frozen=True, slots=True)
class ModelsChanged:
    """There is another set of models, or another one of them is used."""


@dataclass(frozen=True, slots=True)
class DeviceGaveUp:
    """A device failed in the middle of its work, which the processor does in its place until the next start.

    Attributes:
        device: see :mod:`~fastclip_desktop.domain.devices`.
        reason: as its driver put it, without a full stop.
    """

    device: str
    reason: str


@dataclass(frozen=True, slots=True)
class EngineStopped:
    """The engine can carry nothing out any more; another one has to take its place."""

    error: FastClipError


Event = (
    JobQueued
    | JobAdvanced
    | JobChanged
    | ClipAdded
    | JobCompleted
    | JobFailed
    | JobCancelled
    | ClipChanged
    | ClipRemoved
    | WordsHeard
    | ReloadAsked
    | ModelAdvanced
    | ModelsChanged
    | DeviceGaveUp
    | EngineStopped
)
