"""Lays the notices of all parts into the built application: ``notices.py APPLICATION``.

``THIRD-PARTY.txt`` names each library with its version, its licence, where its source is, and the texts that came with
it, and likewise the libraries of Debian or Ubuntu that were copied in. ``LICENSE`` is FastClip's own. Run it with the
Python that the application was built from, on the system that it was built on.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from av._core import library_meta

from fastclip_desktop.gui.settings_window.parts import all_parts, notice_of

_HEAD = """\
FastClip Desktop {version} is free software under the GNU General Public License, version 3 or later; see LICENSE.
You get its complete source, this build's recipe (fastclip.spec, packaging/) and the exact versions of all parts
(uv.lock) in fastclip_desktop-{version}.tar.gz, which every release offers at the same place and for as long as the
programs.

The parts below have licences of their own. The address that stands with each leads to the named version and its source.
Their libraries lie as separate files in this folder: whoever changes one may put it in the old one's place.
"""

_INSIDE = (
    ("av", f"FFmpeg, with x264, x265 and more codecs; FFmpeg says of itself: {library_meta['libavcodec']['license']}"),
    ("pyside6-essentials", "Qt, under the GNU LGPL 3"),
    ("pyside6-addons", "Qt Multimedia and its FFmpeg, under the GNU LGPL"),
    ("lameenc", "LAME, under the GNU LGPL"),
    ("llama-cpp-python", "llama.cpp and ggml, under the MIT licence"),
)
"""What lies in wheels without a name of its own."""

_LEFT_OUT = frozenset({"deno", "hf-xet"})
"""What stands by when the application is built, and is not in it; see ``packaging/lean.py``."""

_TOOL = "pyinstaller"
"""Its loader becomes part of each program it makes, which its licence allows for programs of any licence."""


def of_the_system(application: Path) -> list[str]:
    """What Debian or Ubuntu say of their libraries that lie in the application; nothing on other systems."""
    if shutil.which("dpkg-query") is None:
        return []
    names = [path.name for path in sorted((application / "_internal").glob("lib*.so*")) if "libpython" not in path.name]
    packages = {line.split(": ")[0] for name in names for line in _said("--search", f"*/{name}").splitlines()}
    notices = []
    for package in sorted(packages):
        what = _said("--show", "--showformat=${Package} ${Version}, of the source package ${source:Package}", package)
        terms = Path("/usr/share/doc", package.split(":")[0], "copyright")
        text = terms.read_text(encoding="utf-8", errors="replace").strip() if terms.exists() else ""
        notices.append(f"{what}, as the system builds it\n\n{text}".rstrip() + "\n")
    return notices


def _said(*question: str) -> str:
    # The tool is the system's; what it is asked is made here.
    return subprocess.run(["dpkg-query", *question], check=False, capture_output=True, text=True).stdout  # noqa: S603, S607


def write_notices(application: Path, licence: Path) -> Path:
    """Write both files, and give the one about the parts.

    Raises:
        SystemExit: a part states no licence and brings none: nobody may pass on what they do not know the terms of.
    """
    shutil.copyfile(licence, application / "LICENSE")
    inside = dict(_INSIDE)
    texts = [_HEAD.format(version=metadata.version("fastclip-desktop"))]
    unknown = []
    for part in all_parts():
        key = re.sub(r"[-_.]+", "-", part.name).lower()
        if key in _LEFT_OUT:
            continue
        notice = notice_of(part.name)
        if not part.licence and not notice:
            unknown.append(part.name)
        lines = [f"{part.name} {part.version}: {part.licence or 'see below'}"]
        if key in inside:
            lines.append(f"It holds {inside[key]}.")
        lines.append(f"Source: https://pypi.org/project/{key}/{part.version}/")
        texts.append("\n".join([*lines, "", notice]).rstrip() + "\n")
    texts.append(f"Python {platform.python_version()}: PSF-2.0\nSource: https://www.python.org/downloads/source/\n")
    texts.append(
        f"The loader of PyInstaller {metadata.version(_TOOL)}: GPL-2.0 with an exception\n\n{notice_of(_TOOL)}\n"
    )
    texts += of_the_system(application)
    if unknown:
        raise SystemExit(f"These parts state no licence: {', '.join(unknown)}.")
    path = application / "THIRD-PARTY.txt"
    path.write_text(f"\n{'=' * 100}\n\n".join(texts), encoding="utf-8", newline="\n")
    return path


if __name__ == "__main__":
    print(write_notices(Path(sys.argv[1]), Path(__file__).parent.parent / "LICENSE"))  # noqa: T201
