"""What kinds of children there are, and which request goes to which."""

from __future__ import annotations

import os
from dataclasses import dataclass

from fastclip_desktop.domain.stage import Resource, StageRequest, TrySites, UpdateSites
from fastclip_desktop.runners.confinement import Confinement

_GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """What children get of the machine, and how much patience they meet.

    Attributes:
        memory: bytes of private memory a child; 0 for no limit, ``None`` for what is fit for its kind and this machine.
        processor: seconds of all cores together that a stage may compute.
        file_size: bytes that any one file may grow to.
        open_files: at a time in one child.
        silence: seconds without a sign that the work moves after which a child is ended.
        network_silence: likewise for work that waits for servers, which have a patience of their own.
        model_silence: likewise for work that may have to read a model from a slow disk first.
        grace: seconds that a stage gets to stop on its own.
        idle: seconds without work after which a child ends, unless it is kept warm.
        model_idle: likewise for one that holds a model.
        stages: how many a child carries out before another takes its place.
        grown: bytes that a child without work may hold before another takes its place.
        look: seconds between two looks at children without work.
    """

    memory: int | None = None
    processor: int = 100 * 3600
    file_size: int = 1024 * _GIB
    open_files: int = 4096
    silence: float = 60.0
    network_silence: float = 180.0
    model_silence: float = 180.0
    grace: float = 0.5
    idle: float = 60.0
    model_idle: float = 300.0
    stages: int = 500
    grown: int = _GIB
    look: float = 5.0


@dataclass(frozen=True, slots=True)
class Kind:
    """Children that are alike, so that any of them can carry out what one can.

    Attributes:
        name: tells kinds apart, in the log too.
        network: they may open connections.
        model: they keep a model loaded.
        single_use: they end after one stage.
        at_once: modules that one kept warm imports first.
        at_leisure: modules that one imports when it has had nothing to do for a while.
    """

    name: str
    network: bool = False
    model: bool = False
    single_use: bool = False
    at_once: tuple[str, ...] = ()
    at_leisure: tuple[str, ...] = ()


_STAGES = "fastclip_desktop.stages"

OFFLINE = Kind(
    "offline",
    at_once=(f"{_STAGES}.render",),
    at_leisure=tuple(f"{_STAGES}.{name}" for name in ("stills", "loudness", "select", "shots", "join")),
)
"""Decodes, encodes, computes."""

ONLINE = Kind(
    "online",
    network=True,
    at_once=(f"{_STAGES}.resolve", f"{_STAGES}.fetch"),
    at_leisure=(f"{_STAGES}.site_visit", f"{_STAGES}.transcribe"),
)
"""Talks to servers. Its yt-dlp takes a third of a second to import, which a local file should not wait for."""

_TRIAL = Kind("trial", network=True, single_use=True)
"""Has imported no yt-dlp yet, and is of no use once it has imported the one on trial."""

OUTDATING: dict[type, Kind] = {UpdateSites: ONLINE}
"""Requests after which the children of a kind hold something old in memory."""


def kind_of(request: StageRequest[object]) -> Kind:
    """Which children carry a request out."""
    if isinstance(request, TrySites):
        return _TRIAL
    match request.resource:
        case Resource.NETWORK:
            return ONLINE
        case Resource.MODEL:
            return Kind(f"model for {type(request).__name__}", model=True)
        case Resource.CPU | Resource.NOTHING:
            return OFFLINE


def silence_of(kind: Kind, limits: Limits) -> float:
    """Seconds without a sign of work after which a child of that kind is ended."""
    if kind.network:
        return limits.network_silence
    return limits.model_silence if kind.model else limits.silence


def confinement_of(kind: Kind, limits: Limits) -> Confinement:
    """What a child of that kind may do."""
    return Confinement(
        network=kind.network,
        memory=_fit_memory(kind) if limits.memory is None else limits.memory,
        processor=limits.processor,
        file_size=limits.file_size,
        open_files=limits.open_files,
        niceness=0 if kind.network else 5,
    )


def _fit_memory(kind: Kind) -> int:
    """Three quarters of the machine's memory, and no more than the largest work of that kind was measured to need."""
    try:
        share = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4
    except (AttributeError, ValueError, OSError):
        return 0
    if kind.model:
        return share
    return min(share, (4 if kind.network else 16) * _GIB)
