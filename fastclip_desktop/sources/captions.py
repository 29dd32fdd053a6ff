"""Brings a caption file to this machine."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.access import BY_A_PERSON, Access
from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile
from fastclip_desktop.domain.progress import Reporter


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
