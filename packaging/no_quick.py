"""A stand-in for Qt Quick, which Qt's player is linked to and never calls in a window of widgets.

The player could record a window of Qt Quick. It asks each window whether it is one, for which it needs the address of
that class's description, and only then calls it. With a description that no window has, the answer is always no.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

_STOOD_FOR = ("libQt6Quick.so.6", "libQt6Qml.so.6")
_FAMILY = re.compile(r"libQt6(Quick|Qml)\w*\.so")

_DESCRIPTION = "_ZN12QQuickWindow16staticMetaObjectE"
_RECORDING = "_ZN12QQuickWindow10grabWindowEv"
_SOURCES = {
    # A description of nothing; it is larger than Qt's own, of which only the address is looked at.
    _DESCRIPTION: f"__attribute__((aligned(16))) const char {_DESCRIPTION}[128] = {{0}};",
    _RECORDING: f"void {_RECORDING}(void) {{ __builtin_trap(); }}",
}


def stand_ins(libraries: dict[str, str], work: Path) -> dict[str, Path]:
    """What to pack in place of Qt Quick's libraries: a file for each place; nothing where somebody asks for more.

    Args:
        libraries: where each library goes, and where it comes from.
        work: a folder for what is made on the way.
    """
    compiler = shutil.which("cc")
    quick = {place: file for place, file in libraries.items() if Path(place).name in _STOOD_FOR}
    if not quick:
        return {}
    if compiler is None:
        sys.stderr.write("There is no C compiler (cc), so Qt Quick and QML are packed: about 15 MB more.\n")
        return {}
    offered = set().union(*(_symbols(file, "--defined-only") for file in quick.values()))
    asked: set[str] = set()
    for place, file in libraries.items():
        if place.endswith((".so", ".so.6")) and "PySide6/" in place and not _FAMILY.match(Path(place).name):
            asked |= _symbols(file, "--undefined-only") & offered
    if not asked <= set(_SOURCES):
        return {}
    work.mkdir(parents=True, exist_ok=True)
    made = {place: _compiled(compiler, Path(place).name, work) for place in quick}
    return {place: file for place, file in made.items() if file} if all(made.values()) else {}


def _compiled(compiler: str, name: str, work: Path) -> Path | None:
    source, versions, target = work / f"{name}.c", work / f"{name}.map", work / name
    source.write_text("\n".join(_SOURCES.values()) if "Quick" in name else "", encoding="utf-8")
    versions.write_text("Qt_6 { *; };\n", encoding="utf-8")
    options = ["-shared", "-nostdlib", f"-Wl,-soname,{name}", f"-Wl,--version-script={versions}"]
    # The compiler is a tool of whoever builds, named by the system.
    done = subprocess.run([compiler, *options, "-o", str(target), str(source)], check=False, capture_output=True)  # noqa: S603
    return target if done.returncode == 0 else None


def _symbols(library: str, which: str) -> set[str]:
    listing = subprocess.run(["nm", "-D", which, library], check=False, capture_output=True, text=True)  # noqa: S603, S607
    return {line.split()[-1].partition("@")[0] for line in listing.stdout.splitlines() if line.split()}
