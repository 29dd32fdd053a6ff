"""Looks through files before they are committed: ``hygiene.py FILE …``; with no file, through all that Git knows.

It complains of blanks at ends of lines, Windows' ends of lines where Unix' belong, a missing or second newline at the
end, marks of an unresolved merge, private keys, and files above 1 MB.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

_MOST = 1 << 20
_OF_WINDOWS = (".ps1", ".iss")
_AS_THEY_ARE = (".ts", ".ass", ".srt", ".vtt", ".svg", ".lock")
"""What other programs wrote, or what is meant to be odd."""

_MARKS = re.compile(rb"^(<{7} |>{7} |={7}$)", re.MULTILINE)
_KEY = re.compile(rb"-----BEGIN (\w+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}")
_FOLDERS_LEFT_ALONE = ("tests/golden", "tests/vendor_samples", "tests/fonts", "fastclip_desktop/typography/fonts")


def complaints_of(path: Path) -> list[str]:
    """What is wrong with a file, in words; nothing of what is no text."""
    data = path.read_bytes()
    found = []
    if len(data) > _MOST and path.suffix != ".lock":
        found.append(f"is {len(data):,} bytes long")
    if b"\0" in data or path.suffix in _AS_THEY_ARE:
        return found
    if _MARKS.search(data):
        found.append("holds the marks of a merge")
    if _KEY.search(data):
        found.append("holds a private key")
    if path.suffix not in _OF_WINDOWS and b"\r\n" in data:
        found.append("has Windows' ends of lines")
    if re.search(rb"[ \t]+\r?$", data, re.MULTILINE):
        found.append("has blanks at the end of a line")
    if data and (not data.endswith(b"\n") or data.endswith((b"\n\n", b"\r\n\r\n"))):
        found.append("does not end with one newline")
    return found


def _known() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout  # noqa: S607
    return [name for name in listing.split("\0") if name]


def main(names: list[str]) -> int:
    """Print the complaints; 1 if there are any."""
    bad = False
    for name in names or _known():
        path = Path(name)
        if path.is_file() and not path.as_posix().startswith(_FOLDERS_LEFT_ALONE):
            for complaint in complaints_of(path):
                print(f"{name} {complaint}")  # noqa: T201
                bad = True
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
