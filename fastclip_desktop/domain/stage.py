"""The stages of the way of one prompt: one request and one result class each.

A request names its result by its type parameter, so that ``runner.run(ResolveSource(...))`` is known to give a
:class:`~fastclip_desktop.domain.media.MediaFile`. All of them pickle: a stage may run in another process or machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.media import MediaFile, MediaInfo
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.montage import Montage
from fastclip_desktop.domain.sound import Sound
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.domain.vectors import Vectors

ResultT_co = TypeVar("ResultT_co", covariant=True)
PartT_co = TypeVar("PartT_co", covariant=True)


class Resource(StrEnum):
    """What a stage takes most of, which decides how many run at once and what its process may do."""

    CPU = "cpu"
    """Decodes and encodes; opens no connection."""

    NETWORK = "network"
    """Waits for servers; the only kind that may open connections."""

    MODEL = "model"
    """Holds a model in memory, in a process of its own; opens no connection."""

    NOTHING = "nothing"
    """Fractions of a second of plain Python; opens no connection."""


class StageRequest(Generic[ResultT_co]):
    """A piece of work that a runner can carry out anywhere.

    Attributes:
        resource: what it takes most of.
    """

    __slots__ = ()

    resource: ClassVar[Resource] = Resource.CPU


class ProgressiveRequest(StageRequest[ResultT_co], Generic[ResultT_co, PartT_co]):
    """Work that can show parts of its result while it goes on.

    Parts are values of their own, pickle, and come in order. They only let somebody see something sooner: the result
    holds everything that they held.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ResolveSource(StageRequest[MediaFile]):
    """Find out what a path or a URL is."""

    resource: ClassVar[Resource] = Resource.NETWORK

    source: str
    access: Access = BY_A_PERSON


@dataclass(frozen=True, slots=True)
class FetchedMedia:
    """Local files that hold the wanted streams; both are the same file where the source has them together.

    Attributes:
        picture: the file with the picture track, ``None`` if the output needs none or the source has none.
        sound: the file with the sound track, likewise.
        bytes_moved: bytes that came over the network.
        picture_info: what the file with the picture holds, where somebody looked already.
        sound_info: what the file with the sound holds, likewise.
    """

    picture: Path | None
    sound: Path | None
    bytes_moved: int = 0
    picture_info: MediaInfo | None = None
    sound_info: MediaInfo | None = None


class Reach(StrEnum):
    """How much of a remote source to fetch, from what a cut should need to all that there is."""

    SPANS = "spans"
    WIDE = "wide"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class FetchMedia(StageRequest[FetchedMedia]):
    """Bring the streams that an output needs to this machine.

    Attributes:
        media: the resolved source.
        spans: the seconds that will be cut; a fetcher may bring more.
        output: which streams, and how tall.
        folder: where to put what has to be downloaded.
        access: who gave the link, and what its site gets to see.
        cache: keeps what was downloaded for the next fetch; without it nothing is kept.
        reach: how much of what lies around the spans to bring besides.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    media: MediaFile
    spans: tuple[TimeRange, ...]
    output: OutputSpec
    folder: Path
    access: Access = BY_A_PERSON
    cache: Path | None = None
    reach: Reach = Reach.SPANS


@dataclass(frozen=True, slots=True)
class Transcribe(StageRequest[Transcript]):
    """Get the words of a source: a given file, else its best captions.

    Attributes:
        media: the resolved source; ``None`` when only a file was given.
        given: a subtitle file that overrules the source's captions.
        folder: where to put what has to be downloaded.
        access: who gave the link, and what its site gets to see.
        language: a BCP 47 tag of the captions to take; empty for the one that is spoken.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    media: MediaFile | None
    given: Path | None
    folder: Path
    access: Access = BY_A_PERSON
    language: str = ""


@dataclass(frozen=True, slots=True)
class SelectMoments(StageRequest[tuple[tuple[Moment, ...], ...]]):
    """Rank the moments of a transcript for each query, best first; an empty tuple where nothing matches.

    Attributes:
        transcript: what is said.
        queries: what is asked for; an empty one asks for highlights.
        max_moments: how many at most for each query.
        vectors: of the transcript's texts, where meanings are known; see
            :class:`~fastclip_desktop.domain.finding_stages.EmbedTranscript`.
        query_vectors: of the queries, likewise.
        sounds: what can be heard beside words, where somebody has listened.
        keeps_unsure: give what is closest even where the best of it is less sure than
            :data:`~fastclip_desktop.domain.moment.SURE_ENOUGH`, instead of nothing.
        lengths: the least and the most seconds that a moment should last where its query says nothing of that; ``None``
            for as long as it takes.
    """

    resource: ClassVar[Resource] = Resource.NOTHING

    transcript: Transcript
    queries: tuple[str, ...]
    max_moments: int
    vectors: Vectors | None = None
    query_vectors: Vectors | None = None
    sounds: tuple[Sound, ...] = ()
    keeps_unsure: bool = False
    lengths: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Render(StageRequest[RenderedFile]):
    """Write one clip.

    Attributes:
        media: local files with the streams.
        timeline: what to render.
        path: the file to write; its folder exists, the file does not.
    """

    media: FetchedMedia
    timeline: Timeline
    path: Path


@dataclass(frozen=True, slots=True)
class Join(StageRequest[RenderedFile]):
    """Write several ranges into one file.

    Attributes:
        sources: local files with the streams of each source.
        montage: what to join; its parts name sources by their place in ``sources``.
        path: the file to write; its folder exists, the file does not.
    """

    sources: tuple[FetchedMedia, ...]
    montage: Montage
    path: Path


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a diagnosis.

    Attributes:
        subject: what was looked at, such as ``H.264 encoder (NVENC)``.
        ok: whether it can be used.
        detail: the version, or the reason why not and its remedy.
        needed: whether the main job is impossible without it.
    """

    subject: str
    ok: bool
    detail: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Diagnose(StageRequest[tuple[Finding, ...]]):
    """Try out what this machine can do.

    Attributes:
        folders: each must accept a file.
    """

    resource: ClassVar[Resource] = Resource.NOTHING

    folders: tuple[Path, ...]


REGISTRY = "https://pypi.org/simple/"
"""Where yt-dlp is published, and FastClip."""


@dataclass(frozen=True, slots=True)
class SitesUpdated:
    """The version of yt-dlp that was in use, and the one that will be; the same where there is no newer one."""

    before: str
    now: str


@dataclass(frozen=True, slots=True)
class UpdateSites(StageRequest[SitesUpdated]):
    """Fetch the newest yt-dlp, try it, and use it from the next process on.

    Attributes:
        folder: where fetched ones lie.
        index: the address of a package registry's simple API.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    folder: Path
    index: str = REGISTRY


@dataclass(frozen=True, slots=True)
class TrySites(StageRequest[SitesUpdated]):
    """Put a fetched yt-dlp to the test, in a process that has imported none yet.

    Attributes:
        folder: holds the packages.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    folder: Path


@dataclass(frozen=True, slots=True)
class TellSites(StageRequest[str]):
    """Say which version of yt-dlp is used."""

    resource: ClassVar[Resource] = Resource.NOTHING


@dataclass(frozen=True, slots=True)
class Release:
    """Which version of FastClip this is, which one is the newest, and whether that one is newer."""

    installed: str
    newest: str
    is_newer: bool


@dataclass(frozen=True, slots=True)
class LookForRelease(StageRequest[Release]):
    """Ask which release of FastClip is the newest.

    Attributes:
        index: the address of a package registry's simple API.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    index: str = REGISTRY


@dataclass(frozen=True, slots=True)
class SampleTalk:
    """The embedded sample: a video and its captions."""

    video: Path
    captions: Path


@dataclass(frozen=True, slots=True)
class MakeSampleTalk(StageRequest[SampleTalk]):
    """Make the sample talk in a folder."""

    folder: Path
