"""The blocks of a page of documentation, and one shell script that runs them in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

_NOT_RUN = re.compile(r"<!--\s*not run:\s*(.*?)\s*-->", re.DOTALL)
_STAYS = re.compile(r"^((?:fastclip serve|fastclip-desktop)\b[^&\n]*)$", re.MULTILINE)
_OUTPUT = re.compile(r"<!--\s*output\s*-->")

PROGRAMS = {
    "python": ("python", "py"),
    "js": ("node", "mjs"),
    "go": ("go run", "go"),
    "ruby": ("ruby", "rb"),
    "php": ("php", "php"),
}
"""By the name of a language: what runs a file of it, and the file's ending."""

PREAMBLE = r"""
set -Eeuo pipefail
trap 'echo "It went wrong at $BLOCK: $BASH_COMMAND" >&2' ERR

# The internet is not there: of these, only the words are looked at. Shorts are made small.
fastclip() {
  case "${1-} ${2-}" in
    "models fetch" | "update-sites "* | "update-check "*) python -c \
      'import sys; from fastclip_desktop.cli.arguments import parse_arguments; parse_arguments(sys.argv[1:])' "$@" ;;
    "shorts "*) command fastclip "$@" --size 180 ;;
    *) command fastclip "$@" ;;
  esac
}

# A server that was started a moment ago needs one more.
curl() { command curl --retry 30 --retry-connrefused --retry-delay 1 --silent --show-error --fail-with-body "$@"; }

# What runs until somebody ends it: it has to begin, and to end well when it is asked to.
until_it_is_up() {
  env "$@" &
  local begun=$!
  until [ -e "$FASTCLIP_HOME/data/instance.json" ]; do kill -0 $begun; sleep 0.1; done
  kill -TERM $begun
  wait $begun || true
}
"""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    Attributes:
        place: its page and line.
        language: as the fence names it; ``indented`` for a block without a fence.
        text: what stands in it.
        not_run: why it is not run; empty where it is.
        is_output: it shows what the block before it prints.
    """

    place: str
    language: str
    text: str
    not_run: str = ""
    is_output: bool = False


def blocks_of(page: Path) -> Iterator[Block]:
    """Those of a page, from the top."""
    remark = ""
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text(encoding="utf-8")):
        if token.type in ("fence", "code_block"):
            place = f"{page.name}:{(token.map or [0])[0] + 1}"
            language = token.info.strip() if token.type == "fence" else "indented"
            found = _NOT_RUN.search(remark)
            reason = " ".join(found[1].split()) if found else ""
            yield Block(place, language, token.content, reason, bool(_OUTPUT.search(remark)))
        remark = token.content if token.type == "html_block" else ""


def script_of(page: Path, languages: set[str], folder: Path) -> tuple[str, list[tuple[Path, Block]]]:
    """A script that runs the blocks in these languages, and the outputs that it has to print.

    Args:
        page: of the documentation.
        languages: ``sh`` and such of :data:`PROGRAMS`.
        folder: where files for it go; not the one that it runs in.
    """
    lines, expected, printed = [PREAMBLE], [], None
    for number, block in enumerate(blocks_of(page)):
        if block.is_output and printed is not None:
            expected.append((printed, block))
        printed = None
        if block.not_run or block.language not in languages:
            continue
        printed = folder / f"{number}.txt"
        lines.append(f"BLOCK={block.place}\nexec > '{printed}'")
        lines.append(_as_shell(block, folder / str(number)))
    return "\n".join(lines), expected


def _as_shell(block: Block, file: Path) -> str:
    if block.language != "sh":
        program, ending = PROGRAMS[block.language]
        path = file.with_suffix(f".{ending}")
        path.write_text(block.text, encoding="utf-8")
        return f"{program} '{path}'"
    return _STAYS.sub(r"until_it_is_up \1", block.text)


def is_shown(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed; ``…`` stands for anything."""
    pattern = r".*?".join(re.escape(part) for part in shown.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.DOTALL) is not None
