"""The programs that ours is measured against, installed where nothing else sees them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("smartcut", "moviepy")


def find_ffmpeg() -> str | None:
    """Debian's ffmpeg; installed if it is missing and we may."""
    if shutil.which("ffmpeg") is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "ffmpeg"], check=False, capture_output=True
        )
    return shutil.which("ffmpeg")


def peer_python(folder: Path) -> Path | None:
    """A Python of its own with the peers in it; ``None`` where they can't be had."""
    python = folder / "peers" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not python.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", folder / "peers"], check=True, capture_output=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"The peers {', '.join(PACKAGES)} could not be installed: {error}", file=sys.stderr)
            return None
    return python
