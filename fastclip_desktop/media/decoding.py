"""Packets from an untrusted file to a decoder, without giving up at the first broken one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import av.error

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media.container import time_base_of

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

StreamT = TypeVar("StreamT", "AudioStream", "VideoStream")


@dataclass(slots=True)
class DecodeLog:
    """What went wrong while a track was decoded; one thread writes, others read when it is done.

    Attributes:
        errors: packets that the decoder refused.
        broken_off: reading stopped before the end of the file.
        encrypted: packets say that they are encrypted.
    """

    errors: int = 0
    broken_off: bool = False
    encrypted: bool = False

    def raise_for_nothing(self, path: Path, what: str) -> None:
        """Say why a track gave no frames at all.

        Args:
            path: for the message.
            what: ``picture`` or ``sound``.

        Raises:
            InputError: ``encrypted_media``, or ``damaged_media`` where packets were refused; nothing if all went well.
        """
        if self.encrypted:
            raise InputError(
                ErrorCode.ENCRYPTED_MEDIA,
                f"{path.name} is encrypted.",
                "FastClip cannot open protected media; use a copy without protection.",
            )
        if self.errors or self.broken_off:
            raise InputError(
                ErrorCode.DAMAGED_MEDIA,
                f"{path.name} is damaged; no {what} can be decoded where the range starts.",
                "Choose another range, or get the file again.",
            )


def seek_before(container: InputContainer, stream: AudioStream | VideoStream, instant: Fraction | None) -> bool:
    """Go to the key frame at or before an instant on the container's clock, or with ``None`` to the very beginning.

    Returns:
        Whether the file can be sought in; if not, it stands where it stood.
    """
    try:
        if instant is None:
            container.seek(stream.start_time or 0, stream=stream)
        else:
            container.seek(math.floor(instant / time_base_of(stream)), stream=stream)
    except av.error.FFmpegError:
        return False
    return True


def read_packets(
    container: InputContainer, stream: StreamT, log: DecodeLog, check: Callable[[], None]
) -> Iterator[Packet[StreamT]]:
    """A track's packets from where the container stands, and an empty one at the end that flushes the decoder.

    Args:
        container: nobody else reads from it.
        stream: the track.
        log: gets ``broken_off`` when the file ends before its time, and ``encrypted``; such packets are left out.
        check: called before each packet; stops the work by raising.
    """
    packets = container.demux(stream)
    while True:
        check()
        try:
            packet = next(packets)
        except StopIteration:
            return
        except av.error.FFmpegError:
            log.broken_off = True
            return
        if packet.has_sidedata("encryption_info"):
            log.encrypted = True
        else:
            yield packet


@contextmanager
def tolerating(log: DecodeLog) -> Iterator[None]:
    """Count a packet that the decoder refuses and go on with the next."""
    try:
        yield
    except av.error.FFmpegError:
        log.errors += 1
