"""How many bytes of a source lie where, from its index alone: nothing else of the file is read."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from fastclip_desktop.domain.weights import SLICE, Weights
from fastclip_desktop.media.container import open_media, reading, time_base_of
from fastclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from av.stream import Stream

_LONGEST = 48 * 3600
"""Seconds beyond which a packet is left out: its instant is a slip of whoever wrote the file."""


def weigh(path: Path) -> Weights | None:
    """The bytes of each track over time; ``None`` where the index does not name every packet, as only mp4's does.

    An index has decoding times alone; they lie as far before those of showing as the track begins before the source.

    Args:
        path: a local file.

    Raises:
        InputError: what opening the file raises.
    """
    info = probe(path)
    with reading(path), open_media(path) as container:
        if "mov" not in container.format.name:
            return None
        picture = None if info.picture is None else container.streams[info.picture.index]
        sounds = [container.streams[track.index] for track in info.audio]
        if any(track.frames != len(track.index_entries) for track in (picture, *sounds) if track is not None):
            return None
        return Weights(
            () if picture is None else _slices(picture, info.origin),
            tuple(_slices(track, info.origin) for track in sounds),
            () if picture is None else _keys(picture, info.origin),
        )


def _slices(track: Stream, origin: Fraction) -> tuple[int, ...]:
    per_unit = time_base_of(track) / SLICE
    begins = _begin(track, origin) / SLICE
    found: list[int] = []
    for entry in track.index_entries:
        place = max(0, int(entry.timestamp * per_unit - begins))
        if place * SLICE > _LONGEST:
            continue
        found.extend([0] * (place + 1 - len(found)))
        found[place] += entry.size
    return tuple(found)


def _keys(track: Stream, origin: Fraction) -> tuple[Fraction, ...]:
    base, begin = time_base_of(track), _begin(track, origin)
    instants = (entry.timestamp * base - begin for entry in track.index_entries if entry.is_keyframe)
    return tuple(sorted(max(Fraction(0), instant) for instant in instants))


def _begin(track: Stream, origin: Fraction) -> Fraction:
    first = next((entry.timestamp for entry in track.index_entries), 0)
    return min(origin, first * time_base_of(track))
