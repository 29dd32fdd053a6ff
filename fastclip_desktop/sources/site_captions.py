"""A site's captions: which there are, the best first, and how one of them gets here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.download_room import download_room
from fastclip_desktop.sources.site_fields import extension_of, text_of, web_address_of
from fastclip_desktop.sources.wording import host_of, shown
from fastclip_desktop.sources.ytdlp import SiteSession

MOST_BYTES = 20 * 1000**2
"""Twenty hours of speech as WebVTT are some 4 MB."""

CAPTION_EXTENSIONS = ("vtt", "srt", "json3", "ttml", "dfxp", "sbv", "ass", "ssa", "srv3", "srv2", "srv1")
"""Caption formats, the best first: WebVTT and SubRip are text with times and little else to go wrong."""

_NO_CAPTIONS = ("live_chat", "rechat", "comments", "danmaku")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def caption_tracks(info: Mapping[str, Any], page_url: str) -> tuple[CaptionTrack, ...]:
    """A site's captions, one track a language and kind.

    In the language that is spoken, written ones come before automatic ones. Then come the written ones in other
    languages, English first and the rest by name, and last what a machine translated. Where the site gives the text
    itself instead of a URL, the track's location is ``page_url``.
    """
    own = _spoken_language(info).lower()
    tracks = [
        *_tracks_of_kind(info.get("subtitles"), CaptionKind.MANUAL, page_url),
        *_tracks_of_kind(info.get("automatic_captions"), CaptionKind.AUTOMATIC, page_url),
    ]
    return tuple(
        sorted(
            tracks,
            key=lambda track: (
                not _is_same(track.language, own),
                track.kind is CaptionKind.AUTOMATIC,
                *_closeness(track.language, own),
            ),
        )
    )


def fetch_site_captions(
    media: MediaFile, track: CaptionTrack, folder: Path, reporter: Reporter, access: Access = BY_A_PERSON
) -> Path:
    """Download a caption track into the folder.

    The link is tried as it is first; where it has expired or wants the page's cookies, the page is asked anew.

    Raises:
        InputError: ``source_too_large`` above :data:`MOST_BYTES`, ``source_not_found`` where the site no longer has
            the track, and all that :func:`~fastclip_desktop.sources.site_errors.explain` lists.
        Cancelled: if the reporter says so.
    """
    name = f"captions-{track.kind}-{track.language or 'und'}.{track.extension}"
    with SiteSession(reporter, access, media.page_url) as session, download_room(folder) as room:
        path = room / name
        fetch = _CaptionFetch(session, media, path)
        if not fetch.directly(track):
            fetch.through_the_page(track)
        return path.replace(folder / name)


class _CaptionFetch:
    """The two ways to a caption file."""

    def __init__(self, session: SiteSession, media: MediaFile, path: Path) -> None:
        self._session = session
        self._media = media
        self._path = path

    def directly(self, track: CaptionTrack) -> bool:
        """Try the link that was found with the media; say whether it still worked."""
        page_url = self._media.page_url
        if track.location == page_url:
            return False
        headers = {"Referer": page_url} if page_url.isascii() else {}
        try:
            self._download({"url": track.location, "ext": track.extension, "http_headers": headers})
        except InputError as error:
            if error.code in (ErrorCode.SOURCE_REFUSED, ErrorCode.SOURCE_NOT_FOUND):
                return False
            raise
        return True

    def through_the_page(self, track: CaptionTrack) -> None:
        """Ask the page again and take what it offers now, with the cookies that it sets."""
        info = self._session.extract(self._media.page_url)
        entry = caption_entry(info, track)
        if entry is None:
            raise InputError(
                ErrorCode.SOURCE_NOT_FOUND,
                f"{host_of(self._media.page_url)} no longer has captions in {track.language or 'that language'} for "
                f"{shown(self._media.title)}.",
                "Give a subtitle file of your own.",
            )
        if web_address_of(entry.get("url")):
            self._download({"http_headers": info.get("http_headers"), **entry})
        else:
            text = str(entry["data"]).encode(errors="replace")
            self._check_size(len(text), None)
            self._path.write_bytes(text)

    def _download(self, entry: Mapping[str, Any]) -> None:
        self._session.download(entry, self._path, self._check_size)

    def _check_size(self, on_disk: int, expected: int | None) -> None:
        if max(on_disk, expected or 0) > MOST_BYTES:
            raise InputError(
                ErrorCode.SOURCE_TOO_LARGE,
                f"The captions of {shown(self._media.title)} are larger than {MOST_BYTES // 1000**2} MB.",
                "Give a subtitle file of your own.",
            )


def caption_entry(info: Mapping[str, Any], track: CaptionTrack) -> dict[str, Any] | None:
    """yt-dlp's entry for one of :func:`caption_tracks`, ``None`` where the site no longer offers it."""
    key = "subtitles" if track.kind is CaptionKind.MANUAL else "automatic_captions"
    for language, entries in _languages(info.get(key)):
        if language == track.language:
            return next((entry for entry in entries if extension_of(entry) == track.extension), None)
    return None


def _spoken_language(info: Mapping[str, Any]) -> str:
    """What the site says; else the language of the one automatic track that YouTube marks as not translated."""
    automatic = info.get("automatic_captions")
    originals = [str(name) for name in automatic if str(name).endswith("-orig")] if isinstance(automatic, dict) else []
    return text_of(info, "language") or (originals[0].removesuffix("-orig") if len(originals) == 1 else "")


def _tracks_of_kind(captions: object, kind: CaptionKind, page_url: str) -> Iterable[CaptionTrack]:
    seen = set()
    for language, entries in _languages(captions):
        if language in seen:
            continue
        usable = [entry for entry in entries if extension_of(entry) in CAPTION_EXTENSIONS]
        if usable:
            seen.add(language)
            best = min(usable, key=lambda entry: CAPTION_EXTENSIONS.index(extension_of(entry)))
            yield CaptionTrack(language, kind, extension_of(best), web_address_of(best.get("url")) or page_url)


def _languages(captions: object) -> list[tuple[str, list[dict[str, Any]]]]:
    """Language and entries; YouTube's ``en-orig``, the untranslated one, comes before the ``en`` that repeats it."""
    if not isinstance(captions, dict):
        return []
    found = []
    for name, entries in captions.items():
        if name in _NO_CAPTIONS or not isinstance(entries, list):
            continue
        text = str(name or "")
        language = text.removesuffix("-orig")
        usable = [
            entry
            for entry in entries
            if isinstance(entry, dict) and (web_address_of(entry.get("url")) or "data" in entry)
        ]
        found.append((not text.endswith("-orig"), language if _LANGUAGE.fullmatch(language) else "", usable))
    return [(language, entries) for _, language, entries in sorted(found, key=lambda each: each[0])]


def _is_same(language: str, own: str) -> bool:
    return bool(own) and language.lower().partition("-")[0] == own.partition("-")[0]


def _closeness(language: str, own: str) -> tuple[int, str]:
    name = language.lower()
    if own and name == own:
        return 0, name
    if _is_same(name, own):
        return 1, name
    if name.partition("-")[0] == "en":
        return (2 if name == "en" else 3), name
    return (4 if name else 5), name
