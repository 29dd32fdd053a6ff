"""Cuts one file and judges the clip; run by ``tests.exactness.awkward`` in a process of its own.

``python -m tests.exactness.awkward_cut FILE FOLDER`` prints the outcome as one line of JSON.
"""

from __future__ import annotations

import bisect
import json
import sys
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.stream import Disposition, Stream
from numpy.typing import NDArray

from fastclip_desktop.domain.clip import RenderedFile
from fastclip_desktop.domain.errors import FastClipError, InternalError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, Render
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec, Timeline
from fastclip_desktop.media.probe import codec_name, probe
from fastclip_desktop.media.render import render

_SIDE = 48
"""Pixels of the square that every frame is looked at in."""

_SHORTEST, _LONGEST = Fraction(1, 100), Fraction(10)
"""Seconds of a range."""

_STILL = Fraction(1, 5)
_ROUNDING = Fraction(3, 20)
"""Seconds by which a clip's length may differ: a packet of sound, a frame of slow video."""

_STILLS = Disposition.attached_pic | Disposition.still_image | Disposition.timed_thumbnails


@dataclass(slots=True)
class Seen:
    """A file decoded from its first packet to its last.

    Attributes:
        times: when frames are shown, in seconds on the container's clock, rising.
        looks: of frames, as squares of brightness.
        sound: from when to when anything is heard.
        still: seconds without a new frame after which the picture stands still.
        damaged: whether a packet could not be decoded: what its frames show then depends on where decoding began.
    """

    times: list[Fraction] = field(default_factory=list)
    looks: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    sound: tuple[Fraction, Fraction] | None = None
    still: Fraction = _STILL
    damaged: bool = False

    @property
    def origin(self) -> Fraction:
        """The first presented instant."""
        return min([*self.times[:1], *([self.sound[0]] if self.sound else [])], default=Fraction(0))

    @property
    def end(self) -> Fraction:
        """The last one that is known."""
        return max([*self.times[-1:], *([self.sound[1]] if self.sound else [])], default=Fraction(0))


def watch(path: Path, wanted: Container[int], *, last: int | None = None) -> Seen:
    """Decode a whole file, passing over what is damaged.

    Args:
        path: the file.
        wanted: the numbers of the frames to keep the look of.
        last: the number of a frame after which nothing matters any more, the sound neither.
    """
    seen = Seen()
    with av.open(f"file:{path}") as container:
        pictures = [stream for stream in container.streams.video if not stream.disposition & _STILLS]
        sounds = [stream for stream in container.streams.audio if codec_name(stream) != "unknown"]
        tracks = [*pictures[:1], *(sounds[:1] if last is None else ())]
        if pictures and pictures[0].average_rate:
            seen.still = max(_STILL, 2 / Fraction(pictures[0].average_rate))
        for stream in tracks:
            stream.codec_context.thread_type = "AUTO"
        for packet in container.demux(tracks):
            if last is not None and len(seen.times) > last:
                break
            for frame in _decoded(seen, packet):
                if isinstance(frame, av.VideoFrame):
                    _see(seen, frame, wanted)
                elif isinstance(frame, av.AudioFrame) and frame.pts is not None:
                    begin = frame.pts * Fraction(frame.time_base or 0)
                    end = begin + Fraction(frame.samples, frame.sample_rate)
                    seen.sound = (begin, end) if seen.sound is None else (seen.sound[0], max(seen.sound[1], end))
    return seen


def _decoded(seen: Seen, packet: av.Packet[Stream]) -> Iterator[object]:
    seen.damaged = seen.damaged or packet.is_corrupt
    try:
        yield from packet.decode()
    except av.error.FFmpegError:
        seen.damaged = True


def _see(seen: Seen, frame: av.VideoFrame, wanted: Container[int]) -> None:
    seen.damaged = seen.damaged or frame.is_corrupt
    stamp = frame.pts if frame.pts is not None else frame.dts
    if stamp is None:
        return
    time = stamp * Fraction(frame.time_base or 0)
    if seen.times and time <= seen.times[-1]:
        return
    if len(seen.times) in wanted:
        small = frame.reformat(width=_SIDE, height=_SIDE, format="gray")
        seen.looks[len(seen.times)] = small.to_ndarray().astype(np.float64)
    seen.times.append(time)


def alike(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> bool:
    """Whether two squares show the same picture: turned or mirrored, in other tones, coded anew."""
    return any(_alike(turned, theirs) for way in range(4) for turned in (np.rot90(ours, way), np.rot90(ours.T, way)))


def _alike(ours: NDArray[np.float64], theirs: NDArray[np.float64]) -> bool:
    if float(np.abs(ours - theirs).mean()) <= 8:
        return True
    first, second = ours - ours.mean(), theirs - theirs.mean()
    power = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return power > 0 and float((first * second).sum()) / power >= 0.9


def judge(path: Path, folder: Path) -> tuple[str, str]:
    """Cut the middle third out of a file, or ten seconds of it: the verdict and what there is to say."""
    try:
        info = probe(path)
        source = watch(path, ())
        third = (source.end - source.origin) / 3
        start = Fraction(int(third * 1000), 1000)
        span = TimeRange(start, start + min(max(third, _SHORTEST), _LONGEST))
        media = FetchedMedia(path if info.picture else None, path if info.sound else None)
        clip = render(Render(media, Timeline(span, OutputSpec()), folder / "clip.mp4"), Reporter())
    except InternalError as error:
        return "wrong", f"internal: {error}"
    except FastClipError as error:
        return "refused", f"{error.code}: {error}"
    faults = _faults(path, source, span, clip)
    about = ["the source is damaged: its pictures were not compared"] if source.damaged else []
    told = "; ".join([clip.receipt.method, *clip.receipt.notes, *about])
    return ("wrong", f"{'; '.join(faults)} ({told})") if faults else ("right", told)


def _faults(path: Path, source: Seen, span: TimeRange, clip: RenderedFile) -> list[str]:
    begin, end = span.start + source.origin, span.end + source.origin
    low, high = bisect.bisect_left(source.times, begin), bisect.bisect_left(source.times, end)
    if 0 < low < len(source.times) and (low == high or source.times[low] - begin > source.still):
        low -= 1  # what is on screen when the clip begins
    made = watch(clip.path, range(high - low))
    faults = []
    ended = low == high == len(source.times)  # the last frame may or may not be on screen still
    if len(made.times) != high - low and not (ended and len(made.times) <= 1):
        faults.append(f"{len(made.times)} frames instead of {high - low}")
    elif made.times and not ended and not source.damaged:
        theirs = watch(path, (low, high - 1), last=high - 1).looks
        for name, ours, number in (("first", made.looks[0], low), ("last", made.looks[len(made.times) - 1], high - 1)):
            if not alike(ours, theirs[number]):
                faults.append(f"the {name} frame is another")
    zero = source.times[low] if low < high and source.times[low] >= begin and low else begin
    if abs(clip.duration - (end - zero)) > _ROUNDING and not any("shortened" in note for note in clip.receipt.notes):
        faults.append(f"{float(clip.duration):.3f} s instead of {float(end - zero):.3f}")
    if source.sound is not None:
        heard = min(end, source.sound[1]) - max(zero, source.sound[0])
        ours_heard = made.sound[1] - made.sound[0] if made.sound else Fraction(0)
        if heard > _ROUNDING and ours_heard < heard - _ROUNDING:
            faults.append(f"{float(ours_heard):.3f} s of sound instead of {float(heard):.3f}")
    return faults


def main() -> None:
    """Judge the file that is named."""
    verdict, detail = judge(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"verdict": verdict, "detail": detail}))


if __name__ == "__main__":
    main()
