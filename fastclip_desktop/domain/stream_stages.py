"""Playing a remote source through this machine; see :mod:`~fastclip_desktop.domain.stage`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.stage import ProgressiveRequest, Resource


@dataclass(frozen=True, slots=True)
class LocalStream:
    """A remote file that can be read here.

    Attributes:
        url: where a player reads it, with ranges; only on this machine, and only as long as it is held open.
        path: its bytes as far as they are here, with a map of them beside.
        size: bytes of the whole.
    """

    url: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class BytesWanted:
    """Somebody reads bytes of a stream that are not here: ``start <= byte < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StreamMedia(ProgressiveRequest[None, LocalStream]):
    """Hold a remote source open for a player until the stage is stopped, which is its only good end.

    What is read comes through the cache of fetched bytes; the one part says where.

    Attributes:
        media: the resolved source, a link.
        folder: for what has to be downloaded whole.
        cache: keeps what was fetched for the next look and for clips.
        access: who gave the link, and what its site gets to see.
    """

    resource: ClassVar[Resource] = Resource.NETWORK

    media: MediaFile
    folder: Path
    cache: Path
    access: Access = BY_A_PERSON
