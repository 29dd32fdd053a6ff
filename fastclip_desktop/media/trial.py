"""A few pictures there and back, timed: how fast this machine encodes and decodes."""

from __future__ import annotations

import time
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from fastclip_desktop.domain.errors import ErrorCode, InternalError
from fastclip_desktop.domain.machine import TRIAL_SIZE, Device, MediaTrial
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.container import new_file, open_media
from fastclip_desktop.media.encoders import choose_h264_encoder, device_of

_PICTURES = 60
_RATE = 30

_SOUND_RATE = 16_000
_SOUND_SECONDS = 6
_SOFT = 600
"""The highest sample of the noise, of 32767."""


def try_media(folder: Path, reporter: Reporter) -> MediaTrial:
    """Encode pictures with the encoder that clips are made with, and read them again.

    Raises:
        InternalError: other pictures came back than went in, or none.
        Cancelled: if the reporter says so.
    """
    path = folder / "trial.mp4"
    encoder = choose_h264_encoder(*TRIAL_SIZE)
    reporter.cancel.check()
    pictures = _pictures(encoder.pixel_format)
    reporter.report(0.2)
    began = time.perf_counter()
    with new_file(path, "mp4") as container:
        stream = container.add_stream(encoder.name, rate=_RATE, options=encoder.options)
        if not isinstance(stream, av.VideoStream):
            raise TypeError(f"{encoder.name} makes no pictures")
        stream.width, stream.height = TRIAL_SIZE
        stream.pix_fmt = encoder.pixel_format
        stream.codec_context.thread_type = "AUTO"
        for count, picture in enumerate(pictures):
            reporter.cancel.check()
            picture.pts, picture.time_base = count, Fraction(1, _RATE)
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    encoded = _PICTURES / (time.perf_counter() - began)
    reporter.report(0.6)
    began = time.perf_counter()
    with open_media(path) as container:
        video = container.streams.video[0]
        video.thread_type = "AUTO"
        count = sum(1 for _ in container.decode(video))
    decoded = _PICTURES / (time.perf_counter() - began)
    if count != _PICTURES:
        raise InternalError(
            ErrorCode.INTERNAL,
            f"Of {_PICTURES} pictures that {encoder.name} encoded, {count} came back.",
            "Update the driver of the graphics card.",
        )
    reporter.report(1.0)
    device = Device.PROCESSOR if device_of(encoder.name) == "CPU" else Device.GRAPHICS
    return MediaTrial(encoder.name, device, encoded, decoded, _sound(folder), path)


def _pictures(pixel_format: str) -> list[av.VideoFrame]:
    """A slope of light that moves, under a grain that an encoder has to work for."""
    width, height = TRIAL_SIZE
    slope = np.add.outer(np.arange(height), np.arange(width))
    grain = np.random.default_rng(0).integers(0, 24, (height, width), dtype=np.int64)
    made = []
    for count in range(_PICTURES):
        light = ((slope + 8 * count + np.roll(grain, 3 * count, axis=1)) % 256).astype(np.uint8)
        frame = av.VideoFrame.from_ndarray(np.repeat(light[:, :, None], 3, axis=2), format="rgb24")
        made.append(frame.reformat(format=pixel_format))
    return made


def _sound(folder: Path) -> Path:
    path = folder / "trial.wav"
    noise = np.random.default_rng(0).integers(-_SOFT, _SOFT, _SOUND_RATE * _SOUND_SECONDS, dtype=np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_SOUND_RATE)
        file.writeframes(noise.tobytes())
    return path
