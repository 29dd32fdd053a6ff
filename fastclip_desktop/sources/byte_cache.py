"""The bytes of remote files that were fetched before, in one folder, never more than so many of them.

Each file has a folder of its own, called by a digest of what it is: page, format, and what the server says of it, but
never a signed address. So a file that changed there begins anew here, and whoever reads the old one goes on reading the
old one. In the folder lie the sparse file and its map, or the pieces of a stream that comes in pieces. Those used
longest ago go first. A cache may forget, but never fail a fetch: what cannot be removed stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from fastclip_desktop.sources.sparse_file import SparseFile

_log = logging.getLogger(__name__)

_DATA = "data"
_BLOCK = 512
"""Bytes that ``st_blocks`` counts in, by POSIX."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a server says of a file: two that differ are two files.

    Attributes:
        size: bytes.
        etag: its entity tag, empty where it has none.
        modified: its ``Last-Modified``, likewise.
    """

    size: int
    etag: str = ""
    modified: str = ""


class ByteCache:
    """Sparse files by name; may be used from several threads and processes.

    Args:
        folder: made when the first file is kept.
        limit: bytes that all files together may take.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder = folder
        self._limit = limit

    def known(self, name: str) -> Facts | None:
        """What was said of a file when it was opened last; ``None`` if nothing of it is here."""
        try:
            said = json.loads(self._facts_of(name).read_text(encoding="utf-8"))
            facts = Facts(int(said["size"]), str(said["etag"]), str(said["modified"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return facts if self._place(name, facts).is_dir() else None

    def open(self, name: str, facts: Facts) -> SparseFile:
        """The file of which a server says these facts; nothing of one of which it said others.

        Raises:
            OSError: if it cannot be made.
        """
        place = self._place(name, facts)
        if not place.is_dir():
            self._make(place, facts)
        sparse = SparseFile(place / _DATA, facts.size)
        os.utime(place)
        with tempfile.NamedTemporaryFile("w", dir=self._folder, suffix=".new", delete=False, encoding="utf-8") as file:
            json.dump(asdict(facts), file)
        Path(file.name).replace(self._facts_of(name))
        return sparse

    def folder(self, name: str) -> Path:
        """A folder for what is kept in pieces of its own.

        Raises:
            OSError: if it cannot be made.
        """
        place = self._place(name, None)
        place.mkdir(parents=True, exist_ok=True)
        os.utime(place)
        return place

    def tidy(self) -> None:
        """Drop what was not used for longest until the rest is within the limit; what was used last stays."""
        try:
            places = [place for place in self._folder.iterdir() if place.is_dir()]
        except OSError:
            return
        room = self._limit
        for count, place in enumerate(sorted(places, key=_last_used, reverse=True)):
            room -= _bytes_taken(place)
            if room < 0 and count > 0:
                _log.info("%s goes from the cache of fetched media", place.name)
                shutil.rmtree(place, ignore_errors=True)

    def _make(self, place: Path, facts: Facts) -> None:
        """Make a file's folder whole or not at all: somebody else may be making it, too."""
        self._folder.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(dir=self._folder, prefix="new-"))
        try:
            SparseFile(new / _DATA, facts.size)
            with contextlib.suppress(OSError):  # somebody was quicker
                new.rename(place)
        finally:
            shutil.rmtree(new, ignore_errors=True)

    def _place(self, name: str, facts: Facts | None) -> Path:
        return self._folder / _digest(f"{name} {facts}")

    def _facts_of(self, name: str) -> Path:
        return self._folder / f"{_digest(name)}.json"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()


def _last_used(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except OSError:
        return 0.0


def _bytes_taken(place: Path) -> int:
    total = 0
    try:
        for path in place.iterdir():
            status = path.stat()
            total += getattr(status, "st_blocks", -(-status.st_size // _BLOCK)) * _BLOCK
    except OSError:
        return total
    return total
