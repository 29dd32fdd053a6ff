"""Writes ``SHA256SUMS`` of the files in a folder, as ``sha256sum --check`` reads it: ``checksums.py FOLDER``."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

NAME = "SHA256SUMS"


def write_checksums(folder: Path) -> str:
    """Write the file anew, and give what stands in it."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in (NAME, ".gitignore"):
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    text = "".join(lines)
    (folder / NAME).write_text(text, encoding="utf-8", newline="\n")
    return text


if __name__ == "__main__":
    print(write_checksums(Path(sys.argv[1])), end="")  # noqa: T201
