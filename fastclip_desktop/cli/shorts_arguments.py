"""The options of ``fastclip shorts``."""

from __future__ import annotations

import argparse
import re

from fastclip_desktop.domain.short_look import Aspect
from fastclip_desktop.domain.short_presets import CAPTION_STYLES, PRESETS


def add_shorts_options(parser: argparse.ArgumentParser) -> None:
    """Add them to the command's parser."""
    moments = parser.add_argument_group("which moments")
    moments.add_argument(
        "--times",
        metavar="A-B",
        action="append",
        default=[],
        help="a short of this range, such as 1:15-2:05; may be given several times. Without it the moments are chosen",
    )
    moments.add_argument("--count", metavar="N", type=_count, help="how many to choose; default: as many as are good")
    moments.add_argument("--about", metavar="WORDS", default="", help="choose moments that speak of this")
    moments.add_argument(
        "--instructions", metavar="TEXT", default="", help="how to choose, as you would say it to an editor"
    )
    moments.add_argument("--length", metavar="S", help="seconds that a chosen short should last, roughly")
    look = parser.add_argument_group("how they look and sound")
    look.add_argument("--preset", choices=PRESETS, default=PRESETS[0], help="default: %(default)s")
    look.add_argument("--aspect", choices=[*map(str, Aspect)], help="the shape; default: the preset's")
    look.add_argument("--size", metavar="PIXELS", type=_pixels, help="the shorter side; default: 1080")
    look.add_argument("--style", choices=[style.name for style in CAPTION_STYLES], help="of the captions")
    look.add_argument("--no-captions", action="store_true", help="paint no captions")
    look.add_argument("--hook", metavar="TEXT", default="", help="a line at the start of the first short")
    look.add_argument("--cta", metavar="TEXT", default="", help="a line at the end of each short")
    look.add_argument("--hooks", action="store_true", help="write a hook for each short that has none")
    look.add_argument("--ctas", action="store_true", help="write a call to action for each short that has none")
    look.add_argument("--cut-pauses", action="store_true", help="leave out most of every long pause")
    look.add_argument("--cut-fillers", action="store_true", help='leave out words like "um"')
    files = parser.add_argument_group("files")
    files.add_argument("--montage", action="store_true", help="join all of them in one more file")
    files.add_argument(
        "--subtitles", metavar="srt,vtt,ass", type=_subtitles, default=(), help="write files with the captions, too"
    )
    files.add_argument("--to", metavar="FOLDER", help="where the shorts go; default: this folder")
    files.add_argument("--title", metavar="TEXT", default="", help="what they are called; default: as the source is")


def _count(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 100")
    return int(text)


def _pixels(text: str) -> int:
    if not re.fullmatch(r"\d{1,5}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of pixels, such as 720")
    return int(text)


def _subtitles(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(kind.strip().lower() for kind in text.split(",")))
    wrong = [kind for kind in kinds if kind not in ("srt", "vtt", "ass")]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong[0]!r} is none of srt, vtt and ass")
    return kinds
