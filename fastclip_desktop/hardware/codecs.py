"""Encoders and decoders for a few small pictures, and what they say when they fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import av
import av.logging
from av.packet import Packet
from av.video.stream import VideoStream

SIZE = 256
"""Pixels a side; NVENC refuses pictures below 145 × 49, so smaller ones would say no where the answer is yes."""

RATE = 25
_ENCODER_OPTIONS = {
    "libx264": {"preset": "ultrafast"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libsvtav1": {"preset": "12"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
}


def open_encoder(name: str, pixel_format: str) -> av.VideoCodecContext:
    """An encoder of that name for such pictures.

    Raises:
        av.error.FFmpegError: it cannot be opened.
        TypeError: it makes no pictures.
    """
    encoder = av.CodecContext.create(name, "w")
    if not isinstance(encoder, av.VideoCodecContext):
        raise TypeError(f"{name} makes no pictures")
    encoder.width = encoder.height = SIZE
    encoder.pix_fmt = pixel_format
    encoder.time_base = Fraction(1, RATE)
    encoder.framerate = Fraction(RATE)
    encoder.options = _ENCODER_OPTIONS.get(name, {})
    encoder.open()
    _leave_real_time()
    return encoder


def _leave_real_time() -> None:
    """Compute no more urgently than other programs do, whatever SVT-AV1 puts those into who run as root."""
    if sys.platform == "linux" and os.sched_getscheduler(0) in (os.SCHED_FIFO, os.SCHED_RR):
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def open_decoder(codec: str) -> av.VideoCodecContext:
    """FFmpeg's software decoder of a codec.

    Raises:
        TypeError: it shows no pictures.
    """
    # FFmpeg's own one of AV1 only hands over to chips.
    decoder = av.CodecContext.create("libdav1d" if codec == "av1" else codec, "r")
    if not isinstance(decoder, av.VideoCodecContext):
        raise TypeError(f"{codec} shows no pictures")
    return decoder


def packets(encoder: av.VideoCodecContext, frames: list[av.VideoFrame]) -> list[Packet[VideoStream]]:
    """All that an encoder makes of them."""
    made: list[Packet[VideoStream]] = []
    for frame in (*frames, None):
        made.extend(encoder.encode(frame))
    return made


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what FFmpeg writes meanwhile."""
    said: list[str] = []
    level = av.logging.get_level()
    with av.logging.Capture(local=False) as log:  # drivers write on threads of theirs
        av.logging.set_level(av.logging.ERROR)
        try:
            yield said
        finally:
            av.logging.set_level(level)
            said.extend(text.strip() for _, _, text in log)
