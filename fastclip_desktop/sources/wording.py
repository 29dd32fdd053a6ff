"""Strangers' text made fit for our sentences: names, links and titles that may carry control characters or secrets."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from fastclip_desktop.diagnostics.redaction import without_secrets

_LONGEST_NAME = 120
_LONGEST_TITLE = 300
_USER_INFO = re.compile(r"(?<=://)[^/?#]*@")
_TURNS_WRITING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def clean_line(text: str) -> str:
    """One line without control characters, lone surrogates, terminal colours or marks that turn the writing."""
    plain = _TURNS_WRITING.sub("", _COLOURS.sub("", text))
    visible = (" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in plain)
    return " ".join("".join(visible).split())


def clean_title(text: str) -> str:
    """A title of at most 300 characters on one clean line; empty where nothing visible is left."""
    return clean_line(text)[:_LONGEST_TITLE].rstrip()


def shown(text: str) -> str:
    """A path or a link in quotes for a sentence: clean, without passwords and signatures, and not too long."""
    clean = without_secrets(_USER_INFO.sub("", clean_line(text)))
    if len(clean) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        clean = f"{clean[:half]}…{clean[-half:]}"
    return f'"{clean}"'


def host_of(url: str) -> str:
    """The host that a link names, clean, without a port; the whole link in quotes where it names none."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    return clean_line(host) if host else shown(url)
