"""The command line's edge: arguments in, an exit code out."""

from __future__ import annotations

import logging
import signal
import sys
from argparse import Namespace
from collections.abc import Sequence
from types import FrameType

from fastclip_desktop.cli.arguments import parse_arguments
from fastclip_desktop.domain.errors import Cancelled, ErrorCode, FastClipError, InternalError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 2 usage, 3 input, 4 nothing found, 5 cancelled, 1 our fault."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    as_json = "--json" in words
    try:
        options = parse_arguments(words)
        logging.basicConfig(
            stream=sys.stderr,
            level=logging.DEBUG if options.verbose else logging.CRITICAL,
            format="%(asctime)s %(name)s %(message)s",
        )
        return _run(options)
    except FastClipError as error:
        return _fail(error, as_json=as_json)
    except KeyboardInterrupt:
        return _fail(Cancelled(), as_json=as_json)
    except BrokenPipeError:
        # Whoever read our output has gone; Python would complain about it once more while flushing at exit.
        sys.stdout = None
        return 0
    except Exception as error:
        logging.getLogger(__name__).exception("A command failed")
        return _fail(_unforeseen(error), as_json=as_json)


def _run(options: Namespace) -> int:
    # Imported only once the arguments are known to be good, to keep --help and faults quick.
    from fastclip_desktop.bootstrap import Cluster, build_engine
    from fastclip_desktop.cli.commands import COMMANDS, STANDALONE

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
        "Run the command again with --verbose and report what it prints.",
    )
