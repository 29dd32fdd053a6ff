"""A few pictures that are made on the spot, and how they come back."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from fastclip_desktop.hardware.codecs import RATE, SIZE

COUNT = 8

Planes = NDArray[np.uint8]


def pictures(pixel_format: str) -> list[av.VideoFrame]:
    """A slope of light that moves over a little colour."""
    slope = np.add.outer(np.arange(SIZE), np.arange(SIZE))
    made = []
    for number in range(COUNT):
        light = ((slope + 8 * number) % 256).astype(np.uint8)
        colour = np.stack([light, 255 - light, np.full_like(light, 40 + 20 * number)], axis=2)
        frame = av.VideoFrame.from_ndarray(colour, format="rgb24").reformat(format=pixel_format)
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        made.append(frame)
    return made


def decoded(decoder: av.VideoCodecContext, coded: list[Packet[VideoStream]]) -> list[Planes]:
    """The pictures that come out of it, light and colour apart, in memory."""
    frames = [frame for packet in (*coded, None) for frame in decoder.decode(packet)]
    return [planes(frame) for frame in frames]


def planes(frame: av.VideoFrame) -> Planes:
    """Light and colour of a picture, whichever way its format lays them."""
    return np.asarray(frame.reformat(format="yuv420p").to_ndarray(), dtype=np.uint8)


def distance(wanted: list[av.VideoFrame], back: list[Planes]) -> float:
    """Steps of 256 by which the picture that is least like its own differs from it on average."""
    pairs = zip(map(planes, wanted), back, strict=True)
    return max(float(np.abs(one.astype(np.int16) - other).mean()) for one, other in pairs)
