"""The bytes of remote files that were fetched before, in one folder, never more than so many of them.

Each file has a folder of its own, called by a digest of what it is: page and format, never a signed address. In it lie
the sparse file, its map, and what the server said of it, so that a file that changed there is begun anew here. Those
used longest ago go first. A cache may forget, but never fail a fetch: what cannot be removed stays.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from fastclip_desktop.sources.sparse_file import SparseFile

_log = logging.getLogger(__name__)

_DATA = "data"
_FACTS = "facts.json"
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
    """Sparse files by name; may be used from several processes.

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
            said = json.loads((self._place(name) / _FACTS).read_text(encoding="utf-8"))
            return Facts(int(said["size"]), str(said["etag"]), str(said["modified"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def open(self, name: str, facts: Facts) -> SparseFile:
        """The file as it is known, begun anew if something else was kept under its name.

        Raises:
            OSError: if it cannot be made.
        """
        place = self._place(name)
        if self.known(name) != facts:
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(parents=True, exist_ok=True)
            sparse = SparseFile(place / _DATA, facts.size)
            beside = place / f"{_FACTS}.new"
            beside.write_text(json.dumps(asdict(facts)), encoding="utf-8")
            beside.replace(place / _FACTS)
        else:
            sparse = SparseFile(place / _DATA, facts.size)
        os.utime(place)
        return sparse

    def forget(self, name: str) -> None:
        """Drop a file."""
        shutil.rmtree(self._place(name), ignore_errors=True)

    def tidy(self, keep: tuple[str, ...] = ()) -> None:
        """Drop what was not used for longest until the rest is within the limit.

        Args:
            keep: names that stay, however large.
        """
        try:
            places = [place for place in self._folder.iterdir() if place.is_dir()]
        except OSError:
            return
        staying = {self._place(name) for name in keep}
        room = self._limit
        for place in sorted(places, key=_last_used, reverse=True):
            taken = _bytes_taken(place)
            room -= taken
            if room < 0 and place not in staying:
                _log.info("%s goes from the cache of fetched media: %d bytes", place.name, taken)
                shutil.rmtree(place, ignore_errors=True)
                room += taken

    def _place(self, name: str) -> Path:
        return self._folder / hashlib.blake2b(name.encode(errors="replace"), digest_size=16).hexdigest()


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
