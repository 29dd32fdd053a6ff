"""One remote file as far as it is here: opened by what its server can do, kept in the cache of fetched bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from yt_dlp.networking.exceptions import HTTPError

from fastclip_desktop.domain.errors import ErrorCode, InputError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.byte_cache import ByteCache, Facts
from fastclip_desktop.sources.download_room import is_disk_full
from fastclip_desktop.sources.front_reader import FrontReader
from fastclip_desktop.sources.ranged_reader import FIRST_BLOCK, RangedReader
from fastclip_desktop.sources.remote_answer import Address, Refresh, asking, promise_of
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.sparse_file import SparseFile
from fastclip_desktop.sources.watched import Watch, run_watched

_SMALL = 512 * 1024
"""Bytes of a file that is brought whole: finding out what of it is needed would take longer."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the first answer says: the file's facts, whether parts of it can be had, and the first bytes."""

    facts: Facts
    ranged: bool
    head: bytes


class RemoteFile:
    """A remote file and its sparse copy; use it in ``with``.

    Attributes:
        path: the sparse file; its map lies beside it.
        size: bytes of the whole.
    """

    def __init__(self, sparse: SparseFile, reader: RangedReader | FrontReader) -> None:
        self._sparse = sparse
        self._reader = reader
        self.path = sparse.path
        self.size = sparse.size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(self._reader, FrontReader):
            self._reader.close()

    def fill(self, start: int, end: int) -> None:
        """Bring a span that is read now; see :class:`RangedReader`.

        Raises:
            FastClipError: what the network or the server is at fault for.
            Cancelled: if the fetch was stopped.
        """
        with _told_of_a_full_disk(self.path):
            self._reader.fill(start, end)

    def fetch(self, spans: Iterable[tuple[int, int]]) -> None:
        """Bring spans that will be read, over several connections.

        Raises:
            FastClipError: see :meth:`fill`.
        """
        with _told_of_a_full_disk(self.path):
            self._reader.fetch(spans)

    def missing(self, spans: Iterable[tuple[int, int]]) -> int:
        """How many bytes of spans are not here yet."""
        return sum(end - start for span in spans for start, end in self._sparse.missing(*span))

    def lay_out(self, path: Path) -> None:
        """Give what is here another name, which outlives the cache."""
        self._sparse.lay_out(path)


@contextmanager
def _told_of_a_full_disk(path: Path) -> Iterator[None]:
    """Say it here: who reads by way of FFmpeg takes every error of the system for one of reading."""
    try:
        yield
    except OSError as error:
        if not is_disk_full(error):
            raise
        raise InputError(
            ErrorCode.DISK_FULL,
            f"The disk that holds {path.parent.parent} is full.",
            "Free some space, or set FASTCLIP_HOME to a folder on another disk.",
        ) from error


def open_remote(
    session: ytdlp.SiteSession,
    address: Address,
    refresh: Refresh,
    cache: ByteCache,
    name: str,
    reporter: Reporter,
    on_bytes: Callable[[int], None],
) -> RemoteFile | None:
    """Open a remote file; ``None`` where its server doesn't say how large it is, so that only all of it can be had.

    Args:
        session: opens the connections.
        address: where the file lies.
        refresh: asks for another address if that one expires.
        cache: keeps the bytes.
        name: what the cache knows the file by: page and format.
        reporter: stops it.
        on_bytes: hears how many bytes came.

    Raises:
        InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
        OSError: if nothing can be kept.
        Cancelled: if the reporter says so.
    """
    look = _first_look(session, address, cache.known(name), reporter, on_bytes)
    if look is None or look.facts.size == 0:
        return None
    sparse = cache.open(name, look.facts)
    with sparse.writer(0) as writer:
        writer.write(look.head)
    reader: RangedReader | FrontReader
    if look.ranged:
        reader = RangedReader(session, address, refresh, sparse, look.facts, reporter, on_bytes)
    else:
        reader = FrontReader(session, address, sparse, look.facts, reporter, on_bytes)
    # The head is looked at without a map in mind.
    size = look.facts.size
    reader.fetch([(0, size if size <= _SMALL else FIRST_BLOCK)])
    return RemoteFile(sparse, reader)


def _first_look(
    session: ytdlp.SiteSession,
    address: Address,
    known: Facts | None,
    reporter: Reporter,
    on_bytes: Callable[[int], None],
) -> _Look | None:
    found: list[_Look | None] = []

    def look(watch: Watch) -> None:
        for attempt in range(ytdlp.PATIENCE.retries + 1):
            try:
                found.append(_ask(session, address, known, watch))
            except UnavailableError:
                if attempt == ytdlp.PATIENCE.retries or watch.stopped:
                    raise
                watch.pause(ytdlp.PATIENCE.pause(attempt))
            else:
                return

    run_watched([look], address.url, reporter, on_bytes)
    return found[0]


def _ask(session: ytdlp.SiteSession, address: Address, known: Facts | None, watch: Watch) -> _Look | None:
    # Of a file that is known a byte is enough to tell whether it is the same.
    wanted = FIRST_BLOCK if known is None else 1
    try:
        answer = session.open(address.url, asking(address, 0, wanted, None))
        with answer, watch.reading(answer):
            promise = promise_of(answer)
            if promise is None or promise.facts is None or promise.start != 0:
                return None
            ranged = answer.status == 206
            head = b""
            while ranged and len(head) < min(wanted, promise.facts.size):
                data = answer.read(wanted - len(head))
                if not data:
                    break
                head += data
                watch.moved.put(len(data))
                watch.pause(session.wait_for(len(data)))
            return _Look(promise.facts, ranged, head)
    except HTTPError as error:
        if error.status == 416:  # of an empty file there is no first byte
            return None
        raise explain(error, address.url) from error
    except Exception as error:
        raise explain(error, address.url) from error
