"""Local files with the streams that are needed: whole ones that were here, what a cut reads of a site's, its sound."""

from __future__ import annotations

from pathlib import Path

from fastclip_desktop.domain.errors import ErrorCode, InputError
from fastclip_desktop.domain.finding_stages import FetchSpeech
from fastclip_desktop.domain.progress import Reporter
from fastclip_desktop.domain.stage import FetchedMedia, FetchMedia
from fastclip_desktop.domain.timeline import OutputFormat, OutputSpec
from fastclip_desktop.media.probe import probe
from fastclip_desktop.sources.wording import shown


def perform(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    """Bring the streams here, and look at what came: a site's own word for it is worth little.

    Raises:
        InputError: ``no_video`` or ``no_audio`` where the one stream that the output lives on isn't there, and all
            that :func:`~fastclip_desktop.stages.site_visit.visit_site` and
            :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    path = request.media.path
    fetched = _from_site(request, reporter) if path is None else _from_file(path, request)
    _check_streams(fetched, request)
    return fetched


def fetch_sound(request: FetchSpeech, reporter: Reporter) -> FetchedMedia:
    """Bring the smallest sound in which the words of a source can be heard, all of it.

    Raises:
        InputError: ``no_audio`` where there is none, and all that
            :func:`~fastclip_desktop.sources.fetch.fetch_speech` and :func:`~fastclip_desktop.media.probe.probe` raise.
        Cancelled: if the reporter says so.
    """
    path = request.media.path
    fetched = _speech_of_site(request, reporter) if path is None else FetchedMedia(picture=None, sound=path)
    sound = fetched.sound
    info = None if sound is None else (path and request.media.info) or probe(sound)
    if info is None or not info.sound:
        raise InputError(
            ErrorCode.NO_AUDIO,
            f"{shown(request.media.source)} has no sound in which words could be heard.",
            "Pass a subtitle file with --transcript FILE, or choose another source.",
        )
    return FetchedMedia(picture=None, sound=sound, bytes_moved=fetched.bytes_moved, sound_info=info)


def _speech_of_site(request: FetchSpeech, reporter: Reporter) -> FetchedMedia:
    from fastclip_desktop.sources.fetch import fetch_speech  # only links need yt-dlp: 283 ms

    whole = FetchMedia(request.media, (), OutputSpec(OutputFormat.M4A), request.folder, request.access, request.cache)
    return fetch_speech(whole, reporter)


def _from_file(path: Path, request: FetchMedia) -> FetchedMedia:
    info = request.media.info or probe(path)
    wanted = request.output.format
    return FetchedMedia(
        picture=path if wanted.has_picture and info.picture else None,
        sound=path if wanted.has_sound and info.sound else None,
        picture_info=info,
        sound_info=info,
    )


def _from_site(request: FetchMedia, reporter: Reporter) -> FetchedMedia:
    from fastclip_desktop.stages.site_visit import visit_site  # only links need yt-dlp: 283 ms

    return visit_site(request, reporter)


def _check_streams(fetched: FetchedMedia, request: FetchMedia) -> None:
    form = request.output.format
    if fetched.picture is None and not form.has_sound:
        raise InputError(
            ErrorCode.NO_VIDEO,
            f"{shown(request.media.source)} has no picture to make a {form} of.",
            "Choose the format mp3, or another source.",
        )
    if fetched.sound is None and not form.has_picture:
        raise InputError(
            ErrorCode.NO_AUDIO,
            f"{shown(request.media.source)} has no sound to make an {form} of.",
            "Choose the format mp4 or gif, or another source.",
        )
