"""The request to the engine that a body becomes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path, PurePath

from starlette.exceptions import HTTPException

from fastclip_desktop.api.services import Services
from fastclip_desktop.api.subclip.bodies import JobBody, SaidSegment, SegmentBody
from fastclip_desktop.api.subclip.languages import language_tag
from fastclip_desktop.api.subclip.looks import look_by_names
from fastclip_desktop.domain.access import Access
from fastclip_desktop.domain.api_key import ApiKey
from fastclip_desktop.domain.job import Destination, GivenWords, ShortsRequest
from fastclip_desktop.domain.short_look import WantedShort
from fastclip_desktop.domain.timecode import TimeRange, seconds_from_number
from fastclip_desktop.domain.transcript import Segment, Transcript, TranscriptOrigin, Word
from fastclip_desktop.engine.upload_objects import Purpose, find_object

_SHORTEST_WORD = Fraction(1, 100)
"""Seconds that a word lasts which a recogniser wrote down as lasting none."""


def shorts_request(body: JobBody, here: Services, key: ApiKey) -> ShortsRequest:
    """What a body asks for; looks its files up, so not on the event loop.

    Raises:
        HTTPException: 400 for a file that is not there, not yet, not theirs or not of the right type.
        FastClipError: a time is none.
    """
    source, access, stem = _source(body, here, key)
    return ShortsRequest(
        source=source,
        destination=Destination(here.engine.clips_folder),
        look=look_by_names(body.preset, body.aspect_ratio, here.engine.own_look(), captions=body.dynamic_captions),
        segments=tuple(_wanted(each, body) for each in body.segments or ()),
        hint=_text(body.style_instructions),
        count=body.number_of_clips or body.max_clips,
        preferred=_seconds(body.preferred_duration_seconds),
        hook=_text(body.text_hook),
        call_to_action=_text(body.cta_text),
        adds_hooks=bool(body.add_text_hook) and not body.is_exact,
        adds_calls=bool(body.add_cta_text) and not body.is_exact,
        words=_words(body, here, key),
        joins=True,
        title=_text(body.project_name) or _text(stem)[: here.settings.policy.max_name_length].rstrip(),
        language=language_tag(body.language or ""),
        policy=here.settings.policy.for_shorts,
        access=access,
    )


def _source(body: JobBody, here: Services, key: ApiKey) -> tuple[str, Access, str]:
    """What to open, how, and what an uploaded file is called by whoever sent it."""
    access = here.settings.access
    if body.video_url is not None:
        return body.video_url, access, ""
    path, name = _uploaded("sourceObjectKey", body.source_object_key or "", Purpose.SOURCE, here, key)
    return str(path), replace(access, uploaded=True), PurePath(body.source_object_name or name).stem


def _words(body: JobBody, here: Services, key: ApiKey) -> GivenWords:
    if body.transcript is not None:
        segments = tuple(_segment(each) for each in body.transcript.segments or () if _is_said(each))
        language = language_tag(body.language or "")
        return GivenWords(Transcript(segments, language, TranscriptOrigin.GIVEN), asks_site=False)
    if body.transcript_srt_url is not None:
        return GivenWords(link=body.transcript_srt_url, asks_site=False)
    if body.transcript_srt_object_key is not None:
        name = body.transcript_srt_object_key
        path, _ = _uploaded("transcriptSrtObjectKey", name, Purpose.TRANSCRIPT, here, key)
        return GivenWords(file=path, asks_site=False)
    return GivenWords(asks_site=bool(body.youtube_transcript))


def _uploaded(field: str, name: str, purpose: Purpose, here: Services, key: ApiKey) -> tuple[Path, str]:
    """Where the file of an object key lies, and its sender's own name for it."""
    upload = find_object(here.engine.uploads, name, key.id)
    if upload is None:
        raise HTTPException(400, f"{field}: there is no uploaded file of this key, or not any more.")
    if upload.purpose != purpose:
        raise HTTPException(400, f"{field}: the file was uploaded as {upload.purpose}, not as {purpose}.")
    if not upload.is_ready:
        raise HTTPException(400, f"{field}: of the file only {upload.received} of {upload.size} bytes are there.")
    return upload.path, upload.name


def _wanted(segment: SegmentBody, body: JobBody) -> WantedShort:
    """A short by its times; what a segment does not say of its lines is as for all."""
    adds_hook = body.add_text_hook if segment.add_text_hook is None else segment.add_text_hook
    adds_call = body.add_cta_text if segment.add_cta_text is None else segment.add_cta_text
    return WantedShort(
        span=_span(segment.start_time_seconds, segment.end_time_seconds),
        hook=_text(segment.text_hook),
        call_to_action=_text(segment.cta_text),
        adds_hook=bool(adds_hook),
        adds_call=bool(adds_call),
    )


def _is_said(segment: SaidSegment) -> bool:
    return bool(segment.text.strip() or any(word.word.strip() for word in segment.words or ()))


def _segment(said: SaidSegment) -> Segment:
    words = tuple(
        Word(word.word.strip(), _span(word.start, word.end, _SHORTEST_WORD))
        for word in said.words or ()
        if word.word.strip()
    )
    text = " ".join(said.text.split()) or " ".join(word.text for word in words)
    return Segment(text, _span(said.start, said.end, _SHORTEST_WORD), words)


def _span(start: float, end: float, shortest: Fraction = Fraction(0)) -> TimeRange:
    first = seconds_from_number(start)
    return TimeRange(first, max(seconds_from_number(end), first + shortest))


def _seconds(value: float | None) -> Fraction | None:
    return None if value is None else seconds_from_number(value)


def _text(given: str | None) -> str:
    return " ".join((given or "").split())
