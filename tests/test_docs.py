"""What the pages say is what the program has."""

from __future__ import annotations

import re
import tomllib
from itertools import count, pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from fastclip_desktop.domain import errors
from fastclip_desktop.domain.errors import ErrorCode, FastClipError

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md")])


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


def _inline(page: Path) -> list[tuple[Token, ...]]:
    """Headings and other running text of a page, each as what stands in it."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text(encoding="utf-8"))
    return [tuple(token.children or ()) for token in tokens if token.type == "inline"]


def _anchors(page: Path) -> set[str]:
    """Where a link into a page may lead: its headings, as code hosts and Sphinx name them."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text(encoding="utf-8"))
    titles = [after.children or [] for token, after in pairwise(tokens) if token.type == "heading_open"]
    anchors: set[str] = set()
    for title in titles:
        text = "".join(part.content for part in title if part.type in ("text", "code_inline"))
        slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
        numbered = (f"{slug}-{number}" for number in count(1))
        anchors.add(slug if slug not in anchors else next(each for each in numbered if each not in anchors))
    return anchors


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    found = [part.attrs.get("href", part.attrs.get("src")) for parts in _inline(page) for part in parts if part.attrs]
    found += re.findall(r"""<(?:img|a)\b[^>]*?(?:src|href)=["']([^"']+)""", page.read_text(encoding="utf-8"))
    missing = []
    for link in filter(None, map(str, found)):
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not target.exists() or (parts.fragment and parts.fragment not in _anchors(target)):
            missing.append(link)
    assert missing == []
