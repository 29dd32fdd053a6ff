"""Shorts of a minute with captions, against an ffmpeg that scales, blurs, lays over and encodes the same."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.benchmarks.measure import Row, Run, median_seconds, pairs, ratios, run
from tests.benchmarks.shorts_job import PLACE, SCRIPT, SIZE, SPAN

PAIRS = 5

_WHOLE = (1080, 608)
_SMALL = (134, 240)


def measure_shorts(source: Path, folder: Path, ffmpeg: str, yunet: Path | None) -> list[Row]:
    """The table's rows for shorts; looking for faces is measured only with a model for it."""
    painted = folder / "captions"
    run([sys.executable, "-m", "tests.benchmarks.shorts_job", "blur", source, painted], folder / "paint.log")
    work, out = folder / "short", folder / "short.mp4"
    paints: list[float] = []
    mine, theirs = pairs(
        PAIRS,
        lambda _: _ours("blur", source, work, out, paints),
        lambda _: _ffmpeg(ffmpeg, source, painted, _blurred(), folder / "peer.mp4"),
    )
    rows = [_row("short 60 s, over a blurred copy", mine, theirs, f"painting {statistics.median(paints):.2f} s")]
    mine, theirs = pairs(
        PAIRS,
        lambda _: _ours("crop", source, work, out, paints),
        lambda _: _ffmpeg(ffmpeg, source, painted, _cropped(), folder / "peer.mp4"),
    )
    rows.append(_row("short 60 s, a window that moves", mine, theirs, ""))
    return rows if yunet is None else [*rows, _faces(source, work, out, yunet)]


def _faces(source: Path, work: Path, out: Path, model: Path) -> Row:
    looks: list[float] = []
    with_faces, without = pairs(
        PAIRS,
        lambda _: _ours("faces", source, work, out, looks, 1, model),
        lambda _: _ours("crop", source, work, out, []),
    )
    more = statistics.median(one.seconds / other.seconds for one, other in zip(with_faces, without, strict=True)) - 1
    detail = f"looking {statistics.median(looks):.2f} s, without {median_seconds(without):.2f} s"
    return Row("", "without faces", f"+{more:.0%}", "≤ +15%", more <= 0.15, detail)


def _ours(job: str, source: Path, work: Path, out: Path, kept: list[float], which: int = 0, *more: Path) -> Run:
    log = out.with_suffix(".log")
    done = run([sys.executable, "-m", "tests.benchmarks.shorts_job", job, source, work, out, *more], log)
    kept.append(float(log.read_text().split()[-3:][which]))
    return done


def _ffmpeg(ffmpeg: str, source: Path, painted: Path, graph: str, out: Path) -> Run:
    where = (painted / PLACE).read_text()
    texts = f"[1:v]format=yuva420p[text];{graph}[shown];[shown][text]overlay={where}:eof_action=pass"
    words = [ffmpeg, "-v", "error", "-y", "-ss", str(SPAN.start), "-t", str(SPAN.duration), "-i", source]
    words += ["-f", "concat", "-i", painted / SCRIPT, "-filter_complex", texts, "-t", str(SPAN.duration)]
    coding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-b:a", "192k"]
    return run([*words, *coding, "-movflags", "+faststart", out], out.with_suffix(".log"))


def _blurred() -> str:
    """As quick as it can be said: the copy is blurred while it is small."""
    (width, height), (inner, tall), (across, down) = SIZE, _WHOLE, _SMALL
    copy = f"crop={tall * width // height // 2 * 2}:{tall},scale={across}:{down}:flags=bilinear,gblur=5:steps=2"
    return (
        f"[0:v]scale={inner}:{tall}:flags=bilinear,split[whole][copy];[copy]{copy},"
        f"lutyuv=y=16+(val-16)*0.62,scale={width}:{height}:flags=bicubic[back];"
        f"[back][whole]overlay=0:{(height - tall) // 2}"
    )


def _cropped() -> str:
    (width, height), seconds = SIZE, SPAN.duration
    return f"[0:v]crop=608:1080:x='192+960*t/{seconds}':y=0,scale={width}:{height}:flags=bicubic"


def _row(job: str, mine: list[Run], theirs: list[Run], more: str) -> Row:
    ratio = statistics.median(1 / each for each in ratios(mine, theirs))
    detail = f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(theirs):.2f} s"
    memory = f"{max(each.memory for each in mine):.0f} and {max(each.memory for each in theirs):.0f} MB"
    said = "; ".join(part for part in (detail, more, memory) if part)
    return Row(job, "ffmpeg veryfast", f"{ratio:.2f}× its time", "≤ 1.15×", ratio <= 1.15, said)
