"""What the packaged application takes up, and what for: ``sizes.py FOLDER [--most MB]``.

It prints a table for ``docs/packages.md``, and fails if the folder holds more than it may or something that no row of
the table accounts for.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

MOST = 450
"""Megabytes (of 1,000,000 bytes) that the folder may hold, everything counted."""

_MOST_UNNAMED = 20.0
"""Megabytes without a reason of their own that are bearable."""

_PARTS = (
    ("CTranslate2", r"ctranslate2", "hears words; a fifth of it is code for NVIDIA's cards, which its makers build in"),
    ("FFmpeg of PyAV", r"av(\.libs)?/", "reads, cuts and encodes media; 20 MB of it are x265, 7 MB SVT-AV1"),
    ("ICU", r"libicu|icu\w*\d+\.dll", "sorting in all languages, for Qt"),
    (
        "Qt's player",
        r"Qt.*(Multimedia|Qml|Quick|OpenGL|avcodec|avformat|avutil|sw(scale|resample)|FFmpegStub|/multimedia/)",
        "shows and plays sources; it has an FFmpeg of its own",
    ),
    ("Qt", r"PySide6|shiboken6", "the window"),
    ("ONNX Runtime", r"onnxruntime", "finds faces, and tells speech from other sounds"),
    ("NumPy", r"numpy", "numbers for pictures and sounds; most of it is its linear algebra, OpenBLAS"),
    ("LiteRT", r"ai_edge_litert", "names sounds, such as laughter"),
    ("llama.cpp", r"llama_cpp", "judges moments and compares meanings"),
    ("Tokenizers", r"tokenizers", "what hears words writes with them"),
    ("Cryptography", r"cryptography|libcrypto|libssl|Cryptodome", "HTTPS, locked streams, and browsers' cookies"),
    ("Python", r"libpython|python3|base_library|lib-dynload|lib(sqlite3|ffi|lzma|bz2)", "the language and its library"),
    ("Pillow", r"(PIL|pillow\.libs)/", "drawn captions and pictures of sources"),
    (
        "FastClip",
        r"^fastclip(-desktop)?(\.exe)?$|fastclip_desktop",
        "with modules in Python; yt-dlp's sites are most of it",
    ),
    ("Libraries of the system", r"^lib[\w.+-]+\.so", "for sound and windows, where not every system has them"),
)
"""A part, what its files are called in the folder, and what it is for; a file belongs to the first that fits."""


def measure(folder: Path) -> tuple[dict[str, int], int]:
    """Bytes of each part, and of what belongs to none; links count nothing."""
    sizes = dict.fromkeys((name for name, _, _ in _PARTS), 0)
    rest = 0
    patterns = [(name, re.compile(pattern)) for name, pattern, _ in _PARTS]
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_file():
            continue
        place = path.relative_to(folder).as_posix().removeprefix("_internal/")
        part = next((name for name, pattern in patterns if pattern.search(place)), None)
        if part is None or ".dist-info" in place:
            rest += path.stat().st_size
        else:
            sizes[part] += path.stat().st_size
    return sizes, rest


def table(sizes: dict[str, int], rest: int) -> str:
    """The table in Markdown, the largest first."""
    reasons = {name: reason for name, _, reason in _PARTS}
    rows = sorted(((size, name, reasons[name]) for name, size in sizes.items() if size), reverse=True)
    rows += [(rest, "Everything else", "small libraries, licences, fonts, translations")]
    lines = [f"| {name} | {size / 1e6:.0f} | {reason} |" for size, name, reason in rows]
    total = sum(sizes.values()) + rest
    return "\n".join(
        ["| Part | MB | What for |", "|---|--:|---|", *lines, f"| **Together** | **{total / 1e6:.0f}** | |"]
    )


def main() -> int:
    """Print the table; give 1 if there is too much, or too much without a reason."""
    parser = argparse.ArgumentParser(description="What the packaged application takes up.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=float, default=MOST, metavar="MB", help="default: %(default)s")
    options = parser.parse_args()
    sizes, rest = measure(options.folder)
    total = (sum(sizes.values()) + rest) / 1e6
    print(table(sizes, rest))  # noqa: T201
    if total > options.most:
        print(f"{options.folder} holds {total:.0f} MB; {options.most:.0f} are allowed.", file=sys.stderr)  # noqa: T201
    if rest / 1e6 > _MOST_UNNAMED:
        print(f"{rest / 1e6:.0f} MB in it have no row of their own.", file=sys.stderr)  # noqa: T201
    return int(total > options.most or rest / 1e6 > _MOST_UNNAMED)


if __name__ == "__main__":
    sys.exit(main())
