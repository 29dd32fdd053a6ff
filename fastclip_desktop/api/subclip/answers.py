"""What the routes answer, and how it is told from the engine's values. No answer says where a source came from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from fastclip_desktop.api.dialects import without_addresses
from fastclip_desktop.api.errors import sentence_of
from fastclip_desktop.api.signed_links import SignedLinks
from fastclip_desktop.api.v1.answers import download_url, number
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.credits import credits_in
from fastclip_desktop.domain.job import Job, JobState, ShortsRequest, SiteTry
from fastclip_desktop.domain.short_look import ShortFacts
from fastclip_desktop.domain.shorts_project import ShortsProject
from fastclip_desktop.domain.transcript import TranscriptOrigin
from fastclip_desktop.settings.file_names import safe_file_name

JOBS = "/api/v1/ai-clipping/jobs"

NAMELESS = "AI clips"
"""What a project is called that nobody has named."""

_VIDEO = "video/mp4"
_A_FILE = "the file"
_STOPPED = "The job was cancelled."

Status = Literal["queued", "processing", "completed", "failed"]
TranscriptSource = Literal["youtube", "asr", "provided", "srt_upload", "srt_url"]
CaptionsStatus = Literal["queued", "fetching", "fetched", "failed_fallback_asr", "disabled"]

_SOURCES: dict[TranscriptOrigin, TranscriptSource] = {
    TranscriptOrigin.CAPTIONS: "youtube",
    TranscriptOrigin.AUTOMATIC_CAPTIONS: "youtube",
    TranscriptOrigin.SPEECH_RECOGNITION: "asr",
}

_TRIES: dict[SiteTry, CaptionsStatus] = {
    SiteTry.FETCHING: "fetching",
    SiteTry.FETCHED: "fetched",
    SiteTry.FAILED: "failed_fallback_asr",
}


class CamelAnswer(BaseModel):
    """An answer whose fields are written with humps."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class ObjectAccepted(CamelAnswer):
    """A file that is expected, where to PUT it, and what to call it later."""

    upload_url: str
    method: str = "PUT"
    source_object_key: str | None = None
    source_object_name: str | None = None
    source_object_mime_type: str | None = None
    transcript_srt_object_key: str | None = None
    expires_in: int


class ProjectAccepted(CamelAnswer):
    """A project, and where to ask for it."""

    project_id: str
    status: Status
    run_id: str
    estimated_credits: int
    status_url: str
    download_url: str


class ShortAnswer(CamelAnswer):
    """A finished clip: its times in the source and in the montage, what is written into it, and a fresh link."""

    start_time_seconds: int | float
    end_time_seconds: int | float
    output_start_time_seconds: int | float
    output_end_time_seconds: int | float
    text_hook: str | None
    cta_text: str | None
    reason: str | None
    score: int | None
    download_url: str
    download_url_expires_at: str
    file_size: int
    content_type: str


class StatusAnswer(CamelAnswer):
    """Where a project stands; ``clips`` is empty until all of them are there."""

    project_id: str
    project_name: str
    status: Status
    progress: int
    label: str
    output_ready: bool
    clips: list[ShortAnswer]
    credits_used: int
    ai_analysis: bool
    transcript_source: TranscriptSource | None
    youtube_transcript: bool
    youtube_transcript_status: CaptionsStatus | None
    youtube_transcript_credits_used: int
    youtube_transcript_error: str | None
    error_message: str | None
    run_id: str
    render_id: str
    created_at: str
    updated_at: str


class DownloadAnswer(CamelAnswer):
    """Fresh links to the montage and to each clip."""

    project_id: str
    download_url: str
    expires_at: str
    expires_in: int
    media_type: str
    content_type: str
    file_size: int
    file_name: str
    clips: list[ShortAnswer]


def accepted(project: ShortsProject) -> ProjectAccepted:
    """A project that has just been taken."""
    return ProjectAccepted(
        project_id=project.id,
        status="queued",
        run_id=project.run,
        estimated_credits=project.credits,
        status_url=f"{JOBS}/{project.id}",
        download_url=f"{JOBS}/{project.id}/download",
    )


def status_answer(project: ShortsProject, links: SignedLinks, origin: str) -> StatusAnswer:
    """Where a project stands.

    Args:
        project: as it stands.
        links: sign those of its clips.
        origin: where we are reached.
    """
    job, request = project.job, request_of(project)
    status = _status(job)
    is_ready = montage_of(project) is not None
    return StatusAnswer(
        project_id=project.id,
        project_name=name_of(request),
        status=status,
        progress=100 if status == "completed" else min(99, int(job.fraction * 100)),
        label=_label(job, status),
        output_ready=is_ready,
        clips=clip_answers(project, links, origin) if is_ready else [],
        credits_used=credits_in(job.result.cost, request.policy) if job.result and status == "completed" else 0,
        ai_analysis=not request.segments,
        transcript_source=_transcript_source(job, request),
        youtube_transcript=request.words.asks_site,
        youtube_transcript_status=_captions_status(job, request),
        youtube_transcript_credits_used=_captions_credits(job, request),
        youtube_transcript_error=_captions_error(job),
        error_message=_error(job, request),
        run_id=project.run,
        render_id=project.render,
        created_at=instant(job.created),
        updated_at=instant(max(job.created, project.updated)),
    )


def download_answer(
    project: ShortsProject, montage: Clip, links: SignedLinks, origin: str, lifetime: int
) -> DownloadAnswer:
    """Fresh links to all that a project has made.

    Args:
        project: a complete one.
        montage: of all its clips.
        links: sign them.
        origin: where we are reached.
        lifetime: seconds that a link is good for.
    """
    file_name = f"{safe_file_name(name_of(request_of(project)))}.mp4"
    return DownloadAnswer(
        project_id=project.id,
        download_url=links.sign(origin, f"/download/{montage.id}/{file_name}"),
        expires_at=instant(links.expiry()),
        expires_in=lifetime,
        media_type="video",
        content_type=_VIDEO,
        file_size=montage.file_size,
        file_name=file_name,
        clips=clip_answers(project, links, origin),
    )


def clip_answers(project: ShortsProject, links: SignedLinks, origin: str) -> list[ShortAnswer]:
    """The clips of a project whose files are there, in order of time."""
    result = project.job.result
    if result is None:
        return []
    clips = {clip.id: clip for clip in result.clips}
    return [_clip(facts, clips[facts.clip], links, origin) for facts in result.shorts if facts.clip in clips]


def montage_of(project: ShortsProject) -> Clip | None:
    """The clip that joins all of a project's, once everything is done."""
    job = project.job
    if job.state is not JobState.COMPLETE or job.result is None:
        return None
    return next((clip for clip in job.result.clips if clip.id == job.result.montage), None)


def request_of(project: ShortsProject) -> ShortsRequest:
    """What was asked for.

    Raises:
        TypeError: the project is of another kind of job, which cannot be.
    """
    if not isinstance(project.job.request, ShortsRequest):
        raise TypeError(f"the project {project.id} is not of shorts")
    return project.job.request


def name_of(request: ShortsRequest) -> str:
    """What a project is called."""
    return request.title or NAMELESS


def instant(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC with milliseconds."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _clip(facts: ShortFacts, clip: Clip, links: SignedLinks, origin: str) -> ShortAnswer:
    return ShortAnswer(
        start_time_seconds=number(facts.span.start),
        end_time_seconds=number(facts.span.end),
        output_start_time_seconds=number(facts.place.start),
        output_end_time_seconds=number(facts.place.end),
        text_hook=facts.hook or None,
        cta_text=facts.call_to_action or None,
        reason=facts.reason or None,
        score=facts.score,
        download_url=download_url(clip, links, origin),
        download_url_expires_at=instant(links.expiry()),
        file_size=clip.file_size,
        content_type=_VIDEO,
    )


def _status(job: Job) -> Status:
    match job.state:
        case JobState.PENDING:
            return "queued"
        case JobState.COMPLETE:
            return "completed"
        case JobState.FAILED | JobState.CANCELLED:
            return "failed"
    return "processing"


def _label(job: Job, status: Status) -> str:
    fixed = {"queued": "Queued", "completed": "AI clipping video ready", "failed": "AI clipping failed"}
    return fixed.get(status) or job.stage or "Processing"


def _transcript_source(job: Job, request: ShortsRequest) -> TranscriptSource | None:
    words = request.words
    if words.transcript is not None:
        return "provided"
    if words.file is not None:
        return "srt_upload"
    if words.link:
        return "srt_url"
    origin = None if job.result is None else job.result.transcript_origin
    return None if origin is None else _SOURCES.get(origin)


def _captions_status(job: Job, request: ShortsRequest) -> CaptionsStatus | None:
    if not request.words.asks_site:
        return "disabled"
    tried = None if job.result is None else job.result.site_captions
    if tried is not None:
        return _TRIES[tried.state]
    return None if job.state.is_terminal else "queued"


def _captions_credits(job: Job, request: ShortsRequest) -> int:
    tried = None if job.result is None else job.result.site_captions
    is_fetched = tried is not None and tried.state is SiteTry.FETCHED
    return int(is_fetched and job.state is JobState.COMPLETE and bool(request.policy.credit_price.cents))


def _captions_error(job: Job) -> str | None:
    tried = None if job.result is None else job.result.site_captions
    return without_addresses(tried.reason) or None if tried is not None else None


def _error(job: Job, request: ShortsRequest) -> str | None:
    if job.state is JobState.CANCELLED:
        return _STOPPED
    if job.state is not JobState.FAILED:
        return None
    sentence = _STOPPED if job.error is None else sentence_of(job.error)
    sentence = without_addresses(sentence)
    for path in filter(None, (request.source, str(request.words.file or ""))):
        sentence = sentence.replace(repr(path), _A_FILE).replace(path, _A_FILE)
    return sentence
