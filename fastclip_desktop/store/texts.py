"""Texts that are none to SQLite, which keeps Unicode alone.

On Linux a file's name is any bytes. Python has the ones that are no UTF-8 as lone surrogates, which no encoding of
Unicode can hold. A path has to come back as it was; what people read only has to be kept.
"""

from __future__ import annotations

import re
from pathlib import Path

UNREADABLE = "\ufffd"

_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile("\0([0-9a-f]{4})")


def stored(path: Path | str) -> str:
    """A path as a text for the database: as it is, but for lone surrogates; no path holds the NUL that marks them."""
    return _LONE.sub(lambda found: f"\0{ord(found[0]):04x}", str(path))


def path_of(text: str) -> Path:
    """The path that was stored."""
    return Path(text_of(text))


def text_of(text: str) -> str:
    """The link or the path that was stored."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def shown(text: str) -> str:
    """A text for people, with Unicode's own sign for what nobody could read anyhow."""
    return _LONE.sub(UNREADABLE, text)
