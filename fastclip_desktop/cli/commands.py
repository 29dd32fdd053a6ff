"""One function a command: arguments in, a request to the engine, the answer out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from fastclip_desktop.bootstrap import restore_database
from fastclip_desktop.cli import report
from fastclip_desktop.cli.outputs import keep_source, output_options
from fastclip_desktop.cli.parts import parse_part, parse_transition
from fastclip_desktop.cli.progress_display import progress_display
from fastclip_desktop.cli.site_access import access_of
from fastclip_desktop.domain.errors import ErrorCode, NothingFound, UsageError
from fastclip_desktop.domain.job import AnalyzeRequest, AutoClipRequest, ClipRequest, JoinRequest
from fastclip_desktop.domain.timecode import TimeRange, parse_timecode
from fastclip_desktop.engine.engine import Engine


def info(engine: Engine, options: Namespace) -> int:
    """``fastclip info SRC``."""
    report.write_info(engine.info(options.source, access_of(options)), as_json=options.json)
    return 0


def clip(engine: Engine, options: Namespace) -> int:
    """``fastclip clip SRC --start T --end T``."""
    output, destination = output_options(options)
    span = TimeRange(parse_timecode(options.start), parse_timecode(options.end))
    keep_source(options.source, destination)
    with progress_display(engine):
        result = engine.run(ClipRequest(options.source, span, output, destination, access=access_of(options)))
    report.write_clips(result, as_json=options.json)
    return 0


def join(engine: Engine, options: Namespace) -> int:
    """``fastclip join SRC[@START-END]…``."""
    output, destination = output_options(options)
    parts = tuple(map(parse_part, options.parts))
    transition = parse_transition(gap=options.gap, cross_fade=options.cross_fade, overlap=options.overlap)
    for part in parts:
        keep_source(part.source, destination)
    with progress_display(engine):
        result = engine.run(JoinRequest(parts, output, destination, transition, access=access_of(options)))
    report.write_clips(result, as_json=options.json)
    return 0


def auto(engine: Engine, options: Namespace) -> int:
    """``fastclip auto SRC QUERY``."""
    output, destination = output_options(options)
    keep_source(options.source, destination)
    request = AutoClipRequest(
        options.source,
        options.query,
        output,
        destination,
        _transcript(options),
        options.max_clips,
        access=access_of(options),
        language=options.language,
    )
    with progress_display(engine):
        result = engine.run(request)
    report.write_clips(result, as_json=options.json)
    return 0


def shorts(engine: Engine, options: Namespace) -> int:
    """``fastclip shorts SRC``."""
    from fastclip_desktop.cli.shorts import shorts as run  # as for the demo

    return run(engine, options)


def analyze(engine: Engine, options: Namespace) -> int:
    """``fastclip analyze [SRC] QUERY… [--transcript FILE]``."""
    source, queries = "", tuple(options.words)
    if not options.transcript or (len(queries) > 1 and _names_a_source(queries[0])):
        source, *rest = options.words
        queries = tuple(rest)
    if not queries:
        raise UsageError(
            ErrorCode.BAD_USAGE,
            "There is a source but nothing to look for in it.",
            "Write `fastclip analyze SRC QUERY`, or `--transcript FILE QUERY`.",
        )
    with progress_display(engine):
        result = engine.run(
            AnalyzeRequest(
                source,
                queries,
                _transcript(options),
                options.max_moments,
                access=access_of(options),
                language=options.language,
            )
        )
    report.write_findings(result.findings, as_json=options.json)
    return 0 if any(found.moments for found in result.findings) else NothingFound.exit_code


def transcribe(engine: Engine, options: Namespace) -> int:
    """``fastclip transcribe SRC``."""
    from fastclip_desktop.cli.transcribe import transcribe as run  # as for the demo

    return run(engine, options)


def models(engine: Engine, options: Namespace) -> int:
    """``fastclip models``."""
    from fastclip_desktop.cli.models import models as run  # as for the demo

    return run(engine, options)


def doctor(engine: Engine, options: Namespace) -> int:
    """``fastclip doctor``."""
    if options.report:
        from fastclip_desktop.cli.support import write_support

        return write_support(engine, options)
    from fastclip_desktop.cli.doctor import doctor as run  # as for the demo

    return run(engine, options)


def update_sites(engine: Engine, options: Namespace) -> int:
    """``fastclip update-sites``."""
    if options.candidate:
        report.write_sites(engine.try_sites(Path(options.candidate)), as_json=options.json)
    else:
        report.write_sites(engine.update_sites(options.index), as_json=options.json)
    return 0


def update_check(engine: Engine, options: Namespace) -> int:
    """``fastclip update-check``."""
    report.write_release(engine.newest_release(options.index), as_json=options.json)
    return 0


def restore(options: Namespace) -> int:
    """``fastclip restore``."""
    report.write_restored(restore_database(), as_json=options.json)
    return 0


def demo(engine: Engine, options: Namespace) -> int:
    """``fastclip demo``."""
    from fastclip_desktop.cli.demo import run_demo  # it brings an HTTP server, which no other command should wait for

    return run_demo(engine, Path(options.output), as_json=options.json)


def keys(options: Namespace) -> int:
    """``fastclip keys``."""
    from fastclip_desktop.cli.keys import keys as run  # with what only it needs, like the next two

    return run(options)


def serve(options: Namespace) -> int:
    """``fastclip serve``."""
    from fastclip_desktop.cli.serve import serve as run

    return run(options)


def mcp(options: Namespace) -> int:
    """``fastclip mcp``."""
    from fastclip_desktop.cli.agents import serve_agents as run

    return run(options)


def library(options: Namespace) -> int:
    """``fastclip library``."""
    from fastclip_desktop.cli.library import library as run

    return run(options)


COMMANDS: dict[str, Callable[[Engine, Namespace], int]] = {
    "info": info,
    "clip": clip,
    "join": join,
    "auto": auto,
    "shorts": shorts,
    "analyze": analyze,
    "transcribe": transcribe,
    "models": models,
    "doctor": doctor,
    "update-check": update_check,
    "update-sites": update_sites,
    "demo": demo,
}
"""What an engine without a memory does."""

STANDALONE: dict[str, Callable[[Namespace], int]] = {
    "serve": serve,
    "keys": keys,
    "library": library,
    "mcp": mcp,
    "restore": restore,
}
"""What needs the data folder."""


def _transcript(options: Namespace) -> Path | None:
    return Path(options.transcript).expanduser() if options.transcript else None


def _names_a_source(word: str) -> bool:
    return "://" in word or Path(word).exists()
