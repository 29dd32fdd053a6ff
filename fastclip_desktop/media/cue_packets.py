"""Passes text subtitles on into an mp4 text track, retimed to the clip."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from typing import TYPE_CHECKING

import av

from fastclip_desktop.media.container import time_base_of

if TYPE_CHECKING:
    from av.packet import Packet
    from av.stream import Stream
    from av.subtitles.stream import SubtitleStream

_TEXT_CODECS = frozenset({"mov_text", "subrip", "text", "webvtt", "ass"})
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]*>|<[\d:.]+>|\{\\[^{}]*\}")
_ASS_FIELDS_BEFORE_TEXT = 8


def is_text(codec: str) -> bool:
    """Whether a subtitle codec holds text that an mp4 text track can take."""
    return codec in _TEXT_CODECS


class PassedCues:
    """One text track on its way from the source into the clip.

    Args:
        stream: the source's track.
        origin: the source's first presented instant in seconds on its own clock.
    """

    is_done = True  # cues are sparse: nobody waits for the next one

    def __init__(self, stream: SubtitleStream, origin: Fraction) -> None:
        self._codec = stream.codec_context.codec.canonical_name
        self._tick = time_base_of(stream)
        self._origin = origin
        self._zero: int | None = None
        self._end = 0
        self._last = -1
        self._waiting: list[Packet[Stream]] = []

    def begin(self, zero: Fraction, end: Fraction) -> None:
        """Say which seconds of the source the clip covers; nothing comes out of :meth:`take` before."""
        self._zero = round((zero + self._origin) / self._tick)
        self._end = math.ceil((end + self._origin) / self._tick)

    def take(self, packet: Packet[Stream]) -> list[Packet[Stream]]:
        """Packets of the clip that became ready, on the track's clock from the clip's zero."""
        self._waiting.append(packet)
        return self.ready()

    def ready(self) -> list[Packet[Stream]]:
        """Packets of the clip that became ready because :meth:`begin` was called."""
        if self._zero is None:
            return []
        waiting, self._waiting = self._waiting, []
        return [moved for packet in waiting if (moved := self._move(packet, self._zero)) is not None]

    def _move(self, packet: Packet[Stream], zero: int) -> Packet[Stream] | None:
        if packet.pts is None:
            return None
        begin = max(packet.pts - zero, self._last + 1, 0)
        end = min(packet.pts + (packet.duration or 0), self._end) - zero
        sample = self._sample(bytes(packet))
        if end <= begin or sample is None:
            return None
        self._last = begin
        cue: Packet[Stream] = av.Packet(sample)
        cue.pts = cue.dts = begin
        cue.duration = end - begin
        cue.time_base = self._tick
        cue.is_keyframe = True
        return cue

    def _sample(self, payload: bytes) -> bytes | None:
        """A text sample (3GPP TS 26.245, 5.17): the text's length in bytes and the text; ``None`` where it is empty."""
        if self._codec == "mov_text":
            return payload if payload[:2] > b"\x00\x00" else None
        text = plain_text(payload.decode("utf-8", "replace"), self._codec).encode()[:0xFFFF]
        return len(text).to_bytes(2, "big") + text if text else None


def plain_text(cue: str, codec: str) -> str:
    """A cue's words without the markup of its format, up to a zero byte: some writers end their texts with one."""
    cue = cue.partition("\x00")[0]
    if codec == "ass":
        cue = cue.split(",", _ASS_FIELDS_BEFORE_TEXT)[-1].replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    text = _MARKUP.sub("", cue).replace("\r\n", "\n")
    if codec == "webvtt":
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&")
    return text.strip()
