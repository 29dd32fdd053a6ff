"""Brings the pieces of a fragmented stream that hold some seconds, and puts them together into a file.

Each piece is kept by itself, unlocked, under a name that doesn't change with signed addresses, so that the next clip
brings only pieces that are new. A piece has its name only once all of it is on the disk.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from yt_dlp.aes import aes_cbc_decrypt_bytes, unpad_pkcs7

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.fragments import Fragment, Fragments, Key
from fastclip_desktop.sources.mp4_boxes import declared_end
from fastclip_desktop.sources.remote_answer import EXPIRED
from fastclip_desktop.sources.small_files import LARGEST_FILE, Download
from fastclip_desktop.sources.watched import Watch
from fastclip_desktop.sources.wording import host_of

_FRONT = 32 * 1024
"""Bytes of the first piece that are looked at for where the presentation begins; then four times as many, and so on."""

_ENOUGH_FRONT = 256 * 1024
_FRONT_SECONDS = 1.3
_LARGEST_FRONT = 4 * 1024 * 1024
"""Where they don't show it, those are what has to do: a second's pictures can be decoded."""

_LARGEST_KEY = 16 * 1024


Renew = Callable[[], tuple[Fragments, Mapping[str, str]]]
"""Asks the page again; gives as many pieces as before, and the headers that the site wants for them."""


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
        self._front = b""  # of the first piece as it lies there
        self._shown = b""  # the same, unlocked
        self.path = path

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self._fragments.pieces)

    @property
    def duration(self) -> Fraction:
        """Seconds of the stream by its playlist."""
        return self._fragments.duration

    def numbers(self, begin: Fraction, end: Fraction) -> range:
        """Which pieces hold any instant of a span, in seconds by the playlist; the nearest one where none does."""
        return self._fragments.overlapping(begin, end)

    def widened(self, numbers: range, before: Fraction, behind: Fraction) -> range:
        """These pieces with those that hold so many seconds more, at least one on each side where it is more than 0."""
        pieces = self._fragments.pieces
        first, last = numbers[0], numbers[-1]
        if before > 0:
            earlier = self.numbers(pieces[first].start - before, pieces[first].start)[0]
            first = max(0, min(first - 1, earlier))
        if behind > 0:
            later = self.numbers(pieces[last].end, pieces[last].end + behind)[-1]
            last = min(len(pieces) - 1, max(last + 1, later))
        return range(first, last + 1)

    def front(self, is_enough: Callable[[Path], bool]) -> Path:
        """A file with the stream's head and the beginning of its first piece; media that is not here reads as zeros.

        Args:
            is_enough: says of such a file whether more of it is needed.

        Raises:
            FastClipError: what the network or the server is at fault for.
            OSError: the disk is full.
        """
        whole = self._kept(self._fragments.pieces[0])
        beginning = whole.with_name(f"{whole.name}-front")
        self._download.together(self._heads())
        if whole.exists():
            return self._join([whole])
        if beginning.exists():
            return self._lay_out(beginning.read_bytes())
        for most in self._front_sizes():
            self._download.together([partial(self._bring_front, most)])
            if len(self._front) < most:  # that is all of it, which may be locked as such
                self._download.together([partial(self._bring, self._fragments.pieces[0], whole)])
                return self._join([whole])
            if declared_end(self._shown) is not None and is_enough(self._lay_out(self._shown)):
                break
        _save(self._shown, beginning)
        return self._lay_out(self._shown)

    def assemble(self, numbers: Iterable[int]) -> Path:
        """A file with some pieces, in their order.

        Raises:
            FastClipError: what the network or the server is at fault for.
            OSError: the disk is full.
        """
        wanted = [self._fragments.pieces[number] for number in sorted(set(numbers))]
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
        return self.assemble(range(self.count))

    def _heads(self) -> list[Callable[[Watch], None]]:
        head = self._fragments.head
        if head is None or self._kept(head).exists():
            return []
        return [partial(self._bring, head, self._kept(head))]

    def _here(self, missing: Sequence[tuple[Fragment, Path]]) -> float:
        return sum(path.exists() for _, path in missing) / max(1, len(missing))

    def _front_sizes(self) -> Iterator[int]:
        most = min(_LARGEST_FRONT, max(_ENOUGH_FRONT, int(self._rate * _FRONT_SECONDS)))
        size = _FRONT
        while size < most:
            yield size
            size *= 4
        yield most

    def _bring_front(self, most: int, watch: Watch) -> None:
        first = self._fragments.pieces[0]
        data = self._load(first, watch, most)
        if not watch.stopped:
            self._front = data
            self._shown = self._unlocked(data, first.key, watch, whole=False)

    def _bring(self, fragment: Fragment, path: Path, watch: Watch) -> None:
        data = self._unlocked(self._load(fragment, watch), fragment.key, watch, whole=True)
        if not watch.stopped:
            _save(data, path)

    def _load(self, fragment: Fragment, watch: Watch, most: int | None = None) -> bytes:
        """A piece as it lies there, at most so many bytes of it; what came of it before doesn't come again."""
        # But for a byte: behind the last one there is nothing to ask for.
        begun = self._front[:-1] if fragment is self._fragments.pieces[0] else b""
        moved = self._moved

        def load(place: Fragment) -> bytes:
            last = place.last
            if most is not None:
                last = place.first + most if last is None else min(last, place.first + most)
            return self._download.load(place.url, place.first, last, watch, begun=begun, all_of_it=most is None)

        try:
            return load(moved.get(fragment, fragment))
        except InputError as error:
            if error.code not in EXPIRED or not self._renewed(moved):
                raise
            return load(self._moved[fragment])

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

    def _unlocked(self, data: bytes, key: Key | None, watch: Watch, *, whole: bool) -> bytes:
        if key is None or watch.stopped:
            return data
        with self._lock:
            secret = self._keys.get(key.url) or self._download.load(key.url, 0, None, watch, most=_LARGEST_KEY)
            self._keys[key.url] = secret
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

    def _lay_out(self, front: bytes) -> Path:
        """The head and the beginning of the first piece, as long as the piece says that it is."""
        self._join([])
        with self.path.open("ab") as file:
            size = file.tell() + min(declared_end(front) or len(front), LARGEST_FILE)
            file.write(front)
            file.truncate(size)
        return self.path


def _save(data: bytes, path: Path) -> None:
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
