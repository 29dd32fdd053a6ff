"""Files on this machine: what a person means by a path, and the captions that lie beside it."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.sources.wording import clean_title, shown

_SIDECAR_EXTENSIONS = ("srt", "vtt", "ass", "ssa", "ttml", "sbv", "lrc")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_FORGOTTEN_SCHEME = re.compile(r"www\.\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*", re.IGNORECASE)


def resolve_local(source: str) -> MediaFile:
    """Find the file that a path, ``~/path`` or ``file:`` URL names, and its captions.

    Raises:
        InputError: ``source_not_found``, ``source_is_folder``, ``source_unreadable`` or ``source_empty``.
    """
    path = _path_of(source)
    _check_file(path, source)
    return MediaFile(
        source=source,
        title=clean_title(path.stem) or path.suffix.removeprefix(".") or "Untitled",
        path=path,
        captions=find_sidecars(path),
    )


def find_sidecars(path: Path) -> tuple[CaptionTrack, ...]:
    """The caption files beside a media file.

    They are called as the media file is, before or after its extension is taken off, perhaps with a language between:
    ``talk.srt``, ``talk.mp4.srt``, ``talk.en-US.vtt``. Those without a language come first, then by language.
    """
    tracks = []
    for name in _names_beside(path):
        language = _sidecar_language(name, path)
        beside = path.with_name(name)
        if language is not None and beside.is_file():
            extension = name.rpartition(".")[2].lower()
            tracks.append(CaptionTrack(language, CaptionKind.SIDECAR, extension, str(beside)))
    return tuple(sorted(tracks, key=lambda track: (track.language, track.extension, track.location)))


def _path_of(source: str) -> Path:
    if source.strip().lower().startswith("file:"):
        from urllib.request import url2pathname  # it brings an HTTP client, 20 ms that plain paths need not wait for

        parts = urlsplit(source.strip())
        if parts.netloc.lower() not in ("", "localhost") and os.name != "nt":
            raise InputError(
                ErrorCode.SOURCE_NOT_FOUND,
                f"{shown(source)} names a file on another machine.",
                "Give the path under which this machine sees the file.",
            )
        machine = "" if parts.netloc.lower() in ("", "localhost") else f"//{parts.netloc}"
        return Path(url2pathname(machine + parts.path)).absolute()
    try:
        return Path(source).expanduser().absolute()
    except RuntimeError:
        # "~name" where nobody is called so: take it as it stands, as a shell does.
        return Path(source).absolute()


def _check_file(path: Path, source: str) -> None:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(
                ErrorCode.SOURCE_IS_FOLDER,
                f"{shown(source)} is a folder.",
                "Choose one video or sound file in it.",
            )
        if not stat.S_ISREG(status.st_mode):
            raise InputError(
                ErrorCode.SOURCE_UNREADABLE,
                f"{shown(source)} is a device or a pipe, not a file.",
                "Save the recording to a file first.",
            )
        if status.st_size == 0:
            raise InputError(
                ErrorCode.SOURCE_EMPTY,
                f"{shown(source)} is an empty file.",
                "Copy or download it again.",
            )
        with path.open("rb") as file:
            file.read(1)
    except (OSError, ValueError) as error:
        raise _explain(error, source) from error


def _explain(error: OSError | ValueError, source: str) -> InputError:
    # ValueError: a NUL character or a lone surrogate, which no file name has.
    if isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError)):
        return InputError(ErrorCode.SOURCE_NOT_FOUND, f"There is no file {shown(source)}.", _not_found_hint(source))
    if isinstance(error, PermissionError):
        return InputError(
            ErrorCode.SOURCE_UNREADABLE,
            f"{shown(source)} may not be read by you.",
            "Change its permissions or copy it to a folder of yours.",
        )
    return InputError(
        ErrorCode.SOURCE_UNREADABLE,
        f"{shown(source)} cannot be read: {error.strerror or error}.",
        "Check the path and the disk that it lies on.",
    )


def _not_found_hint(source: str) -> str:
    if _FORGOTTEN_SCHEME.fullmatch(source.strip()):
        return "Check the spelling; if it is a link, write https:// in front of it."
    return "Check the spelling of the path."


def _names_beside(path: Path) -> list[str]:
    try:
        return os.listdir(path.parent)  # noqa: PTH208 - the names alone; a Path for each of 100,000 costs a second
    except OSError:
        # A folder that may be entered but not listed: the obvious names are still worth a look.
        return [f"{path.stem}.{extension}" for extension in _SIDECAR_EXTENSIONS]


def _sidecar_language(name: str, path: Path) -> str | None:
    """The language in a sidecar's name, empty where it has none; ``None`` where it is no sidecar of this file."""
    before, _, extension = name.rpartition(".")
    if extension.lower() not in _SIDECAR_EXTENSIONS:
        return None
    # macOS hands out decomposed names, people type composed ones.
    before = unicodedata.normalize("NFC", before)
    for own in (unicodedata.normalize("NFC", path.name), unicodedata.normalize("NFC", path.stem)):
        if before == own:
            return ""
        middle = before.removeprefix(f"{own}.")
        if middle != before and _LANGUAGE.fullmatch(middle):
            return middle.replace("_", "-")
    return None
