"""Prints the table; ends with 0 whatever the figures are."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.benchmarks.api import measure_api
from tests.benchmarks.cut import measure_cuts, measure_variants
from tests.benchmarks.embed import measure_embedding
from tests.benchmarks.encode import measure_encodes
from tests.benchmarks.fetch import measure_fetch
from tests.benchmarks.measure import Row, print_table
from tests.benchmarks.media import hour
from tests.benchmarks.peers import find_ffmpeg, peer_python
from tests.benchmarks.queue import measure_queue
from tests.benchmarks.stills import measure_stills
from tests.benchmarks.window_under_faults import measure_window_under_faults

GROUPS = ("cut", "encode", "stills", "variants", "fetch", "queue", "api", "embed")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", nargs="*", default=list(GROUPS), choices=GROUPS, help="which rows to measure")
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"), help="where media and peers are kept")
    parser.add_argument("--embedder", type=Path, help="an embedding model's GGUF file, for the group embed")
    options = parser.parse_args()
    folder: Path = options.folder.absolute()
    folder.mkdir(parents=True, exist_ok=True)
    if options.groups == ["embed"]:
        print_table(measure_embedding(options.embedder, folder))
        return 0
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        print("There is no ffmpeg to measure against. Install it, then run this again.", file=sys.stderr)
        return 0
    source = hour(folder)
    rows: list[Row] = []
    if "cut" in options.groups:
        rows += measure_cuts(source, folder, ffmpeg, peer_python(folder))
    if "encode" in options.groups:
        rows += measure_encodes(source, folder, ffmpeg)
    if "stills" in options.groups:
        rows += measure_stills(source, folder, ffmpeg)
    if "variants" in options.groups:
        rows += measure_variants(folder, ffmpeg)
    if "fetch" in options.groups:
        rows += measure_fetch(source, folder, ffmpeg)
    if "queue" in options.groups:
        rows += [*measure_queue(source), measure_window_under_faults()]
    if "api" in options.groups:
        rows += measure_api(source)
    if "embed" in options.groups:
        rows += measure_embedding(options.embedder, folder)
    print_table(rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
