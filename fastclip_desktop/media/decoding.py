"""Packets from an untrusted file to a decoder, without giving up at the first broken one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar, cast

import av.error
from av.stream import Discard

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.media.container import open_media
from fastclip_desktop.media.landing import seek_key
from fastclip_desktop.media.partial_file import Fill

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_FULL_COLOUR = ("yuv444", "yuvj444", "gbr")
"""How FFmpeg's names of formats begin whose colours are not subsampled."""

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


class SourceTrack(Generic[StreamT]):
    """One track of a file through a handle of its own; use it in ``with``.

    Attributes:
        path: the file.
        container: nobody else may read from it.
        stream: the track; the demuxer leaves the others out.

    Args:
        fill: brings bytes that are not here as they are read.
    """

    def __init__(self, path: Path, index: int, fill: Fill | None = None) -> None:
        self.path = path
        self._index = index
        self._fill = fill
        self._open()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.container.close()

    def _open(self) -> None:
        self.container = open_media(self.path, self._fill)
        self.stream: StreamT = cast("StreamT", self.container.streams[self._index])
        self._fresh = True
        for other in self.container.streams:
            if other.index != self._index:
                other.discard = Discard.all

    def seek(self, instant: Fraction | None) -> bool:
        """Go to the key frame at or before an instant on the container's clock, or with ``None`` to the very beginning.

        A file that was read from is opened again: a decoder that is flushed forgets how deep it has to reorder, and a
        seek that fails may leave the demuxer at the end of the file.

        Returns:
            Whether it went there; if not, the track stands at the beginning.

        Raises:
            InputError: if the file cannot be opened any more.
        """
        if not self._fresh:
            self.container.close()
            self._open()
        if instant is None:
            return True
        try:
            seek_key(self.container, self.stream, instant)
        except av.error.FFmpegError:
            self.container.close()
            self._open()
            return False
        return True

    def packets(self, log: DecodeLog, check: Callable[[], None]) -> Iterator[Packet[StreamT]]:
        """The packets from where the track stands, and an empty one at the end that flushes the decoder.

        Args:
            log: gets ``broken_off`` when the file ends before its time, and ``encrypted``; such packets are left out.
            check: called before each packet; stops the work by raising.
        """
        self._fresh = False
        if "enc_key_id" in self.stream.metadata:  # what FFmpeg says of an encrypted WebM track
            log.encrypted = True
            return
        packets = self.container.demux(self.stream)
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


def show_first_packet(decoder: VideoCodecContext, stream: VideoStream, path: Path) -> None:
    """Let a decoder that will begin further on learn what only a file's first packet says.

    Before its build 151 x264 coded 4:4:4 in a way of its own, and it names its build in the first packet alone.
    A decoder that hasn't seen it gives grey and green pictures, and no error. Other tracks cost nothing.

    Args:
        decoder: the track's own or another, set up, that has been given nothing yet.
        stream: the track.
        path: its file.

    Raises:
        InputError: if the file cannot be opened any more.
    """
    source = stream.codec_context
    if source.codec.canonical_name != "h264" or not (source.pix_fmt or "").startswith(_FULL_COLOUR):
        return
    depth = source.reorder_depth
    with open_media(path) as container, suppress(av.error.FFmpegError):
        decoder.decode(next(container.demux(container.streams[stream.index])))
    decoder.flush_buffers()
    decoder.reorder_depth = depth  # forgotten with the rest


@contextmanager
def tolerating(log: DecodeLog) -> Iterator[None]:
    """Count a packet that the decoder refuses and go on with the next."""
    try:
        yield
    except av.error.FFmpegError:
        log.errors += 1
