"""The command line's grammar. Nothing heavy is imported here: ``--help`` must answer at once."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import NoReturn

from fastclip_desktop import __version__
from fastclip_desktop.cli.shorts_arguments import add_shorts_options
from fastclip_desktop.domain.access import SLOWEST_RATE
from fastclip_desktop.domain.errors import ErrorCode, UsageError
from fastclip_desktop.domain.job import DEFAULT_MAX_MOMENTS, DEFAULT_NAME_TEMPLATE
from fastclip_desktop.domain.stage import REGISTRY
from fastclip_desktop.domain.timeline import COMPATIBLE, QUALITIES, QUALITY_HEIGHTS, OutputFormat

_TIMES = "Times are seconds (75.5) or [H:]MM:SS[.mmm] (1:15.500), counted from the source's first picture or sound."
_EXAMPLES = """\
examples:
  fastclip clip talk.mp4 --start 1:15 --end 2:05.5
  fastclip clip https://example.org/talk --start 75 --end 90 --format gif -o laugh.gif
  fastclip join talk.mp4@1:15-2:05.5 talk.mp4@12:30-13:00 --cross-fade 0.8 -o best.mp4
  fastclip auto talk.mp4 "every time she mentions pricing"
  fastclip shorts talk.mp4 --count 3 --preset face_track --hooks --montage
  fastclip analyze --transcript talk.srt "the part about microphones" "the audience laughs"
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = message[:1].upper() + message[1:].rstrip(".") + "."
        raise UsageError(ErrorCode.BAD_USAGE, sentence, f"See `{self.prog} --help`.")


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = _Parser(
        prog="fastclip",
        description="Exact clips from any video, found by times or by words, on your own machine.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"fastclip {__version__}")
    parser.add_argument("--offline", action="store_true", dest="stays_offline", help="let nothing leave this machine")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in (_add_info, _add_clip, _add_join, _add_auto, _add_shorts, _add_analyze, _add_transcribe):
        add(commands)
    for add in (_add_serve, _add_keys, _add_library, _add_mcp):
        add(commands)
    for add in (_add_models, _add_doctor, _add_update_check, _add_update_sites, _add_restore, _add_demo):
        add(commands)
    return parser


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line.

    Raises:
        UsageError: ``bad_usage`` with one sentence; ``--help`` and ``--version`` end the program as usual.
    """
    parser = build_parser()
    options, more = parser.parse_known_args(arguments)
    if more and options.command == "analyze" and not any(word.startswith("-") for word in more):
        options.words += more  # queries behind an option, which argparse does not put together with those before it
    elif more:
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    if bool(getattr(options, "cluster", "")) != bool(getattr(options, "shared", "")):
        raise UsageError(
            ErrorCode.BAD_USAGE, "--cluster and --shared go together.", f"See `fastclip {options.command} --help`."
        )
    return options


def _command(commands: argparse._SubParsersAction[_Parser], name: str, summary: str, epilog: str = "") -> _Parser:
    parser = commands.add_parser(name, help=summary, description=summary, epilog=epilog)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
    _add_verbose(parser)
    return parser


def _add_verbose(parser: _Parser) -> None:
    parser.add_argument("--verbose", action="store_true", help="write what happens inside to stderr")


def _add_source(parser: _Parser) -> None:
    parser.add_argument("source", metavar="SRC", help="a file, a direct media link, or any page that yt-dlp knows")


def _add_access(parser: _Parser) -> None:
    parser.add_argument("--cookies", metavar="FILE", help="show sites the cookies of this cookies.txt")
    parser.add_argument(
        "--cookies-from-browser",
        metavar="NAME[:PROFILE]",
        default="",
        help="show sites the cookies of a browser, such as firefox or chrome:Default",
    )
    parser.add_argument(
        "--limit-rate",
        metavar="RATE",
        type=_rate,
        default=0,
        help="fetch no faster than so many bytes a second, such as 500K or 2M; default: as fast as it goes",
    )


def _add_cluster(parser: _Parser) -> None:
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        default="",
        help="let the workers of this Dask scheduler do the work, such as tcp://10.0.0.5:8786",
    )
    parser.add_argument(
        "--shared",
        metavar="FOLDER",
        default="",
        help="for --cluster: the folder that this machine and all workers have at the same path, or a URL for fsspec",
    )


def _add_output(parser: _Parser, where: str) -> None:
    parser.add_argument("--format", choices=[str(known) for known in OutputFormat], help="default: from -o, else mp4")
    parser.add_argument(
        "--quality",
        choices=list(QUALITIES),
        default="source",
        help="greatest height, never enlarges; passthrough encodes nothing and begins with a key frame, compatible "
        "encodes everything",
    )
    parser.add_argument(
        "--max-size",
        metavar="SIZE",
        help="the most a clip may take up, such as 10MB; what doesn't fit as it is gets fewer bits, then fewer pixels",
    )
    parser.add_argument("-o", "--output", metavar="PATH", help=where)
    _add_name(parser)


def _add_name(parser: _Parser) -> None:
    parser.add_argument(
        "--name",
        metavar="TEMPLATE",
        default=DEFAULT_NAME_TEMPLATE,
        help="how clips are called that -o gives no name; default: %(default)s",
    )


def _add_transcript(parser: _Parser) -> None:
    parser.add_argument(
        "--transcript", metavar="FILE", help="go by this subtitle file instead of the source's captions"
    )
    parser.add_argument(
        "--language", metavar="TAG", default="", help="go by the captions in this language, such as de or pt-BR"
    )


def _add_info(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "info", "Show what a source is: title, length, streams, captions.")
    _add_source(parser)
    _add_access(parser)


def _add_clip(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "clip", "Make one clip by times.", _TIMES)
    _add_source(parser)
    parser.add_argument("--start", metavar="T", required=True, help="the first instant of the clip")
    parser.add_argument("--end", metavar="T", required=True, help="the instant that is no longer in the clip")
    _add_output(parser, "a file to write (an older one is replaced), or a folder; default: this folder")
    _add_access(parser)
    _add_cluster(parser)


def _add_join(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "join", "Join ranges of one or several sources into one mp4 file.", _TIMES)
    parser.add_argument(
        "parts",
        metavar="SRC[@START-END]",
        nargs="+",
        help="a source and the range of it that is wanted; without START from its beginning, without END to its end",
    )
    between = parser.add_mutually_exclusive_group()
    between.add_argument("--gap", metavar="S", help="seconds of black silence between two parts")
    between.add_argument(
        "--cross-fade", metavar="S", help="seconds in which one part's last picture dissolves into the next one's first"
    )
    between.add_argument("--overlap", metavar="S", help="seconds for which two parts play at once, one fading away")
    parser.add_argument(
        "--quality",
        choices=[*QUALITY_HEIGHTS, COMPATIBLE],
        default="source",
        help="greatest height, never enlarges; compatible encodes everything",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        help="a file to write (an older one is replaced), or a folder; default: this folder",
    )
    _add_name(parser)
    _add_access(parser)
    _add_cluster(parser)
    parser.set_defaults(format=None, max_size=None)


def _add_auto(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "auto", "Find the moments that match some words, or the best ones, and clip each.")
    _add_source(parser)
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="?",
        default="",
        help="what to look for, in plain words; without it, the moments that stand best by themselves",
    )
    _add_transcript(parser)
    parser.add_argument(
        "--max-clips",
        metavar="N",
        type=_count,
        help=f"default: as many as the words ask for, else {DEFAULT_MAX_MOMENTS}",
    )
    _add_output(parser, "a folder, or a file name that gets a number for each clip; default: this folder")
    _add_access(parser)
    _add_cluster(parser)


def _add_shorts(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands, "shorts", "Make finished shorts: reframed, with captions, hooks and an even loudness.", _TIMES
    )
    _add_source(parser)
    add_shorts_options(parser)
    _add_transcript(parser)
    _add_access(parser)
    _add_cluster(parser)


def _add_analyze(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "analyze", "Find the moments that match some words, without clipping them.")
    parser.add_argument(
        "words",
        nargs="+",
        metavar="[SRC] QUERY",
        help="the source (not needed with --transcript), then one or more queries",
    )
    _add_transcript(parser)
    parser.add_argument(
        "--max-moments",
        metavar="N",
        type=_count,
        help=f"default: as many as the words ask for, else {DEFAULT_MAX_MOMENTS}",
    )
    _add_access(parser)
    _add_cluster(parser)


def _add_transcribe(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands,
        "transcribe",
        "Print what is said: from the captions, else heard by a speech model.",
        "`fastclip models` fetches one.",
    )
    _add_source(parser)
    parser.add_argument(
        "--language", metavar="TAG", default="", help="the language that is spoken, such as de or pt-BR"
    )
    parser.add_argument("--format", choices=["txt", "srt", "vtt"], help="default: from -o, else txt")
    parser.add_argument("-o", "--output", metavar="FILE", help="write a file instead")
    _add_access(parser)


def _add_serve(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "serve", "Answer scripts on this machine: the local API, without a window.")
    parser.add_argument("--port", metavar="N", type=_port, help="default: what the preferences say, else 7420")
    _add_local_sources(parser, "requests")


def _add_keys(commands: argparse._SubParsersAction[_Parser]) -> None:
    summary = "Make, list and revoke the keys that scripts show to the local API."
    parser = commands.add_parser("keys", help=summary, description=summary)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = _command(actions, "create", "Make a key and print it; it is shown this once.")
    create.add_argument("name", metavar="NAME", help="what you call it")
    create.add_argument("--budget", metavar="CENTS", type=_cents, help="what it may spend in all, as 500 or $5.00")
    create.add_argument("--clips-only", action="store_true", help="it makes clips and opens nothing else")
    create.add_argument("--expires", metavar="DAYS", type=_days, help="it opens nothing after so many days")
    _command(actions, "list", "List all keys that there ever were.")
    revoke = _command(actions, "revoke", "Take a key back for good.")
    revoke.add_argument("id", metavar="ID", help="as `fastclip keys list` shows it")


def _add_library(commands: argparse._SubParsersAction[_Parser]) -> None:
    summary = "Search everything that was ever said in your sources, and clip what is found."
    parser = commands.add_parser("library", help=summary, description=summary)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    search = _command(actions, "search", "Find where something is said, the best places first.")
    search.add_argument("words", metavar="WORDS", nargs="+", help="words that are said, or text in quotes")
    search.add_argument("--clip", metavar="N", type=_count, help="make a clip of the place with this number")
    search.add_argument("--max-sources", metavar="N", type=_count, default=20, help="default: %(default)s")
    search.add_argument(
        "--each", metavar="N", type=_count, default=3, help="places of a source at most; default: %(default)s"
    )
    search.add_argument("--words-only", action="store_true", help="do not look for the same meaning in other words")
    _add_output(search, "for --clip: a file to write, or a folder; default: this folder")
    _command(actions, "list", "List the transcripts that are searched.")


def _add_mcp(commands: argparse._SubParsersAction[_Parser]) -> None:
    summary = "Serve agents over standard input and output, by the Model Context Protocol."
    epilog = (
        "It has your library unless a window or `fastclip serve` has it; then it works without. Agents do what you may "
        "do, unless you name a key with limits, by --key-name or by its secret in FASTCLIP_KEY."
    )
    parser = commands.add_parser("mcp", help=summary, description=summary, epilog=epilog)
    _add_verbose(parser)
    parser.add_argument(
        "--key-name",
        metavar="NAME",
        help="hold agents to the limits of this key, such as its budget; a name or an id of `fastclip keys list`",
    )
    _add_local_sources(parser, "agents")


def _add_models(commands: argparse._SubParsersAction[_Parser]) -> None:
    summary = "List, fetch, import and remove the models that hear, compare, judge and look."
    parser = commands.add_parser("models", help=summary, description=summary)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    shown = _command(actions, "list", "List the models on this machine, and what can be fetched.")
    shown.add_argument("--offline", action="store_true", help="don't ask the hub for sizes and licences")
    fetch = _command(actions, "fetch", "Fetch models from the hub; what was broken off goes on where it ended.")
    fetch.add_argument("names", metavar="NAME", nargs="+", help="as `fastclip models list` shows it")
    taken = _command(actions, "import", "Take in a model that you have: a GGUF, ONNX or TFLite file, or a folder.")
    taken.add_argument("path", metavar="PATH", help="the file, or the folder of a Whisper in CTranslate2's format")
    taken.add_argument("--name", metavar="NAME", default="", help="what to call it; default: as the file is called")
    taken.add_argument("--link", action="store_true", help="leave the files where they are instead of copying them")
    use = _command(actions, "use", "Use this model from now on for what it is for.")
    use.add_argument("name", metavar="NAME", help="of a model on this machine")
    remove = _command(actions, "remove", "Remove a model, or what a broken-off fetch left; linked files stay.")
    remove.add_argument("name", metavar="NAME", help="as `fastclip models list` shows it")


def _add_local_sources(parser: _Parser, who: str) -> None:
    parser.add_argument(
        "--allow-local-sources",
        action="store_true",
        help=f"let {who} name files of this machine and addresses of its network",
    )


def _add_doctor(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands, "doctor", "Check this machine: libraries, folders; each decoder, encoder and model library on trial."
    )
    parser.add_argument(
        "--report",
        action="store_true",
        help="print a text for whoever helps: versions, what was found, the newest crash report, the end of the log",
    )


def _add_update_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(commands, "update-check", "Ask whether there is a newer FastClip; nothing is installed.")
    parser.add_argument("--index", metavar="URL", default=REGISTRY, help="a package registry; default: %(default)s")


def _add_update_sites(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands,
        "update-sites",
        "Fetch the newest yt-dlp, which knows how sites work today, and use it if it passes a trial.",
    )
    parser.add_argument("--index", metavar="URL", default=REGISTRY, help="a package registry; default: %(default)s")
    parser.add_argument("--try", dest="candidate", metavar="FOLDER", help=argparse.SUPPRESS)


def _add_restore(commands: argparse._SubParsersAction[_Parser]) -> None:
    _command(
        commands,
        "restore",
        "Put the newest backup in the place of a damaged library.",
        "The damaged file stays beside it under another name. Clips are files of their own and are not touched.",
    )


def _add_demo(commands: argparse._SubParsersAction[_Parser]) -> None:
    parser = _command(
        commands, "demo", "Make a sample talk, serve it on this machine, and clip it by times and by words."
    )
    parser.add_argument("-o", "--output", metavar="FOLDER", default="fastclip-demo", help="default: %(default)s")


def _rate(text: str) -> int:
    match = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)([KMG]?)", text, re.IGNORECASE | re.ASCII)
    rate = int(float(match[1]) * 1024 ** ("", "K", "M", "G").index(match[2].upper())) if match else 0
    if rate < SLOWEST_RATE:
        raise argparse.ArgumentTypeError(f"{text!r} is no rate from 1K up, such as 500K or 2M")
    return rate


def _port(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII) or int(text) >= 2**16:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; 0 is any that is free")
    return int(text)


def _cents(text: str) -> int:
    match = re.fullmatch(r"(\d{1,12})|\$(\d{1,10})(?:\.(\d\d))?", text, re.ASCII)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount, such as 500 cents or $5.00")
    return int(match[1]) if match[1] else int(match[2]) * 100 + int(match[3] or 0)


def _days(text: str) -> float:
    if not re.fullmatch(r"\d{1,5}(\.\d{1,3})?", text, re.ASCII) or float(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days, such as 30")
    return float(text)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 1000:
        raise ValueError
    return number
