"""Placing an hour of speech among meanings. No embedding model is shipped, so its path is given."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from tests.benchmarks.measure import Row, median_seconds, pairs, ratios, run

PAIRS = 3
LIMIT = 30.0


def measure_embedding(model: Path | None, folder: Path) -> list[Row]:
    """The table's rows for an embedder; says what is missing where there is none."""
    job, peer = "embed an hour of speech", "llama-cpp-python, 1 by 1"
    if model is None:
        return [Row(job, peer, "–", f"≤ {LIMIT:.0f} s", None, "pass --embedder FILE.gguf")]
    log = folder / "embed.log"
    words = [sys.executable, "-m", "tests.benchmarks.embed_job"]
    mine, theirs = pairs(
        PAIRS, lambda _: run([*words, "ours", model], log), lambda _: run([*words, "peer", model], log)
    )
    texts = log.read_text().split()[-2]
    seconds, times = median_seconds(mine), statistics.median(ratios(mine, theirs))
    detail = f"{texts} texts, with Python's start and loading; peer {median_seconds(theirs):.1f} s"
    memory = f"{max(each.memory for each in mine):.0f} MB"
    return [
        Row(job, "", f"{seconds:.1f} s", f"≤ {LIMIT:.0f} s", seconds <= LIMIT, f"{detail}; {memory}"),
        Row("", peer, f"{times:.1f}×", "≥ 1×", times >= 1, model.name),
    ]
