"""Each command, option, setting, route and shortcut stands in the reference pages as the code has it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from fastclip_desktop.api.app import _ROUTERS, create_routes
from fastclip_desktop.cli.arguments import build_parser
from fastclip_desktop.settings.preferences import _FIELDS
from tests.docs_tables import DOCS, PAGES, kept_cells, parsers, renewed
from tests.docs_window import commands_of_a_window

ANEW = "write it anew with: python -m tests.docs_tables"
PACKAGE = Path(__file__).parents[1] / "fastclip_desktop"


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.fixture
def _a_screen(request: pytest.FixtureRequest) -> None:
    """Qt, which only the list of shortcuts is asked of."""
    if request.getfixturevalue("name") == "shortcuts.md":
        request.getfixturevalue("qapp")


@pytest.mark.usefixtures("_a_screen")
@pytest.mark.parametrize("name", PAGES)
def test_the_tables_say_what_the_code_says(name: str) -> None:
    text = page(name)
    assert renewed(text, PAGES[name]) == text, ANEW


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_is_empty(name: str) -> None:
    empty = [row[0] for row in kept_cells(page(name)).values() if "" in row]
    assert empty == [], f"write in docs/{name} what these are"


def test_every_option_of_every_command_is_told_of() -> None:
    """Not by way of the tables' maker, which may leave something out."""
    text = page("commands.md")
    for command in parsers(build_parser()):
        section = re.search(rf"^#+ {re.escape(command.prog)}\n(.*?)(?=^#|<!-- end|\Z)", text, re.MULTILINE | re.DOTALL)
        assert section is not None, command.prog
        options = {name for each in command._actions if each.help != "==SUPPRESS==" for name in each.option_strings}
        assert {name for name in options if f"`{name}`" not in section[1]} <= {"-h", "--help"}, command.prog


def test_every_setting_is_told_of() -> None:
    assert {f"`{name}`" for name in _FIELDS} <= set(kept_cells(page("settings.md")))


def test_every_variable_that_is_read_is_told_of() -> None:
    known = {
        name for path in PACKAGE.rglob("*.py") for name in re.findall(r"\bFASTCLIP_[A-Z_]+\b", path.read_text("utf-8"))
    }
    assert {name for name in known if f"`{name}`" not in page("settings.md")} == set()


def routes() -> Iterator[str]:
    for path, operations in create_routes().openapi()["paths"].items():
        yield from (f"`{method.upper()} {path}`" for method in operations)


def test_every_route_is_told_of_and_where_it_comes_from() -> None:
    rows = kept_cells(page("routes.md"))
    assert {route: rows[route][-1] for route in routes() if rows[route][-1] not in ("hosted", "shorts", "more")} == {}


def test_routes_that_are_in_no_schema_are_told_of() -> None:
    inner = {
        route.path
        for router in _ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and not route.include_in_schema
    }
    assert "/docs" in inner
    assert {path for path in inner if f"{path}`" not in page("routes.md")} == set()


@pytest.mark.usefixtures("qapp")
def test_every_shortcut_is_told_of() -> None:
    text = page("shortcuts.md")
    assert [command_id for _, command_id, _, _ in commands_of_a_window() if f"`{command_id}`" not in text] == []
