"""Goes to where a clip is read from: the picture's last key frame before it, and a little earlier for the sound.

FFmpeg's mov demuxer takes the track that is sought to its key frame, and all others to the time at which that is
*decoded* (version 8.1, libavformat/mov.c, ``mov_read_seek``). Two things follow that cost a remote file a group of
pictures each:

* In a fragmented file the sound at that time lies at the end of the fragment before. That gets read, and its pictures
  with it, for their numbers shift under a position that was already found. Sought by the sound, the picture falls into
  the fragment of the sound.
* A clip that begins shortly behind a key frame needs sound from before it. To seek earlier means the key frame before.
  Instead all tracks are taken to that sound, between two key frames, and the pictures there are passed over.

Both need the index that mp4 files and their fragments have. Other files are sought by the picture, early enough for
the sound.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import av.error

from fastclip_desktop.media.container import time_base_of
from fastclip_desktop.media.sound_packets import LEAD_IN

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.stream import Stream

_SEEK_BACK = (Fraction(0), Fraction(2), Fraction(10), Fraction(60), Fraction(600))
"""Seconds by which a seek is repeated earlier when it landed behind a key frame that is needed."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a file stands.

    Attributes:
        begin: seconds on the file's clock from which packets are read, as far as an index tells; they are decoding
            times.
        cold: whether pictures may come before the first key frame, which nobody needs.
    """

    begin: Fraction
    cold: bool = False


def landings(container: InputContainer, leader: Stream, start: Fraction) -> Iterator[Landing]:
    """Go to where reading from an instant begins; for each further one that is asked for, to an earlier place.

    Another is needed where the leader's first key frame turns out to be shown behind ``start``.

    Args:
        container: the file; its tracks that are left out are marked so.
        leader: the track that needs a key frame; the sound of the others is there from ``LEAD_IN`` before ``start``.
        start: seconds on the file's clock.
    """
    if leader.type == "video" and _has_index(container):
        key = start
        for _ in range(2):  # pictures are decoded before they are shown: the first key frame may be one too late
            landing, key = _land(container, leader, key, start - LEAD_IN)
            yield landing
            key -= time_base_of(leader)
    for back in _SEEK_BACK:
        instant = start - LEAD_IN - back
        seek(container, leader, instant)
        known = _entry(leader, instant)
        yield Landing(instant if known is None else min(instant, known))


def seek_key(container: InputContainer, stream: Stream, instant: Fraction) -> None:
    """Go to the key frame of one track that is decoded at or before an instant, for that track alone.

    Raises:
        av.error.FFmpegError: if the file cannot be sought.
    """
    pilot = _pilot(container, instant) if stream.type == "video" and _is_fragmented(container, stream) else None
    if pilot is None:
        container.seek(math.floor(instant / time_base_of(stream)), stream=stream)
        return
    tick = time_base_of(pilot)
    container.seek(math.floor(instant / tick), stream=pilot)
    key, heard = _entry(stream, instant), _entry(pilot, instant)
    if key is None or heard is None or heard >= key:
        return
    # The key frame lies behind the sound that was found: by the sound that follows it.
    following = pilot.index_entries.search_timestamp(math.ceil(key / tick), backward=False)
    if following >= 0:
        container.seek(pilot.index_entries[following].timestamp, stream=pilot)


def seek(container: InputContainer, stream: Stream, instant: Fraction, *, any_frame: bool = False) -> None:
    """Go to a track's key frame at or before an instant; to its beginning where that is refused.

    Raises:
        av.error.FFmpegError: if the file cannot be sought at all.
    """
    try:
        container.seek(math.floor(instant / time_base_of(stream)), stream=stream, any_frame=any_frame)
    except av.error.FFmpegError:
        container.seek(stream.start_time or 0, stream=stream)


def _land(container: InputContainer, picture: Stream, by: Fraction, sound_from: Fraction) -> tuple[Landing, Fraction]:
    """Go to the last key frame that is decoded at or before ``by``, and to the sound at ``sound_from``.

    Returns:
        The landing, and when that key frame is decoded.
    """
    sound, fragmented = _pilot(container, by), _is_fragmented(container, picture)
    if fragmented:
        seek(container, sound or picture, by)  # brings the fragment's head, which tells of its key frames
    key = _entry(picture, by)
    if fragmented and sound is not None:
        seek(container, sound, min(by, sound_from))
    heard = None if sound is None else _entry(sound, min(by, sound_from))
    if key is None or sound is None or heard is None or key <= heard:
        if not fragmented:
            seek(container, picture, by)
        begin = by if key is None else key
        return Landing(begin), begin
    seek(container, sound, heard, any_frame=True)
    return Landing(heard, cold=True), key


def known_end(stream: Stream, otherwise: Fraction) -> Fraction:
    """The second of the file's clock at which a track ends by its headers, or else another value."""
    if not stream.duration:
        return otherwise
    return ((stream.start_time or 0) + stream.duration) * time_base_of(stream)


def _pilot(container: InputContainer, instant: Fraction) -> Stream | None:
    """The first sound track, unless it is known to end before an instant."""
    sound = next(iter(container.streams.audio), None)
    return sound if sound is not None and known_end(sound, instant) >= instant else None


def _entry(stream: Stream, instant: Fraction) -> Fraction | None:
    """When the last key frame at or before an instant is decoded, or else the first; ``None`` without an index."""
    entries, tick = stream.index_entries, time_base_of(stream)
    if not len(entries):
        return None
    return entries[max(0, entries.search_timestamp(math.floor(instant / tick)))].timestamp * tick


def _has_index(container: InputContainer) -> bool:
    return "mov" in container.format.name


def _is_fragmented(container: InputContainer, stream: Stream) -> bool:
    """Whether an mp4 file's head names no samples of a track."""
    return _has_index(container) and not stream.frames
