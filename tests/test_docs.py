"""What the pages say is what the program has."""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

import pytest

from fastclip_desktop.cli.arguments import build_parser
from fastclip_desktop.domain import errors
from fastclip_desktop.domain.errors import ErrorCode, FastClipError

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def _commands() -> list[str]:
    actions = build_parser()._actions
    (commands,) = (action for action in actions if isinstance(action, argparse._SubParsersAction))
    return list(commands.choices)


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"fastclip {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_error_code_is_documented_with_its_exit_code() -> None:
    rows = re.findall(
        r"^\| `(\w+)` \| (\d) \|", (ROOT / "docs" / "errors.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    documented = {code: int(exit_code) for code, exit_code in rows}
    assert set(documented) == {str(code) for code in ErrorCode}
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FastClipError)]
    assert set(documented.values()) == {kind.exit_code for kind in classes}


def test_every_target_of_the_makefile_that_the_pages_name_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z-]+)`", page.read_text(encoding="utf-8")))
        assert named <= targets, page.name


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for requirement in project["dependencies"]:
        name = re.split(r"[\[><=]", requirement)[0]
        assert re.search(rf"^\| .*{re.escape(name)}", reasons, re.MULTILINE), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []
