"""The page on privacy names every host that the program knows by itself."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")

NEVER_CONTACTED = {
    "example.org": "an example",
    "proxy.example": "an example",
    "flatbuffers.dev": "the description of a format",
    "protobuf.dev": "the description of a format",
    "github.com": "the description of a network",
    "www.w3.org": "the name of a vocabulary in XML",
    "www.youtube-nocookie.com": "told to scripts as the page to show a video on",
}
"""Hosts that stand in the code, and why nobody asks them anything."""


def hosts_in_the_code() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "fastclip_desktop").rglob("*.py"))
    return {host for text in texts for host in re.findall(r"https?://([a-z0-9.-]+\.[a-z]{2,})", text)}


def test_every_host_that_the_code_knows_is_on_the_page_or_never_contacted() -> None:
    contacted = hosts_in_the_code() - set(NEVER_CONTACTED)
    assert contacted == {"huggingface.co", "pypi.org"}
    assert all(f"`{host}`" in PAGE for host in contacted)


def test_no_host_is_excused_that_the_code_does_not_know() -> None:
    assert set(NEVER_CONTACTED) <= hosts_in_the_code()
