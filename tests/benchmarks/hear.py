"""Finding and recognising speech. No speech model is shipped, so its folder is given."""

from __future__ import annotations

import statistics
import sys
import wave
from pathlib import Path

import numpy as np

from tests.benchmarks.measure import Row, median_seconds, run
from tests.synthetic_speech import RATE, talk

RUNS = 3
LIMIT = 60.0
MOST_MEMORY = 500.0


def measure_hearing(model: Path | None, recording: Path | None, folder: Path) -> list[Row]:
    """The table's rows for speech; says what is missing where there is no model."""
    source = recording or an_hour_of_talk(folder)
    log = folder / "hear.log"
    words = [sys.executable, "-m", "tests.benchmarks.hear_job"]
    done = [run([*words, "voices", source], log) for _ in range(RUNS)]
    seconds, memory = median_seconds(done), max(each.memory for each in done)
    rows = [
        Row("find the speech in a recording", source.name, f"{seconds:.1f} s", f"≤ {LIMIT:.0f} s", seconds <= LIMIT,
            "with Python's start"),
        Row("", "memory", f"{memory:.0f} MB", f"≤ {MOST_MEMORY:.0f} MB", memory <= MOST_MEMORY, ""),
    ]  # fmt: skip
    if model is None:
        return [*rows, Row("recognise it", "", "–", "", None, "pass --whisper FOLDER")]
    speeds, firsts = [], []
    for _ in range(RUNS):
        run([*words, "words", source, model], log)
        *_, speed, first = log.read_text().split()
        speeds.append(float(speed))
        firsts.append(float(first))
    fast = f"{statistics.median(speeds):.1f}× as fast as it is spoken"
    return [
        *rows,
        Row("recognise it", model.name, fast, "", None, f"first words after {statistics.median(firsts):.1f} s"),
    ]


def an_hour_of_talk(folder: Path) -> Path:
    """Vowels and pauses, made once."""
    path = folder / "talk.wav"
    if not path.exists():
        piece = (np.clip(talk(0.5, 4, 1, 7, 2, 12, 0.6, 3, 1, 26, 3), -1, 1) * 32767).astype("<i2")
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            for _ in range(3600 * RATE // len(piece)):
                file.writeframesraw(piece.tobytes())
    return path
