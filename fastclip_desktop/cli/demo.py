"""The main job from end to end on a talk made on the spot: one clip by times, more by words, both from a real URL."""

from __future__ import annotations

import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path

from fastclip_desktop.cli import report
from fastclip_desktop.cli.demo_site import demo_site
from fastclip_desktop.cli.progress_display import progress_display
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.job import AutoClipRequest, ClipRequest, Destination, JobResult
from fastclip_desktop.domain.timecode import TimeRange, format_timecode
from fastclip_desktop.domain.timeline import OutputSpec
from fastclip_desktop.engine.engine import Engine

_TITLE = "Running a small podcast"
_SPAN = TimeRange(Fraction("125.4"), Fraction(140))
_QUERY = "how to price a sponsor slot"


def run_demo(engine: Engine, folder: Path, *, as_json: bool) -> int:
    """Make the talk, serve it, clip it, and say where the clips are and what it took.

    Raises:
        InputError: ``output_not_writable``.
    """
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"The folder {folder} can't be made: {error.strerror}.",
            "Choose another with -o.",
        ) from error
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="fastclip-demo-") as scratch:
        _say(f"Making a sample talk, “{_TITLE}” …")
        talk = engine.make_sample_talk(Path(scratch))
        made = time.perf_counter() - started
        with demo_site(Path(scratch), talk, _TITLE) as url, progress_display(engine):
            _say(f"Serving it at {url}")
            _say(f"Clipping {format_timecode(_SPAN.start)}–{format_timecode(_SPAN.end)} by times …")
            by_times = engine.run(ClipRequest(url, _SPAN, OutputSpec(), Destination(folder)))
            _say(f"Clipping by words: “{_QUERY}” …")
            by_words = engine.run(AutoClipRequest(url, _QUERY, OutputSpec(), Destination(folder), max_clips=2))
    result = JobResult(by_times.clips + by_words.clips, by_words.findings)
    report.write_clips(result, as_json=as_json)
    if not as_json:
        first = by_times.clips[0].receipt.first_frame
        print(f"\nThe clips are in {folder}")
        if first is not None:
            print(f"The first picture of the clip by times is the one at {format_timecode(first)}; its slide says so.")
        print(f"All of it took {time.perf_counter() - started:.1f} s, {made:.1f} s of them to make the talk.")
    return 0


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
