"""What scripts send to ``/v1``, and the requests to the engine that it becomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from starlette.exceptions import HTTPException

from fastclip_desktop.api.json_body import Body
from fastclip_desktop.api.services import Services
from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, Destination
from fastclip_desktop.domain.timecode import TimeRange, seconds_from_number
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.engine.admission import check_query
from fastclip_desktop.engine.funding import LEAST_RELOAD, MOST_RELOAD

LATEST = 1_000_000_000
"""Seconds: thirty years of video."""

Seconds = Annotated[int | float, Field(ge=0, le=LATEST)]
Link = Annotated[str, Field(min_length=1, max_length=8192)]


class SourceBody(Body):
    """Names a source: exactly one of a link and an uploaded file."""

    url: Link | None = None
    file_id: str | None = Field(None, description="The id of an uploaded file, instead of a link.")


class InfoBody(Body):
    """What ``POST /v1/clip/info`` takes."""

    url: Link


class OutputBody(SourceBody):
    """Names a source and a look."""

    format: str = Field("mp4", description="One of: " + ", ".join(OutputFormat) + ".")
    quality: str = Field("1080p", description="2160p, 1080p (high), 720p (medium), 480p or source; never upscaled.")


class ClipBody(OutputBody):
    """What ``POST /v1/clip`` takes."""

    start: Seconds = Field(description="Seconds of the source.")
    end: Seconds = Field(description="Seconds of the source.")


class AutoBody(OutputBody):
    """What ``POST /v1/clip/auto`` takes."""

    query: str = Field(description="What to look for.")


class AnalyzeBody(SourceBody):
    """What ``POST /v1/clip/analyze`` takes."""

    query: str = Field(description="What to look for.")


class NameBody(Body):
    """What ``PATCH /v1/clips/{id}`` takes."""

    name: str


class ReloadBody(Body):
    """What ``POST /v1/reload`` takes."""

    amount: int = Field(ge=LEAST_RELOAD.cents, le=MOST_RELOAD.cents, description="Cents.")
    reload_password: str | None = Field(None, description="Where whoever owns this machine has set one.")


class PurchaseBody(Body):
    """What ``POST /v1/storage/purchase`` takes."""

    gb: int = Field(ge=1, le=10_000)


def clip_request(body: ClipBody, here: Services) -> ClipRequest:
    """A clip by times.

    Raises:
        FastClipError: a time, a format or a quality is none.
        HTTPException: there is not exactly one source.
    """
    source, access = source_of(body, here)
    return ClipRequest(
        source=source,
        span=TimeRange(seconds_from_number(body.start), seconds_from_number(body.end)),
        output=_output(body),
        destination=Destination(here.engine.clips_folder),
        policy=here.settings.policy,
        access=access,
    )


def auto_request(body: AutoBody, here: Services) -> AutoClipRequest:
    """Clips by words; raises as :func:`clip_request` does, and ``InputError`` for an empty query."""
    check_query(body.query, here.settings.policy)
    source, access = source_of(body, here)
    return AutoClipRequest(
        source=source,
        query=body.query,
        output=_output(body),
        destination=Destination(here.engine.clips_folder),
        policy=here.settings.policy,
        access=access,
    )


def analyze_request(body: AnalyzeBody, here: Services) -> AnalyzeRequest:
    """Moments by words; raises as :func:`auto_request` does."""
    check_query(body.query, here.settings.policy)
    source, access = source_of(body, here)
    return AnalyzeRequest(source=source, queries=(body.query,), policy=here.settings.policy, access=access)


def source_of(body: SourceBody, here: Services) -> tuple[str, Access]:
    """The link or the uploaded file of a body, and how it is opened.

    Raises:
        HTTPException: 400 unless there is exactly one source, and all of it; 404 for a file that is not there.
    """
    if (body.url is None) == (body.file_id is None):
        raise HTTPException(400, "Give a url or a file_id, and not both.")
    if body.url is not None:
        return body.url, here.settings.access
    upload = here.engine.uploads.find(body.file_id or "")
    if upload is None or upload.purpose:
        raise HTTPException(404, "There is no uploaded file of this id.")
    if not upload.is_ready:
        raise HTTPException(400, f"Of the file only {upload.received} of {upload.size} bytes are there.")
    return str(upload.path), Access(uploaded=True)


def _output(body: OutputBody) -> OutputSpec:
    return OutputSpec.of(OutputFormat.parse(body.format), body.quality)
