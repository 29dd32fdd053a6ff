"""Everything that is encoded again: full encodes, GIF and mp3."""

from __future__ import annotations

import statistics
from fractions import Fraction
from pathlib import Path

from tests.benchmarks.cut import LENGTH, ffmpeg_exact, ours
from tests.benchmarks.measure import Row, Run, median_seconds, pairs, ratios, run

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
        _smaller(source, folder, ffmpeg),
        _gif(source, folder, ffmpeg),
        _mp3(source, folder, ffmpeg),
    ]


def _smaller(source: Path, folder: Path, ffmpeg: str) -> Row:
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + LENGTH, folder / "small.mp4", "--quality", "720p"),
        lambda _: ffmpeg_exact(ffmpeg, source, START, folder / "peer.mp4", "-vf", "scale=-2:720"),
    )
    return _slower("full encode 60 s to 720p", "ffmpeg veryfast", 1.03, mine, theirs)


def _gif(source: Path, folder: Path, ffmpeg: str) -> Row:
    words = [ffmpeg, "-v", "error", "-y", "-ss", str(START), "-t", str(GIF_SECONDS), "-i", source]
    mine, theirs = pairs(
        PAIRS,
        lambda _: ours(source, START, START + GIF_SECONDS, folder / "mine.gif"),
        lambda _: run([*words, "-filter_complex", GIF_FILTER, folder / "peer.gif"], folder / "peer.log"),
    )
    faster = statistics.median(ratios(mine, theirs))
    detail = f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(theirs):.2f} s"
    return Row("GIF 30 s, 480 px, 12 fps", "palettegen/paletteuse", f"{faster:.1f}×", "≥ 5×", faster >= 5, detail)


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
