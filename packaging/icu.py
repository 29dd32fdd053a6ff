"""ICU's data, cut down to what Qt asks ICU for: sorting, calendars, and names of zones in the window's languages.

``libicudata`` is one table of files in a library (ICU's ``ucmndata.h``): a header, the number of files, an entry of two
32-bit offsets for each (its name, its bytes; counted from the end of the header), the names, and the files, each at a
multiple of 16. Qt brings its own names of languages, countries, numbers, money and units, and breaks lines by itself.
"""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

_UNUSED = re.compile(
    r"[^/]+/("
    r"(brkitr|curr|lang|rbnf|region|translit|unit)/.*"  # breaking lines, and names that Qt has of its own
    r"|zone/(?!(root|en|de|pool|res_index|tzdbNames)\.).*"  # names of time zones in languages that are not spoken here
    r"|[^/]+\.cnv|unames\.icu|confusables\.cfu"  # encodings from before Unicode, names of letters
    r")"
)

_ALIGNMENT = 16


def slim(library: Path, work: Path) -> Path:
    """A library with the data that is used; the same library where none can be made.

    Args:
        library: ``libicudata``.
        work: a folder for what is made on the way.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        sys.stderr.write("There is no C compiler (cc), so all of ICU's data is packed: about 24 MB more.\n")
    whole = library.read_bytes()
    begin = whole.find(b"CmnD") - 12
    symbol = _symbol(library)
    if compiler is None or begin < 0 or not symbol:
        return library
    work.mkdir(parents=True, exist_ok=True)
    data, source, target = work / "icu.dat", work / "icu.S", work / library.name
    data.write_bytes(trimmed(whole[begin:]))
    source.write_text(
        f".section .rodata\n.balign {_ALIGNMENT}\n.globl {symbol}\n.type {symbol}, @object\n"
        f'{symbol}:\n.incbin "{data}"\n'
        f'.size {symbol}, . - {symbol}\n.section .note.GNU-stack,"",@progbits\n',
        encoding="utf-8",
    )
    name = f"-Wl,-soname,{library.name}"
    # The compiler is a tool of whoever builds, named by the system.
    done = subprocess.run(  # noqa: S603
        [compiler, "-shared", "-nostdlib", name, "-o", str(target), str(source)], check=False, capture_output=True
    )
    return target if done.returncode == 0 else library


def trimmed(data: bytes) -> bytes:
    """A table without the files that are not used; whatever follows the last file may be there or not."""
    header = struct.unpack_from("<H", data)[0]
    count = struct.unpack_from("<I", data, header)[0]
    entries = [struct.unpack_from("<II", data, header + 4 + 8 * number) for number in range(count)]
    ends = [*(place for _, place in entries[1:]), len(data) - header]
    files = []
    for (name_at, place), end in zip(entries, ends, strict=True):
        name = data[header + name_at : data.index(b"\0", header + name_at)]
        if not _UNUSED.fullmatch(name.decode("ascii")):
            files.append((name, data[header + place : header + end]))
    return data[:header] + _table(files)


def _table(files: list[tuple[bytes, bytes]]) -> bytes:
    names = b"".join(name + b"\0" for name, _ in files)
    first_name = 4 + 8 * len(files)
    place = _aligned(first_name + len(names))
    name_at, entries, body = first_name, [], [b"\0" * (place - first_name - len(names))]
    for name, content in files:
        entries.append(struct.pack("<II", name_at, place))
        body.append(content.ljust(_aligned(len(content)), b"\0"))
        name_at += len(name) + 1
        place += len(body[-1])
    return b"".join([struct.pack("<I", len(files)), *entries, names, *body])


def _aligned(number: int) -> int:
    return -(-number // _ALIGNMENT) * _ALIGNMENT


def _symbol(library: Path) -> str:
    listing = subprocess.run(["nm", "-D", str(library)], check=False, capture_output=True, text=True)  # noqa: S603, S607
    names = re.findall(r"\b(icudt\d+_dat)\b", listing.stdout)
    return str(names[0]) if names else ""
