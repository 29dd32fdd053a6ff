"""What ``/v1`` answers, and how it is told from the engine's values."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from fractions import Fraction

from pydantic import BaseModel

from fastclip_desktop.api.errors import sentence_of
from fastclip_desktop.api.signed_links import SignedLinks
from fastclip_desktop.domain.clip import Clip
from fastclip_desktop.domain.job import AutoClipRequest, Job, JobState
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.timecode import file_name_timecode, seconds_to_number

_SEGMENT = re.compile(r"(?:Rendering|Publishing) (\d+) of (\d+)", re.ASCII)

_STOPPED = "The job was cancelled."


class InfoAnswer(BaseModel):
    """What a source is."""

    title: str
    duration: int | float | None
    thumbnail: str | None
    preview_url: str | None
    preview_embed_url: str | None
    max_height: int | None


class JobAccepted(BaseModel):
    """A clip job."""

    job_id: str
    status: str = "pending"


class AutoAccepted(JobAccepted):
    """A job of clips by words, and the dollars that are set aside for it."""

    reserved: float


class Segment(BaseModel):
    """A found moment."""

    start: int | float
    end: int | float
    excerpt: str
    confidence: float


class AnalyzeAnswer(BaseModel):
    """The moments that match, best first, and the dollars that finding them cost."""

    segments: list[Segment]
    cost: float


class SpokenWord(BaseModel):
    """A word and when it is said."""

    text: str
    start: int | float
    end: int | float


class Passage(SpokenWord):
    """Words that belong together; ``words`` is empty where nobody knows when each is said."""

    words: list[SpokenWord]


class TranscriptAnswer(BaseModel):
    """What is said in a source, and the dollars that it cost."""

    title: str
    language: str
    origin: str
    segments: list[Passage]
    cost: float


class JobClip(BaseModel):
    """One clip of a job."""

    id: str
    name: str
    start: int | float
    end: int | float
    duration: int | float
    file_size: int
    download_url: str
    file_name: str


class JobAnswer(BaseModel):
    """Where a job stands; ``clips`` only of clips by words, ``error`` only of a failed job."""

    job_id: str
    status: str
    progress: int
    status_message: str
    download_url: str | None
    file_name: str | None
    cost: float
    clips: list[JobClip] | None = None
    error: str | None = None


class ClipAnswer(BaseModel):
    """A clip of the library."""

    id: str
    name: str
    format: str
    quality: str
    duration: int | float
    file_size: int
    pinned: bool
    expires_at: str | None
    hours_left: float | None
    download_url: str
    share_url: str
    aspect_ratio: str | None
    source_title: str
    created: str


class ClipList(BaseModel):
    """A page of clips, the newest first."""

    clips: list[ClipAnswer]
    page: int
    per_page: int
    total_items: int
    total_pages: int


class RenameAnswer(BaseModel):
    """A clip's new name."""

    id: str
    name: str


class PinAnswer(BaseModel):
    """A clip that is kept."""

    id: str
    pinned: bool


class UnpinAnswer(PinAnswer):
    """A clip that expires."""

    expires_at: str | None


class DeleteAnswer(BaseModel):
    """A clip that is gone, and the bytes that this gave back."""

    id: str
    deleted: bool
    storage_freed: int


class StorageAnswer(BaseModel):
    """Bytes: what pinned clips take, what they may take, and what is left of that."""

    used: int
    quota: int
    free: int


class PurchaseAnswer(StorageAnswer):
    """What came of a purchase: the gigabytes that were asked for, and what they cost in dollars."""

    success: bool
    gb: int
    cost: float


class BalanceAnswer(BaseModel):
    """Dollars that may be spent."""

    balance: float


class CardAnswer(BaseModel):
    """A named source of funds."""

    id: str
    brand: str
    last4: str
    exp_month: int
    exp_year: int


class CardList(BaseModel):
    """The sources of funds that a person has added."""

    cards: list[CardAnswer]


class ReloadAnswer(BaseModel):
    """What came of a reload: ``status`` is ``pending`` if a person has to agree, and absent if the funds are there."""

    success: bool
    payment_intent_id: str
    amount: int
    balance: float
    status: str | None = None


class ShareAnswer(BaseModel):
    """A clip as anybody may see it who has its link."""

    id: str
    name: str
    format: str
    duration: int | float
    stream_url: str
    download_url: str
    expires_at: str | None


def number(seconds: Fraction) -> int | float:
    """Seconds as a JSON number, whole ones without a point."""
    value = seconds_to_number(seconds)
    return int(value) if value == int(value) else value


def instant(seconds: float) -> str:
    """Seconds since 1970 as ISO 8601 in UTC, as the contract writes the past."""
    return datetime.fromtimestamp(int(seconds), UTC).isoformat().replace("+00:00", "Z")


def expiry(clip: Clip) -> str | None:
    """When a clip expires, as ISO 8601 in UTC, as the contract writes the future; ``None`` for never."""
    return None if clip.expires is None else datetime.fromtimestamp(int(clip.expires), UTC).isoformat()


def file_name(clip: Clip) -> str:
    """What the contract calls a clip's file, whatever it is called here: ``clip_2-00-3-00.mp4``."""
    span = clip.span
    return f"clip_{file_name_timecode(span.start)}-{file_name_timecode(span.end)}.{clip.format}"


def download_url(clip: Clip, links: SignedLinks, origin: str) -> str:
    """A fresh link to a clip's file that works without a key."""
    return links.sign(origin, f"/download/{clip.id}/{file_name(clip)}")


def stream_url(clip: Clip, links: SignedLinks, origin: str) -> str:
    """Likewise, to be played rather than kept."""
    return links.sign(origin, f"/stream/{clip.id}/{file_name(clip)}")


def job_answer(job: Job, links: SignedLinks, origin: str) -> JobAnswer:
    """Where a job stands."""
    clips = job.result.clips if job.result is not None else ()
    is_done = job.state is JobState.COMPLETE
    first = clips[0] if clips and is_done else None
    error = None
    if job.state is JobState.CANCELLED:
        error = _STOPPED
    elif job.state is JobState.FAILED:
        error = _STOPPED if job.error is None else sentence_of(job.error)
    answer = JobAnswer(
        job_id=job.id,
        status=_status(job),
        progress=100 if is_done else min(99, int(job.fraction * 100)),
        status_message="Done!" if is_done else error or job.stage or "Waiting",
        download_url=None if first is None else download_url(first, links, origin),
        file_name=None if first is None else file_name(first),
        cost=job.result.cost.to_dollars() if job.result is not None and is_done else 0.0,
    )
    # What is not set is left out of the answer, while what is None is null there.
    if isinstance(job.request, AutoClipRequest):
        answer.clips = [_job_clip(clip, links, origin) for clip in clips]
    if error is not None:
        answer.error = error
    return answer


def clip_answer(clip: Clip, links: SignedLinks, origin: str, now: float) -> ClipAnswer:
    """A clip of the library.

    Args:
        clip: the clip.
        links: sign its link.
        origin: where we are reached.
        now: seconds since 1970.
    """
    left = None if clip.expires is None else max(0.0, round((clip.expires - now) / 3600, 1))
    return ClipAnswer(
        id=clip.id,
        name=clip.name,
        format=str(clip.format),
        quality=clip.quality or (f"{clip.height}p" if clip.height else "source"),
        duration=number(clip.duration),
        file_size=clip.file_size,
        pinned=clip.pinned,
        expires_at=expiry(clip),
        hours_left=left,
        download_url=download_url(clip, links, origin),
        share_url=f"/c/{clip.id}",
        aspect_ratio=_aspect_ratio(clip.width, clip.height),
        source_title=clip.source_title,
        created=instant(clip.created),
    )


def segment(moment: Moment) -> Segment:
    """A found moment."""
    return Segment(
        start=number(moment.span.start),
        end=number(moment.span.end),
        excerpt=moment.excerpt,
        confidence=round(moment.confidence, 4),
    )


def _status(job: Job) -> str:
    if job.state is JobState.CANCELLED:
        return str(JobState.FAILED)
    if not isinstance(job.request, AutoClipRequest) or job.state not in (JobState.PROCESSING, JobState.UPLOADING):
        return str(job.state)
    match = _SEGMENT.fullmatch(job.stage)
    if match and (job.state is JobState.PROCESSING or int(match[1]) < int(match[2])):
        # Also while a clip is published that is not the last: a status that was passed does not come again.
        return f"processing segment {match[1]}/{match[2]}"
    return "processing segment 1/1" if job.stage == "Rendering" else str(job.state)


def _job_clip(clip: Clip, links: SignedLinks, origin: str) -> JobClip:
    return JobClip(
        id=clip.id,
        name=clip.name,
        start=number(clip.span.start),
        end=number(clip.span.end),
        duration=number(clip.duration),
        file_size=clip.file_size,
        download_url=download_url(clip, links, origin),
        file_name=file_name(clip),
    )


def _aspect_ratio(width: int, height: int) -> str | None:
    if not width or not height:
        return None
    ratio = Fraction(width, height)
    named = ((16, 9), (9, 16), (4, 3), (3, 4), (1, 1), (21, 9), (4, 5), (5, 4))
    nearest = min(named, key=lambda each: abs(ratio - Fraction(*each)) / ratio)
    # Heights are even, so that 854×480 is still 16:9.
    if abs(ratio - Fraction(*nearest)) / ratio < Fraction(1, 100):
        return f"{nearest[0]}:{nearest[1]}"
    return f"{ratio.numerator}:{ratio.denominator}"
