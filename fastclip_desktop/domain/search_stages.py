"""The stage that makes transcripts ready for the search through the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from fastclip_desktop.domain.spoken import SpokenWords
from fastclip_desktop.domain.stage import Resource, StageRequest
from fastclip_desktop.domain.transcript import Transcript


@dataclass(frozen=True, slots=True)
class IndexWords(StageRequest[SpokenWords]):
    """Take the words of a transcript apart."""

    resource: ClassVar[Resource] = Resource.NOTHING

    transcript: Transcript
