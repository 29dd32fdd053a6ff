"""What a person works on: a source, the cuts in it, and how it was looked at last."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.cut import Cut
from fastclip_desktop.domain.short_look import ShortsWish
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec

PROJECT_VERSION = 1
"""Of what a project holds and means; a version reads all before it."""


@dataclass(frozen=True, slots=True)
class Project:
    """All that is needed to go on where somebody stopped, but for the edits that could be taken back.

    Attributes:
        source: a link, or the whole path of a file; empty while nothing is open.
        title: of the source, as far as it is known.
        cuts: in the order in which they are exported.
        prompt: what stands in the box where moments are looked for.
        playhead: seconds of the source.
        view: what of the source is in sight on the timeline; ``None`` for all of it.
        output: the look of the clips; ``None`` for what was chosen last.
        captions: a file with what is said, which the person chose.
        shorts: what its shorts are to be; ``None`` for what was chosen last.
        unknown: the fields of other versions, as JSON objects by the id of the cut that they stood in, under an empty
            id those of the project itself; they are kept and mean nothing.
    """

    source: str = ""
    title: str = ""
    cuts: tuple[Cut, ...] = ()
    prompt: str = ""
    playhead: Fraction = Fraction(0)
    view: TimeRange | None = None
    output: OutputSpec | None = None
    captions: Path | None = None
    shorts: ShortsWish | None = None
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nobody would miss it."""
        return not (self.source or self.cuts or self.prompt.strip())
