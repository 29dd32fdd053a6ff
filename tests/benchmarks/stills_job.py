"""One still job as a process of its own: ``python -m tests.benchmarks.stills_job thumbnails|waveform SOURCE BEGAN``.

Prints the seconds since ``BEGAN``, a time of the system's clock, at which the first paint could be made: the twentieth
thumbnail, the first part of the waveform that covers the whole.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from fastclip_desktop.domain.progress import Reporter

THUMBNAILS = 200
FIRST = 20


def main() -> None:
    job, source, began = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    painted: list[float] = []

    def paint(_: object) -> None:
        painted.append(time.time() - began)

    if job == "thumbnails":
        from fastclip_desktop.media.thumbnails import make_even_thumbnails

        make_even_thumbnails(source, THUMBNAILS, paint, Reporter())
        print(painted[FIRST - 1])
    else:
        from fastclip_desktop.media.waveform import make_waveform

        make_waveform(source, paint, Reporter())
        print(painted[0])


if __name__ == "__main__":
    main()
