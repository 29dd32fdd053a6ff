"""What this machine can encode, found by trying.

An encoder counts only when it has turned one small picture into a packet here: drivers, cards and libraries disagree
in more ways than any list of names foresees.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction

import av
import av.error

H264_ENCODERS = ("h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox", "libx264")
"""Fastest first; the last one needs no hardware and is in every PyAV wheel."""

_TRIAL_SIZE = 256
"""Pixels; NVENC refuses pictures below 145 × 49, so a smaller trial would say no where the answer is yes."""


@dataclass(frozen=True, slots=True)
class EncoderTrial:
    """Whether an encoder works, and FFmpeg's reason if not."""

    name: str
    works: bool
    detail: str


def try_encoders() -> tuple[EncoderTrial, ...]:
    """Try every H.264 encoder that this build of FFmpeg may have."""
    return tuple(try_encoder(name) for name in H264_ENCODERS)


@functools.cache
def try_encoder(name: str) -> EncoderTrial:
    """Encode one picture; remembered for the life of the process."""
    if name not in av.codecs_available:
        return EncoderTrial(name, works=False, detail="not built into this FFmpeg")
    try:
        encoder = av.CodecContext.create(name, "w")
        if not isinstance(encoder, av.VideoCodecContext):
            return EncoderTrial(name, works=False, detail="makes no pictures")
        encoder.width = encoder.height = _TRIAL_SIZE
        encoder.pix_fmt = "nv12"
        encoder.time_base = Fraction(1, 25)
        picture = av.VideoFrame(_TRIAL_SIZE, _TRIAL_SIZE, "nv12")
        picture.pts = 0
        packets = [*encoder.encode(picture), *encoder.encode(None)]
    except (av.error.FFmpegError, ValueError, RuntimeError) as error:
        return EncoderTrial(name, works=False, detail=f"{error}; software encoding is used instead")
    if not packets:
        return EncoderTrial(name, works=False, detail="gave no packet; software encoding is used instead")
    return EncoderTrial(name, works=True, detail="encoded a trial picture")
