"""What the window needs of the engine; naming the class itself would import it before the first paint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fastclip_desktop.domain.access import BY_A_PERSON, Access

if TYPE_CHECKING:
    from fastclip_desktop.domain.events import Event
    from fastclip_desktop.domain.job import JobRequest, JobResult
    from fastclip_desktop.domain.media import MediaFile
    from fastclip_desktop.domain.moment import MarkedMoment
    from fastclip_desktop.domain.progress import CancelToken
    from fastclip_desktop.domain.stage import Finding, Release, SampleTalk, SitesUpdated
    from fastclip_desktop.domain.timecode import TimeRange
    from fastclip_desktop.domain.transcript import Segment, Transcript
    from fastclip_desktop.engine.accounts import Accounts
    from fastclip_desktop.engine.clock import Clock
    from fastclip_desktop.engine.disk import Disk
    from fastclip_desktop.engine.estimates import Estimates
    from fastclip_desktop.engine.funding import Funding
    from fastclip_desktop.engine.jobs import Jobs
    from fastclip_desktop.engine.keyring import Keyring
    from fastclip_desktop.engine.library import Library
    from fastclip_desktop.engine.machine import Machine
    from fastclip_desktop.engine.models import Models
    from fastclip_desktop.engine.previews import Previews
    from fastclip_desktop.engine.search import LibrarySearch
    from fastclip_desktop.engine.streams import Streams
    from fastclip_desktop.engine.words import Words


class EnginePort(Protocol):
    """The engine as the window knows it."""

    def subscribe(self, handler: Callable[[Event], None]) -> Callable[[], None]:
        """Hand events to ``handler`` until the returned call is made."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether what is asked of it will be done."""
        ...

    def run(self, request: JobRequest, cancel: CancelToken | None = None) -> JobResult:
        """Carry out a request on the calling thread."""
        ...

    def info(self, source: str, access: Access = BY_A_PERSON) -> MediaFile:
        """What a path or a URL is."""
        ...

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a person should know about the place where everything is kept."""
        ...

    def listen(self, take: Callable[[tuple[str, ...]], None]) -> None:
        """Take what later starts of the program bring, on threads of their own."""
        ...

    def make_sample_talk(self, folder: Path, on_progress: Callable[[float], None] | None = None) -> SampleTalk:
        """Make the sample in an existing folder."""
        ...

    def transcript(
        self, source: str, language: str = "", *, cancel: CancelToken | None = None
    ) -> tuple[MediaFile, Transcript]:
        """What a source is and what is said in it, in a language."""
        ...

    def read_words(
        self,
        media: MediaFile,
        given: Path | None = None,
        *,
        corrected: bool = True,
        access: Access = BY_A_PERSON,
        cancel: CancelToken | None = None,
        on_progress: Callable[[str, float], None] = lambda *_: None,
        on_words: Callable[[tuple[Segment, ...]], None] = lambda _: None,
    ) -> Transcript:
        """What is said in a source that is open."""
        ...

    def read_captions(
        self, media: MediaFile, access: Access = BY_A_PERSON, cancel: CancelToken | None = None
    ) -> Transcript:
        """What somebody wrote down of it."""
        ...

    @property
    def words(self) -> Words:
        """The words of sources: known ones, corrected ones, and what hearing others would be."""
        ...

    def quick_find(self, transcript: Transcript, query: str, most: int = 12) -> tuple[MarkedMoment, ...]:
        """The moments of known words that hold those of a query which is still being typed, best first."""
        ...

    def prepare_quick_find(self, transcript: Transcript) -> None:
        """Have a transcript ready for the first letter that is typed."""
        ...

    def marks(
        self, transcript: Transcript, query: str, texts: Sequence[str]
    ) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Which characters of texts are words that a query asks for, as first and last + 1."""
        ...

    def sentences(self, transcript: Transcript) -> tuple[TimeRange, ...]:
        """When each sentence is said, in order."""
        ...

    def topics(self, transcript: Transcript, most: int = 8, cancel: CancelToken | None = None) -> tuple[str, ...]:
        """What a recording speaks of, the weightiest first."""
        ...

    @property
    def streams(self) -> Streams:
        """Links whose source somebody looks at."""
        ...

    @property
    def estimates(self) -> Estimates:
        """What clips will come to."""
        ...

    @property
    def previews(self) -> Previews:
        """What sources look and sound like at a glance."""
        ...

    @property
    def jobs(self) -> Jobs:
        """The queue."""
        ...

    @property
    def library(self) -> Library:
        """The clips."""
        ...

    @property
    def models(self) -> Models:
        """What hears, compares, judges and looks."""
        ...

    @property
    def search(self) -> LibrarySearch:
        """Finds what was ever said."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    @property
    def keys(self) -> Keyring:
        """What scripts show to be let in."""
        ...

    @property
    def accounts(self) -> Accounts:
        """What may be spent."""
        ...

    @property
    def funding(self) -> Funding:
        """How it becomes more."""
        ...

    @property
    def machine(self) -> Machine:
        """What this machine does its work with."""
        ...

    @property
    def disk(self) -> Disk:
        """What is kept on it."""
        ...

    def diagnose(self) -> tuple[Finding, ...]:
        """Try out what this machine can do."""
        ...

    def sites_version(self) -> str:
        """The version of yt-dlp that is used."""
        ...

    def update_sites(self, *, cancel: CancelToken | None = None) -> SitesUpdated:
        """Fetch the newest yt-dlp and use it from now on, if it is newer and works."""
        ...

    def newest_release(self, *, cancel: CancelToken | None = None) -> Release:
        """Ask which FastClip is the newest; nothing is fetched or installed."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...
