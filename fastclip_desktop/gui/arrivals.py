"""What was dropped, pasted or handed over, sorted by what can be done with it. It looks at files: off the GUI thread.

Only what is plainly nothing for this program is turned away here. Whether a file of another name is media is for the
engine to find out, and that a file is not there is for it to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from fastclip_desktop.gui.incoming import is_captions

PROJECT_SUFFIX = ".fastclip"

MOST_OF_A_FOLDER = 200
"""Files of one folder that become a batch."""

_MEDIA_NAMES = """mp4 m4v mov qt mkv webm avi wmv asf flv f4v mpg mpeg m2v mts m2ts ts vob ogv 3gp 3g2 mxf gif
    mp3 m4a m4b aac wav flac ogg oga opus wma aif aiff ac3 mka caf"""
_OTHER_NAMES = """txt md rtf pdf doc docx odt xls xlsx ods csv ppt pptx odp html htm xml json yaml yml toml ini log
    py js css c h cpp java sh bat exe dll so msi apk dmg iso zip 7z rar gz tar xz bz2 jpg jpeg png bmp tif tiff svg heic
    psd ttf otf db sqlite torrent part crdownload"""
_MEDIA_SUFFIXES = frozenset(f".{name}" for name in _MEDIA_NAMES.split())
_OTHER_SUFFIXES = frozenset(f".{name}" for name in _OTHER_NAMES.split())


class Nonsense(Enum):
    """Why something cannot be opened."""

    OTHER_KIND = auto()
    EMPTY = auto()
    EMPTY_FOLDER = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came, in its order.

    Attributes:
        media: links, and paths of files that are media or may be.
        captions: files with words.
        projects: files of the program's own.
        nonsense: names of what cannot be opened, and why.
        skipped: how many files of large folders are left out.
    """

    media: tuple[str, ...] = ()
    captions: tuple[Path, ...] = ()
    projects: tuple[Path, ...] = ()
    nonsense: tuple[tuple[Nonsense, str], ...] = ()
    skipped: int = 0


def needs_a_look(sources: Iterable[str]) -> bool:
    """Whether it takes a look at the disk to sort them."""
    return any("://" not in source and not is_captions(source) for source in sources)


def sort_arrivals(sources: Iterable[str]) -> Arrivals:
    """Sort sources as the engine takes them; a folder stands for the media files that lie in it."""
    media: list[str] = []
    captions: list[Path] = []
    projects: list[Path] = []
    nonsense: list[tuple[Nonsense, str]] = []
    skipped = 0
    for source in sources:
        path = Path(source)
        if "://" in source:
            media.append(source)
            continue
        try:
            if path.is_dir():
                files = sorted(each for each in path.iterdir() if _is_media(each))
                skipped += max(0, len(files) - MOST_OF_A_FOLDER)
                media += map(str, files[:MOST_OF_A_FOLDER])
                if not files:
                    nonsense.append((Nonsense.EMPTY_FOLDER, path.name or source))
            elif (fault := _fault_of(path)) is not None:
                nonsense.append((fault, path.name or source))
            elif is_captions(source):
                captions.append(path)
            elif path.suffix.lower() == PROJECT_SUFFIX:
                projects.append(path)
            else:
                media.append(source)
        except OSError:
            nonsense.append((Nonsense.UNREADABLE, path.name or source))
    return Arrivals(tuple(dict.fromkeys(media)), tuple(captions), tuple(projects), tuple(nonsense), skipped)


def _is_media(path: Path) -> bool:
    return path.suffix.lower() in _MEDIA_SUFFIXES and not path.name.startswith(".") and path.is_file()


def _fault_of(path: Path) -> Nonsense | None:
    if path.is_file() and not path.stat().st_size:
        return Nonsense.EMPTY
    return Nonsense.OTHER_KIND if path.suffix.lower() in _OTHER_SUFFIXES else None
