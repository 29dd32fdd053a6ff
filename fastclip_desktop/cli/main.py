"""The command line's edge: arguments in, an exit code out."""

from __future__ import annotations

import io
import logging
import os
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from types import FrameType

from fastclip_desktop.cli.arguments import parse_arguments
from fastclip_desktop.cli.standard_streams import fill_standard_streams
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 2 usage, 3 input, 4 nothing found, 5 cancelled, 1 our fault."""
    fill_standard_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    as_json = "--json" in words
    _speak_every_language()
    try:
        return _run_noted(parse_arguments(words), as_json=as_json)
    except FastClipError as error:
        return _fail(error, as_json=as_json)
    except KeyboardInterrupt:
        return _fail(Cancelled(), as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain about it once more while flushing at exit.
        sys.stdout = None
        return 0
    except Exception as error:  # noqa: BLE001 - the program's edge; nothing can be noted yet or any more
        return _fail(_unforeseen(error), as_json=as_json)


def _speak_every_language() -> None:
    """Let what people said, and what files are called, be written whatever the system's encoding has no letters for.

    Windows gives programs that are piped a code page of its own. They get UTF-8 from us, as Python will do itself from
    3.15 on (PEP 686), unless ``PYTHONIOENCODING`` says otherwise; a terminal is written to in what it understands.
    """
    out = sys.stdout
    if isinstance(out, io.TextIOWrapper):
        is_asked_for = out.isatty() or "PYTHONIOENCODING" in os.environ
        out.reconfigure(encoding=None if is_asked_for else "utf-8", errors="backslashreplace")


def _run_noted(options: Namespace, *, as_json: bool) -> int:
    from fastclip_desktop.cli.noting import noted

    with noted(options) as watch:
        try:
            return _run(options)
        except (FastClipError, BrokenPipeError):
            raise
        except Exception as error:
            logging.getLogger(__name__).exception("A command failed")
            watch.write_exception(f"`fastclip {options.command}` failed", error, is_new=False)  # it says so itself
            return _fail(_unforeseen(error), as_json=as_json)


def _run(options: Namespace) -> int:
    # Imported only once the arguments are known to be good, to keep --help and faults quick.
    from fastclip_desktop.bootstrap import Cluster, build_engine
    from fastclip_desktop.cli.commands import COMMANDS, STANDALONE
    from fastclip_desktop.outside import stay_offline

    if options.stays_offline:
        stay_offline(os.environ)
    signal.signal(signal.SIGTERM, _interrupt)
    if options.command in STANDALONE:
        return STANDALONE[options.command](options)
    with build_engine(Cluster(options.cluster, options.shared) if getattr(options, "cluster", "") else None) as engine:
        return COMMANDS[options.command](engine, options)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _fail(error: FastClipError, *, as_json: bool) -> int:
    from fastclip_desktop.cli.report import write_error

    write_error(error, as_json=as_json)
    return error.exit_code


def _unforeseen(error: Exception) -> InternalError:
    return InternalError(
        ErrorCode.INTERNAL,
        f"Something went wrong inside FastClip: {type(error).__name__}: {error}.",
        "Run `fastclip doctor --report` and report what it prints.",
    )
