"""Which encoder makes a clip's picture, and how it is set."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field

from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.hardware import H264_ENCODERS, try_encoder

SOFTWARE = "libx264"

_LARGEST_HARDWARE_SIDE = 4096
"""Pixels; what every H.264 encoder in hardware takes. Software goes on to 16,384."""

_SMALLEST_HARDWARE_SIDE = 160


@dataclass(frozen=True, slots=True)
class VideoEncoder:
    """An encoder and its settings.

    Attributes:
        name: FFmpeg's.
        pixel_format: what it is fed with, FFmpeg's name.
        options: its private options.
    """

    name: str
    pixel_format: str
    options: dict[str, str] = field(default_factory=dict)


# Qualities are set to look like x264's crf 20; no B frames on hardware, which gain little there and cost latency.
_SETTINGS = {
    "h264_nvenc": VideoEncoder("h264_nvenc", "nv12", {"preset": "p5", "rc": "vbr", "cq": "22", "b": "0", "bf": "0"}),
    "h264_qsv": VideoEncoder("h264_qsv", "nv12", {"preset": "medium", "global_quality": "22", "bf": "0"}),
    "h264_amf": VideoEncoder("h264_amf", "nv12", {"rc": "cqp", "qp_i": "20", "qp_p": "22", "bf": "0"}),
    "h264_videotoolbox": VideoEncoder("h264_videotoolbox", "nv12", {"q": "65", "bf": "0"}),
    SOFTWARE: VideoEncoder(SOFTWARE, "yuv420p", {"preset": "veryfast", "crf": "20"}),
}


VP9 = VideoEncoder(
    "libvpx-vp9",
    "yuv420p",
    {"deadline": "good", "cpu-used": "5", "crf": "31", "b": "0", "row-mt": "1", "tile-columns": "2"},
)
"""For WebM; AV1 would be smaller, but what plays WebM and no AV1 is still about."""


_BUFFER_SECONDS = 2.0
_BUFFER_SHARE = 0.1


def within_rate(form: OutputFormat, rate: int, seconds: float) -> VideoEncoder:
    """An encoder that is as good as without a limit where it can be, and spends no more than a rate where it can't.

    Always in software: what chips make of a rate differs by a quarter between vendors.

    Args:
        form: the clip's format.
        rate: bits a second on average, at most.
        seconds: how long the clip is; a buffer that is full at its start may be spent besides.
    """
    buffer = min(_BUFFER_SECONDS, seconds * _BUFFER_SHARE)
    most = max(1, int(rate * seconds / (seconds + buffer)))
    held = {"maxrate": str(most), "bufsize": str(max(1, int(most * buffer)))}
    if form is OutputFormat.WEBM:
        return dataclasses.replace(VP9, options=VP9.options | held | {"b": str(most)})
    return VideoEncoder(SOFTWARE, "yuv420p", {"preset": "fast", "crf": "20"} | held)


_DEVICES = {
    "h264_nvenc": "NVENC",
    "h264_qsv": "Quick Sync",
    "h264_amf": "AMF",
    "h264_videotoolbox": "VideoToolbox",
}


def device_of(encoder: str) -> str:
    """What runs an encoder: the vendor's name for the chip, or ``CPU``.

    Args:
        encoder: FFmpeg's name.
    """
    return _DEVICES.get(encoder, "CPU")


def choose_h264_encoder(width: int, height: int) -> VideoEncoder:
    """The fastest H.264 encoder that works here and takes pictures of this size."""
    sides = (width, height)
    if min(sides) < _SMALLEST_HARDWARE_SIDE or max(sides) > _LARGEST_HARDWARE_SIDE:
        return _SETTINGS[SOFTWARE]
    return _SETTINGS[_fastest()]


@functools.cache
def _fastest() -> str:
    return next((name for name in H264_ENCODERS if try_encoder(name).works), SOFTWARE)
