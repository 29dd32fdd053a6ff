"""Makes the portable archive: ``portable.py APPLICATION VERSION OUT``.

It is the application's folder with a file ``portable.txt`` in it. Programs that find that beside them keep everything
in the folder ``FastClip data`` next to it, and nothing in the home folder; see ``program.py``.
"""

from __future__ import annotations

import io
import platform
import sys
import tarfile
import zipfile
from pathlib import Path

_NOTE = """\
As long as this file lies here, FastClip keeps its settings, library, models and work files in the folder
"FastClip data" beside its programs, and nothing in your home folder. Delete it to use the usual places.
"""
_NAME = "portable.txt"


def make_portable(application: Path, version: str, out: Path) -> Path:
    """Pack the folder: as a ZIP on Windows, as a ``tar.xz``, which keeps links, elsewhere."""
    out.mkdir(parents=True, exist_ok=True)
    system = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
    root = f"fastclip-desktop-{version}"
    archive = out / f"{root}-{system}-{platform.machine().lower()}-portable"
    if system == "windows":
        archive = archive.with_name(archive.name + ".zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(application.rglob("*")):
                packed.write(path, f"{root}/{path.relative_to(application).as_posix()}")
            packed.writestr(f"{root}/{_NAME}", _NOTE)
        return archive
    archive = archive.with_name(archive.name + ".tar.xz")
    with tarfile.open(archive, "w:xz", preset=1) as packed:
        packed.add(application, root, filter=_of_nobody)
        entry = tarfile.TarInfo(f"{root}/{_NAME}")
        entry.size = len(_NOTE.encode())
        packed.addfile(entry, io.BytesIO(_NOTE.encode()))
    return archive


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry


if __name__ == "__main__":
    print(make_portable(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))  # noqa: T201
