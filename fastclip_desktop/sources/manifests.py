"""Refuses playlists and manifests that would become far larger in memory than they are on the way here.

A manifest of a hundred bytes can promise a thousand million pieces, and yt-dlp writes all of them down, once for each
quality. So they are counted before it does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import parse_duration

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.sources.fragments import MOST_FRAGMENTS, check_count
from fastclip_desktop.sources.wording import host_of

MOST_QUALITIES = 1000
"""Of one video in one playlist; sites have some twenty."""

_MOST_BYTES = 512 * 1024 * 1024
"""That all pieces of a manifest may take in memory."""

_BYTES_OF_A_PIECE = 256
"""Besides its address: Python's dictionary and numbers."""

_WIDE_NUMBER = re.compile(r"%[^$]*\d{3}")
"""Zeros to fill a number up with, in the hundreds or more: one address could fill the memory."""

_parse_mpd = InfoExtractor._parse_mpd_periods  # noqa: SLF001 - yt-dlp's modules all go through it
_parse_m3u8 = InfoExtractor._parse_m3u8_formats_and_subtitles  # noqa: SLF001 - likewise


def count_before_parsing() -> None:
    """Have yt-dlp's modules count what a manifest holds before they write it down."""
    InfoExtractor._parse_mpd_periods = _counted_mpd  # noqa: SLF001 - likewise
    InfoExtractor._parse_m3u8_formats_and_subtitles = _counted_m3u8  # noqa: SLF001 - likewise


def check_mpd(document: Element, url: str) -> None:
    """Count the pieces of a DASH manifest (ISO/IEC 23009-1, section 5.3.9).

    Raises:
        InputError: ``source_too_large``.
    """
    taken = qualities = 0
    whole = document.get("mediaPresentationDuration")
    for period in document.findall("{*}Period"):
        seconds = float(parse_duration(period.get("duration") or whole) or 0)
        for group in period.findall("{*}AdaptationSet"):
            for quality in group.findall("{*}Representation"):
                qualities += 1
                pieces, name = _pieces_of((quality, group, period), seconds)
                check_count(pieces, url)
                taken += pieces * (len(name) + _BYTES_OF_A_PIECE)
                if taken > _MOST_BYTES or _WIDE_NUMBER.search(name):
                    raise _too_large(url)
    if qualities > MOST_QUALITIES:
        raise _too_large(url)


def check_m3u8(text: str, url: str) -> None:
    """Count the pieces and the qualities of an HLS playlist.

    Raises:
        InputError: ``source_too_large``.
    """
    check_count(text.count("#EXTINF"), url)
    if text.count("#EXT-X-STREAM-INF") + text.count("#EXT-X-MEDIA:") > MOST_QUALITIES:
        raise _too_large(url)


def _counted_mpd(module: Any, mpd_doc: Element, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - no types
    check_mpd(mpd_doc, _address_among(arguments, options))
    return _parse_mpd(module, mpd_doc, *arguments, **options)


def _counted_m3u8(module: Any, m3u8_doc: str, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - no types
    check_m3u8(m3u8_doc, _address_among(arguments, options))
    return _parse_m3u8(module, m3u8_doc, *arguments, **options)


def _address_among(arguments: tuple[Any, ...], options: dict[str, Any]) -> str:
    """Where the manifest lies, which each module says in another place."""
    said = (*options.values(), *reversed(arguments))
    return next((each for each in said if isinstance(each, str) and "://" in each), "a manifest")


def _pieces_of(nested: tuple[Element, ...], seconds: float) -> tuple[int, str]:
    """How many pieces a quality has, and the pattern of their names; what is said further inside counts first."""
    orders = [order for element in nested for order in _orders(element)]
    name = next((order.get("media", "") for order in orders if order.get("media")), "")
    steps = next((found for order in orders if (found := order.findall("{*}SegmentTimeline/{*}S"))), [])
    if steps:
        return sum(1 + max(0, int(_number(step.get("r")))) for step in steps), name
    length = next((_number(order.get("duration")) for order in orders if order.get("duration")), 0.0)
    scale = next((_number(order.get("timescale")) for order in orders if order.get("timescale")), 1.0)
    pieces = seconds * scale / length if length > 0 else 0.0
    return (math.ceil(pieces) if math.isfinite(pieces) else MOST_FRAGMENTS + 1), name


def _orders(element: Element) -> Iterator[Element]:
    yield from element.findall("{*}SegmentTemplate")
    yield from element.findall("{*}SegmentList")


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def _too_large(url: str) -> InputError:
    return InputError(
        ErrorCode.SOURCE_TOO_LARGE,
        f"The playlist on {host_of(url)} holds more than FastClip can keep in memory.",
        "Choose a shorter recording.",
    )
