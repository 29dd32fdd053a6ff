"""Picks caption tracks by language, and brings one to this machine."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.sources.wording import shown


def in_language(tracks: tuple[CaptionTrack, ...], language: str) -> tuple[CaptionTrack, ...]:
    """The tracks of a chosen language, the exact one first: ``en-GB`` is also asked for by ``en`` and the reverse.

    Args:
        tracks: best first.
        language: a BCP 47 tag; all tracks as they are where it is empty.

    Raises:
        InputError: ``no_transcript`` where there is none, with the languages that there are.
    """
    if not language:
        return tracks
    wanted = language.lower().replace("_", "-")
    alike = [track for track in tracks if _main(track.language) == _main(wanted)]
    if not alike:
        known = sorted({track.language for track in tracks if track.language})
        raise InputError(
            ErrorCode.NO_TRANSCRIPT,
            f"There are no captions in the language {shown(language)}.",
            f"There are some in {', '.join(known[:20])}." if known else "Pass a subtitle file with --transcript FILE.",
        )
    return tuple(sorted(alike, key=lambda track: track.language.lower() != wanted))


def _main(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]


def fetch_captions(
    media: MediaFile, track: CaptionTrack, folder: Path, reporter: Reporter, access: Access = BY_A_PERSON
) -> Path:
    """The file of a caption track: a sidecar as it lies there, a site's captions downloaded into the folder.

    Raises:
        InputError: see :func:`~fastclip_desktop.sources.site_captions.fetch_site_captions`.
        Cancelled: if the reporter says so.
    """
    if track.kind is CaptionKind.SIDECAR:
        return Path(track.location)
    from fastclip_desktop.sources.site_captions import fetch_site_captions  # only links need yt-dlp: 283 ms

    return fetch_site_captions(media, track, folder, reporter, access)
