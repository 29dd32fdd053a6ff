"""The stages of the way of one prompt: one request and one result class each.

A request names its result by its type parameter, so that ``runner.run(ResolveSource(...))`` is known to give a
:class:`~fastclip_desktop.domain.media.MediaFile`. All of them pickle: a stage may run in another process or machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.domain.transcript import Transcript

ResultT_co = TypeVar("ResultT_co", covariant=True)


class StageRequest(Generic[ResultT_co]):
    """A piece of work that a runner can carry out anywhere."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ResolveSource(StageRequest[MediaFile]):
    """Find out what a path or a URL is."""

    source: str


@dataclass(frozen=True, slots=True)
class FetchedMedia:
    """Local files that hold the wanted streams; both are the same file where the source has them together.

    Attributes:
        picture: the file with the picture track, ``None`` if the output needs none or the source has none.
        sound: the file with the sound track, likewise.
        bytes_moved: bytes that came over the network.
    """

    picture: Path | None
    sound: Path | None
    bytes_moved: int = 0


@dataclass(frozen=True, slots=True)
class FetchMedia(StageRequest[FetchedMedia]):
    """Bring the streams that an output needs to this machine.

    Attributes:
        media: the resolved source.
        spans: the seconds that will be cut; a fetcher may bring more.
        output: which streams, and how tall.
        folder: where to put what has to be downloaded.
    """

    media: MediaFile
    spans: tuple[TimeRange, ...]
    output: OutputSpec
    folder: Path


@dataclass(frozen=True, slots=True)
class Transcribe(StageRequest[Transcript]):
    """Get the words of a source: a given file, else its best captions.

    Attributes:
        media: the resolved source; ``None`` when only a file was given.
        given: a subtitle file that overrules the source's captions.
        folder: where to put what has to be downloaded.
    """

    media: MediaFile | None
    given: Path | None
    folder: Path


@dataclass(frozen=True, slots=True)
class SelectMoments(StageRequest[tuple[tuple[Moment, ...], ...]]):
    """Rank the moments of a transcript for each query, best first; an empty tuple where nothing matches."""

    transcript: Transcript
    queries: tuple[str, ...]
    max_moments: int


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

    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class SampleTalk:
    """The embedded sample: a video and its captions."""

    video: Path
    captions: Path


@dataclass(frozen=True, slots=True)
class MakeSampleTalk(StageRequest[SampleTalk]):
    """Make the sample talk in a folder."""

    folder: Path
