"""Thumbnails and the waveform of the hour."""

from __future__ import annotations

import shutil
import statistics
import sys
import time
from pathlib import Path

from tests.benchmarks.measure import Row, Run, median_seconds, pairs, ratios, run
from tests.benchmarks.stills_job import FIRST, THUMBNAILS

PAIRS = 5


def measure_stills(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    """The table's rows for stills."""
    return [*_thumbnails(source, folder, ffmpeg), *_waveform(source, folder, ffmpeg)]


def _job(name: str, source: Path, folder: Path, firsts: list[float]) -> Run:
    log = folder / f"{name}.log"
    began = time.time()
    done = run([sys.executable, "-m", "tests.benchmarks.stills_job", name, source, str(began)], log)
    firsts.append(float(log.read_text().split()[-1]))
    return done


def _thumbnails(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    pictures, firsts = folder / "thumbnails", list[float]()
    pictures.mkdir(exist_ok=True)
    words = [ffmpeg, "-v", "error", "-y", "-skip_frame", "nokey", "-i", source, "-an", "-vf", "scale=160:-2"]
    mine, theirs = pairs(
        PAIRS,
        lambda _: _job("thumbnails", source, folder, firsts),
        lambda _: run([*words, "-vsync", "vfr", "-q:v", "4", pictures / "%05d.jpg"], folder / "peer.log"),
    )
    shutil.rmtree(pictures)
    faster, first = statistics.median(ratios(mine, theirs)), statistics.median(firsts)
    detail = f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(theirs):.2f} s"
    return [
        Row(f"{THUMBNAILS} thumbnails of the hour", "-skip_frame nokey", f"{faster:.1f}×", "≥ 5×", faster >= 5, detail),
        Row("", f"first {FIRST} after", f"{first:.2f} s", "≤ 0.5 s", first <= 0.5, "with Python's start"),
    ]


def _waveform(source: Path, folder: Path, ffmpeg: str) -> list[Row]:
    firsts = list[float]()
    words = [ffmpeg, "-v", "error", "-y", "-i", source, "-filter_complex", "showwavespic=s=1920x200", "-frames:v", "1"]
    mine, theirs = pairs(
        PAIRS,
        lambda _: _job("waveform", source, folder, firsts),
        lambda _: run([*words, folder / "wave.png"], folder / "peer.log"),
    )
    slower = statistics.median(1 / each for each in ratios(mine, theirs))
    paint = statistics.median(first / their.seconds for first, their in zip(firsts, theirs, strict=True))
    memory = max(each.memory for each in mine) / min(each.memory for each in theirs)
    detail = f"ours {median_seconds(mine):.2f} s, ffmpeg {median_seconds(theirs):.2f} s"
    greatest = f"{max(each.memory for each in mine):.0f} MB, ffmpeg {min(each.memory for each in theirs):.0f} MB"
    return [
        Row("waveform of the hour", "showwavespic", f"{slower:.2f}× its time", "≤ 1.0×", slower <= 1, detail),
        Row("", "its memory", f"{memory:.2f}×", "≤ 0.1×", memory <= 0.1, greatest),
        Row("", "first paint", f"{paint:.2f}× its time", "≤ 0.4×", paint <= 0.4, f"{statistics.median(firsts):.2f} s"),
    ]
