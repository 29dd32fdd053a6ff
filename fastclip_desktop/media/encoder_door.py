"""The door to encoders of pictures: what a chip does wrong comes out of it as one error, and the work is done again.

A driver may fail when the encoder is opened, at any picture, or when it is asked for the last ones: for want of memory
on the card, because too many encode at once, because the machine slept. Whatever it is, the clip is begun anew in
software, from its first picture on, so that no clip is made of two encoders' pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, cast

import av.error

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.hardware import standing
from fastclip_desktop.media.encoders import VideoEncoder

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

DoneT = TypeVar("DoneT")

Encode = Callable[["VideoFrame | None"], "list[Packet[Stream]]"]
"""Takes a picture, or ``None`` after the last one, and gives the packets that are ready."""

_FAULTS = (av.error.FFmpegError, MemoryError, OSError, RuntimeError, ValueError)


class EncoderGaveUpError(Exception):
    """A chip did not do its work; :func:`or_in_software` knows what to do."""

    def __init__(self, encoder: str, reason: str) -> None:
        super().__init__(f"{encoder}: {reason}")
        self.encoder = encoder
        self.reason = reason


def add_track(container: OutputContainer, encoder: VideoEncoder, rate: Fraction) -> VideoStream:
    """Add a track for an encoder's pictures to a file."""
    return _add(container, encoder, rate)


def begin(stream: VideoStream, encoder: VideoEncoder) -> None:
    """Open a chip, once its track is set up; software opens with the file.

    Raises:
        EncoderGaveUpError: it cannot be opened.
    """
    if encoder.is_hardware:
        _guarded(encoder, lambda: _open(stream))


def encoding(stream: VideoStream, encoder: VideoEncoder) -> Encode:
    """By which pictures go to the encoder; that of a chip raises :class:`EncoderGaveUpError`."""
    if not encoder.is_hardware:
        return cast("Encode", stream.encode)
    return lambda frame: _guarded(encoder, lambda: _encode(stream, frame))


def or_in_software(make: Callable[[], RenderedFile]) -> RenderedFile:
    """Make a clip, and once more in software if a chip gave up; then it says so.

    Args:
        make: asks for the encoder itself, so that it gets software the second time, with a note.
    """
    try:
        return make()
    except EncoderGaveUpError as error:
        failure = standing.give_up(error.encoder, error.reason)
    with standing.falling(failure):
        return make()


def _add(container: OutputContainer, encoder: VideoEncoder, rate: Fraction) -> VideoStream:
    return cast("VideoStream", container.add_stream(encoder.name, rate=rate, options=encoder.options))


def _open(stream: VideoStream) -> None:
    stream.codec_context.open()


def _encode(stream: VideoStream, frame: VideoFrame | None) -> list[Packet[Stream]]:
    return cast("list[Packet[Stream]]", stream.encode(frame))


def _guarded(encoder: VideoEncoder, work: Callable[[], DoneT]) -> DoneT:
    try:
        return work()
    except _FAULTS as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise EncoderGaveUpError(encoder.name, reason) from error
