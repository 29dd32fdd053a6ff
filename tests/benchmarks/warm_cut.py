"""The same cut several times in one process: ``python -m tests.benchmarks.warm_cut SOURCE START END OUT TIMES``.

Prints the seconds that each took once everything was loaded: the first cut is made before and not counted.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.bootstrap import build_engine
from fastclip_desktop.domain.job import ClipRequest, Destination
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec


def main() -> None:
    source, start, end, out, times = sys.argv[1:]
    span, path = TimeRange(Fraction(start), Fraction(end)), Path(out)
    request = ClipRequest(source, span, OutputSpec(), Destination(path.parent, path.name))
    with build_engine() as engine:
        engine.run(request)
        for _ in range(int(times)):
            began = time.perf_counter()
            engine.run(request)
            print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
