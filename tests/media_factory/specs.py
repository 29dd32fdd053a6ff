"""What a made file holds, as values."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class VideoSpec:
    """One picture track of numbered frames.

    Attributes:
        codec: FFmpeg's encoder: libx264, libx265, libvpx-vp9, libsvtav1, mpeg2video, mpeg4, ffv1, mjpeg, …
        frames: how many.
        size: coded width and height in pixels; at least 64×48.
        rate: frames a second; also the encoder's nominal rate where ``pts`` is given.
        gop: frames from one key frame to the next.
        open_gop: let pictures before a key frame lean on the group before it (libx264, libx265, mpeg2video).
        bframes: most consecutive B frames, where the codec has them.
        pixel_format: FFmpeg's name.
        pts: presentation time of each frame in seconds, rising, for a variable frame rate; replaces ``frames``.
        last_duration: seconds that the last frame is shown; one frame's time where ``None``.
        start: shifts every time stamp, in seconds; may be negative or late. Rounded to the container's time base.
        rotation: degrees clockwise that the display matrix asks for.
        sample_aspect_ratio: width of a sample over its height.
        interlaced: code as fields, top first, and say so in the stream (libx264, mpeg2video).
        first_number: the number in the first frame; counts up by one, below 65536.
        color: FFmpeg's numbers for range, primaries, transfer and matrix; (1, 9, 16, 9) is HDR10's.
        options: more encoder options; parameters in ``x264-params`` and its like are added to those made here.
    """

    codec: str = "libx264"
    frames: int = 90
    size: tuple[int, int] = (320, 180)
    rate: Fraction = Fraction(30)
    gop: int = 30
    open_gop: bool = False
    bframes: int = 2
    pixel_format: str = "yuv420p"
    pts: tuple[Fraction, ...] | None = None
    last_duration: Fraction | None = None
    start: Fraction = Fraction(0)
    rotation: int = 0
    sample_aspect_ratio: Fraction = Fraction(1)
    interlaced: bool = False
    first_number: int = 0
    color: tuple[int, int, int, int] | None = None
    options: dict[str, str] = field(default_factory=dict)

    @property
    def times(self) -> tuple[Fraction, ...]:
        """Presentation time of each frame in seconds before ``start`` is added."""
        return self.pts if self.pts is not None else tuple(n / self.rate for n in range(self.frames))

    @property
    def durations(self) -> tuple[Fraction, ...]:
        """Seconds that each frame is shown."""
        times = self.times
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        return (*gaps, self.last_duration or 1 / self.rate)

    @property
    def duration(self) -> Fraction:
        """Seconds from time zero to the end of the last frame."""
        return self.times[-1] + self.durations[-1]


@dataclass(frozen=True, slots=True)
class AudioSpec:
    """One sound track of noise that never repeats.

    Attributes:
        codec: FFmpeg's encoder: aac, libmp3lame, libopus, flac, pcm_s16le, ac3, …
        sample_rate: samples a second.
        channels: 1 or 2; the second is a quieter copy of the first.
        start: shifts every time stamp, in seconds; may be negative or late.
        duration: seconds of sound; that of the picture where ``None``.
        voice: tracks with another number are another noise.
        language: an ISO 639-2 tag, or empty.
        bit_rate: bits a second, where the codec takes one.
    """

    codec: str = "aac"
    sample_rate: int = 48000
    channels: int = 2
    start: Fraction = Fraction(0)
    duration: Fraction | None = None
    voice: int = 0
    language: str = ""
    bit_rate: int = 128_000


@dataclass(frozen=True, slots=True)
class SubtitleSpec:
    """One text track.

    Attributes:
        codec: subrip or webvtt (mkv), webvtt (webm), mov_text (mp4, mov).
        cues: start and end in seconds, and the text.
        language: an ISO 639-2 tag, or empty.
    """

    codec: str
    cues: tuple[tuple[Fraction, Fraction, str], ...]
    language: str = "eng"
