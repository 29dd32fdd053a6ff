"""Where the key frames of a source are, from its packets alone; nothing is decoded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from av.stream import Discard

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.media.container import reading, time_base_of
from fastclip_desktop.media.decoding import DecodeLog, SourceTrack
from fastclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from av.video.stream import VideoStream

_RUN = 64
"""Key frames that are handed over together."""


def find_key_frames(
    path: Path, deliver: Callable[[tuple[Fraction, ...]], None], reporter: Reporter
) -> tuple[Fraction, ...]:
    """The presentation times of the key frames in seconds of the source, rising; those before its beginning are not.

    Where an index names them, as in mp4 files, nothing else of the file is read.

    Args:
        path: a local file.
        deliver: gets runs of them as they are found.
        reporter: gets the part that is done.

    Raises:
        InputError: ``no_video`` and what opening the file raises.
        Cancelled: if it was stopped.
    """
    info = probe(path)
    if info.picture is None:
        raise InputError(ErrorCode.NO_VIDEO, f"{path.name} has no picture.", "Choose a file that can be watched.")
    found: list[Fraction] = []
    handed_over = 0
    with ExitStack() as stack, reading(path):
        track: SourceTrack[VideoStream] = stack.enter_context(SourceTrack(path, info.picture.index))
        base = time_base_of(track.stream)
        for pts in _times(track, reporter.cancel.check):
            instant = pts * base - info.origin
            if instant < 0 or (found and instant <= found[-1]):
                continue
            found.append(instant)
            if len(found) - handed_over >= _RUN:
                deliver(tuple(found[handed_over:]))
                handed_over = len(found)
                if info.duration:
                    reporter.report(float(min(Fraction(1), instant / info.duration)))
    if handed_over < len(found):
        deliver(tuple(found[handed_over:]))
    return tuple(found)


def _times(track: SourceTrack[VideoStream], check: Callable[[], None]) -> Iterator[int]:
    """The presentation times of the key frames, as they are stored."""
    is_mp4 = "mov" in track.container.format.name
    if is_mp4 and track.stream.frames == len(track.stream.index_entries):
        shift = _shift_of(track)
        if shift is not None:
            yield from _indexed_times(track, shift, check)
            return
    if not is_mp4:  # FFmpeg's demuxer of mp4 counts presentation times wrong where it leaves packets out
        track.stream.discard = Discard.nonkey
    track.seek(None)
    for packet in track.packets(DecodeLog(), check):
        if packet.is_keyframe and packet.pts is not None and not packet.is_discard:
            yield packet.pts


def _shift_of(track: SourceTrack[VideoStream]) -> int | None:
    """By how much later than its decoding time a key frame has to be sought; ``None`` where that differs.

    FFmpeg takes what is sought as a presentation time and makes a decoding time of it by one shift for all of a track.
    """
    container, stream = track.container, track.stream
    keys = [entry.timestamp for entry in stream.index_entries if entry.is_keyframe]
    first = next(track.packets(DecodeLog(), lambda: None), None)
    if first is None or first.pts is None or first.dts is None:
        return None
    for shift in (first.pts - first.dts, -first.dts, 0):
        for key in (keys[-1], keys[len(keys) // 2]):
            container.seek(key + shift, stream=stream)
            packet = next(container.demux(stream), None)
            if packet is None or packet.dts != key:
                break
        else:
            return shift
    return None


def _indexed_times(track: SourceTrack[VideoStream], shift: int, check: Callable[[], None]) -> Iterator[int]:
    """The same where an index says which packets they are; it gives their decoding times alone."""
    container, stream = track.container, track.stream
    for entry in [each for each in stream.index_entries if each.is_keyframe and not each.is_discard]:
        check()
        container.seek(entry.timestamp + shift, stream=stream)
        packet = next(container.demux(stream), None)
        if packet is not None and packet.is_keyframe and packet.pts is not None and not packet.is_discard:
            yield packet.pts
