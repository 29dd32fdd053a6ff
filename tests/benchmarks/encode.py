"""Everything that is encoded again: full encodes, GIF and mp3."""

from __future__ import annotations

import statistics
from fractions import Fraction
from itertools import islice, takewhile
from pathlib import Path

import av
import numpy as np

from tests.benchmarks.cut import LENGTH, ffmpeg_exact, ours
from tests.benchmarks.measure import Row, Run, median_seconds, pairs, ratios, run
from tests.benchmarks.media import BASE_FRAMES, RATE
from tests.media_factory import read_number

PAIRS = 5
START = Fraction(1800)
GIF_SECONDS = 30
GIF_FILTER = (
    "fps=12,scale=480:-2:flags=area,split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse=dither=bayer"
)
MP3_SECONDS = 600


def measure_encodes(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    """The table's rows for encoding."""
    return [
        _full(source, folder, ffmpeg),
        _smaller(source, folder, ffmpeg),
        *_gif(source, folder, ffmpeg),
        _mp3(source, folder, ffmpeg),
    ]


def _full(source: Path, folder: Path, ffmpeg: str) -> Row:
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + LENGTH, folder / "full.mp4", "--quality", "compatible"),
        lambda _: ffmpeg_exact(ffmpeg, source, START, folder / "peer.mp4"),
    )
    return _slower("full encode 60 s at 1080p", "ffmpeg veryfast", 1.03, mine, theirs)


def _smaller(source: Path, folder: Path, ffmpeg: str) -> Row:
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + LENGTH, folder / "small.mp4", "--quality", "720p"),
        lambda _: ffmpeg_exact(ffmpeg, source, START, folder / "peer.mp4", "-vf", "scale=-2:720"),
    )
    return _slower("full encode 60 s to 720p", "ffmpeg veryfast", 1.03, mine, theirs)


def _gif(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    words = [ffmpeg, "-v", "error", "-y", "-ss", str(START), "-t", str(GIF_SECONDS), "-i", source]
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + GIF_SECONDS, folder / "mine.gif"),
        lambda _: run([*words, "-filter_complex", GIF_FILTER, folder / "peer.gif"], folder / "peer.log"),
    )
    faster = statistics.median(ratios(mine, theirs))
    detail = f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(theirs):.2f} s"
    ours_likeness, theirs_likeness = (likeness(folder / name, source) for name in ("mine.gif", "peer.gif"))
    sizes = " and ".join(f"{(folder / name).stat().st_size / 1e6:.1f} MB" for name in ("mine.gif", "peer.gif"))
    return [
        Row("GIF 30 s, 480 px, 12 fps", "palettegen/paletteuse", f"{faster:.1f}×", "≥ 5×", faster >= 5, detail),
        Row(
            "",
            "likeness (PSNR)",
            f"{ours_likeness:.2f} dB",
            f"≥ {theirs_likeness:.2f} dB",
            ours_likeness >= theirs_likeness,
            sizes,
        ),
    ]


def likeness(gif: Path, source: Path) -> float:
    """The mean PSNR in dB, over red, green and blue, of one frame a second against the frame whose number it shows."""
    with av.open(str(gif)) as container:
        stream = container.streams.video[0]
        shown = {
            read_number(frame.to_ndarray(format="gray")): frame.to_ndarray(format="rgb24")
            for frame in islice(container.decode(stream), 0, None, 12)
        }
        size = stream.width, stream.height
    found = []
    with av.open(str(source)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        container.seek(round(START / stream.time_base), stream=stream)
        for frame in takewhile(lambda frame: frame.time < START + GIF_SECONDS, container.decode(stream)):
            number = round(frame.time * RATE) % BASE_FRAMES
            if frame.time >= START and number in shown:
                small = frame.reformat(*size, format="rgb24", interpolation="AREA").to_ndarray()
                error = np.mean((small.astype(float) - shown.pop(number)) ** 2)
                found.append(10 * np.log10(255**2 / error))
    return float(np.mean(found))


def _mp3(source: Path, folder: Path, ffmpeg: str) -> Row:
    words = [ffmpeg, "-v", "error", "-y", "-ss", str(START), "-t", str(MP3_SECONDS), "-i", source, "-vn"]
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + MP3_SECONDS, folder / "mine.mp3"),
        lambda _: run([*words, "-c:a", "libmp3lame", "-b:a", "192k", folder / "peer.mp3"], folder / "peer.log"),
    )
    return _slower("mp3 of 10 min", "ffmpeg libmp3lame", 1.4, mine, theirs)


def _slower(job: str, peer: str, most: float, mine: list[Run], theirs: list[Run]) -> Row:
    ratio = statistics.median(1 / each for each in ratios(mine, theirs))
    detail = f"ours {median_seconds(mine):.2f} s, {peer} {median_seconds(theirs):.2f} s"
    return Row(job, peer, f"{ratio:.2f}× its time", f"≤ {most}×", ratio <= most, detail)
