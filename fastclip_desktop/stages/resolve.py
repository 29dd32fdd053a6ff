"""What a source is: where it lies or what a site offers, and for a file what it holds."""

from __future__ import annotations

import dataclasses

from fastclip_desktop.domain.media import MediaFile
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ResolveSource
from fastclip_desktop.media.probe import probe
from fastclip_desktop.sources.resolve import resolve_source


def perform(request: ResolveSource, reporter: Reporter) -> MediaFile:
    """Resolve a source, and probe it if it is a file.

    Raises:
        UsageError: ``bad_usage`` for an empty source.
        InputError: all that :func:`~fastclip_desktop.sources.resolve.resolve_source` and
            :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    media = resolve_source(request.source, reporter, request.access)
    if media.path is None:
        return media
    info = probe(media.path)
    return dataclasses.replace(media, info=info, duration=info.duration or None)
