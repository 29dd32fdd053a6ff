"""What this machine can do, found by trying."""

from __future__ import annotations

import importlib.metadata
import platform
import shutil
import tempfile
from pathlib import Path

from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import Diagnose, Finding
from fastclip_desktop.sources.newest_ytdlp import sites_folder, version_in_use

_PARTS = (
    ("av", "FFmpeg through PyAV", True),
    ("yt-dlp", "Links through yt-dlp", True),
    ("pyside6-essentials", "The window (Qt)", False),
    ("faster-whisper", "Speech recognition (faster-whisper)", False),
    ("llama-cpp-python", "Language models (llama-cpp-python)", False),
)
_LOW_SPACE = 5 * 1000**3


def perform(request: Diagnose, reporter: Reporter) -> tuple[Finding, ...]:
    """Look at every part and try every folder; what decodes, encodes and computes is tried by itself."""
    findings = [Finding("Python", ok=True, detail=f"{platform.python_version()} on {platform.platform()}", needed=True)]
    findings += [_part(*part) for part in _PARTS]
    reporter.report(0.3)
    findings.append(_javascript())
    findings += [_folder(folder) for folder in request.folders]
    reporter.report(0.5)
    reporter.report(1.0)
    return tuple(findings)


def _part(distribution: str, subject: str, needed: bool) -> Finding:  # noqa: FBT001 - filled from the table above
    try:
        version = importlib.metadata.version(distribution)
        if distribution == "yt-dlp":
            version = version_in_use()
    except importlib.metadata.PackageNotFoundError:
        return Finding(subject, ok=False, detail=f"not installed; pip install {distribution}", needed=needed)
    return Finding(subject, ok=True, detail=f"{distribution} {version}", needed=needed)


def _javascript() -> Finding:
    from fastclip_desktop.sources.javascript import runtime_here  # with it comes yt-dlp, which only this needs

    subject = "JavaScript for YouTube"
    here = runtime_here()
    if here is not None:
        name, version, program = here
        return Finding(subject, ok=True, detail=f"{name} {version}, {program}")
    if sites_folder() is None:
        return Finding(subject, ok=False, detail="not found; pip install 'yt-dlp[deno]', or install Node.js 22")
    return Finding(subject, ok=True, detail="not here yet; Deno is fetched, about 42 MB, when YouTube first needs it")


def _folder(folder: Path) -> Finding:
    subject = f"Folder {folder}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"fastclip")
    except OSError as error:
        detail = f"{error.strerror or error}; set FASTCLIP_HOME to a folder of yours"
        return Finding(subject, ok=False, detail=detail, needed=True)
    free = shutil.disk_usage(folder).free
    detail = f"writable, {free / 1000**3:.1f} GB free"
    return Finding(subject, ok=free >= _LOW_SPACE, detail=detail if free >= _LOW_SPACE else f"{detail}; that is little")
