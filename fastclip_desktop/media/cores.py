"""How FFmpeg's decoders are spread over the cores of this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext

_MOST_THREADS = 16
"""FFmpeg's own limit; each thread holds a picture."""

_ENOUGH = 3
"""Threads that decode faster than one thread makes small pictures of what they give."""


def decode_on_one_core(context: VideoCodecContext) -> None:
    """Let a decoder that is not open yet keep to one core: nobody waits for what it gives."""
    context.thread_type = "AUTO"
    context.thread_count = 1


def decode_on_enough_cores(context: VideoCodecContext) -> None:
    """Let a decoder that is not open yet keep up with one thread that copies its pictures, and hold few of them."""
    context.thread_type = "AUTO"
    context.thread_count = min(_ENOUGH, os.cpu_count() or 1)


def decode_on_all_cores(context: VideoCodecContext) -> None:
    """Let a decoder that is not open yet work on several pictures at a time, one for each core.

    PyAV's own choice is threads within a picture, which most encoders don't provide for; FFmpeg's is one thread more
    than cores, which took a fifth longer for a group of 250 pictures on two cores.
    """
    context.thread_type = "AUTO"
    context.thread_count = min(_MOST_THREADS, os.cpu_count() or 1)
