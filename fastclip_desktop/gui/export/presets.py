"""Forms of clips that have a name: what people make clips for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec


class Purpose(StrEnum):
    """What clips are made for."""

    SOURCE = "source"
    FULL_HD = "1080p"
    HD = "720p"
    SHORTS = "shorts"
    DISCORD = "discord"
    MAIL = "mail"
    GIF = "gif"
    MP3 = "mp3"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Preset:
    """A form with a name.

    Attributes:
        purpose: its name.
        output: the form.
        longest: seconds that a clip should last at most; ``None`` for as long as one likes.
    """

    purpose: Purpose
    output: OutputSpec
    longest: Fraction | None = None


PRESETS = (
    Preset(Purpose.SOURCE, OutputSpec()),
    Preset(Purpose.FULL_HD, OutputSpec(max_height=1080)),
    Preset(Purpose.HD, OutputSpec(max_height=720)),
    # Encoded in full, so that a site finds H.264 and AAC whatever the source held.
    Preset(Purpose.SHORTS, OutputSpec(max_height=1080, compatible=True), longest=Fraction(60)),
    Preset(Purpose.DISCORD, OutputSpec(max_bytes=10_000_000)),
    Preset(Purpose.MAIL, OutputSpec(max_bytes=20_000_000)),
    Preset(Purpose.GIF, OutputSpec(OutputFormat.GIF)),
    Preset(Purpose.MP3, OutputSpec(OutputFormat.MP3)),
)


def preset_of(output: OutputSpec) -> Preset:
    """The preset that gives a form, whatever tracks are chosen; one's own where there is none."""
    plain = replace(output, sound_tracks=None, subtitles=True)
    return next((preset for preset in PRESETS if preset.output == plain), Preset(Purpose.OWN, output))
