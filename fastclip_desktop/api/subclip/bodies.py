"""What scripts send, and the rules of the contract's page that a body can break by itself."""

from __future__ import annotations

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from fastclip_desktop.api.json_body import Body
from fastclip_desktop.api.receiving import LARGEST_FILE
from fastclip_desktop.api.subclip.languages import LANGUAGES
from fastclip_desktop.domain.timecode import seconds_from_number
from fastclip_desktop.engine.admission import SHORTEST_RANGE

MOST_CLIPS = 12
MOST_SEGMENTS = 50
LATEST = 1_000_000
"""Seconds; eleven days of video."""

MOST_CUES = 20_000
MOST_WORDS = 2_000
"""Of a cue."""

LARGEST_SRT = 10 * 1024**2
"""Bytes; a subtitle file of a day of speech is smaller."""

_YOUTUBE = ("youtube.com", "youtu.be", "youtube-nocookie.com")

_OUTSIDE = 1.0
"""Seconds by which a word may lie outside its cue: recognisers are no more exact than that."""


def _http(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
        is_one = parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:  # half an IPv6 address, for one
        is_one = False
    if not is_one:
        raise ValueError("has to be an http or https address")
    return address.strip().replace('"', "%22")


def _language(code: str) -> str:
    known = code.strip().lower()
    if known not in LANGUAGES:
        raise ValueError(f"{code[:20]!r} is none of the supported languages; auto finds out")
    return known


def _media_type(text: str) -> str:
    kind, slash, rest = text.partition(";")[0].strip().partition("/")
    if not (kind and slash and rest and text.isascii() and text.isprintable() and " " not in kind + rest):
        raise ValueError("has to be a media type such as video/mp4")
    return text.strip()


def _whole(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


WholeNumber = Annotated[int, BeforeValidator(_whole)]
"""As JSON has it, where 6 and 6.0 are the same number."""
Seconds = Annotated[int | float, Field(ge=0, le=LATEST)]
Address = Annotated[str, Field(min_length=1, max_length=8192), AfterValidator(_http)]
Line = Annotated[str, Field(max_length=200)]
"""What is written into the picture."""
ObjectKey = Annotated[str, Field(min_length=1, max_length=1024)]
MediaType = Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_media_type)]


class CamelBody(Body):
    """A body whose fields are written with humps; what may be left out may be null as well."""

    model_config = ConfigDict(alias_generator=to_camel)


class UploadBody(CamelBody):
    """What ``POST /ai-clipping/uploads`` takes."""

    upload_type: Literal["source", "transcript_srt"] | None = Field(None, description="source unless it is said.")
    file_name: str = Field(min_length=1, max_length=255)
    content_type: MediaType | None = Field(
        None, description="video/… or audio/… of a source; the PUT has to come with the same."
    )
    file_size: WholeNumber = Field(ge=1, le=LARGEST_FILE, description="Bytes, exactly.")

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        kind = (self.content_type or "application/octet-stream").partition(";")[0].strip().lower()
        if self.upload_type == "transcript_srt":
            if not kind.startswith("text/") and kind not in _OF_SRT:
                raise ValueError("contentType: an SRT transcript is text/plain or application/x-subrip")
            if self.file_size > LARGEST_SRT:
                raise ValueError(f"fileSize: an SRT transcript may have at most {LARGEST_SRT} bytes")
        elif not kind.startswith(("video/", "audio/")) and kind not in _OF_SOURCES:
            raise ValueError("contentType: a source is video or audio, such as video/mp4")
        return self


_OF_SRT = ("application/x-subrip", "application/srt", "application/octet-stream")
_OF_SOURCES = ("application/octet-stream", "application/mp4", "application/x-matroska", "application/mxf",
               "application/ogg")  # fmt: skip


class SaidWord(CamelBody):
    """A word of a transcript."""

    word: str = Field(max_length=200)
    start: Seconds
    end: Seconds

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        _check_order(self)
        return self


class SaidSegment(CamelBody):
    """What is said at once."""

    start: Seconds
    end: Seconds
    text: str = Field(max_length=5000)
    words: list[SaidWord] | None = Field(None, max_length=MOST_WORDS)

    @model_validator(mode="after")
    def _holds_its_words(self) -> Self:
        _check_order(self)
        before = 0.0
        for number, word in enumerate(self.words or ()):
            if word.start < before:
                raise ValueError(f"words.{number}: begins before the word before it")
            if word.end < self.start - _OUTSIDE or word.start > self.end + _OUTSIDE:
                raise ValueError(f"words.{number}: is said outside its segment")
            before = word.start
        return self


def _check_order(timed: SaidWord | SaidSegment) -> None:
    if timed.end < timed.start:  # one that lasts no time is taken: recognisers do write such words
        raise ValueError("the end is before the start")


class TranscriptBody(CamelBody):
    """What is said in the video and when; text alone says no times and is of no use."""

    text: str | None = Field(None, max_length=2_000_000)
    segments: list[SaidSegment] | None = Field(None, max_length=MOST_CUES)

    @model_validator(mode="after")
    def _has_times(self) -> Self:
        if not self.segments:
            raise ValueError("segments with times are needed; text alone does not say when anything is said")
        before = 0.0
        for number, segment in enumerate(self.segments):
            if segment.start < before:
                raise ValueError(f"segments.{number}: begins before the segment before it")
            before = segment.start
        if not any(segment.text.strip() or segment.words for segment in self.segments):
            raise ValueError("nothing is said in it")
        return self


class LinesBody(CamelBody):
    """What is written into the picture besides captions."""

    text_hook: Line | None = Field(None, description="At the start.")
    cta_text: Line | None = Field(None, description="At the end.")
    add_text_hook: bool | None = Field(None, description="Writes one that is missing.")
    add_cta_text: bool | None = Field(None, description="Likewise.")


class SegmentBody(LinesBody):
    """A clip by its times."""

    start_time_seconds: Seconds
    end_time_seconds: Seconds

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        start, end = seconds_from_number(self.start_time_seconds), seconds_from_number(self.end_time_seconds)
        if end - start < SHORTEST_RANGE:
            raise ValueError("endTimeSeconds has to be later than startTimeSeconds")
        return self


class JobBody(LinesBody):
    """What ``POST /ai-clipping/jobs`` takes: a videoUrl or a sourceObjectKey, and what is to become of it."""

    video_url: Address | None = None
    source_object_key: ObjectKey | None = Field(None, description="Of an uploaded source, instead of videoUrl.")
    source_object_name: str | None = Field(None, max_length=255)
    source_object_mime_type: MediaType | None = None
    project_name: str | None = Field(None, max_length=200)
    language: Annotated[str, AfterValidator(_language)] | None = Field(
        None, description="Needed without a transcript. A code such as en, or auto."
    )
    youtube_transcript: bool | None = Field(None, description="Tries YouTube's own captions first; YouTube links only.")
    ai_analysis: bool | None = Field(None, description="Follows from segments unless it is said.")
    preset: Literal["default", "face_track", "customised", "aura"] | None = None
    aspect_ratio: Literal["portrait", "square"] | None = None
    dynamic_captions: bool | None = Field(None, description="true unless it is said.")
    number_of_clips: WholeNumber | None = Field(None, ge=1, le=MOST_CLIPS)
    max_clips: WholeNumber | None = Field(None, ge=1, le=MOST_CLIPS, description="The older name of numberOfClips.")
    preferred_duration_seconds: int | float | None = Field(None, ge=10, le=120)
    style_instructions: str | None = Field(None, max_length=600)
    transcript: TranscriptBody | None = None
    transcript_srt_url: Address | None = None
    transcript_srt_object_key: ObjectKey | None = Field(None, description="Of an uploaded SRT file.")
    segments: list[SegmentBody] | None = Field(None, max_length=MOST_SEGMENTS)

    @property
    def is_exact(self) -> bool:
        """Whether the clips are given by their times."""
        return bool(self.segments) if self.ai_analysis is None else not self.ai_analysis

    @property
    def has_transcript(self) -> bool:
        """Whether somebody has written down what is said."""
        return bool(self.transcript or self.transcript_srt_url or self.transcript_srt_object_key)

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        for broken, sentence in self._rules():
            if broken:
                raise ValueError(sentence)
        return self

    def _rules(self) -> tuple[tuple[bool, str], ...]:
        given = (self.transcript, self.transcript_srt_url, self.transcript_srt_object_key)
        chosen_only = {
            "numberOfClips": self.number_of_clips,
            "maxClips": self.max_clips,
            "preferredDurationSeconds": self.preferred_duration_seconds,
            "styleInstructions": (self.style_instructions or "").strip() or None,
        }
        misplaced = [name for name, value in chosen_only.items() if value is not None]
        return (
            ((self.video_url is None) == (self.source_object_key is None),
             "Give videoUrl or sourceObjectKey, and not both."),
            (sum(each is not None for each in given) > 1,
             "Give one of transcript, transcriptSrtUrl and transcriptSrtObjectKey, and not several."),
            (self.language is None and not self.has_transcript,
             "language is needed where no transcript is given; auto finds out."),
            (bool(self.youtube_transcript) and not is_youtube(self.video_url or ""),
             "youtubeTranscript is for a videoUrl of YouTube alone."),
            (self.ai_analysis is True and bool(self.segments),
             "segments are given, so that there is nothing to choose: leave aiAnalysis out, or set it to false."),
            (self.ai_analysis is not True and self.segments == [],
             "segments is empty; give at least one, or leave it out to have clips chosen."),
            (self.ai_analysis is False and not self.segments,
             "segments are needed where aiAnalysis is false."),
            (self.is_exact and bool(misplaced),
             f"{', '.join(misplaced)}: only where clips are chosen, not with segments."),
            (self.number_of_clips is not None and self.max_clips is not None,
             "Give numberOfClips or its older name maxClips, and not both."),
            (self.preset == "face_track" and self.aspect_ratio == "square",
             "aspectRatio: square is not supported with the preset face_track."),
        )  # fmt: skip


def is_youtube(address: str) -> bool:
    """Whether an address is one of YouTube's."""
    host = (urlsplit(address).hostname or "").rstrip(".") if address else ""
    return any(host == each or host.endswith("." + each) for each in _YOUTUBE)
