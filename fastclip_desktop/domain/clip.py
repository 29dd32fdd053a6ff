"""Finished clips and the receipt of how each was made."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import SystemRandom

from fastclip_desktop.domain.montage import PlacedPart
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputFormat

_ID_ALPHABET = string.ascii_lowercase + string.digits


def new_id() -> str:
    """Sixteen characters of ``[a-z0-9]`` from the system's cryptographic source, for jobs and clips."""
    return "".join(SystemRandom().choices(_ID_ALPHABET, k=16))


@dataclass(frozen=True, slots=True)
class StageTime:
    """How many seconds one stage of the way took."""

    stage: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done to make a clip.

    Attributes:
        method: ``reencoded``: every frame and sample was decoded and encoded again; ``smart``: only the pictures of
            ``encoded`` were; ``copied``: none was.
        video_encoder: FFmpeg's encoder name, empty without a picture.
        audio_encoder: FFmpeg's encoder name, empty without sound.
        frames: pictures in the clip.
        first_frame: presentation time of the first picture in seconds of the source.
        last_frame: presentation time of the last picture in seconds of the source.
        bytes_moved: bytes that came over the network for this clip's source.
        stages: seconds for each stage, in order.
        notes: sentences a person should read: a clamped range, a damaged source.
        passed: seconds of the source whose pictures are in the clip bit by bit.
        encoded: seconds of the source whose pictures were encoded anew although the rest was passed on.
        sound_offset: the greatest distance in seconds between a sound track's place in the clip and the source.
        bytes_read: bytes of coded picture and sound that were read from disk.
        loudness: of the first sound track as a whole, in LUFS (EBU R 128); ``None`` where there is none, or silence.
        device: what ran the picture's encoder: ``CPU``, or the vendor's name for the chip, such as ``NVENC``; empty
            where nothing was encoded.
        parts: of a joined clip, where each part came to lie; then ``passed``, ``encoded``, ``first_frame`` and
            ``last_frame`` are told for each part.
    """

    method: str
    video_encoder: str = ""
    audio_encoder: str = ""
    frames: int = 0
    first_frame: Fraction | None = None
    last_frame: Fraction | None = None
    bytes_moved: int = 0
    stages: tuple[StageTime, ...] = ()
    notes: tuple[str, ...] = ()
    passed: tuple[TimeRange, ...] = ()
    encoded: tuple[TimeRange, ...] = ()
    sound_offset: Fraction = Fraction(0)
    bytes_read: int = 0
    loudness: float | None = None
    device: str = ""
    parts: tuple[PlacedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """A file that the render stage wrote and checked, not yet published."""

    path: Path
    format: OutputFormat
    span: TimeRange
    duration: Fraction
    width: int
    height: int
    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Clip:
    """A published clip.

    Attributes:
        id: sixteen characters of ``[a-z0-9]``.
        path: where it lies.
        span: the seconds of the source that it holds.
        duration: its own length in seconds.
        width: display pixels, 0 without a picture.
        height: display pixels, 0 without a picture.
        file_size: bytes.
        sha256: of the file as it was published, in hexadecimal digits.
        name: what a person calls it; its file's name without the suffix until they choose another.
        quality: the name of the quality that was asked for.
        job: the id of the job that made it.
        key: the id of the key that the job's script showed; empty for a person's own.
        created: seconds since 1970.
        expires: likewise; ``None`` for a pinned clip, which never does.
    """

    path: Path
    span: TimeRange
    duration: Fraction
    format: OutputFormat
    width: int
    height: int
    file_size: int
    source_title: str
    receipt: Receipt
    id: str = field(default_factory=new_id)
    sha256: str = ""
    name: str = ""
    quality: str = ""
    job: str = ""
    key: str = ""
    created: float = 0.0
    expires: float | None = None

    @property
    def pinned(self) -> bool:
        """Whether it is kept until a person deletes it."""
        return self.expires is None
