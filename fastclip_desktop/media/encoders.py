"""Which encoder makes a clip's picture, and how it is set."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass, field

from fastclip_desktop.domain.device_choices import AUTO, CHIPS, PROCESSOR
from fastclip_desktop.domain.timeline import OutputFormat
from fastclip_desktop.domain.work import Work
from fastclip_desktop.hardware import standing
from fastclip_desktop.hardware.candidates import H264_ENCODERS

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
        notes: what a person should know of why it is this one.
    """

    name: str
    pixel_format: str
    options: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def is_hardware(self) -> bool:
        """Whether a chip other than the processor runs it."""
        return self.name in _DEVICES


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
    """The fastest H.264 encoder that works here and takes pictures of this size, unless another one is wished for.

    One that gave up since the start is not taken again. Where a wish cannot be granted, or the encoder that began gave
    up, it is software's, with a note.
    """
    rules = standing.rules()
    wish = rules.wish(Work.ENCODE)
    notes = []
    if rules.fallen is not None and rules.fallen.device in _DEVICES:
        chip, reason = device_of(rules.fallen.device), rules.fallen.reason
        notes.append(f"{chip} gave up in the middle ({reason}), so the processor encodes instead.")
    sides = (width, height)
    if notes or wish == PROCESSOR or min(sides) < _SMALLEST_HARDWARE_SIDE or max(sides) > _LARGEST_HARDWARE_SIDE:
        name = SOFTWARE
    else:
        asked = (CHIPS[wish],) if wish in CHIPS else H264_ENCODERS
        name = next((each for each in asked if each in _DEVICES and _is_usable(each)), SOFTWARE)
        if name == SOFTWARE and wish != AUTO:
            notes.append(_why_not(wish))
    standing.use("" if name == SOFTWARE else name)
    return dataclasses.replace(_SETTINGS[name], notes=tuple(notes))


def _why_not(wish: str) -> str:
    encoder = CHIPS.get(wish)
    if encoder is None:
        return "No chip here encodes H.264, so the processor does it."
    failure = standing.failure_of(encoder)
    reason = f"gave up earlier ({failure.reason})" if failure else f"does not work here ({_trial(encoder)})"
    return f"{device_of(encoder)} {reason}, so the processor encodes instead."


def _is_usable(name: str) -> bool:
    if standing.failure_of(name) is not None:
        return False
    standing.use(name)  # a driver may take the process along when it is tried
    return not _trial(name)


@functools.cache
def _trial(name: str) -> str:
    """Why an encoder does not work here; empty for one that does."""
    from fastclip_desktop.hardware.encoders import try_encoder  # where nobody wants a chip, none is looked for

    trial = try_encoder(name)
    if trial.works:
        return ""
    reason = trial.detail.rstrip(".")
    return reason[:1].lower() + reason[1:] if reason[1:2].islower() else reason
