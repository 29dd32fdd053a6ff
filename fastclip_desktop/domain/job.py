"""What a person or a script can ask for, and the states that the work goes through."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.clip import Clip, new_id
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.errors import FastClipError
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.money import Money
from fastclip_desktop.domain.montage import Transition
from fastclip_desktop.domain.policy import LOCAL, Policy
from fastclip_desktop.domain.short_look import ShortFacts, ShortLook, WantedShort
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.domain.transcript import Transcript, TranscriptOrigin

DEFAULT_MAX_MOMENTS = 5
"""How many moments are shown or clipped where nobody says how many."""

MOST_MOMENTS = 1000
"""Where all mentions of something are asked for; more than anybody looks through."""

DEFAULT_NAME_TEMPLATE = "{title} [{start}_{end}]"
"""How clips are called unless a person says otherwise."""


class JobState(StrEnum):
    """Where a job stands; the words are those of the HTTP contract, with ``cancelled`` for a person's own stop."""

    PENDING = "pending"
    ANALYZING = "analyzing"
    DOWNLOADING = "downloading"
    PROCESSING = "processing"
    UPLOADING = "uploading"
    COMPLETE = "complete"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_terminal(self) -> bool:
        """Whether nothing will happen any more."""
        return self in (JobState.COMPLETE, JobState.FAILED, JobState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where clips go.

    Attributes:
        folder: the folder.
        file_name: the name that the person chose; an older file is then replaced.
        template: else how clips are called; see :class:`~fastclip_desktop.settings.file_names.NameTemplate`.
        called: what the one clip is called instead, if anything; unlike with ``file_name`` nothing is replaced, and
            whatever no file can be called is left out.
    """

    folder: Path
    file_name: str | None = None
    template: str = DEFAULT_NAME_TEMPLATE
    called: str = ""


@dataclass(frozen=True, slots=True)
class ClipRequest:
    """One clip by times."""

    source: str
    span: TimeRange
    output: OutputSpec
    destination: Destination
    policy: Policy = LOCAL
    access: Access = BY_A_PERSON


@dataclass(frozen=True, slots=True)
class AutoClipRequest:
    """Clips by words: find the moments, then clip each.

    ``transcript`` and ``language`` are as for :class:`AnalyzeRequest`.

    Attributes:
        query: what to look for; empty for the moments that stand best by themselves.
        max_clips: at most; ``None`` for as many as the query asks for.
    """

    source: str
    query: str
    output: OutputSpec
    destination: Destination
    transcript: Path | None = None
    max_clips: int | None = DEFAULT_MAX_MOMENTS
    policy: Policy = LOCAL
    access: Access = BY_A_PERSON
    language: str = ""


@dataclass(frozen=True, slots=True)
class AnalyzeRequest:
    """Moments without clips, for one or more queries over one source or one given transcript.

    Attributes:
        source: what to resolve; may be empty when ``transcript`` is given.
        transcript: a subtitle file that replaces whatever captions the source has.
        max_moments: at most for each query; ``None`` for as many as it asks for.
        language: a BCP 47 tag of the captions to search; empty for the one that is spoken.
        settles: say beside the moments where the edges of their clips would come to rest.
    """

    source: str
    queries: tuple[str, ...]
    transcript: Path | None = None
    max_moments: int | None = DEFAULT_MAX_MOMENTS
    policy: Policy = LOCAL
    access: Access = BY_A_PERSON
    language: str = ""
    settles: bool = False


@dataclass(frozen=True, slots=True)
class JoinPart:
    """A range of a source that goes into a joined clip; ``None`` for its end means that of the source."""

    source: str
    start: Fraction = Fraction(0)
    end: Fraction | None = None


@dataclass(frozen=True, slots=True)
class JoinRequest:
    """Several ranges of one or several sources in one file, in the order given."""

    parts: tuple[JoinPart, ...]
    output: OutputSpec
    destination: Destination
    transition: Transition = field(default_factory=Transition)
    policy: Policy = LOCAL
    access: Access = BY_A_PERSON


@dataclass(frozen=True, slots=True)
class GivenWords:
    """Where a short's words come from, if not from the source itself.

    At most one of the first three is set.

    Attributes:
        transcript: the words themselves.
        file: a subtitle file.
        link: the address of a subtitle file.
        asks_site: tries the captions of the source's site before anything is heard; else they are passed over.
    """

    transcript: Transcript | None = None
    file: Path | None = None
    link: str = ""
    asks_site: bool = True


@dataclass(frozen=True, slots=True)
class ShortsRequest:
    """Finished shorts: of the moments given, else of those that stand best by themselves.

    Attributes:
        segments: the shorts by their times; none to have them chosen.
        query: what to look for where they are chosen; empty for what stands best by itself.
        hint: how to choose, as an editor would be told; steers the choice as far as anything fits, and never keeps it
            from being made.
        count: how many to choose, at most; ``None`` for as many as are good.
        preferred: seconds that a chosen one should last, roughly; ``None`` for as long as it takes.
        look: how they look and sound.
        hook: the line at the start of the first one.
        call_to_action: the line at the end of each that has none of its own.
        adds_hooks: writes hooks that are missing.
        adds_calls: writes calls to action that are missing.
        joins: makes a montage of all besides.
        title: what the whole is called; empty for the title of the source.
        language: a BCP 47 tag of what is spoken; empty to find out.
        subtitles: files with the captions to write beside each short: ``srt``, ``vtt``, ``ass``.
    """

    source: str
    destination: Destination
    output: OutputSpec = field(default_factory=OutputSpec)
    look: ShortLook = field(default_factory=ShortLook)
    segments: tuple[WantedShort, ...] = ()
    query: str = ""
    hint: str = ""
    count: int | None = None
    preferred: Fraction | None = None
    hook: str = ""
    call_to_action: str = ""
    adds_hooks: bool = False
    adds_calls: bool = False
    words: GivenWords = field(default_factory=GivenWords)
    joins: bool = False
    title: str = ""
    language: str = ""
    subtitles: tuple[str, ...] = ()
    policy: Policy = LOCAL
    access: Access = BY_A_PERSON


JobRequest = ClipRequest | AutoClipRequest | AnalyzeRequest | JoinRequest | ShortsRequest


class SiteTry(StrEnum):
    """How far the try is to use the captions of a source's site."""

    FETCHING = "fetching"
    FETCHED = "fetched"
    FAILED = "failed"
    """The words were heard instead, or the job has failed."""


@dataclass(frozen=True, slots=True)
class SiteCaptions:
    """What came of asking a source's site for captions.

    Attributes:
        state: how far that is.
        reason: why there are none, as a sentence; empty unless it failed.
    """

    state: SiteTry
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """The answer to one query.

    Attributes:
        query: what was asked for; empty for highlights.
        moments: best first.
        transcript_source: who wrote the transcript.
        notes: what a person should know about how they were found, such as a model that could not be used.
        closest: what comes nearest where nothing matches, best first.
        settled: where a clip of each moment would begin and end, or of each of the closest where there are no moments;
            empty where nobody asked.
    """

    query: str
    moments: tuple[Moment, ...]
    transcript_source: str
    notes: tuple[str, ...] = ()
    closest: tuple[Moment, ...] = ()
    settled: tuple[SettledSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a finished job gives.

    Attributes:
        clips: in the order in which they were published.
        findings: one for each query.
        cost: what it is charged with.
        shorts: what is told of each short, in order of time.
        montage: the id of the clip that joins them all; empty where there is none.
        transcript_origin: who wrote the words that shorts were chosen by or captioned with; ``None`` where there were
            none, and for other jobs.
        site_captions: what came of asking the source's site for captions; ``None`` where nobody asked, or not yet.
    """

    clips: tuple[Clip, ...] = ()
    findings: tuple[Findings, ...] = ()
    cost: Money = Money(0)
    shorts: tuple[ShortFacts, ...] = ()
    montage: str = ""
    transcript_origin: TranscriptOrigin | None = None
    site_captions: SiteCaptions | None = None


class Priority(IntEnum):
    """Who waits for a job, which decides whose turn it is; the smaller number goes first."""

    PERSON = 0
    SCRIPT = 1
    BATCH = 2


@dataclass(frozen=True, slots=True)
class Job:
    """A request and how far it has come; every step is a new value.

    Attributes:
        request: what was asked for.
        id: sixteen characters of ``[a-z0-9]``.
        state: where it stands.
        result: of a complete job; of another the clips that were published before it ended.
        error: of a failed job.
        priority: who waits for it.
        batch: what jobs that came together share; empty for one that came alone.
        key: the id of the key that a script showed; empty for a person's own job.
        paused: it is not carried on with until a person says so.
        stage: what is being done, for a person.
        fraction: how much of the whole job is done, 0..1; never falls while it runs.
        attempt: how often its work was begun anew after a transient fault.
        reserved: what it may cost at most.
        created: seconds since 1970.
        ended: likewise; ``None`` while it has not.
    """

    request: JobRequest
    id: str = field(default_factory=new_id)
    state: JobState = JobState.PENDING
    result: JobResult | None = None
    error: FastClipError | None = None
    priority: Priority = Priority.PERSON
    batch: str = ""
    key: str = ""
    paused: bool = False
    stage: str = ""
    fraction: float = 0.0
    attempt: int = 0
    reserved: Money = Money(0)
    created: float = 0.0
    ended: float | None = None
