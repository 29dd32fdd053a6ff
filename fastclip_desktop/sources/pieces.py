"""Brings the pieces of a fragmented stream that hold some seconds, and puts them together into a file.

Each piece is kept by itself, unlocked, under a name that doesn't change with signed addresses, so that the next clip
brings only pieces that are new. A piece has its name only once all of it is on the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from yt_dlp.aes import aes_cbc_decrypt_bytes, unpad_pkcs7

from fastclip_desktop.domain.errors import ErrorCode, FastClipError, InputError, UnavailableError
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources import ytdlp
from fastclip_desktop.sources.fragments import Fragment, Fragments, Key
from fastclip_desktop.sources.ranged_reader import CONNECTIONS
from fastclip_desktop.sources.remote_answer import EXPIRED, nonsense_error, promise_of
from fastclip_desktop.sources.site_errors import explain
from fastclip_desktop.sources.watched import Watch, run_watched
from fastclip_desktop.sources.wording import host_of

_LARGEST = 512 * 1024 * 1024
"""Bytes of one piece; it is held in memory."""

_FRONT = 256 * 1024
_FRONT_SECONDS = 1.3
"""Of the first piece, which are enough to find where the presentation begins."""

_LARGEST_FRONT = 4 * 1024 * 1024
_BLOCK = 16 * 1024
_PROGRESS = 64 * 1024


Renew = Callable[[], tuple[Fragments, Mapping[str, str]]]
"""Asks the page again; gives as many pieces as before, and the headers that the site wants for them."""


class Download:
    """Brings small files whole, or their first bytes.

    Args:
        session: opens the connections.
        url: the stream's, for messages.
        headers: that the site wants with each request.
        reporter: stops it.
        on_bytes: hears how many bytes came.

    Attributes:
        headers: see above; they may be replaced.
        landed: where redirects led, by the address that was asked for.
    """

    def __init__(
        self,
        session: ytdlp.SiteSession,
        url: str,
        headers: Mapping[str, str],
        reporter: Reporter,
        on_bytes: Callable[[int], None],
    ) -> None:
        self._session = session
        self._url = url
        self.headers = headers
        self._reporter = reporter
        self._on_bytes = on_bytes
        self.landed: dict[str, str] = {}

    def together(self, works: Sequence[Callable[[Watch], None]], on_step: Callable[[], None] = lambda: None) -> None:
        """Carry out works that call :meth:`load`, over several connections.

        Raises:
            InputError: see :func:`~fastclip_desktop.sources.site_errors.explain`.
            Cancelled: if the reporter says so.
        """
        waiting = deque(works)

        def work(watch: Watch) -> None:
            while not watch.stopped:
                try:
                    one = waiting.popleft()
                except IndexError:
                    return
                one(watch)

        def hear(came: int) -> None:
            self._on_bytes(came)
            on_step()

        if works:
            run_watched([work] * min(CONNECTIONS, len(works)), self._url, self._reporter, hear)

    def load(
        self,
        url: str,
        first: int,
        last: int | None,
        watch: Watch,
        *,
        all_of_it: bool = True,
        most: int = _LARGEST,
    ) -> bytes:
        """The bytes ``first <= byte < last`` of what lies at an address, to its end where that is ``None``.

        Args:
            url: the address.
            first: a byte.
            last: the byte after the last.
            watch: stops it.
            all_of_it: whether fewer bytes are an error.
            most: bytes that are read at all.

        Raises:
            FastClipError: what the network or the server is at fault for.
        """
        data = bytearray()
        failures = 0
        while not watch.stopped:
            begun = len(data)
            error = self._attempt(url, first, last, data, watch, all_of_it=all_of_it, most=most)
            if error is None:
                break
            failures = 1 if len(data) - begun >= _PROGRESS else failures + 1
            if not isinstance(error, UnavailableError) or failures > ytdlp.PATIENCE.retries:
                raise error
            watch.pause(ytdlp.PATIENCE.pause(failures - 1))
        return bytes(data)

    def _attempt(
        self,
        url: str,
        first: int,
        last: int | None,
        data: bytearray,
        watch: Watch,
        *,
        all_of_it: bool,
        most: int,
    ) -> FastClipError | None:
        """Read on; why it ended too early, ``None`` where it did not."""
        at = first + len(data)
        headers = {**self.headers, "Accept-Encoding": "identity"}
        if at > 0 or last is not None:
            headers["Range"] = f"bytes={at}-{'' if last is None else last - 1}"
        try:
            with self._session.open(url, headers) as answer, watch.reading(answer):
                promise = promise_of(answer)
                self.landed[url] = answer.url
                if promise is None or promise.start not in (at, 0):
                    return nonsense_error(url)
                if promise.start != at:
                    data.clear()  # it comes from its beginning once more
                skip = first + len(data) - promise.start
                while last is None or len(data) < last - first:
                    block = answer.read(_BLOCK)
                    if not block:
                        break
                    watch.moved.put(len(block))
                    watch.pause(self._session.wait_for(len(block)))
                    data += block[skip:]
                    skip = max(0, skip - len(block))
                    if len(data) > most:
                        return _too_large(url, most)
        except Exception as error:  # noqa: BLE001 - a thread's edge: yt-dlp and its libraries raise whatever they like
            return explain(error, url)
        if last is not None:
            if all_of_it and len(data) < last - first:
                return explain(ConnectionResetError("the connection was reset"), url)
            del data[last - first :]
        return None


class Pieces:
    """A fragmented stream as far as it is here.

    Args:
        download: brings what is missing.
        fragments: the stream.
        folder: where pieces are kept.
        path: the file to put them together into.
        rate: bytes a second as the site says, 0 where it doesn't.
        on_part: hears which part of the wanted pieces is here, 0..1.
        renew: asks for the same pieces at new addresses where the old ones have expired; at most once.
    """

    def __init__(
        self,
        download: Download,
        fragments: Fragments,
        folder: Path,
        path: Path,
        rate: float,
        on_part: Callable[[float], None],
        renew: Renew,
    ) -> None:
        self._download = download
        self._fragments = fragments
        self._folder = folder
        self._rate = rate
        self._on_part = on_part
        self._lock = threading.Lock()
        self._keys: dict[str, bytes] = {}
        self._renewing = threading.Lock()
        self._renew: Renew | None = renew
        self._moved: dict[Fragment, Fragment] = {}
        self.path = path

    @property
    def duration(self) -> Fraction:
        """Seconds of the stream by its playlist."""
        return self._fragments.duration

    def front(self) -> Path:
        """A file with the stream's head and the first second of its first piece, which may break off in a packet.

        Raises:
            FastClipError: what the network or the server is at fault for.
            OSError: the disk is full.
        """
        first = self._fragments.pieces[0]
        size = min(_LARGEST_FRONT, max(_FRONT, int(self._rate * _FRONT_SECONDS)))
        beginning = self._kept(first)
        if not beginning.exists():
            beginning = self._folder / f"{beginning.name}-front"
        works = self._heads()
        if not beginning.exists():
            works.append(partial(self._bring, first, beginning, most=size))
        self._download.together(works)
        return self._join([beginning])

    def assemble(self, spans: Iterable[tuple[Fraction, Fraction]]) -> Path:
        """A file with the pieces that hold any instant of spans, in seconds by the playlist.

        Raises:
            FastClipError: what the network or the server is at fault for.
            OSError: the disk is full.
        """
        wanted = self._fragments.overlapping(spans) or [self._fragments.pieces[-1]]
        missing = [(piece, path) for piece in wanted if not (path := self._kept(piece)).exists()]
        works = self._heads()
        works += [partial(self._bring, piece, path) for piece, path in missing]
        self._download.together(works, lambda: self._on_part(self._here(missing)))
        self._on_part(1.0)
        return self._join([self._kept(piece) for piece in wanted])

    def whole(self) -> Path:
        """A file with all pieces.

        Raises:
            FastClipError: see :meth:`assemble`.
        """
        return self.assemble([(Fraction(0), self.duration)])

    def _heads(self) -> list[Callable[[Watch], None]]:
        head = self._fragments.head
        if head is None or self._kept(head).exists():
            return []
        return [partial(self._bring, head, self._kept(head))]

    def _here(self, missing: Sequence[tuple[Fragment, Path]]) -> float:
        return sum(path.exists() for _, path in missing) / max(1, len(missing))

    def _bring(self, fragment: Fragment, path: Path, watch: Watch, most: int | None = None) -> None:
        moved = self._moved
        try:
            data = self._load(moved.get(fragment, fragment), watch, most)
        except InputError as error:
            if error.code not in EXPIRED or not self._renewed(moved):
                raise
            data = self._load(self._moved[fragment], watch, most)
        if watch.stopped:
            return
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix="new-", delete=False) as file:
            new = Path(file.name)
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                new.unlink(missing_ok=True)  # a full disk has no room for half a piece
                raise
        new.replace(path)

    def _load(self, fragment: Fragment, watch: Watch, most: int | None) -> bytes:
        last = fragment.last
        if most is not None:
            last = fragment.first + most if last is None else min(last, fragment.first + most)
        data = self._download.load(fragment.url, fragment.first, last, watch, all_of_it=most is None)
        if watch.stopped or fragment.key is None:
            return data
        return self._unlocked(data, fragment.key, watch, whole=most is None)

    def _renewed(self, expired: Mapping[Fragment, Fragment]) -> bool:
        """Find out where all pieces lie now, in place of what was known; say whether there is anything to try."""
        with self._renewing:
            if self._moved is not expired:
                return True
            if self._renew is None:
                return False
            renew, self._renew = self._renew, None
            now, self._download.headers = renew()
            moved = dict(zip(self._fragments.pieces, now.pieces, strict=True))
            if self._fragments.head is not None and now.head is not None:
                moved[self._fragments.head] = now.head
            self._moved = moved
            return True

    def _unlocked(self, data: bytes, key: Key, watch: Watch, *, whole: bool) -> bytes:
        with self._lock:
            secret = self._keys.get(key.url)
            if secret is None:
                secret = self._keys[key.url] = self._download.load(key.url, 0, None, watch, most=_BLOCK)
        if watch.stopped:
            return b""
        if len(secret) != 16 or (whole and (len(data) % 16 or not data)):
            raise InputError(
                ErrorCode.SOURCE_REFUSED,
                f"The video on {host_of(key.url)} is encrypted in a way that FastClip does not open.",
                "Download it in your browser and give FastClip the file.",
            )
        plain = bytes(aes_cbc_decrypt_bytes(data[: len(data) // 16 * 16], secret, key.vector))
        return bytes(unpad_pkcs7(plain)) if whole else plain

    def _kept(self, fragment: Fragment) -> Path:
        place = f"{fragment.start} {urlsplit(fragment.url).path} {fragment.first} {fragment.last}"
        return self._folder / hashlib.blake2b(place.encode(errors="replace"), digest_size=16).hexdigest()

    def _join(self, parts: Sequence[Path]) -> Path:
        head = self._fragments.head
        with self.path.open("wb") as file:
            for part in (*([self._kept(head)] if head else []), *parts):
                file.write(part.read_bytes())
        return self.path


def _too_large(url: str, most: int) -> InputError:
    return InputError(
        ErrorCode.SOURCE_TOO_LARGE,
        f"A piece of the video on {host_of(url)} is larger than {most // 1024} KiB.",
        "Choose another source.",
    )
