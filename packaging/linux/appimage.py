"""Makes the AppImage, or the folder that it would hold: ``appimage.py APPLICATION ICONS VERSION OUT``.

An AppImage is a small program, the runtime, with a compressed file system behind it. ``appimagetool`` joins them. Where
that is not installed but ``APPIMAGE_RUNTIME`` names a runtime and there is ``mksquashfs``, they are joined here. Where
there is neither, the folder is left, and tried.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from staging import APP_ID, stage


def make_appdir(application: Path, icons: Path, version: str, folder: Path) -> None:
    """Lay the folder out anew."""
    shutil.rmtree(folder, ignore_errors=True)
    usr = folder / "usr"
    stage(application, icons, usr, version)
    shutil.copy2(Path(__file__).parent / "AppRun", folder / "AppRun")
    shutil.copy2(usr / "share/applications" / f"{APP_ID}.desktop", folder)
    shutil.copy2(icons / "fastclip-256.png", folder / f"{APP_ID}.png")
    (folder / ".DirIcon").symlink_to(f"{APP_ID}.png")


def make_appimage(appdir: Path, version: str, out: Path) -> Path | None:
    """Join folder and runtime, and give the path; ``None`` if this system has no tool for it."""
    image = out / f"FastClip-{version}-{platform.machine()}.AppImage"
    runtime = os.environ.get("APPIMAGE_RUNTIME")
    if tool := shutil.which("appimagetool"):
        _run(tool, "--no-appstream", str(appdir), str(image))
    elif runtime and (tool := shutil.which("mksquashfs")):
        packed = out / "appimage.squashfs"
        _run(tool, str(appdir), str(packed), "-root-owned", "-noappend", "-quiet", "-no-progress", "-comp", "zstd")
        with image.open("wb") as file:
            for part in (Path(runtime), packed):
                with part.open("rb") as source:
                    shutil.copyfileobj(source, file)
        packed.unlink()
        image.chmod(0o755)
    else:
        return None
    return image


def _run(*command: str) -> str:
    # The tools are the system's; what they are told is made here.
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


def main(application: Path, icons: Path, version: str, out: Path) -> int:
    """Make what can be made, try it, and say what it is."""
    appdir = out / "FastClip.AppDir"
    make_appdir(application, icons, version, appdir)
    if (said := _run(str(appdir / "AppRun"), "--version")) != f"FastClip Desktop {version}":
        print(f"The AppDir starts, but says {said!r}.", file=sys.stderr)  # noqa: T201
        return 1
    image = make_appimage(appdir, version, out)
    if image is None:
        print(appdir)  # noqa: T201
        print(  # noqa: T201
            "No AppImage, only its folder: appimagetool is not installed, and APPIMAGE_RUNTIME names no runtime.",
            file=sys.stderr,
        )
        return 0
    shutil.rmtree(appdir)
    print(image)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])))
