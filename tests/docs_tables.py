"""The tables of the reference pages that follow from the code: ``python -m tests.docs_tables`` writes them anew.

A page says where one stands: ``<!-- table: NAME -->`` … ``<!-- end of table -->``. All around is written by hand, and
so are some columns, whose cells are kept; a new row has there what the code says of it, or nothing, until somebody
writes it. ``make docs-check`` fails while a page says something else than the code.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastclip_desktop.api.app import create_routes
from fastclip_desktop.api.statuses import _MEANINGS
from fastclip_desktop.cli.arguments import build_parser
from fastclip_desktop.settings.preferences import _FIELDS, FILE, Preferences, write_preferences

DOCS = Path(__file__).parents[1] / "docs"

PAGES = {
    "commands.md": ("commands",),
    "settings.md": ("settings",),
    "routes.md": ("routes", "statuses"),
    "shortcuts.md": ("shortcuts",),
}
"""The tables of each page."""

_EVERY_ROUTE = ("400", "403", "405", "413", "421", "429", "500")
"""Statuses that the page tells of once, for nearly any route may answer so."""

Kept = dict[str, list[str]]
"""The cells of each row as the page has them, by the first."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        head: of its columns; those that are written by hand begin with a star, which is not shown.
        rows: what the code says, for the other columns from the left.
        drafts: by the first cell of a row, what stands at first in the columns that are written by hand.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    drafts: dict[str, str] = field(default_factory=dict)

    def written(self, kept: Kept | None = None) -> str:
        """It, with the cells that are kept."""
        lines = [_row(name.lstrip("*") for name in self.head), "|" + "---|" * len(self.head)]
        lines += (_row(self._cells(row, (kept or {}).get(row[0]))) for row in self.rows)
        return "\n".join(lines)

    def _cells(self, row: Sequence[str], kept: Sequence[str] | None) -> Iterator[str]:
        said = iter(row)
        draft = self.drafts.get(row[0], "")
        for number, name in enumerate(self.head):
            if not name.startswith("*"):
                yield next(said)
            elif kept is not None and number < len(kept):
                yield kept[number]
            else:
                yield draft
                draft = ""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


def kept_cells(text: str) -> Kept:
    """The cells of each row, by the first."""
    rows = (
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        for line in text.splitlines()
        if line.startswith("|")
    )
    return {row[0]: row for row in rows}


def commands(_: Kept) -> str:
    """A section for each command of the command line."""
    return "\n\n".join(_sections(build_parser()))


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Those of the commands, with the commands of commands."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield inner
                yield from parsers(inner)


def _sections(parser: argparse.ArgumentParser) -> Iterator[str]:
    for command in parsers(parser):
        parts = [f"{'#' * (command.prog.count(' ') + 1)} {command.prog}", command.description or ""]
        rows = tuple(_options(command))
        if rows:
            parts.append(Table(("Option", "What it does"), rows).written())
        if command.epilog:
            parts.append(command.epilog)
        yield "\n\n".join(parts)


def _options(command: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    of_all = ("json", "verbose")
    for action in sorted(command._actions, key=lambda each: each.dest in of_all):
        if action.help is argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        names = ", ".join(f"`{name}`" for name in action.option_strings)
        value = f"`{action.metavar}`" if isinstance(action.metavar, str) and action.nargs != 0 else ""
        told = [(action.help or "") % {"default": action.default}]
        if action.choices is not None:
            told.append("one of " + ", ".join(f"`{choice}`" for choice in action.choices))
        if action.required and names:
            told.append("needed")
        if action.nargs == "+":
            told.append("several may follow each other")
        yield f"{names} {value}".strip(), "; ".join(filter(None, told))


def settings(kept: Kept) -> str:
    """A row for each field of the preferences."""
    with tempfile.TemporaryDirectory() as folder:
        write_preferences(Path(folder), Preferences())
        text = (Path(folder) / FILE).read_text(encoding="utf-8")
    at_first = {name: _as_json(value) for name, value in _read_json(text).items()}
    told = _told_of_attributes(Preferences)
    rows = tuple((f"`{name}`", expected, at_first[name]) for name, (_, expected) in sorted(_FIELDS.items()))
    drafts = {f"`{name}`": sentence for name, sentence in told.items()}
    return Table(("Field", "*What it is", "Value", "At first", "*In the window"), rows, drafts).written(kept)


def _read_json(text: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(text)
    return read


def _as_json(value: object) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _told_of_attributes(kind: type) -> dict[str, str]:
    """What a class's description says of each attribute, without Sphinx's own marks."""
    text = re.split(r"\n\s*Attributes:\n", kind.__doc__ or "")[-1]
    found = re.findall(r"^ {8}(\w+): (.*(?:\n {12}.*)*)", text, re.MULTILINE)
    return {name: " ".join(re.sub(r":\w+:`~?([^`]*)`", r"`\1`", told).split()) for name, told in found}


def routes(kept: Kept) -> str:
    """A table of the routes of each kind."""
    groups: dict[str, list[tuple[str, ...]]] = {}
    schema = create_routes().openapi()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            own = [status for status in sorted(operation["responses"]) if status not in _EVERY_ROUTE]
            told = " ".join(operation.get("description", "").split()).replace("``", "`")
            (tag, *_) = operation.get("tags", ["Other"])
            row = (f"`{method.upper()} {path}`", told, "yes" if operation.get("security") else "no", ", ".join(own))
            groups.setdefault(tag, []).append(row)
    head = ("Route", "What it does", "Key", "Statuses", "*Contract")
    return "\n\n".join(f"## {tag}\n\n{Table(head, tuple(rows)).written(kept)}" for tag, rows in groups.items())


def statuses(_: Kept) -> str:
    """What each status means."""
    rows = tuple(
        (str(status), told, "nearly all" if str(status) in _EVERY_ROUTE else "those that name it")
        for status, told in _MEANINGS.items()
    )
    return Table(("Status", "Meaning", "Routes"), rows).written()


def shortcuts(_: Kept) -> str:
    """A table of the commands of each menu."""
    from tests.docs_window import commands_of_a_window

    groups: dict[str, list[tuple[str, str, str]]] = {}
    for menu, command_id, name, keys in commands_of_a_window():
        shown = ", ".join(f"`{each}`" if "`" not in each else f"`` {each} ``" for each in keys)
        groups.setdefault(menu, []).append((name, shown or "–", f"`{command_id}`"))
    return "\n\n".join(
        f"## {menu}\n\n{Table(('Command', 'Keys', 'Name in the settings'), tuple(rows)).written()}"
        for menu, rows in groups.items()
    )


MAKERS: dict[str, Callable[[Kept], str]] = {
    "commands": commands,
    "settings": settings,
    "routes": routes,
    "statuses": statuses,
    "shortcuts": shortcuts,
}


def renewed(text: str, names: Sequence[str]) -> str:
    """A page whose tables say what the code says.

    Raises:
        ValueError: the page has no place for one of them.
    """
    for name in names:
        place = re.compile(rf"(<!-- table: {name} -->\n).*?(\n<!-- end of table -->)", re.DOTALL)
        found = place.search(text)
        if found is None:
            raise ValueError(f"The page has no place for the table {name!r}.")
        made = MAKERS[name](kept_cells(found[0]))
        text = f"{text[: found.end(1)]}\n{made}\n{text[found.start(2) :]}"
    return text


def main() -> int:
    """Write the tables of all pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for page, names in PAGES.items():
        path = DOCS / page
        text = path.read_text(encoding="utf-8")
        new = renewed(text, names)
        if new != text:
            path.write_text(new, encoding="utf-8")
            sys.stdout.write(f"{page} says now what the code says; write the cells that are empty.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
