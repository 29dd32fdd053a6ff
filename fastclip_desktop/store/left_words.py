"""Transcripts that single commands leave for the library, which another program may hold just then.

Each is a file of its own in a folder beside the database; whoever holds the library takes them in. A file has its name
only once it is whole. A library that nobody opens for long keeps the newest ones.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.clip import new_id
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.store.records import pack, unpack

_log = logging.getLogger(__name__)

_MOST = 500
"""Files that may wait; a library is opened long before."""

_SUFFIX = ".words"


@dataclass(frozen=True, slots=True)
class LeftWords:
    """A transcript on its way to the library.

    Attributes:
        media: the source, as it was resolved.
        transcript: what is said in it.
        at: seconds since 1970.
    """

    media: MediaFile
    transcript: Transcript
    at: float


class LeftWordsFolder:
    """The folder where they wait; may be used from several processes.

    Args:
        path: it is made when the first one is left.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def leave(self, words: LeftWords) -> None:
        """Leave a transcript for the library; where that is impossible, the library goes without it."""
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            waiting = sorted(self._path.glob(f"*{_SUFFIX}"))
            for old in waiting[: max(0, len(waiting) - _MOST + 1)]:
                old.unlink(missing_ok=True)
            # Names in order of time; two commands never have the same one.
            place = self._path / f"{int(words.at * 1000):015d}-{new_id()}{_SUFFIX}"
            unfinished = place.with_suffix(".part")
            unfinished.write_bytes(pack(words))
            unfinished.replace(place)
        except OSError as error:
            _log.info("Nothing is left for the library in %s: %s", self._path, error)

    def waiting(self) -> Iterator[tuple[Path, LeftWords]]:
        """What was left, the oldest first, each with its file, which goes when it was taken; broken ones go at once."""
        for path in sorted(self._path.glob(f"*{_SUFFIX}")):
            try:
                words = unpack(LeftWords, path.read_bytes())
            except FileNotFoundError:
                continue
            except (OSError, ValueError) as error:
                _log.warning("%s cannot be read and goes: %s", path, error)
                path.unlink(missing_ok=True)
                continue
            yield path, words
