"""What every Linux package holds: the application's folder, and the files by which a desktop knows it."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import shutil
from pathlib import Path

APP_ID = "app.fastclip.Desktop"
"""Under which desktops know the application; the window says the same of itself."""

PROGRAM_FOLDER = "lib/fastclip-desktop"
PROGRAMS = ("fastclip-desktop", "fastclip")

_HERE = Path(__file__).parent
_ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def built_on() -> str:
    """The day that a package names; ``SOURCE_DATE_EPOCH`` fixes it."""
    now = os.environ.get("SOURCE_DATE_EPOCH")
    moment = dt.datetime.fromtimestamp(int(now), dt.UTC) if now else dt.datetime.now(dt.UTC)
    return moment.date().isoformat()


def stage(application: Path, icons: Path, usr: Path, version: str) -> None:
    """Lay everything out below what will be ``/usr``, ``/app`` or an AppDir's ``usr``.

    Args:
        application: the folder that PyInstaller built.
        icons: where ``packaging/icons.py`` drew.
        usr: must not be there yet.
        version: of the application.
    """
    program_folder = usr / PROGRAM_FOLDER
    program_folder.parent.mkdir(parents=True)
    shutil.copytree(application, program_folder, symlinks=True)
    for path in program_folder.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
        elif not path.is_symlink():
            path.chmod(0o755 if path.name in PROGRAMS else 0o644)
    (usr / "bin").mkdir()
    for name in PROGRAMS:
        (usr / "bin" / name).symlink_to(f"../{PROGRAM_FOLDER}/{name}")
    share = usr / "share"
    _put(_HERE / f"{APP_ID}.desktop", share / "applications")
    _put(_HERE / f"{APP_ID}.xml", share / "mime" / "packages")
    description = (_HERE / f"{APP_ID}.metainfo.xml").read_text(encoding="utf-8")
    description = description.replace("@VERSION@", version).replace("@DATE@", built_on())
    _write(share / "metainfo" / f"{APP_ID}.metainfo.xml", description.encode())
    for name in PROGRAMS:
        page = (_HERE / f"{name}.1").read_bytes()
        _write(share / "man" / "man1" / f"{name}.1.gz", gzip.compress(page, 9, mtime=0))
    hicolor = share / "icons" / "hicolor"
    for size in _ICON_SIZES:
        picture = (icons / f"fastclip-{size}.png").read_bytes()
        _write(hicolor / f"{size}x{size}" / "apps" / f"{APP_ID}.png", picture)
    drawing = (_HERE.parent.parent / "resources" / "fastclip.svg").read_bytes()
    _write(hicolor / "scalable" / "apps" / f"{APP_ID}.svg", drawing)


def _put(file: Path, folder: Path) -> None:
    _write(folder / file.name, file.read_bytes())


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)
