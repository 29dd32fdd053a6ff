"""Prints the table; ends with 0 whatever the figures are."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.api import measure_api
from tests.benchmarks.cut import measure_cuts, measure_variants
from tests.benchmarks.embed import measure_embedding
from tests.benchmarks.encode import measure_encodes
from tests.benchmarks.fetch import measure_fetch
from tests.benchmarks.framing import measure_framing
from tests.benchmarks.hardware import measure_hardware
from tests.benchmarks.hear import measure_hearing
from tests.benchmarks.measure import Row, print_table
from tests.benchmarks.media import hour
from tests.benchmarks.peers import find_ffmpeg, peer_python
from tests.benchmarks.questions import measure_questions
from tests.benchmarks.queue import measure_queue
from tests.benchmarks.quick_scrub import measure_quick_scrub
from tests.benchmarks.scrub import measure_scrub
from tests.benchmarks.shorts import measure_shorts
from tests.benchmarks.start import measure_start
from tests.benchmarks.stills import measure_stills
from tests.benchmarks.timeline import measure_timeline
from tests.benchmarks.window_under_faults import measure_window_under_faults
from tests.benchmarks.words import measure_words

GROUPS = (
    "cut",
    "encode",
    "shorts",
    "stills",
    "scrub",
    "timeline",
    "words",
    "start",
    "variants",
    "fetch",
    "queue",
    "api",
    "embed",
    "hear",
    "questions",
    "framing",
    "hardware",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", default=list(GROUPS), choices=GROUPS, help="which rows to measure")
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="where media and peers are kept")
    parser.add_argument("--embedder", type=Path, help="an embedding model's GGUF file, for embed and questions")
    parser.add_argument("--whisper", type=Path, help="a speech model's folder, for hear and hardware")
    parser.add_argument("--recording", type=Path, help="what to hear, likewise")
    parser.add_argument("--faces", type=Path, help="videos with people, for the group framing")
    parser.add_argument("--model", type=Path, help="YuNet as an ONNX file, for the group framing")
    parser.add_argument("--questions", type=Path, help="recordings with known answers, for the group questions")
    parser.add_argument("--yunet", type=Path, help="a model that finds faces, for the group shorts")
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    without_media: dict[str, Callable[[], list[Row]]] = {
        "embed": lambda: measure_embedding(options.embedder, folder),
        "hear": lambda: measure_hearing(options.whisper, options.recording, folder),
        "questions": lambda: measure_questions(options.questions, options.embedder),
        "framing": lambda: measure_framing(options.faces, options.model),
        "hardware": lambda: measure_hardware(options.whisper, options.recording, folder),
        "timeline": measure_timeline,
        "words": measure_words,
        "start": measure_start,
    }
    if set(options.groups) <= without_media.keys():
        print_table([row for name in options.groups for row in without_media[name]()])
        return 0
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        print("There is no ffmpeg to measure against. Install it, then run this again.", file=sys.stderr)
        return 0
    source = hour(folder)
    of_media: dict[str, Callable[[], list[Row]]] = {
        "cut": lambda: measure_cuts(source, folder, ffmpeg, peer_python(folder)),
        "encode": lambda: measure_encodes(source, folder, ffmpeg),
        "shorts": lambda: measure_shorts(source, folder, ffmpeg, options.yunet),
        "stills": lambda: measure_stills(source, folder, ffmpeg),
        "scrub": lambda: [*measure_scrub(source), *measure_quick_scrub(source)],
        "variants": lambda: measure_variants(folder, ffmpeg),
        "fetch": lambda: measure_fetch(source, folder, ffmpeg),
        "queue": lambda: [*measure_queue(source), measure_window_under_faults()],
        "api": lambda: measure_api(source),
    }
    measures = of_media | without_media
    rows = [row for name in GROUPS if name in options.groups for row in measures[name]()]
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
