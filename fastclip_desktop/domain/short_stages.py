"""The stages of a short: words are read from a link, faces are found, text is painted, all is rendered at one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.caption import Banner, Cue, PaintedText
from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.framing import FaceFindings
from fastclip_desktop.domain.model import Model
from fastclip_desktop.domain.short import ShortPlan
from fastclip_desktop.domain.short_look import CaptionStyle
from fastclip_desktop.domain.stage import FetchedMedia, Resource, StageRequest
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class ReadLinkedWords(StageRequest[Transcript]):
    """Fetch a subtitle file and read it.

    Attributes:
        link: its address.
        folder: where to put it.
        access: who gave the link.
        language: a BCP 47 tag; empty to believe the file.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    link: str
    folder: Path
    access: Access = BY_A_PERSON
    language: str = ""


@dataclass(frozen=True, slots=True)
class FindFaces(StageRequest[tuple[FaceFindings, ...]]):
    """Look for faces in spans of a source, and for hard cuts; one answer for each span.

    Attributes:
        media: local files; the one with the picture is looked at.
        spans: in seconds of the source.
        model: of the kind ``faces``.
    """

    media: FetchedMedia
    spans: tuple[TimeRange, ...]
    model: Model


@dataclass(frozen=True, slots=True)
class PaintText(StageRequest[PaintedText]):
    """Paint captions, hook and call to action of one short, a picture for each change.

    Attributes:
        width: pixels of the frame.
        height: likewise.
        cues: captions, in seconds of the short.
        style: of the captions.
        banners: hook and call to action.
        folder: gets the pictures; exists.
        language: a BCP 47 tag of what is said, which decides between fonts; empty for not known.
    """

    width: int
    height: int
    cues: tuple[Cue, ...]
    style: CaptionStyle
    banners: tuple[Banner, ...]
    folder: Path
    language: str = ""


@dataclass(frozen=True, slots=True)
class RenderShort(StageRequest[RenderedFile]):
    """Write one short.

    Attributes:
        media: local files with the streams.
        plan: what to render.
        path: the file to write, an mp4; its folder exists, the file does not.
    """

    media: FetchedMedia
    plan: ShortPlan
    path: Path
