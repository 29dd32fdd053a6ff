"""The stages that hear, compare and judge; those with a model run in a process that keeps it loaded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.edge import SettledSpan
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.moment import Moment
from fastclip_desktop.domain.sound import Sound
from fastclip_desktop.domain.stage import FetchedMedia, ProgressiveRequest, Resource, StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Segment, Transcript
from fastclip_desktop.domain.vectors import Vectors

SETTLE_REACH = Fraction(1, 2)
"""Seconds by which an edge may move at most."""


@dataclass(frozen=True, slots=True)
class FetchSpeech(StageRequest[FetchedMedia]):
    """Bring the smallest sound of a source in which its words can be heard, all of it, and nothing of its picture.

    Attributes:
        media: the resolved source.
        folder: where to put what has to be downloaded.
        access: who gave the link, and what its site gets to see.
        cache: keeps what was downloaded for the next fetch; without it nothing is kept.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    media: MediaFile
    folder: Path
    access: Access = BY_A_PERSON
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class RecogniseSpeech(ProgressiveRequest[Transcript, tuple[Segment, ...]]):
    """Hear the words of a recording; its parts are segments in time order, as they become known.

    Attributes:
        media: local files; the one with the sound is heard.
        model: of the kind ``speech``.
        language: a BCP 47 tag; empty to find out.
        known: what an earlier try had heard; it is part of the result, and the hearing goes on after it.
        device: ``auto``, ``cpu`` or ``cuda``.
    """

    resource: ClassVar[Resource] = Resource.MODEL

    media: FetchedMedia
    model: Model
    language: str = ""
    known: tuple[Segment, ...] = ()
    device: str = "auto"


@dataclass(frozen=True, slots=True)
class EmbedTranscript(StageRequest[Vectors]):
    """Place the sentences of a transcript among meanings: one point for each text that the selection compares."""

    resource: ClassVar[Resource] = Resource.MODEL

    transcript: Transcript
    model: Model


@dataclass(frozen=True, slots=True)
class EmbedQueries(StageRequest[Vectors]):
    """Place queries among the same meanings, one point a query."""

    resource: ClassVar[Resource] = Resource.MODEL

    queries: tuple[str, ...]
    model: Model


@dataclass(frozen=True, slots=True)
class JudgeMoments(StageRequest[tuple[tuple[Moment, ...], ...]]):
    """Let a language model choose among the best moments of each query.

    Attributes:
        transcript: what is said around them.
        queries: what was asked for; an empty one asks for highlights.
        ranked: the moments for each query, best first.
        model: of the kind ``text``.
        max_moments: how many to keep for each.
    """

    resource: ClassVar[Resource] = Resource.MODEL

    transcript: Transcript
    queries: tuple[str, ...]
    ranked: tuple[tuple[Moment, ...], ...]
    model: Model
    max_moments: int


@dataclass(frozen=True, slots=True)
class ClipCopy:
    """What a language model would write above and below a clip; plain words, each may be empty.

    Attributes:
        hook: a line that makes one stay.
        call_to_action: what to ask of whoever has seen it.
        reason: why the passage is worth a clip.
    """

    hook: str
    call_to_action: str
    reason: str


@dataclass(frozen=True, slots=True)
class WriteCopy(StageRequest[tuple[ClipCopy, ...]]):
    """Let a language model write about clips, in the order of their spans.

    Attributes:
        transcript: what is said.
        spans: in seconds of the source.
        model: of the kind ``text``.
    """

    resource: ClassVar[Resource] = Resource.MODEL

    transcript: Transcript
    spans: tuple[TimeRange, ...]
    model: Model


@dataclass(frozen=True, slots=True)
class HearSounds(StageRequest[tuple[Sound, ...]]):
    """Find laughter, applause, music, silence and loud places.

    Attributes:
        media: local files; the one with the sound is heard.
        model: of the kind ``sounds``; without one the signal alone has to do.
    """

    media: FetchedMedia
    model: Model | None = None


@dataclass(frozen=True, slots=True)
class FindTopics(StageRequest[tuple[str, ...]]):
    """Find what a recording speaks of, the weightiest first, as phrases that can be looked for in it.

    Attributes:
        transcript: what is said.
        most: how many at most.
    """

    resource: ClassVar[Resource] = Resource.NOTHING

    transcript: Transcript
    most: int


@dataclass(frozen=True, slots=True)
class SettleEdges(StageRequest[tuple[SettledSpan, ...]]):
    """Move the edges of spans to silence and to changes of shot nearby, never into a word; each says why it moved.

    Attributes:
        media: local files that hold the spans and :data:`SETTLE_REACH` around them, as far as the source goes.
        spans: in seconds of the source.
        transcript: what is said in and around them.
        longest: seconds beyond which no span grows; ``None`` where nobody asked for a length.
    """

    media: FetchedMedia
    spans: tuple[TimeRange, ...]
    transcript: Transcript
    longest: Fraction | None = None
