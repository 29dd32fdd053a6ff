"""Decodes a file with every error detection that FFmpeg has, and takes each word of complaint for a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import av.error
import av.logging
import numpy as np

from tests.media_factory import UnreadableFrameError, read_number

_DETECTION = {"err_detect": "+crccheck+bitstream+buffer+explode"}


@dataclass(slots=True)
class StrictRead:
    """What came out.

    Attributes:
        numbers: of the frames, in order; -1 where one cannot be read.
        times: of the frames, in seconds.
        tick: seconds a unit of the picture's time stamps.
        faults: what was complained of.
    """

    numbers: list[int] = field(default_factory=list)
    times: list[Fraction] = field(default_factory=list)
    tick: Fraction = Fraction(0)
    faults: list[str] = field(default_factory=list)


def read_strictly(path: Path, turned: int = 0) -> StrictRead:
    """Decode picture and sound of a numbered file.

    Args:
        path: the file.
        turned: degrees clockwise by which the pixels stand turned.
    """
    read = StrictRead()
    with _complaints(read.faults), av.open(str(path), options=_DETECTION) as container:
        if not container.streams.video:
            read.faults.append("has no picture")
            return read
        picture = container.streams.video[0]
        for stream in (picture, *container.streams.audio):
            stream.codec_context.options = _DETECTION
        read.tick = Fraction(picture.time_base or 0)
        try:
            for packet in container.demux((picture, *container.streams.audio)):
                if packet.is_corrupt:
                    read.faults.append("a packet is corrupt")
                for frame in packet.decode():
                    if isinstance(frame, av.VideoFrame):
                        read.numbers.append(_number(frame, turned))
                        read.times.append((frame.pts or 0) * read.tick)
        except av.error.FFmpegError as error:
            read.faults.append(f"decoding stopped: {error}")
    return read


def _number(frame: av.VideoFrame, turned: int) -> int:
    try:
        return read_number(frame.to_ndarray(format="gray").astype(np.uint8), turned)
    except UnreadableFrameError:
        return -1


@contextmanager
def _complaints(into: list[str]) -> Iterator[None]:
    """Collect what FFmpeg logs as an error."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.ERROR)
    try:
        with av.logging.Capture(local=False) as lines:
            yield
        into.extend(f"{source}: {text.strip()}" for _, source, text in lines)
    finally:
        av.logging.set_level(level)
