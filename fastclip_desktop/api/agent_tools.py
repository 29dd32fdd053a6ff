"""What agents can have done: each tool's arguments, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fastclip_desktop.api.server_settings import ServerSettings
from fastclip_desktop.domain.api_key import ApiKey, Scope
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.errors import ErrorCode, InputError, UsageError
from fastclip_desktop.domain.job import (
    DEFAULT_MAX_MOMENTS,
    AnalyzeRequest,
    AutoClipRequest,
    ClipRequest,
    Destination,
    Job,
    JobRequest,
    Priority,
)
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.progress import CancelToken
from fastclip_desktop.domain.timecode import TimeRange, parse_timecode, seconds_from_number, seconds_to_number
from fastclip_desktop.domain.timeline import QUALITIES, OutputFormat, OutputSpec
from fastclip_desktop.engine.admission import check_link
from fastclip_desktop.engine.engine import Engine

Answer = dict[str, object]

OnProgress = Callable[[str, float], None]

_MOST_AT_ONCE = 1000

Source = Annotated[str, Field(min_length=1, max_length=4096, description="A link to a video or a page with one.")]
Time = Annotated[
    float | str, Field(description="Seconds (75.5) or [H:]MM:SS[.mmm] (1:15.500), from the source's beginning.")
]
Query = Annotated[str, Field(description="What to look for, in plain words; empty for the best moments.")]
Language = Annotated[
    str, Field(max_length=35, description="The captions to read, such as de or pt-BR; empty for the spoken language.")
]
Format = Annotated[OutputFormat, Field(description="The clip's format; a gif lasts no longer than a minute.")]
Quality = Annotated[str, Field(description=f"The greatest height, never enlarges: {', '.join(QUALITIES)}.")]
Most = Annotated[int, Field(ge=1, le=100)]
Wait = Annotated[
    bool,
    Field(description="Answer when the job has ended; if false, answer at once with its id, and ask with job_status."),
]


class Arguments(BaseModel):
    """Of any tool; an argument that it does not know is a slip that the agent should hear of."""

    model_config = ConfigDict(extra="forbid")


class InfoArguments(Arguments):
    """Of ``info``."""

    source: Source


class AnalyzeArguments(Arguments):
    """Of ``analyze``."""

    source: Source
    query: Query
    max_moments: Most = DEFAULT_MAX_MOMENTS
    language: Language = ""


class ClipArguments(Arguments):
    """Of ``clip``."""

    source: Source
    start: Time
    end: Time
    format: Format = OutputFormat.MP4
    quality: Quality = "source"
    wait: Wait = True


class AutoArguments(Arguments):
    """Of ``auto``."""

    source: Source
    query: Query
    max_clips: Most = DEFAULT_MAX_MOMENTS
    format: Format = OutputFormat.MP4
    quality: Quality = "source"
    language: Language = ""
    wait: Wait = True


class TranscriptArguments(Arguments):
    """Of ``transcript``."""

    source: Source
    language: Language = ""
    first: Annotated[int, Field(ge=0, description="How many segments to leave out.")] = 0
    most: Annotated[int, Field(ge=1, le=_MOST_AT_ONCE, description="Segments at most.")] = 200


class SearchArguments(Arguments):
    """Of ``library_search``."""

    words: Annotated[
        str, Field(max_length=500, description="In a clip's name, its source's title, or said in it; empty for all.")
    ] = ""
    first: Annotated[int, Field(ge=0, le=10**9, description="How many clips to leave out.")] = 0
    most: Most = 20


class JobArguments(Arguments):
    """Of ``job_status``."""

    job_id: Annotated[str, Field(min_length=1, max_length=100, description="What a tool answered with.")]


class CancelArguments(JobArguments):
    """Of ``job_cancel``."""


@dataclass(frozen=True, slots=True)
class ToolKind:
    """A tool as an agent sees it.

    Attributes:
        arguments: what it is called with.
        description: what it does.
        changes: it makes something; else it only looks.
        ends: it puts an end to something that somebody may still have wanted.
    """

    arguments: type[Arguments]
    description: str
    changes: bool = False
    ends: bool = False


TOOLS: Mapping[str, ToolKind] = {
    "info": ToolKind(InfoArguments, "What a source is: its title, length, greatest height and captions."),
    "analyze": ToolKind(
        AnalyzeArguments,
        "Find the moments of a source in which something is said, the best first, with what is said there. "
        "Without captions its words have to be heard first, which may take minutes.",
    ),
    "clip": ToolKind(ClipArguments, "Make a clip by times; it is exact to the frame.", changes=True),
    "auto": ToolKind(
        AutoArguments, "Find the moments in which something is said, and make a clip of each.", changes=True
    ),
    "transcript": ToolKind(
        TranscriptArguments, "What is said in a source and when, as its captions have it or a speech model hears it."
    ),
    "library_search": ToolKind(SearchArguments, "Clips that were made before, the newest first."),
    "job_status": ToolKind(JobArguments, "How far a job is, and what it has made."),
    "job_cancel": ToolKind(
        CancelArguments,
        "End a job that is not wanted any more; it costs nothing then, and clips that it has made already stay.",
        changes=True,
        ends=True,
    ),
}


_FOR_CLIPS = ("info", "clip", "auto", "job_status", "job_cancel")
"""What a key is enough for that only makes clips."""


def read_arguments(name: str, given: Mapping[str, object]) -> Arguments:
    """The arguments of a call.

    Args:
        name: the tool's.
        given: what the agent gives it.

    Raises:
        UsageError: ``bad_usage``: there is no such tool, or one sentence on the first argument that is wrong.
    """
    kind = TOOLS.get(name)
    if kind is None:
        raise UsageError(ErrorCode.BAD_USAGE, f"There is no tool {name[:40]!r}.")
    try:
        return kind.arguments.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = next((str(part) for part in first["loc"]), "")
        reason = first["msg"][:1].lower() + first["msg"][1:]
        raise UsageError(ErrorCode.BAD_USAGE, f"The argument {place[:40]!r} is wrong: {reason}.") from None


class AgentTools:
    """The tools over an engine.

    Args:
        engine: does the work.
        settings: the policy, and what sources may be named.
        key: its limits hold; ``None`` for a person's own agent, who may do what they may.

    Attributes:
        engine: does the work.
        key: the id of the key; empty if there is none.
        names: the tools that there are.
    """

    def __init__(self, engine: Engine, settings: ServerSettings, key: ApiKey | None = None) -> None:
        self.engine = engine
        self.key = "" if key is None else key.id
        self._makes_clips_only = key is not None and key.scope is not Scope.ALL
        self.names = tuple(name for name in TOOLS if name in _FOR_CLIPS or not self._makes_clips_only)
        self._settings = settings

    def admit(self, name: str) -> None:
        """Let one call in, and count it.

        Raises:
            InputError: ``unknown_key``: the key was taken back, or has expired.
            TooOften: there were as many calls within a minute as are allowed.
            UsageError: ``bad_usage``: the key does not open this tool.
        """
        if self.key:
            self.engine.keys.show(self.key)
            self.engine.request_limits.visit(self.key, self._settings.policy.requests_a_minute)
        if name not in self.names:
            raise UsageError(ErrorCode.BAD_USAGE, f"The key makes clips and opens nothing else, so there is no {name}.")

    def request(self, arguments: Arguments) -> JobRequest | None:
        """The job that a call asks for; ``None`` if it asks for something that is answered at once.

        Raises:
            FastClipError: what is asked for cannot be.
        """
        policy, access = self._settings.policy, self._settings.access
        match arguments:
            case AnalyzeArguments():
                return AnalyzeRequest(
                    arguments.source,
                    (arguments.query,),
                    max_moments=arguments.max_moments,
                    policy=policy,
                    access=access,
                    language=arguments.language,
                )
            case ClipArguments():
                span = TimeRange(_seconds(arguments.start), _seconds(arguments.end))
                output = OutputSpec.of(arguments.format, arguments.quality)
                return ClipRequest(arguments.source, span, output, self._destination(), policy, access)
            case AutoArguments():
                return AutoClipRequest(
                    arguments.source,
                    arguments.query,
                    OutputSpec.of(arguments.format, arguments.quality),
                    self._destination(),
                    max_clips=arguments.max_clips,
                    policy=policy,
                    access=access,
                    language=arguments.language,
                )
        return None

    def answer(self, arguments: Arguments, cancel: CancelToken, on_progress: OnProgress) -> Answer:
        """Answer a call that is no job.

        Args:
            arguments: of the call.
            cancel: stops it.
            on_progress: gets what is being done, for a person, and how much of that is done, 0..1.

        Raises:
            FastClipError: it cannot be answered.
        """
        match arguments:
            case InfoArguments():
                return self._info(arguments.source, cancel)
            case TranscriptArguments():
                return self._transcript(arguments, cancel, on_progress)
            case SearchArguments():
                page = self.engine.library.find(arguments.words, arguments.most, arguments.first)
                return {"clips": [_clip(clip) for clip in page.clips], "total": page.total}
            case CancelArguments():
                return self._cancel(arguments.job_id)
            case JobArguments():
                return job_answer(self._job(arguments.job_id, may_be_anothers=not self._makes_clips_only))
        raise TypeError(f"{type(arguments).__name__} is a job")

    def _info(self, source: str, cancel: CancelToken) -> Answer:
        check_link(source, self._settings.policy, self._settings.access)
        media = self.engine.info(source, self._settings.access, cancel)
        return {
            "title": media.title,
            "duration": _number(media.duration),
            "max_height": media.max_height,
            "captions": [{"language": track.language, "kind": str(track.kind)} for track in media.captions],
        }

    def _job(self, job_id: str, *, may_be_anothers: bool) -> Job:
        job = self.engine.jobs.get(job_id)
        if self.key and job.key != self.key and not may_be_anothers:
            raise InputError(ErrorCode.UNKNOWN_JOB, f"The key has no job {job_id[:40]!r}.")
        return job

    def _cancel(self, job_id: str) -> Answer:
        self._job(job_id, may_be_anothers=False)
        self.engine.jobs.cancel(job_id)
        return job_answer(self.engine.jobs.get(job_id))

    def _transcript(self, arguments: TranscriptArguments, cancel: CancelToken, on_progress: OnProgress) -> Answer:
        policy, access, accounts = self._settings.policy, self._settings.access, self.engine.accounts
        now = self.engine.clock.now()
        check_link(arguments.source, policy, access)
        accounts.paid_before(policy.transcript_price, self.key, None, now)  # that it can be paid
        media, transcript = self.engine.transcript(
            arguments.source, arguments.language, policy, access, cancel, on_progress, Priority.SCRIPT
        )
        accounts.pay_once(policy.transcript_price, self.key, "", None, now)
        end = arguments.first + arguments.most
        return {
            "title": media.title,
            "language": transcript.language,
            "origin": str(transcript.origin),
            "segments": [
                {
                    "start": seconds_to_number(segment.span.start),
                    "end": seconds_to_number(segment.span.end),
                    "text": segment.text,
                }
                for segment in transcript.segments[arguments.first : end]
            ],
            "total": len(transcript.segments),
            "cost": policy.transcript_price.to_dollars(),
        }

    def _destination(self) -> Destination:
        return Destination(self.engine.clips_folder)


def job_answer(job: Job) -> Answer:
    """How far a job is and what it has made."""
    answer: Answer = {
        "job_id": job.id,
        "status": str(job.state),
        "progress": 100 if job.state.is_terminal else round(job.fraction * 100),
        "stage": job.stage,
    }
    if job.error is not None:
        answer["error"] = {"code": str(job.error.code), "message": job.error.message}
    if job.result is not None:
        if not isinstance(job.request, AnalyzeRequest):
            answer["clips"] = [_clip(clip) for clip in job.result.clips]
        if not isinstance(job.request, ClipRequest):
            answer["segments"] = [_moment(moment) for found in job.result.findings for moment in found.moments]
        answer["cost"] = job.result.cost.to_dollars()
    return answer


def _seconds(given: float | str) -> Fraction:
    return parse_timecode(given) if isinstance(given, str) else seconds_from_number(given)


def _clip(clip: Clip) -> Answer:
    return {
        "id": clip.id,
        "name": clip.name,
        "path": str(clip.path),
        "start": seconds_to_number(clip.span.start),
        "end": seconds_to_number(clip.span.end),
        "duration": seconds_to_number(clip.duration),
        "format": str(clip.format),
        "file_size": clip.file_size,
        "source_title": clip.source_title,
        "notes": list(clip.receipt.notes),
        "expires": None if clip.expires is None else datetime.fromtimestamp(clip.expires, UTC).isoformat(),
    }


def _moment(moment: Moment) -> Answer:
    return {
        "start": seconds_to_number(moment.span.start),
        "end": seconds_to_number(moment.span.end),
        "excerpt": moment.excerpt,
        "confidence": round(moment.confidence, 4),
    }


def _number(seconds: Fraction | None) -> float | None:
    return None if seconds is None else seconds_to_number(seconds)
