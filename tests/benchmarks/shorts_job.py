"""One short, by itself: ``python -m tests.benchmarks.shorts_job blur|crop|faces SOURCE FOLDER [OUT [MODEL]]``.

Paints the captions into the folder and renders a minute of the source; ``crop`` moves a window across it, ``faces``
looks for faces first and follows them. Without OUT it only paints, and leaves a script for FFmpeg's ``concat`` there.
Prints the seconds of painting, of looking for faces and of rendering.
"""

from __future__ import annotations

import itertools
import struct
import sys
import time
import zlib
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.caption import Cue, OverlayTrack
from fastclip_desktop.domain.framing import CameraPath, CameraPoint, CameraStretch, Layout, Window
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.short import ShortPlan
from fastclip_desktop.domain.short_look import CaptionStyle, Framing
from fastclip_desktop.domain.short_stages import PaintText, RenderShort
from fastclip_desktop.domain.stage import FetchedMedia
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.transcript import Word

SPAN = TimeRange(Fraction(1800), Fraction(1860))
SIZE = (1080, 1920)
PLACE = "place.txt"
SCRIPT = "captions.ffconcat"

_TEXT = (
    "we measure every promise that we make and then we write the figure down because a promise without a figure "
    "is nothing but a wish and nobody was ever helped by somebody who only wished that things were quick"
)
_RATE = Fraction(5, 2)
_WORDS_A_CUE = 4


def main() -> None:
    job, source, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    times = [time.perf_counter()]
    tracks = _paint(folder)
    times.append(time.perf_counter())
    if len(sys.argv) == 4:
        _describe(tracks, folder)
        return
    out, media = Path(sys.argv[4]), FetchedMedia(source, source)
    out.unlink(missing_ok=True)
    path = _faces(media, Path(sys.argv[5])) if job == "faces" else _CROSSING if job == "crop" else _WHOLE
    times.append(time.perf_counter())
    from fastclip_desktop.media.short_render import render_short

    framing = Framing.BLUR if job == "blur" else Framing.FACES
    render_short(RenderShort(media, ShortPlan((SPAN,), *SIZE, framing, path, tracks), out), Reporter())
    times.append(time.perf_counter())
    print(*(f"{later - earlier:.3f}" for earlier, later in itertools.pairwise(times)))


def _window(left: float) -> Window:
    return Window(left, 0.0, float(Fraction(9, 16) / Fraction(16, 9)), 1.0)


_WHOLE = CameraPath((CameraStretch(SPAN, Layout.WHOLE),))
_POINTS = (CameraPoint(SPAN.start, (_window(0.1),)), CameraPoint(SPAN.end, (_window(0.6),)))
_CROSSING = CameraPath((CameraStretch(SPAN, Layout.WINDOW, _POINTS),))


def _faces(media: FetchedMedia, model: Path) -> CameraPath:
    from fastclip_desktop.media.faces import find_faces

    find_faces(media, (SPAN,), model, Reporter())
    return _CROSSING  # the source has no faces, which keeps nobody from looking as hard


def _paint(folder: Path) -> tuple[OverlayTrack, ...]:
    from fastclip_desktop.stages import text

    words_of_text = _TEXT.split()
    spoken = [
        Word(words_of_text[number % len(words_of_text)], TimeRange(number / _RATE, (number + Fraction(9, 10)) / _RATE))
        for number in range(int(SPAN.duration * _RATE))
    ]
    cues = []
    for first in range(0, len(spoken), _WORDS_A_CUE):
        words = tuple(spoken[first : first + _WORDS_A_CUE])
        lines = tuple(line for line in (words[:2], words[2:]) if line)
        cues.append(Cue(TimeRange(words[0].span.start, words[-1].span.end), lines))
    return text.perform(PaintText(*SIZE, tuple(cues), CaptionStyle(), (), folder), Reporter()).tracks


def _describe(tracks: tuple[OverlayTrack, ...], folder: Path) -> None:
    """Write down for FFmpeg which picture is shown how long, and where."""
    (track,) = tracks
    (folder / PLACE).write_text(f"{track.x}:{track.y}")
    clear = folder / "clear.png"
    _write_clear(clear, track.width, track.height)
    lines = ["ffconcat version 1.0"]
    ends = [picture.start for picture in track.pictures[1:]] + [SPAN.duration]
    if track.pictures[0].start > 0:
        lines += [f"file {clear.name}", f"duration {float(track.pictures[0].start):.6f}"]
    for picture, end in zip(track.pictures, ends, strict=True):
        if end > picture.start:
            lines += [f"file {(picture.path or clear).name}", f"duration {float(end - picture.start):.6f}"]
    (folder / SCRIPT).write_text("\n".join([*lines, ""]))


def _write_clear(path: Path, width: int, height: int) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes((width * 4 + 1) * height))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


if __name__ == "__main__":
    main()
