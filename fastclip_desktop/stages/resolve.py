"""What a source is: where it lies or what a site offers, and for a file what it holds."""

from __future__ import annotations

import dataclasses

import langcodes
from langcodes.tag_parser import LanguageTagError

from fastclip_desktop.domain.media import CaptionKind, CaptionTrack, MediaFile, SubtitleStream
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import ResolveSource
from fastclip_desktop.media.cue_packets import is_text
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
    captions = media.captions + tuple(map(_caption_track, filter(_is_readable, info.subtitles)))
    return dataclasses.replace(media, info=info, duration=info.duration or None, captions=captions)


def _is_readable(stream: SubtitleStream) -> bool:
    return is_text(stream.codec)


def _caption_track(stream: SubtitleStream) -> CaptionTrack:
    return CaptionTrack(_language(stream.language), CaptionKind.EMBEDDED, stream.codec, str(stream.index))


def _language(code: str) -> str:
    """The BCP 47 tag for what a container says, mostly in three letters; empty where it says nothing."""
    try:
        tag = langcodes.standardize_tag(code) if code else ""
    except LanguageTagError:
        return ""
    return "" if tag == "und" else tag
