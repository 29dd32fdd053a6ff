"""What to render: the inspectable value between deciding and doing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.timecode import TimeRange


class OutputFormat(StrEnum):
    """The containers a clip can come in."""

    MP4 = "mp4"
    WEBM = "webm"
    MP3 = "mp3"
    M4A = "m4a"
    WAV = "wav"
    FLAC = "flac"
    GIF = "gif"

    @property
    def has_picture(self) -> bool:
        """Whether a clip of this format shows anything."""
        return self in (OutputFormat.MP4, OutputFormat.WEBM, OutputFormat.GIF)

    @property
    def has_sound(self) -> bool:
        """Whether a clip of this format can be heard."""
        return self is not OutputFormat.GIF

    @classmethod
    def parse(cls, text: str) -> OutputFormat:
        """Read a format name.

        Raises:
            UsageError: ``bad_format``.
        """
        try:
            return cls(text.strip().lower().removeprefix("."))
        except ValueError:
            known = ", ".join(cls)
            raise UsageError(
                ErrorCode.BAD_FORMAT, f"{text[:40]!r} is not a clip format.", f"Choose one of: {known}."
            ) from None


QUALITY_HEIGHTS: dict[str, int | None] = {
    "source": None,
    "2160p": 2160,
    "1440p": 1440,
    "1080p": 1080,
    "high": 1080,
    "720p": 720,
    "medium": 720,
    "480p": 480,
    "360p": 360,
}
"""The greatest height in display pixels that each quality allows; ``None`` keeps the source's."""


PASSTHROUGH = "passthrough"
"""The quality that encodes nothing at all: a clip's edges lie where that is possible."""

COMPATIBLE = "compatible"
"""The quality that encodes everything, at the source's size, for players that stumble where coding changes."""

QUALITIES = (*QUALITY_HEIGHTS, PASSTHROUGH, COMPATIBLE)


def parse_quality(text: str) -> int | None:
    """The greatest height for a quality name.

    Raises:
        UsageError: ``bad_quality``.
    """
    try:
        return QUALITY_HEIGHTS[text.strip().lower()]
    except KeyError:
        known = ", ".join(QUALITIES)
        raise UsageError(
            ErrorCode.BAD_QUALITY, f"{text[:40]!r} is not a quality.", f"Choose one of: {known}."
        ) from None


LEAST_BYTES = 10_000
"""The least limit of a file's size that can be asked for."""

_UNITS = {"": 1, "b": 1, "k": 10**3, "kb": 10**3, "m": 10**6, "mb": 10**6, "g": 10**9, "gb": 10**9}
_UNITS |= {"kib": 2**10, "mib": 2**20, "gib": 2**30}


def parse_size(text: str) -> int:
    """Read the bytes of a size as people write it: ``10MB``, ``1.5 GB``, ``800k``, ``8 MiB``.

    Raises:
        UsageError: ``bad_usage`` for anything else, and for less than :data:`LEAST_BYTES`.
    """
    found = re.fullmatch(r"([0-9]{1,12})(?:[.,]([0-9]{1,6}))?\s*([a-z]{0,3})", text.strip().lower())
    if found is None or found[3] not in _UNITS:
        raise UsageError(ErrorCode.BAD_USAGE, f"{text[:40]!r} is no size of a file.", "Write it like 10MB or 800kB.")
    size = int(Fraction(f"{found[1]}.{found[2] or 0}") * _UNITS[found[3]])
    if size < LEAST_BYTES:
        raise UsageError(
            ErrorCode.BAD_USAGE, f"No clip fits into {text.strip()}.", f"Allow at least {LEAST_BYTES // 1000} kB."
        )
    return size


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """The look of the file: its format and the greatest short side, never upscaled.

    Attributes:
        format: the container.
        max_height: for a picture lying or square its height, for a standing one its width, in pixels; ``None`` keeps
            the source's size.
        passthrough: nothing may be encoded, even if the edges then lie elsewhere than asked.
        compatible: everything is encoded anew, even what could be passed on.
        max_bytes: the file is no larger than this, however small its picture gets; ``None`` for any size.
        sound_tracks: which of the source's sound tracks, the first is 0, in the order of the source; ``None`` for all.
        subtitles: the source's text tracks come along where the format holds them.
    """

    format: OutputFormat = OutputFormat.MP4
    max_height: int | None = None
    passthrough: bool = False
    compatible: bool = False
    max_bytes: int | None = None
    sound_tracks: tuple[int, ...] | None = None
    subtitles: bool = True

    def takes_sound(self, number: int) -> bool:
        """Whether a sound track of the source, the first is 0, belongs into the clip."""
        return self.sound_tracks is None or number in self.sound_tracks

    @property
    def quality(self) -> str:
        """The name of the quality that gives this look."""
        if self.passthrough:
            return PASSTHROUGH
        if self.compatible:
            return COMPATIBLE
        return "source" if self.max_height is None else f"{self.max_height}p"

    @classmethod
    def of(cls, form: OutputFormat, quality: str) -> OutputSpec:
        """The look that a quality's name means; ``passthrough`` and ``compatible`` are two of them.

        Raises:
            UsageError: ``bad_quality``.
        """
        if quality.strip().lower() == PASSTHROUGH:
            return cls(form, passthrough=True)
        if quality.strip().lower() == COMPATIBLE:
            return cls(form, compatible=True)
        return cls(form, parse_quality(quality))


@dataclass(frozen=True, slots=True)
class Timeline:
    """One clip to be made: a span of the source and the look of the file."""

    span: TimeRange
    output: OutputSpec
