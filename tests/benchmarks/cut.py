"""Cuts of 60 s from the hour, against ffmpeg's exact encode, its plain copy, smartcut and moviepy."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from tests.benchmarks.measure import FailedRunError, Row, Run, median_seconds, pairs, ratios, run
from tests.benchmarks.media import GOP, HOUR, RATE, VARIANTS, Kind, medium
from tests.media_factory import read_frame_numbers, read_sound_shift

PeerCut = Callable[[Path, Path, Fraction, Path], Run]

LENGTH = 60
PLACES = 20
_WARM_CUTS = 9


def places(count: int = PLACES) -> list[Fraction]:
    """Starts at random milliseconds in the middle half hour; the same ones in every run."""
    picker = random.Random(20)
    return [Fraction(picker.randrange(900_000, 2_700_000), 1000) for _ in range(count)]


def ours(source: Path, start: Fraction, end: Fraction, out: Path, *more: str) -> Run:
    """The command that a person types."""
    out.unlink(missing_ok=True)
    words = [sys.executable, "-m", "fastclip_desktop", "clip", source, "--start", f"{float(start):.3f}"]
    return run([*words, "--end", f"{float(end):.3f}", "-o", out, "--json", *more], out.with_suffix(".log"))


def ffmpeg_exact(ffmpeg: str, source: Path, start: Fraction, out: Path, *filters: str) -> Run:
    """Debian's ffmpeg with x264 veryfast."""
    words = [ffmpeg, "-v", "error", "-y", "-ss", f"{float(start):.3f}", "-i", source, "-t", str(LENGTH), *filters]
    coding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-c:a", "aac", "-movflags", "+faststart"]
    return run([*words, *coding, out], out.with_suffix(".log"))


def ffmpeg_copy(ffmpeg: str, source: Path, start: Fraction, out: Path) -> Run:
    """Debian's ffmpeg without any coding."""
    words = [ffmpeg, "-v", "error", "-y", "-ss", f"{float(start):.3f}", "-i", source, "-t", str(LENGTH)]
    return run([*words, "-c", "copy", "-movflags", "+faststart", out], out.with_suffix(".log"))


def smartcut(python: Path, source: Path, start: Fraction, out: Path) -> Run:
    """The smartcut package."""
    words = [python.with_name("smartcut"), source, out, "--keep", f"{float(start):.3f},{float(start + LENGTH):.3f}"]
    return run(words, out.with_suffix(".log"))


def moviepy(python: Path, source: Path, start: Fraction, out: Path) -> Run:
    """The moviepy package with x264 veryfast."""
    script = (
        "import sys; from moviepy import VideoFileClip\n"
        "s, a, b, o = sys.argv[1:]\n"
        "with VideoFileClip(s) as v: v.subclipped(float(a), float(b)).write_videofile("
        "o, codec='libx264', preset='veryfast', audio_codec='aac', logger=None)\n"
    )
    words = [python, "-c", script, source, f"{float(start):.3f}", f"{float(start + LENGTH):.3f}", out]
    return run(words, out.with_suffix(".log"))


def wrong_frames(clip: Path, start: Fraction, kind: Kind = HOUR) -> int:
    """How many frames are missing, doubled or strange in a clip of a medium."""
    wanted = kind.numbers(start, start + LENGTH)
    got = [read.number for read in read_frame_numbers(clip)]
    return abs(len(got) - len(wanted)) + sum(one != other for one, other in zip(got, wanted, strict=False))


def sound_offset(clip: Path, source: Path, start: Fraction) -> Fraction:
    """Milliseconds by which the sound lies off the picture."""
    first_frame = Fraction(-(-start * RATE // 1), RATE)
    return abs(read_sound_shift(clip, source, first_frame) - first_frame) * 1000


def measure_cuts(source: Path, folder: Path, ffmpeg: str, python: Path | None) -> list[Row]:
    """The table's rows for cutting."""
    starts = places()
    out = folder / "out.mp4"
    rows = []
    kept = [folder / f"ours-{index}.mp4" for index in range(PLACES)]
    mine, exact = pairs(
        PLACES,
        lambda n: ours(source, starts[n], starts[n] + LENGTH, kept[n]),
        lambda n: ffmpeg_exact(ffmpeg, source, starts[n], out),
    )
    faster = ratios(mine, exact)
    rows.append(
        Row(
            "exact cut 60 s, 20 places",
            "ffmpeg veryfast",
            f"{statistics.median(faster):.1f}× / {min(faster):.1f}× worst",
            "≥ 20× / ≥ 8×",
            statistics.median(faster) >= 20 and min(faster) >= 8,
            f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(exact):.2f} s",
        )
    )
    memory = max(each.memory for each in mine)
    rows.append(Row("", "greatest memory", f"{memory:.0f} MB", "≤ 350 MB", memory <= 350, ""))
    wrong = sum(wrong_frames(clip, start) for clip, start in zip(kept, starts, strict=True))
    rows.append(Row("", "wrong frames in 20 cuts", f"{wrong}", "0", wrong == 0, ""))
    off = max(sound_offset(clip, source, start) for clip, start in list(zip(kept, starts, strict=True))[:5])
    rows.append(Row("", "sound off the picture (5)", f"{float(off):.3f} ms", "≤ 1 ms", off <= 1, ""))
    mine, copied = pairs(
        PLACES,
        lambda n: ours(source, starts[n], starts[n] + LENGTH, kept[n]),
        lambda n: ffmpeg_copy(ffmpeg, source, starts[n], out),
    )
    slower = statistics.median(1 / each for each in ratios(mine, copied))
    detail = f"ours {median_seconds(mine):.2f} s, copy {median_seconds(copied):.3f} s"
    rows.append(Row("", "ffmpeg -c copy", f"{slower:.1f}× its time", "≤ 9×", slower <= 9, detail))
    rows.append(_key_frame_cut(source, folder, ffmpeg))
    if python is not None:
        rows += _against_package("smartcut", smartcut, 5.0, source, folder, python)
        rows += _against_package("moviepy", moviepy, None, source, folder, python)
    for clip in kept:
        clip.unlink(missing_ok=True)
    return rows


def measure_variants(folder: Path, ffmpeg: str) -> list[Row]:
    """The same cut of other codecs, containers and clocks."""
    return [_variant(kind, medium(kind, folder), folder, ffmpeg) for kind in VARIANTS]


def _variant(kind: Kind, source: Path, folder: Path, ffmpeg: str) -> Row:
    picker = random.Random(kind.name)
    starts = [Fraction(picker.randrange(60_000, 480_000), 1000) for _ in range(5)]
    kept = [folder / f"ours-{index}.mp4" for index in range(len(starts))]
    mine, exact = pairs(
        len(starts),
        lambda n: ours(source, starts[n], starts[n] + LENGTH, kept[n]),
        lambda n: ffmpeg_exact(ffmpeg, source, starts[n], folder / "out.mp4"),
    )
    wrong = sum(wrong_frames(clip, start, kind) for clip, start in zip(kept, starts, strict=True))
    faster = ratios(mine, exact)
    for clip in kept:
        clip.unlink(missing_ok=True)
    return Row(
        f"exact cut 60 s, {kind.name}",
        "ffmpeg veryfast (H.264)",
        f"{statistics.median(faster):.1f}× / {min(faster):.1f}× worst",
        "0 wrong frames",
        wrong == 0,
        f"{wrong} wrong; ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(exact):.2f} s",
    )


def _key_frame_cut(source: Path, folder: Path, ffmpeg: str) -> Row:
    start = Fraction(GOP * 200, RATE)
    end = start + Fraction(GOP * 7, RATE)
    log = folder / "warm.log"
    words = [sys.executable, "-m", "tests.benchmarks.warm_cut", source, str(start), str(end), folder / "key.mp4"]
    copied = [ffmpeg_copy(ffmpeg, source, start, folder / "copy.mp4") for _ in range(3)]
    run([*words, str(_WARM_CUTS)], log)
    copied += [ffmpeg_copy(ffmpeg, source, start, folder / "copy.mp4") for _ in range(3)]
    mine = statistics.median(float(line) for line in log.read_text().split())
    ratio = mine / median_seconds(copied)
    return Row(
        "cut on key frames, once started",
        "ffmpeg -c copy",
        f"{ratio:.1f}× its time",
        "≤ 1.3×",
        ratio <= 1.3,
        f"ours {mine:.3f} s, copy {median_seconds(copied):.3f} s",
    )


def _against_package(
    name: str, cut: PeerCut, wanted: float | None, source: Path, folder: Path, python: Path
) -> list[Row]:
    starts = places(5)
    try:
        mine, theirs = pairs(
            len(starts),
            lambda n: ours(source, starts[n], starts[n] + LENGTH, folder / "mine.mp4"),
            lambda n: cut(python, source, starts[n], folder / f"{name}.mp4"),
        )
    except FailedRunError as error:
        return [Row("", name, "failed", "", None, str(error)[:100])]
    faster = statistics.median(ratios(mine, theirs))
    memory = max(each.memory for each in theirs)
    detail = f"ours {median_seconds(mine):.2f} s, {name} {median_seconds(theirs):.2f} s and {memory:.0f} MB"
    met = None if wanted is None else faster >= wanted
    return [Row("", name, f"{faster:.1f}×", f"≥ {wanted:.0f}×" if wanted else "", met, detail)]
