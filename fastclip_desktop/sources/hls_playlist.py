"""Reads an HLS media playlist (RFC 8216) as far as its pieces can be chosen by time.

What cannot, a playlist with breaks in its clock, with pieces left out or with an unknown lock, is left to yt-dlp, which
downloads it from end to end or says why it does not.
"""

from __future__ import annotations

import re
from fractions import Fraction
from urllib.parse import urljoin

from yt_dlp.utils import parse_m3u8_attributes

from fastclip_desktop.sources.fragments import Fragment, Fragments, Key, check_count, in_order

_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,18})?")
_BYTE_RANGE = re.compile(r"(\d{1,18})(?:@(\d{1,18}))?")
_NUMBER = re.compile(r"\d{1,18}")

_BEYOND_US = (
    "#EXT-X-STREAM-INF",
    "#EXT-X-I-FRAMES-ONLY",
    "#EXT-X-GAP",
    "#EXT-X-DEFINE",
    "#EXT-X-SKIP",
    "#EXT-X-PRELOAD-HINT",
    "#ANVATO-SEGMENT-INFO",
    "#UPLYNK-SEGMENT",
)


def hls_fragments(text: str, url: str) -> Fragments | None:
    """The pieces of a finished recording; ``None`` where they cannot be chosen by time.

    Args:
        text: the playlist.
        url: where it lies, from which its addresses count.

    Raises:
        InputError: see :func:`~fastclip_desktop.sources.fragments.in_order`.
    """
    # Before anything else: a playlist that ends up with yt-dlp is no better for its length.
    check_count(text.count("#EXTINF"), url)
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    if not lines or lines[0] != "#EXTM3U" or "#EXT-X-ENDLIST" not in lines:
        return None
    reading = _Reading(url)
    try:
        for line in lines[1:]:
            reading.take(line)
    except (_Beyond, ValueError):  # ValueError: an address that is none
        return None
    return in_order(reading.head, reading.pieces, url)


class _Beyond(Exception):  # noqa: N818 - an answer, not a fault
    """The playlist holds something that is left to yt-dlp."""


class _Reading:
    """One pass over a playlist's lines."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._seconds: Fraction | None = None
        self._range: tuple[int, int] | None = None
        self._behind: dict[str, int] = {}  # the byte behind the last piece of each file
        self._key: tuple[str, bytes | None] | None = None
        self._sequence = 0
        self.head: Fragment | None = None
        self.pieces: list[tuple[str, Fraction, int, int | None, Key | None]] = []

    def take(self, line: str) -> None:
        """Read the next line.

        Raises:
            _Beyond: it says what we don't know.
        """
        tag, _, value = line.partition(":")
        if not line.startswith("#"):
            self._piece(urljoin(self._url, line))
        elif tag in _BEYOND_US or (tag == "#EXT-X-DISCONTINUITY" and self.pieces):
            raise _Beyond
        elif tag == "#EXTINF":
            self._seconds = Fraction(_matched(_SECONDS, value.partition(",")[0].strip()))
        elif tag == "#EXT-X-MEDIA-SEQUENCE":
            self._sequence = int(_matched(_NUMBER, value.strip()))
        elif tag == "#EXT-X-BYTERANGE":
            match = _BYTE_RANGE.fullmatch(value.strip())
            if match is None:
                raise _Beyond
            self._range = int(match[1]), -1 if match[2] is None else int(match[2])
        elif tag == "#EXT-X-KEY":
            self._key = self._lock(parse_m3u8_attributes(value))
        elif tag == "#EXT-X-MAP":
            self._head(parse_m3u8_attributes(value))

    def _piece(self, url: str) -> None:
        if self._seconds is None:
            raise _Beyond
        first = 0
        last: int | None = None
        if self._range is not None:
            length, first = self._range
            if first < 0:
                first = self._behind.get(url, 0)
            last = self._behind[url] = first + length
        if self._seconds > 0:
            self.pieces.append((url, self._seconds, first, last, self._key_now()))
        self._sequence += 1
        self._seconds = self._range = None

    def _lock(self, said: dict[str, str]) -> tuple[str, bytes | None] | None:
        if said.get("METHOD") == "NONE":
            return None
        if said.get("METHOD") != "AES-128" or said.get("KEYFORMAT", "identity") != "identity" or not said.get("URI"):
            raise _Beyond
        vector = said.get("IV", "")
        if not vector:
            return urljoin(self._url, said["URI"]), None
        if not re.fullmatch(r"0[xX][0-9a-fA-F]{1,32}", vector):
            raise _Beyond
        return urljoin(self._url, said["URI"]), int(vector, 16).to_bytes(16, "big")

    def _head(self, said: dict[str, str]) -> None:
        if self.head is not None or self.pieces or not said.get("URI"):
            raise _Beyond
        first = 0
        last: int | None = None
        if said.get("BYTERANGE"):
            match = _BYTE_RANGE.fullmatch(said["BYTERANGE"])
            if match is None:
                raise _Beyond
            first = int(match[2] or 0)
            last = first + int(match[1])
        url = urljoin(self._url, said["URI"])
        self.head = Fragment(url, Fraction(0), Fraction(0), first, last, self._key_now())

    def _key_now(self) -> Key | None:
        """Where no vector is named, it is the piece's number (RFC 8216, section 5.2)."""
        if self._key is None:
            return None
        url, vector = self._key
        return Key(url, self._sequence.to_bytes(16, "big") if vector is None else vector)


def _matched(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise _Beyond
    return text
