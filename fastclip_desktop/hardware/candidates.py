"""What is tried, in the order in which people read of it."""

from __future__ import annotations

from fastclip_desktop.domain.device_trial import Candidate, Part

H264_ENCODERS = ("h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox", "libx264")
"""Those that clips are made with, fastest first; the last one needs no hardware and is in every PyAV wheel."""

_ENCODERS = (
    *H264_ENCODERS,
    *("hevc_nvenc", "hevc_qsv", "hevc_amf", "hevc_videotoolbox", "libx265"),
    *("libsvtav1", "libvpx-vp9"),
)

CODECS = {"h264": "libx264", "hevc": "libx265", "av1": "libsvtav1", "vp9": "libvpx-vp9"}
"""Codecs that sources have, and which encoder makes the little stream that a decoder of it is tried with."""

HARDWARE_DECODING = ("cuda", "qsv", "vaapi", "d3d11va", "videotoolbox")
"""FFmpeg's names of what decodes on a chip."""

_MODELS = ("ctranslate2 cpu", "ctranslate2 cuda", "llama.cpp cpu", "llama.cpp gpu", "litert cpu", "onnx cpu")


def candidates() -> tuple[Candidate, ...]:
    """All of them."""
    decoders = [f"{codec} {device}" for device in ("software", *HARDWARE_DECODING) for codec in CODECS]
    return (
        *(Candidate(Part.DECODER, name) for name in decoders),
        *(Candidate(Part.ENCODER, name) for name in _ENCODERS),
        *(Candidate(Part.MODEL, name) for name in _MODELS),
    )
