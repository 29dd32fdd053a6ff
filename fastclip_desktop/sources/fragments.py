"""Streams that a site keeps in pieces of some seconds: which piece holds which seconds, and where it lies."""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urljoin

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.site_fields import seconds_of, text_of, web_address_of
from fastclip_desktop.sources.wording import host_of, shown

MOST_FRAGMENTS = 100_000
"""Two days in pieces of two seconds."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a piece is locked with by AES-128 in CBC mode: where the key lies, and the first block's vector."""

    url: str
    vector: bytes


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece.

    Attributes:
        url: where it lies.
        start: its first second by the playlist, which counts from 0 and rounds.
        end: likewise.
        first: its first byte there.
        last: the byte after its last, ``None`` where it is all that lies there.
        key: what it is locked with.
    """

    url: str
    start: Fraction
    end: Fraction
    first: int = 0
    last: int | None = None
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class Fragments:
    """A stream in pieces.

    Attributes:
        head: what has to lie before any of them, with no seconds of its own; ``None`` where nothing has to.
        pieces: in order, at least one.
    """

    head: Fragment | None
    pieces: tuple[Fragment, ...]

    @property
    def duration(self) -> Fraction:
        """Seconds by the playlist."""
        return self.pieces[-1].end

    def goes_on(self, before: Fragments) -> bool:
        """Whether these are the pieces of another look, as far as their number, order and seconds tell."""
        return [piece.start for piece in self.pieces] == [piece.start for piece in before.pieces] and (
            self.duration == before.duration and (self.head is None) == (before.head is None)
        )

    def overlapping(self, begin: Fraction, end: Fraction) -> range:
        """The numbers of the pieces that hold any instant of a span; of the nearest one where none does."""
        last = len(self.pieces) - 1
        first = bisect.bisect_right(self.pieces, begin, key=lambda piece: piece.end)
        behind = bisect.bisect_left(self.pieces, end, key=lambda piece: piece.start)
        first = min(first, last)
        return range(first, max(behind, first + 1))


def check_count(pieces: int, playlist: str) -> None:
    """Refuse a playlist of more pieces than anybody's recording has.

    Raises:
        InputError: ``source_too_large`` above :data:`MOST_FRAGMENTS`.
    """
    if pieces > MOST_FRAGMENTS:
        raise InputError(
            ErrorCode.SOURCE_TOO_LARGE,
            f"The playlist on {host_of(playlist)} names {pieces} pieces; FastClip reads up to {MOST_FRAGMENTS}.",
            "Choose a shorter recording.",
        )


def in_order(
    head: Fragment | None, pieces: Sequence[tuple[str, Fraction, int, int | None, Key | None]], playlist: str
) -> Fragments | None:
    """Put pieces one after the other; ``None`` for none.

    Args:
        head: see :class:`Fragments`.
        pieces: address, seconds, first byte, byte after the last, key.
        playlist: the address of the playlist, for messages.

    Raises:
        InputError: ``source_too_large`` above :data:`MOST_FRAGMENTS`, ``source_refused`` where something lies elsewhere
            than on the web.
    """
    check_count(len(pieces), playlist)
    fragments = []
    at = Fraction(0)
    for url, seconds, first, last, key in pieces:
        fragments.append(Fragment(url, at, at + seconds, first, last, key))
        at += seconds
    for each in (*([head] if head else []), *fragments):
        for address in (each.url, each.key.url if each.key else each.url):
            if not web_address_of(address):
                raise InputError(
                    ErrorCode.SOURCE_REFUSED,
                    f"The playlist on {host_of(playlist)} names {shown(address)}, which is not on the web.",
                    "Choose another source.",
                )
    return Fragments(head, tuple(fragments)) if fragments else None


def dash_fragments(form: Mapping[str, Any]) -> Fragments | None:
    """The pieces of a DASH representation as yt-dlp lists them; ``None`` where they cannot be told apart by time.

    Raises:
        InputError: see :func:`in_order`.
    """
    listed, base = form.get("fragments"), text_of(form, "fragment_base_url")
    if not isinstance(listed, list) or len(listed) < 2 or not all(isinstance(entry, dict) for entry in listed):
        return None
    head, *rest = listed
    seconds = [seconds_of(entry.get("duration")) for entry in rest]
    if head.get("duration") is not None or None in seconds:
        return None
    try:
        places = [text_of(entry, "url") or urljoin(base, text_of(entry, "path")) for entry in listed]
    except ValueError:  # an address that is none
        return None
    first = Fragment(places[0], Fraction(0), Fraction(0))
    pieces = [(place, length, 0, None, None) for place, length in zip(places[1:], seconds, strict=True) if length]
    return in_order(first, pieces, text_of(form, "manifest_url") or places[0])
