"""Cuts the middle out of every media file below a folder and says how each cut came out.

``python -m tests.exactness.awkward FOLDER`` is for files that nobody made for testing. Their frames carry no numbers,
so a clip is compared with a decode of the whole source that knows nothing of seeking: as many frames as lie in the
range, the first and the last of them alike in brightness, and sound for as long as the source has it. Every file is cut
in a process of its own that is killed when it takes too long.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SKIPPED = {".txt", ".md", ".json", ".tsv", ".srt", ".vtt", ".html", ".xml", ".dump", ".m3u8", ".mpd"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file's cut came out.

    Attributes:
        name: the file, below the folder.
        verdict: right, refused, wrong, crashed or too slow.
        detail: the way it was cut, the code it was refused with, or what is wrong.
    """

    name: str
    verdict: str
    detail: str


def outcome_of(path: Path, folder: Path, patience: float) -> Outcome:
    """Cut one file in a child process.

    Args:
        path: the file.
        folder: that its name is told below.
        patience: seconds that it may take.
    """
    name = str(path.relative_to(folder))
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "tests.exactness.awkward_cut", str(path), scratch]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
        except subprocess.TimeoutExpired:
            return Outcome(name, "too slow", f"more than {patience:.0f} s")
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        return Outcome(name, "crashed", f"exit {done.returncode}: {last}")
    return Outcome(name, **json.loads(done.stdout.splitlines()[-1]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table and its totals; 0 if nothing was wrong, crashed or too slow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60, help="how long one file may take")
    parsed = parser.parse_args(arguments)
    files = [path for path in sorted(parsed.folder.rglob("*")) if path.is_file() and path.suffix not in _SKIPPED]
    totals: Counter[str] = Counter()
    for path in files:
        outcome = outcome_of(path, parsed.folder, parsed.seconds)
        totals[outcome.verdict] += 1
        print(f"{outcome.verdict:9}{outcome.name}  {outcome.detail}", flush=True)
    print(f"{len(files)} files: " + ", ".join(f"{count} {verdict}" for verdict, count in totals.most_common()))
    return 1 if totals["wrong"] or totals["crashed"] or totals["too slow"] else 0


if __name__ == "__main__":
    sys.exit(main())
