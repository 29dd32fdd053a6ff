"""What the packaged application leaves out of what its libraries bring; ``fastclip.spec`` asks it.

Libraries come as wheels that are made to stand alone and to serve everybody: they bring parts for work that FastClip
never does, libraries that every system has, and tables for debuggers.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import icu
import no_quick

Entry = tuple[str, str, str]
"""Where a file goes to in the application's folder, where it comes from, and what PyInstaller calls its kind."""

UNUSED_MODULES = [
    # No other toolkit and no tool of a developer is shown in this window.
    "tkinter",
    "IPython",
    "matplotlib",
    "pytest",
    "setuptools",
    "pip",
    "pydoc_data",
    "readline",
    # Qt's bindings that the window does not import; PyInstaller follows a hook of QtMultimedia to the last.
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtWebEngineCore",
    "PySide6.QtPdf",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtMultimediaWidgets",
    # Models come over plain HTTPS with a checksum; the hub's own protocol is not spoken.
    "hf_xet",
    # Servers, image models and converters of the model libraries.
    "llama_cpp.server",
    "llama_cpp.mtmd_cpp",
    "llama_cpp.llava_cpp",
    "ctranslate2.converters",
    # LiteRT's compilers for the chips of phones.
    "ai_edge_litert.aot",
    "ai_edge_litert.vendors",
    # Colours for source code, of which none is shown.
    "pygments",
    # Pictures that nobody has for a cover, and ties to toolkits.
    "PIL._avif",
    "PIL.ImageTk",
    # Programs and tests of libraries.
    "numpy.f2py",
    "numpy.testing",
    "numpy.tests",
    "onnxruntime.transformers",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "huggingface_hub.cli",
]
"""Modules that nothing of FastClip imports, though a library it uses could."""

_UNUSED_FILES = [
    # What Qt can draw with beside a desktop's own ways: cars, kiosks, phones.
    r"plugins/platforms/.*(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|webgl)",
    r"plugins/(egldeviceintegrations|generic|networkinformation|printsupport|qmltooling|sqldrivers|position|sensors)/",
    r"plugins/platforminputcontexts/.*virtualkeyboard",
    r"plugins/imageformats/.*(pdf|tga|wbmp|icns|tiff)",
    r"plugins/wayland-graphics-integration-server/",
    r"plugins/wayland-shell-integration/.*(ivi|fullscreen|wl-shell|qt-shell)",
    # It would bring the whole of GTK in; dialogs come through the desktop's portal instead.
    r"plugins/platformthemes/.*gtk3",
    # Which of Qt's libraries only those parts use.
    r"Qt6?(Pdf|VirtualKeyboard|EglF[Ss]|WlShell|OpenGLWidgets|MultimediaWidgets|Sql|PrintSupport)\w*\b",
    # Qt's own words for other languages than the window speaks.
    r"translations/qt(?!base_(de|en)\b)\w*\.qm$",
    # Software OpenGL for Windows without any driver; Qt Widgets paint without OpenGL.
    r"opengl32sw\.dll$",
    # LiteRT computes sounds on processors; this is for graphics chips, and the rest for the chips of phones.
    r"WebGpuAccelerator|ai_edge_litert/vendors/|libLiteRt\.(so|dylib|dll)$",
    # llama.cpp's reader of pictures; FastClip gives it text.
    r"llama_cpp/lib/.*mtmd",
    # Each of its libraries is there under two names; these are the ones that nobody asks for.
    r"llama_cpp/lib/(libllama\.so\.\d+|libggml[\w-]*\.so)$",
    r"(^|/)onnxruntime/.*providers_(cuda|tensorrt|openvino)",
    # Headers and interfaces for who compiles, and where this was built.
    r"\.(pyi|h|hpp|pxd|pyx|cmake|a|lib)$",
    r"dist-info/(direct_url\.json|uv_\w+\.json|INSTALLER|REQUESTED)$",
    r"dist-info/sboms/|__pycache__/",
    r"(hf_xet|deno)-[\d.]+\.dist-info/",
]

_OF_THE_SYSTEM = re.compile(
    r"^lib(stdc\+\+|gcc_s|mvec|X11|X11-xcb|Xext|Xi|Xrender|Xrandr|Xfixes|Xcursor|Xau|Xdmcp|xcb|xcb-(glx|randr|render|shape|shm"
    r"|sync|xfixes|xkb)|xkbcommon|xkbcommon-x11|dbus-1|fontconfig|freetype|glib-2\.0|gthread-2\.0|gobject-2\.0|gio-2\.0"
    r"|gmodule-2\.0|expat|z|drm|systemd|cap|selinux|mount|blkid|uuid|com_err|krb5|k5crypto|krb5support|gssapi_krb5"
    r"|keyutils|tinfo|gcrypt|gpg-error|bsd|md|pcre2-8|lz4|zstd|wayland-\w+)\.so"
)
"""Libraries that every desktop Linux has, and keeps safer than we could. An older ``libstdc++`` than the system's keeps
drivers of graphics cards from loading."""

_WORTH_STRIPPING = 0.05
"""Share of a file that is tables for debuggers, from which on they are cut off."""

_PAGE = 0x1000


def lean(entries: list[Entry], work: Path) -> list[Entry]:
    """The files that an application of these needs.

    Args:
        entries: what PyInstaller collected.
        work: a folder for what is made on the way.
    """
    unused = re.compile("|".join(f"(?:{pattern})" for pattern in _UNUSED_FILES))
    kept = [entry for entry in entries if not unused.search(entry[0].replace("\\", "/"))]
    if sys.platform == "linux":
        kept = [entry for entry in kept if not _OF_THE_SYSTEM.match(entry[0])]
        kept = _without_orphans(_without_quick(kept, work / "stand-ins"))
        kept = [_stripped(_with_less_icu(entry, work / "icu"), work) for entry in kept]
    return kept


def _without_quick(entries: list[Entry], work: Path) -> list[Entry]:
    libraries = {place: source for place, source, kind in entries if kind in ("BINARY", "EXTENSION")}
    made = no_quick.stand_ins(libraries, work)
    return [(place, str(made.get(place, source)), kind) for place, source, kind in entries]


def _with_less_icu(entry: Entry, work: Path) -> Entry:
    place, source, kind = entry
    is_data = kind == "BINARY" and re.match(r"libicudata\.so\.\d+$", Path(place).name)
    return (place, str(icu.slim(Path(source), work)), kind) if is_data else entry


def _without_orphans(entries: list[Entry]) -> list[Entry]:
    """Without the libraries that only what was left out has use for."""
    needs = {place: _needed(source) for place, source, kind in entries if kind in ("BINARY", "EXTENSION", "EXECUTABLE")}
    candidates = {
        place
        for place, _, kind in entries
        if kind in ("BINARY", "SYMLINK") and ("/" not in place or re.match(r"(PySide6/Qt/lib|\w+\.libs)/", place))
        # Opened by name, as Qt does with these; and Python itself.
        if "FFmpegStub" not in place and not place.startswith("libpython")
    }
    while True:
        wanted = set().union(*needs.values())
        orphans = {place for place in candidates if place in needs and Path(place).name not in wanted}
        if not orphans:
            break
        for place in orphans:
            del needs[place]
        candidates -= orphans
    there = set(needs)
    kept = [entry for entry in entries if entry[2] not in ("BINARY", "EXTENSION", "EXECUTABLE") or entry[0] in there]
    return [
        entry for entry in kept if entry[2] != "SYMLINK" or not _dangles(entry, {place for place, *_ in kept}, wanted)
    ]


def _needed(library: str) -> set[str]:
    """The names of the libraries that one is linked to itself; ``ldd`` would name theirs as well."""
    listing = subprocess.run(["readelf", "-dW", library], check=False, capture_output=True, text=True)  # noqa: S603, S607
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", listing.stdout))


def _dangles(entry: Entry, there: set[str], wanted: set[str]) -> bool:
    place, target, _ = entry
    parts: list[str] = []
    for part in (*place.split("/")[:-1], *target.split("/")):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts) not in there or ("FFmpegStub" not in place and Path(place).name not in wanted)


def _stripped(entry: Entry, work: Path) -> Entry:
    place, source, kind = entry
    if kind not in ("BINARY", "EXTENSION"):
        return entry
    target = work / "stripped" / place
    target.parent.mkdir(parents=True, exist_ok=True)
    # strip is a tool of whoever builds, named by the system.
    done = subprocess.run(["strip", "--strip-unneeded", "-o", str(target), source], check=False, capture_output=True)  # noqa: S603, S607
    if done.returncode != 0 or not _loads(target):
        return entry
    before, after = Path(source).stat().st_size, target.stat().st_size
    return (place, str(target), kind) if after < before * (1 - _WORTH_STRIPPING) else entry


def _loads(library: Path) -> bool:
    """Whether each segment still lies in the file where the loader can map it to its address."""
    listing = subprocess.run(["readelf", "-lW", str(library)], check=False, capture_output=True, text=True)  # noqa: S603, S607
    segments = [line.split() for line in listing.stdout.splitlines() if line.split()[:1] == ["LOAD"]]
    return bool(segments) and all((int(each[1], 16) - int(each[2], 16)) % _PAGE == 0 for each in segments)
