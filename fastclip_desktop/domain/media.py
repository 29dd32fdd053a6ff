"""Facts about a source: its streams, the formats a site offers, and its captions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True, slots=True)
class VideoStream:
    """One picture track.

    Attributes:
        index: position in the container.
        codec: FFmpeg's codec name, such as ``h264``; ``unknown`` where there is no decoder.
        width: coded pixels, before the sample aspect ratio and rotation.
        height: coded pixels.
        pixel_format: FFmpeg's name, such as ``yuv420p10le``.
        time_base: seconds a PTS unit.
        frame_rate: average frames a second, ``None`` where unknown.
        start: first PTS in seconds on the container's clock, ``None`` where unknown.
        sample_aspect_ratio: width of a sample over its height; 1 is square.
        rotation: degrees clockwise that the display matrix asks for: 0, 90, 180 or 270.
        mirrored: the display matrix swaps left and right before it rotates.
        transfer: FFmpeg's ``color_trc`` number; 16 is PQ and 18 is HLG.
        still: an attached picture such as cover art rather than a moving track.
    """

    index: int
    codec: str
    width: int
    height: int
    pixel_format: str
    time_base: Fraction
    frame_rate: Fraction | None
    start: Fraction | None
    sample_aspect_ratio: Fraction = Fraction(1)
    rotation: int = 0
    transfer: int = 2
    still: bool = False
    mirrored: bool = False

    @property
    def display_size(self) -> tuple[int, int]:
        """Width and height in square pixels as a person sees them, after aspect ratio and rotation."""
        width, height = self.width, self.height
        if self.sample_aspect_ratio > 1:
            width = round(width * self.sample_aspect_ratio)
        elif self.sample_aspect_ratio < 1:
            height = round(height / self.sample_aspect_ratio)
        return (height, width) if self.rotation in (90, 270) else (width, height)

    @property
    def is_hdr(self) -> bool:
        """Whether the transfer function is PQ or HLG (ITU-T H.273, table 3)."""
        return self.transfer in (16, 18)


@dataclass(frozen=True, slots=True)
class AudioStream:
    """One sound track.

    ``start`` is its first PTS in seconds on the container's clock; ``codec`` is ``unknown`` without a decoder for it.
    """

    index: int
    codec: str
    sample_rate: int
    channels: int
    time_base: Fraction
    start: Fraction | None
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class SubtitleStream:
    """One text or picture subtitle track inside the container."""

    index: int
    codec: str
    language: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What a container holds.

    Attributes:
        container: FFmpeg's demuxer name.
        duration: seconds from the first presented instant to the last, as the container claims; 0 where it does not.
        origin: the first presented instant in seconds on the container's clock: zero for every request.
        truncated: the file is shorter than its own index says.
    """

    container: str
    duration: Fraction
    origin: Fraction
    video: tuple[VideoStream, ...] = ()
    audio: tuple[AudioStream, ...] = ()
    subtitles: tuple[SubtitleStream, ...] = ()
    truncated: bool = False

    @property
    def picture(self) -> VideoStream | None:
        """The first moving picture track; cover art never counts."""
        return next((stream for stream in self.video if not stream.still), None)

    @property
    def sound(self) -> AudioStream | None:
        """The first sound track of a known format, else the first at all."""
        return next((stream for stream in self.audio if stream.codec != "unknown"), next(iter(self.audio), None))


class CaptionKind(StrEnum):
    """Where captions come from, best first."""

    SIDECAR = "sidecar"
    EMBEDDED = "embedded"
    MANUAL = "manual"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """Captions of one language: a file beside the source, a track inside it, or a file behind a URL.

    Attributes:
        language: a BCP 47 tag, or empty where nobody says.
        kind: sidecar, embedded, manual or automatic.
        extension: the file format, ``srt``, ``vtt`` and so on, or the codec of a track.
        location: an absolute path for a sidecar, the number among the file's tracks for one of them, else a URL.
    """

    language: str
    kind: CaptionKind
    extension: str
    location: str


@dataclass(frozen=True, slots=True)
class RemoteFormat:
    """One download that a site offers; ``height`` is 0 for sound alone, codecs are empty where absent or unknown."""

    format_id: str
    extension: str
    height: int
    video_codec: str
    audio_codec: str
    file_size: int | None = None


@dataclass(frozen=True, slots=True)
class ListedMedia:
    """One entry of a playlist, a channel or a page with several videos.

    Attributes:
        title: may be empty.
        url: what to give as a source to get this one; empty where it has no link of its own.
        duration: seconds; ``None`` where the list doesn't say.
    """

    title: str
    url: str
    duration: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A resolved source: what it is called, how long it is, and where its streams and captions are.

    Attributes:
        source: what the person gave, unchanged.
        title: a human name; never empty.
        path: the local file; ``None`` while the source is remote.
        page_url: the address that the site resolver understands; empty for a local file.
        duration: seconds; ``None`` where unknown until the media is read.
        thumbnail: a picture's URL, or empty.
        info: stream facts; ``None`` while the source is remote and unread.
        formats: what a site offers; empty for a local file.
        captions: best first.
        preview: an address from which a browser plays picture and sound as they are; empty where there is none. It may
            be another one at every look-up and good for hours only, so it says nothing of what the source is.
    """

    source: str
    title: str
    path: Path | None
    page_url: str = ""
    duration: Fraction | None = None
    thumbnail: str = ""
    info: MediaInfo | None = None
    formats: tuple[RemoteFormat, ...] = ()
    captions: tuple[CaptionTrack, ...] = ()
    preview: str = field(default="", compare=False, repr=False)

    @property
    def max_height(self) -> int | None:
        """The tallest picture on offer in display pixels, ``None`` where there is none or nobody says."""
        if self.info is not None:
            return self.info.picture.display_size[1] if self.info.picture else None
        return max((form.height for form in self.formats), default=0) or None
