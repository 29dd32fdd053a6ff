"""What kinds of children there are, and which request goes to which."""

from __future__ import annotations

import os
from dataclasses import dataclass

from fastclip_desktop.domain.device_trial import TryDevices
from fastclip_desktop.domain.finding_stages import (
    EmbedQueries,
    EmbedTranscript,
    FetchSpeech,
    JudgeMoments,
    WriteCopy,
)
from fastclip_desktop.domain.preview_stages import PrepareStill, ReadFacts, ShowStill
from fastclip_desktop.domain.stage import (
    FetchMedia,
    ResolveSource,
    Resource,
    StageRequest,
    Transcribe,
    TrySites,
    UpdateSites,
)
from fastclip_desktop.domain.stand_in import MakeStandIns
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
        trial_silence: likewise for the trial of a device, whose driver may hang.
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
    trial_silence: float = 30.0
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
    at_once=tuple(f"{_STAGES}.{name}" for name in ("resolve", "fetch", "render")),
    at_leisure=tuple(f"{_STAGES}.{name}" for name in ("stills", "loudness", "select", "transcribe", "shots", "join")),
)
"""Decodes, encodes, computes; reads local files, hostile ones too, so that the network is not within their reach."""

ONLINE = Kind(
    "online",
    network=True,
    at_once=tuple(f"{_STAGES}.{name}" for name in ("resolve", "fetch")),
    at_leisure=tuple(f"{_STAGES}.{name}" for name in ("site_visit", "transcribe")),
)
"""Talks to servers. Its yt-dlp takes a third of a second to import, which a local file should not wait for."""

_TRIAL = Kind("trial", network=True, single_use=True)
"""Has imported no yt-dlp yet, and is of no use once it has imported the one on trial."""

DEVICES = Kind("device trial", single_use=True)
"""Calls drivers that may crash or hang; of no use afterwards, for nobody knows what they left in it."""

_EMBEDDING = Kind("model for embedding", model=True)
_JUDGING = Kind("model for judging", model=True)
_KEEPING: dict[type, Kind] = {
    EmbedTranscript: _EMBEDDING,
    EmbedQueries: _EMBEDDING,
    JudgeMoments: _JUDGING,
    WriteCopy: _JUDGING,
}
"""Requests that work with the same model, which one process keeps for all of them."""

STILLS = Kind("stills", at_once=(f"{_STAGES}.still",))
"""Keeps the source open that a person looks at, so that the next picture of it comes at once."""

_COPIES = Kind("stand-ins")
"""Keeps the source open of which small pictures are made, and computes only when nobody else does."""

_LEAST_URGENT = 19

_TICK = 0.05
"""Seconds between two looks at whether somebody wants a stop."""

_GIVING_WAY_TICK = 0.015
"""Likewise where a hand waits for the processor, which is free only when the picture at work is done too."""

_SHORT_TICK = 0.005
"""Likewise where a hand that has gone on waits for the stop to be obeyed."""

_ALONE: dict[type, Kind] = {TrySites: _TRIAL, MakeStandIns: _COPIES, TryDevices: DEVICES}

OUTDATING: dict[type, Kind] = {UpdateSites: ONLINE}
"""Requests after which the children of a kind hold something old in memory."""


def kind_of(request: StageRequest[object]) -> Kind:
    """Which children carry a request out."""
    if isinstance(request, ShowStill | PrepareStill | ReadFacts):
        return STILLS
    if type(request) in _ALONE:
        return _ALONE[type(request)]
    match request.resource:
        case Resource.NETWORK:
            return OFFLINE if _is_local(request) else ONLINE
        case Resource.MODEL:
            return _KEEPING.get(type(request)) or Kind(f"model for {type(request).__name__}", model=True)
        case Resource.CPU | Resource.NOTHING:
            return OFFLINE


def _is_local(request: StageRequest[object]) -> bool:
    """Whether a stage that may need the network has nothing to fetch this time."""
    match request:
        case ResolveSource(source=source):
            return not source.strip().lower().startswith(("http://", "https://"))
        case FetchMedia(media=media) | FetchSpeech(media=media):
            return media.path is not None
        case Transcribe(media=media, given=given):
            return given is not None or media is None or media.path is not None
    return False


def silence_of(kind: Kind, limits: Limits) -> float:
    """Seconds without a sign of work after which a child of that kind is ended."""
    if kind is DEVICES:
        return limits.trial_silence
    if kind.network:
        return limits.network_silence
    return limits.model_silence if kind.model else limits.silence


def tick_of(kind: Kind) -> float:
    """Seconds between two looks at whether a child of that kind is to stop."""
    if kind is STILLS:
        return _SHORT_TICK
    return _GIVING_WAY_TICK if kind is _COPIES else _TICK


def confinement_of(kind: Kind, limits: Limits) -> Confinement:
    """What a child of that kind may do."""
    return Confinement(
        network=kind.network,
        memory=_fit_memory(kind) if limits.memory is None else limits.memory,
        processor=limits.processor,
        file_size=limits.file_size,
        open_files=limits.open_files,
        niceness=_niceness_of(kind),
    )


def _niceness_of(kind: Kind) -> int:
    if kind is _COPIES:
        return _LEAST_URGENT
    return 0 if kind.network or kind is STILLS else 5  # somebody waits for each picture


def _fit_memory(kind: Kind) -> int:
    """Three quarters of the machine's memory; of a child that decodes nothing but what it needs to know, less.

    Two cores took 1.3 GiB to encode 3840×2160 and 0.7 GiB to scale that to 1080 lines; each further core takes some
    more for its pictures.
    """
    try:
        share = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4
    except (AttributeError, ValueError, OSError):
        return 0
    return min(share, 4 * _GIB) if kind.network else share
