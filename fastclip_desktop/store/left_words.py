"""Transcripts that single commands leave for the library, which another program may hold just then.

Each is a file of its own in a folder beside the database; whoever holds the library takes them in. A file has its name
only once it is whole, and takes the place of an older one of the same source, language and origin. For a library that
nobody opens for long the newest ones wait.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.transcript import Transcript
from fastclip_desktop.store.records import pack, unpack
from fastclip_desktop.store.sources import location_of

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
            name = _name_of(words)
            place = self._path / f"{int(words.at * 1000):015d}-{name}{_SUFFIX}"  # in order of time
            unfinished = place.with_suffix(f".{os.getpid()}.part")
            unfinished.write_bytes(pack(words))
            unfinished.replace(place)
            older = {path for path in self._path.glob(f"*-{name}{_SUFFIX}") if path < place}
            waiting = sorted(set(self._path.glob(f"*{_SUFFIX}")) - older)
            for path in (*older, *waiting[:-_MOST]):
                path.unlink(missing_ok=True)
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


def _name_of(words: LeftWords) -> str:
    """The same for transcripts of which the library keeps one."""
    text = f"{location_of(words.media)}\n{words.transcript.language}\n{words.transcript.origin}"
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=12).hexdigest()
