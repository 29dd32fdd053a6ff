"""When a stream in pieces begins, and which seconds of each track some of its pieces hold, from what is here of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.errors import InputError
from fastclip_desktop.media.container import open_media, reading
from fastclip_desktop.media.probe import first_picture, first_sound


@dataclass(frozen=True, slots=True)
class SoundHeld:
    """The packets of a sound track, in seconds on its clock.

    Attributes:
        start: when the first begins.
        end: when the last ends.
        packet: how long the first lasts, 0 where nobody says.
    """

    start: Fraction
    end: Fraction
    packet: Fraction


@dataclass(frozen=True, slots=True)
class Held:
    """What a file holds; ``None`` for a track that isn't there or has no packet.

    Attributes:
        picture_end: the end of the last picture, in seconds on the file's clock.
        sound: see :class:`SoundHeld`.
    """

    picture_end: Fraction | None
    sound: SoundHeld | None


def held_by(path: Path) -> Held:
    """Read every packet of a file's first picture and first sound track.

    Raises:
        InputError: see :func:`~fastclip_desktop.media.probe.probe`.
    """
    with open_media(path) as container, reading(path):
        picture, sound = first_picture(container), first_sound(container)
        tracks = [stream for stream in (picture, sound) if stream is not None]
        picture_end: Fraction | None = None
        heard: SoundHeld | None = None
        for packet in container.demux(tracks):
            if packet.pts is None or not packet.time_base or not packet.size:
                continue
            start, length = packet.pts * packet.time_base, (packet.duration or 0) * packet.time_base
            if picture is not None and packet.stream_index == picture.index:
                picture_end = max(start + length, picture_end or start)
            elif heard is None:
                heard = SoundHeld(start, start + length, length)
            else:
                heard = SoundHeld(min(heard.start, start), max(heard.end, start + length), heard.packet)
    return Held(picture_end, heard)


def shows_beginning(path: Path) -> bool:
    """Whether the first bytes of a stream are enough to tell its first presented instant.

    They are, once a packet of each track is there and the picture that is stored after the first key frame is shown
    after it. Where it is shown before, a decoder has to say which pictures count, and wants them whole.

    Raises:
        BytesNotFetched: see :func:`~fastclip_desktop.media.container.open_media`.
    """
    try:
        with open_media(path) as container, reading(path):
            picture, sound = first_picture(container), first_sound(container)
            tracks = [stream for stream in (picture, sound) if stream is not None]
            key: int | None = None
            waiting = {stream.index for stream in tracks}
            for packet in container.demux(tracks):
                if packet.pts is None or not packet.size:
                    continue
                if picture is None or packet.stream_index != picture.index:
                    waiting.discard(packet.stream_index)
                elif key is None:
                    key = packet.pts if packet.is_keyframe else None
                elif picture.index in waiting:
                    if packet.pts < key:
                        return False
                    waiting.discard(picture.index)
                if not waiting:
                    return True
    except InputError:
        return False  # its head may come with the next bytes
    return False
