"""How long a clip of a local file waits in an idle queue until it is being cut."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.domain.events import Event, JobAdvanced, JobCompleted, JobFailed
from fastclip_desktop.domain.job import ClipRequest, Destination
from fastclip_desktop.domain.timecode import TimeRange
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.engine import Engine
from fastclip_desktop.runners.processes import ProcessRunner
from fastclip_desktop.settings.paths import Paths
from fastclip_desktop.store.database import Database
from tests.benchmarks.measure import Row

JOBS = 30
_PATIENCE = 60.0


class _Watch:
    """Notes when each job first spoke, when it was first rendered, and when it was done."""

    def __init__(self) -> None:
        self.spoken: dict[str, float] = {}
        self.rendered: dict[str, float] = {}
        self.done: dict[str, float] = {}
        self.ended = threading.Event()

    def __call__(self, event: Event) -> None:
        now = time.perf_counter()
        match event:
            case JobAdvanced(job_id=job_id, stage=stage):
                self.spoken.setdefault(job_id, now)
                if stage.startswith("Rendering"):
                    self.rendered.setdefault(job_id, now)
            case JobCompleted(job=job):
                self.done[job.id] = now
                self.ended.set()
            case JobFailed(error=error):
                raise error


def measure_queue(source: Path) -> list[Row]:
    """The table's rows for the queue: its database on disk, its stages in warm child processes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        paths = Paths(root / "data", root / "cache", root / "config")
        runner = ProcessRunner(paths.sites)
        runner.warm()
        watch, submitted = _Watch(), dict[str, float]()
        with Engine(runner, paths, Database.open(paths.database)) as engine:
            engine.subscribe(watch)
            for number in range(JOBS + 1):
                span = TimeRange(Fraction(100 * number + 3), Fraction(100 * number + 13))
                began = time.perf_counter()
                (job,) = engine.jobs.submit((ClipRequest(str(source), span, OutputSpec(), Destination(root)),))
                if number:  # the first finds the children still importing
                    submitted[job.id] = began
                if not watch.ended.wait(_PATIENCE):
                    raise TimeoutError(f"job {job.id} did not end")
                watch.ended.clear()
    begun, cut, done = (
        statistics.median(1000 * (times[job_id] - began) for job_id, began in submitted.items())
        for times in (watch.spoken, watch.rendered, watch.done)
    )
    detail = f"first stage after {begun:.0f} ms, done after {done:.0f} ms; {JOBS} clips of 10 s"
    return [Row("a queued clip of a local file", "submit to cut", f"{cut:.0f} ms", "≤ 50 ms", cut <= 50, detail)]
