"""What a command leaves behind when it goes wrong: its log and, at the worst, the report of a crash."""

from __future__ import annotations

import logging
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from fastclip_desktop.diagnostics.crashes import Watch, begin_watch
from fastclip_desktop.diagnostics.logs import LogLine, keep_log, level_of
from fastclip_desktop.diagnostics.redaction import register_link
from fastclip_desktop.settings.paths import find_paths
from fastclip_desktop.settings.preferences import read_preferences

_SERVICES = ("serve", "mcp")
"""Commands that nobody watches: they say what they find of earlier crashes."""


@contextmanager
def noted(options: Namespace) -> Iterator[Watch]:
    """Keep a log and have crashes reported as long as a command runs."""
    program = options.command.replace("-", "_")
    paths = find_paths(os.environ)
    for link in (getattr(options, "cluster", ""), getattr(options, "shared", ""), getattr(options, "index", "")):
        register_link(link or "")
    _show_log(program, verbose=options.verbose)
    with ExitStack() as at_the_end:
        watch = begin_watch(paths.crashes, paths.logs, program)
        at_the_end.callback(watch.end)
        level = level_of(os.environ, read_preferences(paths.config)[0].log_level)
        watch.log = keep_log(paths.logs, program, level, watch.started)
        if watch.log is not None:
            at_the_end.callback(watch.log.close)
        if program in _SERVICES:
            _tell_of_crashes(watch)
        yield watch


def _show_log(program: str, *, verbose: bool) -> None:
    """Write what happens inside to stderr, as far as it is wanted there."""
    shown = logging.StreamHandler(sys.stderr)
    shown.setFormatter(LogLine(program))
    shown.setLevel(logging.DEBUG if verbose else logging.WARNING if program == "serve" else logging.CRITICAL)
    logging.basicConfig(level=shown.level, handlers=[shown])


def _tell_of_crashes(watch: Watch) -> None:
    found = [report.mark_read() for report in watch.gather() if report.program == watch.program]
    if found:
        what = "FastClip ended unexpectedly" if found[0].ended else "Something in FastClip failed"
        print(f"{what} last time; `fastclip doctor --report` shows what is known of it.", file=sys.stderr, flush=True)
