"""Forms of clips, in words."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from fastclip_desktop.domain.timeline import COMPATIBLE, PASSTHROUGH, OutputFormat, OutputSpec
from fastclip_desktop.gui.export.presets import Purpose, preset_of

_MEGABYTE = 1_000_000
_RATHER_LONG, _LONG = 20.0, 90.0
"""Seconds from which on nobody counts each, and from which on minutes are counted."""


class OutputWords(QObject):
    """Says what forms, qualities and purposes are."""

    def button(self, output: OutputSpec) -> str:
        """A form in a few words, such as ``MP4 · 1080p · ≤ 10 MB``."""
        parts = [self.purpose(preset_of(output).purpose)] if self._has_name(output) else [output.format.upper()]
        if output.format.has_picture and not self._has_name(output):
            if output.passthrough:
                parts.append(self.tr("copied"))
            elif output.max_height is not None:
                parts.append(self.tr("{0}p").format(output.max_height))
            else:
                parts.append(self.tr("as the source"))
        if output.max_bytes is not None:
            parts.append(self.tr("≤ {0}").format(self.size(output.max_bytes)))
        return " · ".join(parts)

    def size(self, size: int) -> str:
        """Bytes for a person, in thousands, as mail and chat services count."""
        digits = 0 if size < _MEGABYTE or size % _MEGABYTE == 0 or size >= 100 * _MEGABYTE else 1
        return QLocale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)

    def purpose(self, purpose: Purpose) -> str:
        """What clips are made for."""
        return {
            Purpose.SOURCE: self.tr("As the source"),
            Purpose.FULL_HD: self.tr("1080p"),
            Purpose.HD: self.tr("720p"),
            Purpose.SHORTS: self.tr("Shorts, Reels, TikTok"),
            Purpose.DISCORD: self.tr("Discord"),
            Purpose.MAIL: self.tr("Email"),
            Purpose.GIF: self.tr("GIF"),
            Purpose.MP3: self.tr("MP3"),
            Purpose.OWN: self.tr("My own choice"),
        }[purpose]

    def about_purpose(self, purpose: Purpose) -> str:
        """What a preset does; empty where its name says it."""
        return {
            Purpose.SHORTS: self.tr(
                "1080p that every site takes. The picture keeps its shape: it is not made upright."
            ),
            Purpose.DISCORD: self.tr("Copied where that fits into 10 MB, else encoded until it does."),
            Purpose.MAIL: self.tr("Copied where that fits into 20 MB, else encoded until it does."),
        }.get(purpose, "")

    def format(self, form: OutputFormat) -> str:
        """A container and what it is good for."""
        return {
            OutputFormat.MP4: self.tr("MP4 – plays everywhere"),
            OutputFormat.WEBM: self.tr("WebM – for web pages"),
            OutputFormat.GIF: self.tr("GIF – moves, without sound"),
            OutputFormat.MP3: self.tr("MP3 – sound, plays everywhere"),
            OutputFormat.M4A: self.tr("M4A – sound, copied if possible"),
            OutputFormat.WAV: self.tr("WAV – sound, nothing left out"),
            OutputFormat.FLAC: self.tr("FLAC – as WAV, half the size"),
        }[form]

    def quality(self, quality: str) -> str:
        """The name of a quality."""
        named = {
            "source": self.tr("As the source"),
            PASSTHROUGH: self.tr("Copy without encoding"),
            COMPATIBLE: self.tr("Encode everything"),
        }
        return named.get(quality) or self.tr("Up to {0}").format(quality)

    def about_quality(self, output: OutputSpec) -> str:
        """What is encoded, and where a clip's edges come to lie."""
        if output.format is OutputFormat.GIF:
            return self.tr("At most 480 pixels wide, 15 pictures a second.")
        if output.passthrough:
            return self.tr("Fastest, not a bit is changed. Edges move to key frames, often some seconds away.")
        exact = self.tr("Only the pictures next to the edges are encoded, all others are copied.")
        if output.format is OutputFormat.WEBM:
            exact = self.tr("Everything is encoded, which takes a while.")
        elif output.compatible:
            exact = self.tr("Everything is encoded, for players that stumble over copied parts.")
        elif output.max_bytes is not None:
            exact = self.tr("What is too large is encoded with fewer bits, then with fewer pixels.")
        elif output.max_height is not None:
            exact = self.tr("Larger pictures are made smaller, others are copied.")
        return self.tr("Exact edges. {0}").format(exact)

    def estimate(self, seconds: float, size: int, *, is_limited: bool) -> str:
        """What clips will come to: about how long it takes, and about how much, or how much at most."""
        sized = self.tr("at most {0}") if is_limited else self.tr("about {0}")
        return self.tr("{0} · {1}").format(self._time(seconds), sized.format(self.size(_rounded(size))))

    def _time(self, seconds: float) -> str:
        if seconds < _LONG:
            return self.tr(
                "about %n seconds", "", max(1, round(seconds) if seconds < _RATHER_LONG else 5 * round(seconds / 5))
            )
        return self.tr("about %n minutes", "", round(seconds / 60))

    def _has_name(self, output: OutputSpec) -> bool:
        return preset_of(output).purpose in (Purpose.SHORTS, Purpose.DISCORD, Purpose.MAIL)


def _rounded(size: int) -> int:
    """Two digits of a size: more would claim too much."""
    unit = int(10 ** max(0, len(str(size)) - 2))
    return round(size / unit) * unit
