"""Makes the Debian package: ``deb.py APPLICATION ICONS VERSION OUT``; it needs ``dpkg-dev``.

What it depends on is found out by ``dpkg-shlibdeps``: the packages of every library that a file in it is linked to and
that is not in it. It therefore installs on the release that it was built on and on newer ones.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from email.utils import formatdate
from gzip import compress
from pathlib import Path

from staging import PROGRAM_FOLDER, stage

_LIBRARIES_SEEN_LATE = ("libegl1", "libgl1")
"""Loaded by Qt when a video is shown, so no file is linked to them."""

_CONTROL = """\
Package: fastclip-desktop
Version: {version}
Architecture: {architecture}
Maintainer: The FastClip Desktop founders <founders@fastclip.invalid>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: ca-certificates, xdg-desktop-portal, xdg-utils
Section: video
Priority: optional
Description: exact clips from any video, found by times or by words
 Paste a link or drop a file, say which moments you want, and get clips that
 begin and end on exactly the frames that you named. Moments are named by
 their times or found by what is said; everything is computed on your own
 machine.
 .
 The package brings a window (fastclip-desktop) and a command line (fastclip).
"""

_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: FastClip Desktop
Comment: The licences of the libraries in {folder}
 lie beside them, in the folders that end in .dist-info; the window lists them
 under Settings, About.

Files: *
Copyright: 2026 The FastClip Desktop founders
License: GPL-3+
 This program is free software: you can redistribute it and/or modify it under
 the terms of the GNU General Public License as published by the Free Software
 Foundation, either version 3 of the License, or (at your option) any later
 version.
 .
 This program is distributed in the hope that it will be useful, but WITHOUT
 ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS
 FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.
 .
 On Debian systems, the full text of the GNU General Public License version 3
 can be found in the file /usr/share/common-licenses/GPL-3.
"""

# The libraries are as their makers built them, which is not how Debian builds its own.
_LINTIAN_OVERRIDES = """\
fastclip-desktop: embedded-library
fastclip-desktop: custom-library-search-path
fastclip-desktop: library-not-linked-against-libc
fastclip-desktop: shared-library-lacks-prerequisites
fastclip-desktop: unstripped-binary-or-object
fastclip-desktop: hardening-no-pie
fastclip-desktop: hardening-no-relro
"""


def make_deb(application: Path, icons: Path, version: str, out: Path) -> Path:
    """Build the package into a folder, and give its path."""
    architecture = _said("dpkg", "--print-architecture")
    with tempfile.TemporaryDirectory(prefix="fastclip-deb-") as scratch:
        root = Path(scratch, "root")
        debian = root / "DEBIAN"
        debian.mkdir(parents=True, mode=0o755)  # dpkg-shlibdeps finds the root by it
        stage(application, icons, root / "usr", version)
        documents = root / "usr/share/doc/fastclip-desktop"
        documents.mkdir(parents=True)
        _write(documents / "copyright", _COPYRIGHT.format(folder=f"/usr/{PROGRAM_FOLDER}/_internal").encode())
        _write(documents / "changelog.gz", compress(_changelog(version).encode(), 9, mtime=0))
        _write(root / "usr/share/lintian/overrides/fastclip-desktop", _LINTIAN_OVERRIDES.encode())
        files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
        control = _CONTROL.format(
            version=version,
            architecture=architecture,
            kilobytes=-(-sum(path.stat().st_size for path in files) // 1024),
            depends=", ".join(_depends(root, Path(scratch))),
        )
        sums = [f"{_md5(path)}  {path.relative_to(root).as_posix()}\n" for path in files]
        _write(debian / "control", control.encode())
        _write(debian / "md5sums", "".join(sums).encode())
        for folder in (root, *(path for path in root.rglob("*") if path.is_dir() and not path.is_symlink())):
            folder.chmod(0o755)
        out.mkdir(parents=True, exist_ok=True)
        package = out / f"fastclip-desktop_{version}_{architecture}.deb"
        _said("dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(package))
    return package


def _depends(root: Path, scratch: Path) -> list[str]:
    """The packages of the system that the files are linked to, with the least version of each."""
    program_folder = root / "usr" / PROGRAM_FOLDER
    inside = program_folder / "_internal"
    linked = [path for path in program_folder.rglob("*") if not path.is_symlink() and path.is_file() and _is_elf(path)]
    private = sorted({str(path.parent) for path in linked} | {str(inside)})
    _write(
        scratch / "debian" / "control", b"Source: fastclip-desktop\n\nPackage: fastclip-desktop\nArchitecture: any\n"
    )
    # What is in the package is not asked of the system as well, though it may have it too.
    brought = {
        found.groups() for path in inside.rglob("*.so*") if (found := re.match(r"(.+)\.so\.([\w.]+)$", path.name))
    }
    overrides = "".join(f"{name} {number}\n" for name, number in sorted(brought))
    _write(scratch / "debian" / "shlibs.local", overrides.encode())
    answer = _said(
        "dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0",
        *(f"-l{folder}" for folder in private), *(f"-e{path}" for path in linked),
        folder=scratch,
    )  # fmt: skip
    found = re.search(r"shlibs:Depends=(.*)", answer)
    if not found:
        raise SystemExit(f"dpkg-shlibdeps named no packages: {answer}")
    depends = {each.strip() for each in found.group(1).split(",")}
    named = {each.split()[0] for each in depends}
    depends |= {name for name in _LIBRARIES_SEEN_LATE if name not in named}
    # A bare system has no letters to show.
    depends.add("fonts-dejavu-core | fonts-noto-core | fonts-liberation")
    return sorted(depends)


def _changelog(version: str) -> str:
    moment = formatdate(int(os.environ["SOURCE_DATE_EPOCH"]) if "SOURCE_DATE_EPOCH" in os.environ else None)
    return (
        f"fastclip-desktop ({version}) unstable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n"
        f" -- The FastClip Desktop founders <founders@fastclip.invalid>  {moment.replace('-0000', '+0000')}\n"
    )


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def _said(*command: str, folder: Path | None = None) -> str:
    # The tools are the system's; what they are told is made here.
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)  # noqa: S603
    if done.returncode != 0:
        complaints = [line for line in done.stderr.splitlines() if " warning: " not in line]
        raise SystemExit(f"{command[0]} failed: {chr(10).join(complaints) or done.stdout.strip()}")
    return done.stdout.strip()


if __name__ == "__main__":
    if shutil.which("dpkg-shlibdeps") is None:
        raise SystemExit("The Debian package needs dpkg-dev: sudo apt-get install dpkg-dev")
    print(make_deb(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4])))  # noqa: T201
