"""Lays out what the Flatpak holds, for its manifest to take: ``flatpak.py APPLICATION ICONS VERSION FOLDER``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from staging import stage

if __name__ == "__main__":
    application, icons, version, folder = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])
    shutil.rmtree(folder, ignore_errors=True)
    stage(application, icons, folder / "usr", version)
